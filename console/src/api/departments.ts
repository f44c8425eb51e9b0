/** Departments, as the console keeps them. */
import { answer, api, once, tag, type Versioned } from './client';
import { Problem } from './problem';
import { changed, queries, useReading } from './query';
import type { components } from './schema';
import { trouble } from '@/locale/zh-CN';

export type Department = components['schemas']['OfficeItem'];
export type DepartmentFields = Required<components['schemas']['OfficeFields']>;

const key = ['departments'];
const read = async () => (await answer(api.GET('/admin/v1/departments'))).items;

export function useDepartments() {
  return useReading<Department[]>({ key, read });
}

export const addDepartment = async (body: DepartmentFields, key: string) => {
  const added = await answer(api.POST('/admin/v1/departments', { body, params: { header: once(key) } }));
  await changed('departments');
  return added;
};

/** An edit of a department: what is wanted, and the version that was read. */
export interface DepartmentEdit {
  id: string;
  version: string;
  body: DepartmentFields;
}

export const editDepartment = async ({ id, version, body }: DepartmentEdit, key: string) => {
  const edited = await answer(
    api.PUT('/admin/v1/departments/{id}', { body, params: { path: { id }, header: once(key, version) } }),
  );
  await changed('departments');
  return edited;
};

export const removeDepartment = async (d: Department, key: string) => {
  await answer(
    api.DELETE('/admin/v1/departments/{id}', { params: { path: { id: d.id }, header: once(key, tag(d.version)) } }),
  );
  await changed('departments');
};

export const fieldsOf = (d: Department): DepartmentFields => ({
  parent_id: d.parent_id,
  name: d.name,
  short_name: d.short_name,
  aliases: [...d.aliases],
  position: d.position,
});

/** What is there now of a department that somebody else has changed. */
export async function rereadDepartment(id: string): Promise<Versioned<DepartmentFields>> {
  const list = await queries.fetchQuery({ queryKey: key, queryFn: read, staleTime: 0 });
  const now = list.find((d) => d.id === id);
  if (!now) throw new Problem({ status: 404, code: 'department.not_found', detail: trouble.gone });
  return { value: fieldsOf(now), version: tag(now.version) };
}
