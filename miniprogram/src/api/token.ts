/** The resident's token. It lies in the phone's storage and goes nowhere but into the header of requests. */
import { ref } from 'vue';
import { forget, recall, remember } from '@/platform/storage';

const place = 'token';

export const token = ref(recall<string>(place) ?? '');

/** Keeps the token of a sign-in. */
export function signedIn(given: string): void {
  token.value = given;
  remember(place, given);
}

/** The token is over: signed out, expired, or the account is gone. */
export function signedOut(): void {
  token.value = '';
  forget(place);
}
