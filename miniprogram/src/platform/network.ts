/** The one place that sends a request over the network. */

export interface Sent {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  url: string;
  head: Record<string, string>;
  body?: unknown;
  patience: number; // ms
  signal?: AbortLike;
}

/** What an AbortSignal is to us; WeChat has none. */
export interface AbortLike {
  readonly aborted: boolean;
  onabort: (() => void) | null;
}

export interface Reply {
  status: number;
  head: Record<string, string>; // names in small letters
  body: unknown;
}

/** Why no answer came. */
export class NoAnswer extends Error {
  constructor(readonly why: 'offline' | 'timeout' | 'given up') {
    super(why);
  }
}

function whyNot(said: string): 'offline' | 'timeout' | 'given up' {
  if (/timeout|timed out/i.test(said)) return 'timeout';
  return /abort/i.test(said) ? 'given up' : 'offline';
}

/** WeChat sends no PATCH: the house takes a POST that says what it stands for. */
function carried(asked: Sent): Pick<Sent, 'method' | 'head'> {
  // #ifdef MP-WEIXIN
  if (asked.method === 'PATCH') return { method: 'POST', head: { ...asked.head, 'X-HTTP-Method-Override': 'PATCH' } };
  // #endif
  return asked;
}

export function send(asked: Sent): Promise<Reply> {
  return new Promise((done, fail) => {
    const { method, head } = carried(asked);
    const task = uni.request({
      method: method as 'GET', // uni's types know no PATCH, the web carries it
      url: asked.url,
      header: head,
      data: asked.body as UniApp.RequestOptions['data'],
      timeout: asked.patience,
      dataType: 'json',
      success: (r) =>
        done({ status: r.statusCode, head: smallNames(r.header as Record<string, string>), body: r.data }),
      fail: (e) => fail(new NoAnswer(asked.signal?.aborted ? 'given up' : whyNot(e.errMsg ?? ''))),
    });
    if (asked.signal) asked.signal.onabort = () => task.abort();
  });
}

function smallNames(head: Record<string, string> = {}): Record<string, string> {
  return Object.fromEntries(Object.entries(head).map(([name, value]) => [name.toLowerCase(), String(value)]));
}

/** Tells each time that the network comes or goes. */
export function onNetwork(tell: (there: boolean) => void): void {
  uni.onNetworkStatusChange((state) => tell(state.isConnected));
  uni.getNetworkType({ success: (state) => tell(state.networkType !== 'none') });
}
