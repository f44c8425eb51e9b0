/** Events: what only they have. */
import { defineAsyncComponent } from 'vue';
import { documentActs, type DocumentKind } from '../kind';
import { publicPage } from '@/api/documents';
import { desk, eventWords, kindWords } from '@/locale/zh-CN';

const words = kindWords.event;

export const event: DocumentKind = {
  kind: 'event',
  list: 'events',
  words,
  written: true,
  acts: documentActs,
  views: ['mine', 'waiting', 'returned', 'failed'],
  sorts: ['updated', 'title', 'publish_at'],
  parts: [
    {
      name: 'info',
      title: words.info,
      fields: [
        'kind',
        'begins',
        'ends',
        'place',
        'address',
        'audience',
        'contacts',
        'department_ids',
        'topic_ids',
        'meeting_id',
        'consultation_id',
      ],
      page: defineAsyncComponent(() => import('../parts/EventInfo.vue')),
    },
    {
      name: 'signup',
      title: words.more,
      fields: ['sign_up', 'places', 'opens', 'closes', 'draws', 'cancelled'],
      page: defineAsyncComponent(() => import('../parts/EventSignUp.vue')),
    },
    {
      name: 'after',
      title: eventWords.followUp,
      fields: ['report', 'decision', 'result', 'review'],
      page: defineAsyncComponent(() => import('../parts/EventReport.vue')),
    },
    {
      name: 'attachments',
      title: desk.attachments,
      fields: ['attachments'],
      page: defineAsyncComponent(() => import('../parts/AttachmentsPart.vue')),
      count: (content) => (Array.isArray(content.attachments) ? content.attachments.length : 0),
    },
  ],
  publicPage: (id) => publicPage('event', id),
};
