/** Letters that go public: what only they have. */
import { defineAsyncComponent } from 'vue';
import type { DocumentKind } from '../kind';
import { publicPage } from '@/api/documents';
import { documentList, kindWords } from '@/locale/zh-CN';

const words = kindWords.letter;

export const letter: DocumentKind = {
  kind: 'letter',
  list: 'publicLetters',
  words,
  written: false,
  begins: { route: 'publicLetters.lapsed', words: documentList.lapsed, act: 'letter.read' },
  acts: { write: 'letter.publish', review: 'letter.release', read: 'letter.read' },
  views: ['mine', 'waiting', 'returned', 'failed'],
  sorts: ['updated', 'title', 'publish_at'],
  parts: [
    {
      name: 'exchanges',
      title: words.more,
      fields: ['questions', 'answers'],
      page: defineAsyncComponent(() => import('../parts/ExchangesPart.vue')),
    },
    {
      name: 'info',
      title: words.info,
      fields: ['author', 'department_ids', 'topic_ids', 'basis'],
      page: defineAsyncComponent(() => import('../parts/LetterInfo.vue')),
    },
  ],
  publicPage: (id) => publicPage('letter', id),
};
