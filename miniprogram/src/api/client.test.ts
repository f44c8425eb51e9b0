import { beforeEach, describe, expect, test, vi } from 'vitest';
import { newPhone, shelfInMemory, type Phone } from '@/testing';

let phone: Phone;
vi.mock('@/platform/shelf', () => ({
  get shelf() {
    return shelfInMemory(phone).shelf;
  },
}));
vi.mock('@/platform/house', () => ({ house: '' }));

/** The client anew, as after a start of the mini program. */
async function client() {
  vi.resetModules();
  const [c, t, o, p] = await Promise.all([
    import('./client'),
    import('./token'),
    import('./offline'),
    import('./problem'),
  ]);
  return { ...c, ...t, ...o, Problem: p.Problem };
}

beforeEach(() => {
  phone = newPhone({ body: { items: [] } });
});

describe('a reading', () => {
  test('asks once, with a number by which it can be found in the log', async () => {
    const { get } = await client();
    await get('/api/v1/policies', { query: { q: '养老', year: [2025, 2026], topic: [] } as never });
    expect(phone.asked).toHaveLength(1);
    expect(phone.asked[0]?.url).toBe('/api/v1/policies?q=%E5%85%BB%E8%80%81&year=2025&year=2026');
    expect(phone.asked[0]?.header['X-Request-Id']).toMatch(/^\w{32}$/);
  });

  test('is tried once more when the network fails, and no more', async () => {
    const { get, online } = await client();
    phone.answers = [{ fails: 'offline' }, { body: { items: [] } }];
    await get('/api/v1/topics');
    expect(phone.asked).toHaveLength(2);
    phone.answers = [{ fails: 'offline' }];
    await expect(get('/api/v1/topics')).rejects.toMatchObject({
      code: 'offline',
      message: expect.stringContaining('网络断开了'),
    });
    expect(phone.asked).toHaveLength(4);
    expect(online.value).toBe(false);
  });

  test('that takes too long is not asked again: the house has enough to do', async () => {
    const { get } = await client();
    phone.answers = [{ fails: 'timeout' }];
    await expect(get('/api/v1/topics')).rejects.toMatchObject({ code: 'timeout' });
    expect(phone.asked).toHaveLength(1);
  });

  test('gives what the phone kept when the network is away, and says so', async () => {
    const { get } = await client();
    phone.answers = [{ body: { id: '1', title: '办法' }, head: { ETag: '"a"' } }];
    await get('/api/v1/policies/{id}', { path: { id: '1' }, keep: 'policy:1' });
    await vi.waitFor(() => expect(phone.kept.has('shelf/policy:1')).toBe(true));
    for (const away of [{ fails: 'offline' as const }, { status: 503, body: {} }]) {
      phone.answers = [away];
      const read = await get('/api/v1/policies/{id}', { path: { id: '1' }, keep: 'policy:1' });
      expect(read).toMatchObject({ old: true, value: { title: '办法' } });
    }
  });

  test('costs nothing where nothing changed', async () => {
    const { get } = await client();
    phone.answers = [{ body: { id: '1' }, head: { etag: '"a"' } }, { status: 304 }];
    await get('/api/v1/policies/{id}', { path: { id: '1' }, keep: 'policy:1' });
    await vi.waitFor(() => expect(phone.kept.has('shelf/policy:1')).toBe(true));
    const again = await get('/api/v1/policies/{id}', { path: { id: '1' }, keep: 'policy:1' });
    expect(phone.asked[1]?.header['If-None-Match']).toBe('"a"');
    expect(again).toEqual({ value: { id: '1' }, old: false });
  });

  test('of a withdrawn document is refused, though the phone kept it', async () => {
    const { get } = await client();
    phone.answers = [{ body: { id: '1' } }];
    await get('/api/v1/policies/{id}', { path: { id: '1' }, keep: 'policy:1' });
    await vi.waitFor(() => expect(phone.kept.has('shelf/policy:1')).toBe(true));
    phone.answers = [{ status: 404, body: { code: 'publication.withdrawn', detail: '已撤回：内容有误。' } }];
    await expect(get('/api/v1/policies/{id}', { path: { id: '1' }, keep: 'policy:1' })).rejects.toMatchObject({
      message: '已撤回：内容有误。',
    });
    await vi.waitFor(() => expect(phone.kept.has('shelf/policy:1')).toBe(false));
  });

  test('goes well on a phone that is full', async () => {
    const { get } = await client();
    phone.full = true;
    phone.answers = [{ body: { id: '1', title: '办法' } }];
    expect((await get('/api/v1/policies/{id}', { path: { id: '1' }, keep: 'policy:1' })).value).toMatchObject({
      title: '办法',
    });
  });
});

describe('a write', () => {
  test('carries its key and, for an edit, the version; it is never repeated by itself', async () => {
    const { write, newKey } = await client();
    const key = newKey();
    phone.answers = [{ fails: 'offline' }];
    await expect(write('patch', '/api/v1/me', { body: { name: '王' }, key, version: '"3"' })).rejects.toMatchObject({
      code: 'offline',
    });
    expect(phone.asked).toHaveLength(1);
    expect(phone.asked[0]?.header).toMatchObject({ 'Idempotency-Key': key, 'If-Match': '"3"' });
  });

  test('that is refused tells which field is wrong', async () => {
    const { write, Problem } = await client();
    phone.answers = [{ status: 422, body: { detail: '有一项要改', errors: [{ field: 'name', message: '称呼太长' }] } }];
    const thrown = await write('patch', '/api/v1/me', { body: { name: '王' }, key: 'k', version: '"1"' }).catch(
      (e: unknown) => e,
    );
    expect(Problem.of(thrown).fields).toEqual([{ field: 'name', message: '称呼太长' }]);
    expect(Problem.of(thrown).isFinal).toBe(true);
  });
});

describe('a token', () => {
  test('goes with what is personal alone, and is forgotten when the house no longer knows it', async () => {
    const { get, signedIn, token } = await client();
    signedIn('secret');
    await get('/api/v1/me');
    expect(phone.asked[0]?.header.Authorization).toBe('Bearer secret');
    await get('/api/v1/topics');
    expect(phone.asked[1]?.header.Authorization).toBeUndefined();
    phone.answers = [{ status: 401, body: { code: 'signin.needed', detail: '请先登录' } }];
    await expect(get('/api/v1/me')).rejects.toMatchObject({ wantsSignIn: true });
    expect(token.value).toBe('');
    expect(phone.kept.get('token')).toBeUndefined();
  });
});
