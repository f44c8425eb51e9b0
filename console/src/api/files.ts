/** Files that editors hand in: sent as they are, with progress; large ones take minutes. */
import { newKey } from './act';
import { answer, api, once } from './client';
import { askSignIn } from './gate';
import { Problem } from './problem';
import type { components } from './schema';
import { trouble } from '@/locale/zh-CN';

export type HandedIn = components['schemas']['HandedIn'];
export type WordRead = components['schemas']['WordRead'];

/** Where a file that is kept can be seen by staff. */
export const fileAddress = (id: string): string => `/admin/v1/files/${encodeURIComponent(id)}`;

export interface Upload {
  /** What became of it; refused with a Problem, or with an AbortError where it was called off. */
  done: Promise<HandedIn>;
  cancel: () => void;
}

/** Sends a file; `progress` hears how much of it is on its way, from 0 to 1. */
export function handIn(file: Blob, name: string, progress: (part: number) => void): Upload {
  let call: XMLHttpRequest | undefined;
  let over = false;
  const key = newKey();
  const attempt = () => {
    call = new XMLHttpRequest();
    return sent(call, { file, name, key, progress });
  };
  const done = attempt().catch(async (thrown: unknown) => {
    if (over || !(thrown instanceof Problem) || !thrown.wantsSignIn || !(await askSignIn())) throw thrown;
    return attempt();
  });
  return {
    done,
    cancel: () => {
      over = true;
      call?.abort();
    },
  };
}

interface Sending {
  file: Blob;
  name: string;
  key: string;
  progress: (part: number) => void;
}

/** fetch says nothing of how far an upload has come; this elder door does. */
function sent(call: XMLHttpRequest, { file, name, key, progress }: Sending): Promise<HandedIn> {
  return new Promise((resolve, reject) => {
    call.open('POST', `/admin/v1/files?name=${encodeURIComponent(name)}`);
    call.setRequestHeader('Content-Type', 'application/octet-stream');
    call.setRequestHeader('Idempotency-Key', key);
    call.responseType = 'json';
    call.upload.onprogress = (event) => event.lengthComputable && progress(event.loaded / event.total);
    call.onload = () => (call.status === 201 ? resolve(call.response as HandedIn) : reject(refusal(call)));
    call.onerror = () => reject(Problem.own('offline'));
    call.onabort = () => reject(new DOMException('called off', 'AbortError'));
    call.send(file);
  });
}

function refusal(call: XMLHttpRequest): Problem {
  const said: unknown = call.response;
  const body = typeof said === 'object' && said !== null ? said : { code: 'unreadable', detail: trouble.unreadable };
  return new Problem({ ...body, status: call.status });
}

/** Reads a Word file that was handed in; a long one takes a while. */
export const readWord = (id: string, key: string): Promise<WordRead> =>
  answer(api.POST('/admin/v1/word', { body: { file_id: id }, params: { header: once(key) } }));
