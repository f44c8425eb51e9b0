package search

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"sync"
	"time"

	"github.com/meilisearch/meilisearch-go"

	"yuandu/model"
)

// What goes to the server at once.
const (
	meiliBatch = 500     // documents
	meiliBytes = 8 << 20 // of text, which its code words at most triple
)

// Apply writes to the index that answers. Meilisearch knows no condition under
// which to write, so versions are read first: that no older version follows
// holds within this process, and between processes unless two write the same
// document within the same few milliseconds.
func (m *Meili) Apply(ctx context.Context, kind model.Kind, ops []Op) error {
	writing := m.writing[kind]
	if writing == nil {
		return fmt.Errorf("no index of %s: %w", kind, ErrUnavailable)
	}
	return m.apply(ctx, writing, m.live(kind), ops)
}

func (m *Meili) apply(ctx context.Context, writing *sync.Mutex, uid string, ops []Op) error {
	writing.Lock()
	defer writing.Unlock()
	if err := m.settled(ctx, uid); err != nil {
		return m.fail(ctx, "write "+uid, err)
	}
	refused := map[string]string{}
	for batch := range batches(ops) {
		if err := m.writeBatch(ctx, uid, batch, refused); err != nil {
			return m.fail(ctx, "write "+uid, err)
		}
	}
	if len(refused) > 0 {
		return &OpError{refused}
	}
	return ctx.Err()
}

// batches cuts changes into what goes to the server at once.
func batches(ops []Op) func(yield func([]Op) bool) {
	return func(yield func([]Op) bool) {
		from, bytes := 0, 0
		for i, op := range ops {
			size := 0
			if op.Put != nil {
				size = len(op.Put.Body)
			}
			if i > from && (i-from >= meiliBatch || bytes+size > meiliBytes) {
				if !yield(ops[from:i]) {
					return
				}
				from, bytes = i, 0
			}
			bytes += size
		}
		if from < len(ops) {
			yield(ops[from:])
		}
	}
}

func (m *Meili) writeBatch(ctx context.Context, uid string, ops []Op, refused map[string]string) error {
	held, err := m.versions(ctx, uid, ops)
	if err != nil {
		return err
	}
	puts, gone := outcome(ops, held)
	if len(gone) > 0 {
		err := m.do(ctx, func(ctx context.Context) (*meilisearch.TaskInfo, error) {
			return m.server.Index(uid).DeleteDocumentsWithContext(ctx, gone, nil)
		})
		if err != nil {
			return err
		}
	}
	var docs []meiliDoc
	for _, d := range puts {
		if !idShape.MatchString(d.ID) {
			refused[d.ID] = "the id is not one of letters, digits, _ and -"
			continue
		}
		docs = append(docs, meiliDocument(d))
	}
	return m.put(ctx, uid, docs, refused)
}

var idShape = regexp.MustCompile(`^[A-Za-z0-9_-]{1,511}$`)

// versions reads which versions of the changes' documents are held.
func (m *Meili) versions(ctx context.Context, uid string, ops []Op) (map[string]int64, error) {
	ids := map[string]bool{}
	for _, op := range ops {
		if idShape.MatchString(op.ID) {
			ids[op.ID] = true
		}
	}
	held := map[string]int64{}
	if len(ids) == 0 {
		return held, nil
	}
	entries, err := m.entries(ctx, uid, &meilisearch.DocumentsQuery{Ids: slices.Sorted(maps.Keys(ids)),
		Fields: []string{"id", "version"}, Limit: int64(len(ids))})
	for _, e := range entries {
		held[e.ID] = e.Version
	}
	return held, err
}

// outcome is what a batch of changes, made one after the other on what is
// held, comes to.
func outcome(ops []Op, held map[string]int64) (puts []*Doc, gone []string) {
	put, here := map[string]*Doc{}, maps.Clone(held)
	for _, op := range ops {
		version, known := here[op.ID]
		switch {
		case op.Put == nil:
			delete(here, op.ID)
			put[op.ID] = nil
		case !known || version < op.Put.Version:
			here[op.ID] = op.Put.Version
			put[op.ID] = op.Put
		}
	}
	for _, id := range slices.Sorted(maps.Keys(put)) {
		_, was := held[id]
		switch {
		case put[id] != nil:
			puts = append(puts, put[id])
		case was:
			gone = append(gone, id)
		}
	}
	return puts, gone
}

// put adds documents. A batch that the server refuses is halved until the
// documents stand alone that it will not take.
func (m *Meili) put(ctx context.Context, uid string, docs []meiliDoc, refused map[string]string) error {
	if len(docs) == 0 {
		return nil
	}
	err := m.do(ctx, func(ctx context.Context) (*meilisearch.TaskInfo, error) {
		key := "id"
		return m.server.Index(uid).AddDocumentsWithContext(ctx, docs, &meilisearch.DocumentOptions{PrimaryKey: &key})
	})
	why, refuses := m.refusal(err)
	switch {
	case !refuses:
		return err
	case len(docs) == 1:
		refused[docs[0].ID] = why
		return nil
	}
	half := len(docs) / 2
	if err := m.put(ctx, uid, docs[:half], refused); err != nil {
		return err
	}
	return m.put(ctx, uid, docs[half:], refused)
}

// refusal is the server's reason for not taking what stands in a request, if
// that is what an error says.
func (m *Meili) refusal(err error) (why string, is bool) {
	var failed *taskFailure
	if errors.As(err, &failed) {
		return failed.why, failed.refuses
	}
	var answer *meilisearch.Error
	if errors.As(err, &answer) {
		switch answer.MeilisearchApiError.Code {
		case "payload_too_large", "malformed_payload":
			return m.reason(err), true
		}
	}
	return "", false
}

// do sends a change and waits until the server has made it: what it accepts
// with 202 may still fail.
func (m *Meili) do(ctx context.Context, send func(context.Context) (*meilisearch.TaskInfo, error)) error {
	limited, cancel := context.WithTimeout(ctx, m.patience.Take)
	defer cancel()
	task, err := send(limited)
	if err != nil {
		return err
	}
	return m.wait(ctx, task.TaskUID)
}

// wait asks for a task, ever less often, until it is over.
func (m *Meili) wait(ctx context.Context, uid int64) error {
	limited, cancel := context.WithTimeout(ctx, m.patience.Work)
	defer cancel()
	for pause := 5 * time.Millisecond; ; pause = min(pause*3/2, 250*time.Millisecond) {
		task, err := m.task(limited, uid)
		if err != nil {
			return err
		}
		switch task.Status {
		case meilisearch.TaskStatusSucceeded:
			return nil
		case meilisearch.TaskStatusFailed, meilisearch.TaskStatusCanceled:
			return m.failed(task)
		}
		select {
		case <-limited.Done():
			return fmt.Errorf("task %d is not over: %w", uid, limited.Err())
		case <-time.After(pause):
		}
	}
}

func (m *Meili) task(ctx context.Context, uid int64) (*meilisearch.Task, error) {
	limited, cancel := context.WithTimeout(ctx, m.patience.Answer)
	defer cancel()
	return m.server.GetTaskWithContext(limited, uid)
}

// taskFailure is the end of a task that did not succeed.
type taskFailure struct {
	why     string
	refuses bool // for what stands in it, not for trouble of the server's
}

func (f *taskFailure) Error() string { return f.why }

func (m *Meili) failed(task *meilisearch.Task) error {
	why := fmt.Sprintf("task %d %s: %s: %s", task.UID, task.Status, task.Error.Code, task.Error.Message)
	return &taskFailure{why: m.unkeyed(why),
		refuses: task.Error.Type == "invalid_request" && task.Error.Code != "index_not_found"}
}

// settled waits until nothing waits to be written to an index: changes that an
// earlier Apply sent and did not see the end of must not come after ours.
func (m *Meili) settled(ctx context.Context, uid string) error {
	return m.waitForAll(ctx, meilisearch.TasksQuery{IndexUIDS: []string{uid}})
}

// waitForAll waits for the latest task of some, and with it for those before
// it: what concerns one index the server does in order.
func (m *Meili) waitForAll(ctx context.Context, some meilisearch.TasksQuery) error {
	limited, cancel := context.WithTimeout(ctx, m.patience.Answer)
	defer cancel()
	some.Limit = 1
	some.Statuses = []meilisearch.TaskStatus{meilisearch.TaskStatusEnqueued, meilisearch.TaskStatusProcessing}
	waiting, err := m.server.GetTasksWithContext(limited, &some)
	if err != nil || len(waiting.Results) == 0 {
		return err
	}
	var failed *taskFailure // somebody else's
	if err := m.wait(ctx, waiting.Results[0].UID); !errors.As(err, &failed) {
		return err
	}
	return nil
}
