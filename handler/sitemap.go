package handler

import (
	"encoding/xml"
	"fmt"

	"github.com/labstack/echo/v4"

	"yuandu/model"
)

type sitemapURL struct {
	Loc     string `xml:"loc"`
	LastMod string `xml:"lastmod,omitempty"`
}

// sitemapMost is the most addresses that one sitemap may hold.
const sitemapMost = 50000

func (h *handler) sitemap(c echo.Context) error {
	set := struct {
		XMLName xml.Name     `xml:"urlset"`
		NS      string       `xml:"xmlns,attr"`
		URLs    []sitemapURL `xml:"url"`
	}{NS: "http://www.sitemaps.org/schemas/sitemap/0.9"}
	for _, path := range []string{"/", "/policies", "/letters", "/meetings", "/consultations", "/events", "/gazettes", "/departments", "/api"} {
		set.URLs = append(set.URLs, sitemapURL{Loc: h.PublicURL + path})
	}
	for _, kind := range []struct {
		kind model.Kind
		path string
	}{{model.KindPolicy, "/policies/"}, {model.KindInterpretation, "/interpretations/"}, {model.KindLetter, "/letters/"},
		{model.KindMeeting, "/meetings/"}, {model.KindConsultation, "/consultations/"}, {model.KindEvent, "/events/"}} {
		listed, err := h.Policy.Public(c.Request().Context(), kind.kind, "", sitemapMost-len(set.URLs))
		if err != nil {
			return err
		}
		for _, l := range listed {
			set.URLs = append(set.URLs, sitemapURL{h.PublicURL + kind.path + l.ID, string(l.Updated)})
		}
	}
	matters, err := h.Matters.Public(c.Request().Context(), sitemapMost-len(set.URLs))
	if err != nil {
		return err
	}
	for _, l := range matters {
		set.URLs = append(set.URLs, sitemapURL{h.PublicURL + "/matters/" + l.ID, string(l.Updated)})
	}
	shelf, err := h.Gazettes.Shelf(c.Request().Context())
	if err != nil {
		return err
	}
	for _, y := range shelf {
		for _, g := range y.Items {
			set.URLs = append(set.URLs, sitemapURL{h.PublicURL + g.Place().Address(), string(model.Today(g.UpdatedAt))})
		}
	}
	text, err := xml.Marshal(set)
	if err != nil {
		return fmt.Errorf("write sitemap: %w", err)
	}
	return reply(c, rendered(echo.MIMEApplicationXMLCharsetUTF8, append([]byte(xml.Header), text...)))
}

func (h *handler) robots(c echo.Context) error {
	text := "User-agent: *\nDisallow: /view\nDisallow: /api/\nSitemap: " + h.PublicURL + "/sitemap.xml\n"
	return reply(c, rendered(echo.MIMETextPlainCharsetUTF8, []byte(text)))
}
