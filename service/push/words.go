package push

import (
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"yuandu/model"
	"yuandu/wechat"
)

// Telling is what a message tells, before it is put into the fields of a
// template. A domain that has more to tell than changes makes its own.
type Telling struct {
	Title       string // in full
	Change      string // what happened, in at most twenty characters
	Phrase      string // the same, in at most five 汉字
	Note        string // what the editor says of it
	Number      string // as printed
	Departments []model.Department
	At          time.Time
	Count       int    // documents
	Page        string // opened by a tap
	City, Phone string
}

// Subject is the document that an announcement is of.
type Subject struct {
	Number      string
	Departments []model.Department
}

type change struct{ sentence, phrase string }

// changes are what may be told of documents.
var changes = map[model.PublicationAct]change{
	model.PubPublished: {"新文件公开了，点开看全文", "新发布"},
	model.PubCorrected: {"文件有更正，点开看改了什么", "有更正"},
	model.PubWithdrawn: {"文件已撤回，不再公开", "已撤回"},
	model.PubMerged:    {"与另一份文件合并，点开查看", "已合并"},
	model.PubRestored:  {"恢复为以前的版本，点开查看", "有变动"},
}

// ofLetter are what may be told of a letter to its author.
var ofLetter = map[model.PublicationAct]change{
	model.PublicationAct(model.LetterStepAnswered): {"您的信有答复了，点开查看", "有答复"},
	model.PublicationAct(model.LetterStepExtended): {"办理期限延长了，点开看原因", "已延期"},
	model.PublicationAct(model.LetterStepRefused):  {"没有受理，点开看理由和去处", "未受理"},
	model.PublicationAct(model.LetterStepEnded):    {"已经终结办理，点开看理由", "已终结"},
}

var progress = change{"您的信有新进展，点开查看", "有进展"}

// ofSignUp are what is told of a sign-up.
var ofSignUp = map[model.PublicationAct]change{
	model.SignUpUp: {"您已从候补转为报名成功", "报名成功"}, model.SignUpDrawn: {"抽签结果已公布，点开查看", "已抽签"},
	model.SignUpMoved: {"活动的时间或地点有变", "有变动"}, model.SignUpOff: {"活动取消了，点开看原因", "已取消"},
	model.SignUpReminder: {"您报名的活动明天举行", "明天举行"},
}

var (
	explained = change{"有了解读，点开看怎么办", "有解读"}
	changed   = change{"内容有变动，点开查看", "有变动"}
	convened  = change{"会议公布了议程或议定事项", "有新会议"}
	decided   = change{"会议有新的议定事项或更正", "有变动"}
	consulted = change{"征求意见，点开看、提意见", "征求意见"}
	heard     = change{"征集有进展，点开查看", "有进展"}
	answered  = change{"您的意见都有了答复，点开查看", "意见有答复"}
	called    = change{"有新的活动，点开看怎么报名", "有新活动"}
	joined    = change{"您关注的事项有新的进展", "有进展"}
	printed   = change{"新一期公报出版，点开阅读", "新公报"}
	gathered  = change{"您关注的内容有更新", "有更新"}
)

// Pages of the mini program that messages open.
const (
	pagePolicy         = "packages/policy/policy"
	pageInterpretation = "packages/policy/interpretation"
	pageNotices        = "packages/account/notices"
	pageLetter         = "packages/letter/letter"
	pagePublicLetter   = "packages/letter/public"
	pageMatter         = "packages/matter/matter"
	pageMeeting        = "packages/meeting/meeting"
	pageConsultation   = "packages/consultation/consultation"
	pageMyOpinions     = "packages/consultation/mine"
	pageEvent          = "packages/event/event"
	pageSignUp         = "packages/event/signup"
	pageGazette        = "packages/gazette/reader"
)

// TellChange is what a message tells of a change.
func TellChange(a *model.Announcement, about Subject) Telling {
	said, known := changes[a.What]
	switch {
	case a.Kind == model.KindOwnLetter:
		if said, known = ofLetter[a.What]; !known {
			said = progress
		}
	case a.Kind == model.KindSignUp:
		if said, known = ofSignUp[a.What]; !known {
			said = changed
		}
	case a.Kind == model.KindEvent && a.What == model.PubPublished:
		said = called
	case a.Kind == model.KindInterpretation && a.What == model.PubPublished:
		said = explained
	case a.Kind == model.KindGazette && a.What == model.PubPublished:
		said = printed
	case a.Kind == model.KindMatter:
		said = joined
	case a.Kind == model.KindMeeting && a.What == model.PubPublished:
		said = convened
	case a.Kind == model.KindMeeting && a.What == model.PubCorrected:
		said = decided
	case a.Kind == model.KindConsultation && a.What == model.PubPublished:
		said = consulted
	case a.Kind == model.KindConsultation && a.What == model.PubCorrected:
		said = heard
	case !known:
		said = changed
	}
	return Telling{Title: a.Title, Change: said.sentence, Phrase: said.phrase, Note: a.Note, Number: about.Number,
		Departments: about.Departments, At: a.CreatedAt, Count: 1, Page: pageOf(a)}
}

// longestChange is what fits into Telling.Change, in characters.
const longestChange = 20

// TellVerdicts is what a message tells somebody of what became of their own words.
func TellVerdicts(a *model.Announcement, about Subject, verdicts map[model.Verdict]int) Telling {
	t := TellChange(a, about)
	t.Change, t.Phrase = strings.ReplaceAll(strings.Join(model.TellVerdicts(verdicts), "，"), " ", ""), answered.phrase
	if utf8.RuneCountInString(t.Change) > longestChange {
		t.Change = answered.sentence
	}
	t.Page = pageMyOpinions + "?from=message"
	return t
}

// ofDraw are what a draw made of a sign-up.
var ofDraw = map[model.SignUpState]change{
	model.SignUpIn: {"您抽中了，点开看入场码", "抽中了"}, model.SignUpWaiting: {"没有抽中，您在候补名单里", "候补"},
}

// TellDraw is what a message tells somebody of the draw of places in which they took part.
func TellDraw(a *model.Announcement, about Subject, state model.SignUpState) Telling {
	t := TellChange(a, about)
	if said, known := ofDraw[state]; known {
		t.Change, t.Phrase = said.sentence, said.phrase
	}
	return t
}

// TellDigest is what a message tells of what came together since the last one;
// titles are the first of them.
func TellDigest(titles []string, count int, at time.Time) Telling {
	t := Telling{Change: gathered.sentence, Phrase: gathered.phrase, Count: max(count, 1), At: at, Page: pageNotices + "?from=message"}
	if len(titles) > 0 {
		t.Title = titles[0]
	}
	if count > 1 {
		t.Change = fmt.Sprintf("您关注的内容有%d件更新", count)
	}
	return t
}

// pageOf is what a message about a change opens: the document, or the inbox where
// that is not there any more.
func pageOf(a *model.Announcement) string {
	page, known := map[model.Kind]string{model.KindPolicy: pagePolicy, model.KindInterpretation: pageInterpretation, model.KindLetter: pagePublicLetter,
		model.KindOwnLetter: pageLetter, model.KindMeeting: pageMeeting, model.KindConsultation: pageConsultation, model.KindEvent: pageEvent, model.KindSignUp: pageSignUp, model.KindMatter: pageMatter, model.KindGazette: pageGazette}[a.Kind]
	if !known || a.What == model.PubWithdrawn {
		return pageNotices + "?from=message"
	}
	return page + "?id=" + url.QueryEscape(a.Object) + "&from=message"
}

// Filled is a field of a message with its value.
type Filled struct {
	model.PushField
	Value  string
	Cut    bool // it says less than there was to say
	Stands bool // there was nothing to say, and something else stands there
}

// Fill puts what is told into the fields of a template. WeChat takes every value
// by its type's rule.
func Fill(fields []model.PushField, t Telling) []Filled {
	list := make([]Filled, len(fields))
	for i, f := range fields {
		list[i] = t.fill(f)
	}
	return list
}

// Values are filled fields as WeChat is sent them.
func Values(list []Filled) map[string]string {
	values := make(map[string]string, len(list))
	for _, f := range list {
		values[f.Key] = f.Value
	}
	return values
}

func (t *Telling) fill(f model.PushField) Filled {
	kind, filled := wechat.FieldType(f.Key), Filled{PushField: f}
	for _, value := range []string{t.value(f, kind), f.Text, standsFor(kind, t.At)} {
		if filled.Value = value; wechat.CheckField(f.Key, value) == nil {
			break
		}
		filled.Stands = true
	}
	filled.Cut = !filled.Stands && strings.Contains(filled.Value, "…") && f.Source != model.SourceFixed
	return filled
}

// value is what a source says in the form of a type, "" where it has nothing to
// say in it.
func (t *Telling) value(f model.PushField, kind string) string {
	switch f.Source {
	case model.SourceFixed:
		return f.Text
	case model.SourceTitle:
		return t.title(kind)
	case model.SourceChange:
		if kind == "phrase" {
			return t.Phrase
		}
		return fit(t.Change, kind)
	case model.SourceNote:
		if note := tidy(t.Note); note != "" {
			return fit(note, kind)
		}
		return fit(t.Change, kind)
	case model.SourceNumber:
		return t.number(kind)
	case model.SourceDepartment:
		return t.department(kind)
	case model.SourceDate:
		return moment(t.At, kind)
	case model.SourceCount:
		if kind == "thing" {
			return strconv.Itoa(t.Count) + "件"
		}
		return strconv.Itoa(t.Count)
	case model.SourcePhone:
		return t.Phone
	}
	return ""
}

func (t *Telling) title(kind string) string {
	more := ""
	if t.Count > 1 {
		more = fmt.Sprintf("等%d件", t.Count)
	}
	title := Shorten(t.Title, wechat.Most(kind)-wechat.Length(more), t.City)
	if title == "" {
		return ""
	}
	return title + more
}

// fit cuts a sentence to the length of a type.
func fit(s, kind string) string {
	if most := wechat.Most(kind); most > 0 && wechat.Length(s) > most {
		return cut(s, most)
	}
	return s
}

// number is a document number. A field of signs takes no 汉字 and no 〔〕: year and
// sequence are left, as 2026-3.
func (t *Telling) number(kind string) string {
	number := tidy(t.Number)
	if kind != "character_string" {
		return fit(number, kind)
	}
	if n, ok := model.ParseDocNumber(number); ok && n.Sequence > 0 && n.Year > 0 {
		return fmt.Sprintf("%d-%d", n.Year, n.Sequence)
	}
	plain := strings.Map(func(r rune) rune {
		if r > ' ' && r <= '~' {
			return r
		}
		return -1
	}, number)
	if !strings.ContainsAny(plain, "0123456789") || len(plain) > wechat.Most(kind) {
		return ""
	}
	return plain
}

// department is whose a document is, by the name that fits.
func (t *Telling) department(kind string) string {
	if len(t.Departments) == 0 {
		return ""
	}
	first, more := t.Departments[0], ""
	if len(t.Departments) > 1 && kind == "thing" {
		more = fmt.Sprintf("等%d个部门", len(t.Departments))
	}
	room := wechat.Most(kind) - wechat.Length(more)
	names := []string{first.Name, strings.TrimPrefix(first.Name, t.City), first.ShortName}
	for _, name := range names {
		if kind == "name" {
			name = withoutDigits(name)
		}
		if name = tidy(name); name != "" && wechat.Length(name) <= room {
			return name + more
		}
	}
	return cut(tidy(withoutDigits(names[1])), room) + more
}

func withoutDigits(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsDigit(r) {
			return -1
		}
		return r
	}, s)
}

// moment is a day or a moment in the form that WeChat takes.
func moment(at time.Time, kind string) string {
	local := at.In(model.Shanghai)
	if kind == "time" {
		return local.Format("2006年1月2日 15:04")
	}
	return local.Format("2006年1月2日")
}

// stands is what stands in a field of a type of which nothing can be said.
var stands = map[string]string{"thing": "点开查看详情", "character_string": "-", "number": "1", "letter": "A", "symbol": "-", "amount": "0元",
	"phone_number": "12345", "car_number": "00", "name": "政府部门", "phrase": "有更新", "enum": "-"}

func standsFor(kind string, at time.Time) string {
	if kind == "date" || kind == "time" {
		return moment(at, kind)
	}
	return stands[kind]
}
