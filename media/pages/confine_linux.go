package pages

import "syscall"

// confine keeps this process, which is a worker, from taking more memory than
// its file may cost, and from leaving its memory behind when it falls. What
// counts is memory that can be written to: address space that is only reserved
// costs nothing.
func confine(l *Limits, file int64) error {
	most := uint64(l.Process + l.Guest + file)
	if err := syscall.Setrlimit(syscall.RLIMIT_DATA, &syscall.Rlimit{Cur: most, Max: most}); err != nil {
		return err
	}
	return syscall.Setrlimit(syscall.RLIMIT_CORE, &syscall.Rlimit{})
}
