/** Which documents stay on the phone: the last that were read, and no more than there is room for. */

/** One thing on the shelf: its name, when it was last read (ms), and how long it is (characters). */
export interface Kept {
  key: string;
  at: number;
  size: number;
}

/** How many documents stay readable without a network. */
export const mostKept = 50;
/** How much all of them may take, in characters: half of what WeChat lets a mini program keep. */
export const mostSize = 40_000_000;

/** Documents count, kind:id; what every page needs (home, topics) stays. */
const counts = (k: Kept) => k.key.includes(':');

/** The list with one more thing, the newest first, and the keys that have to go. */
export function keep(list: readonly Kept[], one: Kept): { list: Kept[]; gone: string[] } {
  const others = list.filter((k) => k.key !== one.key);
  const next = [one, ...others.sort((a, b) => b.at - a.at)];
  let [many, size] = [0, 0];
  const staying = next.filter((k) => {
    if (!counts(k)) return true;
    many += 1;
    size += k.size;
    return k === one || (many <= mostKept && size <= mostSize);
  });
  return { list: staying, gone: next.filter((k) => !staying.includes(k)).map((k) => k.key) };
}

/** The list without its oldest thing, when the phone says that it is full. */
export function makeRoom(list: readonly Kept[]): { list: Kept[]; gone?: string } {
  const oldest = list.filter(counts).sort((a, b) => a.at - b.at)[0];
  return oldest ? { list: list.filter((k) => k !== oldest), gone: oldest.key } : { list: [] };
}
