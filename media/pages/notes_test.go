package pages_test

import (
	"slices"
	"testing"

	"yuandu/media/pages"
)

func TestWhatIsSoOnManyPagesIsSaidOnce(t *testing.T) {
	notes := []pages.Note{
		{Code: pages.NoteSigned, Count: 2},
		{Code: pages.NoteFontReplaced, Page: 1, Count: 30, Name: "宋体"}, {Code: pages.NoteFontReplaced, Page: 1, Count: 3, Name: "黑体"},
		{Code: pages.NoteFontReplaced, Page: 2, Count: 40, Name: "宋体"}, {Code: pages.NotePictureUndrawn, Page: 2, Count: 1, Name: "SVG"},
		{Code: pages.NotePictureUndrawn, Page: 3, Count: 1, Name: "SVG"},
	}
	want := []pages.Note{
		{Code: pages.NoteSigned, Count: 2}, {Code: pages.NoteFontReplacedPages, Count: 2, Name: "宋体"},
		{Code: pages.NoteFontReplaced, Page: 1, Count: 3, Name: "黑体"}, {Code: pages.NotePictureUndrawn, Page: 2, Count: 1, Name: "SVG"},
		{Code: pages.NotePictureUndrawn, Page: 3, Count: 1, Name: "SVG"},
	}
	if got := pages.Gathered(notes); !slices.Equal(got, want) {
		t.Errorf("said are %v", got)
	}
}
