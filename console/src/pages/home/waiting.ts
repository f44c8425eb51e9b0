/** What waits for somebody on the home page: only what is really there, and what they can do about it. */
import { computed, type ComputedRef } from 'vue';
import type { RouteLocationRaw } from 'vue-router';
import { useCalendar, usePrivacy, useSettings } from '@/api/city';
import { useOwedConsultations } from '@/api/consultations';
import { useDisclosures } from '@/api/meetings';
import { useMay, useSession } from '@/api/session';
import { useStaffList } from '@/api/staff';
import { home } from '@/locale/zh-CN';

export interface Waiting {
  title: string;
  line: string;
  to: RouteLocationRaw;
}

/** Recovery codes that are left when it is time to make new ones. */
const fewCodes = 3;

export interface Waits {
  items: ComputedRef<Waiting[]>;
  known: ComputedRef<boolean>; // everything that was asked for has come
}

export function useWaiting(): Waits {
  const session = useSession();
  const may = useMay();
  const calendar = useCalendar(() => may('calendar.edit'));
  const privacy = usePrivacy(() => may('settings.edit'));
  const settings = useSettings(() => may('settings.edit'));
  const disclosures = useDisclosures(() => may('document.read'));
  const owed = useOwedConsultations(() => may('opinion.read'));
  const auditors = useStaffList({ role: 'auditor', state: 'open', limit: 1 }, () => may('staff.grant'));

  const mine = (): Waiting[] => {
    const left = session.data?.recovery_left ?? fewCodes + 1;
    return left <= fewCodes ? [{ ...home.recovery(left), to: { name: 'me' } }] : [];
  };
  const people = (): Waiting[] => [
    ...(session.data?.founding && may('staff.grant') ? [{ ...home.founding, to: { name: 'staff.new' } }] : []),
    ...(auditors.data?.total === 0 ? [{ ...home.auditor, to: { name: 'staff' } }] : []),
  ];
  const meetings = (): Waiting[] => {
    const { late = 0, yellow = 0 } = disclosures.data ?? {};
    return late || yellow ? [{ ...home.disclosures(late, yellow), to: { name: 'disclosures' } }] : [];
  };
  const consultations = (): Waiting[] => {
    const list = owed.data ?? [];
    const unseen = list.filter((c) => c.waiting);
    const late = list.filter((c) => c.nag > 0);
    const [longest] = late;
    const to = { name: 'owed-consultations' };
    return [
      ...(unseen.length ? [{ ...home.opinions(unseen.reduce((n, c) => n + c.waiting, 0), unseen.length), to }] : []),
      ...(longest ? [{ ...home.reports(late.length, longest.days), to }] : []),
    ];
  };
  const city = (): Waiting[] => [
    ...(calendar.data?.missing.length
      ? [{ ...home.calendar(calendar.data.missing.join('、')), to: { name: 'calendar' } }]
      : []),
    ...(privacy.data?.length === 0 ? [{ ...home.privacy, to: { name: 'privacy' } }] : []),
    ...(settings.data && settings.data.value.boards.every((b) => !b.open)
      ? [{ ...home.boards, to: { name: 'settings' } }]
      : []),
  ];

  const asked = [calendar, privacy, settings, auditors, disclosures, owed];
  return {
    items: computed(() => [...mine(), ...meetings(), ...consultations(), ...people(), ...city()]),
    known: computed(() => session.data !== undefined && asked.every((a) => !a.busy)),
  };
}
