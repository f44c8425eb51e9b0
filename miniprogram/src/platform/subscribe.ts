/** Asking whether WeChat may send somebody messages. One accepted question is one message: nobody can ask for more. */

/** What somebody says of a template; filter: another one of the same title counts. */
export type Choice = 'accept' | 'reject' | 'ban' | 'filter';

/** Why nobody was asked: no tap came before, messages are switched off, the network, or our own fault. */
export type Unasked = 'no tap' | 'off' | 'network' | 'fault';

export class NotAsked extends Error {
  constructor(readonly why: Unasked) {
    super(why);
  }
}

/** As many templates as WeChat asks for at once. */
export const mostAsked = 5;

/**
 * Asks for messages of some templates, one-time or long-term but not both. WeChat asks only right after a tap: whoever
 * calls waits for nothing before. name: who is played, in the demo's web build; there nobody refuses.
 */
export async function askForMessages(templates: string[], name = ''): Promise<Record<string, Choice>> {
  const asked = templates.slice(0, mostAsked);
  // #ifdef MP-WEIXIN
  void name;
  return new Promise((done, fail) =>
    wx.requestSubscribeMessage({
      tmplIds: asked,
      success: (said) => done(choicesOf(said as unknown as Record<string, unknown>, asked)),
      fail: ({ errCode, errMsg }) => fail(new NotAsked(reasonOf(errCode, errMsg))),
    }),
  );
  // #endif
  // #ifdef H5
  const choices = asked.map((template) => ({ template, accept: true }));
  return new Promise((done, fail) =>
    uni.request({
      url: `/sim/control/api/people/${encodeURIComponent(name)}/ask`,
      method: 'POST',
      data: { choices },
      success: ({ data }) => {
        const { errCode, result } = data as { errCode: number; result: Record<string, unknown> | null };
        if (errCode) fail(new NotAsked(reasonOf(errCode)));
        else done(choicesOf(result ?? {}, asked));
      },
      fail: () => fail(new NotAsked('network')),
    }),
  );
  // #endif
}

/** WeChat says acceptWithAudio and the like for what is an acceptance. */
export function choicesOf(said: Record<string, unknown>, asked: readonly string[]): Record<string, Choice> {
  const known = asked.filter((template) => typeof said[template] === 'string');
  return Object.fromEntries(known.map((template) => [template, choiceOf(String(said[template]))]));
}

function choiceOf(word: string): Choice {
  if (word.startsWith('accept')) return 'accept';
  return word === 'ban' || word === 'filter' ? word : 'reject';
}

/** The reason behind WeChat's numbers; without a tap there is only a sentence. */
export function reasonOf(number: number, sentence = ''): Unasked {
  if (/TAP gesture/i.test(sentence)) return 'no tap';
  if (number === 20004) return 'off';
  return number === 10002 || number === 10003 ? 'network' : 'fault';
}
