package handler

import (
	"context"
	"strings"
	"time"

	"yuandu/model"
	"yuandu/service/follow"
)

// FavouriteQuery asks for what the resident keeps.
type FavouriteQuery struct {
	Q      string `query:"q" maxLength:"100" doc:"标题里的词，或文号"`
	Limit  int    `query:"limit" minimum:"1" maximum:"100" default:"20" doc:"每页条数"`
	Offset int    `query:"offset" minimum:"0" maximum:"2000" default:"0" doc:"跳过条数"`
}

// FavouritePage is a part of what the resident keeps.
type FavouritePage struct {
	Items []Favourite `json:"items" doc:"这一页，新收藏的在前"`
	Total int         `json:"total" doc:"一共多少份"`
}

// Favourite is a document that the resident keeps.
type Favourite struct {
	Kind          string    `json:"kind" enum:"policy,interpretation,letter,meeting,agenda_item,consultation,event,matter,gazette,gazette_piece" doc:"哪一类：policy 政策文件，interpretation 解读，letter 公开来信，meeting 会议，agenda_item 会议议题，consultation 意见征集，event 活动，matter 事项，gazette 公报，gazette_piece 公报的篇目"`
	KindName      string    `json:"kind_name" doc:"这一类的中文"`
	ID            string    `json:"id" doc:"编号"`
	Title         string    `json:"title" doc:"标题；已不公开的，是收藏时的标题"`
	DocNumber     string    `json:"doc_number" doc:"文号，没有时为空"`
	Departments   []Ref     `json:"departments" doc:"发文机关、发布单位、主办或承办单位；空表示不详"`
	PublishedDate string    `json:"published_date" doc:"发布日期；会议和活动是哪天举行，意见征集是哪天开始；不详时为空"`
	Validity      string    `json:"validity" enum:",pending,in_force,amended,expired,repealed" doc:"政策文件的有效性；其他的和已不公开的为空"`
	ValidityName  string    `json:"validity_name" doc:"有效性的名称"`
	KeptAt        time.Time `json:"kept_at" doc:"何时收藏"`
	Gone          string    `json:"gone" doc:"已不公开时，一句说明；公开着为空"`
}

// Marks are what the resident has made of one thing.
type Marks struct {
	Favourite bool `json:"favourite" doc:"收藏了"`
	Followed  bool `json:"followed" doc:"订阅了"`
}

// KeptIn is a change of one favourite.
type KeptIn struct {
	Keyed
	Kind string `path:"kind" enum:"policy,interpretation,letter,meeting,agenda_item,consultation,event,matter,gazette,gazette_piece" doc:"哪一类"`
	ID   string `path:"id" maxLength:"40" doc:"编号"`
}

func (in *KeptIn) thing() follow.Thing { return follow.Thing{Kind: model.Kind(in.Kind), ID: in.ID} }

// MarksQuery asks what the resident has made of some things.
type MarksQuery struct {
	Of []string `query:"of,explode" required:"true" minItems:"1" maxItems:"10" doc:"哪些：类别和编号，如 policy:01J…，可以写几个"`
}

// MarksList is what the resident has made of things, in the order in which they were asked for.
type MarksList struct {
	Items []Marks `json:"items" doc:"按问的顺序"`
}

func (h *handler) listFavourites(ctx context.Context, in *FavouriteQuery) (*Private[FavouritePage], error) {
	list, total, err := h.Follow.Favourites(ctx, who(ctx).Actor.ID, in.Q, in.Limit, in.Offset)
	if err != nil {
		return nil, err
	}
	return private(FavouritePage{converted(list, h.favourite), total}), nil
}

func (h *handler) favourite(f model.Favourite) Favourite {
	kind, _ := model.KeptKindOf(f.Kind)
	v := Favourite{Kind: string(f.Kind), KindName: say(kind.Name, nil), ID: f.ID, Title: f.Title, DocNumber: f.DocNumber, Departments: departmentRefs(f.Departments),
		PublishedDate: string(f.PublishedDate), KeptAt: f.KeptAt, Gone: goneOf(f.Kind, f.Loss)}
	if f.Kind == model.KindPolicy && f.Loss == nil {
		validity := f.Days.On(model.Today(h.Clock.Now()))
		v.Validity, v.ValidityName = string(validity), validity.Name()
	}
	return v
}

// goneOf says in a sentence that something is gone, "" where it is not.
func goneOf(kind model.Kind, loss *model.Loss) string {
	switch {
	case loss == nil:
		return ""
	case loss.Withdrawal != nil:
		w := loss.Withdrawal
		return say("publication.withdrawn", map[string]any{"reason": w.Reason, "day": model.Today(w.At).Chinese()})
	case kind == model.KindDepartment:
		return say("gone.department", nil)
	}
	return say("gone.document", nil)
}

func (h *handler) keepFavourite(ctx context.Context, in *KeptIn) (*Private[Marks], error) {
	return marks(h.Follow.Keep(ctx, who(ctx).Actor.ID, in.thing()))
}

func (h *handler) dropFavourite(ctx context.Context, in *KeptIn) (*Private[Marks], error) {
	return marks(h.Follow.Drop(ctx, who(ctx).Actor.ID, in.thing()))
}

func (h *handler) getMarks(ctx context.Context, in *MarksQuery) (*Private[MarksList], error) {
	list := MarksList{Items: make([]Marks, len(in.Of))}
	for n, of := range in.Of {
		kind, id, named := strings.Cut(of, ":")
		if !named {
			return nil, model.ErrKeptKind.With("of", nil)
		}
		m, err := h.Follow.Marks(ctx, who(ctx).Actor.ID, follow.Thing{Kind: model.Kind(kind), ID: id})
		if err != nil {
			return nil, err
		}
		list.Items[n] = Marks(m)
	}
	return private(list), nil
}

func marks(m model.Marks, err error) (*Private[Marks], error) {
	if err != nil {
		return nil, err
	}
	return private(Marks(m)), nil
}
