package soak

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"image/png"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"yuandu/internal/housetest"
	"yuandu/media/mediatest"
	"yuandu/media/pages"
)

// gazetteReaders measures what those see who read the gazette of the demo.
func gazetteReaders(t *testing.T) {
	h := housetest.Embedded(t).With("YUANDU_VOICE", "off")
	s := h.Serve("demo")
	shelf := pagesOf(t, s)
	firstByte(t, s, shelf)
	turning := readers(s, shelf, 50, 30*time.Second, nil)
	fmt.Printf("note: 50 readers turned %d pages in 30 s, half within %v, p99 %v\n", turning.pages, turning.at(.5), turning.at(.99))
	reckon(t, figureOf{"pages that 50 readers did not get", float64(turning.failed), 0, exactly})
	besideHostile(t, h, s, shelf)
	s.Stop()
}

// pagesOf are the addresses of all pages of the public issues, in the width of a phone.
func pagesOf(t *testing.T, s *housetest.Server) (all []string) {
	t.Helper()
	_, body := s.Get("/api/v1/gazettes")
	var shelf struct {
		Years []struct {
			Items []struct {
				Pages    int `json:"pages"`
				Pictures []struct {
					Width int    `json:"width"`
					URL   string `json:"url"`
				} `json:"pictures"`
			} `json:"items"`
		} `json:"years"`
	}
	if err := json.Unmarshal([]byte(body), &shelf); err != nil {
		t.Fatal(err)
	}
	for _, y := range shelf.Years {
		for _, g := range y.Items {
			for page := range g.Pages {
				for _, p := range g.Pictures {
					if p.Width == 1080 {
						all = append(all, strings.Replace(p.URL, "/pages/1/", "/pages/"+strconv.Itoa(page+1)+"/", 1))
					}
				}
			}
		}
	}
	if len(all) < 50 {
		t.Fatalf("%d pages are public", len(all))
	}
	return all
}

// firstByte asks for a kept page and for a file of the same size from the standard library's
// server, in turns, and compares when their first bytes come.
func firstByte(t *testing.T, s *housetest.Server, shelf []string) {
	t.Helper()
	_, page := s.Get(shelf[2])
	folder := t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, "page.png"), []byte(page), 0o600); err != nil {
		t.Fatal(err)
	}
	plain := startPlainFiles(t, folder)
	var ours, theirs []time.Duration
	for n := range 3000 {
		a, b := untilFirst(t, s.Address+shelf[2]), untilFirst(t, plain+"/page.png")
		if n >= 200 { // both are warm
			ours, theirs = append(ours, a), append(theirs, b)
		}
	}
	slices.Sort(ours)
	slices.Sort(theirs)
	half := len(ours) / 2
	fmt.Printf("note: the first byte of a page of %d kB comes after %v, of a plain file after %v\n", len(page)>>10, ours[half], theirs[half])
	reckon(t, figureOf{"time to the first byte of a kept page, against a plain file", float64(ours[half]) / float64(theirs[half]), 1.5, atMost})
}

// plainFolder names the folder whose files the tests' own binary serves, where it is started
// for that: a baseline in the same process would spare the way to another one.
const plainFolder = "YUANDU_TEST_PLAIN_FILES"

func plainFiles() {
	folder := os.Getenv(plainFolder)
	if folder == "" {
		return
	}
	door, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	fmt.Println(door.Addr())
	panic(http.Serve(door, http.FileServer(http.Dir(folder))))
}

// startPlainFiles serves a folder by the standard library alone, in a process of its own, and
// tells its address.
func startPlainFiles(t *testing.T, folder string) string {
	t.Helper()
	server := exec.Command(os.Args[0])
	server.Env = append(os.Environ(), plainFolder+"="+folder)
	said, err := server.StdoutPipe()
	if err == nil {
		err = server.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = server.Process.Kill()
		_ = server.Wait()
	})
	address, err := bufio.NewReader(said).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	return "http://" + strings.TrimSpace(address)
}

func untilFirst(t *testing.T, address string) time.Duration {
	t.Helper()
	began := time.Now()
	r, err := http.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	_, err = io.ReadFull(r.Body, make([]byte, 1))
	took := time.Since(began)
	if _, rest := io.Copy(io.Discard, r.Body); err != nil || rest != nil || r.StatusCode != http.StatusOK {
		t.Fatalf("%d %v %v", r.StatusCode, err, rest)
	}
	return took
}

// turned is what readers saw.
type turned struct {
	took          []time.Duration
	pages, failed int
}

func (v turned) at(share float64) time.Duration {
	if len(v.took) == 0 {
		return 0
	}
	return v.took[int(share*float64(len(v.took)-1))]
}

// readers has so many people turn pages for a while, or until something is done, each from an
// issue of their own choice, four pages a second at most.
func readers(s *housetest.Server, shelf []string, people int, long time.Duration, until <-chan struct{}) (all turned) {
	var reading sync.WaitGroup
	var mu sync.Mutex
	end := time.Now().Add(long)
	ended := func() bool {
		select {
		case <-until:
			return true
		default:
			return time.Now().After(end)
		}
	}
	for who := range people {
		reading.Go(func() {
			dice := rand.New(rand.NewPCG(uint64(who), 7))
			for at := dice.IntN(len(shelf)); !ended(); at = (at + 1) % len(shelf) {
				began := time.Now()
				status, body := s.Get(shelf[at])
				took := time.Since(began)
				mu.Lock()
				all.pages++
				all.took = append(all.took, took)
				if status != http.StatusOK || len(body) < 1000 {
					all.failed++
				}
				mu.Unlock()
				time.Sleep(250*time.Millisecond - min(took, 200*time.Millisecond))
			}
		})
	}
	reading.Wait()
	slices.Sort(all.took)
	return all
}

// besideHostile has twenty people read while files are brought in that mean harm.
func besideHostile(t *testing.T, h *housetest.House, s *housetest.Server, shelf []string) {
	t.Helper()
	files, err := filepath.Glob(housetest.SharedData(t) + "/hostile/*.pdf")
	if err != nil || len(files) == 0 {
		t.Fatalf("no hostile files: %v", err)
	}
	alone := readers(s, shelf, 20, 20*time.Second, nil)
	done := make(chan struct{})
	go func() {
		defer close(done)
		for _, file := range files {
			h.Run("import", "gazette", file)
		}
	}()
	beside := readers(s, shelf, 20, 10*time.Minute, done)
	fmt.Printf("note: 20 readers: p99 %v alone, %v beside %d hostile files (%d pages)\n", alone.at(.99), beside.at(.99), len(files), beside.pages)
	reckon(t,
		figureOf{"pages that 20 readers did not get beside hostile files", float64(alone.failed + beside.failed), 0, exactly},
		figureOf{"p99 of a page beside hostile files, against alone", float64(beside.at(.99)) / float64(alone.at(.99)), 2, atMost})
}

// boxesByInk takes phrases by chance and looks whether their boxes lie on their ink.
func boxesByInk(t *testing.T) {
	path := housetest.SharedData(t) + "/pdf/made_gazette_273p.pdf"
	d, err := mediatest.Pages(1).Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	dice := rand.New(rand.NewPCG(3, 5))
	covered := 0
	const phrases, each = 500, 5
	for range phrases / each {
		page := 1 + dice.IntN(len(d.Info().Pages))
		text, err := d.Text(context.Background(), page)
		var drawn *pages.Picture
		if err == nil {
			drawn, err = d.Picture(context.Background(), page, 1080)
		}
		if err != nil {
			t.Fatal(err)
		}
		seen, err := png.Decode(bytes.NewReader(drawn.Content))
		if err != nil {
			t.Fatal(err)
		}
		for range each {
			if mediatest.CoversWell(seen, text, dice) {
				covered++
			}
		}
	}
	reckon(t, figureOf{"phrases whose boxes cover their ink, of 500", float64(covered), 495, atLeast})
}
