import { beforeEach, describe, expect, it, vi } from 'vitest';
import { newPhone, shelfInMemory, type Answered, type Phone } from '@/testing';

const change = { purpose: 'change' as const, name: '有变动就提醒', template: 'one', long: false, left: 0, lasting: false };
const credit = (more: object = {}) => ({ ...change, refused: false, banned: false, says: '', ask: true, ...more });
const page = (more: object = {}) => ({ items: [credit()], muted: false, calls: [['one']], ...more });
const wang = { status: 200, body: { agreed: true, id: 'wang', name: '', phone: '', created_at: null, consent: null } };
const fresh = (): Answered => ({ status: 200, body: page() });

let phone: Phone;
vi.mock('@/platform/shelf', () => ({ get shelf() { return shelfInMemory(phone).shelf; } }));
vi.mock('@/platform/house', () => ({ house: '' }));
vi.mock('./ways', () => ({ open: vi.fn(), ways: { signin: () => '/signin' } }));
let weChat: { says?: object; errCode?: number };
let questions: string[][];

/** The modules as they are when the mini program has just been opened; the house first says who is signed in. */
async function opened(...answers: Answered[]) {
  vi.resetModules();
  phone.answers.splice(0, phone.answers.length, ...answers);
  return import('./allowing');
}

const told = () => phone.asked.filter((a) => a.method === 'POST');

beforeEach(() => {
  phone = newPhone();
  phone.kept.set('token', JSON.stringify('a token'));
  weChat = { says: { one: 'accept' } };
  questions = [];
  vi.stubGlobal('wx', {
    requestSubscribeMessage: (o: { tmplIds: string[]; success: (r: object) => void; fail: (e: object) => void }) => {
      questions.push(o.tmplIds);
      queueMicrotask(() => (weChat.says ? o.success(weChat.says) : o.fail(weChat)));
    },
  });
});

describe('the tap that allows one more', () => {
  it('asks WeChat within the tap, tells the house, and shows what it says then', async () => {
    const allowing = await opened(wang, fresh(), { status: 200, body: page({ items: [credit({ left: 1 })] }) });
    await allowing.lookAtCredits();
    const tap = allowing.allow();
    expect(questions).toEqual([['one']]);
    await tap;
    expect(told().map((a) => a.data)).toEqual([{ results: [{ template: 'one', says: 'accept' }], ago: 0 }]);
    expect(allowing.standing.value?.items[0]?.left).toBe(1);
  });

  it('is one tap, however often it is tapped', async () => {
    const allowing = await opened(wang, fresh());
    await allowing.lookAtCredits();
    await Promise.all([allowing.allow(), allowing.allow()]);
    expect([questions.length, told().length]).toEqual([1, 1]);
  });

  it('is not lost with the network: it is told later under the same key, with how long ago it was', async () => {
    const allowing = await opened(wang, fresh(), { fails: 'offline' });
    await allowing.lookAtCredits();
    await allowing.allow();
    const [lost] = told();
    const again = await opened(wang, fresh());
    vi.spyOn(Date, 'now').mockReturnValue(Date.now() + 90_000);
    await again.tellKept();
    await again.tellKept();
    vi.restoreAllMocks();
    expect(told()).toHaveLength(2);
    expect(told()[1]?.header['Idempotency-Key']).toBe(lost?.header['Idempotency-Key']);
    expect((told()[1]?.data as { ago: number }).ago).toBeGreaterThanOrEqual(90);
  });

  it('says how to come back to who refused, and to who switched messages off', async () => {
    const allowing = await opened(wang, fresh());
    await allowing.lookAtCredits();
    weChat = { says: { one: 'reject' } };
    await allowing.allow();
    expect(allowing.trouble.value).toMatchObject({ off: true });
    expect(told()[0]?.data).toMatchObject({ results: [{ says: 'reject' }] });
    weChat = { errCode: 20004 };
    await allowing.allow();
    expect(allowing.trouble.value?.text).toContain('关掉');
    expect(told()).toHaveLength(1);
  });

  it('asks for what lasts by itself, and for what is banned or lasts already not at all', async () => {
    const { wanted } = await opened(wang);
    const asks = (...items: object[]) => wanted(page({ items: items.map(credit) })).map((c) => c.template);
    expect(asks({ template: 'a' }, { template: 'b', long: true }, { template: 'c' })).toEqual(['b']);
    expect(asks({}, { template: 'b', long: true, lasting: true }, { template: 'c' })).toEqual(['one', 'c']);
    expect(asks({ template: 'a', banned: true })).toEqual([]);
    expect(asks(...'abcdefg'.split('').map((template) => ({ template })))).toHaveLength(5);
  });
});

describe('what nobody asked for', () => {
  it('is offered once a day', async () => {
    const allowing = await opened(wang, fresh());
    const tries = [0, 23, 25].map((hours) => Date.now() + hours * 3_600_000);
    const open = [];
    for (const now of tries) {
      allowing.offering.value = false;
      await allowing.offer(now);
      open.push(allowing.offering.value);
    }
    expect(open).toEqual([true, false, true]);
  });

  it('is not offered to who refused, wants no reminders, or has enough of them', async () => {
    const many = page({ items: [credit({ left: 3 })] });
    for (const body of [page({ calls: [] }), page({ muted: true, calls: [] }), many]) {
      const allowing = await opened(wang, { status: 200, body });
      await allowing.offer();
      expect(allowing.offering.value).toBe(false);
    }
  });
});
