/** What can go wrong between the console and the house, in one shape. */
import type { components } from './schema';
import { trouble } from '@/locale/zh-CN';

export type FieldProblem = components['schemas']['FieldProblem'];

/** Codes that the console gives itself, where no answer came. */
export type OwnCode = 'offline' | 'timeout' | 'unreadable';

type Said = Partial<components['schemas']['Problem']>;

/** A refusal or a fault, as RFC 9457 tells it. `message` is the sentence for people. */
export class Problem extends Error {
  readonly status: number; // 0 where no answer came
  readonly code: string;
  readonly fields: FieldProblem[];
  readonly requestId: string;
  readonly current: unknown; // what is there now, where somebody was faster (412)

  constructor(said: Said) {
    super(said.detail ?? said.title ?? trouble.unreadable);
    this.status = said.status ?? 0;
    this.code = said.code ?? 'unreadable';
    this.fields = said.errors ?? [];
    this.requestId = said.request_id ?? '';
    this.current = said.current;
  }

  /** The server refused for good: the same request would be refused again. */
  get isFinal(): boolean {
    return this.status >= 400 && this.status < 500 && this.code !== 'request.running';
  }

  get isStale(): boolean {
    return this.status === 412;
  }

  /** The session is over, or has not come far enough for what was asked. */
  get wantsSignIn(): boolean {
    return this.status === 401 && signInCodes.includes(this.code);
  }

  static own(code: OwnCode): Problem {
    return new Problem({ status: 0, code, detail: trouble[code] });
  }

  /** Whatever was thrown, as a problem. */
  static of(thrown: unknown): Problem {
    if (thrown instanceof Problem) return thrown;
    if (thrown instanceof DOMException && thrown.name === 'TimeoutError') return Problem.own('timeout');
    if (thrown instanceof TypeError) return Problem.own('offline'); // what fetch throws without a network
    return Problem.own('unreadable');
  }

  /** An answer that was not a good one. */
  static from(response: Response, body: unknown): Problem {
    const said: Said = typeof body === 'object' && body !== null ? body : {};
    return new Problem({ code: 'unreadable', detail: trouble.unreadable, ...said, status: response.status });
  }
}

/** 401 also answers a wrong code; only these two mean that somebody must sign in. */
const signInCodes = ['staff.signin_needed', 'staff.stage_needed'];
