/** The home page. */
import { figure } from './pieces';

export const home = {
  hello: (name: string) => `${name}，您好`,
  waits: '要您处理的',
  nothing: '现在没有要您处理的事。',
  nothingMore: '有了会列在这里。',
  mayDo: '您可以做的',
  roles: '您的角色',
  founding: {
    title: '给安全管理员授予角色',
    line: '还没有安全管理员登录过。请为安全管理员开设账号并授予角色，他第一次登录后，角色就归他来管。',
  },
  disclosures: (late: number, yellow: number) => ({
    title: [late && `${late} 次会议逾期没有公开`, yellow && `${yellow} 次会议快到公开期限`].filter(Boolean).join('，'),
    line: '会后二十个工作日内要公开议定事项，或者写明不公开的法律依据。',
  }),
  opinions: (n: number, consultations: number) => ({
    title: `${figure(n)} 条意见等人看`,
    line: `${consultations > 1 ? `在 ${figure(consultations)} 次意见征集里。` : ''}看过、遮去个人信息，大家才读得到、能支持。`,
  }),
  reports: (n: number, days: number) => ({
    title: `${figure(n)} 次意见征集还没有公布采纳情况`,
    line: `最早的一次已经结束 ${figure(days)} 天。每条意见都要答复，居民看得到过了几天。`,
  }),
  auditor: { title: '还没有审计员', line: '审计记录没有人看。请授予一位同事审计员角色。' },
  calendar: (years: string) => ({
    title: `录入 ${years} 年的放假安排`,
    line: '没有放假安排的年份，办理期限只能按周末推算，会有出入。',
  }),
  privacy: { title: '发布隐私政策', line: '还没有发布隐私政策，居民现在不能登录。' },
  boards: { title: '互动栏目都没有开放', line: '居民现在只能查阅文件。准备好了，在城市设置里开放。' },
  recovery: (n: number) => ({
    title: n ? `恢复码只剩 ${n} 个` : '恢复码用完了',
    line: '手机丢了又没有恢复码，就只能找安全管理员重设。请重新生成。',
  }),
};

/** What waits for editors and reviewers. */
export const homeDocuments = {
  kinds: { policy: '政策文件', interpretation: '政策解读', letter: '公开的来信', meeting: '会议公开', consultation: '意见征集', event: '活动', gazette: '公报' },
  titles: {
    failed: (kind: string) => `到时间没能公开的${kind}`,
    review: (kind: string) => `等您审核的${kind}`,
    returned: (kind: string) => `退回给您的${kind}`,
    draft: (kind: string) => `您在写的${kind}`,
    scheduled: (kind: string) => `定了时间公开的${kind}`,
  },
  lines: {
    failed: (moment: string) => `最早的在 ${moment} 没能公开，已回到待审核`,
    review: (moment: string) => `等得最久的，${moment} 送审`,
    returned: (moment: string) => `最早的 ${moment} 退回`,
    draft: (moment: string) => `放得最久的，${moment} 后没有动过；退回的也在里面`,
    scheduled: (moment: string) => `最早的 ${moment} 公开`,
  },
  count: (n: number) => `${figure(n)} 份`,
  letters: (n: number) => `${figure(n)} 封`,
  underWay: '进行中的',
  soon: (days: number) => `${days} 天内到期`,
  allDue: '待办日程',
  moreDue: (n: number) => `还有 ${figure(n)} 件`,
  noneDue: (days: number) => `${days} 天内没有定时公开、到期和还欠的解读。`,
  imports: '批量导入',
};
