package model

import "slices"

// Role is what somebody of the staff is to the house.
type Role string

// The roles. The first three are powers kept apart (GB/T 22239, 三权分立): none
// of them can act and hide it. The last three cover the whole city; the others
// hold within a department and all below it.
const (
	SystemAdministrator   Role = "system_administrator"
	SecurityAdministrator Role = "security_administrator"
	Auditor               Role = "auditor"
	Editor                Role = "editor"
	Reviewer              Role = "reviewer"
	CaseHandler           Role = "case_handler"
	OfficeHead            Role = "office_head"
	Dispatcher            Role = "dispatcher"
	MayorsOffice          Role = "mayors_office"
	Supervisor            Role = "supervisor"
)

// Roles lists every role, in the order in which people are shown them.
func Roles() []Role {
	return []Role{SystemAdministrator, SecurityAdministrator, Auditor, Editor, Reviewer, CaseHandler, OfficeHead,
		Dispatcher, MayorsOffice, Supervisor}
}

// Powers are the three roles of which nobody may hold two.
func Powers() []Role { return []Role{SystemAdministrator, SecurityAdministrator, Auditor} }

// IsPower says whether a role is one of the three powers.
func (r Role) IsPower() bool { return slices.Contains(Powers(), r) }

// InDepartment says whether a role is held within a department.
func (r Role) InDepartment() bool {
	return slices.Contains([]Role{Editor, Reviewer, CaseHandler, OfficeHead}, r)
}

// Act is something that staff may do or not.
type Act string

// The acts. An address of the console names one of them, or is open to
// everybody who is signed in.
const (
	ActReadDepartments Act = "department.read"
	ActEditDepartments Act = "department.edit"
	ActReadStaff       Act = "staff.read"
	ActOpenAccounts    Act = "staff.open"
	ActEditStaff       Act = "staff.edit"
	ActCloseAccounts   Act = "staff.close"
	ActResetPasswords  Act = "staff.password"
	ActGrantRoles      Act = "staff.grant"
	ActResetFactors    Act = "staff.factor"
	ActEndSessions     Act = "staff.sessions"
	ActReadSettings    Act = "settings.read"
	ActEditSettings    Act = "settings.edit"
	ActEditCalendar    Act = "calendar.edit"
	ActReadAudit       Act = "audit.read"
	ActExportAudit     Act = "audit.export"
	ActCountResidents  Act = "resident.count"
	ActReadErasures    Act = "resident.erasures"
	ActReadDocuments   Act = "document.read"
	ActWriteDocuments  Act = "document.write"
	ActReviewDocuments Act = "document.review"
	ActWithdraw        Act = "document.withdraw"
	ActAssignDocuments Act = "document.assign"
	ActMergeDocuments  Act = "document.merge"
	ActReadTopics      Act = "topic.read"
	ActEditTopics      Act = "topic.edit"

	ActEditMeetingColumns Act = "meeting_column.edit"
	ActAttendEvents       Act = "event.attend"
	ActEditGazetteYears   Act = "gazette_year.edit"

	ActReadOpinions   Act = "opinion.read"
	ActAnswerOpinions Act = "opinion.answer"

	ActReadWords      Act = "words.read"
	ActEditWords      Act = "words.edit"
	ActReadFeedback   Act = "feedback.read"
	ActAnswerFeedback Act = "feedback.answer"
	ActAssignFeedback Act = "feedback.assign"
	ActReadHome       Act = "home.read"
	ActEditHome       Act = "home.edit"
	ActReadTemplates  Act = "template.read"
	ActEditTemplates  Act = "template.edit"
	ActReadDeliveries Act = "delivery.read"
	ActReadPush       Act = "push.read"
	ActSteerPush      Act = "push.steer"
	ActReadVoices     Act = "voice.read"
	ActMakeVoices     Act = "voice.make"

	ActOpenLetters      Act = "letter.open"
	ActReadLetters      Act = "letter.read"
	ActEnterLetters     Act = "letter.enter"
	ActDispatchLetters  Act = "letter.dispatch"
	ActHandleLetters    Act = "letter.handle"
	ActAnswerLetters    Act = "letter.answer"
	ActSignLetters      Act = "letter.sign"
	ActHandOverLetters  Act = "letter.hand_over"
	ActSuperviseLetters Act = "letter.supervise"
	ActInstructLetters  Act = "letter.instruct"
	ActPublishLetters   Act = "letter.publish"
	ActReleaseLetters   Act = "letter.release"
	ActCallAuthors      Act = "letter.call"
	ActSetRobots        Act = "letter.robot"

	ActReadKnowledge       Act = "knowledge.read"
	ActWriteKnowledge      Act = "knowledge.write"
	ActConfirmKnowledge    Act = "knowledge.confirm"
	ActAskKnowledge        Act = "knowledge.ask"
	ActWriteReplyTemplates Act = "reply_template.write"

	ActWriteMatters   Act = "matter.write"
	ActReleaseMatters Act = "matter.release"
)

// On is the act where it is done to a document of a kind: letters that go public stay
// in the hands of those who handle letters.
func (a Act) On(kind Kind) Act {
	if of, known := ofLetters[a]; known && kind == KindLetter {
		return of
	}
	return a
}

var ofLetters = map[Act]Act{ActReadDocuments: ActReadLetters, ActWriteDocuments: ActPublishLetters,
	ActReviewDocuments: ActReleaseLetters, ActWithdraw: ActReleaseLetters}

// Reach is how far a role's right to an act goes.
type Reach int

// The reaches.
const (
	Nowhere    Reach = iota
	Own              // within the department of the grant and all below it
	Everywhere       // the whole house
)

// Permission is one line of the table of rights.
type Permission struct {
	Act   Act
	About string // in Chinese, as administrators and auditors read it
	Reach map[Role]Reach
}

// Permissions is the table of who may do what: there is no other.
// docs/permissions.md is written from it.
func Permissions() []Permission { return permissions }

var permissions = []Permission{
	{ActReadDepartments, "查看部门", everywhere(Roles()...)},
	{ActEditDepartments, "新增、修改部门", everywhere(SystemAdministrator)},
	{ActReadStaff, "查看工作人员", and(everywhere(SystemAdministrator, SecurityAdministrator, Auditor, Supervisor), own(OfficeHead))},
	{ActOpenAccounts, "开设账号", everywhere(SystemAdministrator)},
	{ActEditStaff, "修改姓名、职务和所在部门", everywhere(SystemAdministrator)},
	{ActCloseAccounts, "停用、启用账号和移交未办事项", everywhere(SystemAdministrator)},
	{ActResetPasswords, "重设登录密码", everywhere(SystemAdministrator)},
	{ActGrantRoles, "授予、收回角色", everywhere(SecurityAdministrator)},
	{ActResetFactors, "重设动态验证码", everywhere(SecurityAdministrator)},
	{ActEndSessions, "查看、结束他人的登录，解除锁定", everywhere(SecurityAdministrator)},
	{ActReadSettings, "查看城市设置和日历", everywhere(Roles()...)},
	{ActEditSettings, "修改城市设置、发布隐私政策", everywhere(SystemAdministrator)},
	{ActEditCalendar, "录入放假安排", everywhere(SystemAdministrator)},
	{ActReadAudit, "查阅审计记录", everywhere(Auditor)},
	{ActExportAudit, "导出审计记录", everywhere(Auditor)},
	{ActCountResidents, "查看居民数量和授权情况（不含姓名）", everywhere(SystemAdministrator, Auditor, Supervisor)},
	{ActReadErasures, "查看账号注销记录（不含姓名）", everywhere(SystemAdministrator, Auditor, Supervisor)},
	{ActReadDocuments, "查看文件的草稿、审核和修订记录", and(everywhere(Supervisor), own(Editor, Reviewer, OfficeHead))},
	{ActWriteDocuments, "起草、修改文件并送审", own(Editor)},
	{ActReviewDocuments, "审核、签发文件（不能审核自己写的）", own(Reviewer)},
	{ActWithdraw, "撤回已公开的文件", and(everywhere(Supervisor), own(Reviewer))},
	{ActAssignDocuments, "指定文件归哪个部门管理", everywhere(Supervisor)},
	{ActMergeDocuments, "合并重复的文件", and(everywhere(Supervisor), own(Reviewer))},
	{ActReadTopics, "查看专题", everywhere(Roles()...)},
	{ActEditTopics, "修改专题的顺序和说明", everywhere(Supervisor)},
	{ActEditMeetingColumns, "增加、修改会议栏目", everywhere(SystemAdministrator, Supervisor)},
	{ActEditGazetteYears, "规定公报一年应有几期，说明缺期", everywhere(SystemAdministrator, Supervisor)},
	{ActReadOpinions, "查看征集到的意见（不含署名以外的身份）", and(everywhere(Supervisor), own(Editor, Reviewer, OfficeHead))},
	{ActAnswerOpinions, "查看后公开意见，归并、答复意见，拟采纳情况", own(Editor, OfficeHead)},
	{ActAttendEvents, "查看活动的报名名单（看姓名、电话留下记录），现场签到", own(Editor, Reviewer, OfficeHead)},
	{ActWriteMatters, "建立、修改事项，关联文件", and(everywhere(Supervisor), own(Editor))},
	{ActReleaseMatters, "审核公开、合并事项（不能审核自己写的）", and(everywhere(Supervisor), own(Reviewer))},
	{ActReadWords, "查看词表", everywhere(Editor, Reviewer, OfficeHead, Supervisor)},
	{ActEditWords, "修改词表", everywhere(Supervisor)},
	{ActReadFeedback, "查看纠错与投诉建议（不含提出人）", and(everywhere(Supervisor), own(Editor, CaseHandler, OfficeHead))},
	{ActAnswerFeedback, "答复纠错与投诉建议，写内部备注", and(everywhere(Supervisor), own(Editor, CaseHandler, OfficeHead))},
	{ActAssignFeedback, "把纠错与投诉建议交给部门", everywhere(Supervisor)},
	{ActReadHome, "查看首页内容", everywhere(Editor, Reviewer, OfficeHead, Supervisor)},
	{ActEditHome, "修改首页的顺序、标题和公告", everywhere(Supervisor)},
	{ActReadTemplates, "查看消息模板", everywhere(SystemAdministrator, Auditor, Supervisor)},
	{ActEditTemplates, "修改消息模板，给自己试发", everywhere(SystemAdministrator)},
	{ActReadDeliveries, "查看推送的进展和结果（不含姓名）", and(everywhere(SystemAdministrator, Auditor, Supervisor), own(Editor, Reviewer, OfficeHead))},
	{ActReadPush, "查看消息的通断、快慢和订阅次数（不含姓名）", everywhere(SystemAdministrator, Auditor, Supervisor)},
	{ActSteerPush, "暂停、恢复发消息，重发没有发出的消息", everywhere(SystemAdministrator)},
	{ActReadVoices, "查看朗读的语音做好了没有", everywhere(SystemAdministrator, Editor, Reviewer, OfficeHead, Supervisor)},
	{ActMakeVoices, "让一份文件的语音重新生成", everywhere(SystemAdministrator, Supervisor)},
	{ActOpenLetters, "打开来信工作台", and(everywhere(Dispatcher, MayorsOffice, Supervisor), own(CaseHandler, OfficeHead))},
	{ActReadLetters, "查看来信（不含联系方式）", and(everywhere(Dispatcher, Supervisor), own(CaseHandler, OfficeHead))},
	{ActEnterLetters, "录入电话、窗口、信函的来信", and(everywhere(Dispatcher), own(CaseHandler))},
	{ActDispatchLetters, "分派、指定、并案、不予受理，审核终结", everywhere(Dispatcher)},
	{ActHandleLetters, "办理来信：部门办理本部门的，市政府办办理提级的", and(everywhere(Supervisor), own(CaseHandler, OfficeHead))},
	{ActAnswerLetters, "办理本部门的来信：认领、退回、协办、拟答复、延期", own(CaseHandler, OfficeHead)},
	{ActSignLetters, "签发来信的答复：部门签发本部门的，市政府办签发提级的", and(everywhere(Supervisor), own(OfficeHead))},
	{ActHandOverLetters, "把本部门的来信移交给另一位同事", own(OfficeHead)},
	{ActSuperviseLetters, "督办来信，办理提级的来信", everywhere(Supervisor)},
	{ActInstructLetters, "查看写给市长的信，批示", everywhere(MayorsOffice)},
	{ActPublishLetters, "拟公开的来信：隐去个人信息并送审，确认答复仍然有效", and(everywhere(Dispatcher), own(CaseHandler, OfficeHead))},
	{ActReleaseLetters, "审核、签发、撤回公开的来信（不能审核自己拟的）", and(everywhere(Supervisor), own(OfficeHead))},
	{ActCallAuthors, "抽样回访来信人，记下回访的结果", everywhere(Dispatcher, Supervisor)},
	{ActSetRobots, "设置部门接收来信晨报的群机器人", and(everywhere(SystemAdministrator), own(OfficeHead))},
	{ActReadKnowledge, "查看知识库和答复模板", and(everywhere(Dispatcher, Supervisor), own(CaseHandler, OfficeHead))},
	{ActWriteKnowledge, "起草知识条目：部门写本部门的，受理中心可以替各部门起草", and(everywhere(Dispatcher), own(CaseHandler, OfficeHead))},
	{ActConfirmKnowledge, "启用、修改、复核、停用本部门的知识条目", own(CaseHandler, OfficeHead)},
	{ActAskKnowledge, "请部门复核知识条目", everywhere(Dispatcher, Supervisor)},
	{ActWriteReplyTemplates, "修改答复模板：部门改本部门的，受理中心改全市的", and(everywhere(Dispatcher), own(CaseHandler, OfficeHead))},
}

func everywhere(roles ...Role) map[Role]Reach { return reaching(Everywhere, roles) }
func own(roles ...Role) map[Role]Reach        { return reaching(Own, roles) }

func reaching(reach Reach, roles []Role) map[Role]Reach {
	m := map[Role]Reach{}
	for _, r := range roles {
		m[r] = reach
	}
	return m
}

func and(a, b map[Role]Reach) map[Role]Reach {
	for r, reach := range b {
		a[r] = reach
	}
	return a
}

// ReachOf is how far a role's right to an act goes.
func ReachOf(r Role, act Act) Reach {
	for _, p := range permissions {
		if p.Act == act {
			return p.Reach[r]
		}
	}
	return Nowhere
}
