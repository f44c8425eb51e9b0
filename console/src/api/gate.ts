/** Signing in again over the page, so that nothing typed is lost when a session ends. */
import { ref } from 'vue';

type Opener = (signedIn: boolean) => void;

const waiting: Opener[] = [];
let armed = false;

/** Whether somebody is asked to sign in right now. */
export const gateShown = ref(false);

/** The frame arms the gate: it shows the sign-in when asked. Returns how to disarm it. */
export function armGate(): () => void {
  armed = true;
  return () => {
    armed = false;
    closeGate(false);
  };
}

/** Asks for a sign-in; false where nobody can be asked, or they would rather not. */
export function askSignIn(): Promise<boolean> {
  if (!armed) return Promise.resolve(false);
  gateShown.value = true;
  return new Promise((resolve) => waiting.push(resolve));
}

export function closeGate(signedIn: boolean): void {
  gateShown.value = false;
  waiting.splice(0).forEach((open) => open(signedIn));
}
