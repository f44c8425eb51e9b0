import { afterEach, expect, it } from 'vitest';
import { nextTick } from 'vue';
import StaleNotice from './StaleNotice.vue';
import { useForm } from './useForm';
import { Problem } from '@/api/problem';
import { show, tidy } from '@/testing';

afterEach(tidy);

async function overtaken() {
  const form = useForm({
    value: { name: '李强', title: '科员' },
    version: '"1"',
    save: () => Promise.reject(new Problem({ status: 412 })),
    reread: async () => ({ value: { name: '李强', title: '副科长' }, version: '"2"' }),
  });
  form.draft.name = '李刚';
  await show(StaleNotice, { form, fields: { name: '姓名', title: '职务' } });
  await form.submit();
  await nextTick();
  await nextTick();
  return form;
}

const dialog = () => document.querySelector('[role=dialog]');

it('shows both sides of what differs, and has chosen what is likely meant', async () => {
  await overtaken();
  expect(dialog()?.textContent).toContain('李刚');
  expect(dialog()?.textContent).toContain('副科长');
  const chosen = [...document.querySelectorAll('.side.is-checked')].map((side) => side.textContent);
  expect(chosen).toEqual(['您填写的李刚', '现在的内容副科长']); // I typed the name; the title is theirs
});

it('goes on with what was chosen', async () => {
  const form = await overtaken();
  dialog()?.querySelector<HTMLElement>('.el-button--primary')?.click();
  await nextTick();
  expect(form.draft).toEqual({ name: '李刚', title: '副科长' });
  expect(form.stale.value).toBeUndefined();
});
