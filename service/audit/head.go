package audit

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"yuandu/model"
)

// errCut is what the sealer says when the head file knows of lines that the
// database has lost, or has differently.
var errCut = errors.New("the audit trail is not the one whose head was kept: run `yuandu verify`; the head file was left as it is")

// headFile keeps the head of the chain outside of the database.
type headFile string

// read is the head that was kept, zero where none was.
func (h headFile) read() (head model.AuditHead, err error) {
	text, err := os.ReadFile(string(h))
	if errors.Is(err, fs.ErrNotExist) {
		return head, nil
	}
	if err == nil {
		err = json.Unmarshal(text, &head)
	}
	if err != nil {
		return head, fmt.Errorf("read head of the audit trail: %w", err)
	}
	return head, nil
}

// write replaces the file, whole or not at all.
func (h headFile) write(head model.AuditHead) error {
	text, err := json.Marshal(head)
	if err != nil {
		return fmt.Errorf("write head of the audit trail: %w", err)
	}
	f, err := os.CreateTemp(filepath.Dir(string(h)), ".audit-head-*")
	if err == nil {
		defer os.Remove(f.Name())
		_, err = f.Write(append(text, '\n'))
		err = errors.Join(err, f.Sync(), f.Close())
	}
	if err == nil {
		err = os.Rename(f.Name(), string(h))
	}
	if err != nil {
		return fmt.Errorf("write head of the audit trail: %w", err)
	}
	return nil
}

// ReadHead reads a head file, the zero head where there is none.
func ReadHead(path string) (model.AuditHead, error) { return headFile(path).read() }
