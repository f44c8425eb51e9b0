import { get, newKey, write } from './client';
import type { components } from './schema';

type Schemas = components['schemas'];
export type Consultation = Schemas['Consultation'];
export type ConsultationItem = Schemas['ConsultationItem'];
export type Opinion = Schemas['Opinion'];
export type MyOpinion = Schemas['MyOpinion'];
export type OpinionForm = Schemas['OpinionForm'];
export type OpinionIn = Schemas['OpinionInBody'];
export type SurveyAnswer = Schemas['SurveyAnswer'];
export type SurveyQuestion = Schemas['SurveyQuestion'];
export type ChangedClause = Schemas['ChangedClause'];

export interface ConsultationListing {
  phase?: ConsultationItem['phase'];
  limit?: number;
  offset?: number;
}

/** How the whole draft is called in addresses. */
export const whole = 'whole';

const clauseOf = '/api/v1/me/consultations/{id}/opinions/{clause}';

export const consultations = {
  /** The newest of all stay on the phone. */
  list: (listing: ConsultationListing) =>
    get('/api/v1/consultations', {
      query: listing,
      keep: listing.phase || listing.offset ? undefined : 'consultations',
    }),
  one: (id: string) => get('/api/v1/consultations/{id}', { path: { id }, keep: `consultation:${id}` }),
  opinions: (id: string, clause: string, offset: number, limit = 20) =>
    get('/api/v1/consultations/{id}/opinions', { path: { id }, query: { clause: clause || undefined, offset, limit } }),
  adoption: (id: string) => get('/api/v1/consultations/{id}/adoption', { path: { id } }),
  /** What somebody said before. The house notes that they began: who did in time may finish a little later. */
  form: (id: string) => write('post', '/api/v1/me/consultations/{id}/form', { path: { id }, key: newKey() }),
  say: (id: string, clause: string, body: OpinionIn, key: string) =>
    write('put', clauseOf, { path: { id, clause }, body, key }),
  takeBack: (id: string, clause: string) => write('delete', clauseOf, { path: { id, clause }, key: newKey() }),
  answer: (id: string, answers: SurveyAnswer[], key: string) =>
    write('put', '/api/v1/me/consultations/{id}/survey', { path: { id }, body: { answers }, key }),
  mine: (offset: number) => get('/api/v1/me/opinions', { query: { offset, limit: 20 } }),
  support: (id: string, on: boolean) =>
    write(on ? 'put' : 'delete', '/api/v1/me/supported-opinions/{id}', { path: { id }, key: newKey() }),
};
