package staff

import (
	"context"
	"crypto/rand"
	"fmt"
	"strings"
	"sync"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/alexedwards/argon2id"
	"github.com/trustelem/zxcvbn"

	"yuandu/model"
)

// Hashing is what a password costs to hash: KiB of memory, and how often they
// are gone through.
type Hashing struct{ Memory, Iterations uint32 }

// Careful is how passwords are hashed: two at a time take 64 MiB, whatever
// comes (RFC 9106; OWASP asks for 19 MiB at least). Tests need not be careful.
var Careful = Hashing{Memory: 32 << 10, Iterations: 2}

const (
	hashesAtOnce = 2
	hashesInLine = 40
	hashPatience = 10 * time.Second
)

// passwordDoor lets a few passwords at a time be hashed, for each takes memory
// and time; who waits too long, or comes to a long line, is sent away.
type passwordDoor struct {
	inside, line chan struct{}
	hashing      *argon2id.Params
	nobody       func() string // hash for names that don't exist, so that they take as long
}

func newPasswordDoor(h Hashing) passwordDoor {
	hashing := &argon2id.Params{Memory: h.Memory, Iterations: h.Iterations, Parallelism: 1, SaltLength: 16, KeyLength: 32}
	return passwordDoor{inside: make(chan struct{}, hashesAtOnce), line: make(chan struct{}, hashesInLine), hashing: hashing,
		nobody: sync.OnceValue(func() string {
			hash, err := argon2id.CreateHash(rand.Text(), hashing)
			if err != nil {
				panic(fmt.Sprintf("hash a password: %v", err))
			}
			return hash
		})}
}

// enter waits for room; leave makes it again.
func (d passwordDoor) enter(ctx context.Context) (leave func(), err error) {
	select {
	case d.line <- struct{}{}:
	default:
		return nil, model.ErrSignInBusy
	}
	defer func() { <-d.line }()
	ctx, cancel := context.WithTimeout(ctx, hashPatience)
	defer cancel()
	select {
	case d.inside <- struct{}{}:
		return func() { <-d.inside }, nil
	case <-ctx.Done():
		return nil, model.ErrSignInBusy
	}
}

func (d passwordDoor) hash(ctx context.Context, password string) (string, error) {
	leave, err := d.enter(ctx)
	if err != nil {
		return "", err
	}
	defer leave()
	hash, err := argon2id.CreateHash(password, d.hashing)
	if err != nil {
		return "", fmt.Errorf("hash a password: %w", err)
	}
	return hash, nil
}

// matches compares a password with a hash; "" is nobody's.
func (d passwordDoor) matches(ctx context.Context, password, hash string) (bool, error) {
	leave, err := d.enter(ctx)
	if err != nil {
		return false, err
	}
	defer leave()
	known := hash != ""
	if !known {
		hash = d.nobody()
	}
	ok, err := argon2id.ComparePasswordAndHash(password, hash)
	if err != nil {
		return false, fmt.Errorf("compare a password: %w", err)
	}
	return ok && known, nil
}

// The length of passwords, in characters. Length counts more than mixed signs.
const (
	shortestPassword = 12
	longestPassword  = 128
	weakestPassword  = 3 // zxcvbn: safely unguessable online
)

// checkPassword refuses what is short, common, or made of what everybody knows
// about its owner.
func checkPassword(password string, owner *model.Staff) error {
	switch n := utf8.RuneCountInString(password); {
	case n < shortestPassword:
		return model.ErrPasswordShort.With("password", map[string]any{"least": shortestPassword})
	case n > longestPassword:
		return model.ErrPasswordLong.With("password", map[string]any{"most": longestPassword})
	}
	known := append([]string{owner.Login, owner.Name}, cityWords...)
	if names(password, owner) || zxcvbn.PasswordStrength(password, known).Score < weakestPassword || repeats(password) || bare(password, known) < leastOfOnesOwn {
		return model.ErrPasswordCommon
	}
	return nil
}

// cityWords are what a guesser would begin with here, in pinyin and numbers.
var cityWords = []string{"yuandu", "zhengshi", "zhengwu", "zhengfu", "weifang", "mima", "guanliyuan", "woaini", "woaizhongguo",
	"zhongguo", "shizhengfu", "gongkai", "admin", "yuanduzhengshi", "5201314", "1314520", "12345", "kouling", "denglu"}

// names says whether a password names its owner.
func names(password string, owner *model.Staff) bool {
	lower := strings.ToLower(password)
	return strings.Contains(lower, owner.Login) || strings.Contains(lower, strings.ToLower(owner.Name))
}

// leastOfOnesOwn is how many letters must be left without the known words.
const leastOfOnesOwn = 6

// bare counts what is left of a password without words that everybody knows,
// digits and signs.
func bare(password string, known []string) int {
	left := strings.ToLower(password)
	for _, word := range known {
		left = strings.ReplaceAll(left, strings.ToLower(word), "")
	}
	return utf8.RuneCountInString(strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) {
			return r
		}
		return -1
	}, left))
}

// repeats says whether a password is one short piece over and over.
func repeats(password string) bool {
	runes := []rune(password)
	for size := 1; size <= len(runes)/2 && size <= 6; size++ {
		piece := string(runes[:size])
		if strings.Repeat(piece, len(runes)/size+1)[:len(password)] == password {
			return true
		}
	}
	return false
}

// temporaryPassword is one that its owner must change: 120 bits, in groups that
// can be read out over the telephone.
func temporaryPassword() string {
	text := strings.ToLower(rand.Text())[:24]
	return strings.Join([]string{text[:6], text[6:12], text[12:18], text[18:]}, "-")
}
