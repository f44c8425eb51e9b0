package model

// SavedSearch is a condition that residents follow (订阅的搜索): what was typed, and
// the filters chosen beside it. All who saved the same have one.
type SavedSearch struct {
	ID      string
	Text    string              // as the search understood it; "" where filters alone say what is wanted
	Filters map[string][]string // by name, as of a list of policies; any of a name's values
}

// The filters of policies, by their names in addresses.
const (
	ByDepartment = "department"
	ByTopic      = "topic"
	ByCategory   = "category"
	ByYear       = "year"
	ByValidity   = "validity"
)

// Filters lists them in the order in which answers show them.
func Filters() []string { return []string{ByDepartment, ByTopic, ByCategory, ByYear, ByValidity} }

// What a saved search may hold.
const (
	MostSavedText   = 200 // characters: what the search looks at
	MostSavedValues = 20  // of one filter
)

// Errors of saved searches.
var (
	ErrSearchEmpty   = &Error{Invalid, "search.empty", "text", nil}
	ErrSearchMissing = &Error{NotFound, "search.not_found", "", nil}
)
