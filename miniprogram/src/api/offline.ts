/** What was read and stays on the phone, so that it can be read without a network. */
import { keep, makeRoom, type Kept } from '@/model/keeping';
import { recall, remember } from '@/platform/storage';
import { shelf } from '@/platform/shelf';

const place = 'shelf';
const list = (): Kept[] => recall<Kept[]>(place) ?? [];

interface Stored<T> {
  value: T;
  tag: string; // the answer's ETag
}

/** What is kept under a name. */
export async function kept<T>(key: string): Promise<Stored<T> | undefined> {
  try {
    const text = await shelf.read(key);
    return text === undefined ? undefined : (JSON.parse(text) as Stored<T>);
  } catch {
    return undefined;
  }
}

/** Keeps an answer, and lets go of the oldest where there are too many or the phone is full. */
export async function store(key: string, value: unknown, tag: string): Promise<void> {
  const text = JSON.stringify({ value, tag });
  const next = keep(list(), { key, at: Date.now(), size: text.length });
  for (const gone of next.gone) await shelf.remove(gone);
  remember(place, next.list);
  await put(key, text);
}

async function put(key: string, text: string): Promise<void> {
  try {
    await shelf.write(key, text);
  } catch {
    if (await forgetOldest(key)) await put(key, text);
    else await drop(key);
  }
}

/** Makes room for a thing by the oldest other one; false where there is none. */
async function forgetOldest(key: string): Promise<boolean> {
  const { gone } = makeRoom(list().filter((k) => k.key !== key));
  if (gone) await drop(gone);
  return gone !== undefined;
}

/** Forgets one, or everything that was kept. What can't be reached on the phone can't be read from it either. */
export async function drop(key?: string): Promise<void> {
  const goes = (k: Kept) => key === undefined || k.key === key;
  const gone = list().filter(goes);
  remember(
    place,
    list().filter((k) => !goes(k)),
  );
  for (const k of gone) await shelf.remove(k.key);
}

/** The names of what can be read without a network. */
export function onPhone(): Set<string> {
  return new Set(list().map((k) => k.key));
}
