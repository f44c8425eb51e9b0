/** Bringing in many documents at once. */
import { figure } from './pieces';

export const importList = {
  title: '批量导入',
  lead: '把表格里的许多份文件一次变成草稿：先检查，您确认以后才生成，再一起送审、签发。',
  add: '导入一个文件',
  columns: { name: '文件', department: '归哪个部门', state: '进度', counts: '结果', at: '导入' },
  unit: '次',
  empty: '还没有导入过',
  emptyLine: '有一批以前的文件要公开，可以整理成 Excel 表格，一次导入。',
};

export const importStates: Record<string, string> = {
  reading: '正在检查',
  checked: '待确认',
  making: '正在生成草稿',
  made: '已生成草稿',
  failed: '不能导入',
  undone: '已撤销',
};

export const importStart = {
  title: '导入一个文件',
  lead: '先检查一遍，什么都不生成。检查完，您再决定要不要生成草稿。',
  department: '草稿归哪个部门',
  departmentHint: '这个部门的编辑可以修改，审核可以签发。',
  departmentNeeded: '请选草稿归哪个部门。',
  file: '文件',
  fileHint: '.xlsx、.csv 或 .jsonl，可以压成 .gz；最大 200 MB，最多 20,000 行。',
  fileNeeded: '请选一个文件。',
  drop: '把文件拖到这里，或者',
  choose: '选择文件',
  another: '换一个',
  tooLarge: (mb: number) => `这个文件有 ${mb} MB，最大 200 MB。请拆成几个文件。`,
  go: '开始检查',
  sending: (percent: number) => `正在上传 ${percent}%`,
  sendingLine: '上传完就开始检查。上传时请不要关闭这个页面。',
  cancel: '取消上传',
  steps: {
    title: '会发生什么',
    list: [
      '上传后系统逐行检查：列名认作什么、日期对不对、库里是不是已经有。',
      '您看检查结果。有误的行可以下载成表格，改好再导入。',
      '您确认后，可以导入的行变成草稿。库里已有的不会重复。',
      '草稿可以一份份改，也可以整批送审；由别人审核、签发以后才公开。',
    ],
  },
  template: '下载空白模板',
  meetingTemplate: '下载会议模板',
  meetingTemplateHint: '导入历次会议用：一行一项议题，名称和日期相同的合成一次会议。',
  templateHint: '列名已经写好，另有一张表说明每一列怎样填。您自己的表格也行，列名叫“标题”“正文”等就认得。',
};

/** Bytes as people say them. */
export function sizeOf(bytes: number): string {
  if (bytes < 1024) return `${bytes} 字节`;
  return bytes < 1024 * 1024 ? `${Math.ceil(bytes / 1024)} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

export const importRecord = {
  reading: '正在检查这个文件',
  readingLine: (rows: number) => `已看过 ${figure(rows)} 行`,
  making: '正在生成草稿',
  makingLine: (done: number, of: number) => `${figure(done)} / ${figure(of)} 份`,
  leave: '可以离开这个页面，系统会接着做。',
  failed: '这个文件不能导入',
  failedGo: '改好再导入',
  undone: '这次导入已撤销，没有留下草稿。',
  madeThenFailed: '没有全部生成：',
  figures: { rows: '共', ready: '可导入', here: '已有', wrong: '有误', made: '已生成草稿' } as Record<string, string>,
  figureHints: {
    ready: '将变成草稿',
    here: '库里或文件前面已经有，不再导入',
    wrong: '改好再导入',
    made: '每行一份草稿',
  } as Record<string, string>,
  warned: (n: number) => `其中 ${figure(n)} 行有疑问，不妨碍导入，请看一眼`,
  unit: '行',
  columns: '列名认作什么',
  columnsHint: '没有用到的列不会导入。',
  unused: '没有用到',
  sheet: (name: string) => `读的是工作表“${name}”。`,
  otherSheets: (names: string[]) => `另有 ${names.length} 张没有读：${names.join('、')}。`,
  facts: { file: '文件', size: '大小', department: '归哪个部门', by: '导入', at: '时间' },
  about: '这次导入',
  tabs: { ready: '可导入', warned: '有疑问', here: '已有', wrong: '有误', made: '已生成', left: '没办成' } as Record<string, string>,
  rows: '逐行的结果',
  rowColumns: { line: '行', document: '文件', told: '说明', stage: '进度' },
  untitled: '（没有标题）',
  interpretation: '解读',
  agendaItem: '会议议题',
  none: { ready: '没有可以导入的行', warned: '没有有疑问的行', here: '没有已有的行', wrong: '没有有误的行', made: '没有草稿', left: '没有没办成的' } as Record<
    string,
    string
  >,
  here: {
    line: (n: number) => `和第 ${figure(n)} 行是同一份`,
    stage: (name: string) => `库里已有，${name}`,
  },
  now: (value: string) => `现在写的是“${value}”`,
  deleted: '已删除',
  download: '下载待改正的行',
  downloadHint: '原来的列和顺序都在，最前面多一列“问题”。改好后直接导入这个表格。',
  fileGone: '原文件已过保存期限（90 天），请用您手里的原文件改正。',
  onlyThese: '只看这次批量导入的：',
  history: '审计记录',
};

export const importConfirm = {
  title: '确认导入',
  nothing: '没有可以导入的行。',
  sentence: (n: number, department: string) =>
    `将生成 ${figure(n)} 份草稿，归${department}。只是草稿，不会公开；送审、签发以后才公开。`,
  issuers: '这些发文机关不在部门名录里',
  issuersHint: '选它是哪个部门；不选的，按下面“其余”处理。',
  isDepartment: (name: string) => `“${name}”是哪个部门`,
  rows: (n: number) => `${figure(n)} 行`,
  moreIssuers: (n: number) => `另有 ${figure(n)} 个，按“其余”处理。`,
  issuer: '其余的发文机关算作',
  issuerHint: (n: number) => (n ? `有 ${figure(n)} 行没有写发文机关。` : '认不出发文机关的行用它。'),
  leaveOpen: '空着，以后再填',
  unexplained: '不配解读的理由',
  unexplainedHint: (n: number) => `有 ${figure(n)} 份既没有解读、也没有写理由，送审前要有一样。填在这里，这些都用它。`,
  unexplainedExample: '例如：以前发布的文件',
  written: (n: number) => `${figure(n)} 份没有成文日期，用发布日期`,
  noNumber: (n: number) => `${figure(n)} 份没有文号，送审时要说明理由，可以一次说明。`,
  go: (n: number) => `生成 ${figure(n)} 份草稿`,
  ask: '生成草稿吗？',
  done: '开始生成草稿。',
  undo: {
    button: '不导入了',
    title: '撤销这次导入？',
    sentence: '检查结果会留在列表里，不会生成草稿。',
    go: '撤销',
    done: '已撤销。',
  },
};

export const importBatch = {
  title: '整批办理',
  stages: '草稿走到哪一步',
  stageNames: {
    draft: '草稿',
    review: '待审核',
    scheduled: '待发布',
    published: '已发布',
    withdrawn: '已撤回',
    kept: '留存',
    '': '已删除',
  } as Record<string, string>,
  toPolicies: '看其中的政策文件',
  nothing: '现在没有您可以整批办理的。',
  own: '您写了这一批，审核和签发要由别人来。',
  acts: { submit: '送审', recall: '收回', return: '退回', sign: '签发', discard: '删除草稿' } as Record<string, string>,
  doing: { submit: '正在送审', recall: '正在收回', return: '正在退回', sign: '正在签发', discard: '正在删除' } as Record<string, string>,
  progress: (done: number, left: number, of: number) =>
    `${figure(done + left)} / ${figure(of)} 份${left ? `，${figure(left)} 份没办成` : ''}`,
  result: {
    title: (act: string) => `上一次：${act}`,
    line: (done: number, left: number) => `办成 ${figure(done)} 份${left ? `，没办成 ${figure(left)} 份` : '，全部办成'}。`,
    by: (name: string) => `${name}，`,
    why: '没办成的原因',
    count: (n: number) => `${figure(n)} 份`,
    example: '例如：',
    look: '看是哪些',
  },
  started: (act: string) => `开始${act}，可以离开这个页面。`,
  submit: {
    button: '全部送审',
    title: (n: number) => `把 ${figure(n)} 份草稿送审？`,
    sentence: '逐份检查。检查有发现的留在草稿里，会列出来；其余的送审，由别人审核。',
    excuses: '上次检查的发现',
    excusesHint: '可以保留的，写一个理由，这一类都用它。空着的仍留在草稿里。',
    reason: (n: number) => `${figure(n)} 份可以保留的理由`,
    mustMend: '这些要逐份改正，不能用理由保留：',
    note: '给审核人的话',
    go: '送审',
  },
  recall: {
    button: '全部收回',
    title: (n: number) => `收回 ${figure(n)} 份送审的文件？`,
    sentence: '它们回到草稿，可以接着改。',
    go: '收回',
  },
  return: {
    button: '全部退回',
    title: (n: number) => `退回 ${figure(n)} 份文件？`,
    sentence: '它们回到草稿，写的人会看到原因。',
    reason: '退回的原因',
    go: '退回',
  },
  sign: {
    button: '全部签发',
    title: (n: number) => `签发 ${figure(n)} 份文件`,
    sentence: '您签一次，对每一份都算数：每一份都有自己的版本、存证和审计记录。您点签发以后又改过的不会公开，会列出来。',
    noSecret: '我已对这一批作保密审查：没有国家秘密、工作秘密和不能公开的个人信息',
    go: (n: number) => `签发 ${figure(n)} 份`,
  },
  discard: {
    button: '删除全部草稿',
    title: (n: number) => `删除这次导入的 ${figure(n)} 份草稿？`,
    sentence: '只删除还是草稿的；送审、公开了的不动。30 天内可以一份份找回。',
    go: '删除',
  },
};
