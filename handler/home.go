package handler

import (
	"context"
	"reflect"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"yuandu/model"
	"yuandu/service/meeting"
	"yuandu/service/policy"
)

// homeKinds are the blocks that the first page can have, in the order of a city
// that has not changed it. A new kind is a line here.
func homeKinds() []homeKind {
	return []homeKind{
		homeKindOf("notice", "通知公告", "NoticeBlock", (*handler).homeNotices, func(n HomeNotice) string { return n.Title }),
		homeKindOf("topics", "民生专题", "TopicsBlock", (*handler).homeTopics, func(t TopicItem) string { return t.Name }),
		homeKindOf("policies", "最新政策", "PoliciesBlock", (*handler).newestPolicies, titleOf),
		homeKindOf("interpretations", "政策解读", "InterpretationsBlock", (*handler).newestInterpretations, titleOf),
		homeKindOf("meetings", "会议公开", "MeetingsBlock", (*handler).newestMeetings, func(m MeetingItem) string { return m.Title }),
		homeKindOf("gazettes", "政府公报", "GazettesBlock", (*handler).newestGazette, func(g GazetteItem) string { return g.Title }),
		homeKindOf("consultations", "意见征集", "ConsultationsBlock", (*handler).openConsultations, func(c ConsultationItem) string { return c.Title }),
		homeKindOf("events", "参与活动", "EventsBlock", (*handler).nextEvents, func(e EventItem) string { return e.Title }),
		homeKindOf("words", "大家在搜", "WordsBlock", (*handler).homeWords, func(w HomeWord) string { return w.Text }),
	}
}

// homeKind is a kind of block: how it is made, and described.
type homeKind struct {
	model.HomeBlock
	make   func(h *handler, ctx context.Context, home *model.Home) (homeItems, error)
	schema func(r huma.Registry) *huma.Schema
}

// homeItems are what a block shows: as clients read them, and in a line each.
type homeItems struct {
	items   any
	lines   []string
	passing bool // for the moment alone
}

type homeMaker[T any] func(h *handler, ctx context.Context, home *model.Home) (items []T, passing bool, err error)

func homeKindOf[T any](kind, title, name string, items homeMaker[T], line func(T) string) homeKind {
	return homeKind{model.HomeBlock{Kind: kind, Title: title, Shown: true},
		func(h *handler, ctx context.Context, home *model.Home) (homeItems, error) {
			list, passing, err := items(h, ctx, home)
			return homeItems{list, converted(list, line), passing}, err
		},
		func(r huma.Registry) *huma.Schema { return homeBlockSchema(r, kind, name, reflect.TypeFor[[]T]()) }}
}

func knownBlocks() []model.HomeBlock {
	return converted(homeKinds(), func(k homeKind) model.HomeBlock { return k.HomeBlock })
}

// HomePage is the first page that residents see. It is the same for everybody.
type HomePage struct {
	Blocks []HomeBlock `json:"blocks" doc:"按顺序；遇到不认识的 kind 请略过，空的不在其中"`
}

// HomeBlock is a part of the first page; its items have the shape of its kind.
type HomeBlock struct {
	Kind  string `json:"kind"`
	Title string `json:"title"`
	Items any    `json:"items"`
}

// HomeNotice is what everybody should know.
type HomeNotice struct {
	Title string    `json:"title" maxLength:"30" doc:"标题"`
	Text  string    `json:"text" maxLength:"400" doc:"内容，可以分行"`
	Until model.Day `json:"until" maxLength:"10" doc:"显示到哪一天"`
}

// HomeWord is a word that many search.
type HomeWord struct {
	Text string `json:"text" doc:"搜得多的词"`
}

// Schema lets clients tell blocks apart by their kind.
func (HomeBlock) Schema(r huma.Registry) *huma.Schema {
	const name = "HomeBlock"
	if r.Map()[name] == nil {
		all := &huma.Schema{Description: "首页的一块，由 kind 区分"}
		for _, k := range homeKinds() {
			all.OneOf = append(all.OneOf, k.schema(r))
		}
		r.Map()[name] = all
	}
	return &huma.Schema{Ref: schemaAt + name}
}

const schemaAt = "#/components/schemas/"

func homeBlockSchema(r huma.Registry, kind, name string, list reflect.Type) *huma.Schema {
	items := *r.Schema(list, true, "")
	items.Description, items.Nullable = "这一块的内容", false
	s := &huma.Schema{Type: huma.TypeObject, Required: []string{"kind", "title", "items"}, AdditionalProperties: false,
		Properties: map[string]*huma.Schema{
			"kind":  {Type: huma.TypeString, Enum: []any{kind}, Description: "哪一种"},
			"title": {Type: huma.TypeString, Description: "标题"},
			"items": &items,
		}}
	r.Map()[name] = s
	return &huma.Schema{Ref: schemaAt + name}
}

// homeState is all that the first page depends on.
type homeState struct {
	policy.State
	words string
}

func (h *handler) getHome(ctx context.Context, _ *Conditional) (*Rendered, error) {
	state, err := h.Policy.ListState(ctx)
	if err != nil {
		return nil, err
	}
	words, err := h.Search.HotWords(ctx)
	if err != nil {
		return nil, err
	}
	return h.kept.get("home", homeState{state, strings.Join(words, "\n")}, func() (made, error) { return h.makeHome(ctx) })
}

// makeHome makes the first page of the blocks that are shown and have something
// to show.
func (h *handler) makeHome(ctx context.Context) (m made, err error) {
	home, err := h.City.Home(ctx, knownBlocks())
	if err != nil {
		return m, err
	}
	page := HomePage{Blocks: []HomeBlock{}}
	for _, b := range home.Blocks {
		if !b.Shown {
			continue
		}
		block, err := h.blockItems(ctx, home, b.Kind)
		if err != nil {
			return m, err
		}
		m.passing = m.passing || block.passing
		if len(block.lines) > 0 {
			page.Blocks = append(page.Blocks, HomeBlock{b.Kind, b.Title, block.items})
		}
	}
	m.value = page
	return m, nil
}

func (h *handler) blockItems(ctx context.Context, home *model.Home, kind string) (homeItems, error) {
	for _, k := range homeKinds() {
		if k.Kind == kind {
			return k.make(h, ctx, home)
		}
	}
	return homeItems{}, nil // Complete left out what nobody knows
}

func (h *handler) homeNotices(_ context.Context, home *model.Home) ([]HomeNotice, bool, error) {
	return converted(home.Current(model.Today(h.Clock.Now())), homeNotice), false, nil
}

func homeNotice(n model.HomeNotice) HomeNotice { return HomeNotice(n) }

func (h *handler) homeTopics(ctx context.Context, _ *model.Home) ([]TopicItem, bool, error) {
	topics, err := h.Directory.Topics(ctx)
	return converted(topics, topicItem), false, err
}

// newest is how many documents of a kind the first page shows.
const newest = 3

// newestPolicies are the newest that hold, or will.
func (h *handler) newestPolicies(ctx context.Context, _ *model.Home) ([]PolicyItem, bool, error) {
	return h.newestOf(ctx, h.Policy.List, map[string][]string{
		policy.ByValidity: {string(model.InForce), string(model.Amended), string(model.Pending)}})
}

func (h *handler) newestInterpretations(ctx context.Context, _ *model.Home) ([]PolicyItem, bool, error) {
	return h.newestOf(ctx, h.Policy.Interpretations, nil)
}

func (h *handler) newestOf(ctx context.Context, list func(context.Context, policy.Listing) (*policy.Page, error),
	filters map[string][]string) ([]PolicyItem, bool, error) {
	page, err := list(ctx, policy.Listing{Filters: filters, Sort: model.Newest, Limit: newest, NoFacets: true})
	if err != nil {
		return nil, false, err
	}
	return converted(page.Items, policyItem), page.Degraded, nil
}

// newestHeld is how many meetings the first page shows: often the next one, and the last.
const newestHeld = 2

func (h *handler) newestMeetings(ctx context.Context, _ *model.Home) ([]MeetingItem, bool, error) {
	page, err := h.Meetings.Meetings(ctx, meeting.Listing{Limit: newestHeld})
	if err != nil {
		return nil, false, err
	}
	return converted(page.Items, meetingItem), false, nil
}

// newestGazette is the last issue of the gazette.
func (h *handler) newestGazette(ctx context.Context, _ *model.Home) ([]GazetteItem, bool, error) {
	newest, err := h.Gazettes.Newest(ctx)
	if err != nil || newest == nil {
		return []GazetteItem{}, false, err
	}
	return []GazetteItem{gazetteItem(newest)}, false, nil
}

// nextShown is how many events the first page shows.
const nextShown = 2

// openShown is how many consultations the first page shows: those that end first.
const openShown = 2

// openConsultations are told without how much was said: the first page does not change
// with every opinion.
func (h *handler) openConsultations(ctx context.Context, _ *model.Home) ([]ConsultationItem, bool, error) {
	list, err := h.Consultations.EndingFirst(ctx, openShown)
	return converted(list, consultationItem), false, err
}

func (h *handler) nextEvents(ctx context.Context, _ *model.Home) ([]EventItem, bool, error) {
	list, err := h.Events.Next(ctx, nextShown)
	return converted(list, eventItem), false, err
}

func titleOf(p PolicyItem) string { return p.Title }

func (h *handler) homeWords(ctx context.Context, _ *model.Home) ([]HomeWord, bool, error) {
	words, err := h.Search.HotWords(ctx)
	return converted(words, func(w string) HomeWord { return HomeWord{w} }), false, err
}
