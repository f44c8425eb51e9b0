/** Policies: what only they have. */
import { defineAsyncComponent } from 'vue';
import { documentActs, type DocumentKind } from '../kind';
import { publicPage } from '@/api/documents';
import { desk, kindWords } from '@/locale/zh-CN';

const words = kindWords.policy;
const size = (list: unknown): number => (Array.isArray(list) ? list.length : 0);

export const policy: DocumentKind = {
  kind: 'policy',
  list: 'policies',
  words,
  written: true,
  acts: documentActs,
  views: ['mine', 'waiting', 'returned', 'failed', 'expiring', 'unexplained'],
  sorts: ['updated', 'published', 'title', 'expiry', 'publish_at'],
  parts: [
    {
      name: 'info',
      title: words.info,
      fields: [
        'doc_number',
        'index_number',
        'theme',
        'category',
        'written_date',
        'published_date',
        'effective_date',
        'expiry_date',
        'department_ids',
        'topic_ids',
        'source_url',
        'stated_validity',
        'no_interpretation',
      ],
      page: defineAsyncComponent(() => import('../parts/PolicyInfo.vue')),
    },
    {
      name: 'relations',
      title: words.more,
      fields: ['relations'],
      page: defineAsyncComponent(() => import('../parts/RelationsPart.vue')),
      count: (content) => size(content.relations),
    },
    {
      name: 'attachments',
      title: desk.attachments,
      fields: ['attachments'],
      page: defineAsyncComponent(() => import('../parts/AttachmentsPart.vue')),
      count: (content) => size(content.attachments),
    },
  ],
  publicPage: (id) => publicPage('policy', id),
};
