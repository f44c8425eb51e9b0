import { figure } from './frame';

export const directory = {
  tabs: { all: '全部', topics: '专题', departments: '部门' },
  tabsLabel: '怎么找',
  topics: '专题',
  topicCount: (n: number) => `${figure(n)} 份文件`,
  departmentSearch: '按名称找部门',
  departmentNone: (q: string) => `没有名称里带“${q}”的部门`,
  below: (name: string, n: number) => `${name}下属 ${n} 个`,
};
