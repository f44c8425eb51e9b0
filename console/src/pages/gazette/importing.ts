/** Issues on their way in: which files are taken, and how far the reading of one has come. */
import type { GazetteImport } from '@/api/gazettes';

export const accept = '.pdf,.ofd';
const taken = /\.(pdf|ofd)$/i;

/** A file that was chosen, and what is said of it before it is sent. */
export interface Chosen {
  id: string;
  file: File;
  year: string;
  number: string;
}

const nameOf = (f: File): string => `${f.name} ${f.size} ${f.lastModified}`;

/** What becomes of files that are dropped: some are taken, some are no issues, some are there already. */
export function sorted(files: readonly File[], there: readonly File[]) {
  const known = new Set(there.map(nameOf));
  const result: { taken: File[]; wrong: string[]; twice: string[] } = { taken: [], wrong: [], twice: [] };
  for (const file of files) {
    if (!taken.test(file.name)) result.wrong.push(file.name);
    else if (known.has(nameOf(file))) result.twice.push(file.name);
    else {
      known.add(nameOf(file));
      result.taken.push(file);
    }
  }
  return result;
}

/** Whether year and number are both said or both left open. */
export const isClear = (c: Pick<Chosen, 'year' | 'number'>): boolean => (c.year === '') === (c.number === '');

const steps = ['opening', 'pages', 'pieces'] as const;
export type StepState = 'done' | 'now' | 'open';

/** The steps of an import, each with where it stands. */
export function stepsOf(i: Pick<GazetteImport, 'step' | 'state'>): { step: (typeof steps)[number]; state: StepState }[] {
  const at = i.step === 'done' ? steps.length : steps.findIndex((s) => s === i.step);
  return steps.map((step, n) => ({ step, state: n < at ? 'done' : n === at ? 'now' : 'open' }));
}

/** How much of a file is read, from 0 to 1; opening it and looking for pieces take a little as well. */
export function partOf({ step, pages, done }: Pick<GazetteImport, 'step' | 'pages' | 'done'>): number {
  if (step === 'done') return 1;
  if (step === 'pieces') return 0.97;
  return step === 'pages' && pages ? 0.03 + (0.92 * done) / pages : 0.02;
}
