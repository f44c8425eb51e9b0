import { afterEach, describe, expect, it, vi } from 'vitest';
import { askForMessages, choicesOf, mostAsked, reasonOf } from './subscribe';

afterEach(() => void vi.unstubAllGlobals());

/** WeChat, which answers as it is told and keeps what it was asked for. */
function weChat(answer: { says?: object; errCode?: number; errMsg?: string }): string[][] {
  const asked: string[][] = [];
  vi.stubGlobal('wx', {
    requestSubscribeMessage: (o: { tmplIds: string[]; success: (r: object) => void; fail: (e: object) => void }) => {
      asked.push(o.tmplIds);
      if (answer.says) o.success({ errMsg: 'requestSubscribeMessage:ok', ...answer.says });
      else o.fail(answer);
    },
  });
  return asked;
}

describe('asking for messages', () => {
  it('hears what was said of each template', async () => {
    weChat({ says: { a: 'accept', b: 'reject', c: 'ban', d: 'filter' } });
    expect(await askForMessages(['a', 'b', 'c', 'd'])).toEqual({ a: 'accept', b: 'reject', c: 'ban', d: 'filter' });
  });

  it('takes every kind of acceptance for one, and what it does not know for none', () => {
    const said = { a: 'acceptWithAudio', b: 'acceptWithForcePush', c: 'what is this', errMsg: 'ok', d: 3 };
    expect(choicesOf(said, ['a', 'b', 'c', 'd', 'e'])).toEqual({ a: 'accept', b: 'accept', c: 'reject' });
  });

  it('asks at once, so that the tap still counts, and for no more than WeChat allows', () => {
    const asked = weChat({ says: {} });
    void askForMessages(['1', '2', '3', '4', '5', '6']);
    expect(asked).toEqual([['1', '2', '3', '4', '5']]);
    expect(mostAsked).toBe(5);
  });

  it('says why nobody was asked', async () => {
    weChat({ errCode: 20004, errMsg: 'requestSubscribeMessage:fail' });
    await expect(askForMessages(['a'])).rejects.toMatchObject({ why: 'off' });
    weChat({ errCode: 0, errMsg: 'requestSubscribeMessage:fail can only be invoked by user TAP gesture.' });
    await expect(askForMessages(['a'])).rejects.toMatchObject({ why: 'no tap' });
    expect([10001, 10002, 10003, 10005, 20001, 20005].map((number) => reasonOf(number))).toEqual([
      'fault', 'network', 'network', 'fault', 'fault', 'fault',
    ]);
  });
});
