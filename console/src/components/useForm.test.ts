import { expect, it, vi } from 'vitest';
import { nextTick } from 'vue';
import { errorIn, useForm } from './useForm';
import { Problem } from '@/api/problem';

const stale = new Problem({ status: 412, code: 'edit.stale', detail: '刚才有人改过这里。' });
const read = { name: '李强', title: '科员' };

it('knows whether anything was typed, and forgets it when it is saved', async () => {
  const form = useForm({ value: read, version: '"1"', save: async () => undefined });
  expect(form.changed.value).toBe(false);
  form.draft.title = '科长';
  expect(form.changed.value).toBe(true);
  expect(await form.submit()).toBe(true);
  expect(form.changed.value).toBe(false);
});

it('what is seen to be wrong here is not asked of the server', async () => {
  const save = vi.fn();
  const form = useForm({
    value: { name: '' },
    check: (d): Record<string, string> => (d.name ? {} : { name: '请填写。' }),
    save,
  });
  expect(await form.submit()).toBe(false);
  expect(form.errors.value).toEqual({ name: '请填写。' });
  expect(save).not.toHaveBeenCalled();
});

it('shows what the server says of a field, until the field is typed anew', async () => {
  const refused = new Problem({ status: 422, errors: [{ field: 'name', message: '名字写法不对。' }] });
  const form = useForm({ value: read, save: () => Promise.reject(refused) });
  await form.submit();
  expect(form.errors.value.name).toBe('名字写法不对。');
  form.draft.name = '李刚';
  await nextTick();
  expect(form.errors.value.name).toBeUndefined();
});

it('a complaint about a part is shown by the whole', () => {
  expect(errorIn({ 'off.2.last': '最后一天早于第一天。' }, 'off')).toBe('最后一天早于第一天。');
  expect(errorIn({ office: '没有这个部门。' }, 'off')).toBeUndefined();
});

it('whoever was overtaken sees what is there now, chooses, and saves against that', async () => {
  const save = vi.fn().mockRejectedValueOnce(stale).mockResolvedValueOnce(undefined);
  const now = { value: { name: '李强', title: '副科长' }, version: '"2"' };
  const form = useForm({ value: read, version: '"1"', save, reread: async () => now });
  form.draft.name = '李刚';
  expect(await form.submit()).toBe(false);
  expect(form.stale.value).toMatchObject({ ...now, base: read });
  expect(form.draft.name).toBe('李刚'); // nothing typed is lost

  form.settle({ name: '李刚', title: '副科长' });
  expect(await form.submit()).toBe(true);
  expect(save.mock.calls[1]?.[0]).toEqual({ value: { name: '李刚', title: '副科长' }, version: '"2"' });
});
