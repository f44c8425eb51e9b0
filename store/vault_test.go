package store_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"yuandu/store"
	"yuandu/store/storetest"
)

func TestWhatIsSealedOpensOnlyWhereItWasSealedFor(t *testing.T) {
	v := storetest.Vault()
	sealed, err := v.Seal("residents.phone_sealed:01A", "13800001111")
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(sealed, []byte("1380000")) {
		t.Error("the number can be read")
	}
	if plain, err := v.Open("residents.phone_sealed:01A", sealed); err != nil || plain != "13800001111" {
		t.Errorf("opened as %q, %v", plain, err)
	}
	for _, place := range []string{"residents.phone_sealed:01B", "residents.name_sealed:01A", ""} {
		if plain, err := v.Open(place, sealed); err == nil {
			t.Errorf("opened at %q as %q", place, plain)
		}
	}
	for i := range sealed {
		broken := bytes.Clone(sealed)
		broken[i] ^= 1
		if plain, err := v.Open("residents.phone_sealed:01A", broken); err == nil || plain != "" {
			t.Errorf("byte %d was changed and it opened as %q", i, plain)
		}
	}
	if again, _ := v.Seal("residents.phone_sealed:01A", "13800001111"); bytes.Equal(again, sealed) {
		t.Error("the same number sealed twice looks the same")
	}
}

func TestAKeyThatWasAddedMeanwhileIsFound(t *testing.T) {
	keys := storetest.Keys()
	v := store.NewVault(func() (*store.Keys, error) { return keys, nil })
	old, err := v.Seal("x", "旧")
	if err != nil {
		t.Fatal(err)
	}
	other := storetest.Keys()
	other.Seals = [][]byte{bytes.Repeat([]byte{'n'}, 16), keys.Seals[0]}
	elsewhere := store.NewVault(func() (*store.Keys, error) { return other, nil })
	young, err := elsewhere.Seal("x", "新")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := v.Open("x", young); !errors.Is(err, store.ErrUnknownKey) {
		t.Errorf("before the file was replaced: %v", err)
	}
	keys = other
	for sealed, want := range map[string]string{string(old): "旧", string(young): "新"} {
		if plain, err := v.Open("x", []byte(sealed)); err != nil || plain != want {
			t.Errorf("%q, %v", plain, err)
		}
	}
}

func TestWithoutKeysNothingIsSealedNorAudited(t *testing.T) {
	var none *store.Vault
	if _, err := none.Seal("x", "secret"); !errors.Is(err, store.ErrNoKeys) || strings.Contains(err.Error(), "secret") {
		t.Error(err)
	}
}
