import { expect, it } from 'vitest';
import { menuFor } from './menu';
import { frame } from '@/locale/zh-CN';
import { router } from '@/router';

const entries = (acts: string[]) => menuFor((act) => acts.includes(act)).flatMap((g) => g.entries.map((e) => e.name));

it('shows to each what their role may open, and no empty group', () => {
  expect(entries([])).toEqual(['home']);
  expect(entries(['audit.read'])).toEqual(['home', 'audit']);
  expect(menuFor(() => false)).toHaveLength(1);
});

it('leads to pages that are there, behind the same act as the page', () => {
  for (const entry of menuFor(() => true).flatMap((g) => g.entries)) {
    const page = router.resolve({ name: entry.name });
    expect(page.meta.entry).toBe(entry.name);
    expect(page.meta.act).toEqual(entry.act);
    expect(frame.pages[entry.name]).toBeTruthy();
  }
});
