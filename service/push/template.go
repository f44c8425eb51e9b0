package push

import (
	"context"
	"slices"
	"time"

	"yuandu/model"
	"yuandu/store"
	"yuandu/store/cache"
	"yuandu/wechat"
)

// Messenger sends a message through WeChat and gives its id, "" where WeChat gave
// none.
type Messenger interface {
	Send(ctx context.Context, m wechat.Message) (id string, err error)
}

// Purpose is what messages are for: changes, digests, and what later domains have
// to tell.
type Purpose struct {
	ID      model.Purpose
	Sources []model.PushSource
	Usual   model.PushTemplate // what a city is advised to apply for at WeChat

	// Example is what a message would tell of public documents, the newest first:
	// there is at least one.
	Example func(of []model.Policy, what model.PublicationAct, now time.Time) Telling
}

// Purposes are those of documents.
func Purposes() []Purpose {
	return []Purpose{{
		ID: model.ForChange, Example: exampleChange,
		Sources: []model.PushSource{model.SourceTitle, model.SourceChange, model.SourceNote, model.SourceNumber, model.SourceDepartment,
			model.SourceDate, model.SourcePhone, model.SourceFixed},
		Usual: model.PushTemplate{Title: "政策更新提醒", Fields: []model.PushField{{Key: "thing1", Label: "政策名称", Source: model.SourceTitle},
			{Key: "thing2", Label: "更新内容", Source: model.SourceNote}, {Key: "date3", Label: "更新日期", Source: model.SourceDate}}},
	}, {
		ID: model.ForDigest, Example: exampleDigest,
		Sources: []model.PushSource{model.SourceTitle, model.SourceChange, model.SourceDate, model.SourceCount, model.SourcePhone, model.SourceFixed},
		Usual: model.PushTemplate{Title: "订阅内容更新通知", Fields: []model.PushField{{Key: "thing1", Label: "更新内容", Source: model.SourceTitle},
			{Key: "number2", Label: "更新数量", Source: model.SourceCount}, {Key: "date3", Label: "更新日期", Source: model.SourceDate}}},
	}}
}

// Templates is which of WeChat's templates serve which purposes.
type Templates struct {
	store    *store.Store
	cache    cache.Cache
	wechat   Messenger
	clock    model.Clock
	purposes []Purpose
	letters  letters
}

// NewTemplates makes the service. more are the purposes of other domains than
// documents.
func NewTemplates(s *store.Store, c cache.Cache, m Messenger, clock model.Clock, more ...Purpose) *Templates {
	return &Templates{store: s, cache: c, wechat: m, clock: clock, purposes: append(Purposes(), more...)}
}

// Kept is a purpose with the template that serves it; before anybody set one up,
// its version is 0 and it is as the city is advised.
type Kept struct {
	Purpose
	model.PushTemplate
}

// List lists the purposes with their templates.
func (s *Templates) List(ctx context.Context) ([]Kept, error) {
	set, err := s.store.PushTemplates(ctx)
	if err != nil {
		return nil, err
	}
	list := make([]Kept, len(s.purposes))
	for i, p := range s.purposes {
		list[i] = Kept{p, p.Usual}
		list[i].PushTemplate.Purpose = p.ID
		if at := slices.IndexFunc(set, func(t model.PushTemplate) bool { return t.Purpose == p.ID }); at >= 0 {
			list[i].PushTemplate = set[at]
		}
	}
	return list, nil
}

// InUse lists the templates by which messages go out: residents may be asked for
// them.
func (s *Templates) InUse(ctx context.Context) ([]model.PushTemplate, error) {
	set, err := s.store.PushTemplates(ctx)
	return slices.DeleteFunc(set, func(t model.PushTemplate) bool { return t.WeChatID == "" }), err
}

func (s *Templates) purpose(id model.Purpose) (*Purpose, error) {
	at := slices.IndexFunc(s.purposes, func(p Purpose) bool { return p.ID == id })
	if at < 0 {
		return nil, model.ErrPurposeMissing
	}
	return &s.purposes[at], nil
}

// Save sets up what serves a purpose, or changes it if its version is still the
// one that was read: 0 before anybody set one up.
func (s *Templates) Save(ctx context.Context, by model.Actor, t *model.PushTemplate) error {
	if by.Kind != model.TheSystem && !by.May(model.ActEditTemplates) {
		return model.ErrNotAllowed
	}
	p, err := s.purpose(t.Purpose)
	if err != nil {
		return err
	}
	if wrong := check(t, p.Sources); wrong != nil {
		return wrong
	}
	if by.Kind == model.AStaff {
		t.UpdatedBy = by.ID
	}
	return s.store.InTx(ctx, func(tx *store.Tx) error {
		if err := tx.KeepPushTemplate(ctx, t); err != nil {
			return err
		}
		if err := tx.MendGate(ctx, t.Purpose); err != nil {
			return err
		}
		return tx.Audit(ctx, by, model.AuditEntry{Act: "template.edited", Object: model.Ref{Kind: "template", ID: string(t.Purpose)},
			Details: saved{t.WeChatID, t.Title, t.Long, t.Fields}})
	})
}

// saved is what the audit trail says of a template.
type saved struct {
	WeChatID string            `json:"wechat_id"`
	Title    string            `json:"title"`
	Long     bool              `json:"long"`
	Fields   []model.PushField `json:"fields"`
}

// Provide sets up templates for purposes that have none.
func (s *Templates) Provide(ctx context.Context, by model.Actor, templates ...model.PushTemplate) error {
	for _, t := range templates {
		there, err := s.store.PushTemplate(ctx, t.Purpose)
		if err != nil {
			return err
		}
		if there != nil {
			continue
		}
		if err := s.Save(ctx, by, &t); err != nil {
			return err
		}
	}
	return nil
}

// Letter is the message by which a purpose's template tells something, without
// whom it is for. trimmed is a field that WeChat refused, to be said plainer and
// shorter; "" for none. ErrTemplateUnset where the purpose has no template.
func (s *Templates) Letter(ctx context.Context, purpose model.Purpose, t Telling, trimmed string) (wechat.Message, []Filled, error) {
	set, err := s.store.PushTemplate(ctx, purpose)
	if err == nil && (set == nil || set.WeChatID == "") {
		err = model.ErrTemplateUnset
	}
	if err != nil {
		return wechat.Message{}, nil, err
	}
	if err := s.settle(ctx, &t); err != nil {
		return wechat.Message{}, nil, err
	}
	filled := Fill(set.Fields, t)
	for i, f := range filled {
		if value, ok := Stricter(f.Key, f.Value); ok && f.Key == trimmed {
			filled[i].Value = value
		}
	}
	return wechat.Message{Template: set.WeChatID, Data: Values(filled), Page: t.Page}, filled, nil
}

// settle adds what the city says of itself.
func (s *Templates) settle(ctx context.Context, t *Telling) error {
	city, err := s.store.Settings(ctx)
	if err != nil {
		return err
	}
	t.City, t.Phone = city.CityName, city.Phone
	return nil
}
