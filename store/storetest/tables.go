package storetest

import (
	"context"
	"crypto/rand"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"yuandu/store"
)

// Making the tables takes longer than most tests: each process makes them once
// an engine, and its databases are copies.

// sqliteTables is a database file with tables and nothing else.
var sqliteTables = sync.OnceValue(func() []byte {
	folder, err := os.MkdirTemp("", "yuandu")
	if err != nil {
		panic(err)
	}
	defer os.RemoveAll(folder)
	file := filepath.Join(folder, "yuandu.db")
	if err := makeTables(store.Options{File: file}); err != nil {
		panic(err)
	}
	content, err := os.ReadFile(file)
	if err != nil {
		panic(err)
	}
	return content
})

var postgresOnce struct {
	sync.Once
	name string
}

// postgresTables is the name of a database with tables and nothing else. It
// cannot know when the last test of its process has ended: who makes the next
// one drops those that are older than a day.
func postgresTables(server string) string {
	postgresOnce.Do(func() {
		postgresOnce.name = fmt.Sprintf("%s%d_%s", tables, time.Now().Unix(), strings.ToLower(rand.Text()))
		if err := dropOld(server); err != nil {
			panic(err)
		}
		if err := run(server, `CREATE DATABASE `+postgresOnce.name); err != nil {
			panic(err)
		}
		if err := makeTables(store.Options{URL: within(server, postgresOnce.name)}); err != nil {
			panic(err)
		}
	})
	return postgresOnce.name
}

const tables = "tables_"

func makeTables(o store.Options) error {
	o.Clock = NewClock("2026-11-24")
	s, err := store.Open(context.Background(), o)
	if err != nil {
		return err
	}
	return s.Close()
}

func dropOld(server string) error {
	db, err := sql.Open("pgx", server)
	if err != nil {
		return err
	}
	defer db.Close()
	rows, err := db.Query(`SELECT datname FROM pg_database WHERE datname LIKE $1`, tables+"%")
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return err
		}
		var made int64
		if _, err := fmt.Sscanf(name, tables+"%d_", &made); err != nil || time.Since(time.Unix(made, 0)) < 24*time.Hour {
			continue
		}
		if err := run(server, `DROP DATABASE IF EXISTS `+name); err != nil {
			return err
		}
	}
	return rows.Err()
}
