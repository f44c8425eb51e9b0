/** What is said of matters: one thing from asking people to the gazette. */
export const matter = {
  one: '事项',
  line: '来龙去脉',
  lineOf: (title: string) => `来龙去脉：${title}`,
  whole: '看整个事项',
  here: '正在看',
  next: '通常的下一步，还没有到',
  noDay: '日期不详',
  keeps: '整理部门',
  topics: '民生专题',
  onlyPublic: '这里只列现在公开的文件。',
  follow: '关注进展',
  toolbar: '关注和分享这个事项',
  followNote: '有新的一步时告诉我',
};
