/** The form by which somebody gives themselves a new password. */
import { useForm } from '../useForm';
import { changePassword } from '@/api/me';
import { forms, passwordWords, signInWords } from '@/locale/zh-CN';
import { rulesOf, type Owner } from '@/model/password';

export interface PasswordDraft {
  old_password: string;
  password: string;
  repeat: string;
}

const check = (d: PasswordDraft, owner: Owner): Record<string, string> => ({
  ...(d.old_password ? {} : { old_password: forms.required }),
  ...(rulesOf(d.password, d.old_password, owner).every((r) => r.kept) ? {} : { password: passwordWords.broken }),
  ...(d.password === d.repeat ? {} : { repeat: passwordWords.differs }),
});

/** `saved` hears how far the sign-in has come then. */
export function usePasswordForm(owner: () => Owner, saved: (out: { stage: string }) => unknown) {
  return useForm({
    value: { old_password: '', password: '', repeat: '' },
    check: (d) => check(d, owner()),
    save: ({ value }, key) => changePassword({ old_password: value.old_password, password: value.password }, key),
    saved,
  });
}

export const oldPasswordLabel = signInWords.first.old;
