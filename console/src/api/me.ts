/** One's own account: password, second factor, recovery codes, sessions. */
import { answer, api, once } from './client';
import { changed, useReading } from './query';
import type { components } from './schema';

export type SignedIn = components['schemas']['StaffSession'];

export interface PasswordChange {
  old_password: string;
  password: string;
}

export const changePassword = (body: PasswordChange, key: string) =>
  answer(api.POST('/admin/v1/me/password', { body, params: { header: once(key) } }));

export const beginEnrolment = (_: null, key: string) =>
  answer(api.POST('/admin/v1/me/factor', { params: { header: once(key) } }));

export const confirmFactor = (code: string, key: string) =>
  answer(api.POST('/admin/v1/me/factor/confirm', { body: { code }, params: { header: once(key) } }));

export const renewRecoveryCodes = (code: string, key: string) =>
  answer(api.POST('/admin/v1/me/recovery-codes', { body: { code }, params: { header: once(key) } }));

export function useMySessions() {
  return useReading({ key: ['sessions', 'mine'], read: () => answer(api.GET('/admin/v1/me/sessions')) });
}

export async function endMySession(id: string, key: string): Promise<void> {
  await answer(api.DELETE('/admin/v1/me/sessions/{id}', { params: { path: { id }, header: once(key) } }));
  await changed('sessions');
}
