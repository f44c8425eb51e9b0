/** Large files on their way to the server, with progress: fetch says nothing of how far an upload has come. */
import { newKey } from './act';
import { askSignIn } from './gate';
import { Problem } from './problem';
import { trouble } from '@/locale/zh-CN';

export interface Parcel<T> {
  /** What became of it; refused with a Problem, or with an AbortError where it was called off. */
  done: Promise<T>;
  cancel: () => void;
}

interface Sending {
  to: string;
  file: Blob;
  key: string;
  progress: (part: number) => void;
}

/** Sends a file to an address; `progress` hears how much of it is on its way, from 0 to 1. */
export function sendFile<T>(to: string, file: Blob, progress: (part: number) => void): Parcel<T> {
  const key = newKey(); // the same after signing in again
  let call: XMLHttpRequest | undefined;
  let over = false;
  const once = () => {
    call = new XMLHttpRequest();
    return sent<T>(call, { to, file, key, progress });
  };
  const done = once().catch(async (thrown: unknown) => {
    if (over || !(thrown instanceof Problem) || !thrown.wantsSignIn || !(await askSignIn())) throw thrown;
    return once();
  });
  return {
    done,
    cancel: () => {
      over = true;
      call?.abort();
    },
  };
}

function sent<T>(call: XMLHttpRequest, { to, file, key, progress }: Sending): Promise<T> {
  return new Promise((resolve, reject) => {
    call.open('POST', to);
    call.setRequestHeader('Content-Type', 'application/octet-stream');
    call.setRequestHeader('Idempotency-Key', key);
    call.responseType = 'json';
    call.upload.onprogress = (event) => event.lengthComputable && progress(event.loaded / event.total);
    call.onload = () => (call.status === 201 ? resolve(call.response as T) : reject(refusal(call)));
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
