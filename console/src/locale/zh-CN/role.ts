/** Roles and rights, as people are told of them. */
export const roleNames: Record<string, string> = {
  system_administrator: '系统管理员',
  security_administrator: '安全管理员',
  auditor: '审计员',
  editor: '编辑',
  reviewer: '审核',
  case_handler: '承办人',
  office_head: '部门负责人',
  dispatcher: '受理中心',
  mayors_office: '市长办公室',
  supervisor: '市政府办（督办）',
};

/** What each role is for, in one line. */
export const roleLines: Record<string, string> = {
  system_administrator: '开设、停用账号，重设密码；维护部门、城市设置和日历',
  security_administrator: '授予、收回角色，重设动态验证码，结束登录、解除锁定',
  auditor: '查阅、导出审计记录；不能做别的事',
  editor: '在部门内编写信息公开的内容',
  reviewer: '在部门内审核要公开的内容',
  case_handler: '在部门内办理来信和申请',
  office_head: '看本部门及下属的人员，对本部门的办理负责',
  dispatcher: '受理来信并交办到部门',
  mayors_office: '处理市长信箱',
  supervisor: '督办全市的办理，查看人员和居民概况',
};

export const roleName = (role: string): string => roleNames[role] ?? role;

export const roleWords = {
  title: '角色',
  none: '还没有角色，登录后什么也做不了。',
  noneMine: '您还没有角色。请联系安全管理员授予。',
  whole: '全市',
  held: (role: string, department: string) => (department ? `${roleName(role)}（${department}）` : roleName(role)),
  pick: '选择角色',
  department: '在哪个部门（含下属）',
  add: '添加角色',
  remove: (role: string) => `收回“${role}”`,
  apart: '三权分立：系统管理员、安全管理员、审计员分由三个人担任，也不兼任其他角色。',
  oneself: '不能改自己的角色，请另一位安全管理员来做。',
  security: '角色由安全管理员授予。',
  founding: '还没有安全管理员登录过，角色暂由系统管理员授予。安全管理员第一次登录后，就归他来管。',
  clash: {
    'role.powers': '系统管理员、安全管理员、审计员不能兼任别的角色：请只留一个。',
    'role.department': '编辑、审核、承办人、部门负责人要选部门。',
    'role.twice': '同一个角色在同一个部门写了两次，请删去一个。',
  },
};

/** What may be done, as the home page says it. */
export const actNames: Record<string, string> = {
  'department.read': '查看部门',
  'department.edit': '新增、修改部门',
  'staff.read': '查看工作人员',
  'staff.open': '开设账号',
  'staff.edit': '修改姓名、职务和所在部门',
  'staff.close': '停用、启用账号，移交未办事项',
  'staff.password': '重设登录密码',
  'staff.grant': '授予、收回角色',
  'staff.factor': '重设动态验证码',
  'staff.sessions': '查看、结束他人的登录，解除锁定',
  'settings.read': '查看城市设置和日历',
  'settings.edit': '修改城市设置、发布隐私政策',
  'calendar.edit': '录入放假安排',
  'audit.read': '查阅审计记录',
  'audit.export': '导出审计记录',
  'document.read': '查看文件的草稿和办理过程',
  'document.write': '起草、修改文件并送审',
  'document.review': '审核、签发文件',
  'document.withdraw': '撤回公开的文件',
  'document.assign': '指定文件归哪个部门',
  'matter.write': '建立、修改事项，关联文件',
  'matter.release': '审核公开、合并事项',
  'feedback.read': '查看纠错与投诉建议',
  'feedback.answer': '答复纠错与投诉建议',
  'feedback.assign': '把纠错与投诉建议交给部门',
  'letter.read': '查看来信（不含联系方式）',
  'letter.enter': '录入电话、窗口、信函的来信',
  'letter.dispatch': '分派来信、不予受理、并案，审核终结',
  'letter.answer': '办理本部门的来信，拟答复',
  'letter.sign': '签发来信的答复',
  'letter.hand_over': '把本部门的来信移交给另一位同事',
  'letter.supervise': '督办来信，办理提级的来信',
  'letter.instruct': '查看写给市长的信，批示',
  'letter.publish': '拟公开的来信，确认答复仍然有效',
  'letter.release': '审核、签发、撤回公开的来信',
  'knowledge.read': '查看知识库和答复模板',
  'knowledge.write': '起草知识条目',
  'knowledge.confirm': '启用、修改、复核、停用本部门的知识条目',
  'knowledge.ask': '请部门复核知识条目',
  'reply_template.write': '修改答复模板',
  'resident.count': '查看居民数量和授权情况',
  'resident.erasures': '查看账号注销记录',
};

export const reachNames: Record<string, string> = { all: '全市', own: '本部门及下属' };
