/** What is typed on a letter and not sent yet: it stays in this window, whatever becomes of the session. */
import { ref, watch, type Ref } from 'vue';
import { queries } from '@/api/query';
import type { Session } from '@/api/session';
import { Keeping } from '@/model/keeping';

/** Letters are about people: what is written on them does not outlive the window, and goes on signing out. */
export function keepingOf<C>(part: string): Keeping<C> {
  const staff = queries.getQueryData<Session>(['session'])?.staff.id ?? '';
  return new Keeping<C>(staff, `letter.${part}`, window.sessionStorage);
}

/** A text that is kept while it is not sent; sent, it is set to "". */
export function useUnsent(part: string, fresh = ''): Ref<string> {
  const keeping = keepingOf<string>(part);
  const text = ref(keeping.find(new Date())?.content ?? fresh);
  watch(text, (now) => (now && now !== fresh ? keeping.put(now, '', new Date()) : keeping.forget()));
  return text;
}
