package handler

import (
	"net/http"
	"reflect"

	"github.com/danielgtaylor/huma/v2"
	"github.com/labstack/echo/v4"

	"yuandu/model"
)

// routes is every address of the house on one screen.
func (h *handler) routes(e *echo.Echo, api huma.API) {
	get[PolicyPage](api, "/api/v1/policies", "policies", "查找政策文件", h.listPolicies)
	get[PolicyDetail](api, "/api/v1/policies/{id}", "policies", "一份政策文件", h.getPolicy)
	get[SuggestionPage](api, "/api/v1/policies/suggest", "policies", "边输入边提示", h.suggestPolicies)
	get[InterpretationDetail](api, "/api/v1/interpretations/{id}", "policies", "一份解读", h.getInterpretation)
	get[Proof](api, "/api/v1/policies/{id}/proof", "policies", "政策文件的存证", h.getProof(model.KindPolicy))
	get[Comparison](api, "/api/v1/policies/{id}/compare", "policies", "政策文件的两版对照", h.getComparison(model.KindPolicy))
	get[Comparison](api, "/api/v1/interpretations/{id}/compare", "policies", "解读的两版对照", h.getComparison(model.KindInterpretation))
	get[MatchPage](api, "/api/v1/proof/{sm3}", "policies", "核验一个 SM3 值", h.getMatches)
	get[Proof](api, "/api/v1/interpretations/{id}/proof", "policies", "解读的存证", h.getProof(model.KindInterpretation))
	get[TopicPage](api, "/api/v1/topics", "directory", "民生专题", h.listTopics)
	get[DepartmentPage](api, "/api/v1/departments", "directory", "部门一览", h.listDepartments)
	get[KindsPage](api, "/api/v1/search", "search", "一次查找各类信息", h.searchAll)
	get[HotWordPage](api, "/api/v1/search/hot", "search", "大家都在搜", h.hotWords)

	get[HomePage](api, "/api/v1/home", "city", "首页内容", h.getHome)
	get[City](api, "/api/v1/city", "city", "城市和互动栏目", h.getCity)
	get[Privacy](api, "/api/v1/privacy", "city", "现行隐私政策", h.getPrivacy)

	act(h, api, "POST", "/api/v1/login", anyone, "微信登录", h.login)
	act(h, api, "POST", "/api/v1/logout", arrived, "退出登录", h.logout)
	act(h, api, "GET", "/api/v1/me", arrived, "我的账号", h.getMe)
	act(h, api, "PATCH", "/api/v1/me", resident, "修改称呼", h.rename)
	act(h, api, "DELETE", "/api/v1/me", arrived, "注销账号", h.eraseMe)
	act(h, api, "POST", "/api/v1/me/consent", arrived, "同意隐私政策", h.agree)
	act(h, api, "DELETE", "/api/v1/me/consent", arrived, "撤回同意", h.withdraw)
	act(h, api, "POST", "/api/v1/me/phone", resident, "绑定手机号", h.bindPhone)
	act(h, api, "DELETE", "/api/v1/me/phone", resident, "解绑手机号", h.unbindPhone)
	act(h, api, "GET", "/api/v1/me/devices", resident, "登录的设备", h.listDevices)
	act(h, api, "DELETE", "/api/v1/me/devices/{id}", resident, "让一台设备退出", h.endDevice)
	create(h, api, "/api/v1/feedback", resident, "提交纠错、投诉或建议", h.giveFeedback)
	act(h, api, "GET", "/api/v1/me/feedback", resident, "我的纠错与投诉建议", h.listMyFeedback)
	act(h, api, "GET", "/api/v1/me/feedback/{id}", resident, "我的一件纠错或投诉建议", h.getMyFeedback)
	act(h, api, "POST", "/api/v1/me/feedback/{id}/additions", resident, "补充说明", h.addToFeedback)
	act(h, api, "POST", "/api/v1/me/feedback/{id}/rating", resident, "评价答复", h.rateFeedback)
	act(h, api, "GET", "/api/v1/erasures/{id}", anyone, "注销证明", h.getErasure)

	act(h, api, "GET", "/api/v1/me/favourites", resident, "我的收藏", h.listFavourites)
	act(h, api, "PUT", "/api/v1/me/favourites/{kind}/{id}", resident, "收藏一份文件", h.keepFavourite)
	act(h, api, "DELETE", "/api/v1/me/favourites/{kind}/{id}", resident, "取消收藏", h.dropFavourite)
	act(h, api, "GET", "/api/v1/me/follows", resident, "我的订阅", h.listFollows)
	act(h, api, "PUT", "/api/v1/me/follows/{kind}/{key}", resident, "订阅专题、部门或文件", h.follow)
	act(h, api, "PATCH", "/api/v1/me/follows/{kind}/{key}", resident, "多久告知一次，暂停或恢复", h.editFollow)
	act(h, api, "DELETE", "/api/v1/me/follows/{kind}/{key}", resident, "取消订阅", h.unfollow)
	act(h, api, "POST", "/api/v1/me/follows/pause", resident, "全部暂停或恢复", h.pauseFollows)
	act(h, api, "GET", "/api/v1/me/searches", resident, "一个搜索订阅了没有", h.getSearch)
	act(h, api, "POST", "/api/v1/me/searches", resident, "订阅一个搜索", h.followSearch)
	act(h, api, "GET", "/api/v1/me/credits", resident, "还能在微信里提醒我几次", h.listCredits)
	act(h, api, "POST", "/api/v1/me/credits", resident, "报告微信订阅消息的请求结果", h.reportCredits)
	act(h, api, "GET", "/api/v1/me/notices", resident, "我的消息", h.listNotices)
	act(h, api, "POST", "/api/v1/me/notices/read", resident, "消息全部标为已读", h.readAllNotices)
	act(h, api, "POST", "/api/v1/me/notices/{id}/read", resident, "读了一条消息", h.readNotice)
	act(h, api, "DELETE", "/api/v1/me/notices/{id}", resident, "删除一条消息", h.deleteNotice)
	act(h, api, "GET", "/api/v1/me/push-settings", resident, "何时、多少微信消息", h.getPushSettings)
	act(h, api, "PUT", "/api/v1/me/push-settings", resident, "修改何时、多少微信消息", h.setPushSettings)
	act(h, api, "GET", "/api/v1/me/marks/{kind}/{id}", resident, "收藏、订阅了没有", h.getMarks)

	act(h, api, "POST", "/api/v1/me/trial-code", resident, "消息试发：取一个码，给控制台用", h.trialCode)

	e.GET("/api/v1/me/export", h.exportMe)
	h.guard("GET", "/api/v1/me/export", arrived)

	known := staffAt(model.StageFactor, model.StagePassword, model.StageEnrol, model.StageFull)
	act(h, api, "POST", "/admin/v1/sign-in", anyone, "登录第一步：密码", h.signIn)
	act(h, api, "POST", "/admin/v1/sign-in/code", staffAt(model.StageFactor), "登录第二步：动态验证码", h.signInByCode)
	act(h, api, "POST", "/admin/v1/sign-in/recovery", staffAt(model.StageFactor), "登录第二步：恢复码", h.signInByRecovery)
	act(h, api, "POST", "/admin/v1/sign-out", known, "退出登录", h.signOut)
	act(h, api, "GET", "/admin/v1/session", known, "现在是谁登录，可以做什么", h.getSession)
	act(h, api, "POST", "/admin/v1/me/password", staffAt(model.StagePassword, model.StageFull), "修改密码", h.changePassword)
	act(h, api, "POST", "/admin/v1/me/factor", staffAt(model.StageEnrol), "绑定动态验证码：取二维码", h.enrol)
	act(h, api, "POST", "/admin/v1/me/factor/confirm", staffAt(model.StageEnrol), "绑定动态验证码：确认", h.confirmFactor)
	act(h, api, "POST", "/admin/v1/me/recovery-codes", anyStaff, "重新生成恢复码", h.renewRecovery)
	act(h, api, "GET", "/admin/v1/me/sessions", anyStaff, "我的登录", h.mySessions)
	act(h, api, "DELETE", "/admin/v1/me/sessions/{id}", anyStaff, "结束我的一个登录", h.endMySession)

	act(h, api, "GET", "/admin/v1/staff", may(model.ActReadStaff), "工作人员", h.listStaff)
	act(h, api, "POST", "/admin/v1/staff", may(model.ActOpenAccounts), "开设账号", h.openStaff)
	act(h, api, "GET", "/admin/v1/staff/{id}", may(model.ActReadStaff), "一位工作人员", h.getStaff)
	act(h, api, "PUT", "/admin/v1/staff/{id}", may(model.ActEditStaff), "修改姓名、职务和部门", h.editStaff)
	act(h, api, "PUT", "/admin/v1/staff/{id}/grants", may(model.ActGrantRoles), "授予、收回角色", h.grantStaff)
	act(h, api, "POST", "/admin/v1/staff/{id}/close", may(model.ActCloseAccounts), "停用账号，移交未办事项", h.closeStaff)
	act(h, api, "POST", "/admin/v1/staff/{id}/reopen", may(model.ActCloseAccounts), "重新启用账号", h.reopenStaff)
	act(h, api, "POST", "/admin/v1/staff/{id}/password", may(model.ActResetPasswords), "重设密码", h.resetPassword)
	act(h, api, "POST", "/admin/v1/staff/{id}/factor/reset", may(model.ActResetFactors), "重设动态验证码", h.resetFactor)
	act(h, api, "POST", "/admin/v1/staff/{id}/unlock", may(model.ActEndSessions), "解除锁定", h.unlockStaff)
	act(h, api, "GET", "/admin/v1/staff/{id}/sessions", may(model.ActEndSessions), "一位工作人员的登录", h.staffSessions)
	act(h, api, "DELETE", "/admin/v1/staff/{id}/sessions/{session}", may(model.ActEndSessions), "结束他人的一个登录", h.endStaffSession)

	act(h, api, "GET", "/admin/v1/departments", may(model.ActReadDepartments), "全部部门", h.listOffices)
	act(h, api, "POST", "/admin/v1/departments", may(model.ActEditDepartments), "新增部门", h.addOffice)
	act(h, api, "PUT", "/admin/v1/departments/{id}", may(model.ActEditDepartments), "修改部门", h.editOffice)
	act(h, api, "DELETE", "/admin/v1/departments/{id}", may(model.ActEditDepartments), "删去没有用到的部门", h.removeOffice)
	act(h, api, "GET", "/admin/v1/departments/{id}/merge", may(model.ActEditDepartments), "合并部门会怎样", h.previewOfficeMerge)
	act(h, api, "POST", "/admin/v1/departments/{id}/merge", may(model.ActEditDepartments), "把部门并入另一个", h.mergeOffice)

	act(h, api, "GET", "/admin/v1/topics", may(model.ActReadTopics), "专题的顺序和说明", h.listTopicTable)
	act(h, api, "PUT", "/admin/v1/topics", may(model.ActEditTopics), "修改专题的顺序和说明", h.saveTopics)

	act(h, api, "GET", "/admin/v1/words/{list}", may(model.ActReadWords), "词表：全部", h.listWords)
	act(h, api, "POST", "/admin/v1/words/{list}", may(model.ActEditWords), "词表：加一条", h.addWord)
	act(h, api, "PUT", "/admin/v1/words/{list}/{id}", may(model.ActEditWords), "词表：修改一条", h.editWord)
	act(h, api, "DELETE", "/admin/v1/words/{list}/{id}", may(model.ActEditWords), "词表：删去一条", h.removeWord)
	act(h, api, "POST", "/admin/v1/words/{list}/lines", may(model.ActEditWords), "词表：一次加许多条", h.pasteWords)
	act(h, api, "POST", "/admin/v1/words/{list}/shipped", may(model.ActEditWords), "词表：停用、恢复系统自带的一条", h.switchWord)
	act(h, api, "POST", "/admin/v1/words/hot/order", may(model.ActEditWords), "热门搜索：排顺序", h.orderWords)
	act(h, api, "POST", "/admin/v1/words/synonyms/try", may(model.ActReadWords), "同义词：试一试会搜到什么", h.trySynonyms)
	e.GET("/admin/v1/words/:list/export", h.exportWords)
	h.guard("GET", "/admin/v1/words/{list}/export", may(model.ActReadWords))

	act(h, api, "GET", "/admin/v1/home", may(model.ActReadHome), "首页的顺序和公告", h.getHomeTable)
	act(h, api, "PUT", "/admin/v1/home", may(model.ActEditHome), "修改首页的顺序和公告", h.editHome)
	act(h, api, "GET", "/admin/v1/settings", may(model.ActReadSettings), "城市设置", h.getSettings)
	act(h, api, "PUT", "/admin/v1/settings", may(model.ActEditSettings), "修改城市设置", h.editSettings)
	act(h, api, "GET", "/admin/v1/privacy", may(model.ActReadSettings), "隐私政策的各版本", h.listPrivacy)
	act(h, api, "POST", "/admin/v1/privacy", may(model.ActEditSettings), "发布新的隐私政策", h.publishPrivacy)
	act(h, api, "GET", "/admin/v1/calendar", may(model.ActReadSettings), "放假安排", h.getCalendar)
	act(h, api, "PUT", "/admin/v1/calendar/{year}", may(model.ActEditCalendar), "录入一年的放假安排", h.loadYear)
	act(h, api, "GET", "/admin/v1/calendar/deadline", may(model.ActReadSettings), "计算期限", h.getDeadline)

	act(h, api, "GET", "/admin/v1/push/templates", may(model.ActReadTemplates), "消息模板", h.listTemplates)
	act(h, api, "PUT", "/admin/v1/push/templates/{purpose}", may(model.ActEditTemplates), "修改一种用处的消息模板", h.editTemplate)
	act(h, api, "POST", "/admin/v1/push/templates/{purpose}/preview", may(model.ActReadTemplates), "预览：用一份公开的文件填好", h.previewTemplate)
	act(h, api, "POST", "/admin/v1/push/templates/{purpose}/trial", may(model.ActEditTemplates), "试发到自己的微信", h.tryTemplate)

	h.deliveryRoutes(api)

	act(h, api, "GET", "/admin/v1/residents/counts", may(model.ActCountResidents), "居民数量和授权情况", h.countResidents)
	act(h, api, "GET", "/admin/v1/erasures", may(model.ActReadErasures), "注销证明", h.listErasures)

	act(h, api, "GET", "/admin/v1/audit", may(model.ActReadAudit), "审计记录", h.listAudit)
	act(h, api, "GET", "/admin/v1/audit/state", may(model.ActReadAudit), "审计链的现状", h.auditState)
	e.GET("/admin/v1/audit/export", h.exportAudit)
	h.guard("GET", "/admin/v1/audit/export", may(model.ActExportAudit))

	e.POST(pathFiles, h.upload)
	h.guard("POST", pathFiles, may(model.ActWriteDocuments))
	describeUpload(api, pathFiles, "交来一个文件，请求体就是它的内容", reflect.TypeFor[HandedIn](), may(model.ActWriteDocuments))
	e.GET(pathFiles+"/:id", h.getKeptFile)
	h.guard("GET", pathFiles+"/{id}", anyStaff)

	h.importRoutes(e, api)
	h.feedbackRoutes(api)
	act(h, api, "GET", "/admin/v1/policies/doubles", may(model.ActMergeDocuments), "可能重复的文件", h.listDoubles)
	act(h, api, "POST", "/admin/v1/policies/doubles/distinct", may(model.ActMergeDocuments), "说明两份文件不是重复", h.sayDistinct)
	act(h, api, "GET", "/admin/v1/policies/{id}/merge", may(model.ActMergeDocuments), "合并两份文件会怎样", h.previewPolicyMerge)
	act(h, api, "POST", "/admin/v1/policies/{id}/merge", may(model.ActMergeDocuments), "把重复的文件并入另一份", h.mergePolicy)

	deskRoutes[model.PolicyDraft](h, api, model.KindPolicy, "/admin/v1/policies", "政策文件")
	deskRoutes[model.InterpretationDraft](h, api, model.KindInterpretation, "/admin/v1/interpretations", "解读")

	act(h, api, "GET", "/admin/v1/waiting", may(model.ActReadDocuments), "等我办的文件", h.listWaiting)
	act(h, api, "GET", "/admin/v1/waiting/feedback", may(model.ActReadFeedback), "等着答复的纠错与投诉建议", h.listFeedbackWaiting)
	act(h, api, "GET", "/admin/v1/due", may(model.ActReadDocuments), "哪天到期的事", h.listDue)

	act(h, api, "GET", "/admin/v1/policies/{id}/proposals", may(model.ActReadDocuments), "正文里说到的其他文件", h.listProposals)
	act(h, api, "GET", "/admin/v1/policies/{id}/effects", may(model.ActReadDocuments), "公开后会影响哪些文件", h.listEffects)
	act(h, api, "POST", "/admin/v1/word", may(model.ActWriteDocuments), "读一个交来的 Word 文档", h.readWord)
	e.GET("/admin/v1/policies/:id/preview", h.preview(model.KindPolicy))
	h.guard("GET", "/admin/v1/policies/{id}/preview", may(model.ActReadDocuments))
	e.GET("/admin/v1/interpretations/:id/preview", h.preview(model.KindInterpretation))
	h.guard("GET", "/admin/v1/interpretations/{id}/preview", may(model.ActReadDocuments))
	e.GET("/admin/v1/policies/:id/wxacode.png", h.policyMiniCode)
	h.guard("GET", "/admin/v1/policies/{id}/wxacode.png", may(model.ActReadDocuments))

	show := func(path string, page echo.HandlerFunc) {
		e.GET(path, page)
		e.HEAD(path, page)
	}
	show("/api/v1/files/:id", h.getFile)
	show("/api/v1/policies/:id/canonical", h.canonical(model.KindPolicy))
	show("/api/v1/interpretations/:id/canonical", h.canonical(model.KindInterpretation))
	show("/api/openapi.json", h.openAPI(api))
	show("/api", h.apiPage(api))

	show("/", h.homePage)
	show("/policies", h.policiesPage)
	show("/policies/:id", h.policyPage)
	show("/policies/:id/proof", h.proofPage)
	show("/policies/:id/revisions", h.revisionsPage)
	show("/policies/:id/word", h.policyWord)
	show("/policies/:id/code.png", h.policyCode)
	show("/proof", h.checkPage)
	e.POST("/proof", h.checkFile)
	show("/interpretations/:id", h.interpretationPage)
	show("/departments", h.departmentsPage)
	show("/view", h.setView)
	show("/sitemap.xml", h.sitemap)
	show("/robots.txt", h.robots)
	show("/static/*", h.staticFile)

	show("/erasures/:id", h.erasurePage)
	show("/privacy", h.privacyPage)

	show("/console", toFolder)
	show("/console/*", h.consoleFile)
	show("/m", toFolder)
	show("/m/*", h.miniFile)
	e.GET("/wechat/push", h.pushCheck)
	e.POST("/wechat/push", h.pushed)
	if h.Simulator != nil {
		e.Any("/sim/*", echo.WrapHandler(http.StripPrefix("/sim", h.Simulator)))
	}

	show("/healthz", h.alive)
	show("/readyz", h.ready)
}
