package pages

import (
	"io"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
)

// systemFonts is where systems keep their fonts.
var systemFonts = []string{"/usr/share/fonts", "/usr/local/share/fonts", "/usr/share/texmf/fonts", "/System/Library/Fonts", "/Library/Fonts"}

// hanziFonts are fonts with hanzi, by how their file is called, the better ones
// first: one for print with serifs, one without.
var hanziFonts = []struct{ names []string }{
	{[]string{"notoserifcjk-regular", "notoserifcjksc-regular", "notoserifsc-regular", "sourcehanserif", "simsun", "songti", "stsong", "uming", "fandolsong-regular", "hanamina"}},
	{[]string{"notosanscjk-regular", "notosanscjksc-regular", "notosanssc-regular", "sourcehansans", "simhei", "stheiti", "wqy-zenhei", "wqy-microhei", "droidsansfallback", "pingfang"}},
}

// gatherFonts makes a folder that PDFium sees as the whole machine: the fonts
// with hanzi that are here, where Linux would have them, and nothing else. It
// answers "" where there are none.
func gatherFonts(places []string, folder string) string {
	if places == nil {
		places = systemFonts
	}
	found := fontsIn(places)
	if len(found) == 0 {
		return ""
	}
	root, err := filepath.Abs(folder)
	if err == nil {
		err = copyFonts(found, filepath.Join(root, "usr", "share", "fonts"))
	}
	if err != nil {
		slog.Error("pages: the fonts with hanzi can't be gathered", "error", err)
		return ""
	}
	return root
}

// fontsIn finds the best font of each sort.
func fontsIn(places []string) []string {
	best := make([]string, len(hanziFonts))
	rank := make([]int, len(hanziFonts))
	for _, place := range places {
		_ = filepath.WalkDir(place, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !isFont(path) {
				return nil // a folder that can't be read has no fonts for us
			}
			for sort, s := range hanziFonts {
				if r := rankOf(path, s.names); r > rank[sort] {
					best[sort], rank[sort] = path, r
				}
			}
			return nil
		})
	}
	var found []string
	for _, path := range best {
		if path != "" {
			found = append(found, path)
		}
	}
	return found
}

func isFont(path string) bool {
	switch strings.ToLower(filepath.Ext(path)) {
	case ".ttf", ".ttc", ".otf":
		return true
	}
	return false
}

func rankOf(path string, names []string) int {
	base := strings.ToLower(filepath.Base(path))
	for i, name := range names {
		if strings.HasPrefix(base, name) {
			return len(names) - i
		}
	}
	return 0
}

// copyFonts copies what is not there yet. Other processes may do the same.
func copyFonts(files []string, folder string) error {
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	for _, file := range files {
		to := filepath.Join(folder, filepath.Base(file))
		from, err := os.Stat(file)
		if err != nil {
			return err
		}
		if had, err := os.Stat(to); err == nil && had.Size() == from.Size() {
			continue
		}
		if err := copyFont(file, to); err != nil {
			return err
		}
	}
	return nil
}

func copyFont(file, to string) error {
	in, err := os.Open(file)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.CreateTemp(filepath.Dir(to), ".font-*")
	if err != nil {
		return err
	}
	defer os.Remove(out.Name())
	_, err = io.Copy(out, in)
	if closed := out.Close(); err == nil {
		err = closed
	}
	if err != nil {
		return err
	}
	return os.Rename(out.Name(), to)
}
