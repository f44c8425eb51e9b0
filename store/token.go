package store

import (
	"crypto/rand"
	"encoding/hex"

	"github.com/emmansun/gmsm/sm3"
)

// NewToken makes a token that opens a session: 256 random bits, known to its
// holder alone.
func NewToken() string { return rand.Text() + rand.Text() }

// TokenHash is under what a token is kept.
func TokenHash(token string) string {
	sum := sm3.Sum([]byte(token))
	return hex.EncodeToString(sum[:])
}
