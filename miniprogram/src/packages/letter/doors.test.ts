import { describe, expect, test } from 'vitest';
import { calls, doorsFor, isUrgent, type Door } from './doors';

describe('what a letter speaks of', () => {
  test.each<[Door, string]>([
    ['fire', '楼下车棚着火了，快来人'],
    ['fire', '我家厨房一股煤气味，燃气泄漏怎么办'],
    ['fire', '电梯困人了，孩子在里面'],
    ['police', '救命，有人持刀'],
    ['police', '我要报警，有人打架'],
    ['police', '昨天晚上自行车被盗，老人被骗了两万块钱'],
    ['ambulance', '我爸晕倒了叫不醒'],
    ['ambulance', '邻居说要跳楼'],
    ['discipline', '实名举报我们村主任'],
    ['discipline', '这个科长受贿'],
    ['court', '法院判决下来半年了没有执行'],
    ['court', '劳动仲裁的结果我不服'],
    ['petition', '这件事我已经信访过两次'],
    ['disclosure', '我要申请信息公开：地块的批文'],
  ])('%s: %s', (door, text) => expect(doorsFor('', text)).toContain(door));

  test.each([
    '小区消防通道被占，存在火灾隐患',
    '希望给老小区装烟雾报警器，更换灭火器',
    '楼道堆满杂物，容易着火，也怕着火时出不来',
    '报警电话贴在哪里比较好',
    '救命药能不能进医保',
    '法院对面的红绿灯时间太短',
    '希望社区办一次急救培训',
    '供暖什么时候开始',
    '学校门口的路坑坑洼洼，请市长看看',
    '',
  ])('nothing else: %s', (text) => expect(doorsFor(text)).toEqual([]));

  test('is read in the title too, and what can’t wait stands first', () => {
    expect(doorsFor('法院不管', '家里着火了，人昏迷了')).toEqual(['fire', 'ambulance', 'court']);
    expect(doorsFor('着火', '')).toEqual(['fire']);
  });

  test('each door has somebody who picks up the phone, and only three are urgent', () => {
    const all = Object.keys(calls) as Door[];
    expect(all.filter(isUrgent).map((d) => calls[d])).toEqual(['119', '110', '120']);
    for (const door of all) expect(calls[door]).toMatch(/^\d*$/);
  });
});
