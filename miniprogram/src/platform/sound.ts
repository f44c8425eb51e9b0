/**
 * The one sound that plays: in WeChat it goes on in the background, where the phone shows its title; in a browser it is
 * an audio element. What was heard stays on the phone, within a bound, for hearing it without a network.
 */
import { house } from './house';
import { recall, remember } from './storage';
import { keptSounds } from '@/model/heard';

/** What whoever plays a sound is told. ms: where it is. */
export interface Listener {
  heard: (ms: number) => void;
  plays: () => void;
  pauses: () => void;
  ends: () => void;
  /** skips: by the buttons of the phone itself. */
  skips: (step: number) => void;
  fails: () => void;
}

export interface Sound {
  /** Plays from a moment on, in ms. */
  load: (url: string, title: string, ms: number, rate: number) => Promise<void>;
  play: () => void;
  pause: () => void;
  seek: (ms: number) => void;
  rate: (rate: number) => void;
  stop: () => void;
}

/** How much of sounds stays on the phone, in bytes: some four hours. */
const mostKept = 60_000_000;
const place = 'sounds';

interface KeptSound {
  url: string;
  path: string;
  size: number;
  at: number;
}

const list = (): KeptSound[] => recall<KeptSound[]>(place) ?? [];

/** Notes a sound that is kept, and lets the oldest go. */
function note(one: KeptSound, drop: (gone: KeptSound) => void): void {
  const { stay, go } = keptSounds([one, ...list().filter((k) => k.url !== one.url)], mostKept);
  go.forEach(drop);
  remember(place, stay);
}

// #ifdef MP-WEIXIN
function ofWeChat(listener: Listener): Sound {
  const manager = uni.getBackgroundAudioManager();
  let from = 0;
  manager.onTimeUpdate(() => listener.heard(manager.currentTime * 1000));
  manager.onPlay(() => {
    if (from > 0) manager.seek(from / 1000);
    from = 0;
    listener.plays();
  });
  manager.onPause(listener.pauses);
  manager.onStop(listener.pauses);
  manager.onEnded(listener.ends);
  manager.onError(listener.fails);
  manager.onPrev(() => listener.skips(-1));
  manager.onNext(() => listener.skips(1));
  return {
    load: async (url, title, ms, rate) => {
      const kept = list().find((k) => k.url === url);
      from = ms;
      manager.title = title; // without one it does not play
      manager.epname = title;
      (manager as unknown as { playbackRate: number }).playbackRate = rate;
      manager.src = kept?.path ?? house + url;
      if (!kept) fetchSound(url);
    },
    play: () => manager.play(),
    pause: () => manager.pause(),
    seek: (ms) => manager.seek(ms / 1000),
    rate: (rate) => {
      (manager as unknown as { playbackRate: number }).playbackRate = rate;
    },
    stop: () => manager.stop(),
  };
}

const folder = () => `${wx.env.USER_DATA_PATH}/sounds`;

function fetchSound(url: string): void {
  const files = uni.getFileSystemManager();
  const path = `${folder()}/${url.replace(/^.*\//, '')}`;
  const keep = () =>
    uni.downloadFile({
      url: house + url,
      filePath: path,
      success: (r) => {
        if (r.statusCode !== 200) return files.unlink({ filePath: path });
        files.getFileInfo({
          filePath: path,
          success: ({ size }) =>
            note({ url, path, size, at: Date.now() }, (gone) => files.unlink({ filePath: gone.path })),
        });
      },
    });
  files.mkdir({ dirPath: folder(), recursive: true, complete: keep });
}
// #endif

// #ifdef H5
const cabinet = 'sounds';

/** Where a sound plays from: what is kept, else the house. */
async function sourceOf(url: string): Promise<string> {
  if (!('caches' in window)) return url; // on an address that is not secure
  const kept = await caches.open(cabinet).then((c) => c.match(url)).catch(() => undefined);
  return kept ? URL.createObjectURL(await kept.blob()) : url;
}

/** Keeps a sound whole. What the browser does not let us keep is asked for again. */
async function keepSound(url: string): Promise<void> {
  if (!('caches' in window)) return;
  try {
    const kept = await caches.open(cabinet);
    await kept.add(url);
    const size = Number((await kept.match(url))?.headers.get('Content-Length')) || 0;
    note({ url, path: '', size, at: Date.now() }, (gone) => void kept.delete(gone.url));
  } catch {
    // without a network, or without room
  }
}

function ofBrowser(listener: Listener): Sound {
  const audio = new Audio();
  let object = '';
  let loads = 0;
  audio.preload = 'auto';
  audio.ontimeupdate = () => listener.heard(audio.currentTime * 1000);
  audio.onplaying = listener.plays;
  audio.onpause = () => !audio.ended && listener.pauses();
  audio.onended = listener.ends;
  audio.onerror = () => audio.getAttribute('src') && listener.fails();
  const play = () => void audio.play().catch(() => listener.pauses());
  const drop = () => {
    if (object) URL.revokeObjectURL(object);
    object = '';
  };
  const skip = (step: number) => () => listener.skips(step);
  if ('mediaSession' in navigator) {
    navigator.mediaSession.setActionHandler('previoustrack', skip(-1));
    navigator.mediaSession.setActionHandler('nexttrack', skip(1));
  }
  return {
    load: async (url, title, ms, rate) => {
      const mine = (loads += 1);
      const source = await sourceOf(url);
      if (mine !== loads) return;
      drop();
      if (source !== url) object = source;
      audio.src = source;
      audio.defaultPlaybackRate = rate;
      audio.playbackRate = rate;
      audio.currentTime = ms / 1000;
      if ('mediaSession' in navigator) navigator.mediaSession.metadata = new MediaMetadata({ title });
      play();
      if (source === url) void keepSound(url);
    },
    play,
    pause: () => audio.pause(),
    seek: (ms) => {
      audio.currentTime = ms / 1000;
    },
    rate: (rate) => {
      audio.defaultPlaybackRate = rate;
      audio.playbackRate = rate;
    },
    stop: () => {
      loads += 1;
      audio.pause();
      audio.removeAttribute('src');
      audio.load();
      drop();
    },
  };
}
// #endif

/** The player of this platform. */
export function newSound(listener: Listener): Sound {
  // #ifdef MP-WEIXIN
  return ofWeChat(listener);
  // #endif
  // #ifdef H5
  return ofBrowser(listener);
  // #endif
}

/** Whether a sound goes on when its page is left: WeChat shows it above all pages. */
export function goesOnElsewhere(): boolean {
  // #ifdef MP-WEIXIN
  return true;
  // #endif
  // #ifdef H5
  return false;
  // #endif
}
