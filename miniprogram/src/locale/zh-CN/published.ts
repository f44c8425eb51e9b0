import { figure } from './frame';
import { searching } from './search';

/** What is said of letters that everybody may read, with their answers. */
export const published = {
  title: '公开的来信',
  one: '公开的来信',
  door: '看别人问过的',
  doorNote: '公开的来信和答复，先找找看',
  popular: '热门问答',
  ofTopic: (topic: string) => `${topic}方面，别人问过什么`,
  search: '搜来信和答复',
  count: (n: number) => `共 ${figure(n)} 封`,
  none: (q: string) => (q ? searching.none(q) : '这里还没有公开的来信'),
  noneNote: '试试少几个字、换个专题，或者自己写一封',
  topic: '专题',
  allTopics: '全部专题',
  sorts: { relevance: '最相关', newest: '最新答复', oldest: '最早答复' },
  sort: '排序',
  degraded: '搜索引擎暂时不可用，只按标题查找。',
  useful: (n: number) => (n ? `${figure(n)} 人觉得有用` : ''),

  letter: '来信',
  again: '追问',
  answer: '答复',
  answerAgain: (n: number) => `第${n}次答复`,
  someone: '一位市民',
  asked: (day: string) => `${day}来信`,
  answered: (day: string) => `${day}答复`,
  basis: '答复的依据',
  gone: '本站没有公开这份文件',
  confirmed: (day: string) => `${day}，答复的部门确认仍然有效。`,
  about: '这封信',
  note: '答复说的是信里的情况。依据的文件失效以后，答复不再展示。信里的姓名、住址等已经隐去。',
  thank: '有用',
  thanked: '已记下，谢谢',
  unthanked: '已取消',
  write: '我也要问',
  toolbar: '这封来信可以做的事',
  outcomes: { solved: 'green', partly: 'amber', promised: 'blue', explained: 'plain' } as Record<
    string,
    'green' | 'amber' | 'blue' | 'plain'
  >,
};
