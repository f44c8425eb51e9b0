/** A table wider than the paper scrolls within itself; whoever has no mouse can stop there and use the arrows. */
import { TableView } from '@tiptap/extension-table';
import { editorWords } from '@/locale/zh-CN';

type Made = ConstructorParameters<typeof TableView>;

export class ScrollingTable extends TableView {
  private readonly stop: HTMLElement;
  private readonly watcher: ResizeObserver;

  constructor(...made: Made) {
    super(...made);
    this.stop = document.createElement('span');
    this.stop.className = 'scroll-stop';
    this.stop.tabIndex = 0;
    this.stop.contentEditable = 'false';
    this.stop.setAttribute('role', 'img');
    this.stop.setAttribute('aria-label', editorWords.scroll);
    this.dom.prepend(this.stop);
    this.watcher = new ResizeObserver(() => (this.stop.hidden = this.dom.scrollWidth <= this.dom.clientWidth));
    this.watcher.observe(this.dom);
    this.watcher.observe(this.table);
  }

  destroy(): void {
    this.watcher.disconnect();
  }
}
