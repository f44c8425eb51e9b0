/** Which of WeChat's message templates serve which purposes. */
import { toValue, type MaybeRefOrGetter } from 'vue';
import { newKey } from './act';
import { answer, api, once, tag, type Versioned } from './client';
import { Problem } from './problem';
import { changed, queries, useReading } from './query';
import type { components } from './schema';
import { trouble } from '@/locale/zh-CN';

export type TemplateTable = components['schemas']['TemplatePage'];
export type TemplateItem = components['schemas']['TemplateItem'];
export type Template = components['schemas']['TemplateBody'];
export type Field = components['schemas']['TemplateField'];
export type FieldType = components['schemas']['FieldType'];
export type Line = components['schemas']['MessageLine'];
export type Preview = components['schemas']['TemplatePreview'];
export type Trial = components['schemas']['TrialResult'];

/** From what a message is filled for trial. */
export interface Example {
  document: string; // "" is the newest
  what: 'published' | 'corrected' | 'withdrawn';
}

const key = ['templates'];
const read = () => answer(api.GET('/admin/v1/push/templates'));

export const useTemplates = () => useReading<TemplateTable>({ key, read });

/** What a form changes; a text that is not there is an empty one. */
export const templateOf = ({ wechat_id, title, long, fields }: Template): Template => ({
  wechat_id,
  title,
  long,
  fields: fields.map(fieldOf),
});

const fieldOf = ({ key, label, source, text = '' }: Field): Field => ({ key, label, source, text });

export const saveTemplate =
  (purpose: string) =>
  async ({ value: body, version }: Versioned<Template>, key: string) => {
    await answer(
      api.PUT('/admin/v1/push/templates/{purpose}', { body, params: { path: { purpose }, header: once(key, version) } }),
    );
    await changed('templates');
  };

export async function rereadTemplate(purpose: string): Promise<Versioned<Template>> {
  const table = await queries.fetchQuery({ queryKey: key, queryFn: read, staleTime: 0 });
  const now = table.items.find((t) => t.purpose === purpose);
  if (!now) throw new Problem({ status: 404, code: 'push_template.not_found', detail: trouble.gone });
  return { value: templateOf(now), version: tag(now.version) };
}

const sent = ({ document, what }: Example) => ({ what, ...(document && { document }) });

/** Fields as they would be filled, read anew when they change. */
export function usePreview(purpose: string, fields: MaybeRefOrGetter<Field[]>, example: MaybeRefOrGetter<Example>) {
  return useReading<Preview>({
    key: () => ['template-preview', purpose, toValue(fields), toValue(example)],
    read: () => {
      const body = { ...sent(toValue(example)), fields: toValue(fields).map(fieldOf) };
      const params = { path: { purpose }, header: once(newKey()) };
      return answer(api.POST('/admin/v1/push/templates/{purpose}/preview', { body, params }));
    },
  });
}

/** How many would be told of a public document now; nobody is. */
export function useDryRun(example: MaybeRefOrGetter<Example>, when: MaybeRefOrGetter<boolean>) {
  return useReading({
    key: () => ['template-rehearsal', toValue(example)],
    read: () => {
      const { document, what } = toValue(example);
      const query = { document, what: what === 'corrected' ? what : ('published' as const) };
      return answer(api.GET('/admin/v1/push/rehearsal', { params: { query } }));
    },
    when,
  });
}

interface Try {
  purpose: string;
  code: string;
  example: Example;
}

/** Sends a message to the phone that shows the code. */
export const tryTemplate = ({ purpose, code, example }: Try, key: string) =>
  answer(
    api.POST('/admin/v1/push/templates/{purpose}/trial', {
      body: { ...sent(example), code },
      params: { path: { purpose }, header: once(key) },
    }),
  );
