import { pushWords } from './delivery';
import { figure } from './pieces';
import { roleWords } from './role';
import { wordLists } from './words';

/** What a line of the trail says of its details; they are JSON of any shape. */
export type Details = Record<string, unknown>;

/** What a sentence is made from. */
export interface Told {
  object: string; // whom or what it was done to
  details: Details;
  self: boolean; // whoever acted is the one it was done to
  department: (id: string) => string;
}

const grants = (list: unknown, department: Told['department']): string =>
  (Array.isArray(list) ? (list as { role: string; department_id: string }[]) : [])
    .map((g) => roleWords.held(g.role, g.department_id && department(g.department_id)))
    .join('、') || '没有角色';

const failures: Record<string, string> = {
  'staff.wrong_password': '密码不对',
  'staff.wrong_code': '动态验证码不对',
  'staff.code_used': '动态验证码已经用过',
  'staff.clock_slow': '动态验证码不对，手机时间慢了',
  'staff.clock_fast': '动态验证码不对，手机时间快了',
  'password.old_wrong': '现在的密码不对',
};

/** Why followers are told of it before all else, where a reviewer says so. */
const urgent = (details: Record<string, unknown>): string =>
  details.urgent ? `，紧急提醒：${String(details.urgent)}` : '';

const listOf = (details: Details): string => wordLists[String(details.list)] ?? '词表';

const pushOf = (id: string): string => pushWords.purposes[id] ?? pushWords.all;

const of = (t: Told): string => (t.self ? '自己' : t.object);

/** What was done, in a sentence whose subject is the actor. The keys are the server's. */
export const auditSentences: Record<string, (t: Told) => string> = {
  'audit.read': () => '查阅了审计记录',
  'audit.exported': () => '导出了审计记录',
  'calendar.loaded': ({ details }) => `录入了 ${String(details.year ?? '')} 年的放假安排`,
  'department.added': ({ details }) => `新增了部门“${String(details.name ?? '')}”`,
  'department.edited': ({ details }) => `修改了部门“${String(details.name ?? '')}”`,
  'department.removed': ({ details, object }) => `删除了部门“${String(details.name ?? object)}”`,
  'department.merged': ({ details }) => `把部门“${String(details.name ?? '')}”并入了另一个部门`,
  'home.edited': () => '修改了首页的次序、标题或公告',
  'template.edited': () => '修改了消息模板',
  'template.tried': ({ details }) => (details.sent ? '给自己的微信试发了一条消息' : '给自己的微信试发消息，微信没有收'),
  'push.paused': ({ object }) => `暂停了${pushOf(object)}`,
  'push.opened': ({ object }) => `恢复了${pushOf(object)}`,
  'push.retried': ({ details }) => `让 ${figure(Number(details.count ?? 0))} 条没有发出的消息重新排队`,
  'topics.edited': () => '修改了专题的顺序或说明',
  'words.added': ({ details }) => `在${listOf(details)}里加了一条`,
  'words.edited': ({ details }) => `修改了${listOf(details)}里的一条`,
  'words.removed': ({ details }) => `删去了${listOf(details)}里的一条`,
  'words.imported': ({ details }) => `在${listOf(details)}里一次加了 ${String(details.count ?? '')} 条`,
  'words.ordered': () => '排了热门搜索的顺序',
  'words.switched_off': ({ details }) => `停用了${listOf(details)}里自带的“${String(details.name ?? '')}”`,
  'words.switched_on': ({ details }) => `恢复了${listOf(details)}里自带的“${String(details.name ?? '')}”`,
  'publication.merged': () => '把一份重复的文件并入了另一份',
  'publication.absorbed': () => '让另一份重复的文件并入了一份',
  'publication.distinct': ({ details }) => (details.distinct ? '说明两份文件不是重复' : '收回了“不是重复”的判断'),
  'privacy.published': ({ details }) => `发布了隐私政策第 ${String(details.version ?? '')} 版`,
  'revisions.kept': ({ details }) =>
    `留存了 ${Array.isArray(details.revisions) ? details.revisions.length : 0} 个公文版本`,
  'feedback.received': () => '提交了一件纠错、投诉或建议',
  'feedback.added': () => '给提交的纠错、投诉或建议补充了说明',
  'feedback.rated': () => '评价了一件纠错、投诉或建议的答复',
  'feedback.answered': () => '答复了一件纠错、投诉或建议',
  'feedback.assigned': ({ details, department }) =>
    `把一件纠错、投诉或建议交给了“${department(String(details.department ?? ''))}”`,
  'feedback.noted': () => '给一件纠错、投诉或建议写了备注',
  'letter.received': () => '寄来或录入了一封信',
  'letter.added': () => '给一封信补充了说明',
  'letter.withdrawn': () => '撤回了一封信',
  'letter.rated': () => '评价了一封信的答复',
  'letter.questioned': () => '对一封信的答复追问了一次',
  'letter.consent': () => '改了一封信是否同意公开',
  'letter.dispatched': ({ details, department }) => `把一封信交给了“${department(String(details.lead ?? ''))}”`,
  'letter.returned': () => '把一封信退回受理中心',
  'letter.taken': () => '认领了一封信',
  'letter.assisted': () => '给一封信写了协办意见',
  'letter.noted': () => '给一封信写了内部备注',
  'letter.drafted': () => '拟了一封信的答复',
  'letter.signed': () => '签发了一封信的答复',
  'letter.sent_back': () => '把一封信的答复退回修改',
  'letter.answered': () => '给并案的一封信发出了答复',
  'letter.extended': () => '延长了一封信的办理期限',
  'letter.refused': () => '不予受理一封信',
  'letter.ending': () => '申请终结一封信',
  'letter.ended': ({ details }) => (details.state === 'ended' ? '同意终结一封信' : '没有同意终结一封信'),
  'letter.merged': () => '把一封信并入另一封',
  'letter.instructed': () => '在一封信上作了批示',
  'letter.reported': () => '报告了一封信上批示的落实情况',
  'letter.cleared': () => '看过一封信的内容',
  'knowledge.added': () => '起草了一条知识',
  'knowledge.edited': () => '修改了一条知识',
  'knowledge.used': () => '启用了一条知识',
  'knowledge.reviewed': () => '复核了一条知识',
  'knowledge.retired': () => '停用了一条知识',
  'knowledge.taken': () => '开始负责一条知识',
  'knowledge.asked': () => '请部门复核一条知识',
  'reply_template.added': () => '新写了一个答复模板',
  'reply_template.edited': () => '修改了一个答复模板',
  'reply_template.removed': () => '删去了一个答复模板',
  'letter.contact': ({ details }) => `看了一封信的联系方式，理由：${String(details.why ?? '')}`,
  'publication.begun': () => '起草了一份文件',
  'publication.submitted': () => '把一份文件送审',
  'publication.recalled': () => '收回了送审的文件',
  'publication.returned': () => '退回了一份文件',
  'publication.signed': ({ details }) => `签发了一份文件，定时公开${urgent(details)}`,
  'publication.held': () => '取消了一份文件的定时公开',
  'publication.published': ({ details }) => `公开了一份文件${urgent(details)}`,
  'publication.corrected': ({ details }) => `公开了一份文件的更正${urgent(details)}`,
  'publication.failed': () => '到时间没能公开一份文件，退回审核',
  'publication.kept': () => '审核后留存了一份文件，不主动公开',
  'publication.reopened': () => '开始更正一份文件',
  'publication.discarded': () => '放弃了一份文件正在改的一稿',
  'publication.restored': () => '找回了删除的草稿',
  'publication.withdrawn': () => '撤回了一份公开的文件',
  'publication.closed': () => '关闭了一个历史版本，居民不能再看',
  'publication.assigned': () => '指定了一份文件归哪个部门',
  'publication.imported': () => '导入了一份文件',
  'import.begun': () => '批量导入了一个文件',
  'import.confirmed': ({ details }) => `确认批量导入，要生成 ${figure(Number(details.drafts ?? 0))} 份草稿`,
  'import.made': ({ details }) => `批量导入生成了 ${figure(Number(details.drafts ?? 0))} 份草稿`,
  'import.undone': () => '撤销了一次批量导入',
  'import.failed': () => '批量导入的文件读不了',
  'import.submit': ({ details }) => `把批量导入的 ${figure(Number(details.drafts ?? 0))} 份草稿送审`,
  'import.recall': ({ details }) => `收回批量导入的 ${figure(Number(details.drafts ?? 0))} 份文件`,
  'import.return': ({ details }) => `退回批量导入的 ${figure(Number(details.drafts ?? 0))} 份文件`,
  'import.sign': ({ details }) => `签发批量导入的 ${figure(Number(details.drafts ?? 0))} 份文件`,
  'import.discard': ({ details }) => `删除批量导入的 ${figure(Number(details.drafts ?? 0))} 份草稿`,
  'file.kept': () => '交来了一个文件',
  'settings.edited': () => '修改了城市设置',
  'resident.signed_in': () => '登录了',
  'resident.signed_out': () => '退出了登录',
  'resident.agreed': ({ details }) => `同意了隐私政策${details.version ? `第 ${String(details.version)} 版` : ''}`,
  'resident.withdrew': () => '撤回了同意',
  'resident.erased': () => '注销了账号',
  'resident.exported': () => '导出了自己的资料',
  'resident.renamed': () => '修改了称呼',
  'resident.phone_bound': () => '绑定了手机号',
  'resident.phone_unbound': () => '解绑了手机号',
  'staff.opened': (t) => `为${t.object}开设了账号`,
  'staff.edited': (t) => `修改了${t.object}的基本情况`,
  'staff.granted': (t) =>
    `把${of(t)}的角色从“${grants(t.details.before, t.department)}”改为“${grants(t.details.after, t.department)}”`,
  'staff.closed': (t) => `停用了${t.object}的账号`,
  'staff.reopened': (t) => `重新启用了${t.object}的账号`,
  'staff.password_right': () => '输对了密码',
  'staff.password_changed': () => '修改了自己的密码',
  'staff.password_reset': (t) => `重设了${t.object}的密码`,
  'staff.factor_enrolled': () => '绑定了动态验证码',
  'staff.factor_reset': (t) => `重设了${t.object}的动态验证码`,
  'staff.recovery_renewed': () => '重新生成了恢复码',
  'staff.recovery_used': () => '用恢复码登录',
  'staff.signed_in': () => '登录了控制台',
  'staff.signed_out': () => '退出了控制台',
  'staff.session_ended': (t) => (t.self ? '让自己的一个登录退出' : `让${t.object}的一个登录退出`),
  'staff.signin_failed': (t) =>
    `登录失败${t.object ? `（登录名属于${t.object}）` : ''}：${failures[String(t.details.why)] ?? '没有通过'}，连续第 ${String(t.details.count ?? '')} 次`,
  'staff.unlocked': (t) => `解除了${t.object}的锁定`,
};

/** For acts that this console does not know yet. */
export const unknownAct = (act: string, object: string): string => `做了 ${act}${object ? `（${object}）` : ''}`;

export const auditWords = {
  title: '审计记录',
  lead: '谁在什么时候做了什么。记录连成一条链，改动或抽走任何一条都查得出来；您的查阅也会记下来。',
  export: '导出 CSV',
  exportTitle: '导出审计记录吗？',
  exportSentence: '将按现在的筛选导出为表格文件，里面有工作人员的姓名和 IP 地址，请妥善保管。导出也会记入审计记录。',
  state: (seq: number) => `链上 ${figure(seq)} 条`,
  waiting: (n: number) => (n ? `，${figure(n)} 条等着封存` : '，全部已封存'),
  columns: { at: '时间', actor: '谁', what: '做了什么', address: 'IP 地址' },
  actor: '谁做的',
  act: '做了什么',
  anyAct: '全部',
  from: '从',
  until: '到',
  groups: {
    'staff.': '账号、角色和登录（全部）',
    'staff.signin_failed': '登录失败',
    'staff.signed_in': '登录',
    'staff.granted': '修改角色',
    'staff.opened': '开设账号',
    'staff.closed': '停用账号',
    'staff.password_reset': '重设密码',
    'staff.factor_reset': '重设动态验证码',
    'resident.': '居民（全部）',
    'resident.erased': '居民注销账号',
    'import.': '批量导入',
    'letter.': '来信（全部）',
    'letter.contact': '看来信人的联系方式',
    'knowledge.': '知识库',
    'reply_template.': '答复模板',
    'feedback.': '纠错与投诉建议',
    'department.': '部门（全部）',
    'settings.': '城市设置',
    'privacy.': '隐私政策',
    'calendar.': '工作日历',
    'template.': '消息模板',
    'push.': '消息发送',
    'topics.': '专题',
    'words.': '词表',
    'audit.': '查阅和导出审计记录',
  } as Record<string, string>,
  object: (name: string) => `只看涉及${name}的`,
  someone: '这一位',
  nobody: '未登录的人',
  resident: (id: string) => `居民 ${id.slice(-6)}`,
  system: (id: string) => `服务器命令 ${id}`,
  older: '看更早的',
  end: '已经到底了',
  shown: (n: number) => `已显示 ${figure(n)} 条`,
  empty: '没有这样的记录',
  emptyLine: '放宽日期，或者清除筛选再看。',
  open: '看细节',
  drawer: '这条记录',
  facts: {
    at: '时间',
    actor: '谁',
    what: '做了什么',
    act: '代码',
    object: '对象',
    address: 'IP 地址',
    request: '请求编号',
    seq: '链上位置',
    link: '链值',
    id: '记录编号',
    details: '细节',
  },
  unsealed: '还没有封存（一般一秒内）',
  noDetails: '没有别的细节',
  onlyActor: '只看这个人做的',
  onlyObject: '只看涉及这个对象的',
};
