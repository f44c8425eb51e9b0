/** Interpretations: what only they have. */
import { defineAsyncComponent } from 'vue';
import { documentActs, type DocumentKind } from '../kind';
import { publicPage } from '@/api/documents';
import { desk, kindWords } from '@/locale/zh-CN';

const words = kindWords.interpretation;
const size = (list: unknown): number => (Array.isArray(list) ? list.length : 0);

export const interpretation: DocumentKind = {
  kind: 'interpretation',
  list: 'interpretations',
  words,
  written: true,
  acts: documentActs,
  views: ['mine', 'waiting', 'returned', 'failed'],
  sorts: ['updated', 'published', 'title', 'publish_at'],
  parts: [
    {
      name: 'info',
      title: words.info,
      fields: ['policy_ids', 'department_ids', 'published_date', 'source_url'],
      page: defineAsyncComponent(() => import('../parts/InterpretationInfo.vue')),
    },
    {
      name: 'explanation',
      title: words.more,
      fields: ['questions', 'answers', 'picture_id', 'picture_text', 'video_url'],
      page: defineAsyncComponent(() => import('../parts/ExplanationPart.vue')),
      count: (content) => size(content.questions),
    },
    {
      name: 'attachments',
      title: desk.attachments,
      fields: ['attachments'],
      page: defineAsyncComponent(() => import('../parts/AttachmentsPart.vue')),
      count: (content) => size(content.attachments),
    },
  ],
  publicPage: (id) => publicPage('interpretation', id),
};
