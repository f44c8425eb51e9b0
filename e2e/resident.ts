/** Residents, as they come through the demo's stand-in for WeChat and ask the API what a phone would ask. */
import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';

type Json = Record<string, unknown>;

export interface Resident {
  ask<T = Json>(path: string): Promise<T>;
  send<T = Json>(path: string, body: Json): Promise<T>;
  put(path: string, body?: Json): Promise<void>;
}

async function read<T>(answer: Response): Promise<T> {
  const text = await answer.text();
  expect(answer.status, text).toBeLessThan(300);
  return JSON.parse(text) as T;
}

/** Lets somebody of the stand-in sign in and agree. */
export async function arrive(address: string, name: string): Promise<Resident> {
  const made = await fetch(`${address}/sim/control/api/people/${encodeURIComponent(name)}/login-code`, { method: 'POST' });
  const { code } = await read<{ code: string }>(made);
  const head: Record<string, string> = { 'Content-Type': 'application/json' };
  const send = async <T>(path: string, body: Json) =>
    read<T>(await fetch(address + path, { method: 'POST', headers: { ...head, 'Idempotency-Key': randomUUID() }, body: JSON.stringify(body) }));
  const entry = await send<{ token: string; privacy_version: number }>('/api/v1/login', { code, device: '测试用的手机' });
  head.Authorization = `Bearer ${entry.token}`;
  await send('/api/v1/me/consent', { version: entry.privacy_version });
  const put = async (path: string, body?: Json) => {
    const answer = await fetch(address + path, { method: 'PUT', headers: { ...head, 'Idempotency-Key': randomUUID(), 'If-Match': '"0"' }, ...(body && { body: JSON.stringify(body) }) });
    expect(answer.status, await answer.text()).toBeLessThan(300);
  };
  return { put, ask: async (path) => read(await fetch(address + path, { headers: head })), send };
}
