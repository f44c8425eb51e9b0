package handler

import (
	"github.com/danielgtaylor/huma/v2"
	"github.com/labstack/echo/v4"
)

// routes is every address of the house on one screen.
func (h *handler) routes(e *echo.Echo, api huma.API) {
	get[PolicyPage](api, "/api/v1/policies", "policies", "查找政策文件", h.listPolicies)
	get[PolicyDetail](api, "/api/v1/policies/{id}", "policies", "一份政策文件", h.getPolicy)
	get[SuggestionPage](api, "/api/v1/policies/suggest", "policies", "边输入边提示", h.suggestPolicies)
	get[InterpretationDetail](api, "/api/v1/interpretations/{id}", "policies", "一份解读", h.getInterpretation)
	get[TopicPage](api, "/api/v1/topics", "directory", "民生专题", h.listTopics)
	get[DepartmentPage](api, "/api/v1/departments", "directory", "部门一览", h.listDepartments)
	get[KindsPage](api, "/api/v1/search", "search", "一次查找各类信息", h.searchAll)
	get[HotWordPage](api, "/api/v1/search/hot", "search", "大家都在搜", h.hotWords)

	show := func(path string, page echo.HandlerFunc) {
		e.GET(path, page)
		e.HEAD(path, page)
	}
	show("/api/v1/files/:id", h.getFile)
	show("/api/openapi.json", h.openAPI(api))
	show("/api", h.apiPage(api))

	show("/", h.homePage)
	show("/policies", h.policiesPage)
	show("/policies/:id", h.policyPage)
	show("/interpretations/:id", h.interpretationPage)
	show("/departments", h.departmentsPage)
	show("/view", h.setView)
	show("/sitemap.xml", h.sitemap)
	show("/robots.txt", h.robots)
	show("/static/*", h.staticFile)

	show("/healthz", h.alive)
	show("/readyz", h.ready)
}
