import { expect, it } from 'vitest';
import { Autosave, type Letter, type Theirs } from './autosave';
import { Problem } from '@/api/problem';

interface Text {
  title: string;
}

/** A desk: a clock that is set by hand, and a server that answers when told to. */
function desk() {
  let now = 0;
  let clock: { at: number; then: () => void } | undefined;
  const letters: Letter<Text>[] = [];
  const answers: { ok: (version: string) => void; no: (problem: unknown) => void }[] = [];
  const page = { title: '' };
  const save = new Autosave<Text>(
    {
      read: () => ({ ...page }),
      send: (letter) => {
        letters.push(letter);
        return new Promise((ok, no) => answers.push({ ok, no }));
      },
      theirs: (problem) => problem.current as Theirs<Text>,
      later: (ms, then) => {
        clock = { at: now + ms, then };
        return () => (clock = undefined);
      },
      now: () => new Date(now),
    },
    { title: '' },
    '"1"',
  );
  const settled = async () => {
    for (let n = 0; n < 10; n++) await Promise.resolve();
  };
  return {
    save,
    letters,
    type: (title: string) => {
      page.title = title;
      save.touch();
    },
    pass: async (ms: number) => {
      now += ms;
      if (clock && clock.at <= now) {
        const { then } = clock;
        clock = undefined;
        then();
      }
      await settled();
    },
    accept: async (version: string) => {
      answers.shift()?.ok(version);
      await settled();
    },
    refuse: async (problem: unknown) => {
      answers.shift()?.no(problem);
      await settled();
    },
    phase: () => save.state.phase,
    page,
  };
}

const cut = new TypeError('no network');
const overtaken = (theirs: Theirs<Text>) => new Problem({ status: 412, code: 'edit.stale', current: theirs });

it('saves a second after the last key, not before', async () => {
  const d = desk();
  d.type('关');
  await d.pass(600);
  d.type('关于');
  await d.pass(600);
  expect(d.letters).toHaveLength(0);
  await d.pass(400);
  expect(d.letters.map((l) => [l.content.title, l.version])).toEqual([['关于', '"1"']]);
  await d.accept('"2"');
  expect(d.phase()).toBe('saved');
  expect(d.save.version).toBe('"2"');
});

it('saves somebody who never pauses every ten seconds', async () => {
  const d = desk();
  for (let n = 0; n < 25; n++) {
    d.type(`第${n}字`);
    await d.pass(400);
  }
  expect(d.letters).toHaveLength(1);
});

it('sends one at a time, and the next against the version of the one before', async () => {
  const d = desk();
  d.type('一');
  await d.pass(1000);
  d.type('一二');
  await d.pass(5000);
  expect(d.letters).toHaveLength(1);
  expect(d.phase()).toBe('saving');
  await d.accept('"2"');
  expect(d.phase()).toBe('typed');
  await d.pass(1000);
  expect(d.letters[1]).toMatchObject({ content: { title: '一二' }, version: '"2"' });
});

it('asks nothing of the server where what was typed was taken back', async () => {
  const d = desk();
  d.type('错');
  d.type('');
  await d.pass(1000);
  expect(d.letters).toHaveLength(0);
  expect(d.phase()).toBe('saved');
});

it('while the network is cut the same letter is sent again, ever more rarely, and typing goes on', async () => {
  const d = desk();
  d.type('甲');
  await d.pass(1000);
  await d.refuse(cut);
  expect(d.phase()).toBe('cut');
  d.type('甲乙');
  await d.pass(2000);
  await d.refuse(cut);
  await d.pass(2000);
  expect(d.letters).toHaveLength(2); // 4 seconds this time
  await d.pass(2000);
  expect(d.letters.map((l) => l.key)).toEqual(Array(3).fill(d.letters[0]?.key));
  expect(d.letters.map((l) => l.content.title)).toEqual(['甲', '甲', '甲']);
  await d.accept('"2"');
  await d.pass(1000);
  expect(d.letters[3]).toMatchObject({ content: { title: '甲乙' }, version: '"2"' });
});

it('when the network is back it does not wait for its turn', async () => {
  const d = desk();
  d.type('甲');
  await d.pass(1000);
  await d.refuse(cut);
  d.save.retry();
  await d.pass(0);
  expect(d.letters).toHaveLength(2);
});

it('what the server refuses waits for a change, then goes again', async () => {
  const d = desk();
  d.type('长'.repeat(400));
  await d.pass(1000);
  await d.refuse(new Problem({ status: 422, errors: [{ field: 'title', message: '太长。' }] }));
  expect(d.phase()).toBe('refused');
  await d.pass(60_000);
  expect(d.letters).toHaveLength(1);
  d.type('短');
  await d.pass(1000);
  await d.accept('"2"');
  expect(d.phase()).toBe('saved');
});

it('somebody else was faster: nothing goes over theirs until it is settled', async () => {
  const d = desk();
  d.type('我的');
  await d.pass(1000);
  await d.refuse(overtaken({ content: { title: '她的' }, version: '"7"' }));
  expect(d.phase()).toBe('stale');
  expect(d.save.state.theirs?.content.title).toBe('她的');
  d.type('我的，又写');
  await d.pass(60_000);
  expect(d.letters).toHaveLength(1);
  expect(await d.save.flush()).toBe(false);

  d.page.title = '她的，我的，又写';
  d.save.settle();
  await d.pass(1000);
  expect(d.letters[1]).toMatchObject({ content: { title: '她的，我的，又写' }, version: '"7"' });
});

it('its own save, whose answer was lost, is nobody else', async () => {
  const d = desk();
  d.type('我的');
  await d.pass(1000);
  await d.refuse(overtaken({ content: { title: '我的' }, version: '"2"' }));
  expect(d.phase()).not.toBe('stale');
  await d.pass(1000);
  expect(d.phase()).toBe('saved');
  expect(d.save.version).toBe('"2"');
});

it('before an act everything is saved, also what is typed meanwhile', async () => {
  const d = desk();
  d.type('甲');
  const flushed = d.save.flush();
  await d.pass(0);
  d.type('甲乙');
  await d.accept('"2"');
  await d.accept('"3"');
  expect(await flushed).toBe(true);
  expect(d.letters.map((l) => [l.content.title, l.version])).toEqual([
    ['甲', '"1"'],
    ['甲乙', '"2"'],
  ]);
});

it('an act does not wait for a network that is cut', async () => {
  const d = desk();
  d.type('甲');
  const flushed = d.save.flush();
  await d.pass(0);
  await d.refuse(cut);
  expect(await flushed).toBe(false);
});

it('what was stopped is not sent', async () => {
  const d = desk();
  d.type('甲');
  d.save.stop();
  await d.pass(60_000);
  expect(d.letters).toHaveLength(0);
});
