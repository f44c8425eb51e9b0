/** Consultations: what only they have. */
import { defineAsyncComponent } from 'vue';
import { documentActs, type DocumentKind } from '../kind';
import { publicPage } from '@/api/documents';
import { consultationWords as say, desk, kindWords } from '@/locale/zh-CN';

const words = kindWords.consultation;
const size = (list: unknown): number => (Array.isArray(list) ? list.length : 0);

export const consultation: DocumentKind = {
  kind: 'consultation',
  list: 'consultations',
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
        'sort',
        'opens',
        'closes',
        'short_reason',
        'contact',
        'usage',
        'change_note',
        'department_ids',
        'topic_ids',
        'source_url',
      ],
      page: defineAsyncComponent(() => import('../parts/ConsultationInfo.vue')),
    },
    {
      name: 'note',
      title: say.note,
      fields: ['note'],
      page: defineAsyncComponent(() => import('../parts/NotePart.vue')),
    },
    {
      name: 'questions',
      title: say.survey,
      fields: ['questions'],
      page: defineAsyncComponent(() => import('../parts/SurveyPart.vue')),
      count: (content) => size(content.questions),
    },
    {
      name: 'report',
      title: words.more,
      fields: ['report', 'adopted'],
      page: defineAsyncComponent(() => import('../parts/ReportPart.vue')),
    },
    {
      name: 'attachments',
      title: desk.attachments,
      fields: ['attachments'],
      page: defineAsyncComponent(() => import('../parts/AttachmentsPart.vue')),
      count: (content) => size(content.attachments),
    },
  ],
  publicPage: (id) => publicPage('consultation', id),
};
