/** Saves a working copy by itself: a moment after the last key, one at a time, each against the version of the last. */
import { shallowReactive } from 'vue';
import { newKey } from '@/api/act';
import { Problem } from '@/api/problem';
import { sameContent } from './content';

/**
 * Where what was typed is: saved; typed a moment ago; on its way; not saved because the way is cut, and tried
 * again; refused, until something is changed; or overtaken by somebody else, until it is settled.
 */
export type Phase = 'saved' | 'typed' | 'saving' | 'cut' | 'refused' | 'stale';

/** One save. The same letter is sent again where no answer came: the server then knows it. */
export interface Letter<C> {
  content: C;
  version: string;
  key: string;
}

/** What is there now of a document that somebody else has changed. */
export interface Theirs<C> {
  content: C;
  version: string;
}

export interface Outside<C> {
  /** The whole working copy as it stands. */
  read: () => C;
  /** Saves, and gives the new version. */
  send: (letter: Letter<C>) => Promise<string>;
  /** What a refusal for being overtaken tells of the document. */
  theirs: (problem: Problem) => Theirs<C> | undefined;
  later: (ms: number, then: () => void) => () => void; // returns how to call it off
  now: () => Date;
}

interface State<C> {
  phase: Phase;
  at?: Date; // when it was saved last
  problem?: Problem;
  theirs?: Theirs<C>;
}

const pause = 1_000; // after the last key
const longest = 10_000; // somebody who never pauses is saved too
const retries = [2_000, 4_000, 8_000, 15_000, 30_000];

export class Autosave<C extends object> {
  readonly state: State<C> = shallowReactive<State<C>>({ phase: 'saved' });
  private typed = false; // since the last letter was written
  private typedAt = 0; // when the first of it was
  private letter?: Letter<C>; // sent, and not answered
  private running?: Promise<void>;
  private failures = 0;
  private callOff: () => void = () => undefined;

  constructor(
    private readonly outside: Outside<C>,
    private saved: C,
    private held: string,
  ) {}

  /** The version that acts on the document must name. */
  get version(): string {
    return this.held;
  }

  /** What was saved last. */
  get base(): C {
    return this.saved;
  }

  get isSaved(): boolean {
    return this.state.phase === 'saved';
  }

  /** Something was typed. */
  touch(): void {
    const now = this.outside.now().getTime();
    if (!this.typed) this.typedAt = now;
    this.typed = true;
    const { phase } = this.state;
    if (phase === 'saving' || phase === 'cut' || phase === 'stale') return;
    this.state.phase = 'typed';
    this.due(Math.max(0, Math.min(pause, this.typedAt + longest - now)));
  }

  /** Saves at once whatever is not saved; says whether all of it is. */
  async flush(): Promise<boolean> {
    while (this.typed || this.letter || this.running) {
      if (this.state.phase === 'stale') return false;
      await this.save();
      if (this.state.phase === 'cut' || this.state.phase === 'refused') return false;
    }
    return true;
  }

  /** The network is back. */
  retry(): void {
    if (this.state.phase === 'cut') void this.save();
  }

  /** It was chosen what becomes of both sides; what is read now is to be saved over theirs. */
  settle(): void {
    const { theirs } = this.state;
    if (!theirs) return;
    this.adopt(theirs);
    this.touch();
  }

  /** What is there now is what was saved last: by an act on the document, or by somebody else. */
  adopt({ content, version }: Theirs<C>): void {
    this.saved = content;
    this.held = version;
    this.letter = undefined;
    this.state.theirs = undefined;
    this.state.problem = undefined;
    this.state.phase = this.typed ? 'typed' : 'saved';
  }

  /** Nothing more is saved. */
  stop(): void {
    this.callOff();
    this.typed = false;
    this.letter = undefined;
  }

  private due(ms: number): void {
    this.callOff();
    this.callOff = this.outside.later(ms, () => void this.save());
  }

  private save(): Promise<void> {
    this.callOff();
    this.running ??= this.once().finally(() => (this.running = undefined));
    return this.running;
  }

  private async once(): Promise<void> {
    const letter = this.letter ?? this.write();
    if (!letter) {
      this.state.phase = 'saved';
      return;
    }
    this.letter = letter;
    this.state.phase = 'saving';
    try {
      this.arrived(letter, await this.outside.send(letter));
    } catch (thrown) {
      this.failed(letter, Problem.of(thrown));
    }
  }

  private write(): Letter<C> | undefined {
    if (!this.typed) return undefined;
    this.typed = false;
    const content = this.outside.read();
    return sameContent(content, this.saved) ? undefined : { content, version: this.held, key: newKey() };
  }

  private arrived(letter: Letter<C>, version: string): void {
    this.failures = 0;
    this.state.at = this.outside.now();
    this.adopt({ content: letter.content, version });
    if (this.typed) this.due(pause);
  }

  private failed(letter: Letter<C>, problem: Problem): void {
    if (this.letter !== letter) return; // stopped meanwhile
    this.state.problem = problem;
    if (!problem.isFinal || problem.status === 429) {
      this.state.phase = 'cut';
      this.due(retries[Math.min(this.failures++, retries.length - 1)] ?? pause);
      return;
    }
    this.letter = undefined;
    this.typed = true;
    const theirs = problem.isStale ? this.outside.theirs(problem) : undefined;
    if (theirs && sameContent(theirs.content, letter.content)) this.arrived(letter, theirs.version);
    else if (theirs) this.overtaken(theirs);
    else this.state.phase = 'refused';
  }

  /** Somebody else's stands there now. */
  overtaken(theirs: Theirs<C>): void {
    this.callOff();
    this.typed = true;
    this.state.theirs = theirs;
    this.state.phase = 'stale';
  }
}
