package handler

import (
	"context"
	"strings"
	"time"

	"yuandu/model"
	"yuandu/service/publication"
)

// FindingPage lists what the checks found.
type FindingPage struct {
	Items []FindingItem `json:"items" doc:"按在文中的先后"`
	Open  int           `json:"open" doc:"还有多少处要改正或说明，才能送审"`
}

// FindingItem is something that a person should look at.
type FindingItem struct {
	Number   string `json:"number" doc:"编号，文字不变时不变"`
	Code     string `json:"code" doc:"代码"`
	Severity string `json:"severity" doc:"stop 必须改正，ask 改正或说明理由，note 提示"`
	Message  string `json:"message" doc:"是什么，怎样改"`
	Field    string `json:"field" doc:"哪一项；几项中的一项写作 attachments:0"`
	Passage  int    `json:"passage" doc:"正文第几段，从 0 数；不在正文时为 -1"`
	Row      int    `json:"row" doc:"表格第几行，从 0 数；不在表格时为 -1"`
	Cell     int    `json:"cell" doc:"第几格，从 0 数；不在表格时为 -1"`
	From     int    `json:"from" doc:"从第几个字符起（UTF-16）"`
	Length   int    `json:"length" doc:"有几个字符"`
	Text     string `json:"text" doc:"是哪几个字；个人信息已遮盖"`
	Instead  string `json:"instead" doc:"建议改成什么，没有时为空"`
	Reason   string `json:"reason" doc:"已说明的理由，没有时为空"`
}

func findingItem(f publication.Finding) FindingItem {
	args := map[string]any{"text": f.Text}
	for k, v := range f.Hint {
		args[k] = v
	}
	instead, _ := f.Hint["instead"].(string)
	return FindingItem{f.Number, f.Code, string(f.Severity), say("check."+f.Code, args), f.Place.Field, f.Place.Passage, f.Place.Row, f.Place.Cell,
		f.Place.From, f.Place.Len, f.Text, instead, f.Excused}
}

func (d *desk[C]) checks(ctx context.Context, in *DeskID) (*Private[FindingPage], error) {
	found, err := d.h.Publication.Findings(ctx, by(ctx), d.kind, in.ID)
	if err != nil {
		return nil, err
	}
	return private(FindingPage{converted(found, findingItem), publication.Open(found)}), nil
}

// SubmitIn hands a draft to review.
type SubmitIn struct {
	EditID
	Body struct {
		Excuses []model.Excuse `json:"excuses,omitempty" maxItems:"500" doc:"检查发现为什么可以保留"`
		Note    string         `json:"note,omitempty" maxLength:"500" doc:"给审核人的话"`
	}
}

func (d *desk[C]) submit(ctx context.Context, in *SubmitIn) (*Private[DeskRecord[C]], error) {
	return d.do(ctx, in.EditID, func(r publication.Ref) (*model.Publication, error) {
		return d.h.Publication.Submit(ctx, by(ctx), r, in.Body.Excuses, strings.TrimSpace(in.Body.Note))
	})
}

// ReasonIn is an act that needs a reason.
type ReasonIn struct {
	EditID
	Body struct {
		Reason string `json:"reason" maxLength:"500" doc:"原因"`
	}
}

func (d *desk[C]) giveBack(ctx context.Context, in *ReasonIn) (*Private[DeskRecord[C]], error) {
	return d.do(ctx, in.EditID, func(r publication.Ref) (*model.Publication, error) {
		return d.h.Publication.Return(ctx, by(ctx), r, strings.TrimSpace(in.Body.Reason))
	})
}

func (d *desk[C]) withdraw(ctx context.Context, in *ReasonIn) (*Private[DeskRecord[C]], error) {
	return d.do(ctx, in.EditID, func(r publication.Ref) (*model.Publication, error) {
		return d.h.Publication.Withdraw(ctx, by(ctx), r, strings.TrimSpace(in.Body.Reason))
	})
}

// SignIn is the reviewer's word.
type SignIn struct {
	EditID
	Body SignFields
}

// SignFields are what a reviewer signs.
type SignFields struct {
	NoSecret  bool            `json:"no_secret" doc:"已作保密审查，没有国家秘密、工作秘密和不能公开的个人信息；必须为 true"`
	Attribute model.Attribute `json:"attribute" enum:"open,on_request,not_open" doc:"open 主动公开，on_request 依申请公开，not_open 不予公开"`
	Ground    string          `json:"ground,omitempty" maxLength:"500" doc:"不主动公开的依据"`
	Tell      bool            `json:"tell,omitempty" doc:"是否告诉关注的人"`
	Why       string          `json:"why,omitempty" maxLength:"200" doc:"为什么告诉或不告诉"`
	Urgent    string          `json:"urgent,omitempty" maxLength:"200" doc:"为什么要抢在别的消息前面告诉；不急的为空"`
	Note      string          `json:"note,omitempty" maxLength:"500" doc:"更正说明，和更正后的文件一起公开"`
	CloseOld  bool            `json:"close_older,omitempty" doc:"更正以前的各版含有不应公开的内容，不再提供查阅；更正说明就是公布的原因"`
	At        *time.Time      `json:"at,omitempty" doc:"定时公开；没有时立即公开"`
}

// review is what a reviewer signs, and when the document appears.
func (f *SignFields) review() (r model.Review, at time.Time, err error) {
	if !f.NoSecret {
		return r, at, model.ErrSecrecyUnsigned
	}
	if f.At != nil {
		at = *f.At
	}
	return model.Review{Attribute: f.Attribute, Ground: strings.TrimSpace(f.Ground), Tell: f.Tell,
		Why: strings.TrimSpace(f.Why), Urgent: strings.TrimSpace(f.Urgent), Note: strings.TrimSpace(f.Note), CloseOlder: f.CloseOld}, at, nil
}

func (d *desk[C]) sign(ctx context.Context, in *SignIn) (*Private[DeskRecord[C]], error) {
	review, at, err := in.Body.review()
	if err != nil {
		return nil, err
	}
	return d.do(ctx, in.EditID, func(r publication.Ref) (*model.Publication, error) {
		return d.h.Publication.Sign(ctx, by(ctx), r, review, at)
	})
}

// AssignIn puts a document into the hands of a department.
type AssignIn struct {
	EditID
	Body struct {
		DepartmentID string `json:"department_id" maxLength:"26" doc:"归哪个部门"`
	}
}

func (d *desk[C]) assign(ctx context.Context, in *AssignIn) (*Private[DeskRecord[C]], error) {
	return d.do(ctx, in.EditID, func(r publication.Ref) (*model.Publication, error) {
		return d.h.Publication.Assign(ctx, by(ctx), r, in.Body.DepartmentID)
	})
}

// PresencePage lists who else is in a document just now.
type PresencePage struct {
	Items []DeskPerson `json:"items" doc:"此刻还有谁在看或在改"`
}

// PresenceIn says that somebody is in a document.
type PresenceIn struct {
	Keyed
	DeskID
}

func (d *desk[C]) be(ctx context.Context, in *PresenceIn) (*Private[PresencePage], error) {
	others, err := d.h.Publication.Be(ctx, by(ctx), d.kind, in.ID)
	if err != nil {
		return nil, err
	}
	names, err := d.h.Publication.Names(ctx, others)
	return private(PresencePage{converted(others, func(id string) DeskPerson { return DeskPerson{id, names[id]} })}), err
}

func (d *desk[C]) leave(ctx context.Context, in *PresenceIn) (*Done, error) {
	return done(), d.h.Publication.Leave(ctx, by(ctx), d.kind, in.ID)
}

// HistoryPage lists what was done on the way of a document.
type HistoryPage struct {
	Items []HistoryItem `json:"items" doc:"新的在前"`
}

// HistoryItem is one act on the way of a document.
type HistoryItem struct {
	At       time.Time            `json:"at" doc:"何时"`
	By       *DeskPerson          `json:"by" doc:"谁，系统时为 null"`
	Act      model.PublicationAct `json:"act" doc:"做了什么（代码）"`
	Note     string               `json:"note" doc:"原因、说明"`
	Revision int64                `json:"revision" doc:"公开的是第几版，没有为 0"`
}

func (d *desk[C]) history(ctx context.Context, in *DeskID) (*Private[HistoryPage], error) {
	list, err := d.h.Publication.History(ctx, by(ctx), d.kind, in.ID)
	if err != nil {
		return nil, err
	}
	var ids []string
	for _, e := range list {
		ids = append(ids, e.StaffID)
	}
	names, err := d.h.Publication.Names(ctx, ids)
	return private(HistoryPage{converted(list, func(e model.PublicationEvent) HistoryItem {
		note := e.Note
		if e.Act == model.PubFailed {
			note = say(e.Note, nil)
		}
		return HistoryItem{e.At, personOf(e.StaffID, names), e.Act, note, e.Version}
	})}), err
}
