/** The bars, and the pieces that every page is made of. */

/** 12,345; WeChat on Android has no Intl. */
export const figure = (n: number): string => String(n).replace(/\B(?=(\d{3})+$)/g, ',');

export const frame = {
  name: '鸢都政事',
  back: '返回',
  toHome: '回首页',
  close: '关闭',
  no: '取消',
  places: '主要页面',
  tabs: { home: '首页', policy: '政策', talk: '互动', mine: '我的' },
  offline: '离线：读过的内容还可以看',
};

export const trouble = {
  offline: '网络断开了。请检查手机的网络，然后重试。',
  timeout: '等了很久没有答复。请稍后再试。',
  busy: '服务器正忙。请过一会儿再试。',
  unreadable: '这里出了点问题。请过一会儿再试。',
};

export const pieces = {
  retry: '重试',
  loading: '正在读取…',
  nothing: '这里还没有内容',
  old: '暂时连不上服务，这是您上次读到的内容',
  request: (id: string) => `反映问题时请告知编号 ${id}`,
  total: (n: number, unit: string) => `共 ${figure(n)} ${unit}`,
  end: '已经到底了',
  more: '正在读取更多…',
  moreFailed: '后面的没有读到，点这里再试',
  tooMany: '只列出前 1,000 条。多写几个字，或加上筛选，可以更快找到。',
  copied: '已复制',
  copyFailed: '没有复制成功，请长按文字选择后复制',
  saved: '已保存',
  all: '查看全部',
  save: '保存',
  remove: '删除',
  clear: '清空',
};
