/** The only door to the server: every request of the mini program goes through here. */
import { ref } from 'vue';
import { Problem } from './problem';
import type { paths } from './schema';
import { drop, kept, store } from './offline';
import { token, signedOut } from './token';
import { house } from '@/platform/house';
import { fetchFile, sendFile, type Chosen } from '@/platform/enclosures';
import { NoAnswer, send, type AbortLike, type Reply, type Sent } from '@/platform/network';

/** How long an answer may take, in ms. */
const patience = 12_000;
/** How long a file may take, in ms: 20 MB over a poor network. */
const patienceForFiles = 180_000;
/** How long to wait before a reading is tried once more, in ms. */
const breath = 400;

/** Whether the last request came through. */
export const online = ref(true);

type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';
type Operation<P extends keyof paths, M extends Method> = NonNullable<paths[P][M]>;
export type PathsOf<M extends Method> = {
  [P in keyof paths]: paths[P][M] extends undefined ? never : P;
}[keyof paths];

type Parameters<O, Where extends string> = O extends { parameters: infer A }
  ? Where extends keyof A
    ? NonNullable<A[Where]>
    : never
  : never;
type BodyOf<O> = O extends { requestBody: { content: { 'application/json': infer B } } } ? B : never;
type AnswerOf<O> = O extends { responses: infer R }
  ? R[keyof R & (200 | 201)] extends { content: { 'application/json': infer A } }
    ? A
    : void
  : never;

interface Placed<O> {
  path?: Parameters<O, 'path'>;
  query?: Parameters<O, 'query'>;
  signal?: AbortLike;
}

/** What was read, and whether it is what the phone kept from before because the house can't be reached. */
export interface Read<T> {
  value: T;
  old: boolean;
}

/** Reads. With keep, the answer stays on the phone under that name, and is given where the network is away. */
export async function get<P extends PathsOf<'get'>>(
  path: P,
  ask: Placed<Operation<P, 'get'>> & { keep?: string } = {},
): Promise<Read<AnswerOf<Operation<P, 'get'>>>> {
  type Answer = AnswerOf<Operation<P, 'get'>>;
  const before = ask.keep === undefined ? undefined : await kept<Answer>(ask.keep);
  const head: Record<string, string> = before?.tag ? { 'If-None-Match': before.tag } : {};
  try {
    const reply = await twice({ method: 'GET', url: address(path, ask), head, patience, signal: ask.signal });
    if (reply.status === 304 && before) return { value: before.value, old: false };
    const value = good(reply) as Answer;
    if (ask.keep !== undefined) void store(ask.keep, value, reply.head.etag ?? '');
    return { value, old: false };
  } catch (thrown) {
    if (before && thrown instanceof Problem && thrown.isAway) return { value: before.value, old: true };
    if (before && ask.keep !== undefined && thrown instanceof Problem && thrown.status === 404) await drop(ask.keep);
    throw thrown;
  }
}

/** The version of a record as it is now: an edit must name it. */
export async function versionOf(path: string): Promise<string> {
  const reply = await twice({ method: 'GET', url: house + path, head: {}, patience });
  good(reply);
  return reply.head.etag ?? '';
}

/** What a write names: the key under which it is done once, and the version that was read where it is an edit. */
interface Write<O> extends Placed<O> {
  body?: BodyOf<O>;
  key: string;
  version?: string;
}

/** Writes. It is never repeated by itself: whoever asks does so under the same key. */
export async function write<P extends keyof paths, M extends Exclude<Method, 'get'>>(
  method: M,
  path: P,
  ask: Write<Operation<P, M>>,
): Promise<AnswerOf<Operation<P, M>>> {
  const head: Record<string, string> = { 'Idempotency-Key': ask.key };
  if (ask.version !== undefined) head['If-Match'] = ask.version;
  const asked = { method: method.toUpperCase() as Sent['method'], url: address(path, ask), head, patience };
  return good(await once({ ...asked, body: ask.body })) as AnswerOf<Operation<P, M>>;
}

/** Asks with a text too private for an address. Nothing is written, and nobody says who asks. */
export async function inquire<P extends PathsOf<'post'>>(
  path: P,
  ask: { body: BodyOf<Operation<P, 'post'>>; signal?: AbortLike },
): Promise<AnswerOf<Operation<P, 'post'>>> {
  const asked: Sent = { method: 'POST', url: house + path, head: { 'X-Request-Id': newKey() }, patience, ...ask };
  return good(await heard(() => send(asked))) as AnswerOf<Operation<P, 'post'>>;
}

/** Hands in a file, under a key as any write. told: how much has left, 0 to 1, where the phone says it. */
export async function handIn<T>(path: string, given: Chosen, key: string, told: (part: number) => void): Promise<T> {
  const head = { ...signature(), 'Idempotency-Key': key, 'X-Request-Id': newKey() };
  const url = `${house}${path}?name=${encodeURIComponent(given.name)}`;
  return good(await heard(() => sendFile({ url, head, given, patience: patienceForFiles, told }))) as T;
}

/** Fetches a file that only its owner may see, to where the phone can show it from. */
export async function fetchOwn(path: string): Promise<string> {
  const { status, path: place } = await heard(() => fetchFile(house + path, signature()));
  good({ status, head: {}, body: undefined });
  return place;
}

const signature = (): Record<string, string> => (token.value ? { Authorization: `Bearer ${token.value}` } : {});

/** A key for a write. Sending again what was not answered, name the same one. */
export function newKey(): string {
  return Array.from({ length: 4 }, () => Math.random().toString(36).slice(2, 10).padEnd(8, '0')).join('');
}

function address(path: string, ask: { path?: unknown; query?: unknown }): string {
  const places = (ask.path ?? {}) as Record<string, string>;
  const place = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(places[name] ?? ''));
  const query = queryOf((ask.query ?? {}) as Record<string, unknown>);
  return house + place + (query ? `?${query}` : '');
}

/** A query as an address carries it: what is empty is left out, a list names its key each time. */
export function queryOf(query: Record<string, unknown>): string {
  return Object.entries(query)
    .flatMap(([name, value]) => (Array.isArray(value) ? value : [value]).map((v) => [name, v] as const))
    .filter(([, value]) => value !== undefined && value !== '' && value !== null)
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`)
    .join('&');
}

async function twice(asked: Sent): Promise<Reply> {
  try {
    return await once(asked);
  } catch (thrown) {
    if (asked.signal?.aborted || !(thrown instanceof Problem) || thrown.code !== 'offline') throw thrown;
    await new Promise((resolve) => setTimeout(resolve, breath));
    return once(asked);
  }
}

/** What is the same for everybody is asked without saying who asks. */
const isPersonal = (asked: Sent) => asked.method !== 'GET' || asked.url.startsWith(`${house}/api/v1/me`);

async function once(asked: Sent): Promise<Reply> {
  const head = { ...asked.head, 'X-Request-Id': newKey(), ...(isPersonal(asked) ? signature() : {}) };
  return heard(() => send({ ...asked, head }));
}

/** Waits for an answer, and notes whether the network is there. */
async function heard<T>(ask: () => Promise<T>): Promise<T> {
  try {
    const reply = await ask();
    online.value = true;
    return reply;
  } catch (thrown) {
    if (!(thrown instanceof NoAnswer)) throw thrown;
    if (thrown.why === 'given up') throw thrown;
    online.value = thrown.why !== 'offline';
    throw Problem.own(thrown.why);
  }
}

function good(reply: Reply): unknown {
  if (reply.status >= 200 && reply.status < 300) return reply.body;
  if (reply.status === 401) signedOut();
  throw Problem.from(reply.status, reply.body);
}
