package model

// Term is how long an office has to answer a letter.
type Term struct {
	Workdays     int
	Law, Article string // of a longer term than the usual one
}

// UsualTerm is what an office has (潍坊市12345政务服务便民热线条例第二十条).
var UsualTerm = Term{Workdays: 5}
