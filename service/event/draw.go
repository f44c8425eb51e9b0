package event

import (
	"bytes"
	"cmp"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"

	"github.com/emmansun/gmsm/sm3"
)

// Order is the order of a draw: each number's key is the SM3 of the seed with the number
// in decimal behind it, and numbers stand in the order of their keys. docs/draw.md tells
// how anybody repeats it.
func Order(seed []byte, numbers []int) []int {
	key := func(n int) []byte {
		sum := sm3.Sum(strconv.AppendInt(slices.Clone(seed), int64(n), 10))
		return sum[:]
	}
	keys := make(map[int][]byte, len(numbers))
	for _, n := range numbers {
		keys[n] = key(n)
	}
	order := slices.Clone(numbers)
	slices.SortFunc(order, func(a, b int) int { return cmp.Or(bytes.Compare(keys[a], keys[b]), cmp.Compare(a, b)) })
	return order
}

// HashOfSeed is what is published of a seed before sign-up opens.
func HashOfSeed(seed []byte) string {
	sum := sm3.Sum(seed)
	return hex.EncodeToString(sum[:])
}

// HashOfNumbers is what is published of the list of numbers: the SM3 of the numbers in
// decimal, in their order, with commas between them.
func HashOfNumbers(numbers []int) string {
	text := make([]string, len(numbers))
	for i, n := range numbers {
		text[i] = strconv.Itoa(n)
	}
	sum := sm3.Sum([]byte(strings.Join(text, ",")))
	return hex.EncodeToString(sum[:])
}
