import { describe, expect, it } from 'vitest';
import { effectScope } from 'vue';
import { useUploads } from './useUploads';
import type { HandedIn } from '@/api/files';
import { Problem } from '@/api/problem';

/** A post office: it keeps every upload until it is told what becomes of it. */
function office() {
  const sent: { name: string; progress: (part: number) => void; ok: () => void; no: (why: unknown) => void }[] = [];
  const cancelled: string[] = [];
  const arrived: string[] = [];
  const scope = effectScope();
  const send = (_: Blob, name: string, progress: (part: number) => void) => {
    let cancel = () => undefined as void;
    const done = new Promise<HandedIn>((resolve, reject) => {
      sent.push({ name, progress, ok: () => resolve({ id: name, name } as HandedIn), no: reject });
      cancel = () => {
        cancelled.push(name);
        reject(new DOMException('', 'AbortError'));
      };
    });
    return { done, cancel };
  };
  const uploads = scope.run(() => useUploads((file) => arrived.push(file.name), send))!;
  return { uploads, sent, cancelled, arrived, scope };
}

const file = (name: string) => new File(['x'], name);
const settled = () => new Promise((resolve) => queueMicrotask(() => queueMicrotask(() => setTimeout(resolve))));

describe('files that are handed in', () => {
  it('go two at a time, in their order', async () => {
    const { uploads, sent, arrived } = office();
    uploads.add(['甲.pdf', '乙.pdf', '丙.pdf'].map(file));
    expect(sent.map((s) => s.name)).toEqual(['甲.pdf', '乙.pdf']);
    sent[0]?.progress(0.4);
    expect(uploads.list.map((s) => [s.state, s.part])).toEqual([
      ['sending', 0.4],
      ['sending', 0],
      ['waiting', 0],
    ]);
    sent[0]?.ok();
    await settled();
    expect(arrived).toEqual(['甲.pdf']);
    expect(sent.map((s) => s.name)).toEqual(['甲.pdf', '乙.pdf', '丙.pdf']);
  });

  it('one that is refused says why, stays, and can be tried again', async () => {
    const { uploads, sent, arrived } = office();
    uploads.add([file('甲.exe')]);
    sent[0]?.no(new Problem({ status: 422, detail: '程序不能上传。' }));
    await settled();
    expect(uploads.list[0]).toMatchObject({ state: 'failed', problem: { message: '程序不能上传。' } });
    uploads.list[0]?.again();
    sent[1]?.ok();
    await settled();
    expect(arrived).toEqual(['甲.exe']);
    expect(uploads.list).toEqual([]);
  });

  it('one that is called off is gone, and the next one takes its turn', async () => {
    const { uploads, sent, cancelled } = office();
    uploads.add(['甲.pdf', '乙.pdf', '丙.pdf'].map(file));
    uploads.list[0]?.cancel();
    await settled();
    expect(cancelled).toEqual(['甲.pdf']);
    expect(sent.at(-1)?.name).toBe('丙.pdf');
    expect(uploads.list.map((s) => s.name)).toEqual(['乙.pdf', '丙.pdf']);
  });

  it('leaving the page calls off what is on its way', () => {
    const { uploads, cancelled, scope } = office();
    uploads.add([file('甲.pdf')]);
    scope.stop();
    expect(cancelled).toEqual(['甲.pdf']);
  });
});
