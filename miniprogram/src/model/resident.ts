/** Who is signed in, and what happens before something that only they can do. */
import { ref, shallowRef, watch } from 'vue';
import { account, type Me } from '@/api/account';
import { Problem } from '@/api/problem';
import { token } from '@/api/token';
import { open, ways } from './ways';

export const me = shallowRef<Me>();
/** What somebody wanted to do when they had to sign in first; done once they have. */
const waiting = ref<() => void>();

watch(token, (given) => {
  if (!given) me.value = undefined;
});

/** Reads who is signed in, where that is not known; nobody where there is no token. */
export async function meet(): Promise<void> {
  if (token.value && !me.value) await meetAgain();
}

/** Reads anew what the house holds of them. */
export async function meetAgain(): Promise<void> {
  if (token.value) me.value = (await account.me()).value;
}

/** The version of what the house holds of them; an edit must name it. */
export const meVersion = (): Promise<string> => account.version();

export const isResident = (): boolean => token.value !== '' && me.value?.agreed === true;

/** Does something that needs a resident: at once, or after signing in. */
export async function asResident(act: () => void): Promise<void> {
  const away = await meet().then(
    () => false,
    (thrown: unknown) => Problem.of(thrown).isAway,
  );
  if (isResident() || (away && token.value)) return act(); // who is away is told so by what they do
  waiting.value = act;
  open(ways.signin());
}

/** What waited for the sign-in. */
export function goOn(): void {
  const act = waiting.value;
  waiting.value = undefined;
  if (isResident()) act?.();
}
