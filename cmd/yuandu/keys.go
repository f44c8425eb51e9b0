package main

import (
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"time"

	"yuandu/store"
)

// keys are the secrets of this house as their file holds them. They are never
// in the database, nor in a backup of it.
type keys struct {
	Seal     string   `json:"seal"`                // seals what names a person (SM4, 16 bytes)
	OldSeals []string `json:"old_seals,omitempty"` // sealed before, and open still
	Audit    string   `json:"audit"`               // chains the audit trail (32 bytes)
	Hash     string   `json:"hash"`                // finds a sealed value again (32 bytes)
}

// ensureKeys makes the key file at the first start and checks it at every
// other: it must be whole, and nobody else may read it.
func ensureKeys(file string) error {
	_, err := readKeys(file)
	if errors.Is(err, fs.ErrNotExist) {
		return makeKeys(file)
	}
	return err
}

func readKeys(file string) (*keys, error) {
	info, err := os.Stat(file)
	if err == nil && info.Mode().Perm()&0o077 != 0 {
		return nil, fmt.Errorf("YUANDU_KEY_FILE：密钥文件 %s 别人也能读（权限 %#o）。应为 0600：chmod 600 %s", file, info.Mode().Perm(), file)
	}
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("YUANDU_KEY_FILE：密钥文件读不了：%w", err)
	}
	k := &keys{}
	if json.Unmarshal(text, k) != nil || !k.whole() {
		return nil, fmt.Errorf("YUANDU_KEY_FILE：%s 不是完整的密钥文件。应为第一次启动时生成的那个文件，请从备份中找回；没有它，封存的个人信息无法读出", file)
	}
	return k, nil
}

func (k *keys) whole() bool {
	for _, old := range k.OldSeals {
		if !isKey(old, 16) {
			return false
		}
	}
	return isKey(k.Seal, 16) && isKey(k.Audit, 32) && isKey(k.Hash, 32)
}

func (k *keys) plain() *store.Keys {
	p := &store.Keys{Audit: bytesOf(k.Audit), Hash: bytesOf(k.Hash)}
	for _, seal := range append([]string{k.Seal}, k.OldSeals...) {
		p.Seals = append(p.Seals, bytesOf(seal))
	}
	return p
}

func bytesOf(text string) []byte {
	key, err := hex.DecodeString(text)
	if err != nil {
		panic("a key that was checked is no key") // readKeys lets none in
	}
	return key
}

// openVault makes the key file if there is none, and the vault that seals with
// what is in it. The file is read again when it was written again.
func openVault(file string) (*store.Vault, error) {
	if err := ensureKeys(file); err != nil {
		return nil, err
	}
	var mu sync.Mutex
	var held *store.Keys
	var written time.Time
	return store.NewVault(func() (*store.Keys, error) {
		mu.Lock()
		defer mu.Unlock()
		info, err := os.Stat(file)
		if err == nil && held != nil && info.ModTime().Equal(written) {
			return held, nil
		}
		k, err := readKeys(file)
		if err != nil {
			return nil, err
		}
		held, written = k.plain(), info.ModTime()
		return held, nil
	}), nil
}

func isKey(text string, bytes int) bool {
	key, err := hex.DecodeString(text)
	return err == nil && len(key) == bytes
}

// makeKeys writes the file aside and then gives it its name, which it gets
// whole or not at all; another process that is as far keeps its own.
func makeKeys(file string) error {
	if err := writeKeys(file); err != nil && !errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("YUANDU_KEY_FILE：密钥文件写不了：%w", err)
	}
	return ensureKeys(file)
}

func writeKeys(file string) error {
	return setAside(file, &keys{Seal: random(16), Audit: random(32), Hash: random(32)}, func(aside string) error {
		if err := os.Link(aside, file); err == nil || errors.Is(err, fs.ErrExist) {
			return err
		}
		return os.Rename(aside, file) // on a file system without links
	})
}

// setAside writes keys into a file beside the one they are for, which put then
// gives its name.
func setAside(file string, k *keys, put func(aside string) error) error {
	text, err := json.MarshalIndent(k, "", "  ")
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		return err
	}
	f, err := os.CreateTemp(filepath.Dir(file), ".keys-*") // made with 0600
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	_, err = f.Write(text)
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	return put(f.Name())
}

func random(bytes int) string {
	b := make([]byte, bytes)
	rand.Read(b) // ends the process rather than return an error
	return hex.EncodeToString(b)
}
