import { beforeEach, expect, test, vi } from 'vitest';
import { ref } from 'vue';
import { newPhone, shelfInMemory, type Phone } from '@/testing';

let phone: Phone;
vi.mock('@/platform/shelf', () => ({ get shelf() { return shelfInMemory(phone).shelf; } }));
vi.mock('@/platform/house', () => ({ house: '' }));
vi.mock('./allowing', () => ({ offer: vi.fn() }));
vi.mock('./ways', () => ({ open: vi.fn(), ways: { signin: () => '/signin' } }));

beforeEach(() => {
  vi.resetModules();
  phone = newPhone({ body: { favourite: false, followed: false } });
  phone.kept.set('token', JSON.stringify('secret'));
});

async function marksOf(id: string) {
  const { me } = await import('./resident');
  const { useMarks } = await import('./marking');
  me.value = { agreed: true } as never;
  return useMarks('policy', () => ref(id).value);
}

test('what somebody keeps stays kept, though an older answer comes later', async () => {
  const { marks, turnFavourite } = await marksOf('1');
  await turnFavourite(); // while it is still being read whether it was kept
  await vi.waitFor(() => expect(marks.busy).toBe(false));
  await vi.waitFor(() => expect(phone.asked).toHaveLength(2));
  expect(marks.favourite).toBe(true);
  expect(phone.asked.map((a) => a.method)).toEqual(['GET', 'PUT']);
});

test('what the house refuses is taken back, and said', async () => {
  const { said } = await import('./saying');
  const { marks, turnFollow } = await marksOf('1');
  await vi.waitFor(() => expect(phone.asked).toHaveLength(1));
  phone.answers = [{ status: 409, body: { detail: '最多订阅 500 个，请先取消一些。' } }];
  await turnFollow();
  await vi.waitFor(() => expect(said.value).toContain('最多订阅 500 个'));
  expect(marks.followed).toBe(false);
});

test('two taps at once are one', async () => {
  const { marks, turnFavourite } = await marksOf('1');
  await vi.waitFor(() => expect(phone.asked).toHaveLength(1));
  await Promise.all([turnFavourite(), turnFavourite()]);
  await vi.waitFor(() => expect(marks.busy).toBe(false));
  expect(phone.asked.filter((a) => a.method === 'PUT')).toHaveLength(1);
});

test('a search is followed by what it asks for, and let go by the key that the house gave', async () => {
  phone.answers = [{ body: { key: 's1', name: '养老 · 2026年', search: {}, followed: false } }];
  const { me } = await import('./resident');
  const { useSavedSearch } = await import('./marking');
  me.value = { agreed: true } as never;
  const { saved, turn } = useSavedSearch(() => ({ q: '养老', year: ['2026'] }));
  await vi.waitFor(() => expect(saved.name).toBe('养老 · 2026年'));
  phone.answers = [{ body: { key: 's1', name: '养老 · 2026年', search: {}, followed: true } }];
  turn();
  await vi.waitFor(() => expect(saved).toMatchObject({ followed: true, busy: false }));
  turn();
  await vi.waitFor(() => expect(saved).toMatchObject({ followed: false, busy: false }));
  expect(phone.asked.map((a) => `${a.method} ${a.url}`)).toEqual([
    'GET /api/v1/me/searches?q=%E5%85%BB%E8%80%81&year=2026',
    'POST /api/v1/me/searches',
    'DELETE /api/v1/me/follows/search/s1',
  ]);
  expect(phone.asked[1]?.data).toEqual({ text: '养老', year: ['2026'] });
});

test('a search that the house will not follow is not shown as followed', async () => {
  phone.answers = [{ body: { key: 's1', name: '养老', search: {}, followed: false } }];
  const { said } = await import('./saying');
  const { me } = await import('./resident');
  const { useSavedSearch } = await import('./marking');
  me.value = { agreed: true } as never;
  const { saved, turn } = useSavedSearch(() => ({ q: '养老' }));
  await vi.waitFor(() => expect(saved.name).toBe('养老'));
  phone.answers = [{ status: 409, body: { detail: '最多订阅 500 项，已经满了。' } }];
  turn();
  await vi.waitFor(() => expect(said.value).toContain('最多订阅 500 项'));
  expect(saved.followed).toBe(false);
});
