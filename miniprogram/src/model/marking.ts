/** Whether something is kept and followed, and changing it: at once on the screen, taken back if the house refuses. */
import { reactive, watch } from 'vue';
import { keeping, type KeptKind, type SavedSearch, type Wanted } from '@/api/keeping';
import { Problem } from '@/api/problem';
import { token } from '@/api/token';
import { documents, searching } from '@/locale/zh-CN';
import { offer } from './allowing';
import { asResident, me } from './resident';
import { say } from './saying';

type Mark = 'favourite' | 'followed';

/** What is said when a mark is set, and when it is taken away. */
const sentences: Record<Mark, [on: string, off: string]> = {
  favourite: [documents.keptSaid, documents.unkept],
  followed: [documents.followSaid, documents.unfollowSaid],
};

export function useMarks(kind: KeptKind, id: () => string) {
  const marks = reactive({ favourite: false, followed: false, busy: false });
  let turns = 0; // what was read before somebody turned one is older than what they did

  async function read(): Promise<void> {
    if (!token.value || !id()) return;
    const before = turns;
    try {
      const { favourite, followed } = await keeping.marks(kind, id());
      if (before === turns) Object.assign(marks, { favourite, followed });
    } catch {
      // the page is read without knowing it
    }
  }
  watch([id, token, () => me.value?.agreed], () => void read(), { immediate: true });

  async function set(what: Mark, on: boolean): Promise<void> {
    if (marks.busy) return;
    turns += 1;
    marks.busy = true;
    marks[what] = on;
    try {
      await send(what, on, kind, id());
      say(sentences[what][on ? 0 : 1]);
      if (what === 'followed' && on) void offer();
    } catch (thrown) {
      marks[what] = !on;
      refused(Problem.of(thrown), () => void set(what, on));
    } finally {
      marks.busy = false;
    }
  }

  /** What is wanted is settled by the tap: who signs in first may have kept it long ago. */
  function turn(what: Mark): void {
    const on = !marks[what];
    asResident(() => void set(what, on));
  }

  return { marks, turnFavourite: () => turn('favourite'), turnFollow: () => turn('followed') };
}

/** Says why not; where the sign-in is over, it goes on after a new one. */
export function refused(problem: Problem, act: () => void): void {
  if (problem.wantsSignIn) asResident(act);
  else say(problem.message);
}

/** Whether a search is followed, by what it asks for, and following it. */
export function useSavedSearch(wanted: () => Wanted) {
  const saved = reactive({ followed: false, name: '', busy: false });
  let key = '';
  let turns = 0; // an answer to what was asked before somebody turned it, or chose other filters, is dropped

  async function read(): Promise<void> {
    const before = ++turns;
    Object.assign(saved, { followed: false, name: '' });
    if (!token.value) return;
    try {
      const answer = (await keeping.search(wanted())).value;
      if (before === turns) take(answer);
    } catch {
      // the list is read without knowing it
    }
  }
  watch([() => JSON.stringify(wanted()), token, () => me.value?.agreed], () => void read(), { immediate: true });

  function take(answer: SavedSearch): void {
    key = answer.key;
    Object.assign(saved, { followed: answer.followed, name: answer.name });
  }

  async function set(on: boolean): Promise<void> {
    if (saved.busy) return;
    turns += 1;
    saved.busy = true;
    saved.followed = on;
    try {
      if (on) take(await keeping.followSearch(wanted()));
      else await keeping.unfollow('search', key);
      say(on ? searching.followedSaid : documents.unfollowSaid);
      if (on) void offer();
    } catch (thrown) {
      saved.followed = !on;
      refused(Problem.of(thrown), () => void set(on));
    } finally {
      saved.busy = false;
    }
  }

  function turn(): void {
    const on = !saved.followed;
    asResident(() => void set(on));
  }

  return { saved, turn };
}

function send(what: Mark, on: boolean, kind: KeptKind, id: string) {
  if (what === 'favourite') return on ? keeping.keep(kind, id) : keeping.unkeep(kind, id);
  return on ? keeping.follow(kind, id) : keeping.unfollow(kind, id);
}
