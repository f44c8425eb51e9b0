/** What the pages of documents must know of a kind; each kind says it in a small file of its own. */
import type { Component } from 'vue';
import type { Kind } from '@/api/documents';
import type { ActName } from '@/api/session';
import type { kindWords } from '@/locale/zh-CN';

/** A part of a document beside its body, on a tab of its own. */
export interface Part {
  name: string;
  title: string;
  fields: readonly string[]; // that stand there, as the server calls them
  page: Component;
  count?: (content: Record<string, unknown>) => number;
}

export interface DocumentKind {
  kind: Kind;
  list: 'policies' | 'interpretations' | 'publicLetters' | 'meetings' | 'consultations' | 'events' | 'gazettes'; // the route of its list; `${list}.one` is that of one
  words: (typeof kindWords)[Kind];
  views: readonly ('mine' | 'waiting' | 'returned' | 'failed' | 'expiring' | 'unexplained')[];
  sorts: readonly string[];
  parts: readonly Part[];
  /** It stands for itself: a body is written, and a draft begins in its list. */
  written: boolean;
  /** Where a draft begins of a kind that is not written. */
  begins?: { route: string; words: string; act: ActName };
  /** What stands around its parts, and knows what they have in common. */
  around?: Component;
  acts: { write: ActName; review: ActName; read: ActName };
  /** Where residents read it. */
  publicPage: (id: string) => string;
}

export const documentActs = { write: 'document.write', review: 'document.review', read: 'document.read' } as const;
