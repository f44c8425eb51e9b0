/** Working on letters together: who else is there, what is alike, and what changes hands. */
import { figure } from './pieces';

export const letterCompany = {
  label: '也打开着这封信的同事',
  here: (names: string) => `${names}也在看这封信`,
  writing: (names: string) => `${names}正在写答复`,
  both: '。两个人都送签的，后送的会看到两份，谁写的都不会丢。',
  person: (name: string, office: string) => (office ? `${name}（${office}）` : name),
};

export const letterAlike = {
  title: (number: string, n: number) => `与 ${number} 相似的 ${figure(n)} 封`,
  line: '同一天前后收到，说的像是同一件事。并进来以后一起办理，答复时每一位来信人都会收到。',
  choose: '看看是哪些',
  fold: '收起',
  pickAll: '全选',
  pick: (number: string) => `选中 ${number}`,
  merge: (n: number) => `并入 ${figure(n)} 封`,
  sentence: (n: number, number: string) => `选中的 ${figure(n)} 封并入 ${number}，一起办理。答复签发时，每一位来信人都会收到。并案后不能分开。`,
  go: '并案',
  progress: (done: number, of: number) => `正在并案，${figure(done)} / ${figure(of)}`,
  done: (n: number) => `${figure(n)} 封已并案。`,
  left: (n: number) => `${figure(n)} 封没有并入`,
  matters: (n: number) => `有 ${figure(n)} 件事收到了多封相似的来信`,
  matter: (n: number) => `${figure(n)} 封`,
  open: '查看并案',
};

export const letterHandover = {
  label: '成批移交',
  button: (n: number) => `移交 ${figure(n)} 封`,
  title: '移交来信',
  sentence: (n: number) => `选中的 ${figure(n)} 封由接手的同事承办，拟好待签的答复一并移交。期限不停，来信人看不到移交。`,
  to: '交给哪位同事',
  choose: '请选择同事。',
  why: '为什么移交',
  whyHint: '例如：出差两周。记在每封信的办理过程里，来信人看不到。',
  whyNeeded: '请写明为什么移交。',
  go: '移交',
  done: (n: number, name: string) => `${figure(n)} 封已移交给${name}。`,
  left: (n: number) => `${figure(n)} 封没有移交，还选着`,
  none: '本部门没有别的同事可以办理来信',
};
