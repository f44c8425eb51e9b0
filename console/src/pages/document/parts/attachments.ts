/** The attachments of the document that is open: what is on its way, and what is known of what arrived. */
import { provide, shallowReactive, type InjectionKey } from 'vue';
import { useUploads, type Uploads } from '@/components/upload/useUploads';
import type { Fields } from '../copy/useCopy';
import type { HandedIn } from '@/api/files';

export interface Attachments {
  uploads: Uploads;
  known: ReadonlyMap<string, HandedIn>;
}

export const attachmentsKey: InjectionKey<Attachments> = Symbol('attachments');

export function useAttachments(content: Fields): Attachments {
  const known = shallowReactive(new Map<string, HandedIn>());
  const uploads = useUploads((file) => {
    known.set(file.id, file);
    content.attachments = [...(content.attachments ?? []), { file_id: file.id, name: file.name }];
  });
  const attachments = { uploads, known };
  provide(attachmentsKey, attachments);
  return attachments;
}
