package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"yuandu/model"
	"yuandu/service/audit"
	"yuandu/service/gazette"
	"yuandu/store"
	"yuandu/store/blob"
)

var verifyCommand = command{
	name: "verify", about: "核验审计记录、公文版本和文件有没有被人动过，公报缺不缺期（只需要审计密钥，不写任何东西）",
	usage:   "verify",
	example: "yuandu verify",
	run: func(ctx context.Context, c *Config, _ []string) error {
		key, err := auditKey(c.KeyFile)
		if err != nil {
			return err
		}
		head, err := audit.ReadHead(c.AuditHead)
		if err != nil {
			return fmt.Errorf("YUANDU_AUDIT_HEAD：%w", err)
		}
		if _, err := os.Stat(filepath.Join(c.Data, "yuandu.db")); c.DatabaseURL == "" && err != nil {
			return fmt.Errorf("数据库（YUANDU_DATA）：%w", err)
		}
		s, err := store.OpenAsIs(ctx, store.Options{URL: c.DatabaseURL, File: filepath.Join(c.Data, "yuandu.db"), Clock: systemClock{}})
		if err != nil {
			return fmt.Errorf("数据库：%w", err)
		}
		defer s.Close()
		if head.Seq == 0 {
			fmt.Printf("没有链头文件（%s）：末尾有没有被截短，这次查不出来。\n", c.AuditHead)
		}
		began := time.Now()
		found := 0
		report := func(b store.Break) {
			if found++; found <= mostBreaks {
				fmt.Println(breakSentence(b))
			}
		}
		v, err := s.VerifyAudit(ctx, key, head, report)
		if err != nil {
			return err
		}
		files, err := verifyFiles(ctx, c, s, report)
		if err != nil {
			return err
		}
		if err := verifyGazette(ctx, s, report); err != nil {
			return err
		}
		fmt.Printf("核验了 %d 条审计记录（另有 %d 条等着封存）、%d 个公文版本和 %d 个文件，用时 %s。\n", v.Lines, v.Waiting, v.Revisions, files, time.Since(began).Round(time.Millisecond))
		if found > 0 {
			fmt.Printf("有 %d 处对不上。\n", found)
			return exit(1)
		}
		fmt.Println("没有发现改动。")
		return nil
	},
}

// verifyFiles reads every kept file.
func verifyFiles(ctx context.Context, c *Config, s *store.Store, report func(store.Break)) (int, error) {
	bucket, err := bucketOf(ctx, c)
	if err != nil {
		return 0, err
	}
	defer bucket.Close()
	return s.VerifyFiles(ctx, func(ctx context.Context, key string) (io.ReadCloser, error) {
		object, err := bucket.Open(ctx, key)
		if errors.Is(err, blob.ErrNotFound) || errors.Is(err, blob.ErrBadKey) {
			return nil, store.ErrNoBytes
		}
		return object, err
	}, report)
}

// verifyGazette looks whether every issue of the gazette is there, or its absence explained.
func verifyGazette(ctx context.Context, s *store.Store, report func(store.Break)) error {
	shelf, err := gazette.Shelf(ctx, s, model.Today(systemClock{}.Now()))
	for _, y := range shelf {
		for _, number := range model.Missing(y.Grid) {
			report(store.Break{What: store.IssueMissing, ID: model.GazettePlace{Year: y.Year, Number: number}.String()})
		}
	}
	return err
}

// mostBreaks is how many are told one by one.
const mostBreaks = 100

// auditKey reads the audit key alone: an auditor's key file need hold no other.
func auditKey(file string) ([]byte, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("YUANDU_KEY_FILE：密钥文件读不了：%w", err)
	}
	var k keys
	if json.Unmarshal(text, &k) != nil || !isKey(k.Audit, 32) {
		return nil, errors.New("YUANDU_KEY_FILE：文件里没有审计密钥（audit，64 个十六进制字符）")
	}
	return bytesOf(k.Audit), nil
}

// breakSentence says in plain words what does not hold.
func breakSentence(b store.Break) string {
	place := fmt.Sprintf("第 %d 条（%s）", b.Seq, b.ID)
	if b.Seq == 0 {
		place = "等着封存的一条（" + b.ID + "）"
	}
	switch b.What {
	case store.LineChanged:
		return place + "：内容被改过"
	case store.LineUnlinked:
		return place + "：链值对不上，它或它前面的记录被换过"
	case store.LinesMissing:
		return fmt.Sprintf("第 %d 条起：记录被删去", b.Seq)
	case store.TailCut:
		return fmt.Sprintf("第 %d 条起：末尾被截去", b.Seq)
	case store.HeadDiffers:
		return place + "：与库外保存的链头不同，整条链被换过"
	case store.HeadRowChanged:
		return fmt.Sprintf("库里记的链头（第 %d 条）被改过", b.Seq)
	case store.RevisionChanged:
		return "公文版本 " + b.ID + "：内容被改过"
	case store.RevisionMissing:
		return "公文版本 " + b.ID + "：被删去"
	case store.RevisionUnlisted:
		return "公文版本 " + b.ID + "：审计记录里没有它"
	case store.FileChanged:
		return "文件 " + b.ID + "：内容被改过"
	case store.FileMissing:
		return "文件 " + b.ID + "：内容不在了"
	case store.PictureChanged:
		return "公报页面的图 " + b.ID + "：内容被改过"
	case store.PictureMissing:
		return "公报页面的图 " + b.ID + "：内容不在了，有人看时会重画"
	case store.VoiceChanged:
		return "语音 " + b.ID + "：内容被改过，请在控制台重新合成"
	case store.VoiceMissing:
		return "语音 " + b.ID + "：内容不在了，请在控制台重新合成"
	case store.IssueMissing:
		return "公报 " + b.ID + "：没有公开，也没有说明为什么缺"
	case store.RevisionFileMissing:
		return "公文版本 " + b.ID + "：它的附件或图片不在了，或者被改过"
	}
	return b.What + " " + place
}
