/** The only door to the server: every request of the console goes through here. */
import createClient from 'openapi-fetch';
import { askSignIn } from './gate';
import { Problem } from './problem';
import type { paths } from './schema';
import { underway } from './traffic';

/** How long an answer may take, in ms. */
export const patience = 15_000;
/** How long to wait before a reading is tried once more, in ms. */
const breath = 400;

/** What a courier needs of the world outside. */
export interface Outside {
  send: (request: Request) => Promise<Response>;
  wait: (ms: number) => Promise<void>;
  signIn: () => Promise<boolean>;
}

/**
 * Carries a request: a reading is tried twice when the network fails, a write
 * never; and when the session is over, it goes again after signing in.
 */
export function courier(outside: Outside): (request: Request) => Promise<Response> {
  async function once(request: Request): Promise<Response> {
    const arrived = underway();
    try {
      const late = AbortSignal.timeout(patience);
      const response = await outside.send(
        new Request(request.clone(), { signal: AbortSignal.any([request.signal, late]) }),
      );
      arrived(true);
      return response;
    } catch (thrown) {
      arrived(false);
      throw thrown;
    }
  }

  async function patiently(request: Request): Promise<Response> {
    try {
      return await once(request);
    } catch (thrown) {
      if (request.method !== 'GET' || request.signal.aborted || Problem.of(thrown).code !== 'offline') throw thrown;
      await outside.wait(breath);
      return once(request);
    }
  }

  return async (request) => {
    const response = await patiently(request);
    if (!(await mustSignIn(request, response)) || !(await outside.signIn())) return response;
    return patiently(request);
  };
}

/** Asking who is signed in must not ask to sign in; and signing in does so itself. */
const ownWay = /\/admin\/v1\/(session|sign-(in|out).*)$/;

async function mustSignIn(request: Request, response: Response): Promise<boolean> {
  if (response.status !== 401 || ownWay.test(new URL(request.url).pathname)) return false;
  return Problem.from(
    response,
    await response
      .clone()
      .json()
      .catch(() => null),
  ).wantsSignIn;
}

export const api = createClient<paths>({
  baseUrl: window.location.origin,
  credentials: 'same-origin',
  cache: 'no-store',
  fetch: courier({
    // eslint-disable-next-line no-restricted-globals -- here and nowhere else
    send: (request) => fetch(request),
    wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    signIn: askSignIn,
  }),
});

interface Asked<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/** The answer, or a Problem thrown. */
export async function answer<T>(asked: Promise<Asked<T>>): Promise<T> {
  return (await versioned(asked)).value;
}

/** Something that was read, and the version that an edit of it must name. */
export interface Versioned<T> {
  value: T;
  version: string;
}

export async function versioned<T>(asked: Promise<Asked<T>>): Promise<Versioned<T>> {
  const { data, error, response } = await asked.catch((thrown: unknown) => {
    throw isGivenUp(thrown) ? thrown : Problem.of(thrown);
  });
  if (!response.ok) throw Problem.from(response, error);
  return { value: data as T, version: response.headers.get('ETag') ?? '' };
}

/** Nobody waits for the answer any more: that is no problem to show. */
function isGivenUp(thrown: unknown): boolean {
  return thrown instanceof DOMException && thrown.name === 'AbortError';
}

/** The headers of a write: its key, and the version that was read where it is an edit. */
export function once(key: string): { 'Idempotency-Key': string };
export function once(key: string, version: string): { 'Idempotency-Key': string; 'If-Match': string };
export function once(key: string, version?: string): { 'Idempotency-Key': string; 'If-Match'?: string } {
  return version === undefined ? { 'Idempotency-Key': key } : { 'Idempotency-Key': key, 'If-Match': version };
}

/** The If-Match of a record that carries its version inside. */
export const tag = (version: number): string => `"${version}"`;
