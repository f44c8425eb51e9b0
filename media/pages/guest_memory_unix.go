//go:build unix

package pages

import "syscall"

func reserve(size uint64) []byte {
	space, err := syscall.Mmap(-1, 0, int(size), syscall.PROT_NONE, syscall.MAP_ANON|syscall.MAP_PRIVATE)
	if err != nil {
		return nil
	}
	return space
}

// unlock makes a beginning of a reserved space one that can be written to.
func unlock(space []byte, before uint64) bool {
	if uint64(len(space)) <= before {
		return true
	}
	return syscall.Mprotect(space, syscall.PROT_READ|syscall.PROT_WRITE) == nil
}

func release(space []byte) {
	if len(space) > 0 {
		_ = syscall.Munmap(space) // nothing can be done about it
	}
}
