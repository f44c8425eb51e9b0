package model

import "slices"

// KeptKind is a kind of documents that everybody reads on a page of their own: they can be
// kept (收藏), and told what is wrong with them (纠错).
type KeptKind struct {
	Kind    Kind
	Name    string // code of what the kind is called
	Place   string // where its page is on the open web; of an item, in that of its meeting or issue
	Missing *Error // for who keeps one that is not public
}

// KeptKinds is the table of them. A noun that joins adds a line here, one in
// store/kept_document.go and one in service/feedback/place.go.
func KeptKinds() []KeptKind {
	return []KeptKind{
		{KindPolicy, "kind.policy", "/policies/", ErrPolicyMissing},
		{KindInterpretation, "kind.interpretation", "/interpretations/", ErrInterpretationMissing},
		{KindLetter, "kind.letter", "/letters/", ErrLetterMissing},
		{KindMeeting, "kind.meeting", "/meetings/", ErrMeetingMissing},
		{KindAgendaItem, "kind.agenda_item", "#item-", ErrAgendaItemMissing},
		{KindConsultation, "kind.consultation", "/consultations/", ErrConsultationMissing},
		{KindEvent, "kind.event", "/events/", ErrEventMissing},
		{KindMatter, "kind.matter", "/matters/", ErrMatterMissing},
		{KindGazette, "kind.gazette", "/gazettes/", ErrGazetteMissing},
		{KindGazettePiece, "kind.gazette_piece", "#item-", ErrGazettePieceMissing},
	}
}

// KeptKindOf is the line of a kind, false where nothing of the kind can be kept.
func KeptKindOf(kind Kind) (KeptKind, bool) {
	all := KeptKinds()
	n := slices.IndexFunc(all, func(k KeptKind) bool { return k.Kind == kind })
	if n < 0 {
		return KeptKind{}, false
	}
	return all[n], true
}
