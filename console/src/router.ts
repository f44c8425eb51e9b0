/** Every page of the console, and the act that opens it. */
import { ElMessage } from 'element-plus';
import { createRouter, createWebHistory, type RouteRecordRaw } from 'vue-router';
import { nouns, type Kind } from '@/api/documents';
import { findSession, type Opener } from '@/api/session';
import { queries } from '@/api/query';
import { frame, signInWords } from '@/locale/zh-CN';
import type { DocumentKind } from '@/pages/document/kind';
import AppFrame from '@/frame/AppFrame.vue';

declare module 'vue-router' {
  interface RouteMeta {
    act?: Opener;
    entry?: string; // of the menu
    title?: string;
  }
}

const p = frame.pages;
const read = { staff: 'staff.read', department: 'department.read', settings: 'settings.read' } as const;

/** Every kind of document has a list and a page for one. */
function documents(kind: Kind, list: DocumentKind['list']): RouteRecordRaw[] {
  const act = kind === 'letter' ? 'letter.read' : 'document.read';
  const meta = { act, entry: list, title: p[list] } as const;
  const path = nouns[kind];
  return [
    { path, name: list, component: () => import('@/pages/document/DocumentList.vue'), props: { kind }, meta },
    {
      path: `${path}/:id`,
      name: `${list}.one`,
      component: () => import('@/pages/document/DocumentPage.vue'),
      props: (to) => ({ kind, id: String(to.params.id) }),
      meta,
    },
    {
      path: `${path}/:id/review`,
      name: `${list}.review`,
      component: () => import('@/pages/review/ReviewPage.vue'),
      props: (to) => ({ kind, id: String(to.params.id) }),
      meta,
    },
    {
      path: `${path}/:id/revisions`,
      name: `${list}.revisions`,
      component: () => import('@/pages/review/Revisions.vue'),
      props: (to) => ({ kind, id: String(to.params.id) }),
      meta,
    },
  ];
}

function letters(): RouteRecordRaw[] {
  const meta = { act: 'letter.open', entry: 'letters', title: p.letters } as const;
  return [
    { path: 'letters', name: 'letters', component: () => import('@/pages/letter/LetterList.vue'), meta },
    {
      path: 'letters/new',
      name: 'letters.new',
      component: () => import('@/pages/letter/LetterNew.vue'),
      meta: { ...meta, act: 'letter.enter' },
    },
    {
      path: 'letters/figures',
      name: 'letters.figures',
      component: () => import('@/pages/letter/figures/LetterFigures.vue'),
      meta: { act: 'letter.open', entry: 'letters.figures', title: p['letters.figures'] },
    },
    {
      path: 'letters/watch',
      name: 'letters.watch',
      component: () => import('@/pages/letter/watch/WatchList.vue'),
      meta: { act: 'letter.supervise', entry: 'letters.watch', title: p['letters.watch'] },
    },
    {
      path: 'letters/calls',
      name: 'letters.calls',
      component: () => import('@/pages/letter/calls/CallList.vue'),
      meta: { act: 'letter.call', entry: 'letters.calls', title: p['letters.calls'] },
    },
    {
      path: 'robots',
      name: 'robots',
      component: () => import('@/pages/letter/robots/RobotList.vue'),
      meta: { act: 'letter.robot', entry: 'robots', title: p.robots },
    },
    {
      path: 'letters/:id',
      name: 'letters.one',
      component: () => import('@/pages/letter/LetterPage.vue'),
      props: true,
      meta,
    },
    {
      path: 'letters/:id/receipt',
      name: 'letters.receipt',
      component: () => import('@/pages/letter/LetterReceipt.vue'),
      props: true,
      meta,
    },
  ];
}

function knowledge(): RouteRecordRaw[] {
  const meta = { act: 'knowledge.read', entry: 'knowledge', title: p.knowledge } as const;
  return [
    { path: 'knowledge', name: 'knowledge', component: () => import('@/pages/knowledge/KnowledgeList.vue'), meta },
    {
      path: 'knowledge/new',
      name: 'knowledge.new',
      component: () => import('@/pages/knowledge/KnowledgeNew.vue'),
      meta: { ...meta, act: 'knowledge.write' },
    },
    {
      path: 'knowledge/:id',
      name: 'knowledge.one',
      component: () => import('@/pages/knowledge/KnowledgePage.vue'),
      props: true,
      meta,
    },
    {
      path: 'reply-templates',
      name: 'reply-templates',
      component: () => import('@/pages/knowledge/ReplyTemplates.vue'),
      meta: { act: 'knowledge.read', entry: 'reply-templates', title: p['reply-templates'] },
    },
  ];
}

const pages: RouteRecordRaw[] = [
  { path: '', name: 'home', component: () => import('@/pages/home/Home.vue'), meta: { entry: 'home', title: p.home } },
  { path: 'me', name: 'me', component: () => import('@/pages/me/Me.vue'), meta: { title: frame.me } },
  ...documents('policy', 'policies'),
  ...documents('interpretation', 'interpretations'),
  {
    path: 'meetings/disclosures',
    name: 'disclosures',
    component: () => import('@/pages/meeting/Disclosures.vue'),
    meta: { act: 'document.read', entry: 'disclosures', title: p.disclosures },
  },
  {
    path: 'consultations/owed',
    name: 'owed-consultations',
    component: () => import('@/pages/consultation/OwedConsultations.vue'),
    meta: { act: 'opinion.read', entry: 'owed-consultations', title: p['owed-consultations'] },
  },
  {
    path: 'consultations/:id/opinions',
    name: 'opinions',
    component: () => import('@/pages/consultation/OpinionList.vue'),
    meta: { act: 'opinion.read', entry: 'consultations', title: p.opinions },
  },
  {
    path: 'meeting-columns',
    name: 'meeting-columns',
    component: () => import('@/pages/meeting/MeetingColumns.vue'),
    meta: { act: 'meeting_column.edit', entry: 'meeting-columns', title: p['meeting-columns'] },
  },
  {
    path: 'matters',
    name: 'matters',
    component: () => import('@/pages/matter/MatterList.vue'),
    meta: { act: 'document.read', entry: 'matters', title: p.matters },
  },
  {
    path: 'matters/:id',
    name: 'matters.one',
    component: () => import('@/pages/matter/MatterPage.vue'),
    props: true,
    meta: { act: 'document.read', entry: 'matters', title: p.matters },
  },
  ...documents('meeting', 'meetings'),
  ...documents('consultation', 'consultations'),
  ...documents('event', 'events'),
  {
    path: 'gazettes/imports',
    name: 'gazette-imports',
    component: () => import('@/pages/gazette/GazetteImports.vue'),
    meta: { act: 'document.read', entry: 'gazette-imports', title: p['gazette-imports'] },
  },
  {
    path: 'gazettes/years',
    name: 'gazette-years',
    component: () => import('@/pages/gazette/GazetteYears.vue'),
    meta: { act: ['document.read', 'gazette_year.edit'], entry: 'gazette-years', title: p['gazette-years'] },
  },
  ...documents('gazette', 'gazettes'),
  {
    path: 'events/:id/attendance',
    name: 'attendance',
    component: () => import('@/pages/event/Attendance.vue'),
    props: (to) => ({ id: String(to.params.id) }),
    meta: { act: 'event.attend', entry: 'events', title: p.attendance },
  },
  {
    path: 'due',
    name: 'due',
    component: () => import('@/pages/due/Due.vue'),
    meta: { act: 'document.read', entry: 'due', title: p.due },
  },
  ...letters(),
  ...knowledge(),
  {
    path: 'public-letters/lapsed',
    name: 'publicLetters.lapsed',
    component: () => import('@/pages/letter/LapsedLetters.vue'),
    meta: { act: 'letter.publish', entry: 'publicLetters', title: p.publicLetters },
  },
  ...documents('letter', 'publicLetters'),
  {
    path: 'feedback',
    name: 'feedback',
    component: () => import('@/pages/feedback/FeedbackList.vue'),
    meta: { act: 'feedback.read', entry: 'feedback', title: p.feedback },
  },
  {
    path: 'feedback/:id',
    name: 'feedback.one',
    component: () => import('@/pages/feedback/FeedbackPage.vue'),
    props: true,
    meta: { act: 'feedback.read', entry: 'feedback', title: p.feedback },
  },
  {
    path: 'staff',
    name: 'staff',
    component: () => import('@/pages/staff/StaffList.vue'),
    meta: { act: read.staff, entry: 'staff', title: p.staff },
  },
  {
    path: 'staff/new',
    name: 'staff.new',
    component: () => import('@/pages/staff/StaffNew.vue'),
    meta: { act: 'staff.open', entry: 'staff', title: p.staff },
  },
  {
    path: 'staff/:id',
    name: 'staff.record',
    component: () => import('@/pages/staff/StaffRecord.vue'),
    props: true,
    meta: { act: read.staff, entry: 'staff', title: p.staff },
  },
  {
    path: 'departments',
    component: () => import('@/pages/department/Departments.vue'),
    meta: { act: read.department, entry: 'departments', title: p.departments },
    children: [
      { path: '', name: 'departments', component: () => import('@/pages/department/PickOne.vue') },
      {
        path: 'new',
        name: 'departments.new',
        component: () => import('@/pages/department/DepartmentNew.vue'),
        meta: { act: 'department.edit' },
      },
      {
        path: ':id',
        name: 'departments.one',
        component: () => import('@/pages/department/DepartmentRecord.vue'),
        props: true,
      },
    ],
  },
  {
    path: 'doubles',
    name: 'doubles',
    component: () => import('@/pages/double/Doubles.vue'),
    meta: { act: 'document.merge', entry: 'doubles', title: p.doubles },
  },
  {
    path: 'front',
    name: 'front',
    component: () => import('@/pages/front/Front.vue'),
    meta: { act: 'home.read', entry: 'front', title: p.front },
  },
  {
    path: 'topics',
    name: 'topics',
    component: () => import('@/pages/topic/Topics.vue'),
    meta: { act: 'topic.read', entry: 'topics', title: p.topics },
  },
  {
    path: 'words/:list(synonyms|hot|forbidden|mistyped)?',
    name: 'words',
    component: () => import('@/pages/words/Words.vue'),
    props: (to) => ({ list: to.params.list || 'synonyms' }),
    meta: { act: 'words.read', entry: 'words', title: p.words },
  },
  {
    path: 'settings',
    name: 'settings',
    component: () => import('@/pages/settings/Settings.vue'),
    meta: { act: read.settings, entry: 'settings', title: p.settings },
  },
  {
    path: 'privacy',
    name: 'privacy',
    component: () => import('@/pages/settings/Privacy.vue'),
    meta: { act: read.settings, entry: 'privacy', title: p.privacy },
  },
  {
    path: 'privacy/new',
    name: 'privacy.new',
    component: () => import('@/pages/settings/PrivacyNew.vue'),
    meta: { act: 'settings.edit', entry: 'privacy', title: p.privacy },
  },
  {
    path: 'calendar',
    name: 'calendar',
    component: () => import('@/pages/calendar/Calendar.vue'),
    meta: { act: read.settings, entry: 'calendar', title: p.calendar },
  },
  {
    path: 'calendar/:year(\\d{4})',
    name: 'calendar.load',
    component: () => import('@/pages/calendar/LoadYear.vue'),
    props: (to) => ({ year: Number(to.params.year) }),
    meta: { act: 'calendar.edit', entry: 'calendar', title: p.calendar },
  },
  {
    path: 'templates',
    name: 'templates',
    component: () => import('@/pages/template/Templates.vue'),
    meta: { act: 'template.read', entry: 'templates', title: p.templates },
  },
  {
    path: 'templates/:purpose',
    name: 'templates.one',
    component: () => import('@/pages/template/TemplateEdit.vue'),
    props: true,
    meta: { act: 'template.edit', entry: 'templates', title: p.templates },
  },
  {
    path: 'announcements',
    name: 'announcements',
    component: () => import('@/pages/delivery/AnnouncementList.vue'),
    meta: { act: 'delivery.read', entry: 'announcements', title: p.announcements },
  },
  {
    path: 'announcements/:id',
    name: 'announcements.one',
    component: () => import('@/pages/delivery/AnnouncementPage.vue'),
    props: true,
    meta: { act: 'delivery.read', entry: 'announcements', title: p.announcements },
  },
  {
    path: 'push',
    name: 'push',
    component: () => import('@/pages/delivery/PushPage.vue'),
    meta: { act: 'push.read', entry: 'push', title: p.push },
  },
  {
    path: 'voices',
    name: 'voices',
    component: () => import('@/pages/voice/Voices.vue'),
    meta: { act: 'voice.read', entry: 'voices', title: p.voices },
  },
  {
    path: 'credits',
    name: 'credits',
    component: () => import('@/pages/delivery/CreditPage.vue'),
    meta: { act: 'push.read', entry: 'credits', title: p.credits },
  },
  {
    path: 'residents',
    name: 'residents',
    component: () => import('@/pages/resident/Residents.vue'),
    meta: { act: 'resident.count', entry: 'residents', title: p.residents },
  },
  {
    path: 'follows',
    name: 'follows',
    component: () => import('@/pages/resident/FollowTrend.vue'),
    meta: { act: 'resident.count', entry: 'follows', title: p.follows },
  },
  {
    path: 'audit',
    name: 'audit',
    component: () => import('@/pages/audit/Audit.vue'),
    meta: { act: 'audit.read', entry: 'audit', title: p.audit },
  },
  {
    path: 'imports',
    name: 'imports',
    component: () => import('@/pages/import/ImportList.vue'),
    meta: { act: 'document.read', entry: 'imports', title: p.imports },
  },
  {
    path: 'imports/new',
    name: 'imports.new',
    component: () => import('@/pages/import/ImportNew.vue'),
    meta: { act: 'document.write', entry: 'imports', title: p.imports },
  },
  {
    path: 'imports/:id',
    name: 'imports.record',
    component: () => import('@/pages/import/ImportRecord.vue'),
    props: true,
    meta: { act: 'document.read', entry: 'imports', title: p.imports },
  },
  {
    path: ':rest(.*)*',
    name: 'lost',
    component: () => import('@/pages/NotFound.vue'),
    meta: { title: frame.notFound.title },
  },
];

export const router = createRouter({
  history: createWebHistory(import.meta.env.BASE_URL),
  scrollBehavior: (to, from, kept) => kept ?? (to.path === from.path ? false : { top: 0 }),
  routes: [
    {
      path: '/signin',
      name: 'signin',
      component: () => import('@/pages/signin/SignIn.vue'),
      meta: { title: signInWords.page },
    },
    { path: '/', component: AppFrame, children: pages },
  ],
});

router.beforeEach(async (to) => {
  if (to.name === 'signin') return true;
  const session = await findSession().catch(() => null); // the page itself shows what went wrong
  if (session === null || session?.stage === 'full') return true;
  return { name: 'signin', query: to.fullPath === '/' ? {} : { next: to.fullPath } };
});

router.afterEach((to) => {
  const session = queries.getQueryData<{ site: { site_name: string } }>(['session']);
  document.title = frame.title(to.meta.title ?? '', session?.site.site_name ?? '');
});

/** The files of a page that could not be had: the network is cut, or the program was renewed meanwhile. */
router.onError(() => {
  ElMessage.error({ message: frame.failed, duration: 0, showClose: true });
});
