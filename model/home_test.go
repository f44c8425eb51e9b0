package model_test

import (
	"strings"
	"testing"

	"yuandu/model"
)

var knownBlocks = []model.HomeBlock{{Kind: "notice", Title: "通知公告", Shown: true}, {Kind: "topics", Title: "民生专题", Shown: true},
	{Kind: "gazette", Title: "政府公报", Shown: true}}

func TestAHomeThatWasKeptBeforeAKindWasThereHasItLast(t *testing.T) {
	h := model.Home{Blocks: []model.HomeBlock{{Kind: "topics", Title: "专题", Shown: true}, {Kind: "carousel", Title: "轮播", Shown: true},
		{Kind: "notice", Title: "公告", Shown: false}}}
	h.Complete(knownBlocks)
	said := ""
	for _, b := range h.Blocks {
		said += b.Kind + b.Title + " "
	}
	if said != "topics专题 notice公告 gazette政府公报 " || h.Blocks[1].Shown {
		t.Errorf("%+v", h.Blocks)
	}
}

func TestWhatIsWrongWithAHomeIsSaidAtItsPlace(t *testing.T) {
	fine := func() model.Home {
		return model.Home{Blocks: append([]model.HomeBlock{}, knownBlocks...),
			Notices: []model.HomeNotice{{Title: " 系统维护 ", Text: "周日停机。\n请提前办理。", Until: "2026-11-29"}}}
	}
	if h := fine(); h.Validate(knownBlocks) != nil || h.Notices[0].Title != "系统维护" {
		t.Errorf("%+v", h)
	}
	for _, c := range []struct {
		name  string
		wrong func(h *model.Home)
		code  string
		field string
	}{
		{"a kind is missing", func(h *model.Home) { h.Blocks = h.Blocks[1:] }, "home.blocks", "blocks"},
		{"a kind is there twice", func(h *model.Home) { h.Blocks[1].Kind = "notice" }, "home.blocks", "blocks"},
		{"nobody knows a kind", func(h *model.Home) { h.Blocks[0].Kind = "carousel" }, "home.blocks", "blocks"},
		{"a title is blank", func(h *model.Home) { h.Blocks[2].Title = " 　" }, "home.title", "blocks.2.title"},
		{"a title is too long", func(h *model.Home) { h.Blocks[0].Title = strings.Repeat("长", 13) }, "home.title", "blocks.0.title"},
		{"nothing is shown", func(h *model.Home) {
			for i := range h.Blocks {
				h.Blocks[i].Shown = false
			}
		}, "home.empty", "blocks"},
		{"a notice has no title", func(h *model.Home) { h.Notices[0].Title = "" }, "notice.title", "notices.0.title"},
		{"a notice has two lines of title", func(h *model.Home) { h.Notices[0].Title = "系统\n维护" }, "notice.title", "notices.0.title"},
		{"a notice is too long", func(h *model.Home) { h.Notices[0].Text = strings.Repeat("长", 301) }, "notice.text", "notices.0.text"},
		{"a notice never ends", func(h *model.Home) { h.Notices[0].Until = "" }, "notice.until", "notices.0.until"},
		{"a notice ends on no day", func(h *model.Home) { h.Notices[0].Until = "2026-02-30" }, "notice.until", "notices.0.until"},
		{"there are too many", func(h *model.Home) { h.Notices = make([]model.HomeNotice, 11) }, "home.notices", "notices"},
	} {
		h := fine()
		c.wrong(&h)
		if err := h.Validate(knownBlocks); err == nil || err.Code != c.code || err.Field != c.field {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

func TestANoticeIsShownToTheEndOfItsLastDay(t *testing.T) {
	h := model.Home{Notices: []model.HomeNotice{{Title: "昨天", Until: "2026-11-23"}, {Title: "今天", Until: "2026-11-24"}}}
	if now := h.Current("2026-11-24"); len(now) != 1 || now[0].Title != "今天" || len(h.Notices) != 2 {
		t.Errorf("%+v, of %+v", now, h.Notices)
	}
}
