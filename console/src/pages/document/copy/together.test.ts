import { expect, it } from 'vitest';
import { parted, stretches, together } from './together';

const of = (text: string): string[] => (text ? text.split(' ') : []);
const joined = (base: string | undefined, mine: string, theirs: string): string =>
  together({ base: base === undefined ? undefined : of(base), mine: of(mine), theirs: of(theirs) }).join(' ');

it('shows where two bodies differ', () => {
  expect(stretches(of('一 二 三 四'), of('一 贰 三 四 五'))).toEqual([
    { kind: 'same', items: ['一'] },
    { kind: 'differs', mine: ['二'], theirs: ['贰'] },
    { kind: 'same', items: ['三', '四'] },
    { kind: 'differs', mine: [], theirs: ['五'] },
  ]);
  expect(stretches(of('一'), of('一'))).toEqual([{ kind: 'same', items: ['一'] }]);
  expect(stretches([], [])).toEqual([]);
});

it('takes what one of the two has changed', () => {
  expect(joined('一 二 三', '一 贰 三', '一 二 三 四')).toBe('一 贰 三 四');
  expect(joined('一 二 三', '二 三', '一 二')).toBe('二');
});

it('keeps both where both have changed the same, theirs first', () => {
  expect(joined('一 二 三', '一 我 三', '一 她 三')).toBe('一 她 我 三');
  expect(joined('一 二 三', '一 同 三', '一 同 三')).toBe('一 同 三');
  expect(joined('一 二', '一', '一 她')).toBe('一 她');
});

it('neighbours that were each rewritten are decided one by one', () => {
  expect(joined('一 二 三', '一 我二 我三', '一 她二 三')).toBe('一 她二 我二 我三');
});

it('without knowing the beginning it leaves nothing out', () => {
  expect(joined(undefined, '一 我 三', '一 她 三 四')).toBe('一 她 我 三 四');
  expect(joined('', '我', '她')).toBe('她 我');
});

it('no word that somebody wrote is lost, whatever both did', () => {
  let seed = 7;
  const random = (n: number) => (seed = (seed * 1103515245 + 12345) & 0x7fffffff) % n;
  const edited = (body: string[], who: string) => {
    const result = [...body];
    for (let n = 0; n < 1 + random(4); n++) {
      const at = random(result.length + 1);
      if (random(3)) result.splice(at, 0, `${who}${random(1000)}`);
      else result.splice(at, 1, `${who}${random(1000)}`);
    }
    return result;
  };
  for (let n = 0; n < 2000; n++) {
    const base = Array.from({ length: random(8) }, (_, i) => `段${i}`);
    const [mine, theirs] = [edited(base, '我'), edited(base, '她')];
    const result = new Set(together({ base, mine, theirs }));
    const written = [...mine, ...theirs].filter((word) => !word.startsWith('段'));
    expect(written.filter((word) => !result.has(word))).toEqual([]);
  }
});

it('says where two texts differ', () => {
  expect(parted('五个工作日内', '十个工作日内')).toEqual(['', '五', '个工作日内']);
  expect(parted('甲乙', '甲')).toEqual(['甲', '乙', '']);
  expect(parted('甲', '甲')).toEqual(['甲', '', '']);
});

it('a long law with changes all over takes no second', () => {
  const base = Array.from({ length: 2000 }, (_, n) => `第${n}条`);
  const began = performance.now();
  together({
    base,
    mine: base.map((t, n) => (n % 3 ? t : `${t}我`)),
    theirs: base.map((t, n) => (n % 5 ? t : `${t}她`)),
  });
  expect(performance.now() - began).toBeLessThan(3000);
});
