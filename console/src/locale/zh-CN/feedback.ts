/** Mistakes, complaints and suggestions that residents bring. */
import { figure } from './pieces';

export const feedbackKindNames: Record<string, string> = { mistake: '纠错', complaint: '投诉', suggestion: '建议' };

/** As staff read them: what is open waits for them. */
export const feedbackStateNames: Record<string, string> = {
  received: '待答复',
  reopened: '再次办理',
  answered: '已答复',
  closed: '已办结',
};

export const outcomeNames: Record<string, string> = {
  corrected: '已更正',
  explained: '已解释说明',
  accepted: '已采纳',
  not_accepted: '未采纳',
};

/** How long is left, in words. */
export const feedbackDue = {
  left: (days: number) => `剩 ${figure(days)} 天`,
  today: '今天到期',
  late: (days: number) => `逾期 ${figure(days)} 天`,
  hint: (day: string) => `${day}到期，天数按工作日计`,
};

export const feedbackList = {
  sentAt: '提交于',
  title: '纠错与投诉建议',
  lead: '居民对文件文字的纠错、对本服务的投诉和建议，三个工作日内答复。提出人是谁不显示。',
  unit: '件',
  search: '受理编号',
  all: '全部',
  tabs: { open: '待答复', overdue: '已逾期', answered: '已答复', closed: '已办结' } as Record<string, string>,
  states: '办到哪一步',
  kind: '种类',
  anyKind: '各种种类',
  department: '由哪个部门办理',
  anyDepartment: '所有部门',
  unassigned: '还没有交办',
  who: '归谁',
  anyWho: '不论交办与否',
  columns: { what: '内容', kind: '种类', department: '办理部门', state: '状态', due: '期限' },
  notAssigned: '待市政府办交办',
  whole: '本服务',
  empty: '还没有居民反映',
  emptyLine: '居民在小程序里纠错、投诉、建议，会列在这里。',
  emptyState: '这一步没有',
  emptyStateLine: '换一步看看，或者看全部。',
};

export const feedbackFigures = {
  title: (day: string) => `${day}以来的办理情况`,
  received: '收到',
  onTime: '按期答复',
  onTimeOf: (answered: number) => (answered ? `共答复 ${figure(answered)} 次` : '还没有答复过'),
  overdue: '现在逾期',
  overdueNone: '都在期限内',
  overdueSome: '请尽快答复',
  solved: '居民说解决了',
  solvedOf: (unsolved: number, unrated: number) => `没解决 ${figure(unsolved)}，未评价 ${figure(unrated)}`,
  unit: '件',
};

export const feedbackRecord = {
  title: (kind: string, number: string) => `${kind} ${number}`,
  text: '居民反映的内容',
  who: '一位居民',
  whoGone: '一位居民（已注销账号，看不到答复了）',
  again: '居民表示上次答复没有解决，这是第二次办理。',
  place: '说的是这一处',
  about: '说的是哪份文件',
  quote: '居民引用的原文',
  now: '现在的原文',
  wholeDocument: '没有指明哪一处。',
  notPublic: '这份文件现在已不公开，原文看不到了。',
  changed: '引用的话在现在的原文里找不到，可能已经更正过。下面是那一处现在的文字。',
  lost: '引用的话和位置在现在的原文里都找不到，可能已经更正过。',
  here: '就是这一段',
  toPublic: '看公开的文件',
  toCorrect: '去更正这份文件',
  actions: '办理',
  facts: { due: '期限', department: '办理部门', who: '提出人' },
  steps: '办理过程',
  stepNames: {
    received: '居民提交',
    added: '居民补充',
    assigned: '交办',
    answered: '答复',
    rated: '居民评价',
    reopened: '再次办理',
    closed: '办结',
    noted: '内部备注',
    cut: '提出人注销了账号',
  } as Record<string, string>,
  to: (department: string) => `交给${department}`,
  resident: '居民',
  house: '系统',
  internal: '居民看不到',
  reason: (text: string) => `理由：${text}`,
  rating: (stars: number, solved: boolean) => `满意度 ${stars} / 5，${solved ? '已解决' : '没有解决'}`,
};

export const feedbackAnswer = {
  title: '答复居民',
  text: '答复内容',
  hint: '居民会原样看到。写清查证了什么、怎么处理的，用“您”称呼。',
  outcome: '办理结果',
  outcomeHints: {
    corrected: '文件里的错已经改正',
    explained: '没有错，向居民说明清楚',
    accepted: '采纳建议，或者问题已经解决',
    not_accepted: '不采纳，写明理由',
  } as Record<string, string>,
  reason: '未采纳的理由',
  reasonHint: '居民会看到。',
  choose: '请选择办理结果。',
  go: '发出答复',
  done: '答复已发出。',
  kept: '上次没有发出的答复还在，接着写就行。',
  overtaken: '您写的时候这一件有了变化，最新情况已经显示在页面上。您写的还在，请看过再发出。',
  overtakenClosed: '您写的时候，同事已经答复了，最新情况已经显示在页面上。您写的还在下面，可以复制。',
};

export const feedbackAssign = {
  button: '交给部门',
  change: '改交另一个部门',
  title: '交给哪个部门办理',
  sentence: '交办后由这个部门答复，期限不变，仍从居民提交的那天算起。居民会看到由哪个部门办理。',
  department: '部门',
  why: '为什么交给它',
  whyHint: '居民看不到。',
  go: '交办',
  done: '已交办。',
};

export const feedbackNote = {
  title: '内部备注',
  hint: '只有工作人员看得到。',
  go: '加备注',
  done: '备注已保存。',
  placeholder: '例如：已电话核实，等财政局回复',
};

/** On the home page and in the menu. */
export const feedbackWaiting = {
  title: '等您答复的纠错与投诉建议',
  late: (n: number) => `其中 ${figure(n)} 件已经逾期，请先办`,
  fine: '都在期限内',
  unassigned: (n: number) => `${figure(n)} 件等您交给部门`,
  count: (n: number) => `${figure(n)} 件`,
};
