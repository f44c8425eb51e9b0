/** An issue that is open, and which page of it. */
import { ref, shallowRef, watch } from 'vue';
import type { Issue } from '@/api/gazette';
import { gazettes as words } from '@/locale/zh-CN';
import { bookmark, bookmarkOf } from '@/model/bookmarks';
import type { Spot } from '@/model/gazette';
import { say } from '@/model/saying';

/** What an issue is opened with. */
export interface Wish {
  page: number;
  piece: string;
  q: string;
}

export type Book = ReturnType<typeof useIssue>;

export function useIssue() {
  const issue = shallowRef<Issue>();
  const page = ref(1);
  const zoom = ref(1);
  /** What on a page has to be seen. */
  const goal = shallowRef<Spot>();

  /** Begins with what was wished, else where one stopped: that page is told, 0 for none. */
  function begin(of: Issue, wish: Wish): number {
    const same = issue.value?.id === of.id;
    issue.value = of;
    if (same) return 0;
    const piece = of.pieces.find((one) => one.id === wish.piece);
    const before = wish.page || piece ? 0 : bookmarkOf(of.id);
    if (wish.page > of.pages) say(words.noSuchPage(of.pages));
    go(wish.page || piece?.first || before || 1, wish.page ? undefined : piece?.top);
    return before > 1 && before <= of.pages ? before : 0;
  }

  /** Goes to a page, and to what stands so far down on it. */
  function go(to: number, top?: number): void {
    page.value = Math.min(Math.max(1, to), issue.value?.pages ?? 1);
    if (top) goal.value = { page: page.value, x: 0.5, y: top };
  }

  /** Turns to a page, which is then remembered. */
  function turn(to: number, top?: number): void {
    go(to, top);
    if (issue.value) bookmark(issue.value.id, page.value);
  }
  watch(page, () => (zoom.value = 1));

  return { issue, page, zoom, goal, begin, turn };
}
