/** What is looked for in an issue, and at which of the places one is. */
import { computed, reactive, shallowRef } from 'vue';
import type { Book } from './reading';
import { gazettes, type Hits } from '@/api/gazette';
import { Problem } from '@/api/problem';
import { gazettes as words } from '@/locale/zh-CN';
import { firstHit } from '@/model/gazette';
import { say } from '@/model/saying';

export function useFind(book: Book) {
  const search = reactive({ q: '', at: 0, busy: false });
  const found = shallowRef<Hits>();
  const hits = computed(() => found.value?.items ?? []);
  const said = computed(() => {
    if (search.busy || !found.value) return '';
    return hits.value.length ? words.findAt(search.at + 1, found.value.total) : words.findNone;
  });

  /** Looks for words, first in a piece where one is meant. */
  async function find(q: string, piece = ''): Promise<void> {
    if (!book.issue.value) return;
    Object.assign(search, { q, at: 0, busy: true });
    try {
      const { value } = await gazettes.find(book.issue.value.id, q);
      if (search.q !== q) return; // the last question wins
      found.value = value;
      if (value.items.length) show(firstHit(value.items, book.page.value, piece));
    } catch (thrown) {
      if (search.q === q) say(Problem.of(thrown).message);
    } finally {
      if (search.q === q) search.busy = false;
    }
  }

  function show(at: number): void {
    const hit = hits.value[at];
    if (!hit) return;
    search.at = at;
    book.turn(hit.page);
    const [left = 0, top = 0, right = 0, bottom = 0] = hit.boxes[0] ?? [];
    if (hit.boxes.length) book.goal.value = { page: hit.page, x: (left + right) / 2, y: (top + bottom) / 2 };
  }

  function step(by: number): void {
    const many = hits.value.length;
    if (many) show((search.at + by + many) % many);
  }

  function end(): void {
    Object.assign(search, { q: '', at: 0, busy: false });
    found.value = undefined;
  }

  return { search, found, hits, said, find, show, step, end };
}
