/** What is said of how the city deals with letters. */
export const figures = {
  title: '来信办理情况',
  door: '来信办得怎么样',
  doorNote: '每个月、各部门：按期答复多少，解决多少',
  month: (year: string, month: string) => `${year}年${Number(month)}月收到的来信`,
  before: '上个月',
  after: '下个月',
  city: '全市',
  offices: '按主办部门',
  none: '这个月还没有收到来信',
  unassigned: '还没有分派',
  names: {
    received: '收到', answered: '已答复', on_time: '按期答复', solved: '来信人说解决了', overdue: '现在逾期',
    unsolved: '来信人说没有解决', unrated: '没有评价', explained: '只作解释说明', reopened: '再次办理',
    refused: '不予受理', ended: '终结办理',
  },
  median: '答复用时（中位数）',
  days: (n: number) => (n ? `${n} 天` : '当天'),
  letters: (n: number) => `${n} 封`,
  brief: (received: number, answered: number, overdue: number) =>
    [`收到 ${received}`, `答复 ${answered}`, overdue ? `逾期 ${overdue}` : ''].filter(Boolean).join(' · '),
  note: '按现在的情况统计。“解决”以来信人自己的评价为准，没有评价的不算解决。市政府办公室办理的，算在原来的主办部门。',
};
