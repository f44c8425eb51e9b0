/** How far an import has come, as colours and as rows to look at. */
import type { ImportItem, ImportRecord, RowState } from '@/api/imports';

type Tone = 'plain' | 'good' | 'warn' | 'bad' | 'brand';

const tones: Record<ImportItem['state'], Tone> = {
  reading: 'brand',
  checked: 'warn',
  making: 'brand',
  made: 'good',
  failed: 'bad',
  undone: 'plain',
};

export const toneOf = (state: string): Tone => tones[state as ImportItem['state']] ?? 'plain';

/** The rows that can be looked at apart, with how many there are; the first is shown at first. */
export function tabsOf(record: ImportRecord): { state: RowState; count: number }[] {
  const c = record.counts;
  const left = record.task?.ended_at ? record.task.left_rows : 0;
  const all: { state: RowState; count: number }[] = [
    { state: 'left', count: left },
    { state: 'ready', count: c.ready },
    { state: 'made', count: c.made },
    { state: 'warned', count: c.warned },
    { state: 'here', count: c.here },
    { state: 'wrong', count: c.wrong },
  ];
  return all.filter((t) => t.count > 0 || (t.state === 'ready' && record.state === 'checked'));
}

/** How much of what is being done is done, from 0 to 1. */
export function partOf(record: Pick<ImportItem, 'done' | 'total' | 'task' | 'state'>): number {
  const task = record.task;
  if (record.state === 'made' && task) return task.total ? (task.done + task.left_rows) / task.total : 0;
  return record.total ? record.done / record.total : 0;
}
