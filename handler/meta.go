package handler

import (
	"net/url"
	"slices"
	"strings"
	"time"

	"yuandu/model"
	"yuandu/service/policy"
)

// metaTag is one of the tags that government sites carry (国办发〔2017〕47号,
// 附件 2).
type metaTag struct{ Name, Content string }

// siteMeta are the tags of every page.
func (h *handler) siteMeta(site *model.Settings) []metaTag {
	domain := ""
	if u, err := url.Parse(h.PublicURL); err == nil {
		domain = u.Hostname()
	}
	return filled(metaTag{"SiteName", site.SiteName}, metaTag{"SiteDomain", domain}, metaTag{"SiteIDCode", h.SiteCode})
}

// columnMeta are the tags of a column, and of the pages in it.
func columnMeta(name, kind, description, keywords string) []metaTag {
	return []metaTag{{"ColumnName", name}, {"ColumnType", kind},
		{"ColumnDescription", description}, {"ColumnKeywords", keywords}}
}

func policyMeta(d *policy.Detail, address string) []metaTag {
	keywords := make([]string, len(d.Topics))
	for i, t := range d.Topics {
		keywords[i] = t.Name
	}
	source := source(d.Departments)
	return slices.Concat(
		columnMeta("政策文件", "政策", "政策文件的全文、有效性和解读", "政策文件;文号;政策解读"),
		filled(metaTag{"ArticleTitle", d.Title}, metaTag{"PubDate", moment(d.PublishedDate, d.PublishedAt)},
			metaTag{"ContentSource", source}, metaTag{"Author", source}, metaTag{"Keywords", strings.Join(keywords, ";")},
			metaTag{"Description", description(d.Body)}, metaTag{"Url", address}))
}

func (h *handler) interpretationMeta(i *model.Interpretation, address string) []metaTag {
	picture := ""
	if i.PictureID != "" {
		picture = h.PublicURL + fileURL(i.PictureID)
	}
	source := source(i.Departments)
	return slices.Concat(
		columnMeta("政策解读", "解读", "政策文件的解读和问答", "政策解读;问答"),
		filled(metaTag{"ArticleTitle", i.Title}, metaTag{"PubDate", moment(i.PublishedDate, i.PublishedAt)},
			metaTag{"ContentSource", source}, metaTag{"Author", source},
			metaTag{"Description", description(i.Body)}, metaTag{"Image", picture}, metaTag{"Url", address}))
}

// filled leaves out tags that would say nothing.
func filled(tags ...metaTag) []metaTag {
	return slices.DeleteFunc(tags, func(t metaTag) bool { return t.Content == "" })
}

func source(departments []model.Department) string {
	if len(departments) == 0 {
		return "发文机关不详"
	}
	return departments[0].Name
}

// moment is when a document was published: the day on its paper, else when it
// became public here.
func moment(day model.Day, here time.Time) string {
	if day != "" {
		return string(day) + " 00:00"
	}
	return here.In(model.Shanghai).Format("2006-01-02 15:04")
}

const descriptionLength = 120 // characters

func description(body model.Body) string {
	plain := []rune(strings.ReplaceAll(body.Plain(), "\n", " "))
	return string(plain[:min(len(plain), descriptionLength)])
}
