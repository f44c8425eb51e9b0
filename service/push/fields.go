package push

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"yuandu/model"
	"yuandu/wechat"
)

// fillable says which sources a type of field can take; every type takes a text of
// the city's own.
var fillable = map[string][]model.PushSource{
	"thing": {model.SourceTitle, model.SourceChange, model.SourceNote, model.SourceNumber, model.SourceDepartment, model.SourceDate,
		model.SourceCount, model.SourcePhone},
	"character_string": {model.SourceNumber, model.SourceCount, model.SourcePhone},
	"number":           {model.SourceCount},
	"date":             {model.SourceDate},
	"time":             {model.SourceDate},
	"name":             {model.SourceDepartment},
	"phrase":           {model.SourceChange},
	"phone_number":     {model.SourcePhone},
}

// SourcesOf lists what can fill a type of field.
func SourcesOf(kind string) []model.PushSource {
	return append(slices.Clone(fillable[kind]), model.SourceFixed)
}

// How long what a city writes of a template may be, in characters.
const (
	longestTitle = 20
	longestLabel = 10
)

// templateID is the shape of WeChat's ids; the demo's are shorter.
var templateID = regexp.MustCompile(`^[A-Za-z0-9_-]{8,64}$`)

// check says what is wrong with a template that somebody wrote, at its field.
// sources are those that its purpose knows.
func check(t *model.PushTemplate, sources []model.PushSource) *model.Error {
	switch n := utf8.RuneCountInString(t.Title); {
	case t.WeChatID != "" && !templateID.MatchString(t.WeChatID):
		return model.ErrTemplateID
	case n == 0 || n > longestTitle || t.Title != tidy(t.Title):
		return model.ErrTemplateTitle.With("title", map[string]any{"most": longestTitle})
	case len(t.Fields) < model.FewestPushFields || len(t.Fields) > model.MostPushFields:
		return model.ErrTemplateFields.With("fields", map[string]any{"least": model.FewestPushFields, "most": model.MostPushFields})
	}
	for i, f := range t.Fields {
		at := fieldAt(i)
		if slices.ContainsFunc(t.Fields[:i], func(o model.PushField) bool { return o.Key == f.Key }) {
			return model.ErrTemplateTwice.With(at+".key", map[string]any{"key": f.Key})
		}
		if wrong := checkField(f, at, sources); wrong != nil {
			return wrong
		}
	}
	return nil
}

func fieldAt(i int) string { return "fields." + strconv.Itoa(i) }

var keyShape = regexp.MustCompile(`^[a-z_]{2,32}[0-9]{1,4}$`)

func checkField(f model.PushField, at string, sources []model.PushSource) *model.Error {
	kind := wechat.FieldType(f.Key)
	switch n := utf8.RuneCountInString(f.Label); {
	case !keyShape.MatchString(f.Key):
		return model.ErrTemplateKey.With(at+".key", nil)
	case kind == "":
		return model.ErrTemplateType.With(at+".key", map[string]any{"types": strings.Join(wechat.FieldTypes(), "、")})
	case n == 0 || n > longestLabel || f.Label != tidy(f.Label):
		return model.ErrTemplateLabel.With(at+".label", map[string]any{"most": longestLabel})
	case !slices.Contains(sources, f.Source):
		return model.ErrTemplateSource.With(at+".source", nil)
	case !slices.Contains(SourcesOf(kind), f.Source):
		return model.ErrTemplateUnfit.With(at+".source", map[string]any{"type": kind})
	case (f.Text != "" || f.Source == model.SourceFixed) && wechat.CheckField(f.Key, f.Text) != nil:
		return model.ErrTemplateText.With(at+".text", map[string]any{"type": kind})
	}
	return nil
}

// Type is a type of field as those who set a template up choose by it.
type Type struct {
	Name    string
	Most    int // characters, 0 where its form alone says
	Sources []model.PushSource
}

// Types lists the types.
func Types() []Type {
	names := wechat.FieldTypes()
	list := make([]Type, len(names))
	for i, name := range names {
		list[i] = Type{name, wechat.Most(name), SourcesOf(name)}
	}
	return list
}

// Length is how long a value is to WeChat, and how long it may be: 0 where its
// type's form alone says.
func (f Filled) Length() (length, most int) {
	return wechat.Length(f.Value), wechat.Most(wechat.FieldType(f.Key))
}
