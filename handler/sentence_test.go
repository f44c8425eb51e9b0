package handler_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"yuandu/locale"
	"yuandu/service/voice"
)

// codes are all that Go and the pages may want a sentence for, with the place
// that does.
type codes map[string]string

func TestEveryCodeHasASentenceInEveryLanguage(t *testing.T) {
	wanted := codes{}
	for _, folder := range []string{"../model", "../service/*", "../store", "../wechat", "../media", "../media/pages", "../media/speech", "../cmd/yuandu", "."} {
		wanted.inGo(t, folder)
	}
	wanted.inPages(t)
	wanted.ofFindings(t)
	for _, act := range []string{"signed_in", "signed_out", "agreed", "withdrew", "renamed", "phone_bound", "phone_unbound", "exported", "erased"} {
		wanted["act.resident."+act] = "service/account" // what the trail tells of residents
	}
	for _, problem := range voice.Problems() {
		wanted["voice.problem."+problem] = "service/voice"
	}
	if len(wanted) < 40 {
		t.Fatalf("only %d codes were found: the walk is broken: %v", len(wanted), wanted)
	}
	for _, language := range []string{locale.Chinese, locale.English} {
		sentences := locale.Codes(language)
		for code, place := range wanted {
			if strings.TrimSpace(sentences[code]) == "" {
				t.Errorf("%s: locale/%s.json has no sentence for %q", place, language, code)
			}
		}
		for code := range sentences {
			if wanted[code] == "" {
				t.Errorf("locale/%s.json: nobody says %q", language, code)
			}
		}
	}
}

func TestBothLanguagesSayTheSame(t *testing.T) {
	gaps := regexp.MustCompile(`\{[a-z_]+\}`)
	for code, sentence := range locale.Codes(locale.Chinese) {
		english := locale.Codes(locale.English)[code]
		a, b := gaps.FindAllString(sentence, -1), gaps.FindAllString(english, -1)
		slices.Sort(a)
		slices.Sort(b)
		if !slices.Equal(slices.Compact(a), slices.Compact(b)) {
			t.Errorf("%s is filled with %v in Chinese, with %v in English", code, a, b)
		}
		if !isChinese(sentence) || isChinese(english) {
			t.Errorf("%s: %q and %q", code, sentence, english)
		}
	}
	if a, b := len(locale.Codes(locale.Chinese)), len(locale.Codes(locale.English)); a != b {
		t.Errorf("%d sentences in Chinese, %d in English", a, b)
	}
}

var findingCode = regexp.MustCompile(`"((?:draft|policy|interpretation|public_letter|meeting|agenda_item|consultation|survey|event|gazette|gazette_piece|personal|link|hidden|table|word|date|punctuation)\.[a-z_]+)"`)

// noteCode is what is told of a document that was read, as minutes and as printed pages too.
var noteCode = regexp.MustCompile(`"((?:docx|minutes|pages)\.[a-z_]+)"`)

// ofFindings reads what the checks of documents may find.
func (c codes) ofFindings(t *testing.T) {
	t.Helper()
	found := 0
	for _, pattern := range []string{"../check/*.go", "../service/policy/desk*.go", "../service/letter/public.go", "../service/meeting/desk*.go", "../service/consultation/desk.go", "../service/event/desk*.go", "../service/gazette/desk.go"} {
		files, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range files {
			text, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if strings.HasSuffix(path, "_test.go") {
				continue
			}
			for _, m := range findingCode.FindAllStringSubmatch(string(text), -1) {
				c["check."+m[1]] = path
				found++
			}
		}
	}
	for _, path := range []string{"../media/docx_errors.go", "../media/pages/errors.go", "../media/minutes.go", "../service/meeting/minutes.go"} {
		notes, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range noteCode.FindAllStringSubmatch(string(notes), -1) {
			c[m[1]] = path
		}
	}
	if found < 10 {
		t.Errorf("only %d codes of findings were found: the walk is broken", found)
	}
}

// inGo reads the sources of a package.
func (c codes) inGo(t *testing.T, folder string) {
	t.Helper()
	files, err := filepath.Glob(folder + "/*.go")
	if err != nil || len(files) == 0 {
		t.Fatalf("%s: no sources (%v)", folder, err)
	}
	for _, path := range files {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(f, func(n ast.Node) bool {
			c.take(path, n)
			return true
		})
	}
}

// anywhere are codes that stand in lists of kinds, wherever these are.
var anywhere = regexp.MustCompile(`^(?:kind|pace)\.[a-z_]+$`)

var ownCode = regexp.MustCompile(`^(?:input|request|path|export|erased|kept|kind|pace|notice)\.[a-z_.]+`)

func (c codes) take(path string, n ast.Node) {
	switch n := n.(type) {
	case *ast.CompositeLit: // &model.Error{Kind, "code", …}
		if name(n.Type) == "Error" {
			for i, e := range n.Elts {
				if pair, ok := e.(*ast.KeyValueExpr); ok && name(pair.Key) == "Code" {
					c.add(path, "", pair.Value)
				} else if !ok && i == 1 {
					c.add(path, "", e)
				}
			}
		}
	case *ast.CallExpr: // say("code", …)
		if name(n.Fun) == "say" {
			c.add(path, "", n.Args[0])
		}
	case *ast.ValueSpec: // the reasons of hints, the kinds of errors, what is odd about rows, the purposes of messages: their codes are put together
		prefix := map[string]string{"HintReason": "hint.", "ErrorKind": "problem.", "ImportOdd": "import.odd.", "Purpose": "push.purpose."}[name(n.Type)]
		for _, v := range n.Values {
			if prefix != "" {
				c.add(path, prefix, v)
			}
		}
	case *ast.BasicLit: // what huma's own messages are replaced with, and what residents are told of their data
		if s, err := strconv.Unquote(n.Value); err == nil && n.Kind == token.STRING && (anywhere.MatchString(s) || path == "errors.go" || filepath.Base(path) == "holding.go" || filepath.Base(path) == "notice.go" || strings.Contains(path, "service/account")) {
			if code := ownCode.FindString(s); code != "" && code != "request.closed" && code != "input.invalid" {
				c[code] = path
			}
		}
	}
}

func (c codes) add(path, prefix string, e ast.Expr) {
	if lit, ok := e.(*ast.BasicLit); ok {
		if s, err := strconv.Unquote(lit.Value); err == nil {
			c[prefix+s] = path
		}
	}
}

func name(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.Ident:
		return e.Name
	case *ast.SelectorExpr:
		return e.Sel.Name
	}
	return ""
}

// inPages reads the templates: {{say "code"}}.
func (c codes) inPages(t *testing.T) {
	t.Helper()
	said := regexp.MustCompile(`\{\{-? *say "([a-z._]+)"`)
	pages, err := filepath.Glob("pages/*.html")
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range pages {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range said.FindAllStringSubmatch(string(text), -1) {
			c[m[1]] = path
		}
	}
}
