// What a house answers, for pages that are tried out without one: as in handler/testdata, and little else.
import { fileURLToPath } from 'node:url';
import { json } from './built.mjs';

const golden = (name) => json(fileURLToPath(new URL('../../handler/testdata', import.meta.url)), `${name}.json`);
const [policies, topics, policy, interpretation] = ['policies', 'topics', 'policy', 'interpretation'].map(golden);

const day = '2026-11-23';
const at = `${day}T08:00:00Z`;
const [first] = policies.items;
const feedback = {
  id: 'f1', number: 'YJ2026-000001', kind: 'mistake', kind_name: '纠错', state: 'answered', state_name: '已答复', created_at: at,
  due: { day, explanation: '三个工作日内' }, due_day: day, overdue: false, title: first.title, text: '第三条有错字',
  about: { kind: 'policy', id: 'p1', title: first.title, anchor: 'a1', label: '第一条', quote: '为了规范' },
  timeline: [{ at, what: '已收到', text: '' }], answer: { text: '已改正', at, department: '市政府办', outcome: 'mended', outcome_name: '已改正' },
  rating: null, can_add: true, can_rate: true,
};
const due = { day, explanation: '11月16日收到，次日起算，5 个工作日，其间无节假日', left: 1 };
const letter = {
  id: 'l1', number: '鸢都2026-000318', channel: 'ask', channel_name: '我向政府问个事', title: '楼道灯坏了', topic: topics.items[0], state: 'answered',
  state_name: '已答复', received_at: at, due_day: '', overdue: false, rated: false, text: '三单元的楼道灯坏了两周。', place: '东风街1号', point: null,
  files: [{ id: 'e1', name: '灯.jpg', media_type: 'image/jpeg', size: 2048 }], may_publish: false, anonymous: true, due: null, with: '', round: 1,
  timeline: [{ at, what: 'received', name: '已收到', text: '由受理中心办理' }, { at, what: 'added', name: '补充说明', text: '二楼的也坏了' }],
  answers: [{ text: '已更换灯具', basis: '鸢政发〔2022〕11号 第三条', at, department: '市住建局', outcome: 'solved', outcome_name: '已解决', on_time: true, rating: null }],
  can_add: false, can_rate: true, can_ask: true, can_withdraw: false, refusal: null, extension: null,
};
const published = {
  id: 'pl1', title: '楼道灯坏了找谁修', channel: 'ask', channel_name: '我向政府问个事', author: '', departments: first.departments, topics: [topics.items[0]],
  asked: day, answered: day, confirmed: '', outcome: 'solved', outcome_name: '已解决', useful: 12,
  exchanges: [{ question: '楼道的灯坏了，找谁？', answer: '找物业报修，三天内来换。' }, { question: '', answer: '已回访，灯亮了。' }],
  basis: [{ id: policy.id, title: policy.title, doc_number: policy.doc_number, article: '第三条', validity: 'amended', validity_name: '已被修改' },
    { id: '', title: '物业服务规范', doc_number: '', article: '', validity: 'in_force', validity_name: '现行有效' }],
};
const counted = (received, answered) => ({
  department: null, received, answered, on_time: answered, median_days: 3.5, solved: answered, unsolved: 3,
  unrated: 0, explained: 7,
  reopened: 3, refused: 3, ended: 0, called: 2, overdue: 12,
});
const office = { ...counted(3, 1), department: first.departments[0] };
const publicRow = { ...published, snippet: '找物业报修', highlights: { title: [[0, 2]], snippet: [] } };
const item = { id: 'a1', title: '审议供热管理办法', decided: true, responsible: first.departments };
const meeting = {
  id: 'm1', title: '十八届市政府第63次常务会议', column: { id: 'executive', name: '市政府常务会议' }, session: '十八届第63次', day, phase: 'decided',
  phase_name: '已公开议定事项', items: [item, { ...item, id: 'a2', title: '研究冬季供暖', decided: false }], withheld: ['政府信息公开条例第十四条'],
  due: '2026-12-21', due_explanation: '11月23日开会，次日起算，20 个工作日，其间无节假日', overdue: false,
};
const agendaItem = {
  ...item, meeting: { id: 'm1', name: meeting.title }, day, reporters: first.departments, topics: [topics.items[0]], decision: '会议原则通过办法。',
  body: policy.body.slice(0, 3), video_url: '', attachments: [],
};
const printed = (page) => [360, 1080].map((width) => ({ width, ready: true, url: `/api/v1/gazettes/g1/pages/${page}/picture?width=${width}&v=ab` }));
const issue = {
  id: 'g1', year: 2026, number: 3, place: '2026年第3期', day, title: '鸢都市人民政府公报 2026年第3期', pages: 4, cover: 1, pictures: printed(1),
  address: '/gazettes/2026/3', missing: '', updated: day, follow: { kind: 'gazette', key: 'all' },
};
const gazettePiece = { id: 'q1', title: '社会救助实施办法', doc_number: '鸢政发〔2026〕38号', issuer: '鸢都市人民政府', category: '办法', first: 2, top: 0.1, last: 3,
  bottom: 0.5, policy: { id: policy.id, name: policy.title } };
const wholeIssue = {
  ...issue, pieces: [gazettePiece], contents: [{ title: '市政府文件', level: 1, page: 2, top: 0 }], url: '',
  sheets: ['text', 'text', 'image', 'text'].map((layer) => ({ width: 595, height: 842, layer })),
  original: { id: 'f1', name: '公报.pdf', media_type: 'application/pdf', size: 2048, url: '/files/f1' },
};
const shelf = { total: 1, years: [{ year: 2026, issues: 4, items: [issue], missing: [2], grid: [
  { number: 1, state: 'explained', id: '', why: '与第2期合刊' }, { number: 2, state: 'missing', id: '', why: '' },
  { number: 3, state: 'public', id: 'g1', why: '' }, { number: 4, state: 'coming', id: '', why: '' }] }] };
const event = {
  id: 'e1', kind: 'open_day', kind_name: '政府开放日', title: '走进自来水厂', departments: first.departments, place: '第一水厂', begins_at: at, ends_at: at,
  when: '2026年12月5日 09:00—11:30', phase: 'announced', phase_name: '即将举行',
  sign_up: { phase: 'open', phase_name: '正在报名', opens_at: at, closes_at: at, draws_at: at, how: 'lottery', places: 2, left: 2, people: 3, waiting: 0,
    full: false, most_persons: 1, asks_phone: true, asks: '想问的问题', seed_sm3: 'ab'.repeat(32) },
};
const wholeEvent = {
  ...event, address: '北海路 1 号', audience: '市民', contacts: '0536-5550118', topics: [topics.items[0]], meeting: null, consultation: { id: 'c1', name: '物业管理办法（征求意见稿）' },
  body: policy.body.slice(0, 2), cancelled: '', steps: [{ name: '征集议题', at, done: true }], report: [], decision: '', result: '', review: '',
  attachments: [], figures: null, matters: [],
};
const draw = {
  event: 'e1', title: event.title, places: 2, seed_sm3: 'ab'.repeat(32), numbers: [1, 2, 3], numbers_sm3: 'cd'.repeat(32), fixed_at: at, draws_at: at,
  drawn_at: at, seed: 'ef'.repeat(32), order: [3, 1, 2],
};
const signUp = {
  event: { id: 'e1', title: event.title, place: '第一水厂', begins_at: at, ends_at: at, when: event.when, how: 'lottery', closes_at: at, draws_at: at,
    drawn: true, cancelled: false, why: '', public: true, over: false },
  number: 3, state: 'in', state_name: '报名成功', ahead: 0, persons: 1, signed_at: at, came_at: null, can_cancel: true, name: '王女士', phone: '', words: '',
  code: 'ABCDEFGHJK', code_picture: '',
};
const wholeMeeting = {
  ...meeting, begins: '09:00', place: '市政府第一会议室', chair: '市长', departments: first.departments, guests: '市民代表', body: [], video_url: '',
  source: { url: '' }, attachments: [], events: [event], agenda: [agendaItem, { ...agendaItem, id: 'a2', title: '研究冬季供暖', decided: false, decision: '' }],
};
const consultation = {
  id: 'c1', title: '物业管理办法（征求意见稿）', sort: '规章草案', departments: first.departments, topics: [topics.items[0]], opens: day,
  closes: '2026-12-22', short_reason: '', phase: 'open', phase_name: '正在征集', days_left: 30, days_late: 0, people: 3, opinions: 4,
};
const opinion = {
  id: 'o1', clause_id: 'k1', clause: '第一条', edition: 1, stance: 'change', stance_name: '建议修改', text: '应当写明办理时限', wording: '五日内办理',
  signature: '小区业主', supports: 3, verdict: '', verdict_name: '', reason: '', given_at: at,
};
const myOpinion = {
  ...opinion, consultation_id: 'c1', consultation: consultation.title, phase: 'open', state: 'waiting', why: '', updated_at: at,
};
const wholeConsultation = {
  ...consultation, note: [{ kind: 'paragraph', text: '为了规范物业管理' }], body: [{ kind: 'article', anchor: 'a1', label: '第一条', text: '物业服务' }],
  clauses: [{ id: 'k1', anchor: 'a1', label: '第一条', said: { support: 0, change: 1, against: 0 } }], whole: { support: 1, change: 0, against: 0 },
  edition: 1, editions: [{ number: 1, version: 1, day, note: '' }], contact: { phone: '0536-8000000' }, usage: '逐条研究', open: true,
  questions: [{ id: 'q1', kind: 'one', text: '有业主委员会吗', options: ['有', '没有'], required: true }], survey: [], report: null, source: { url: '' },
  attachments: [], voices: { items: [opinion], total: 1 }, events: [event],
};
const changed = {
  change: { kind: 'changed', old: [], new: [{ kind: 'article', label: '第一条', from: 0, to: 1, lines: [{ kind: 'article', mark: 'kept', pieces: [{ text: '五日内', mark: 'come' }] }] }] },
  opinions: [{ ...opinion, verdict: 'adopted', verdict_name: '采纳', reason: '已写入' }], groups: [], unshown: 0,
};
const matterOf = (...steps) => ({
  id: 't1', title: '《养老服务管理办法》的修改', summary: '长者食堂补贴扩大到60周岁。', department: first.departments[0], topics: [topics.items[0]],
  steps, next: { step: 'interpretation', name: '解读' }, url: '',
});
const matter = matterOf(
  { step: 'event', name: '听证会', kind: 'event', id: 'e1', item: '', title: event.title, within: event.place, day: '2026-11-20' },
  { step: 'meeting', name: '会议审议', kind: 'meeting', id: 'm1', item: 'a1', title: item.title, within: meeting.title, day },
  { step: 'policy', name: '印发', kind: 'policy', id: 'p1', item: '', title: first.title, within: first.doc_number, day: '2026-11-24' },
);
wholeEvent.matters.push(matter);
const list = (...items) => ({ items, total: items.length });

/** By address; one that ends with a stroke stands for all below it. */
const answers = [
  ['/api/v1/city', { site_name: '鸢都政事', city_name: '鸢都市', phone: '0536-12345', mark: '鸢', stand_in: false, filing_number: '', police_number: '' }],
  ['/api/v1/home', { blocks: [
    { kind: 'notice', title: '公告', items: [{ title: '停机', text: '周六检修', until: day }] },
    { kind: 'topics', title: '专题', items: topics.items },
    { kind: 'policies', title: '最新政策', items: policies.items.slice(0, 3) },
    { kind: 'interpretations', title: '最新解读', items: policies.items.slice(0, 1) },
    { kind: 'meetings', title: '会议公开', items: [meeting] },
    { kind: 'gazettes', title: '政府公报', items: [issue] },
    { kind: 'consultations', title: '意见征集', items: [consultation] },
    { kind: 'events', title: '参与活动', items: [event] },
    { kind: 'words', title: '', items: [{ text: '养老' }] },
    { kind: 'what this version does not know', title: '', items: [] },
  ] }],
  ['/api/v1/policies/p1/proof', { title: first.title, revisions: [2, 1].map((version) => ({ version, sm3: 'ab'.repeat(32), public_from: at, note: '更正' })) }],
  ['/api/v1/policies/p1', { ...policy, id: 'p1' }],
  ['/api/v1/policies/long', { ...policy, id: 'long', body: Array.from({ length: 2000 }, (_, i) => ({ kind: 'paragraph', text: `第 ${i} 段`, anchor: `p${i}` })) }],
  ['/api/v1/policies', policies],
  ['/api/v1/interpretations/i1', { ...interpretation, id: 'i1' }],
  ['/api/v1/consultations/c1/opinions', list(opinion)],
  ['/api/v1/consultations/c1/adoption', { items: [changed] }],
  ['/api/v1/consultations/c1', wholeConsultation],
  ['/api/v1/consultations', list(consultation)],
  ['/api/v1/me/consultations/c1/form', { opinions: [myOpinion], answers: [], supported: [], until: at }],
  ['/api/v1/me/opinions', list(myOpinion)],
  ['/api/v1/events/e1/draw', draw],
  ['/api/v1/events/e1', wholeEvent],
  ['/api/v1/events', list(event)],
  ['/api/v1/me/sign-ups/e1', signUp],
  ['/api/v1/me/sign-ups', { items: [signUp] }],
  ['/api/v1/matters/t1', matter],
  ['/api/v1/matters', { items: [matter] }],
  ['/api/v1/gazettes/place', { issue, page: 2, place: '2026年第3期第2页', address: '/gazettes/2026/3?page=2' }],
  ['/api/v1/gazettes/g1/find', { total: 1, items: [{ page: 2, piece: { id: 'q1', name: gazettePiece.title }, snippet: '社会救助', highlights: [[0, 4]],
    boxes: [[0.1, 0.2, 0.5, 0.25]] }] }],
  ['/api/v1/gazettes/g1/pieces/q1', { ...gazettePiece, issue, place: '2026年第3期第2页', address: '/gazettes/2026/3?page=2', before: null, next: null,
    paragraphs: [{ text: '第一条 为了保障基本生活。', page: 2 }, { text: '第二条 本办法自发布之日起施行。', page: 3 }] }],
  ['/api/v1/gazettes/g1', wholeIssue],
  ['/api/v1/gazettes', shelf],
  ['/api/v1/meetings/m1', wholeMeeting],
  ['/api/v1/meetings', list(meeting)],
  ['/api/v1/agenda-items/a1', { ...agendaItem, within: meeting }],
  ['/api/v1/meeting-columns', { items: [{ id: 'executive', version: 1, name: '市政府常务会议', numbered: true, position: 1, retired: false, years: [2026] }] }],
  ['/api/v1/search/hot', { items: ['养老'] }],
  ['/api/v1/topics', topics],
  ['/api/v1/departments', golden('departments')],
  ['/api/v1/privacy', { text: '# 隐私政策\n\n一、我们收集什么。', version: 1, published_at: at }],
  ['/api/v1/me/favourites', list({ kind: 'policy', kind_name: '政策文件', id: 'p1', title: first.title, doc_number: first.doc_number, departments: first.departments,
    published_date: day, validity: 'repealed', validity_name: '已废止', kept_at: at, gone: '已撤回' })],
  ['/api/v1/me/notices', { ...list({ id: 'n1', says: '新文件', kind: 'policy', object: policy.id, title: policy.title, note: '', why: '您订阅了专题“养老”',
    about: { kind: 'topic', key: 'elderly', name: '养老' }, told_at: at, read_at: null, gone: '' }), unread: 1 }],
  ['/api/v1/me/credits', { muted: false, calls: [['t1']], items: [{ purpose: 'change', name: '政策更新提醒', template: 't1', long: false, left: 2, lasting: false,
    refused: false, banned: false, says: '还能在微信里提醒您 2 次，点一下再加一次。', ask: true }] }],
  ['/api/v1/me/push-settings', { quiet_from: 1290, quiet_until: 480, most: 5, muted: false }],
  ['/api/v1/me/follows', { ...list({ kind: 'topic', key: topics.items[0].id, name: topics.items[0].name, followed_at: at, pace: 'now', paused: false,
    search: null, gone: '' }), paused: 0 }],
  ['/api/v1/me/searches', { key: 's1', name: '养老', search: { text: '养老' }, followed: false }],
  ['/api/v1/me/marks?', { items: [{ favourite: true, followed: false }, { favourite: true, followed: false }] }],
  ['/api/v1/me/devices', { items: [{ id: 'd1', device: '手机', seen_at: at, current: true }] }],
  ['/api/v1/me/useful-letters/pl1', { mine: true, useful: 13 }],
  ['/api/v1/letters/pl1', published],
  ['/api/v1/letters/figures', { month: '2026-11', from: '2026-11-01', until: '2026-11-30', total: counted(50, 13), offices: [office] }],
  ['/api/v1/letters/popular', { items: [publicRow] }],
  ['/api/v1/letters', { ...list(publicRow), hint: null, degraded: false }],
  ['/api/v1/letters/rules', { title: 50, least: 5, text: 3000, files: 9, per_day: 5, place: 100, name: 30, question: 500, additions: 5, file_size: 20971520, rate_within: 30, due }],
  ['/api/v1/me/letters/l1', letter],
  ['/api/v1/me/letters', { ...list(letter), boxes: { all: 1, open: 0, unrated: 1 } }],
  ['/api/v1/me/letter-drafts/ask', { form: '', at }],
  ['/api/v1/me/letter-drafts/mayor', { at, form: JSON.stringify({ at: 1, who: '', step: 'words', form: { channel: 'mayor', title: '学校门口的路',
    text: '坑坑洼洼', topic: '', place: '', name: '', phone: '', mayPublish: false, anonymous: true, files: [] } }) }],
  ['/api/v1/me/feedback/f1', feedback],
  ['/api/v1/me/feedback', list(feedback)],
  ['/api/v1/me', { id: 'r1', name: '王女士', phone: '138****0000', agreed: true, created_at: at, privacy_version: 1, privacy_change: '',
    consent: { version: 1, given_at: at } }],
];

/** The answer to a question, or undefined where there is none. */
export function answerTo(address) {
  const path = new URL(address).pathname;
  return answers.find(([place]) => path === place || (place.endsWith('/') && path.startsWith(place)))?.[1];
}

/** The pages with what they are opened with, and a word that must then stand there. */
export const openings = [
  ['pages/home/home', {}, '停机'],
  ['pages/policy/policies', {}, first.title],
  ['pages/talk/talk', {}, '提建议'],
  ['pages/mine/mine', {}, '王女士'],
  ['packages/policy/search', {}, '养老'],
  ['packages/policy/search', { q: encodeURIComponent('养老 50%') }, first.title],
  ['packages/policy/policy', { scene: 'p%253Dp1' }, policy.title],
  ['packages/policy/policy', { id: 'p1', anchor: policy.body.find((b) => b.kind === 'article').anchor }, policy.title],
  ['packages/policy/policy', { id: 'long' }, '第 0 段'],
  ['packages/policy/policy', { scene: '%E0%A4%A' }, '没有找到'],
  ['packages/policy/interpretation', { scene: 'i%3Di1' }, interpretation.title],
  ['packages/policy/revisions', { kind: 'policy', id: 'p1' }, '第 2 版'],
  ['packages/policy/comparison', { kind: 'policy', id: 'nothing', from: '1', to: '2' }, '没有找到'],
  ['packages/directory/topic', { id: topics.items[0].id }, topics.items[0].name],
  ['packages/directory/department', { id: golden('departments').items[0].id }, first.title],
  ['packages/account/signin', {}, '登录'],
  ['packages/account/favourites', {}, first.title],
  ['packages/account/follows', {}, topics.items[0].name],
  ['packages/account/notices', {}, '您订阅了专题“养老”'],
  ['packages/account/wishes', {}, '一天最多提醒几次'],
  ['packages/account/history', {}, policy.title],
  ['packages/account/reading', {}, '标准'],
  ['packages/account/privacy', {}, '王女士'],
  ['packages/account/policy', {}, '一、我们收集什么'],
  ['packages/account/erase', {}, '注销'],
  ['packages/account/about', {}, '鸢都市'],
  ['packages/feedback/write', { kind: 'mistake', about: 'policy', id: 'p1' }, policy.title],
  ['packages/letter/write', { channel: 'ask' }, '现在寄出，最迟'],
  ['packages/letter/write', { channel: 'mayor' }, '学校门口的路'],
  ['packages/letter/mine', {}, letter.number],
  ['packages/letter/letter', { id: 'l1' }, '已更换灯具'],
  ['packages/letter/published', { topic: topics.items[0].id }, published.title],
  ['packages/letter/public', { scene: 'l%3Dpl1' }, '找物业报修，三天内来换。'],
  ['packages/letter/figures', {}, '50'],
  ['packages/event/events', {}, event.title],
  ['packages/event/event', { scene: 'e%3De1' }, '为这次意见征集举行'],
  ['packages/event/join', { id: 'e1' }, '您的称呼'],
  ['packages/event/draw', { id: 'e1' }, '入选'],
  ['packages/event/mine', {}, event.title],
  ['packages/event/signup', { id: 'e1' }, 'ABCDE'],
  ['packages/matter/matter', { id: 't1' }, '通常的下一步'],
  ['packages/gazette/gazettes', {}, '未出'],
  ['packages/gazette/reader', { scene: 'g%3Dg1' }, '1 / 4'],
  ['packages/gazette/reader', { year: '2026', number: '3', page: '2' }, '2 / 4'],
  ['packages/gazette/reader', { id: 'g1', page: '2', q: encodeURIComponent('社会救助') }, '第 1 处，共 1 处'],
  ['packages/gazette/piece', { id: 'g1', piece: 'q1' }, '第一条 为了保障基本生活'],
  ['packages/meeting/meetings', { column: 'executive' }, meeting.title],
  ['packages/meeting/meeting', { id: 'm1' }, '来列席'],
  ['packages/meeting/item', { id: 'a1' }, '会议原则通过办法'],
  ['packages/consultation/consultations', {}, consultation.title],
  ['packages/consultation/consultation', { scene: 'c%3Dc1' }, '当面说'],
  ['packages/consultation/opinion', { id: 'c1', clause: 'k1' }, '物业服务'],
  ['packages/consultation/opinions', { id: 'c1' }, opinion.text],
  ['packages/consultation/adoption', { id: 'c1' }, '已写入'],
  ['packages/consultation/survey', { id: 'c1' }, '有业主委员会吗'],
  ['packages/consultation/mine', {}, consultation.title],
  ['packages/feedback/mine', {}, feedback.text],
  ['packages/feedback/feedback', { id: 'f1' }, '已改正'],
];
