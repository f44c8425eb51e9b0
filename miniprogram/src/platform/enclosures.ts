/** Pictures and files that somebody chooses on the phone, and their own ones that the house keeps for them alone. */
import { NoAnswer, type Reply } from './network';

/** What was chosen. path: where it can be shown from while the mini program is open. */
export interface Chosen {
  name: string;
  size: number; // bytes
  path: string;
  content?: Blob; // in a browser
}

/** The phone did not let us choose: leave was refused, or it has no way to. */
export class NotChosen extends Error {}

/** Lets somebody choose pictures, or take them; none where they thought better of it. */
export function choosePictures(most: number): Promise<Chosen[]> {
  // #ifdef MP-WEIXIN
  return new Promise((done, fail) =>
    uni.chooseMedia({
      count: most,
      mediaType: ['image'],
      sizeType: ['compressed'], // as JPEG, what an iPhone has as HEIC too
      success: ({ tempFiles }) =>
        done(tempFiles.map((f, i) => ({ name: nameOf(f.tempFilePath, i), size: f.size, path: f.tempFilePath }))),
      fail: (e) => given((e as { errMsg: string }).errMsg, done, fail),
    }),
  );
  // #endif
  // #ifdef H5
  return fromBrowser(most, 'image/*');
  // #endif
}

/** Lets somebody choose files; in WeChat out of a conversation, there is no other way. */
export function chooseFiles(most: number): Promise<Chosen[]> {
  // #ifdef MP-WEIXIN
  return new Promise((done, fail) =>
    wx.chooseMessageFile({
      count: most,
      type: 'file',
      success: ({ tempFiles }) => done(tempFiles.map(({ name, size, path }) => ({ name, size, path }))),
      fail: ({ errMsg }) => given(errMsg, done, fail),
    }),
  );
  // #endif
  // #ifdef H5
  return fromBrowser(most, '');
  // #endif
}

/** Whether files come out of a conversation of WeChat, which has to be said. */
export function filesFromChat(): boolean {
  // #ifdef MP-WEIXIN
  return true;
  // #endif
  // #ifdef H5
  return false;
  // #endif
}

export interface Handed {
  url: string;
  head: Record<string, string>;
  given: Chosen;
  patience: number; // ms
  told: (part: number) => void;
}

/** Sends a file: in WeChat as a form, in a browser as the whole body; `told` hears how much has left, 0 to 1. */
export function sendFile(asked: Handed): Promise<Reply> {
  // #ifdef MP-WEIXIN
  return new Promise((done, fail) => {
    const sending = uni.uploadFile({
      url: asked.url,
      name: 'file',
      filePath: asked.given.path,
      header: asked.head,
      timeout: asked.patience,
      success: (r) => done({ status: r.statusCode, head: {}, body: parsed(r.data) }),
      fail: (e) => fail(unsent((e as { errMsg?: string }).errMsg ?? '')),
    });
    sending.onProgressUpdate(({ progress }) => asked.told(progress / 100));
  });
  // #endif
  // #ifdef H5
  const request = opened('POST', asked.url, { ...asked.head, 'Content-Type': 'application/octet-stream' });
  request.timeout = asked.patience;
  request.upload.onprogress = (e) => e.lengthComputable && asked.told(e.loaded / e.total);
  return answered(request, asked.given.content, () => ({
    status: request.status,
    head: {},
    body: parsed(request.responseText),
  }));
  // #endif
}

/** Fetches one's own file, and gives where on the phone it can be shown from. */
export function fetchFile(url: string, head: Record<string, string>): Promise<{ status: number; path: string }> {
  // #ifdef MP-WEIXIN
  return new Promise((done, fail) =>
    uni.downloadFile({
      url,
      header: head,
      success: (r) => done({ status: r.statusCode, path: r.tempFilePath }),
      fail: () => fail(new NoAnswer('offline')),
    }),
  );
  // #endif
  // #ifdef H5
  const request = opened('GET', url, head);
  request.responseType = 'blob';
  return answered(request, undefined, () => ({
    status: request.status,
    path: request.status === 200 ? URL.createObjectURL(request.response as Blob) : '',
  }));
  // #endif
}

/** Opens a file that lies on the phone. */
export function openHere(path: string, name: string): Promise<void> {
  // #ifdef MP-WEIXIN
  const fileType = ending(name) as 'pdf';
  return new Promise((done, fail) =>
    uni.openDocument({ filePath: path, fileType, showMenu: true, success: () => done(), fail }),
  );
  // #endif
  // #ifdef H5
  const link = document.createElement('a');
  link.href = path;
  link.download = name;
  link.click();
  return Promise.resolve();
  // #endif
}

// #ifdef MP-WEIXIN
const ending = (name: string) => /\.(\w+)$/.exec(name)?.[1]?.toLowerCase() ?? '';

/** Why a file did not leave: the phone has it no more, or the network let it down. */
function unsent(said: string): Error {
  if (/file|path/i.test(said.replace(/^uploadFile:/, ''))) return new NotChosen('unreadable');
  return new NoAnswer(/timeout/i.test(said) ? 'timeout' : 'offline');
}
const nameOf = (path: string, i: number) => `${i + 1}.${ending(path) || 'jpg'}`;

/** Who thinks better of it has chosen nothing; all else is trouble. */
function given(said: string, done: (none: Chosen[]) => void, fail: (why: NotChosen) => void): void {
  if (/cancel/i.test(said)) done([]);
  else fail(new NotChosen(said));
}
// #endif

// #ifdef H5
function fromBrowser(most: number, accept: string): Promise<Chosen[]> {
  const field = document.createElement('input');
  Object.assign(field, { type: 'file', multiple: most > 1, accept });
  return new Promise((done) => {
    field.onchange = () => done(Array.from(field.files ?? [], chosen));
    field.oncancel = () => done([]);
    field.click();
  });
}

function chosen(file: File): Chosen {
  return { name: file.name, size: file.size, path: URL.createObjectURL(file), content: file };
}

function opened(method: string, url: string, head: Record<string, string>): XMLHttpRequest {
  const request = new XMLHttpRequest();
  request.open(method, url);
  for (const [name, value] of Object.entries(head)) request.setRequestHeader(name, value);
  return request;
}

function answered<T>(request: XMLHttpRequest, body: Blob | undefined, answer: () => T): Promise<T> {
  return new Promise((done, fail) => {
    request.onload = () => done(answer());
    request.onerror = () => fail(new NoAnswer('offline'));
    request.ontimeout = () => fail(new NoAnswer('timeout'));
    request.send(body);
  });
}
// #endif

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
