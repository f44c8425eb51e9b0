package main

import (
	"io"
	"os"

	"yuandu/media/pages"
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
