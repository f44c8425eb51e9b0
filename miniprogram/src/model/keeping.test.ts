import { describe, expect, test } from 'vitest';
import { keep, makeRoom, mostKept, mostSize, type Kept } from './keeping';

const read = (n: number, size = 10): Kept => ({ key: `policy:${n}`, at: n, size });

describe('what stays on the phone', () => {
  test('is the last fifty documents that were read', () => {
    let list: Kept[] = [];
    let gone: string[] = [];
    for (let n = 1; n <= mostKept + 1; n += 1) ({ list, gone } = keep(list, read(n)));
    expect(list).toHaveLength(mostKept);
    expect(gone).toEqual(['policy:1']);
  });

  test('counts a document that is read again once, as the newest', () => {
    const { list, gone } = keep([read(2), read(1)], { ...read(1), at: 3 });
    expect(list.map((k) => k.key)).toEqual(['policy:1', 'policy:2']);
    expect(gone).toEqual([]);
  });

  test('never takes more room than it may; the newest stays in any case', () => {
    const { list, gone } = keep([read(2, mostSize / 2), read(1, mostSize / 2)], read(3, mostSize / 2 + 1));
    expect(list.map((k) => k.key)).toEqual(['policy:3']);
    expect(gone).toEqual(['policy:2', 'policy:1']);
    expect(keep([], read(1, mostSize * 2)).list).toHaveLength(1);
  });

  test('keeps what every page needs beside the documents', () => {
    let { list } = keep([], { key: 'home', at: 0, size: 10 });
    for (let n = 1; n <= 80; n += 1) ({ list } = keep(list, read(n)));
    expect(list.some((k) => k.key === 'home')).toBe(true);
    expect(makeRoom([{ key: 'home', at: 0, size: 1 }])).toEqual({ list: [] });
  });

  test('makes room by its oldest document', () => {
    expect(makeRoom([read(2), read(1)])).toEqual({ list: [read(2)], gone: 'policy:1' });
  });
});
