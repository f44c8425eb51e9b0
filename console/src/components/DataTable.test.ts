import { afterEach, describe, expect, it, vi } from 'vitest';
import { nextTick } from 'vue';
import DataTable from './DataTable.vue';
import { sorted, turned, type Column } from './sorting';
import { step } from './useListKeys';
import { show, tidy } from '@/testing';

interface Person {
  id: string;
  name: string;
  age: number;
}

const rows: Person[] = [
  { id: 'a', name: '张三', age: 30 },
  { id: 'b', name: '李四', age: 9 },
  { id: 'c', name: '王五', age: 41 },
];
const columns: Column<Person>[] = [
  { key: 'name', title: '姓名', text: (r) => r.name, by: (r) => r.name },
  { key: 'age', title: '年龄', text: (r) => String(r.age), by: (r) => r.age },
];

afterEach(tidy);

const press = (key: string, on: EventTarget = document.body) =>
  on.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
const here = () => document.activeElement?.textContent?.trim();

describe('with the keyboard', () => {
  it('j and k walk through the rows and stay within them', async () => {
    await show(DataTable, { caption: '人员', columns, rows, openable: true });
    press('j');
    expect(here()).toBe('张三');
    press('j');
    press('j');
    press('j');
    expect(here()).toBe('王五');
    press('k');
    expect(here()).toBe('李四');
  });

  it('what they reach opens its row', async () => {
    const open = vi.fn();
    await show(DataTable, { caption: '人员', columns, rows, openable: true, onOpen: open });
    press('j');
    (document.activeElement as HTMLElement).click(); // what Enter does to a button
    expect(open).toHaveBeenCalledWith(rows[0]);
  });

  it('a j that is typed into a field is a letter', async () => {
    await show(DataTable, { caption: '人员', columns, rows, openable: true });
    const field = document.body.appendChild(document.createElement('input'));
    field.focus();
    press('j', field);
    expect(document.activeElement).toBe(field);
  });

  it('an empty list leads nowhere', () => {
    expect(step('j', -1, 0)).toBeUndefined();
    expect(step('x', 0, 3)).toBeUndefined();
  });
});

describe('sorting', () => {
  it('is offered only where every row is here', async () => {
    const part = await show(DataTable, { caption: '人员', columns, rows });
    expect(part.querySelectorAll('th button')).toHaveLength(0);
    const whole = await show(DataTable, { caption: '人员', columns, rows, complete: true });
    expect(whole.querySelectorAll('th button')).toHaveLength(2);
  });

  it('tells what it sorts by to those who cannot see it', async () => {
    const place = await show(DataTable, { caption: '人员', columns, rows, complete: true, sort: '-age' });
    await nextTick();
    expect(place.querySelectorAll('th')[1]?.getAttribute('aria-sort')).toBe('descending');
    expect([...place.querySelectorAll('tbody tr')].map((tr) => tr.children[0]?.textContent?.trim())).toEqual([
      '王五',
      '张三',
      '李四',
    ]);
  });

  it('puts names in the order of pinyin and numbers in theirs', () => {
    expect(sorted(rows, columns, 'name').map((r) => r.name)).toEqual(['李四', '王五', '张三']);
    expect(sorted(rows, columns, 'age').map((r) => r.age)).toEqual([9, 30, 41]);
    expect(sorted(rows, columns, 'nothing')).toEqual(rows);
  });

  it('a head goes up, down, and back to how it was', () => {
    expect(['', 'age', '-age'].map((sort) => turned(sort, 'age'))).toEqual(['age', '-age', '']);
  });
});
