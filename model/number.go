package model

import "fmt"

// Series is a row of numbers by which people speak of what they have sent:
// 鸢馈2026-000318. Each year begins anew, and none is left out.
type Series struct {
	Name string
	Mark string // between the city's prefix and the year, so that no two series meet
}

// FeedbackSeries numbers feedback.
var FeedbackSeries = Series{"feedback", "馈"}

// Number is the n-th of a year, for a city with a prefix.
func (s Series) Number(prefix string, year int, n int64) string {
	return fmt.Sprintf("%s%s%d-%06d", prefix, s.Mark, year, n)
}
