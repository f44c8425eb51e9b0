// Package miniprogram is what residents hold in their hands. Its sources are Vue
// and TypeScript; this file hands the web build of them, the pages at /m/, to
// the binary.
package miniprogram

import (
	"embed"
	"io/fs"
)

//go:embed all:dist/web
var dist embed.FS

// Files are the web build: index.html and assets, or placeholder.html alone
// where nobody has built it.
func Files() fs.FS {
	files, err := fs.Sub(dist, "dist/web")
	if err != nil {
		panic(err) // it is a constant, and a valid path
	}
	return files
}
