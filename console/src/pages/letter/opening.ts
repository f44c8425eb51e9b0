/** Which box opens first: the server's first one, unless it is empty while another has work. */
import type { BoxName, LetterBox } from '@/api/letters';

/** Boxes that cut across the others, or hold what is done. */
const across: readonly BoxName[] = ['due', 'overdue', 'reopened', 'answered', 'all'];

export function firstBox(boxes: readonly LetterBox[]): BoxName | undefined {
  const work = boxes.filter((b) => !across.includes(b.box));
  return (work.find((b) => b.count > 0) ?? boxes[0])?.box;
}

/** What waits for somebody to act; a letter stands in one of these alone. */
const acting: readonly BoxName[] = ['centre', 'ending', 'todo', 'signing', 'helping', 'instructed'];

/** How many letters wait for whoever has these boxes. Supervisors see all that is signed, and act on their own. */
export function waitingIn(boxes: readonly LetterBox[]): number {
  const own: readonly BoxName[] = boxes.some((b) => b.box === 'supervised') ? ['supervised'] : acting;
  return boxes.filter((b) => own.includes(b.box)).reduce((sum, b) => sum + b.count, 0);
}

export const isDone = (box: BoxName): boolean => box === 'answered' || box === 'all';
