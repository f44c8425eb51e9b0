/**
 * Whole documents on the phone, for reading without a network: files of the mini program, or the browser's database.
 * Writing fails when the phone is full or does not let us; what can't be read or removed is not there.
 */
export interface Shelf {
  read(key: string): Promise<string | undefined>;
  write(key: string, text: string): Promise<void>;
  remove(key: string): Promise<void>;
}

// #ifdef MP-WEIXIN
const folder = `${wx.env.USER_DATA_PATH}/shelf`;
const path = (key: string) => `${folder}/${key.replace(/[^\w-]/g, '_')}.json`;
const files = () => uni.getFileSystemManager();

function inFolder(): Promise<void> {
  return new Promise((done) => files().mkdir({ dirPath: folder, recursive: true, complete: () => done() }));
}

const inFiles: Shelf = {
  read: (key) =>
    new Promise((done) =>
      files().readFile({
        filePath: path(key),
        encoding: 'utf8',
        success: (r) => done(r.data as string),
        fail: () => done(undefined),
      }),
    ),
  async write(key, text) {
    await inFolder();
    await new Promise<void>((done, fail) =>
      files().writeFile({ filePath: path(key), data: text, encoding: 'utf8', success: () => done(), fail }),
    );
  },
  remove: (key) => new Promise((done) => files().unlink({ filePath: path(key), complete: () => done() })),
};
// #endif

// #ifdef H5
const room = 'shelf';
let opened: Promise<IDBDatabase> | undefined;

function database(): Promise<IDBDatabase> {
  opened ??= new Promise<IDBDatabase>((done, fail) => {
    const asked = indexedDB.open('yuandu', 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore(room);
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => fail(asked.error);
  });
  return opened;
}

async function within<T>(mode: IDBTransactionMode, ask: (store: IDBObjectStore) => IDBRequest): Promise<T> {
  const work = (await database()).transaction(room, mode);
  return new Promise<T>((done, fail) => {
    const asked = ask(work.objectStore(room));
    work.oncomplete = () => done(asked.result as T);
    work.onabort = () => fail(work.error);
  });
}

const inDatabase: Shelf = {
  read: (key) => within<string | undefined>('readonly', (s) => s.get(key)).catch(() => undefined),
  write: (key, text) => within('readwrite', (s) => s.put(text, key)),
  remove: (key) => within<undefined>('readwrite', (s) => s.delete(key)).catch(() => undefined),
};
// #endif

function here(): Shelf {
  // #ifdef MP-WEIXIN
  return inFiles;
  // #endif
  // #ifdef H5
  return inDatabase;
  // #endif
}

export const shelf = here();
