/** What can go wrong between the phone and the house, in one shape. */
import type { components } from './schema';
import { trouble } from '@/locale/zh-CN';

export type FieldProblem = components['schemas']['FieldProblem'];

/** Codes that the client gives itself, where no answer came. */
export type OwnCode = 'offline' | 'timeout' | 'unreadable';

type Said = Partial<components['schemas']['Problem']>;

/** A refusal or a fault, as RFC 9457 tells it. `message` is the sentence for people. */
export class Problem extends Error {
  readonly status: number; // 0 where no answer came
  readonly code: string;
  readonly fields: FieldProblem[];
  readonly requestId: string;
  readonly movedTo: string; // where the document went that was asked for

  constructor(said: Said) {
    super(said.detail ?? said.title ?? trouble.unreadable);
    this.status = said.status ?? 0;
    this.code = said.code ?? 'unreadable';
    this.fields = said.errors ?? [];
    this.requestId = said.request_id ?? '';
    this.movedTo = said.moved_to ?? '';
  }

  /** No answer came: the network, or a server that takes too long. */
  get isAway(): boolean {
    return this.status === 0 || this.status === 503 || this.status === 502 || this.status === 504;
  }

  /** The server refused for good: the same request would be refused again. */
  get isFinal(): boolean {
    return this.status >= 400 && this.status < 500 && this.code !== 'request.running' && this.status !== 429;
  }

  get wantsSignIn(): boolean {
    return this.status === 401;
  }

  get wantsConsent(): boolean {
    return this.status === 403 && this.code === 'consent.needed';
  }

  static own(code: OwnCode): Problem {
    return new Problem({ status: 0, code, detail: trouble[code] });
  }

  /** Whatever was thrown, as a problem. */
  static of(thrown: unknown): Problem {
    return thrown instanceof Problem ? thrown : Problem.own('unreadable');
  }

  /** An answer that was not a good one. */
  static from(status: number, body: unknown): Problem {
    const said: Said = typeof body === 'object' && body !== null ? body : {};
    return new Problem({
      code: 'unreadable',
      detail: status >= 500 ? trouble.busy : trouble.unreadable,
      ...said,
      status,
    });
  }
}
