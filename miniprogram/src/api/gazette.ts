import { get } from './client';
import type { components } from './schema';

export type Shelf = components['schemas']['GazetteShelf'];
export type YearShelf = components['schemas']['GazetteYearShelf'];
export type Cell = components['schemas']['GazetteCell'];
export type IssueItem = components['schemas']['GazetteItem'];
export type Issue = components['schemas']['Gazette'];
export type PieceItem = components['schemas']['GazettePiece'];
export type Sheet = components['schemas']['GazetteSheet'];
export type PageText = components['schemas']['GazettePage'];
export type Line = components['schemas']['GazetteLine'];
export type Hits = components['schemas']['GazetteHits'];
export type Hit = Hits['items'][number];
export type Picture = components['schemas']['PagePicture'];
export type GazetteRef = components['schemas']['GazetteRef'];
export type Piece = components['schemas']['GazettePieceDetail'];

export const gazettes = {
  shelf: () => get('/api/v1/gazettes', { keep: 'gazettes' }),
  /** The issue that somebody cites: 公报 2021年第3期 第12页. */
  cited: (q: string) => get('/api/v1/gazettes/place', { query: { q } }),
  numbered: (year: number, number: number) => get('/api/v1/gazettes/place', { query: { year, number } }),
  issue: (id: string) => get('/api/v1/gazettes/{id}', { path: { id }, keep: `gazette:${id}` }),
  page: (id: string, page: number) => get('/api/v1/gazettes/{id}/pages/{page}', { path: { id, page } }),
  find: (id: string, q: string) => get('/api/v1/gazettes/{id}/find', { path: { id }, query: { q } }),
  /** A piece by its issue, '' for who knows the piece alone. */
  piece: (id: string, piece: string) =>
    id
      ? get('/api/v1/gazettes/{id}/pieces/{piece}', { path: { id, piece }, keep: `gazette_piece:${piece}` })
      : get('/api/v1/gazette-pieces/{piece}', { path: { piece }, keep: `gazette_piece:${piece}` }),
};
