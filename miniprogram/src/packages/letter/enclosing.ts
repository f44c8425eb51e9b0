/** The pictures and files of a letter while it is written: chosen, sent to the house one after another, taken out. */
import { computed, reactive } from 'vue';
import { isPicture, whyNotFile } from './form';
import { newKey } from '@/api/client';
import { enclosures, type HandedIn, type LetterFile } from '@/api/letter';
import { Problem } from '@/api/problem';
import { letter as words } from '@/locale/zh-CN';
import type { Chosen } from '@/platform/enclosures';

export interface Enclosed {
  key: string; // under which it is handed in
  name: string;
  path: string; // '' where it is only in the house
  state: 'waiting' | 'sending' | 'done' | 'failed' | 'refused';
  percent: number;
  why: string;
  picture: boolean;
  given?: Chosen;
  file?: LetterFile; // once the house has it
}

const looksLikePicture = (name: string) => /\.(jpe?g|png|gif|webp|bmp|heic|heif)$/i.test(name);

function enclosed(given: Chosen, most: number): Enclosed {
  const not = whyNotFile(given.name, given.size, most);
  return {
    key: newKey(), name: given.name, path: given.path, percent: 0, picture: looksLikePicture(given.name), given,
    state: not ? 'refused' : 'waiting', why: not ? words.notFile[not] : '',
  };
}

const kept = (file: LetterFile): Enclosed => ({
  key: file.id, name: file.name, path: '', state: 'done', percent: 100, why: '', picture: isPicture(file), file,
});

/** changed: what the house has of them now. most: how many bytes it takes of each. */
export function useEnclosing(changed: (files: LetterFile[]) => void, most: () => number) {
  const list = reactive<Enclosed[]>([]);
  let running = false;

  const tell = () => changed(list.flatMap((e) => e.file ?? []));
  const uploading = computed(() => list.some((e) => e.state === 'waiting' || e.state === 'sending'));
  const failed = computed(() => list.some((e) => e.state === 'failed' || e.state === 'refused'));

  /** Those that a draft of before had. */
  function restore(files: LetterFile[]): void {
    list.splice(0, list.length, ...files.map(kept));
  }

  function add(chosen: Chosen[]): void {
    list.push(...chosen.map((given) => enclosed(given, most())));
    void run();
  }

  function again(one: Enclosed): void {
    one.state = 'waiting';
    void run();
  }

  /** What the house has and nobody wants is taken out there too. */
  function remove(one: Enclosed): void {
    list.splice(list.indexOf(one), 1);
    if (one.file) enclosures.drop(one.file.id).catch(() => undefined); // in no letter, it is nobody's
    tell();
  }

  /** One after another: a poor network carries one sooner than nine at once. */
  async function run(): Promise<void> {
    if (running) return;
    running = true;
    for (let next = waiting(); next; next = waiting()) await settle(next, () => list.includes(next as Enclosed));
    running = false;
    tell();
  }

  const waiting = () => list.find((e) => e.state === 'waiting');

  async function settle(one: Enclosed, wanted: () => boolean): Promise<void> {
    await deliver(one);
    if (!wanted() && one.file) enclosures.drop(one.file.id).catch(() => undefined);
    else tell();
  }

  return { list, uploading, failed, restore, add, again, remove };
}

/** How long the house may need for what it has but has not looked through, in ms; and how often it is asked. */
const breath = 1000;
const patience = 20;

/** Hands one in. What had arrived when the network went is being looked through: it is waited for. */
async function handIn(one: Enclosed, given: Chosen, times = 0): Promise<HandedIn> {
  try {
    return await enclosures.handIn(given, one.key, (part) => (one.percent = Math.round(part * 100)));
  } catch (thrown) {
    if (Problem.of(thrown).code !== 'request.running' || times >= patience) throw thrown;
    await new Promise((done) => setTimeout(done, breath));
    return handIn(one, given, times + 1);
  }
}

/** Hands one in, and notes what came of it. */
async function deliver(one: Enclosed): Promise<void> {
  if (!one.given) return;
  Object.assign(one, { state: 'sending', percent: 0, why: '' });
  try {
    const file = await handIn(one, one.given);
    const { id, name, media_type, size } = file;
    Object.assign(one, { file: { id, name, media_type, size }, state: 'done', percent: 100, picture: isPicture(file) });
  } catch (thrown) {
    const problem = Problem.of(thrown);
    const refused = problem.isFinal && !problem.wantsSignIn;
    Object.assign(one, { state: refused ? 'refused' : 'failed', why: problem.fields[0]?.message ?? problem.message });
  }
}
