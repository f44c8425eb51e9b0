/** A form: what was read, what is typed, what the server says of it. */
import {
  computed,
  reactive,
  ref,
  shallowRef,
  watch,
  type ComputedRef,
  type InjectionKey,
  type Ref,
  type ShallowRef,
} from 'vue';
import { useAct } from '@/api/act';
import type { Versioned } from '@/api/client';
import { Problem } from '@/api/problem';
import { same } from '@/model/merge';

export interface FormOptions<T extends object, Out> {
  value: T;
  version?: string; // "" for something new
  save: (edit: Versioned<T>, key: string) => Promise<Out>;
  saved?: (out: Out) => unknown;
  /** What is there now, asked for when somebody else was faster. */
  reread?: () => Promise<Versioned<T>>;
  /** What can be seen to be wrong before asking the server, by field. */
  check?: (draft: T) => Record<string, string>;
}

/** What somebody else saved while this form was filled in. */
export interface Stale<T> extends Versioned<T> {
  base: T;
}

export interface Form<T extends object> {
  draft: T;
  busy: Readonly<Ref<boolean>>;
  problem: ShallowRef<Problem | undefined>;
  stale: ShallowRef<Stale<T> | undefined>;
  changed: ComputedRef<boolean>;
  errors: Readonly<Ref<Record<string, string>>>;
  tried: Ref<number>; // grows with every try that failed, so that the page shows where
  /** Shows what can be seen to be wrong; true where nothing is, so that people may be asked. */
  ready: () => boolean;
  submit: () => Promise<boolean>;
  /** Submits after the confirmation, which then makes room for whatever the form shows. */
  confirmed: () => Promise<true>;
  settle: (chosen: T) => void;
}

/** What the fields of a form know of it. */
export interface FormContext {
  errorOf: (field: string) => string | undefined;
}

export const formKey: InjectionKey<FormContext> = Symbol('form');

export const copyOf = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

export function useForm<T extends object, Out>(options: FormOptions<T, Out>): Form<T> {
  const base = shallowRef(copyOf(options.value));
  const draft = reactive(copyOf(options.value)) as T;
  const version = ref(options.version ?? '');
  const stale = shallowRef<Stale<T>>();
  const seen = ref<Record<string, string>>({});
  const tried = ref(0);
  const done = ref(false);
  const act = useAct(options.save, options.saved);
  const changed = computed(() => !done.value && !same(base.value, draft));

  function ready(): boolean {
    seen.value = options.check?.(draft) ?? {};
    const isReady = Object.keys(seen.value).length === 0;
    if (!isReady) tried.value++;
    return isReady;
  }

  async function submit(): Promise<boolean> {
    if (!ready()) return false;
    done.value = true; // while saving, leaving the page loses nothing
    done.value = await act.run({ value: copyOf(draft), version: version.value });
    if (done.value) return true;
    seen.value = fieldsIn(act.problem.value);
    tried.value++;
    if (act.problem.value?.isStale && options.reread) await overtaken(options.reread);
    return false;
  }

  async function overtaken(reread: () => Promise<Versioned<T>>): Promise<void> {
    try {
      stale.value = { ...(await reread()), base: base.value };
      act.problem.value = undefined;
    } catch (thrown) {
      act.problem.value = Problem.of(thrown);
    }
  }

  function settle(chosen: T): void {
    if (!stale.value) return;
    base.value = copyOf(stale.value.value);
    version.value = stale.value.version;
    Object.assign(draft, copyOf(chosen));
    stale.value = undefined;
  }

  const confirmed = () => submit().then(() => true as const);

  watch(
    () => copyOf(draft),
    (now, before) => forgetMended(seen, now, before),
  );
  return {
    draft,
    busy: act.busy,
    problem: act.problem,
    stale,
    changed,
    errors: seen,
    tried,
    ready,
    submit,
    confirmed,
    settle,
  };
}

function fieldsIn(problem: Problem | undefined): Record<string, string> {
  return Object.fromEntries((problem?.fields ?? []).map((f) => [f.field, f.message]));
}

/** A complaint goes when what it is about is typed anew. */
function forgetMended<T extends object>(seen: Ref<Record<string, string>>, now: T, before: T): void {
  const mended = (Object.keys(now) as (keyof T & string)[]).filter((field) => !same(now[field], before[field]));
  if (mended.length === 0) return;
  seen.value = Object.fromEntries(
    Object.entries(seen.value).filter(([field]) => !(mended as string[]).includes(field.split('.')[0] ?? '')),
  );
}

/** The complaint about a field, or about a part of it: off.2 answers for off.2.last. */
export function errorIn(errors: Record<string, string>, field: string): string | undefined {
  return errors[field] ?? Object.entries(errors).find(([name]) => name.startsWith(`${field}.`))?.[1];
}
