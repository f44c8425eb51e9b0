package search

import (
	"testing"
	"time"
)

// LockFor lets the lock live for another time during a test.
func LockFor(t *testing.T, d time.Duration) {
	usual := lockFor
	lockFor = d
	t.Cleanup(func() { lockFor = usual })
}
