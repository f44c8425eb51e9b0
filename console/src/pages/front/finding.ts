/** What can be seen to be wrong with the first page before the server is asked. */
import type { Front } from '@/api/front';

export interface Complaints {
  title: string;
  empty: string;
  noticeTitle: string;
  text: string;
  until: string;
}

/** How much fits, in characters; the server's own limits. */
export const most = { title: 12, noticeTitle: 30, text: 300, notices: 10 };

const fits = (text: string, limit: number): boolean => {
  const length = [...text.trim().replaceAll('\n', '')].length;
  return length > 0 && length <= limit;
};

export function wrongIn({ blocks, notices }: Front, say: Complaints): Record<string, string> {
  const wrong: Record<string, string> = {};
  blocks.forEach((b, at) => {
    if (!fits(b.title, most.title)) wrong[`blocks.${at}.title`] = say.title;
  });
  if (!blocks.some((b) => b.shown)) wrong['blocks.0.shown'] = say.empty;
  notices.forEach((n, at) => {
    if (!fits(n.title, most.noticeTitle)) wrong[`notices.${at}.title`] = say.noticeTitle;
    if (!fits(n.text, most.text)) wrong[`notices.${at}.text`] = say.text;
    if (!n.until) wrong[`notices.${at}.until`] = say.until;
  });
  return wrong;
}

/** An ID that no notice has yet. */
export function freshId(notices: { id: string }[]): string {
  const last = Math.max(-1, ...notices.map((n) => Number(n.id.slice(1))));
  return `n${last + 1}`;
}
