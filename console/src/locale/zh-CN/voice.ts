/** What the page of voices says. */
import { figure } from './pieces';

const two = (n: number) => String(n).padStart(2, '0');

export const voiceWords = {
  title: '在线听',
  lead: '公开的政策文件和解读由机器朗读，在后台生成，居民在手机上听。文字改了会自动重做改动的部分。',
  why: '现在不能生成语音',
  engine: (name: string) => `朗读引擎：${name}`,
  since: (day: string) => `只读 ${day} 以后发布的`,
  resting: '引擎刚才没有应答，过几分钟再试',
  count: (word: string, n: number) => `${word} ${figure(n)}`,
  states: { made: '已生成', waiting: '等待生成', failing: '没有成功', silent: '不读' } as Record<string, string>,
  all: '全部',
  state: '状态',
  search: '标题',
  kinds: { policy: '政策文件', interpretation: '解读', gazette_piece: '公报篇目' } as Record<string, string>,
  columns: { title: '标题', state: '状态', length: '时长', made: '生成时间', act: '操作' },
  length: (seconds: number) => (seconds ? `${Math.floor(seconds / 60)}:${two(seconds % 60)}` : '—'),
  parts: (done: number, total: number) => `已做 ${done} / ${total} 段`,
  tries: (n: number) => `试了 ${n} 次：`,
  silent: '没有可读的文字，或早于开始的日子',
  anew: '重新生成',
  anewLabel: (title: string) => `重新生成《${title}》的语音`,
  asked: '已排到最前面，做好之前仍播放现有的',
  empty: '没有符合条件的文件',
  emptyLine: '文件公开后会出现在这里。',
  unit: '份',
};
