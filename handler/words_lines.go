package handler

import (
	"context"
	"net/http"
	"slices"

	"github.com/labstack/echo/v4"

	"yuandu/model"
	"yuandu/service/search"
	"yuandu/service/words"
)

// LinesIn brings many entries at once.
type LinesIn struct {
	Keyed
	ListIn
	Body struct {
		Text string `json:"text" maxLength:"300000" doc:"一行一条：甲 = 乙（同义），甲 → 乙（单向，或误写 → 正写），| 后是说明；从表格复制的也可以"`
		Keep bool   `json:"keep,omitempty" doc:"true 保存；有一行不对就都不保存。false 只是看看"`
	}
}

// LinesAnswer says of each line what it is.
type LinesAnswer struct {
	Kept  int        `json:"kept" doc:"保存了多少条"`
	Items []LineItem `json:"items" doc:"各行；空行和 # 开头的不算"`
}

// LineItem is one line that was pasted.
type LineItem struct {
	N       int         `json:"n" doc:"第几行"`
	Text    string      `json:"text" doc:"原文"`
	Entry   *WordFields `json:"entry" doc:"读成了什么；不对的为 null"`
	Same    bool        `json:"same" doc:"已经有了，或是表头，不用再加"`
	Problem string      `json:"problem,omitempty" doc:"哪里不对、怎样改"`
}

func (h *handler) pasteWords(ctx context.Context, in *LinesIn) (*Private[LinesAnswer], error) {
	lines, kept, err := h.Words.Lines(ctx, by(ctx), in.List, in.Body.Text, in.Body.Keep)
	if err != nil {
		return nil, err
	}
	return private(LinesAnswer{kept, converted(lines, lineItem)}), nil
}

func lineItem(l words.Line) LineItem {
	item := LineItem{N: l.N, Text: l.Text, Same: l.Same}
	if l.Problem != nil {
		item.Problem = say(l.Problem.Code, l.Problem.Args)
	} else if len(l.Entry.Words) > 0 {
		fields := WordFields(l.Entry.WordContent)
		item.Entry = &fields
	}
	return item
}

// exportWords gives a list as a file that can be read in again.
func (h *handler) exportWords(c echo.Context) error {
	list := model.WordList(c.Param("list"))
	if !slices.Contains(model.WordLists(), list) {
		return errNoPath
	}
	sheet := c.QueryParam("form") != "text"
	text, err := h.Words.Export(c.Request().Context(), list, sheet)
	if err != nil {
		return err
	}
	mediaType, end := "text/plain; charset=utf-8", ".txt"
	if sheet {
		mediaType, end = "text/csv; charset=utf-8", ".csv"
	}
	head := c.Response().Header()
	head.Set(echo.HeaderContentDisposition, `attachment; filename="`+string(list)+`-`+string(model.Today(h.Clock.Now()))+end+`"`)
	head.Set(echo.HeaderCacheControl, "no-store")
	return c.Blob(http.StatusOK, mediaType, []byte(text))
}

// TryIn asks what a question would find.
type TryIn struct {
	Keyed
	Body struct {
		Q     string      `json:"q" minLength:"1" maxLength:"200" doc:"居民会搜的话"`
		ID    string      `json:"id,omitempty" maxLength:"26" doc:"正在改哪一条；新增的不填"`
		Entry *WordFields `json:"entry,omitempty" doc:"打算怎样写"`
	}
}

// TryAnswer is what a question finds, and would find.
type TryAnswer struct {
	Before Found `json:"before" doc:"现在"`
	After  Found `json:"after" doc:"这样改之后"`
}

// Found is what a question finds.
type Found struct {
	Total int      `json:"total" doc:"多少份文件"`
	Items []Ref    `json:"items" doc:"最前面的几份"`
	Asked []string `json:"asked" doc:"还换成了哪些说法来找"`
}

func (h *handler) trySynonyms(ctx context.Context, in *TryIn) (*Private[TryAnswer], error) {
	var proposed *model.WordEntry
	if in.Body.Entry != nil {
		proposed = &model.WordEntry{ID: in.Body.ID, List: model.SynonymWords, WordContent: model.WordContent(*in.Body.Entry)}
		if err := h.Words.Check(ctx, proposed); err != nil {
			return nil, err
		}
	}
	before, after, err := h.Search.Try(ctx, in.Body.Q, proposed)
	if err != nil {
		return nil, err
	}
	return private(TryAnswer{foundBy(before), foundBy(after)}), nil
}

func foundBy(t search.Tried) Found {
	f := Found{Total: t.Total, Items: []Ref{}, Asked: append([]string{}, t.Asked...)}
	for _, hit := range t.First {
		f.Items = append(f.Items, Ref{hit.ID, hit.Title})
	}
	return f
}
