package handler

import (
	"net/http"

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
	get[DepartmentPage](api, "/api/v1/departments", "directory", "部门", h.listDepartments)
	get[KindsPage](api, "/api/v1/search", "search", "一次查找各类信息", h.searchAll)
	get[HotWordPage](api, "/api/v1/search/hot", "search", "大家都在搜", h.hotWords)

	e.GET("/api/v1/files/:id", h.getFile)
	e.HEAD("/api/v1/files/:id", h.getFile)
	e.GET("/api/openapi.json", h.openAPI(api))
	e.GET("/api", h.apiPage(api))

	e.GET("/", h.homePage)
	e.GET("/policies", h.policiesPage)
	e.GET("/policies/:id", h.policyPage)
	e.GET("/interpretations/:id", h.interpretationPage)
	e.GET("/departments", h.departmentsPage)
	e.GET("/view", h.setView)
	e.GET("/sitemap.xml", h.sitemap)
	e.GET("/robots.txt", h.robots)
	e.GET("/static/*", echo.WrapHandler(http.FileServerFS(staticFiles)))

	e.GET("/healthz", h.alive)
	e.GET("/readyz", h.ready)
}
