/** What was said to a draft, and what the office answers. */
import { toValue, type MaybeRefOrGetter } from 'vue';
import { answer, api, once, tag } from './client';
import { changed, useReading } from './query';
import type { components, operations } from './schema';

type Schemas = components['schemas'];
export type HeardOpinion = Schemas['HeardOpinion'];
export type OpinionGroup = Schemas['OpinionGroup'];
export type OpinionProposal = Schemas['OpinionProposal'];
export type OwedConsultation = Schemas['OwedConsultation'];
export type OpinionQuestion = NonNullable<operations['get-admin-consultations-id-opinions']['parameters']['query']>;
export type Verdict = Schemas['AnswerIn']['verdict'];
export const verdicts: readonly Verdict[] = ['adopted', 'partly', 'not_adopted', 'noted', 'outside'];

const one = '/admin/v1/consultations/{id}';
const path = (id: string) => ({ path: { id } });

export const useOpinions = (id: MaybeRefOrGetter<string>, question: MaybeRefOrGetter<OpinionQuestion>) =>
  useReading({
    key: () => ['opinions', toValue(id), toValue(question)],
    read: () => answer(api.GET(`${one}/opinions`, { params: { ...path(toValue(id)), query: toValue(question) } })),
  });

export const useClauses = (id: string) =>
  useReading({
    key: () => ['opinions', id, 'clauses'],
    read: async () => (await answer(api.GET(`${one}/clauses`, { params: path(id) }))).items,
  });

export const useOpinionGroups = (id: string) =>
  useReading({
    key: () => ['opinions', id, 'groups'],
    read: () => answer(api.GET(`${one}/groups`, { params: path(id) })),
  });

export const useSurvey = (id: string) =>
  useReading({
    key: () => ['opinions', id, 'survey'],
    read: async () => (await answer(api.GET(`${one}/survey`, { params: path(id) }))).items,
  });

export const useOwedConsultations = (when: () => boolean = () => true) =>
  useReading({
    when,
    key: () => ['opinions', 'owed'],
    read: async () => (await answer(api.GET('/admin/v1/consultations/owed'))).items,
  });

export const writtenReport = (id: string) => answer(api.GET(`${one}/report`, { params: path(id) }));

async function then<T>(asked: Promise<T>): Promise<T> {
  const done = await asked;
  await changed('opinions');
  return done;
}

interface Answered {
  verdict: Verdict;
  reason: string;
  place: string;
}

export const answerOpinion = (v: { opinion: HeardOpinion; body: Answered }, key: string) =>
  then(
    answer(
      api.PUT('/admin/v1/opinions/{id}/answer', {
        body: v.body,
        params: { ...path(v.opinion.id), header: once(key, tag(v.opinion.version)) },
      }),
    ),
  );

export const lookAt = (v: { opinion: HeardOpinion; body: Schemas['LookInBody'] }, key: string) =>
  then(
    answer(
      api.PUT('/admin/v1/opinions/{id}/look', {
        body: v.body,
        params: { ...path(v.opinion.id), header: once(key, tag(v.opinion.version)) },
      }),
    ),
  );

export const showAll = (v: { id: string; ids: string[] }, key: string) =>
  then(answer(api.POST(`${one}/opinions/shown`, { body: { ids: v.ids }, params: { ...path(v.id), header: once(key) } })));

export type EnteredOpinion = Schemas['EnterInBody'];

export const enterOpinion = (v: { id: string; body: EnteredOpinion }, key: string) =>
  then(answer(api.POST(`${one}/opinions`, { body: v.body, params: { ...path(v.id), header: once(key) } })));

export const groupOpinions = (v: { id: string; gist: string; ids: string[] }, key: string) =>
  then(
    answer(
      api.POST(`${one}/groups`, { body: { gist: v.gist, ids: v.ids }, params: { ...path(v.id), header: once(key) } }),
    ),
  );

const ofGroup = (id: string, group: OpinionGroup, key: string) => ({
  path: { id, group: group.id },
  header: once(key, tag(group.version)),
});

export const answerGroup = (v: { id: string; group: OpinionGroup; body: Answered }, key: string) =>
  then(answer(api.PUT(`${one}/groups/{group}/answer`, { body: v.body, params: ofGroup(v.id, v.group, key) })));

export const ungroup = (v: { id: string; group: OpinionGroup }, key: string) =>
  then(answer(api.DELETE(`${one}/groups/{group}`, { params: ofGroup(v.id, v.group, key) })));
