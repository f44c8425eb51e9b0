/** What the player of voices says. */
export const listening = {
  listen: '听',
  listenAll: '听全文',
  listenThis: '听这篇解读',
  length: (clock: string) => `${clock} · 机器合成`,
  toolbar: '朗读',
  play: '播放',
  pause: '暂停',
  loading: '正在载入',
  back: '上一句',
  next: '下一句',
  speed: (rate: number) => `语速 ${rate}×`,
  speedShort: (rate: number) => `${rate}×`,
  sleep: (minutes: number, onward: boolean) =>
    `定时关闭：${minutes > 0 ? `${minutes}分` : minutes < 0 || !onward ? '读完本篇' : '连播，读完一篇接下一篇'}`,
  sleepShort: (minutes: number, onward: boolean) =>
    minutes > 0 ? `${minutes}分` : minutes < 0 ? '本篇' : onward ? '连播' : '读完',
  close: '关闭朗读',
  time: (now: string, whole: string) => `${now} / ${whole}`,
  made: '机器合成',
  failed: '声音没有载入，请看看网络，再点播放。',
};
