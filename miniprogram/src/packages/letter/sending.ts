/** How a letter gets to the house exactly once, whatever the network does meanwhile. */
import type { Pending } from './draft';
import { newKey } from '@/api/client';
import { letters, type Letter, type LetterForm } from '@/api/letter';
import { Problem } from '@/api/problem';

export type Came =
  | { letter: Letter; before: boolean } // before: it had arrived at the first try, and what was changed since has not
  | { problem: Problem; pending?: Pending };

const same = (one: LetterForm, other: LetterForm): boolean => JSON.stringify(one) === JSON.stringify(other);

/**
 * Sends. What was sent before and not answered goes again under its key. Where it was changed since, the house is asked
 * first whether it has the letter as it was: a second one would be a second letter.
 */
export async function sendOnce(
  body: LetterForm,
  before: Pending | undefined,
  keep: (pending: Pending) => void,
): Promise<Came> {
  let pending = before;
  try {
    const changed = pending && !same(pending.body, body) ? pending : undefined;
    const there = changed && (await arrived(changed.body));
    if (there) return { letter: there, before: true };
    pending = changed || !pending ? { key: newKey(), body } : pending;
    keep(pending); // before it leaves: a phone that dies now still knows the key
    return { letter: await letters.send(body, pending.key), before: false };
  } catch (thrown) {
    const problem = Problem.of(thrown);
    return { problem, pending: isOpen(problem) ? pending : undefined };
  }
}

/** Whether the house may have the letter for all one knows. Signing in anew changes nothing of it. */
function isOpen(problem: Problem): boolean {
  return !problem.isFinal || problem.wantsSignIn || problem.wantsConsent;
}

/** How many of the latest letters are looked through. */
const latest = 5;

async function arrived(body: LetterForm): Promise<Letter | undefined> {
  const { value } = await letters.mine(0, 'all', latest);
  for (const item of value.items) {
    if (item.channel !== body.channel || item.title !== body.title) continue;
    const one = (await letters.one(item.id)).value;
    if (one.text === body.text) return one;
  }
  return undefined;
}
