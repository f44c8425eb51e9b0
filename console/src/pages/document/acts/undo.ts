/** After a draft was thrown away: a sentence, and the way back. */
import { ElButton, ElMessage } from 'element-plus';
import { h } from 'vue';
import { newKey } from '@/api/act';
import { actOn, type Ref } from '@/api/documents';
import { Problem } from '@/api/problem';
import { documentActs } from '@/locale/zh-CN';

const stays = 12_000; // ms
const say = documentActs.discard;

export function sayUndoable(ref: Ref): void {
  const key = newKey();
  const undo = async () => {
    shown.close();
    try {
      await actOn('restore')(ref, key);
      ElMessage.success(say.undone);
    } catch (thrown) {
      ElMessage.error(Problem.of(thrown).message);
    }
  };
  const shown = ElMessage({
    type: 'success',
    duration: stays,
    showClose: true,
    message: h('span', { class: 'row' }, [
      say.done.draft,
      h(ElButton, { link: true, type: 'primary', class: 'undo', onClick: undo }, () => say.undo),
    ]),
  });
}
