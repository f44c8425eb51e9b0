package handler

import (
	"context"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"yuandu/model"
	"yuandu/service/letter"
)

func (h *handler) callRoutes(api huma.API) {
	call := may(model.ActCallAuthors)
	act(h, api, "GET", pathLetters+"/calls", call, "回访：要打的电话和结果", h.listCalls)
	create(h, api, pathLetters+"/samples", call, "抽一批来信回访", h.drawSample)
	act(h, api, "POST", pathLetters+"/calls/{call}", call, "记下一次回访", h.keepCall)
}

// LetterSample is a lot by which letters were picked for calls.
type LetterSample struct {
	ID       string    `json:"id" doc:"编号"`
	From     model.Day `json:"from" doc:"答复从哪天"`
	Until    model.Day `json:"until" doc:"到哪天"`
	Percent  int       `json:"percent" doc:"每个部门抽百分之几"`
	Unsolved bool      `json:"unsolved" doc:"来信人说没有解决的全部回访"`
	Seed     int64     `json:"seed" doc:"抽签的种子：同样的来信和种子抽出同样的结果"`
	By       string    `json:"by" doc:"谁抽的"`
	At       time.Time `json:"at" doc:"何时抽的"`
	Letters  int       `json:"letters" doc:"抽到多少封"`
}

func letterSample(v *model.LetterSample, staff map[string]string) LetterSample {
	return LetterSample{v.ID, v.From, v.Until, v.Percent, v.Unsolved, v.Seed, staff[v.DrawnBy], v.DrawnAt, v.Letters}
}

// DrawIn picks letters by lot.
type DrawIn struct {
	Keyed
	Body struct {
		From     model.Day `json:"from" maxLength:"10" doc:"哪天起答复的"`
		Until    model.Day `json:"until" maxLength:"10" doc:"哪天止答复的"`
		Percent  int       `json:"percent,omitempty" minimum:"0" maximum:"100" doc:"每个部门抽百分之几，至少一封；不填按城市的设置"`
		Unsolved bool      `json:"unsolved,omitempty" doc:"来信人说没有解决的，全部回访"`
		Seed     int64     `json:"seed,omitempty" minimum:"0" doc:"抽签的种子；不填随机"`
	}
}

func (h *handler) drawSample(ctx context.Context, in *DrawIn) (*Private[LetterSample], error) {
	v, err := h.Letters.Draw(ctx, by(ctx), letter.Drawing{From: in.Body.From, Until: in.Body.Until, Percent: in.Body.Percent,
		Unsolved: in.Body.Unsolved, Seed: in.Body.Seed})
	if err != nil {
		return nil, err
	}
	return private(letterSample(v, nil)), nil
}

// CallsIn asks for calls.
type CallsIn struct {
	State  model.CallState `query:"state" default:"waiting" enum:"waiting,reached,unreached,declined,no_number" doc:"waiting 待回访，reached 已回访，unreached 没有联系上，declined 不愿回访，no_number 没有电话"`
	Sample string          `query:"sample" maxLength:"26" doc:"哪一批，不填为全部"`
	Limit  int             `query:"limit" default:"20" minimum:"1" maximum:"100" doc:"一页多少个"`
	Offset int             `query:"offset" minimum:"0" maximum:"100000" doc:"从第几个起"`
}

// CallPage is a part of the calls.
type CallPage struct {
	Items   []CallItem     `json:"items" doc:"没有打过的、很久没打的在前"`
	Total   int            `json:"total" doc:"共多少个，1000 表示更多"`
	States  []CallCount    `json:"states" doc:"各种结果有多少"`
	Samples []LetterSample `json:"samples" doc:"抽过的批次，新的在前"`
	Percent int            `json:"percent" doc:"城市设置的抽样比例，百分之几"`
	Tries   int            `json:"tries" doc:"打几次没有联系上就不再打"`
}

// CallCount is how many calls are in a state.
type CallCount struct {
	State model.CallState `json:"state" enum:"waiting,reached,unreached,declined,no_number" doc:"哪种结果"`
	Name  string          `json:"name" doc:"结果的中文"`
	Count int             `json:"count" doc:"多少个"`
}

// CallItem is a call with its letter.
type CallItem struct {
	ID         string          `json:"id" doc:"回访的编号"`
	Letter     DeskLetterItem  `json:"letter" doc:"哪封信"`
	AnsweredAt time.Time       `json:"answered_at" doc:"何时答复的"`
	Why        model.Calling   `json:"why" enum:"sampled,unsolved" doc:"sampled 抽到的，unsolved 来信人说没有解决"`
	WhyName    string          `json:"why_name" doc:"为什么回访，中文"`
	State      model.CallState `json:"state" enum:"waiting,reached,unreached,declined,no_number" doc:"到了哪一步"`
	StateName  string          `json:"state_name" doc:"到了哪一步，中文"`
	Tries      int             `json:"tries" doc:"打过几次"`
	By         string          `json:"by" doc:"最近一次谁打的，没有为空"`
	At         *time.Time      `json:"at" doc:"最近一次何时打的，没有为 null"`
	ByAuthor   bool            `json:"by_author" doc:"是来信人本人说的"`
	Counted    bool            `json:"counted" doc:"计入来信人的评价"`
	Rating     *LetterRating   `json:"rating" doc:"说了什么，没有联系上为 null"`
}

func (h *handler) listCalls(ctx context.Context, in *CallsIn) (*Private[CallPage], error) {
	page, err := h.Letters.Calls(ctx, letter.CallQuestion{State: in.State, Sample: in.Sample, Limit: in.Limit, Offset: in.Offset})
	if err != nil {
		return nil, err
	}
	names, err := h.Letters.NamesFor(ctx, nil)
	if err != nil {
		return nil, err
	}
	names.Staff = page.Staff
	v := CallPage{Total: page.Total, Percent: page.Percent, Tries: model.CallTries,
		Items:   converted(page.Items, func(i letter.CallItem) CallItem { return callItem(&i, names) }),
		Samples: converted(page.Samples, func(s model.LetterSample) LetterSample { return letterSample(&s, names.Staff) })}
	for _, state := range []model.CallState{model.CallWaiting, model.CallReached, model.CallUnreached, model.CallDeclined, model.CallNoNumber} {
		v.States = append(v.States, CallCount{state, state.Name(), page.Counts[state]})
	}
	return private(v), nil
}

func callItem(i *letter.CallItem, names letter.Names) CallItem {
	c := &i.Call
	v := CallItem{ID: c.ID, Letter: deskLetterItem(&i.Shown, names), AnsweredAt: i.AnsweredAt, Why: c.Why, WhyName: c.Why.Name(), State: c.State,
		StateName: c.State.Name(), Tries: c.Tries, By: names.Staff[c.StaffID], At: momentOr(c.At), ByAuthor: c.ByAuthor, Counted: c.Counted}
	if c.State == model.CallReached {
		v.Rating = &LetterRating{c.Rating.Response, c.Rating.Solved, c.Rating.Satisfaction, c.Rating.Text, true}
	}
	return v
}

// KeepCallIn is what came of a call.
type KeepCallIn struct {
	Keyed
	Call string `path:"call" maxLength:"26" doc:"回访的编号"`
	Body struct {
		Outcome  model.CallState `json:"outcome" enum:"reached,unreached,declined,no_number" doc:"reached 联系上了，unreached 这次没有联系上，declined 不愿回访，no_number 没有电话"`
		ByAuthor bool            `json:"by_author,omitempty" doc:"是来信人本人说的；家人等代答的不计入评价"`
		Rating   *LetterRating   `json:"rating,omitempty" doc:"联系上的，对方怎么说"`
	}
}

func (h *handler) keepCall(ctx context.Context, in *KeepCallIn) (*Private[CallItem], error) {
	v := letter.Called{State: in.Body.Outcome, ByAuthor: in.Body.ByAuthor}
	if r := in.Body.Rating; r != nil {
		v.Rating = model.LetterRating{Response: r.Response, Solved: r.Solved, Satisfaction: r.Satisfaction, Text: r.Text}
	}
	item, err := h.Letters.Call(ctx, by(ctx), in.Call, v)
	if err != nil {
		return nil, err
	}
	names, err := h.Letters.NamesFor(ctx, &model.Letter{HandlerID: item.Call.StaffID})
	return private(callItem(item, names)), err
}
