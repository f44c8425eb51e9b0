/** What is to be said of a file: the same thing once, with all pages that it is true of. */
import type { GazetteFile } from '@/api/gazettes';
import { gazetteNotes as say } from '@/locale/zh-CN';

export interface Found {
  text: string;
  pages: number[]; // none for the whole file
}

/** Notes that say of pages what their layer says as well. */
const saidByNotes: Record<string, string> = { garbage: 'pages.text_garbage', unread: 'pages.page_unread' };

export function foundIn(file: Pick<GazetteFile, 'notes' | 'sheets' | 'signed'>): Found[] {
  const codes = new Set(file.notes.map((n) => n.code));
  const byText = new Map<string, number[]>();
  for (const n of file.notes) {
    const text = withoutPage(n.message, n.page);
    const pages = byText.get(text) ?? [];
    byText.set(text, n.page && !pages.includes(n.page) ? [...pages, n.page] : pages);
  }
  const notes = [...byText].map(([text, pages]) => ({ text, pages: pages.sort((a, b) => a - b) }));
  const signed = file.signed && !codes.has('pages.signed') ? [{ text: say.signed(file.signed), pages: [] }] : [];
  return [...notes, ...signed, ...layersIn(file, codes)];
}

const layersIn = ({ sheets }: Pick<GazetteFile, 'sheets'>, codes: ReadonlySet<string>): Found[] =>
  Object.keys(say.layers)
    .filter((layer) => !codes.has(saidByNotes[layer] ?? ''))
    .flatMap((layer) => {
      const pages = sheets.flatMap((s, n) => (s.layer === layer ? [n + 1] : []));
      return pages.length ? [{ text: say.layers[layer] ?? layer, pages }] : [];
    });

/** What is to be said of one page, while it is looked at. */
export const notesOn = (file: Pick<GazetteFile, 'notes' | 'sheets' | 'signed'>, page: number): string[] =>
  foundIn(file)
    .filter((f) => f.pages.includes(page))
    .map((f) => f.text);

/** A sentence that names its page is the same as that of another page. */
const withoutPage = (message: string, page: number): string =>
  page ? message.replace(new RegExp(`^第 ?${page} ?页`), say.thisPage) : message;
