// Package console is the web console of departments and editors. Its sources
// are Vue and TypeScript; this file hands what was built of them to the binary.
package console

import (
	"embed"
	"io/fs"
)

//go:embed all:dist
var dist embed.FS

// Files are the built console: index.html and assets, or placeholder.html alone
// where nobody has built it.
func Files() fs.FS {
	files, err := fs.Sub(dist, "dist")
	if err != nil {
		panic(err) // dist is a constant, and a valid path
	}
	return files
}
