//go:build unix

package pages

import (
	"os/exec"
	"syscall"
)

// alone makes a program the first of a group, which is killed as one: a program of the shell
// starts others.
func alone(c *exec.Cmd) {
	c.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	c.Cancel = func() error { return syscall.Kill(-c.Process.Pid, syscall.SIGKILL) }
}
