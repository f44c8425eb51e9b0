/** The attachments of a document or a part of it: what is on its way, and what is known of what arrived. */
import { provide, shallowReactive, type InjectionKey } from 'vue';
import { useUploads, type Uploads } from '@/components/upload/useUploads';
import type { Fields } from '../copy/useCopy';
import type { HandedIn } from '@/api/files';

type Attached = Pick<Fields, 'attachments'>;

export interface Attachments {
  of: Attached;
  uploads: Uploads;
  known: ReadonlyMap<string, HandedIn>;
}

export const attachmentsKey: InjectionKey<Attachments> = Symbol('attachments');

export function useAttachments(of: Attached): Attachments {
  const known = shallowReactive(new Map<string, HandedIn>());
  const uploads = useUploads((file) => {
    known.set(file.id, file);
    of.attachments = [...(of.attachments ?? []), { file_id: file.id, name: file.name }];
  });
  const attachments = { of, uploads, known };
  provide(attachmentsKey, attachments);
  return attachments;
}
