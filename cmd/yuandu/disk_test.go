package main

import (
	"os"
	"syscall"
	"testing"
)

// smallDisk mounts a disk of a few megabytes in memory.
func smallDisk(t *testing.T, size string) string {
	t.Helper()
	rootAlone(t)
	folder := t.TempDir()
	if err := syscall.Mount("tmpfs", folder, "tmpfs", 0, "size="+size+",mode=0777"); err != nil {
		t.Skipf("SKIPPED: no small disk can be mounted here: %v", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(folder, syscall.MNT_DETACH); err != nil {
			t.Error(err)
		}
	})
	return folder
}

// grow makes the small disk larger.
func grow(t *testing.T, folder, size string) {
	t.Helper()
	if err := syscall.Mount("tmpfs", folder, "tmpfs", syscall.MS_REMOUNT, "size="+size); err != nil {
		t.Fatal(os.NewSyscallError("mount", err))
	}
}
