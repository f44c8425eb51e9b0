/** Meetings beside their desk: what has to be made public of them, and where they stand. */
export const disclosureWords = {
  title: '待公开的会议',
  lead: '开过了、还有议题没有公开的会议。会后二十个工作日内要公开议定事项，或者写明不公开的法律依据（政府信息公开条例第二十六条）。',
  columns: { title: '会议', day: '开会', due: '最迟公开', waiting: '待公开', stage: '这一稿', department: '归口' },
  left: (days: number) => {
    if (days < 0) return `逾期 ${-days} 个工作日`;
    return days === 0 ? '今天到期' : `还有 ${days} 个工作日`;
  },
  waiting: (waiting: number, items: number) => (items ? `${items} 项中 ${waiting} 项` : '还没有写议题'),
  announced: '议程已公布',
  late: (n: number) => `逾期 ${n} 次`,
  yellow: (n: number) => `快到期 ${n} 次`,
  onTime: '都在期限内',
  empty: '没有待公开的会议',
  emptyLine: '开过的会议都公开了议定事项，或者写明了不公开的依据。',
};

export const columnWords = {
  title: '会议栏目',
  lead: '会议按栏目公开，居民可以订阅一个栏目。停用的栏目不再有新会议，原来的照样公开。',
  columns: { name: '名称', numbered: '编号', position: '排在第几', state: '状态' },
  numbered: '按次数编号',
  plain: '不编号',
  open: '在用',
  retired: '已停用',
  add: '加一个栏目',
  change: '修改栏目',
  name: '名称',
  nameHint: '1 到 20 个字，例如：防汛抗旱。',
  numberedHint: '像“十八届第63次”这样计次；加好以后不能改。',
  position: '排在第几',
  retire: '停用：不再有新会议',
  saved: '栏目保存了。',
};
