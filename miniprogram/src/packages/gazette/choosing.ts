/** The words of pages, and the lines of them that are chosen to be copied. */
import { computed, reactive, ref, watch } from 'vue';
import type { Book } from './reading';
import { gazettes, type PageText } from '@/api/gazette';
import { Problem } from '@/api/problem';
import { gazettes as words } from '@/locale/zh-CN';
import { chosenWith, citation, lineAt, withSource, wordsOf, type Range, type Spot } from '@/model/gazette';
import { say } from '@/model/saying';
import { copyText } from '@/model/sharing';

/** How many pages' words are held. */
const most = 40;

export function useChoice(book: Book) {
  const texts = reactive(new Map<number, PageText>());
  const range = ref<Range>();
  const text = computed(() => texts.get(range.value?.page ?? 0));
  const lines = computed(() => text.value?.lines ?? []);
  /** Why the words of the page can't be read, '' where they can. */
  const note = computed(() => texts.get(book.page.value)?.layer_note ?? '');

  watch([book.issue, book.page], ([issue, page]) => {
    range.value = undefined;
    const layer = issue?.sheets[page - 1]?.layer ?? 'text';
    if (!['text', 'ocr'].includes(layer)) void read(page);
  });

  /** The words of a page; undefined where they did not come. */
  async function read(page: number): Promise<PageText | undefined> {
    const known = texts.get(page);
    if (known || !book.issue.value) return known;
    try {
      const { value } = await gazettes.page(book.issue.value.id, page);
      if (texts.size >= most) texts.clear();
      texts.set(page, value);
      return value;
    } catch (thrown) {
      say(Problem.of(thrown).message);
      return undefined;
    }
  }

  /** A line that was tapped is chosen; beside the lines, none is. */
  async function choose(spot: Spot | undefined): Promise<void> {
    const there = spot && (await read(spot.page));
    if (!there) return end();
    const line = lineAt(there.lines, spot);
    if (!there.lines.length) say(there.layer_note || words.noWords);
    range.value = line < 0 ? undefined : chosenWith(range.value, spot.page, line);
  }

  async function copy(): Promise<void> {
    const issue = book.issue.value;
    if (!range.value || !text.value || !issue) return;
    const source = citation(issue, range.value.page);
    await copyText(withSource(wordsOf(text.value, range.value), source), words.copiedWithSource);
    end();
  }

  function end(): void {
    range.value = undefined;
  }

  return { range, lines, note, choose, copy, end };
}
