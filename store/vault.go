package store

import (
	"crypto/cipher"
	"crypto/hmac"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"
	"sync"
	"time"

	"github.com/emmansun/gmsm/sm3"
	"github.com/emmansun/gmsm/sm4"
)

// Keys are the secrets with which the house keeps other secrets. They are
// never in the database, nor in a backup of it.
type Keys struct {
	Seals [][]byte // 16 bytes each (SM4); the first seals, all of them open
	Audit []byte   // 32 bytes: chains the audit trail
	Hash  []byte   // 32 bytes: finds a sealed value again
}

// Vault seals what names a person before it is kept, and opens it for those
// who may read it. A nil Vault can do neither.
type Vault struct {
	load func() (*Keys, error)

	mu     sync.Mutex
	keys   *Keys
	loaded time.Time
}

// keysAge is how long a key that was replaced may go on sealing.
const keysAge = time.Second

// NewVault makes a vault of keys that load reads. They are read again when
// they may have been replaced; load should answer that cheaply.
func NewVault(load func() (*Keys, error)) *Vault { return &Vault{load: load} }

// Errors of the vault. ErrNoKeys is what commands get that run without them.
var (
	ErrNoKeys     = errors.New("no keys are at hand")
	ErrUnknownKey = errors.New("sealed with a key that is not in the key file")
	errNotSealed  = errors.New("sealed value is damaged, or lies where it was not sealed for")
)

func (v *Vault) current(anew bool) (*Keys, error) {
	if v == nil {
		return nil, ErrNoKeys
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.keys != nil && !anew && time.Since(v.loaded) < keysAge {
		return v.keys, nil
	}
	keys, err := v.load()
	if err != nil {
		return nil, err
	}
	v.keys, v.loaded = keys, time.Now()
	return keys, nil
}

// A sealed value is: format, key ID, nonce, ciphertext with tag.
const (
	sealFormat = 1
	keyIDSize  = 4
	nonceSize  = 12
	sealHead   = 1 + keyIDSize + nonceSize
)

// sealKeyID tells keys apart without telling anything of them.
func sealKeyID(key []byte) [keyIDSize]byte {
	sum := sm3.Sum(append([]byte("yuandu seal key "), key...))
	return [keyIDSize]byte(sum[:keyIDSize])
}

func gcm(key []byte) (cipher.AEAD, error) {
	block, err := sm4.NewCipher(key)
	if err != nil {
		return nil, fmt.Errorf("seal: %w", err)
	}
	return cipher.NewGCM(block)
}

// Seal encrypts a value for one place, such as a column of a row; it opens
// nowhere else.
func (v *Vault) Seal(place, value string) ([]byte, error) {
	keys, err := v.current(false)
	if err != nil {
		return nil, err
	}
	aead, err := gcm(keys.Seals[0])
	if err != nil {
		return nil, err
	}
	id := sealKeyID(keys.Seals[0])
	sealed := make([]byte, sealHead, sealHead+len(value)+aead.Overhead())
	sealed[0] = sealFormat
	copy(sealed[1:], id[:])
	rand.Read(sealed[1+keyIDSize:])
	return aead.Seal(sealed, sealed[1+keyIDSize:], []byte(value), []byte(place)), nil
}

// Open decrypts a value that was sealed for a place; "" for none.
func (v *Vault) Open(place string, sealed []byte) (string, error) {
	if len(sealed) == 0 {
		return "", nil
	}
	if len(sealed) < sealHead || sealed[0] != sealFormat {
		return "", errNotSealed
	}
	key, err := v.sealKey([keyIDSize]byte(sealed[1 : 1+keyIDSize]))
	if err != nil {
		return "", err
	}
	aead, err := gcm(key)
	if err != nil {
		return "", err
	}
	value, err := aead.Open(nil, sealed[1+keyIDSize:sealHead], sealed[sealHead:], []byte(place))
	if err != nil {
		return "", errNotSealed
	}
	return string(value), nil
}

// sealKey finds a key by its ID; another process may have added it just now.
func (v *Vault) sealKey(id [keyIDSize]byte) ([]byte, error) {
	for _, anew := range []bool{false, true} {
		keys, err := v.current(anew)
		if err != nil {
			return nil, err
		}
		for _, key := range keys.Seals {
			if sealKeyID(key) == id {
				return key, nil
			}
		}
	}
	return nil, ErrUnknownKey
}

// Hash is by what a value of one kind is found again without being opened.
func (v *Vault) Hash(kind, value string) (string, error) {
	keys, err := v.current(false)
	if err != nil {
		return "", err
	}
	return keyedHash(keys.Hash, kind, value), nil
}

// keyedHash is HMAC-SM3 over parts, each with its length before it, in hex.
func keyedHash(key []byte, parts ...string) string {
	mac := hmac.New(sm3.New, key)
	text := make([]byte, 0, 512)
	for _, p := range parts {
		text = append(append(strconv.AppendInt(text, int64(len(p)), 10), ':'), p...)
	}
	mac.Write(text)
	return hex.EncodeToString(mac.Sum(nil))
}
