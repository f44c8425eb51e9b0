import { afterEach, expect, test, vi } from 'vitest';
import { useEnclosing } from './enclosing';
import { enclosures, type HandedIn } from '@/api/letter';
import { Problem } from '@/api/problem';
import { letter as words } from '@/locale/zh-CN';

vi.mock('@/api/letter', () => ({ enclosures: { handIn: vi.fn(), drop: vi.fn(async () => undefined) } }));
vi.mock('@/api/client', () => ({ newKey: () => `k${(n += 1)}` }));
let n = 0;

const most = () => 20 * 1024 * 1024;
const chosen = (name: string, size = 1000) => ({ name, size, path: `/phone/${name}` });
const taken = (name: string): HandedIn => ({ id: `id-${name}`, name, media_type: 'image/jpeg', size: 900, sm3: '', warnings: [] });
const settled = () => new Promise((done) => setTimeout(done));

afterEach(() => void vi.clearAllMocks());

test('pictures go one after another, and the letter names those that arrived', async () => {
  let letGo: (() => void) | undefined;
  vi.mocked(enclosures.handIn).mockImplementation(async ({ name }, _, told) => {
    told(0.5);
    await new Promise<void>((done) => (letGo = done));
    return taken(name);
  });
  let files: string[] = [];
  const all = useEnclosing((list) => (files = list.map((f) => f.id)), most);
  all.add([chosen('a.jpg'), chosen('b.jpg')]);
  expect(all.list.map((e) => `${e.state} ${e.percent}`)).toEqual(['sending 50', 'waiting 0']);
  letGo?.();
  await settled();
  expect(all.list.map((e) => e.state)).toEqual(['done', 'sending']);
  letGo?.();
  await settled();
  expect([files, all.uploading.value]).toEqual([['id-a.jpg', 'id-b.jpg'], false]);
});

test('what did not arrive is sent again under its key; what was refused says why', async () => {
  const keys: string[] = [];
  vi.mocked(enclosures.handIn)
    .mockImplementationOnce(async (_, key) => Promise.reject([keys.push(key), Problem.own('offline')][1]))
    .mockImplementationOnce(async ({ name }, key) => (keys.push(key), taken(name)))
    .mockRejectedValueOnce(new Problem({ status: 422, code: 'letter.file_type', detail: '不能附视频' }));
  const all = useEnclosing(() => undefined, most);
  all.add([chosen('a.jpg')]);
  await settled();
  const [first] = all.list;
  expect([first?.state, all.failed.value]).toEqual(['failed', true]);
  if (first) all.again(first);
  await settled();
  expect([first?.state, keys[0] === keys[1]]).toEqual(['done', true]);
  all.add([chosen('b.dat')]);
  await settled();
  expect(all.list[1]).toMatchObject({ state: 'refused', why: '不能附视频' });
});

test('a film, a HEIC picture and what is too large do not even leave', () => {
  const all = useEnclosing(() => undefined, most);
  all.add([chosen('路.mp4'), chosen('a.heic'), chosen('b.png', 30 * 1024 * 1024)]);
  expect(all.list.map((e) => e.why)).toEqual([words.notFile.video, words.notFile.heic, words.notFile.large]);
  expect(enclosures.handIn).not.toHaveBeenCalled();
});

test('what is taken out is taken out of the house too, also while it is on its way', async () => {
  let letGo: (() => void) | undefined;
  vi.mocked(enclosures.handIn).mockImplementation(async ({ name }) => {
    await new Promise<void>((done) => (letGo = done));
    return taken(name);
  });
  const all = useEnclosing(() => undefined, most);
  all.restore([{ id: 'old', name: 'old.jpg', media_type: 'image/jpeg', size: 1 }]);
  all.add([chosen('a.jpg')]);
  all.remove(all.list[1]!);
  letGo?.();
  await settled();
  all.remove(all.list[0]!);
  expect(vi.mocked(enclosures.drop).mock.calls.map(([id]) => id)).toEqual(['id-a.jpg', 'old']);
  expect(all.list).toEqual([]);
});
