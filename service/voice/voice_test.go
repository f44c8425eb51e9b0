package voice_test

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"yuandu/media/speech"
	"yuandu/model"
	"yuandu/service/voice"
	"yuandu/store"
	"yuandu/store/blob"
	"yuandu/store/storetest"
)

var ctx = context.Background()

// program is espeak-ng behind a program that counts how often it is called, and fails
// while there is a file that says so.
type program struct{ folder string }

func install(t *testing.T) program {
	t.Helper()
	real, err := exec.LookPath("espeak-ng")
	if err = errors.Join(err, speech.Ready()); err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal(err)
		}
		t.Skip("SKIPPED: ", err)
	}
	p := program{t.TempDir()}
	script := "#!/bin/sh\ncd " + p.folder + "\necho >>calls\n[ -e broken ] && exit 1\nexec " + real + ` "$@"` + "\n"
	p.write(t, "espeak-ng", script)
	t.Setenv("PATH", p.folder+":"+os.Getenv("PATH"))
	return p
}

func (p program) write(t *testing.T, name, text string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(p.folder, name), []byte(text), 0o700); err != nil {
		t.Fatal(err)
	}
}

// calls is how many sentences were spoken since it was asked last.
func (p program) calls() int {
	text, _ := os.ReadFile(filepath.Join(p.folder, "calls"))
	_ = os.Remove(filepath.Join(p.folder, "calls"))
	return strings.Count(string(text), "\n")
}

func (p program) breaks(t *testing.T) { p.write(t, "broken", "") }
func (p program) mends()              { _ = os.Remove(filepath.Join(p.folder, "broken")) }

// studio is the service on real parts.
type studio struct {
	*voice.Service
	store  *store.Store
	clock  *storetest.Clock
	folder string
}

// each runs a test on every engine of records.
func each(t *testing.T, test func(t *testing.T, s studio, p program)) {
	p := install(t)
	storetest.Each(t, func(t *testing.T, s *store.Store, clock *storetest.Clock) {
		folder := t.TempDir()
		p.mends()
		p.calls()
		test(t, studio{open(t, s, folder, clock, ""), s, clock, folder}, p)
	})
}

func open(t *testing.T, s *store.Store, folder string, clock *storetest.Clock, since model.Day) *voice.Service {
	t.Helper()
	bucket, err := blob.OpenDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { bucket.Close() })
	espeak, err := speech.FindEspeak()
	if err != nil {
		t.Fatal(err)
	}
	return voice.New(s, bucket, voice.Engine{Speaker: espeak, Since: since}, clock, slog.New(slog.DiscardHandler))
}

func (s studio) work(t *testing.T) {
	t.Helper()
	if err := s.Work(ctx); err != nil {
		t.Fatal(err)
	}
}

func (s studio) save(t *testing.T, p *model.Policy) {
	t.Helper()
	err := s.store.InTx(ctx, func(tx *store.Tx) error {
		_, err := tx.SavePolicy(ctx, p.Title, p)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func (s studio) of(t *testing.T, p *model.Policy) *model.Voice {
	t.Helper()
	v, err := s.Of(ctx, model.KindPolicy, p.ID)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// bytes is the sound of a policy, and how many files are kept.
func (s studio) bytes(t *testing.T, p *model.Policy) (sound string, files int) {
	t.Helper()
	v := s.of(t, p)
	if v == nil {
		t.Fatalf("%s has no voice", p.Title)
	}
	open, err := s.Open(ctx, model.KindPolicy, p.ID, v.Key)
	if err != nil {
		t.Fatal(err)
	}
	defer open.Close()
	all, err := io.ReadAll(open)
	if err != nil || int64(len(all)) != v.Size {
		t.Fatalf("%d bytes of %d: %v", len(all), v.Size, err)
	}
	return string(all), s.files(t)
}

func (s studio) files(t *testing.T) (n int) {
	t.Helper()
	err := filepath.WalkDir(filepath.Join(s.folder, "voices"), func(_ string, d os.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			n++
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// rules is a policy of so many articles of two sentences.
func rules(title string, articles int) *model.Policy {
	p := &model.Policy{Title: title, PublishedDate: "2026-11-20"}
	for i := range articles {
		nth := strconv.Itoa(i + 1)
		p.Body = append(p.Body, model.Block{Kind: model.BlockArticle, Label: "第" + nth + "条", Text: "第" + nth + "号。照办。"})
	}
	return p
}

func TestTheSameWordsAreSpokenOnceAndAChangeCostsWhatChanged(t *testing.T) {
	each(t, func(t *testing.T, s studio, p program) {
		long := rules("市容管理办法", 36)
		s.save(t, long)
		s.work(t)
		if n := p.calls(); n != 73 {
			t.Errorf("%d sentences were spoken", n)
		}
		before, files := s.bytes(t, long)

		long.Theme = "城管" // the version grows, and nothing that is heard changes
		s.save(t, long)
		if s.of(t, long) != nil {
			t.Error("a version that nobody looked at has a voice")
		}
		s.work(t)
		if after, _ := s.bytes(t, long); after != before || p.calls() != 0 {
			t.Error("what is heard did not change, and it was spoken again")
		}

		long.Body[18].Text = "另行规定。"
		s.save(t, long)
		s.work(t)
		if n := p.calls(); n == 0 || n > 50 {
			t.Errorf("one article changed, and %d sentences were spoken", n)
		}
		after, now := s.bytes(t, long)
		if after == before || now > files+2 {
			t.Errorf("it sounds the same: %v; of %d files there are %d", after == before, files, now)
		}
	})
}

func TestWhatWasPublicBeforeIsHeardTooUnlessItIsOld(t *testing.T) {
	each(t, func(t *testing.T, s studio, p program) {
		old, young := rules("旧办法", 2), rules("新办法", 3)
		old.PublishedDate = "2019-05-01"
		s.save(t, old)
		s.save(t, young)
		if _, err := s.store.DropVoice(ctx, &store.WantedVoice{Kind: model.KindPolicy, ID: young.ID, Stamp: 1}); err != nil {
			t.Fatal(err)
		}
		choosy := studio{open(t, s.store, s.folder, s.clock, "2020-01-01"), s.store, s.clock, s.folder}
		choosy.work(t)
		if s.of(t, old) != nil || s.of(t, young) == nil || p.calls() != 7 {
			t.Error("heard is not what was published since 2020")
		}
	})
}

func TestAnEngineThatFailsIsTriedAgainAfterLongerPauses(t *testing.T) {
	each(t, func(t *testing.T, s studio, p program) {
		by := model.Actor{Kind: model.TheSystem, Grants: []model.Grant{{Role: model.SystemAdministrator}}}
		s.save(t, rules("办法", 2))
		p.breaks(t)
		s.work(t)
		list, _, err := s.List(ctx, by, voice.Filter{Limit: 5})
		if err != nil || len(list) != 1 || list[0].State != model.VoiceFailing || list[0].Problem != "engine" || list[0].Attempts != 1 {
			t.Fatalf("failed is %+v, %v", list, err)
		}
		if st, err := s.Standing(ctx, by); err != nil || !st.Resting || st.Counts[model.VoiceFailing] != 1 {
			t.Errorf("it stands %+v, %v", st, err)
		}
		p.calls()
		s.save(t, rules("规定", 2))
		s.work(t)
		if p.calls() != 0 {
			t.Error("an engine that is away is asked for the next document at once")
		}
		tries := 0
		for range 30 {
			s.clock.Move(time.Minute)
			s.work(t)
			if p.calls() > 0 {
				tries++
			}
		}
		if tries < 3 || tries > 12 {
			t.Errorf("in half an hour it was tried %d times", tries)
		}
		p.mends()
		s.clock.Move(7 * time.Hour)
		s.work(t)
		if st, err := s.Standing(ctx, by); err != nil || st.Resting || st.Counts[model.VoiceMade] != 2 {
			t.Errorf("mended, it stands %+v, %v", st, err)
		}
	})
}

func TestWhileSomethingElseIsBusyOnePartIsMadeAtATime(t *testing.T) {
	each(t, func(t *testing.T, s studio, p program) {
		long := rules("长办法", 20)
		s.save(t, long)
		s.YieldTo(func() bool { return true })
		s.work(t)
		if n := p.calls(); n == 0 || n >= 41 || s.of(t, long) != nil {
			t.Errorf("at once %d of 41 sentences were spoken", n)
		}
		for range 10 {
			s.work(t)
		}
		if s.of(t, long) == nil {
			t.Error("with patience it is not made either")
		}
	})
}

func TestWhoIsKilledIsFollowedBySomebodyWhoGoesOn(t *testing.T) {
	each(t, func(t *testing.T, s studio, p program) {
		long := rules("长办法", 40)
		s.save(t, long)
		killed, kill := context.WithCancel(ctx)
		go func() {
			for killed.Err() == nil {
				if parts, err := s.store.UnusedVoiceParts(ctx, 0, 10); err != nil || len(parts) >= 2 {
					kill()
				}
			}
		}()
		_ = s.Work(killed) // what it says does not matter: it is gone
		kill()
		first := p.calls()
		if s.of(t, long) != nil || first == 0 || first >= 81 {
			t.Fatalf("it was killed after %d sentences", first)
		}
		s.work(t)
		if second := p.calls(); second == 0 || first+second > 81+30 {
			t.Errorf("of 81 sentences %d were spoken and then %d", first, second)
		}
		s.bytes(t, long)
	})
}
