package main

import (
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"yuandu/media/pages"
	"yuandu/service/gazette"
)

// mediaWorkerCommand opens one file for the server that started it. It reads no
// settings and no keys: what it opens may come from anybody.
var mediaWorkerCommand = command{
	name: "media-worker", about: "由服务自己启动，逐页读取一份版式文件", hidden: true,
	usage:   "media-worker",
	example: "yuandu media-worker",
	print: func(out io.Writer) error {
		os.Stdout = os.Stderr // answers alone may go where they are read
		return pages.Work(os.Stdin, out)
	},
}

// engines open the files of issues by this very binary: two at once for what is brought in,
// one more for the readers.
func engines(c *Config) gazette.Engines {
	engine := func(processes int) *pages.Engine {
		program, err := os.Executable()
		if err != nil {
			program = os.Args[0]
		}
		return pages.New(pages.Settings{Program: program, Arguments: []string{mediaWorkerCommand.name}, Folder: filepath.Join(c.Data, "media"),
			Processes: processes})
	}
	read := gazette.Engines{Import: engine(2), Draw: engine(1)}
	if command := strings.Fields(c.OCR); len(command) > 0 {
		read.Read = &pages.Reader{Command: command, PageTime: time.Duration(c.OCRTime) * time.Second}
	}
	return read
}
