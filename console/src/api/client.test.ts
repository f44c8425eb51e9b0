import { describe, expect, it, vi } from 'vitest';
import { courier, versioned, type Outside } from './client';
import { Problem } from './problem';
import { traffic } from './traffic';
import { answered, pending } from '@/testing';

const address = 'http://house.test/admin/v1/staff';
const reading = () => new Request(address);
const writing = () =>
  new Request(address, { method: 'POST', body: '{"name":"李强"}', headers: { 'Idempotency-Key': 'k-1' } });
const signedOut = () => answered(401, { code: 'staff.signin_needed', detail: '请先登录。' });
const cut = () => Promise.reject(new TypeError('fetch failed'));

/** A world outside whose answers are given one after the other. */
function world(...answers: (() => Promise<Response> | Response)[]) {
  const sent: Request[] = [];
  const outside: Outside = {
    send: async (request) => {
      sent.push(request.clone());
      return (answers[sent.length - 1] ?? (() => answered(200, {})))();
    },
    wait: vi.fn(async () => undefined),
    signIn: vi.fn(async () => true),
  };
  return { outside, sent, carry: courier(outside) };
}

describe('a request', () => {
  it('that reads is tried once more when the network fails, after a breath', async () => {
    const { carry, sent, outside } = world(cut, () => answered(200, {}));
    expect((await carry(reading())).status).toBe(200);
    expect(sent).toHaveLength(2);
    expect(outside.wait).toHaveBeenCalledOnce();
  });

  it('that reads is not tried a third time', async () => {
    const { carry, sent } = world(cut, cut);
    await expect(carry(reading())).rejects.toThrow(TypeError);
    expect(sent).toHaveLength(2);
  });

  it('that writes is never tried again by itself: it may have been done', async () => {
    const { carry, sent } = world(cut);
    await expect(carry(writing())).rejects.toThrow(TypeError);
    expect(sent).toHaveLength(1);
  });

  it('that the server refuses is not tried again', async () => {
    const { carry, sent } = world(() => answered(500, { code: 'fault' }));
    expect((await carry(reading())).status).toBe(500);
    expect(sent).toHaveLength(1);
  });

  it('that nobody waits for any more is not tried again', async () => {
    const gone = new AbortController();
    const { carry, sent } = world(() => (gone.abort(), cut()));
    await expect(carry(new Request(address, { signal: gone.signal }))).rejects.toThrow();
    expect(sent).toHaveLength(1);
  });
});

describe('when the session is over', () => {
  it('signing in sends the same request again, body and key and all', async () => {
    const { carry, sent, outside } = world(signedOut, () => answered(200, {}));
    expect((await carry(writing())).status).toBe(200);
    expect(outside.signIn).toHaveBeenCalledOnce();
    expect(sent[1]?.headers.get('Idempotency-Key')).toBe('k-1');
    expect(await sent[1]?.text()).toBe('{"name":"李强"}');
  });

  it('whoever does not sign in gets the refusal', async () => {
    const { carry, outside, sent } = world(signedOut);
    vi.mocked(outside.signIn).mockResolvedValue(false);
    expect((await carry(writing())).status).toBe(401);
    expect(sent).toHaveLength(1);
  });

  it('a wrong code is a refusal, not the end of the session', async () => {
    const { carry, outside } = world(() => answered(401, { code: 'staff.wrong_code' }));
    expect((await carry(writing())).status).toBe(401);
    expect(outside.signIn).not.toHaveBeenCalled();
  });

  it('asking who is signed in asks nobody to sign in', async () => {
    const { carry, outside } = world(signedOut);
    await carry(new Request('http://house.test/admin/v1/session'));
    expect(outside.signIn).not.toHaveBeenCalled();
  });
});

describe('an answer', () => {
  it('brings the version that an edit must name', async () => {
    const response = answered(200, {}, { ETag: '"7"' });
    expect(await versioned(Promise.resolve({ data: { name: '李强' }, response }))).toEqual({
      value: { name: '李强' },
      version: '"7"',
    });
  });

  it('that refuses is thrown as a problem in the words of the server', async () => {
    const error = {
      code: 'staff.login_taken',
      detail: '这个登录名已经有人用了。',
      request_id: '01M',
      errors: [{ field: 'login', message: '请换一个。' }],
    };
    const thrown = await versioned(Promise.resolve({ error, response: answered(409, error) })).catch((p: unknown) => p);
    expect(thrown).toBeInstanceOf(Problem);
    expect(thrown).toMatchObject({
      status: 409,
      message: '这个登录名已经有人用了。',
      requestId: '01M',
      fields: error.errors,
    });
  });

  it('that takes long is said to, until it comes', async () => {
    vi.useFakeTimers();
    const late = pending<Response>();
    const { carry } = world(() => late.promise);
    const carried = carry(reading());
    await vi.advanceTimersByTimeAsync(4_900);
    expect(traffic.slow).toBe(0);
    await vi.advanceTimersByTimeAsync(200);
    expect(traffic.slow).toBe(1);
    late.keep(answered(200, {}));
    await carried;
    expect(traffic.slow).toBe(0);
    vi.useRealTimers();
  });
});
