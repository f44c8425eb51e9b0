// Package testenv finds the real servers that tests ask for: a Redis, an
// object storage, a PostgreSQL. A laptop may be without them; CI may not.
package testenv

import (
	"os"
	"testing"
)

// Need returns what the environment variable says of a server. Where it says
// nothing the test is skipped, and fails when CI is "true", so that a server
// that did not start there never looks like a green run.
func Need(t testing.TB, variable, server string) string {
	t.Helper()
	value := os.Getenv(variable)
	switch {
	case value != "":
		return value
	case os.Getenv("CI") == "true":
		t.Fatalf("no %s: %s is not set, and CI must test on a real one", server, variable)
	default:
		t.Skipf("SKIPPED: no %s (%s is not set)", server, variable)
	}
	return ""
}
