/** Files of documents: opened on the phone, or saved. */
import { webAddress } from './house';

/** Opens a file; the phone's own viewer lets it be passed on and saved. What WeChat shows not is passed on at once. */
export function openFile(url: string, name: string): Promise<void> {
  // #ifdef MP-WEIXIN
  return download(url).then(
    (path) =>
      new Promise((done, fail) => {
        const told = { filePath: path, success: () => done(), fail };
        const fileType = ending(name) as 'pdf';
        if (viewed.includes(fileType)) uni.openDocument({ ...told, fileType, showMenu: true });
        else wx.shareFileMessage({ ...told, fileName: name }); // to somebody, or to one's own computer
      }),
  );
  // #endif
  // #ifdef H5
  window.open(url, '_blank', 'noopener');
  return Promise.resolve();
  // #endif
}

/** Saves a file: in a browser among the downloads; in WeChat it is opened, where it can be saved or passed on. */
export function saveFile(url: string, name: string): Promise<void> {
  // #ifdef MP-WEIXIN
  return openFile(url, name);
  // #endif
  // #ifdef H5
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  return Promise.resolve();
  // #endif
}

/** Shows pictures one can enlarge. */
export function showPictures(urls: string[], current: string): void {
  uni.previewImage({ urls: urls.map(whole), current: whole(current) });
}

/** The whole address of a file: the web build takes a path for one of its own. */
export function whole(url: string): string {
  return url.startsWith('/') ? webAddress(url) : url;
}

// #ifdef MP-WEIXIN
/** What WeChat shows itself. */
const viewed = ['pdf', 'doc', 'docx', 'xls', 'xlsx', 'ppt', 'pptx'];
const ending = (name: string) => /\.(\w+)$/.exec(name)?.[1]?.toLowerCase() ?? '';

function download(url: string): Promise<string> {
  return new Promise((done, fail) =>
    uni.downloadFile({
      url: whole(url),
      success: (r) => (r.statusCode === 200 ? done(r.tempFilePath) : fail(new Error(String(r.statusCode)))),
      fail,
    }),
  );
}
// #endif
