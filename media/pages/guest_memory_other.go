//go:build !unix

package pages

func reserve(size uint64) []byte     { return make([]byte, size) }
func unlock(_ []byte, _ uint64) bool { return true }
func release(_ []byte)               {}
