/** What becomes of messages: how far announcements have come, what keeps messages back, and whom they can reach. */
import { toValue, type MaybeRefOrGetter } from 'vue';
import { newKey } from './act';
import { answer, api, once } from './client';
import { changed, useReading } from './query';
import type { components } from './schema';

export type Announcement = components['schemas']['AnnouncementItem'];
export type AnnouncementRecord = components['schemas']['AnnouncementRecord'];
export type Outcome = components['schemas']['OutcomeItem'];
export type Delivery = components['schemas']['DeliveryItem'];
export type Failing = components['schemas']['FailingItem'];
export type Traffic = components['schemas']['Traffic'];
export type Gate = components['schemas']['GateItem'];
export type CreditHealth = components['schemas']['CreditHealth'];
export type CreditDay = components['schemas']['CreditDay'];
export type Purpose = 'change' | 'digest' | undefined; // none is all of them

const root = '/admin/v1/announcements';

export interface AnnouncementQuestion {
  state?: 'running' | 'ended';
  sort?: 'change' | 'digest';
  kind?: 'policy' | 'interpretation' | 'meeting' | 'consultation' | 'event' | 'gazette' | 'letter' | 'own_letter' | 'sign_up';
  object?: string;
  q?: string;
  limit: number;
  offset: number;
}

export const useAnnouncements = (
  question: MaybeRefOrGetter<AnnouncementQuestion>,
  when: MaybeRefOrGetter<boolean> = true,
) =>
  useReading({
    key: () => ['announcements', 'list', toValue(question)],
    read: () => answer(api.GET(root, { params: { query: toValue(question) } })),
    when,
  });

export const useAnnouncement = (id: MaybeRefOrGetter<string>) =>
  useReading<AnnouncementRecord>({
    key: () => ['announcements', 'one', toValue(id)],
    read: () => answer(api.GET(`${root}/{id}`, { params: { path: { id: toValue(id) } } })),
  });

/** Messages of an announcement that ended, or wait, in one way. */
export interface Ended {
  id: string;
  state: Outcome['state'];
  why: string;
}

export const useDeliveries = (ended: MaybeRefOrGetter<Ended & { after: string }>) =>
  useReading({
    key: () => ['announcements', 'rows', toValue(ended)],
    read: () => {
      const { id, ...query } = toValue(ended);
      return answer(api.GET(`${root}/{id}/deliveries`, { params: { path: { id }, query } }));
    },
  });

export interface Retried {
  took: number;
  left: number;
}

/** Lets messages go again, batch by batch; each batch is whole and done once. */
export async function retry({ id, state, why }: Ended, key: string): Promise<Retried> {
  const all: Retried = { took: 0, left: 0 };
  for (let after = '', batch = key; ; batch = newKey()) {
    const done = await answer(
      api.POST(`${root}/{id}/retry`, { body: { state, why, after }, params: { path: { id }, header: once(batch) } }),
    );
    all.took += done.took;
    all.left += done.left;
    after = done.next;
    if (!after) break;
  }
  await changed('announcements', 'push');
  return all;
}

export const useFailing = () =>
  useReading({ key: ['push', 'failing'], read: () => answer(api.GET('/admin/v1/push/failing')) });

export const useTraffic = () =>
  useReading<Traffic>({ key: ['push', 'traffic'], read: () => answer(api.GET('/admin/v1/push/traffic')) });

export const useCreditHealth = () =>
  useReading({ key: ['push', 'credits'], read: () => answer(api.GET('/admin/v1/push/credits')) });

export async function pausePush(body: { purpose: Purpose; reason: string }, key: string): Promise<void> {
  await answer(api.POST('/admin/v1/push/pause', { body, params: { header: once(key) } }));
  await changed('push', 'announcements');
}

export async function openPush(purpose: Purpose, key: string): Promise<void> {
  await answer(api.POST('/admin/v1/push/open', { body: { purpose }, params: { header: once(key) } }));
  await changed('push', 'announcements');
}
