package handler

import (
	"context"
	"time"

	"yuandu/model"
	"yuandu/service/words"
)

// WordFields are what an entry of a list says. Each list uses its part.
type WordFields struct {
	Words    []string  `json:"words" minItems:"1" maxItems:"12" doc:"同义词是一组；单向时第一个搜得到后面的；其余词表只有一个"`
	OneWay   bool      `json:"one_way,omitempty" doc:"同义词：只是第一个搜得到后面的"`
	Instead  string    `json:"instead,omitempty" maxLength:"40" doc:"不用的词、误写：应当写什么"`
	Note     string    `json:"note,omitempty" maxLength:"100" doc:"说明"`
	RightIn  []string  `json:"right_in,omitempty" maxItems:"20" doc:"不用的词、误写：在这些词里不算错"`
	Severity string    `json:"severity,omitempty" enum:"stop,ask,note" doc:"不用的词、误写：stop 必须改正，ask 改正或说明，note 只作提示；不填时不用的词为 stop，误写为 ask"`
	Hidden   bool      `json:"hidden,omitempty" doc:"热门：从不显示，含有它的也不显示"`
	Position int       `json:"position,omitempty" minimum:"0" maximum:"100000" doc:"热门：显示的顺序"`
	Until    model.Day `json:"until,omitempty" maxLength:"10" doc:"热门：显示到哪天，含当天；不填一直显示"`
}

// WordItem is an entry that the city wrote.
type WordItem struct {
	ID        string       `json:"id" doc:"编号"`
	Version   int64        `json:"version" doc:"版本，修改时放在 If-Match 里"`
	UpdatedAt time.Time    `json:"updated_at" doc:"最近何时改动"`
	UpdatedBy *DeskPerson  `json:"updated_by" doc:"最近谁改动"`
	AlsoIn    []WordFields `json:"also_in" doc:"同义词：还有哪些组里有它的词"`
	WordFields
}

// ShippedWord is an entry that the product knows.
type ShippedWord struct {
	Name string `json:"name" doc:"名称，停用时填它"`
	Off  bool   `json:"off" doc:"已停用"`
	WordFields
}

// CountedItem is how often a word was searched.
type CountedItem struct {
	Word  string `json:"word" doc:"词"`
	Count int    `json:"count" doc:"最近十四天搜了多少次"`
}

// WordTable is a list of words.
type WordTable struct {
	Items   []WordItem    `json:"items" doc:"本市自己加的"`
	Shipped []ShippedWord `json:"shipped" doc:"系统自带的"`
	Counted []CountedItem `json:"counted" doc:"热门：居民搜得最多的词，可以从中选"`
	MayEdit bool          `json:"may_edit" doc:"您能不能修改"`
}

// ListIn names a list of words.
type ListIn struct {
	List model.WordList `path:"list" enum:"synonyms,hot,forbidden,mistyped" doc:"synonyms 同义词，hot 热门搜索，forbidden 不用的词，mistyped 易错词"`
}

func (h *handler) listWords(ctx context.Context, in *ListIn) (*Private[WordTable], error) {
	table, err := h.Words.List(ctx, in.List)
	if err != nil {
		return nil, err
	}
	var people []string
	for _, e := range table.Own {
		people = append(people, e.UpdatedBy)
	}
	names, err := h.Publication.Names(ctx, people)
	if err != nil {
		return nil, err
	}
	answer := WordTable{MayEdit: by(ctx).May(model.ActEditWords), Counted: []CountedItem{},
		Items: converted(table.Own, func(e words.Entry) WordItem { return wordItem(e, names) }),
		Shipped: converted(table.Shipped, func(e words.Shipped) ShippedWord {
			return ShippedWord{e.Name, e.Off, WordFields(e.WordContent)}
		})}
	if in.List == model.HotWords {
		counted, err := h.Search.Counted(ctx)
		if err != nil {
			return nil, err
		}
		for _, c := range counted {
			answer.Counted = append(answer.Counted, CountedItem(c))
		}
	}
	return private(answer), nil
}

func wordItem(e words.Entry, names map[string]string) WordItem {
	return WordItem{ID: e.ID, Version: e.Version, UpdatedAt: e.UpdatedAt, UpdatedBy: personOf(e.UpdatedBy, names),
		AlsoIn: converted(e.AlsoIn, func(c model.WordContent) WordFields { return WordFields(c) }), WordFields: WordFields(e.WordContent)}
}

// AddWordIn adds an entry.
type AddWordIn struct {
	Keyed
	ListIn
	Body WordFields
}

func (h *handler) addWord(ctx context.Context, in *AddWordIn) (*Private[WordItem], error) {
	e := model.WordEntry{List: in.List, WordContent: model.WordContent(in.Body)}
	if err := h.Words.Save(ctx, by(ctx), &e); err != nil {
		return nil, err
	}
	return h.wordNow(ctx, e.List, e.ID)
}

// EditWordIn changes an entry.
type EditWordIn struct {
	EditID
	ListIn
	Body WordFields
}

func (h *handler) editWord(ctx context.Context, in *EditWordIn) (*Private[WordItem], error) {
	version, err := in.version()
	if err != nil {
		return nil, err
	}
	e := model.WordEntry{ID: in.ID, List: in.List, Version: version, WordContent: model.WordContent(in.Body)}
	if err := h.Words.Save(ctx, by(ctx), &e); err != nil {
		return nil, h.wordBehind(ctx, err, &e)
	}
	return h.wordNow(ctx, in.List, in.ID)
}

// RemoveWordIn names an entry to be removed.
type RemoveWordIn struct {
	EditID
	ListIn
}

func (h *handler) removeWord(ctx context.Context, in *RemoveWordIn) (*Done, error) {
	version, err := in.version()
	if err != nil {
		return nil, err
	}
	e := model.WordEntry{ID: in.ID, List: in.List, Version: version}
	return done(), h.wordBehind(ctx, h.Words.Remove(ctx, by(ctx), &e), &e)
}

// wordBehind adds to ErrStale the entry as it is.
func (h *handler) wordBehind(ctx context.Context, err error, e *model.WordEntry) error {
	return withCurrent(err, func() (WordItem, error) {
		now, err := h.wordNow(ctx, e.List, e.ID)
		if err != nil {
			return WordItem{}, err
		}
		return now.Body, nil
	})
}

func (h *handler) wordNow(ctx context.Context, list model.WordList, id string) (*Private[WordItem], error) {
	table, err := h.listWords(ctx, &ListIn{list})
	if err != nil {
		return nil, err
	}
	for _, item := range table.Body.Items {
		if item.ID == id {
			return versioned(item, item.Version), nil
		}
	}
	return nil, model.ErrWordMissing
}

// SwitchWordIn switches an entry of the product's.
type SwitchWordIn struct {
	Keyed
	ListIn
	Body struct {
		Name string `json:"name" maxLength:"300" doc:"系统自带的哪一条"`
		Off  bool   `json:"off" doc:"true 停用，false 恢复"`
	}
}

func (h *handler) switchWord(ctx context.Context, in *SwitchWordIn) (*Done, error) {
	return done(), h.Words.Switch(ctx, by(ctx), in.List, in.Body.Name, in.Body.Off)
}

// OrderIn puts the shown words into an order.
type OrderIn struct {
	Keyed
	Body struct {
		IDs []string `json:"ids" maxItems:"200" doc:"全部置顶的词，按顺序"`
	}
}

func (h *handler) orderWords(ctx context.Context, in *OrderIn) (*Done, error) {
	return done(), h.Words.Order(ctx, by(ctx), in.Body.IDs)
}
