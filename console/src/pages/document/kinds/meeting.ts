/** Meetings: what only they have. */
import { defineAsyncComponent } from 'vue';
import { documentActs, type DocumentKind } from '../kind';
import { publicPage } from '@/api/documents';
import { desk, kindWords } from '@/locale/zh-CN';

const words = kindWords.meeting;
const size = (list: unknown): number => (Array.isArray(list) ? list.length : 0);

export const meeting: DocumentKind = {
  kind: 'meeting',
  list: 'meetings',
  words,
  written: true,
  acts: documentActs,
  views: ['mine', 'waiting', 'returned', 'failed'],
  sorts: ['updated', 'title', 'publish_at'],
  parts: [
    {
      name: 'agenda',
      title: words.more,
      fields: ['items', 'decisions', 'grounds', 'reporters', 'responsible', 'topics', 'texts', 'videos'],
      page: defineAsyncComponent(() => import('../parts/AgendaPart.vue')),
      count: (content) => size(content.items),
    },
    {
      name: 'info',
      title: words.info,
      fields: ['column_id', 'day', 'term', 'number', 'begins', 'place', 'chair', 'guests', 'department_ids', 'video_url', 'source_url'],
      page: defineAsyncComponent(() => import('../parts/MeetingInfo.vue')),
    },
    {
      name: 'attachments',
      title: desk.attachments,
      fields: ['attachments'],
      page: defineAsyncComponent(() => import('../parts/AttachmentsPart.vue')),
      count: (content) => size(content.attachments),
    },
  ],
  publicPage: (id) => publicPage('meeting', id),
};
