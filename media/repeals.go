package media

import (
	"regexp"
	"slices"
	"strings"

	"yuandu/model"
)

const (
	thatEnd = `(?:废止|停止执行)`
	dayThat = `自\s*(\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日)\s*(?:起|之日起)`
)

var (
	endsHere = regexp.MustCompile(thatEnd + `(?:\s*[，,]|\s*$)`)
	// endsByName is a repeal that begins with its verb: 决定废止《甲》、《乙》等2件文件.
	endsByName = regexp.MustCompile(`(?:^|[，,：:、.．\s]|决定|同意|现)` + thatEnd + citations + `(?:等\s*[\d一二三四五六七八九十]+\s*[件个份部项]?\p{Han}{0,6}|文件)?\s*(?:[，,]|$)`)
	// endsByTitle is the title of a document that does nothing else.
	endsByTitle = regexp.MustCompile(`关于废止` + citations + `(?:等\p{Han}{0,8})?的(?:决定|通知|公告)$`)
	// andNothingElse is what may stand between a document and the end of it.
	andNothingElse = regexp.MustCompile(`^(?:[，,\s]|等?文件|现|即|均|全文|同时|一并|随即|即行|同步|相应|予以|自[^，,《》]{1,24}起)*$`)
	fromADay       = regexp.MustCompile(dayThat)
	sentenceFrom   = regexp.MustCompile(`^\s*` + dayThat)
	onlyPart       = regexp.MustCompile(`第[一二三四五六七八九十百零〇\d]+[条款项章]|附件|不一致|有关规定`)
	joining        = regexp.MustCompile(`^[、，,和及与以\s]*$`)
)

// repeal is a document that another one ends, whole.
type repeal struct {
	title, number string
	since         model.Day // "" where the text names no day
	quote         string    // the words
}

// repeals reads which documents a text ends: 《甲》同时废止, 《甲》自某日起废止, 决定废止《甲》. The
// end of a part, 《甲》第三条, is the end of no document, nor is one that is over
// already, or that somebody may ask for.
func repeals(title, text string) (list []repeal) {
	if m := endsByTitle.FindStringSubmatch(title); m != nil {
		list = named(m[1], "", title)
	}
	for sentence := range strings.FieldsFuncSeq(text, func(r rune) bool { return strings.ContainsRune("。；;\n", r) }) {
		if strings.Contains(sentence, "》") {
			list = append(list, endedIn(sentence)...)
		}
	}
	return list
}

// named are all documents of a list of citations.
func named(citations string, since model.Day, quote string) (list []repeal) {
	for _, c := range cited.FindAllStringSubmatch(citations, -1) {
		list = append(list, repeal{c[1], c[2], since, quote})
	}
	return list
}

// endedIn lists the documents that a sentence ends.
func endedIn(sentence string) (list []repeal) {
	since, quote := dayIn(sentenceFrom, sentence), strings.TrimSpace(sentence)
	if m := endsByName.FindStringSubmatch(sentence); m != nil {
		return named(m[1], since, quote)
	}
	ends := endsHere.FindAllStringIndex(sentence, -1)
	if ends == nil {
		return nil
	}
	before := sentence[:ends[len(ends)-1][0]]
	places := cited.FindAllStringIndex(before, -1)
	if places == nil {
		return nil
	}
	last := before[places[len(places)-1][1]:]
	if !andNothingElse.MatchString(last) && !strings.Contains(before, "同时") && !strings.Contains(before, "予以") {
		return nil
	}
	if day := dayIn(fromADay, last); day != "" {
		since = day
	}
	for _, c := range wholly(before) {
		list = append(list, repeal{c[1], c[2], since, quote})
	}
	return list
}

func dayIn(where *regexp.Regexp, text string) model.Day {
	m := where.FindStringSubmatch(text)
	if m == nil {
		return ""
	}
	day, err := model.ParseDay(strings.Join(strings.Fields(m[1]), ""))
	if err != nil {
		return ""
	}
	return day
}

// wholly lists the documents that a clause names whole: not 《甲》第三条, nor 甲 and
// 乙 in 《甲》、《乙》的有关规定.
func wholly(clause string) (documents [][]string) {
	part, end := false, len(clause)
	for _, at := range slices.Backward(cited.FindAllStringIndex(clause, -1)) {
		tail := clause[at[1]:end]
		if end == len(clause) || !joining.MatchString(tail) {
			part = onlyPart.MatchString(tail)
		}
		if !part {
			documents = append(documents, cited.FindStringSubmatch(clause[at[0]:at[1]]))
		}
		end = at[0]
	}
	slices.Reverse(documents)
	return documents
}
