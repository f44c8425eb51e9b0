/** What the checks have found in the working copy: what is open, where it stands, why it may stay. */
import { computed, reactive, watch, type ComputedRef } from 'vue';
import type { Finding, Kind } from '@/api/documents';
import { gazetteDesk, gazettePieces, placeNames, placeWords, publicLetter } from '@/locale/zh-CN';
import { reasonsFamily } from '@/model/keeping';

/** attachments:2 is the third of the attachments. */
export const fieldOf = (f: Finding): string => f.field.split(':')[0] ?? '';
export const nthOf = (f: Finding): number => Number(f.field.split(':')[1] ?? -1);

/** What is asked and answered in a letter has names of its own. */
function placeInLetter(f: Finding): string | undefined {
  const [name, n] = [fieldOf(f), nthOf(f)];
  if (n >= 0 && name === 'questions') return publicLetter.ask(n);
  if (n >= 0 && name === 'answers') return publicLetter.answer(n);
  return publicLetter.places[name];
}

/** An issue has pieces that are counted, and days and texts of its own. */
function placeInGazette(f: Finding): string | undefined {
  const name = fieldOf(f);
  return name === 'pieces' && nthOf(f) >= 0 ? gazettePieces.nth(nthOf(f) + 1) : gazetteDesk.places[name];
}

/** Where it stands, in words. */
export function placeOf(f: Finding, kind: Kind = 'policy'): string {
  const own = (kind === 'letter' && placeInLetter(f)) || (kind === 'gazette' && placeInGazette(f));
  if (own) return own;
  const name = placeNames[fieldOf(f)] ?? '';
  const part = nthOf(f) >= 0 ? placeWords.nth(name, nthOf(f) + 1) : '';
  if (f.passage < 0) return part || name;
  const passage = `${part}${placeWords.passage(f.passage + 1)}`;
  if (f.row < 0) return passage;
  return `${passage} ${f.cell < 0 ? placeWords.row(f.row + 1) : placeWords.cell(f.row + 1, f.cell + 1)}`;
}

const gravity = ['stop', 'ask', 'note'];

/** The gravest first; among equals as they are read. */
export const byGravity = (list: readonly Finding[]): Finding[] =>
  [...list].sort((a, b) => gravity.indexOf(a.severity) - gravity.indexOf(b.severity));

export interface Reasons {
  of: (f: Finding) => string;
  give: (f: Finding, reason: string) => void;
  /** The reasons for what is found now, as a submission names them. */
  excuses: ComputedRef<{ finding: string; reason: string }[]>;
  open: ComputedRef<Finding[]>;
  /** They went along with a submission. */
  forget: () => void;
}

/** A reason is worth something from two characters on. */
const least = 2;

/** Why something may stay, as its owner writes it (staff and document); kept in this window until it is submitted. */
export function useReasons(owner: string, found: () => readonly Finding[], shelf = window.sessionStorage): Reasons {
  const name = reasonsFamily + owner;
  const given = reactive<Record<string, string>>(JSON.parse(shelf.getItem(name) ?? '{}') as Record<string, string>);
  watch(given, (now) => shelf.setItem(name, JSON.stringify(now)));

  const of = (f: Finding): string => given[f.number] ?? f.reason;
  const isOpen = (f: Finding): boolean =>
    f.severity === 'stop' || (f.severity === 'ask' && of(f).trim().length < least);
  return {
    of,
    give: (f, reason) => (given[f.number] = reason.trim()),
    excuses: computed(() =>
      found()
        .filter((f) => f.severity === 'ask' && of(f))
        .map((f) => ({ finding: f.number, reason: of(f) })),
    ),
    open: computed(() => byGravity(found().filter(isOpen))),
    forget: () => Object.keys(given).forEach((number) => delete given[number]),
  };
}
