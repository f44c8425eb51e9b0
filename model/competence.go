package model

import (
	"slices"
	"strings"
)

// Level is how high an office stands.
type Level int

// The levels.
const (
	CityOffice Level = iota
	CountyOffice
	TownshipOffice
)

// Standing is where an office stands, and what for.
type Standing struct {
	Level  Level
	County string // 青禾区, of the offices of a county
	Trade  string // 教育, of a bureau
}

// Standings tell of all departments where they stand, by their names and their tree.
func Standings(departments []Department) map[string]Standing {
	all := map[string]Standing{}
	for _, d := range departments { // parents first
		s := all[d.ParentID]
		s.Trade = tradeOf(d.Name)
		switch {
		case isTownship(d.Name):
			s.Level = TownshipOffice
		case d.ParentID != "" && strings.HasSuffix(d.Name, "人民政府"):
			s.Level, s.County, s.Trade = CountyOffice, strings.TrimSuffix(d.Name, "人民政府"), ""
		}
		all[d.ID] = s
	}
	return all
}

func isTownship(name string) bool {
	return slices.ContainsFunc([]string{"镇人民政府", "乡人民政府", "街道办事处"}, func(end string) bool { return strings.HasSuffix(name, end) })
}

// tradeOf is what a bureau is for: 教育 of 鸢都市教育局.
func tradeOf(name string) string {
	if i := strings.LastIndexAny(name, "市县区"); i >= 0 {
		name = name[i+len("市"):]
	}
	for _, end := range []string{"委员会", "局"} {
		if trade, is := strings.CutSuffix(name, end); is {
			return trade
		}
	}
	return ""
}

// Overlap is the sentence of a city office that comes before a county's of its trade.
const Overlap = "县（市、区）和市里都管的事，由市里的部门牵头办理（条例第二十四条）"

// Competent leaves of leanings the offices that may get a letter at all: none of a
// township, to which nothing is pushed down; one of a county only where that county is
// the place, and after the city's office of its trade where there is one. The second
// answer are those city offices.
func Competent(list []Leaning, standings map[string]Standing, place string) (kept []Leaning, overlap map[string]bool) {
	overlap = map[string]bool{}
	for _, l := range list {
		s := standings[l.Office]
		switch {
		case s.Level == TownshipOffice, s.Level == CountyOffice && !strings.Contains(place, s.County):
			continue
		case s.Level == CountyOffice && s.Trade != "":
			if i := cityTwin(list, standings, s.Trade); i >= 0 && !overlap[list[i].Office] {
				overlap[list[i].Office] = true
				if twin := list[i]; !slices.ContainsFunc(kept, func(k Leaning) bool { return k.Office == twin.Office }) {
					twin.Score, twin.Chance = l.Score, max(l.Chance, twin.Chance)
					kept = append(kept, twin)
				}
			}
		}
		if !slices.ContainsFunc(kept, func(k Leaning) bool { return k.Office == l.Office }) {
			kept = append(kept, l)
		}
	}
	return kept, overlap
}

// cityTwin is the city's office for what a county's is for too: 教育 is a part of 教育和体育.
func cityTwin(list []Leaning, standings map[string]Standing, trade string) int {
	return slices.IndexFunc(list, func(l Leaning) bool {
		s := standings[l.Office]
		return s.Level == CityOffice && s.Trade != "" && (strings.Contains(trade, s.Trade) || strings.Contains(s.Trade, trade))
	})
}
