package yuandu

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// floorPlan says who may import whom, of our own packages. A room is named by
// its folder; a trailing /* stands for every room below. Model is free to all.
var floorPlan = map[string][]string{
	"model":            {},
	"locale":           {},
	"wechat":           {},
	"wechat/*":         {},
	"outside":          {},
	"store/search":     {},
	"store/cache":      {},
	"store/blob":       {},
	"media":            {},
	"media/ofd":        {},                     // one format, which it knows wholly; what draws it does not matter to it
	"media/pages":      {"media", "media/ofd"}, // opens files in a process of its own; what PDFium breaks stays there
	"media/speech":     {},                     // called by jobs for every noun that can be listened to: it knows none of them, only the body
	"check":            {},
	"store":            {},
	"service/voice":    {"store", "store/blob", "media/speech", "outside"},
	"service/*":        {"store", "store/search", "store/cache", "store/blob", "media", "media/pages", "check", "wechat", "outside"},
	"worker":           {"store", "service/*"},
	"handler":          {"locale", "service/*"},
	"console":          {},
	"miniprogram":      {},
	"cmd/yuandu":       {"*"},
	"internal/testenv": {},
	"scripts/*":        {},
}

// outsiders says which modules only some rooms may know.
var outsiders = map[string][]string{
	"github.com/labstack/echo":        {"handler"},
	"github.com/danielgtaylor/huma":   {"handler"},
	"net/http":                        {"handler", "cmd/yuandu", "store/search", "store/blob", "wechat", "wechat/sim", "outside"},
	"database/sql":                    {"store"},
	"github.com/jackc/pgx":            {"store"},
	"github.com/riverqueue/river":     {"store", "worker"},
	"github.com/blevesearch":          {"store/search"},
	"github.com/meilisearch":          {"store/search"},
	"github.com/redis":                {"store/cache"},
	"github.com/minio":                {"store/blob"},
	"github.com/silenceper/wechat":    {"wechat"},
	"github.com/klippa-app/go-pdfium": {"media/pages"},
	"github.com/tetratelabs/wazero":   {"media/pages", "media/speech"}, // PDFium there, the encoder of MP3 here
}

const module = "yuandu/"

func TestEveryRoomImportsOnlyWhatTheFloorPlanAllows(t *testing.T) {
	files := 0
	walk(t, func(room, file string, imports []string) {
		files++
		if len(strings.Split(room, "/")) > 1 && strings.HasSuffix(room, "test") {
			return // rooms of tests: searchtest, storetest
		}
		if room == "bench" || room == "soak" {
			return // they measure the whole house
		}
		allowed, known := rules(room)
		if !known {
			t.Errorf("%s: the room %q is not on the floor plan. Put the file in a room that is, or add the room to floorPlan in house_test.go with a reason.", file, room)
			return
		}
		for _, path := range imports {
			checkImport(t, room, file, path, allowed)
		}
	})
	if files < 40 {
		t.Fatalf("only %d files were looked at: the walk is broken", files)
	}
}

func checkImport(t *testing.T, room, file, path string, allowed []string) {
	if other, ours := strings.CutPrefix(path, module); ours {
		if other != "model" && !matches(other, allowed) {
			t.Errorf("%s: %s must not import %s. It may import model%s. Let them meet in a noun (model), a row (store) or a job (worker), or pass a function in from cmd/yuandu.",
				file, room, other, also(allowed))
		}
		return
	}
	for prefix, rooms := range outsiders {
		if (path == prefix || strings.HasPrefix(path, prefix+"/")) && !matches(room, rooms) {
			t.Errorf("%s: %s must not know %s; only %s may. Say what you need in an interface of its own words there and use that.",
				file, room, prefix, strings.Join(rooms, ", "))
		}
	}
}

func also(allowed []string) string {
	if len(allowed) == 0 {
		return " alone"
	}
	return ", " + strings.Join(allowed, ", ")
}

func rules(room string) ([]string, bool) {
	if allowed, ok := floorPlan[room]; ok {
		return allowed, true
	}
	allowed, ok := floorPlan[filepath.ToSlash(filepath.Dir(room))+"/*"]
	return allowed, ok
}

func matches(room string, patterns []string) bool {
	for _, p := range patterns {
		if p == "*" || p == room {
			return true
		}
		if parent, ok := strings.CutSuffix(p, "/*"); ok && strings.HasPrefix(room, parent+"/") {
			return true
		}
	}
	return false
}

// walk hands every Go file that is no test, with its imports.
func walk(t *testing.T, visit func(room, file string, imports []string)) {
	t.Helper()
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (d.Name() == "node_modules" || d.Name() == "testdata" || len(d.Name()) > 1 && d.Name()[0] == '.') {
			return filepath.SkipDir
		}
		if !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") || filepath.Dir(path) == "." {
			return nil
		}
		source, err := os.ReadFile(path)
		if err != nil || strings.Contains(string(source[:min(len(source), 400)]), "//go:build ignore") {
			return err
		}
		f, err := parser.ParseFile(token.NewFileSet(), path, source, parser.ImportsOnly)
		if err != nil {
			return err
		}
		var imports []string
		for _, i := range f.Imports {
			name, err := strconv.Unquote(i.Path.Value)
			if err != nil {
				return err
			}
			imports = append(imports, name)
		}
		visit(filepath.ToSlash(filepath.Dir(path)), path, imports)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestEveryPackageOpensWithASentence(t *testing.T) {
	said := map[string]bool{}
	walk(t, func(room, file string, _ []string) {
		f, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ParseComments|parser.PackageClauseOnly)
		if err != nil {
			t.Fatal(err)
		}
		said[room] = said[room] || f.Doc != nil
	})
	for room, ok := range said {
		if !ok {
			t.Errorf("package %s has no opening sentence: say above its package clause what it is for, in words that a clerk could read", room)
		}
	}
}

func TestBothEnginesHaveTheSameMigrations(t *testing.T) {
	names := func(engine string) []string {
		files, err := filepath.Glob("store/migrations/" + engine + "/*.sql")
		if err != nil || len(files) == 0 {
			t.Fatalf("no migrations of %s (%v)", engine, err)
		}
		for i := range files {
			files[i] = filepath.Base(files[i])
		}
		return files
	}
	sqlite, postgres := names("sqlite"), names("postgres")
	if strings.Join(sqlite, " ") != strings.Join(postgres, " ") {
		t.Errorf("store/migrations/sqlite has %v,\nstore/migrations/postgres has %v", sqlite, postgres)
	}
}
