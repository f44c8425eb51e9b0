/** Somebody of the secretariat (市政府办), whose acts reach every office: asked through the console's own addresses. */
import type { Browser, Page } from 'playwright-core';
import { expect } from 'vitest';
import { sitDown } from './browser';
import type { House } from './house';
import { begin, hire } from './staff';

export interface Secretariat {
  withdraw(policy: string, reason: string): Promise<void>;
  merge(policy: string, into: string): Promise<void>;
}

/** Opens the account and signs in. */
export async function openSecretariat(browser: Browser, house: House): Promise<Secretariat> {
  const made = house.run('staff', 'add', 'wangmin', '王敏');
  const first = await sitDown(browser, house.address);
  await begin(first, 'wangmin', /临时密码  (\S+)/.exec(made)?.[1] ?? '');
  const temporary = await hire(first, 'sunli', '孙丽', '市政府办');
  await first.context().close();
  const desk = await sitDown(browser, house.address);
  await begin(desk, 'sunli', temporary);
  return {
    withdraw: (policy, reason) => act(desk, policy, 'withdraw', { reason }),
    merge: (policy, into) => act(desk, policy, 'merge', { into, reason: '两份是同一份文件' }),
  };
}

/** Does something to a document as it stands now. */
async function act(desk: Page, policy: string, what: string, body: object): Promise<void> {
  const said = await desk.evaluate(async ([address, what, body]) => {
    const now = await fetch(address);
    const answer = await fetch(`${address}/${what}`, {
      method: 'POST', body,
      headers: { 'Content-Type': 'application/json', 'Idempotency-Key': crypto.randomUUID(), 'If-Match': now.headers.get('ETag') ?? '' },
    });
    return answer.ok ? '' : answer.text();
  }, [`/admin/v1/policies/${policy}`, what, JSON.stringify(body)] as const);
  expect(said, `${what} ${policy}`).toBe('');
}
