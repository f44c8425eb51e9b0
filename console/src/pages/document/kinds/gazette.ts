/** Issues of the gazette: what only they have. */
import { defineAsyncComponent } from 'vue';
import { documentActs, type DocumentKind } from '../kind';
import { publicPage } from '@/api/documents';
import { gazetteDesk as say, kindWords } from '@/locale/zh-CN';

const words = kindWords.gazette;
const size = (list: unknown): number => (Array.isArray(list) ? list.length : 0);

export const gazette: DocumentKind = {
  kind: 'gazette',
  list: 'gazettes',
  words,
  written: false,
  begins: { route: 'gazette-imports', words: words.add, act: 'document.write' },
  around: defineAsyncComponent(() => import('../gazette/GazetteWorkshop.vue')),
  acts: documentActs,
  views: ['mine', 'waiting', 'returned', 'failed'],
  sorts: ['updated', 'title', 'publish_at'],
  parts: [
    {
      name: 'pieces',
      title: say.pieces,
      fields: ['pieces'],
      page: defineAsyncComponent(() => import('../gazette/PiecesPart.vue')),
      count: (content) => size(content.pieces),
    },
    {
      name: 'info',
      title: say.info,
      fields: ['year', 'number', 'day', 'cover', 'missing', 'file_id'],
      page: defineAsyncComponent(() => import('../gazette/InfoPart.vue')),
    },
    {
      name: 'contents',
      title: say.contents,
      fields: ['contents'],
      page: defineAsyncComponent(() => import('../gazette/ContentsPart.vue')),
      count: (content) => size(content.contents),
    },
    {
      name: 'text',
      title: say.text,
      fields: ['texts'],
      page: defineAsyncComponent(() => import('../gazette/TextPart.vue')),
      count: (content) => size(content.texts),
    },
    {
      name: 'notes',
      title: say.notes,
      fields: [],
      page: defineAsyncComponent(() => import('../gazette/NotesPart.vue')),
    },
  ],
  publicPage: (id) => publicPage('gazette', id),
};
