/** Files that somebody hands in: two at a time, each with its progress, and a way to call it off or try again. */
import { onScopeDispose, shallowReactive } from 'vue';
import { newKey } from '@/api/act';
import { handIn, type HandedIn } from '@/api/files';
import type { Parcel } from '@/api/parcel';
import { Problem } from '@/api/problem';

export interface Sending {
  id: string;
  name: string;
  size: number;
  part: number; // that is on its way, 0 to 1
  state: 'waiting' | 'sending' | 'failed';
  problem?: Problem;
  cancel: () => void;
  again: () => void;
}

export interface Uploads {
  list: readonly Sending[];
  add: (files: readonly File[]) => void;
}

const atOnce = 2;

type Send<Out> = (file: File, name: string, progress: (part: number) => void) => Parcel<Out>;

export function useUploads<Out = HandedIn>(
  done: (made: Out) => void,
  send: Send<Out> = handIn as unknown as Send<Out>,
): Uploads {
  const list = shallowReactive<Sending[]>([]);
  const running = new Map<string, Parcel<Out>>();

  const put = (id: string, now: Partial<Sending>): void => {
    const at = list.findIndex((s) => s.id === id);
    if (list[at]) list[at] = { ...list[at], ...now };
  };
  const remove = (id: string): void => {
    const at = list.findIndex((s) => s.id === id);
    if (at >= 0) list.splice(at, 1);
  };

  function add(files: readonly File[]): void {
    for (const file of files) {
      const id = newKey();
      waiting.set(id, file);
      const { name, size } = file;
      list.push({
        ...{ id, name, size, part: 0, state: 'waiting' },
        cancel: () => {
          running.get(id)?.cancel();
          waiting.delete(id);
          remove(id);
        },
        again: () => {
          put(id, { state: 'waiting', problem: undefined, part: 0 });
          next();
        },
      });
    }
    next();
  }
  const waiting = new Map<string, File>();

  function next(): void {
    for (const one of list.filter((s) => s.state === 'waiting').slice(0, atOnce - running.size)) {
      void start(one.id, waiting.get(one.id));
    }
  }

  async function start(id: string, file: File | undefined): Promise<void> {
    if (!file) return;
    put(id, { state: 'sending' });
    const upload = send(file, file.name, (part) => put(id, { part }));
    running.set(id, upload);
    try {
      done(await upload.done);
      waiting.delete(id);
      remove(id);
    } catch (thrown) {
      put(id, { state: 'failed', problem: Problem.of(thrown) });
    } finally {
      running.delete(id);
      next();
    }
  }

  onScopeDispose(() => running.forEach((upload) => upload.cancel()));
  return { list, add };
}
