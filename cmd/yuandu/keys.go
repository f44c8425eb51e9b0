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
	text, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		return makeKeys(file)
	}
	if err != nil {
		return fmt.Errorf("YUANDU_KEY_FILE：密钥文件读不了：%w", err)
	}
	if info, err := os.Stat(file); err == nil && info.Mode().Perm()&0o077 != 0 {
		return fmt.Errorf("YUANDU_KEY_FILE：密钥文件 %s 别人也能读（权限 %v）。应为 0600：chmod 600 %s", file, info.Mode().Perm(), file)
	}
	var k keys
	if json.Unmarshal(text, &k) != nil || len(k.Seal) != 32 || len(k.Audit) != 64 || len(k.Hash) != 64 {
		return fmt.Errorf("YUANDU_KEY_FILE：%s 不是完整的密钥文件。应为第一次启动时生成的那个文件；没有它，封存的个人信息无法读出", file)
	}
	return nil
}

func makeKeys(file string) error {
	text, err := json.MarshalIndent(keys{random(16), random(32), random(32)}, "", "  ")
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return fmt.Errorf("YUANDU_KEY_FILE：%w", err)
	}
	f, err := os.OpenFile(file, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return ensureKeys(file) // another process made it this moment
	}
	if err != nil {
		return fmt.Errorf("YUANDU_KEY_FILE：密钥文件写不了：%w", err)
	}
	_, err = f.Write(text)
	return errors.Join(err, f.Sync(), f.Close())
}

func random(bytes int) string {
	b := make([]byte, bytes)
	if _, err := rand.Read(b); err != nil {
		panic(err) // crypto/rand never fails on a working machine
	}
	return hex.EncodeToString(b)
}
