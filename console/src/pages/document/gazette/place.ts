/** Where in the gazette an issue stands, as it is written into its title. */
import type { GazetteDraft } from '@/api/gazettes';
import { gazettePlace } from '@/locale/zh-CN';

/** 2019年第2期; "" where the year or the number is not known. */
export const placeIn = ({ year, number }: Pick<GazetteDraft, 'year' | 'number'>): string =>
  year && number ? gazettePlace(year, number) : '';

/** A title that names the old place names the new one. */
export const retitled = (title: string, before: string, now: string): string =>
  before && now ? title.replace(before, now) : title;
