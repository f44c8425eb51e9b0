package speech

import (
	"slices"
	"strconv"
	"testing"
	"time"

	"yuandu/media/mediatest"
	"yuandu/model"
)

// longOrdinance has so many articles.
func longOrdinance(n int) (body model.Body) {
	for i := range n {
		nth := strconv.Itoa(i + 1)
		body = append(body, model.Block{Kind: model.BlockArticle, Label: "第" + nth + "条",
			Text: "市容环境卫生主管部门应当制定第" + nth + "号标准。公共场所由管理单位负责清扫。违反规定的，责令改正。"})
	}
	return body
}

func TestPartsOneAfterAnotherAreTheWholeVoice(t *testing.T) {
	needEncoder(t)
	by := hum{}
	var file []byte
	var starts, ends []int
	samples := 0
	for _, p := range Parts(by, OfBody(longOrdinance(30))) {
		v, err := Make(t.Context(), by, p.Sentences)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range v.Marks {
			later := samples * 1000 / by.Rate()
			starts, ends = append(starts, m.Start+later), append(ends, m.End+later)
		}
		n, err := Samples(v.MP3, by.Rate())
		if err != nil {
			t.Fatal(err)
		}
		samples += n
		file = append(file, v.MP3...)
	}
	played := mediatest.Played(t, file)
	off := played.Off(starts, ends, 520, 120*time.Millisecond)
	if worst := off[len(off)-1]; worst > granule+10 {
		t.Errorf("of %d marks the worst is %d ms off", len(starts), worst)
	}
}

func TestOfAChangedDocumentLittleIsMadeAgain(t *testing.T) {
	by := hum{}
	body := longOrdinance(120)
	known := map[string]bool{}
	before := Parts(by, OfBody(body))
	for _, p := range before {
		known[p.Key] = true
	}
	for name, changed := range map[string]model.Body{
		"a changed article": slices.Concat(body[:50], model.Body{{Kind: model.BlockArticle, Label: "第51条", Text: "另行规定。"}}, body[51:]),
		"a new article":     slices.Concat(body[:20], model.Body{{Kind: model.BlockArticle, Label: "第20条之一", Text: "另行规定。"}}, body[20:]),
		"one article less":  slices.Concat(body[:70], body[71:]),
	} {
		var again, sentences int
		for _, p := range Parts(by, OfBody(changed)) {
			sentences += len(p.Sentences)
			if !known[p.Key] {
				again += len(p.Sentences)
			}
		}
		if again == 0 || again > 4*mostOfPart {
			t.Errorf("%s: of %d sentences %d are made again", name, sentences, again)
		}
	}
	for _, p := range before {
		if len(p.Sentences) > mostOfPart || p.Sentences[0].Block != 0 {
			t.Errorf("a part of %d sentences that begins at block %d", len(p.Sentences), p.Sentences[0].Block)
		}
	}
}
