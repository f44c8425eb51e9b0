package ingest

import (
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"

	"yuandu/model"
	"yuandu/store"
)

func TestAnOfficeIsProposedByTheEndOfItsName(t *testing.T) {
	known := officesOf([]model.Department{
		{ID: "zj", Name: "鸢都市住房和城乡建设局", ShortName: "市住建局"},
		{ID: "ga", Name: "鸢都市公安局"}, {ID: "fj", Name: "鸢都市公安局滨海分局"},
		{ID: "a", Name: "甲县人民政府办公室"}, {ID: "b", Name: "乙县人民政府办公室"},
	})
	for name, want := range map[string]string{
		"市住房和城乡建设局": "zj", "潍坊鸢都市住房和城乡建设局": "zj", "滨海分局": "fj", "鸢都市公安局": "ga",
		"人民政府办公室": "", "办公室": "", "市教育局": "", "": "",
	} {
		if got := known.like(name); got != want {
			t.Errorf("%s may be %q, not %q", name, got, want)
		}
	}
}

func TestADocumentIsHereByNumberAndTitleElseByTitleAndDay(t *testing.T) {
	here := store.Namesake{Title: "通告", DocNumber: "鸢政发〔2025〕1号", Day: "2025-01-01"}
	without := store.Namesake{Title: "通告", Day: "2025-01-01"}
	for _, c := range []struct {
		what string
		name name
		here store.Namesake
		same bool
	}{
		{"the same number, written otherwise", name{number: "鸢政发[2025]1号", title: "通告", day: "2024-01-01"}, here, true},
		{"another title", name{number: "鸢政发〔2025〕1号", title: "通知"}, here, false},
		{"no number, where the other has one", name{title: "通告", day: "2025-01-01"}, here, false},
		{"the same day", name{title: "通告", day: "2025-01-01"}, without, true},
		{"another day: each year has its own", name{title: "通告", day: "2026-01-01"}, without, false},
		{"a day that is not known", name{title: "通告"}, without, true},
	} {
		if got := c.name.is(c.here); got != c.same {
			t.Errorf("%s: the same is %v", c.what, got)
		}
	}
}

func FuzzCells(f *testing.F) {
	f.Add("")
	f.Add("短")
	f.Add(strings.Repeat("𠮷", 20_000))
	f.Add(strings.Repeat("长", maxCell) + "一")
	f.Fuzz(func(t *testing.T, text string) {
		if !utf8.ValidString(text) {
			t.Skip()
		}
		cells := cellsOf(text)
		if strings.Join(cells, "") != text || len(cells) == 0 {
			t.Errorf("%d cells hold another text", len(cells))
		}
		for _, c := range cells {
			if n := len(utf16.Encode([]rune(c))); n > maxCell || !utf8.ValidString(c) {
				t.Errorf("a cell of %d", n)
			}
		}
	})
}
