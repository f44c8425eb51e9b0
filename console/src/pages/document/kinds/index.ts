/** Every kind of document that takes this way. */
import { consultation } from './consultation';
import { event } from './event';
import { gazette } from './gazette';
import { interpretation } from './interpretation';
import { letter } from './letter';
import { meeting } from './meeting';
import { policy } from './policy';
import type { DocumentKind } from '../kind';
import type { Kind } from '@/api/documents';

export const kinds: Record<Kind, DocumentKind> = {
  policy,
  interpretation,
  letter,
  meeting,
  consultation,
  event,
  gazette,
};
