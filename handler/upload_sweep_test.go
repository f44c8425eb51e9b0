package handler_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"sync"
	"testing"
	"time"

	"yuandu/handler"
	"yuandu/internal/housetest"
	"yuandu/media/mediatest"
	"yuandu/model"
	"yuandu/store"
	"yuandu/store/blob"
)

func TestWithoutItsStorageTheHouseKeepsNothing(t *testing.T) {
	var door *housetest.Door
	r := openFileroom(t, func(t testing.TB, clock model.Clock) parts {
		if endpoint := os.Getenv("YUANDU_TEST_S3_ENDPOINT"); endpoint != "" {
			door, endpoint = housetest.Before(t, endpoint)
			t.Setenv("YUANDU_TEST_S3_ENDPOINT", endpoint)
		}
		return production(t, clock)
	})
	kept := r.editor.handed("附件.pdf", mediatest.PDF(1))
	door.Shut()
	a := r.editor.handBytes("附件.pdf", mediatest.PDF(2), "Idempotency-Key: storage-was-away")
	r.editor.notHanded(a, 503, "file.storage_away")
	r.editor.refused(503, "file.unavailable", "GET /admin/v1/files/"+kept.ID, nil)
	if err := r.file.Sweep(ctx); err == nil {
		t.Error("files were forgotten whose bytes could not be")
	}
	door.Open()
	r.keeps(t, 1, 0)
	r.editor.handed("附件.pdf", mediatest.PDF(2), "Idempotency-Key: storage-was-away")
	r.keeps(t, 2, 0)
}

// A crash leaves bytes without a row, perhaps not all of them.
func TestBytesThatACrashLeftAreNoHarm(t *testing.T) {
	eachFileroom(t, func(t *testing.T, r *fileroom) {
		for i, left := range []int{len(mediatest.PDF(1)), 7} {
			pdf := mediatest.PDF(1 + i)
			key := "files/" + sum(pdf)[:2] + "/" + sum(pdf)
			if err := r.parts.bucket.Put(ctx, key, bytes.NewReader(pdf[:left]), int64(left), ""); err != nil {
				t.Fatal(err)
			}
			f := r.editor.handed("附件.pdf", pdf)
			if got := r.editor.send("GET /admin/v1/files/"+f.ID, nil).body; got != string(pdf) {
				t.Errorf("of %d bytes left: %q", left, got)
			}
		}
		r.keeps(t, 2, 2)
	})
}

func TestAFileThatNothingRefersToIsForgottenAfterAWeek(t *testing.T) {
	eachFileroom(t, func(t *testing.T, r *fileroom) {
		lonely, twin := r.editor.handed("无主.pdf", mediatest.PDF(1)), r.editor.handed("同内容.pdf", mediatest.PDF(2))
		drafted, attached := r.editor.handed("草稿.pdf", mediatest.PDF(2)), r.editor.handed("附件.pdf", mediatest.PDF(3))
		shown := r.editor.handed("图解.png", mediatest.GIF(1))
		content := r.policy("鸢都市老旧小区加装电梯管理办法", "鸢建发〔2026〕12号")
		content["attachments"] = []map[string]any{{"file_id": attached.ID, "name": "申请表.pdf"}}
		r.published(t, content)
		other := r.policy("关于开展检查的通知", "鸢建发〔2026〕13号")
		other["attachments"] = []map[string]any{{"file_id": drafted.ID, "name": "清单.pdf"}}
		r.begin(other)
		r.change(t, func(tx *store.Tx) error {
			_, err := tx.SaveInterpretation(ctx, "picture", &model.Interpretation{Title: "一张图看懂", PictureID: shown.ID})
			return err
		})
		sweep := func() {
			t.Helper()
			if err := r.file.Sweep(ctx); err != nil {
				t.Fatal(err)
			}
		}
		there := func(f handler.HandedIn, yes bool) {
			t.Helper()
			opened, err := r.file.OpenFor(ctx, model.Actor{Kind: model.AStaff, ID: r.editor.staff}, f.ID)
			if err == nil {
				opened.Bytes.Close()
			}
			if yes != (err == nil) || !yes && !errors.Is(err, model.ErrFileNotFound) {
				t.Errorf("%s: %v", f.Name, err)
			}
		}
		r.clock.Move(7*24*time.Hour - time.Minute)
		sweep()
		there(lonely, true)
		r.clock.Move(2 * time.Minute)
		young := r.handedAgain(t, "新的.pdf", mediatest.PDF(4))
		sweep()
		for f, yes := range map[*handler.HandedIn]bool{&lonely: false, &twin: false, &drafted: true, &attached: true, &shown: true, &young: true} {
			there(*f, yes)
		}
		if _, err := r.parts.bucket.Open(ctx, "files/"+lonely.SM3[:2]+"/"+lonely.SM3); !errors.Is(err, blob.ErrNotFound) {
			t.Errorf("the bytes are still there: %v", err)
		}
	})
}

// handedAgain signs in anew and hands in a file: a week has gone by.
func (r *fileroom) handedAgain(t testing.TB, name string, content []byte) handler.HandedIn {
	t.Helper()
	r.editor.signIn("bianji")
	return r.editor.handed(name, content)
}

// Somebody attaches a file in the moment in which it is forgotten.
func TestAFileThatIsTakenUpInTheLastMomentStays(t *testing.T) {
	eachFileroom(t, func(t *testing.T, r *fileroom) {
		public := r.published(t, r.policy("鸢都市老旧小区加装电梯管理办法", "鸢建发〔2026〕12号"))["id"].(string)
		f := r.editor.handed("附件.pdf", mediatest.PDF(1))
		r.clock.Move(8 * 24 * time.Hour)
		attached, goOn, swept := make(chan bool), make(chan bool), make(chan error, 1)
		var all sync.WaitGroup
		all.Go(func() {
			r.change(t, func(tx *store.Tx) error {
				err := tx.Attach(ctx, public, f.ID)
				close(attached)
				<-goOn
				return err
			})
		})
		<-attached
		all.Go(func() { swept <- r.file.Sweep(ctx) })
		close(goOn)
		all.Wait()
		if err := <-swept; err != nil {
			t.Error(err)
		}
		r.tells(t, "it is there for everybody", "GET /api/v1/files/"+f.ID, 200, "%PDF-")
	})
}

// interrupted is a storage in which something happens behind the first look at it.
type interrupted struct {
	blob.Bucket
	once   sync.Once
	happen func()
}

func (b *interrupted) Open(ctx context.Context, key string) (blob.Object, error) {
	object, err := b.Bucket.Open(ctx, key)
	if b.happen != nil {
		b.once.Do(b.happen)
	}
	return object, err
}

// Bytes that were there when an upload looked for them are forgotten before it has
// its row.
func TestBytesThatAreForgottenUnderAnUploadArePutAgain(t *testing.T) {
	for _, set := range sets {
		t.Run(set.name, func(t *testing.T) {
			storage := &interrupted{}
			r := openFileroom(t, func(t testing.TB, clock model.Clock) parts {
				p := set.open(t, clock)
				storage.Bucket, p.bucket = p.bucket, storage
				return p
			})
			pdf := mediatest.PDF(1)
			old := r.editor.handed("旧.pdf", pdf)
			r.clock.Move(8 * 24 * time.Hour)
			swept := errors.New("never")
			storage.happen = func() { swept = r.file.Sweep(ctx) }
			again := r.handedAgain(t, "新.pdf", pdf)
			if swept != nil {
				t.Error(swept)
			}
			r.editor.refused(404, "file.not_found", "GET /admin/v1/files/"+old.ID, nil)
			if got := r.editor.send("GET /admin/v1/files/"+again.ID, nil); got.body != string(pdf) {
				t.Errorf("%d %s", got.StatusCode, got.body)
			}
		})
	}
}

// The same bytes are handed in again and again while their old row is forgotten.
func TestNoRowIsEverWithoutItsBytes(t *testing.T) {
	eachFileroom(t, func(t *testing.T, r *fileroom) {
		pdf := mediatest.PDF(1)
		for range 20 {
			r.clock.Move(8 * 24 * time.Hour)
			r.editor.signIn("bianji")
			var all sync.WaitGroup
			var again handler.HandedIn
			all.Go(func() { again = r.editor.handed("附件.pdf", pdf) })
			all.Go(func() {
				if err := r.file.Sweep(ctx); err != nil {
					t.Error(err)
				}
			})
			all.Wait()
			if got := r.editor.send("GET /admin/v1/files/"+again.ID, nil); got.body != string(pdf) {
				t.Fatalf("%d %s", got.StatusCode, got.body)
			}
		}
		r.keeps(t, 1, 1)
	})
}
