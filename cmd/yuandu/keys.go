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
)

// keys are the secrets of this house. They are never in the database, nor in a
// backup of it.
type keys struct {
	Seal  string `json:"seal"`  // seals what names a person (SM4, 16 bytes)
	Audit string `json:"audit"` // chains the audit trail (32 bytes)
	Hash  string `json:"hash"`  // finds a sealed value again (32 bytes)
}

// ensureKeys makes the key file at the first start and checks it at every
// other: it must be whole, and nobody else may read it.
func ensureKeys(file string) error {
	info, err := os.Stat(file)
	if errors.Is(err, fs.ErrNotExist) {
		return makeKeys(file)
	}
	if err == nil && info.Mode().Perm()&0o077 != 0 {
		return fmt.Errorf("YUANDU_KEY_FILE：密钥文件 %s 别人也能读（权限 %#o）。应为 0600：chmod 600 %s", file, info.Mode().Perm(), file)
	}
	text, err := os.ReadFile(file)
	if err != nil {
		return fmt.Errorf("YUANDU_KEY_FILE：密钥文件读不了：%w", err)
	}
	var k keys
	if json.Unmarshal(text, &k) != nil || !isKey(k.Seal, 16) || !isKey(k.Audit, 32) || !isKey(k.Hash, 32) {
		return fmt.Errorf("YUANDU_KEY_FILE：%s 不是完整的密钥文件。应为第一次启动时生成的那个文件，请从备份中找回；没有它，封存的个人信息无法读出", file)
	}
	return nil
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
	text, err := json.MarshalIndent(keys{random(16), random(32), random(32)}, "", "  ")
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
	if err := os.Link(f.Name(), file); err == nil || errors.Is(err, fs.ErrExist) {
		return err
	}
	return os.Rename(f.Name(), file) // on a file system without links
}

func random(bytes int) string {
	b := make([]byte, bytes)
	rand.Read(b) // ends the process rather than return an error
	return hex.EncodeToString(b)
}
