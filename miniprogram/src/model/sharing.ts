/** Sharing and copying, and what is said of it. */
import { documents, pieces } from '@/locale/zh-CN';
import { copy, shareByBrowser } from '@/platform/share';
import { say } from './saying';

export async function copyText(text: string, sentence = pieces.copied): Promise<void> {
  try {
    await copy(text);
    say(sentence);
  } catch {
    say(pieces.copyFailed);
  }
}

/** Passes an address on; where there is nothing to choose from, it lies on the clipboard. */
export async function share(title: string, url: string): Promise<void> {
  if (!(await shareByBrowser(title, url))) await copyText(`${title} ${url}`, documents.shareSaid);
}
