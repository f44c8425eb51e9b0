// Package locale holds every sentence that the server says, by its code.
package locale

import (
	"embed"
	"encoding/json"
	"fmt"
	"strings"
)

//go:embed zh-CN.json en.json
var files embed.FS

// The languages. Chinese is the one that everybody gets.
const (
	Chinese = "zh-CN"
	English = "en"
)

var sentences = map[string]map[string]string{Chinese: load(Chinese), English: load(English)}

func load(language string) map[string]string {
	text, err := files.ReadFile(language + ".json")
	if err != nil {
		panic(err)
	}
	var table map[string]string
	if err := json.Unmarshal(text, &table); err != nil {
		panic(fmt.Sprintf("locale/%s.json: %v", language, err))
	}
	return table
}

// Say is the sentence of a code, its {names} filled from args. A code without
// a sentence is said as it is: a test keeps that from happening.
func Say(language, code string, args map[string]any) string {
	s, ok := sentences[language][code]
	if !ok {
		return code
	}
	for name, value := range args {
		s = strings.ReplaceAll(s, "{"+name+"}", fmt.Sprint(value))
	}
	return s
}

// Codes lists the codes that a language has sentences for.
func Codes(language string) map[string]string { return sentences[language] }
