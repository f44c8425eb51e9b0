package pages_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"image/png"
	"os"
	"strings"
	"testing"
	"time"

	"yuandu/media/pages"
)

// standIn is a small program that reads pictures, as the tests' own binary: how tells what it
// does.
func standIn(how string) {
	seen, err := png.Decode(bufio.NewReader(os.Stdin))
	if err != nil {
		fmt.Fprintln(os.Stderr, "no PNG:", err)
		os.Exit(3)
	}
	switch how {
	case "reads":
		fmt.Printf("{\"text\":\"鸢都市人民政府公报\",\"box\":[0.2,0.1,0.8,0.14]}\n\n{\"text\":\"%d × %d\",\"box\":[0.1,0.2,0.5,0.22]}\n",
			seen.Bounds().Dx(), seen.Bounds().Dy())
		fmt.Println(`{"text":"竖排","box":[0.9,0.3,0.94,0.42]}`)
		fmt.Println(`{"text":"   ","box":[0.1,0.5,0.2,0.6]}`)
		fmt.Println(`{"text":"不在页上","box":[2,2,3,3]}`)
	case "tells":
		for _, v := range os.Environ() {
			if strings.HasPrefix(v, "YUANDU_") {
				fmt.Println(`{"text":"知道密钥","box":[0.2,0.1,0.8,0.14]}`)
			}
		}
		fmt.Println(`{"text":"不知道","box":[0.2,0.1,0.8,0.14]}`)
	case "nothing":
	case "fails":
		os.Exit(1)
	case "prattles":
		fmt.Println("鸢都市人民政府公报")
	case "endless":
		for {
			if _, err := fmt.Println(strings.Repeat(`{"text":"公","box":[0,0,1,1]}`+"\n", 1000)); err != nil {
				os.Exit(0)
			}
		}
	case "hangs":
		time.Sleep(time.Hour)
	}
}

func TestAPageWithoutWordsIsReadOffItsPicture(t *testing.T) {
	d := open(t, engine(), data(t, "pdf/derived_scan_minfadian_12p.pdf"))
	had := text(t, d, 2)
	reads := func(how string, within time.Duration) *pages.Text {
		t.Helper()
		t.Setenv("PAGES_OCR", how)
		before := *had
		said, err := (&pages.Reader{Command: []string{os.Args[0]}, PageTime: within}).Read(t.Context(), d, 2, &before)
		if err != nil {
			t.Fatal(err)
		}
		return said
	}
	said := reads("reads", 0)
	if said.Layer != pages.LayerRead || said.Body != "鸢都市人民政府公报\n1500 × 2121\n竖排" {
		t.Errorf("a layer of %s: %q", said.Layer, said.Body)
	}
	if len(said.Notes) != 1 || said.Notes[0].Code != pages.NoteRead {
		t.Errorf("says %v", said.Notes)
	}
	if boxes := said.Cover(said.Find("人民政府")[0]); len(boxes) != 1 || boxes[0].Left < .39 || boxes[0].Left > .41 || boxes[0].Top > .101 {
		t.Errorf("words stand at %v", boxes)
	}
	if boxes := said.Cover(said.Find("排")[0]); len(boxes) != 1 || boxes[0].Top < .35 {
		t.Errorf("the lower of two stands at %v", boxes)
	}
	t.Setenv("YUANDU_WECHAT_SECRET", "geheim")
	if said := reads("tells", 0); said.Body != "不知道" {
		t.Errorf("it says %q", said.Body)
	}
	if said := reads("nothing", 0); said.Layer != pages.LayerNone || len(said.Notes) != len(had.Notes) {
		t.Errorf("nothing was read, and the page is %s %v", said.Layer, said.Notes)
	}
	for how, code := range map[string]string{"fails": pages.NoteReaderFailed, "prattles": pages.NoteReaderGarbled, "endless": pages.NoteReaderGarbled, "hangs": pages.NoteReaderLate} {
		said := reads(how, 3*time.Second)
		if said.Layer != pages.LayerNone || len(said.Notes) == 0 || said.Notes[len(said.Notes)-1].Code != code {
			t.Errorf("one that %s leaves %s %v", how, said.Layer, said.Notes)
		}
	}
}

func TestAPageWithWordsIsNotReadOffItsPicture(t *testing.T) {
	d := open(t, engine(), data(t, "pdf/official_xianfa_23p.pdf"))
	had := text(t, d, 2)
	said, err := (&pages.Reader{Command: []string{"/nowhere"}}).Read(t.Context(), d, 2, had)
	if err != nil || said != had {
		t.Errorf("says %v, %v", said, err)
	}
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := (&pages.Reader{Command: []string{"/nowhere"}}).Read(gone, d, 2, &pages.Text{Layer: pages.LayerNone}); !errors.Is(err, context.Canceled) {
		t.Errorf("who goes away is told %v", err)
	}
}
