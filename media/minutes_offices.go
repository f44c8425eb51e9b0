package media

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"yuandu/model"
)

// officeName is a name that an office goes by.
type officeName struct {
	name, id string
	inText   bool // it is found within sentences as well, not only in lists
}

// officeNames are the names of offices, the longest first.
type officeNames []officeName

const shortestInText = 3 // runes of a name that is looked for in sentences

func namedOffices(departments []model.Department) (all officeNames) {
	for _, d := range departments {
		for _, name := range append([]string{d.Name, d.ShortName}, d.Aliases...) {
			if name == "" {
				continue
			}
			inText := utf8.RuneCountInString(name) >= shortestInText && endsAsOffice(name)
			all = append(all, officeName{name, d.ID, inText})
		}
	}
	slices.SortStableFunc(all, func(a, b officeName) int { return cmp.Compare(len(b.name), len(a.name)) })
	return all
}

var officeEndings = []string{"局", "委", "办", "办公室", "委员会", "中心", "支队", "总队", "政府", "联", "站", "院", "协会", "管委会", "公司", "集团", "银行"}

func endsAsOffice(s string) bool {
	return slices.ContainsFunc(officeEndings, func(end string) bool { return strings.HasSuffix(s, end) })
}

// at is the office whose name s begins with.
func (all officeNames) at(s string, inText bool) (o officeName, ok bool) {
	for _, o := range all {
		if (o.inText || !inText) && strings.HasPrefix(s, o.name) {
			return o, true
		}
	}
	return o, false
}

// take takes the offices that s begins with, one behind the other.
func (all officeNames) take(s string) (ids []string, rest string) {
	for {
		o, ok := all.at(s, true)
		if !ok {
			return ids, s
		}
		ids, s = with(ids, o.id), s[len(o.name):]
		next := strings.TrimLeft(s, "、和及与 　")
		if _, goesOn := all.at(next, true); !goesOn {
			return ids, s
		}
		s = next
	}
}

func with(ids []string, id string) []string {
	if slices.Contains(ids, id) {
		return ids
	}
	return append(ids, id)
}

func isBetween(r rune) bool {
	return isBlank(r) || strings.ContainsRune("、，,；;。/\n（）()", r)
}

// list reads a list of offices: 市财政局、市住建局 张某, and names those that are nowhere.
func (all officeNames) list(s string) (ids, unknown []string) {
	for _, word := range strings.FieldsFunc(s, isBetween) {
		if o, ok := all.at(word, false); ok {
			ids = with(ids, o.id)
			continue
		}
		if name := officeAt(word); name != "" && !slices.Contains(unknown, name) {
			unknown = append(unknown, name)
		}
	}
	return ids, unknown
}

// officeAt is the name that a word begins with where it looks like that of an office.
func officeAt(word string) string {
	for _, end := range []string{"办公室", "委员会", "管委会", "政府", "中心", "支队", "局", "委", "公司", "集团", "银行", "协会"} {
		if i := strings.Index(word, end); i > 0 && utf8.RuneCountInString(word[:i]) >= 2 {
			return word[:i+len(end)]
		}
	}
	return ""
}

// officeRun is offices one behind the other in a sentence.
type officeRun struct {
	ids        []string
	begin, end int
}

// runs finds offices in sentences. 区财政局 is none of the city's.
func (all officeNames) runs(s string) (list []officeRun) {
	before := rune(0)
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		if _, ok := all.at(s[i:], true); ok && !strings.ContainsRune("省区县国", before) {
			ids, rest := all.take(s[i:])
			list = append(list, officeRun{ids, i, len(s) - len(rest)})
			i = len(s) - len(rest)
			before = 0
			continue
		}
		before, i = r, i+size
	}
	return list
}

// sees to it who stands behind one of these words, or before one of those.
var (
	leadsIn  = []string{"由", "责成", "会同", "请", "联合", "授权", "委托"}
	leadsOut = []string{"牵头", "负责", "要", "会同", "配合", "应", "须", "根据", "按", "具体", "抓紧", "尽快", "加强", "组织", "做好", "制定", "落实", "商", "等部门", "等单位", "依法"}
)

// responsible are the offices of a decision that have to see to something.
func (all officeNames) responsible(s string) (ids []string) {
	for _, run := range all.runs(s) {
		in := slices.ContainsFunc(leadsIn, func(w string) bool { return strings.HasSuffix(s[:run.begin], w) })
		if in || startsWithAny(s[run.end:], leadsOut...) {
			for _, id := range run.ids {
				ids = with(ids, id)
			}
		}
	}
	return ids
}
