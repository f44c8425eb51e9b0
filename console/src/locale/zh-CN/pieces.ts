/** The pieces that every page is made of. */

const figures = new Intl.NumberFormat('zh-CN');

/** 12,345 */
export const figure = (n: number): string => figures.format(n);

export const trouble = {
  offline: '连不上服务器。请检查网络，您填写的内容还在这个页面里。',
  timeout: '服务器 15 秒没有答复。请稍后再试，您填写的内容还在这个页面里。',
  unreadable: '服务器的答复读不懂。请刷新页面再试。',
  gone: '这条记录已经不在了。',
  request: (id: string) => `请求编号 ${id}`,
  copyRequest: '复制请求编号',
};

export const pieces = {
  retry: '重试',
  save: '保存',
  cancel: '取消',
  edit: '修改',
  none: '无',
  loading: '正在读取…',
  saved: '已保存',
  optional: '（可不填）',
  copy: '复制',
  copied: '已复制',
  copyFailed: '浏览器不让复制，请用鼠标选中后复制',
  old: '以下是之前读到的内容，最新的没有读到。',
  searchHint: '按 / 键跳到这里',
  clear: '清空',
  clearFilters: '清除筛选',
  sortBy: (title: string) => `按${title}排序`,
  total: (n: number, unit: string) => `共 ${figure(n)} ${unit}`,
  page: (page: number, of: number) => `第 ${figure(page)} / ${figure(of)} 页`,
  pages: '翻页',
  before: '上一页',
  next: '下一页',
  move: (name: string, at: number, of: number) => `移动“${name}”，现在第 ${at} 位，共 ${of} 位，用上下方向键移动`,
  moveHint: '拖动，或按上下方向键移动',
  movedTo: (name: string, at: number) => `“${name}”移到了第 ${at} 位`,
  tableKeys: '按 j、k 上下移动，回车打开',
  notFound: '没有找到',
  tryLess: '换几个字，或者清除筛选再看。',
};

export const forms = {
  wrong: (n: number) => `有 ${n} 处要改，改好后再提交。`,
  unsaved: '还没有保存',
  unsavedSentence: '离开这个页面，您刚才填写的内容就没有了。',
  stay: '留下继续填',
  leave: '放弃并离开',
  required: '请填写这一项。',
};

export const staleWords = {
  title: '刚才有人改过这里',
  sentence: '您打开之后，别人保存了新的内容。逐项选要留哪一个，然后再保存。',
  same: '别人改的和您填的一样，可以接着保存。',
  theirs: '现在的内容',
  mine: '您填写的',
  empty: '（空）',
  go: '就用选好的内容',
};
