/** Whether something is kept and followed, and changing it: at once on the screen, taken back if the house refuses. */
import { reactive, watch } from 'vue';
import { keeping, type KeptKind } from '@/api/keeping';
import { Problem } from '@/api/problem';
import { token } from '@/api/token';
import { documents } from '@/locale/zh-CN';
import { asResident, me } from './resident';
import { say } from './saying';

export function useMarks(kind: KeptKind, id: () => string) {
  const marks = reactive({ favourite: false, followed: false, busy: false });
  let turns = 0; // what was read before somebody turned one is older than what they did

  async function read(): Promise<void> {
    if (!token.value || !id()) return;
    const before = turns;
    try {
      const { favourite, followed } = (await keeping.marks(kind, id())).value;
      if (before === turns) Object.assign(marks, { favourite, followed });
    } catch {
      // the page is read without knowing it
    }
  }
  watch([id, token, () => me.value?.agreed], () => void read(), { immediate: true });

  async function turn(what: 'favourite' | 'followed', sentences: [on: string, off: string]): Promise<void> {
    if (marks.busy) return;
    const on = !marks[what];
    turns += 1;
    marks.busy = true;
    marks[what] = on;
    try {
      await send(what, on, kind, id());
      say(on ? sentences[0] : sentences[1]);
    } catch (thrown) {
      marks[what] = !on;
      say(Problem.of(thrown).message);
    } finally {
      marks.busy = false;
    }
  }

  return {
    marks,
    turnFavourite: () => asResident(() => void turn('favourite', [documents.keptSaid, documents.unkept])),
    turnFollow: () => asResident(() => void turn('followed', [documents.followSaid, documents.unfollowSaid])),
  };
}

function send(what: 'favourite' | 'followed', on: boolean, kind: KeptKind, id: string) {
  if (what === 'favourite') return on ? keeping.keep(kind, id) : keeping.unkeep(kind, id);
  return on ? keeping.follow(kind, id) : keeping.unfollow(kind, id);
}
