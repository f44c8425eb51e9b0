package search_test

import (
	"bytes"
	"log/slog"
	"strings"
	"testing"
	"time"

	"yuandu/model"
	service "yuandu/service/search"
	"yuandu/store"
)

// furnished is a room with two letters, a policy that one of them and an
// interpretation rest on, and one that has lapsed.
func furnished(r *room) (heating *model.Policy) {
	r.Helper()
	heating = &model.Policy{Title: "鸢都市供热管理办法", DocNumber: "鸢政发〔2023〕12号", PublishedDate: "2023-10-01", EffectiveDate: "2023-11-01",
		Body: model.Body{
			{Kind: model.BlockArticle, Anchor: "a1", Label: "第一条", Text: "为了规范供热，制定本办法。"},
			{Kind: model.BlockArticle, Anchor: "a18", Label: "第十八条", Text: "居民卧室的室温不低于十八度；低于十六度的，全额退还当日热费。"},
			{Kind: model.BlockArticle, Anchor: "a19", Label: "第十九条", Text: "供热企业应当公布报修电话。"}}}
	r.save(heating)
	r.save(&model.Policy{Title: "鸢都市城市供热管理暂行办法", PublishedDate: "2010-10-01", ExpiryDate: "2023-10-31",
		Body: model.Body{{Kind: model.BlockArticle, Anchor: "a9", Label: "第九条", Text: "室温低于十四度的，退还热费。"}}})
	in := &model.Interpretation{Title: "《鸢都市供热管理办法》解读", PublishedDate: "2023-10-09", Policies: []model.PolicyRef{{ID: heating.ID}},
		Questions: []model.Question{
			{Ask: "什么时候开始供热？", Answer: "每年十一月十五日开始，次年三月十五日停止。"},
			{Ask: "暖气不热，热费怎么退？", Answer: "由供热企业测温，按低于标准的天数退。"}}}
	r.must(r.store.InTx(r.Context(), func(tx *store.Tx) error {
		_, err := tx.SaveInterpretation(r.Context(), "heating", in)
		return err
	}))
	price := &model.Policy{Title: "关于居民供热价格的通知", PublishedDate: "2024-10-01", ExpiryDate: "2026-11-24",
		Body: model.Body{{Kind: model.BlockParagraph, Text: "按套内建筑面积收取。"}}}
	r.save(price)
	r.public(&model.PublicLetter{ID: "01J00000000000000000000001", Title: "供暖后室温不到十八度，热费退不退", Answered: "2025-12-01",
		Exchanges: []model.Question{{Ask: "家里只有十六度，找供热公司没人管。", Answer: "请先报修，由供热企业上门测温；不达标的退还热费。"}},
		Topics:    []model.Topic{{ID: "housing"}},
		Basis:     []model.LetterBasis{{PolicyRef: model.PolicyRef{ID: heating.ID, Title: heating.Title}, Article: "第十八条"}}})
	r.public(&model.PublicLetter{ID: "01J00000000000000000000002", Title: "热费按多少平方米收取", Answered: "2025-12-02",
		Exchanges: []model.Question{{Ask: "阁楼算不算面积？", Answer: "按套内建筑面积收取。"}},
		Basis:     []model.LetterBasis{{PolicyRef: model.PolicyRef{ID: price.ID, Title: price.Title}}}})
	r.wellIndexed()
	return heating
}

// public makes a letter public.
func (r *room) public(l *model.PublicLetter) {
	r.Helper()
	r.must(r.store.InTx(r.Context(), func(tx *store.Tx) error {
		return tx.PublishLetter(r.Context(), l, store.Edition{Act: model.PubPublished})
	}))
}

func (r *room) wellIndexed() {
	r.Helper()
	_, err := r.Reindex(r.Context(), func(int, int) {})
	r.must(err)
}

func (r *room) related(text, topic string) []service.Related {
	r.Helper()
	list, err := r.Related(r.Context(), text, topic)
	r.must(err)
	return list
}

func has(list []service.Related, kind model.Kind, title string) *service.Related {
	for i := range list {
		if list[i].Kind == kind && list[i].Title == title {
			return &list[i]
		}
	}
	return nil
}

func TestBeforeOneAsksOneReadsWhatWasAnswered(t *testing.T) {
	each(t, func(r *room) {
		heating := furnished(r)
		list := r.related("我家暖气不热，才十六度，热费能退吗", "housing")
		letter := has(list, model.KindLetter, "供暖后室温不到十八度，热费退不退")
		if letter == nil || letter.Source.Article != "第十八条" || letter.Validity != model.InForce || letter.Day != "2025-12-01" || letter.Snippet == "" {
			r.Errorf("the letter is not there as it was answered: %+v", list)
		}
		question := has(list, model.KindInterpretation, "《鸢都市供热管理办法》解读")
		if question == nil || question.Anchor != "q2" || question.Source.ID != heating.ID || !strings.Contains(question.Snippet, "测温") {
			r.Errorf("the second question of the interpretation is not there: %+v", list)
		}
		article := has(list, model.KindPolicy, heating.Title)
		if article == nil || article.Anchor != "a18" || article.Source.Article != "第十八条" || article.Source.DocNumber != heating.DocNumber {
			r.Errorf("the article is not there: %+v", list)
		}
		if lapsed := has(list, model.KindPolicy, "鸢都市城市供热管理暂行办法"); lapsed != nil {
			r.Errorf("what has lapsed is shown: %+v", lapsed)
		}
	})
}

func TestAnAnswerRetiresWhenItsPolicyLapses(t *testing.T) {
	each(t, func(r *room) {
		heating := furnished(r)
		const area = "热费按多少平方米收取"
		if has(r.related("热费是按多少平方米收的", ""), model.KindLetter, area) == nil {
			r.Fatal("on its policy's last day the answer is not there")
		}
		r.clock.Move(24 * time.Hour)
		if has(r.related("热费是按多少平方米收的", ""), model.KindLetter, area) != nil {
			r.Error("the day after, the answer is still there")
		}
		heating.ExpiryDate = "2026-11-24"
		r.save(heating)
		r.must(r.CatchUp(r.Context()))
		for _, a := range r.related("我家暖气不热，才十六度，热费能退吗", "") {
			r.Errorf("the policy has lapsed, and %s %s is shown", a.Kind, a.Title)
		}
	})
}

func TestWhateverIsTypedIsAnsweredSensiblyAndKeptByNobody(t *testing.T) {
	each(t, func(r *room) {
		furnished(r)
		var said bytes.Buffer
		r.Service = service.New(r.store, r.index, r.cache, r.clock, slog.New(slog.NewTextHandler(&said, nil)))
		for _, text := range []string{"", " ", "？！。", "水", "🎉🎉🎉", "的吗呢", "\x00\xff", `" OR 1=1 --`, "asdfghjkl"} {
			if list := r.related(text, ""); len(list) != 0 {
				r.Errorf("%q is answered by %+v", text, list)
			}
		}
		long := strings.Repeat("我家暖气不热，热费能退吗。", 800)
		if list := r.related(long, "nosuch"); len(list) == 0 || len(list) > 5 {
			r.Errorf("10,000 characters are answered by %d", len(list))
		}
		if strings.Contains(said.String(), "暖气") || strings.Contains(said.String(), "asdf") {
			r.Errorf("the log tells what was typed: %s", &said)
		}
	})
}

func TestWithoutItsIndexTitlesStillAnswer(t *testing.T) {
	each(t, func(r *room) {
		furnished(r)
		r.Service = r.service(&away{Index: r.index, gone: true})
		if has(r.related("供热管理办法里室温是多少度", ""), model.KindPolicy, "鸢都市供热管理办法") == nil {
			r.Error("without an index the policy is not there")
		}
	})
}
