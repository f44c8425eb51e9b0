package model

import (
	"slices"
	"strings"
)

// RemakeGazette is what becomes of a working copy when its issue is brought in again as
// another file. before is what the old file said, now what the new one says: wherever a person
// had put something else than the old file said, that stays. Pieces are the same by their
// number, or else by their title.
func RemakeGazette(mine, before, now *GazetteDraft) *GazetteDraft {
	d := *now
	d.Year, d.Number = mended(mine.Year, before.Year, now.Year), mended(mine.Number, before.Number, now.Number)
	d.Day, d.Title = mended(mine.Day, before.Day, now.Day), mended(mine.Title, before.Title, now.Title)
	if now.Place().String() == "" {
		d.Title = mine.Title // which the new file can't tell better
	}
	d.Cover = mended(mine.Cover, before.Cover, now.Cover)
	d.Texts, d.Missing = mine.Texts, mine.Missing
	if !slices.Equal(mine.Contents, before.Contents) {
		d.Contents = mine.Contents
	}
	d.Pieces = remadePieces(mine.Pieces, before.Pieces, now.Pieces)
	return &d
}

// mended is what a person put there, or else what the new file says; a file that says nothing
// takes nothing away.
func mended[T comparable](mine, before, now T) T {
	var nothing T
	if mine != before || now == nothing {
		return mine
	}
	return now
}

func remadePieces(mine, before, now []GazettePieceDraft) []GazettePieceDraft {
	var list []GazettePieceDraft
	taken := map[int]bool{}
	for _, p := range mine {
		old := samePiece(before, p)
		at := samePiece(now, p)
		if old >= 0 && at < 0 {
			at = samePiece(now, before[old])
		}
		switch {
		case at >= 0 && !taken[at]:
			taken[at] = true
			was := GazettePieceDraft{} // a person's own
			if old >= 0 {
				was = before[old]
			}
			list = append(list, p.remade(was, now[at]))
		case old < 0 || p != p.linked(before[old]): // a person's own, or mended
			list = append(list, p)
		}
	}
	for n, p := range now {
		if old := samePiece(before, p); !taken[n] && old < 0 {
			list = insertPiece(list, p)
		}
	}
	return list
}

// linked is a proposal with the ID and the link of a piece.
func (p GazettePieceDraft) linked(proposal GazettePieceDraft) GazettePieceDraft {
	proposal.ID, proposal.PolicyID, proposal.Link = p.ID, p.PolicyID, p.Link
	return proposal
}

func (p GazettePieceDraft) remade(before, now GazettePieceDraft) GazettePieceDraft {
	r := GazettePieceDraft{ID: p.ID, Title: mended(p.Title, before.Title, now.Title), DocNumber: mended(p.DocNumber, before.DocNumber, now.DocNumber),
		Issuer: mended(p.Issuer, before.Issuer, now.Issuer), Category: mended(p.Category, before.Category, now.Category),
		First: now.First, Top: now.Top, Last: now.Last, Bottom: now.Bottom, PolicyID: p.PolicyID, Link: p.Link}
	if p.First != before.First || p.Top != before.Top {
		r.First, r.Top = p.First, p.Top
	}
	if p.Last != before.Last || p.Bottom != before.Bottom {
		r.Last, r.Bottom = p.Last, p.Bottom
	}
	if p.Link == "" || p.Link == LinkProposed {
		r.PolicyID, r.Link = now.PolicyID, now.Link
	}
	return r
}

// samePiece is where in a list the same piece stands, -1 for nowhere.
func samePiece(list []GazettePieceDraft, p GazettePieceDraft) int {
	if key := NumberKey(p.DocNumber); key != "" {
		if n := slices.IndexFunc(list, func(o GazettePieceDraft) bool { return NumberKey(o.DocNumber) == key }); n >= 0 {
			return n
		}
	}
	title := tight(p.Title)
	return slices.IndexFunc(list, func(o GazettePieceDraft) bool {
		return tight(o.Title) == title && (o.DocNumber == "" || p.DocNumber == "" || NumberKey(o.DocNumber) == NumberKey(p.DocNumber))
	})
}

// insertPiece puts a new piece behind those that begin before it.
func insertPiece(list []GazettePieceDraft, p GazettePieceDraft) []GazettePieceDraft {
	at := len(list)
	for at > 0 && (list[at-1].First > p.First || list[at-1].First == p.First && list[at-1].Top > p.Top) {
		at--
	}
	return slices.Insert(list, at, p)
}

// SameTitle says whether two titles are equal but for blanks and the width of characters.
func SameTitle(a, b string) bool { return a != "" && strings.EqualFold(tight(a), tight(b)) }
