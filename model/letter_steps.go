package model

import (
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// Departments are all that have a hand in a letter: the lead first, then helpers,
// then those that an instruction went to, then those that
// were asked to explain themselves.
func (l *Letter) Departments() []string {
	var list []string
	add := func(id string) {
		if id != "" && !slices.Contains(list, id) {
			list = append(list, id)
		}
	}
	add(l.LeadID)
	for _, a := range l.Assists {
		add(a.DepartmentID)
	}
	for _, i := range l.Instructions {
		add(i.DepartmentID)
	}
	for _, s := range l.Supervisions {
		if s.IsOpen() {
			add(s.DepartmentID)
		}
	}
	return list
}

// IsSupervised says whether the Supervisor handles a letter.
func (l *Letter) IsSupervised() bool { return l.Round >= letterRounds }

// Deadline is until when a letter has to be answered, or, while it is with the
// Centre, dispatched; no day where nothing is waited for.
func (l *Letter) Deadline(c *Calendar) (Deadline, error) {
	if !l.State.IsOpen() {
		return Deadline{}, nil
	}
	var extended []Extension
	if l.Extension != nil {
		extended = append(extended, l.Extension.Extension)
	}
	return l.Term.Due(c, Today(l.AskedAt), extended...)
}

// WhyDue says why a deadline of a letter is the day it is.
func (l *Letter) WhyDue(d Deadline) string {
	if l.AskedAt.Equal(l.ReceivedAt) {
		return d.Why("收到")
	}
	return d.Why("重新交办")
}

// Schedule writes down the day of the deadline.
func (l *Letter) Schedule(c *Calendar) error {
	d, err := l.Deadline(c)
	l.DueDay = d.Day
	return err
}

// IsOverdue says whether a letter should have been answered before a day.
func (l *Letter) IsOverdue(today Day) bool { return l.State.IsOpen() && l.DueDay < today }

// Dispatching is to whom a letter goes, and why.
type Dispatching struct {
	Lead    string
	Assists []string
	Term    Term
	Final   bool // designated: there is no return
	Why     string
	StaffID string
	At      time.Time
}

// Dispatch gives a letter to an office that leads, and others that help. The
// deadline counts from the day on which the letter came, not from this.
func (l *Letter) Dispatch(d Dispatching) ([]LetterEvent, error) {
	if l.State != LetterReceived && l.State != LetterAssigned || l.IsSupervised() {
		return nil, ErrLetterNotOpen
	}
	if l.Dispute() != nil {
		return nil, ErrDisputeOpen
	}
	if slices.Contains(d.Assists, d.Lead) {
		return nil, ErrLetterAssists
	}
	step := LetterStepDispatched
	if d.Final {
		step = LetterStepDesignated
	}
	if l.LeadID != d.Lead {
		l.HandlerID = ""
	}
	l.State, l.LeadID, l.Term, l.Designated, l.UpdatedAt = LetterAssigned, d.Lead, d.Term, l.Designated || d.Final, d.At
	l.seen()
	l.assist(d)
	events := []LetterEvent{{At: d.At, What: step, StaffID: d.StaffID, DepartmentID: d.Lead, Text: d.Why}}
	if d.Final { // its author reads of offices only
		events = append([]LetterEvent{{At: d.At, What: LetterStepDispatched, StaffID: d.StaffID, DepartmentID: d.Lead}}, events...)
	}
	return events, nil
}

// assist asks offices to help that are not asked yet; who has said nothing and is
// not asked any more is let go.
func (l *Letter) assist(d Dispatching) {
	l.Assists = slices.DeleteFunc(l.Assists, func(a LetterAssist) bool { return a.Text == "" && !slices.Contains(d.Assists, a.DepartmentID) })
	for _, id := range d.Assists {
		if !slices.ContainsFunc(l.Assists, func(a LetterAssist) bool { return a.DepartmentID == id }) {
			l.Assists = append(l.Assists, LetterAssist{DepartmentID: id, AskedAt: d.At})
		}
	}
}

// seen notes that a person has read a letter.
func (l *Letter) seen() {
	if l.Check != CheckPassed {
		l.Check = CheckCleared
	}
}

// Return gives a letter back to the Centre, by an office that is clearly not
// competent; once the Centre has designated there is no return (条例第二十二条).
func (l *Letter) Return(e LetterEvent) ([]LetterEvent, error) {
	switch {
	case l.State != LetterAssigned || l.IsSupervised():
		return nil, ErrLetterNotOpen
	case l.Designated:
		return nil, ErrLetterDesignated
	}
	e.What, e.DepartmentID = LetterStepReturned, l.LeadID
	l.State, l.LeadID, l.HandlerID, l.UpdatedAt = LetterReceived, "", "", e.At
	return []LetterEvent{e}, nil
}

// Take has somebody of the lead handle a letter; taken anew it changes hands.
func (l *Letter) Take(e LetterEvent) ([]LetterEvent, error) {
	if l.State != LetterAssigned && l.State != LetterSigning {
		return nil, ErrLetterNotOpen
	}
	if l.wasDraftedBefore(e.StaffID) {
		return nil, ErrLetterSameHandler
	}
	e.What, l.HandlerID, l.UpdatedAt = LetterStepTaken, e.StaffID, e.At
	return []LetterEvent{e}, nil
}

// HandOver has somebody else of the lead handle a letter, "" for whoever takes it. What
// waits for its signature goes along.
func (l *Letter) HandOver(to string, e LetterEvent) ([]LetterEvent, error) {
	switch {
	case l.State != LetterAssigned && l.State != LetterSigning && l.State != LetterEnding:
		return nil, ErrLetterNotOpen
	case l.wasDraftedBefore(to):
		return nil, ErrLetterSameHandler
	}
	e.What, e.DepartmentID, l.HandlerID, l.UpdatedAt = LetterStepHandedOver, l.LeadID, to, e.At
	return []LetterEvent{e}, nil
}

// Help keeps what a helping office says; said again, it replaces what it said.
func (l *Letter) Help(e LetterEvent) ([]LetterEvent, error) {
	i := slices.IndexFunc(l.Assists, func(a LetterAssist) bool { return a.DepartmentID == e.DepartmentID })
	switch {
	case !l.State.IsOpen():
		return nil, ErrLetterNotOpen
	case i < 0:
		return nil, ErrLetterNotWith
	}
	a := &l.Assists[i]
	a.Text, a.StaffID, a.At, l.UpdatedAt = e.Text, e.StaffID, e.At, e.At
	e.What, e.Text = LetterStepAssisted, ""
	return []LetterEvent{e}, nil
}

// Note adds what staff want to remember; its author never sees it.
func (l *Letter) Note(e LetterEvent) ([]LetterEvent, error) {
	e.What, l.UpdatedAt = LetterStepNoted, e.At
	return []LetterEvent{e}, nil
}

// Extend takes a longer time, until a day, once a round and while there still is time:
// what is late already stays late (条例第二十条).
func (l *Letter) Extend(c *Calendar, until Day, x LetterExtension) ([]LetterEvent, error) {
	switch {
	case l.State != LetterAssigned && l.State != LetterSigning:
		return nil, ErrLetterNotOpen
	case l.Extension != nil:
		return nil, ErrLetterExtendOnce
	}
	due, err := l.Deadline(c)
	if err != nil {
		return nil, err
	}
	if _, x.Extension, err = due.Extend(c, due.workdaysUntil(c, until), Today(x.At)); err != nil {
		return nil, err
	}
	l.Extension, l.UpdatedAt = &x, x.At
	text := strings.Join([]string{x.Why, x.Plan}, "\n")
	return []LetterEvent{{At: x.At, What: LetterStepExtended, StaffID: x.StaffID, DepartmentID: l.LeadID, Text: text}}, nil
}

// Refuse does not accept a letter: with the ground, the reason and the way out
// (条例第十九条).
func (l *Letter) Refuse(g LetterGround, e LetterEvent) ([]LetterEvent, error) {
	switch {
	case l.State != LetterReceived:
		return nil, ErrLetterNotOpen
	case g.Name() == "":
		return nil, ErrLetterGround
	}
	l.seen()
	e.What, l.State, l.Ground, l.UpdatedAt = LetterStepRefused, LetterRefused, g, e.At
	return []LetterEvent{e}, nil
}

// AskToEnd asks the Centre to end a letter that can't be solved (条例第二十一条).
func (l *Letter) AskToEnd(e LetterEvent) ([]LetterEvent, error) {
	if l.State != LetterAssigned {
		return nil, ErrLetterNotOpen
	}
	e.What, e.DepartmentID, l.State, l.UpdatedAt = LetterStepEnding, l.LeadID, LetterEnding, e.At
	return []LetterEvent{e}, nil
}

// End ends a letter without solution, after the Centre's review; agreed is false
// where the Centre wants it handled on.
func (l *Letter) End(agreed bool, e LetterEvent) ([]LetterEvent, error) {
	if l.State != LetterEnding {
		return nil, ErrLetterNotOpen
	}
	e.What, l.State, l.UpdatedAt = LetterStepKeptOn, LetterAssigned, e.At
	if agreed {
		e.What, l.State = LetterStepEnded, LetterEnded
	}
	return []LetterEvent{e}, nil
}

// Merge has a letter go with another about the same matter.
func (l *Letter) Merge(into *Letter, e LetterEvent) ([]LetterEvent, error) {
	switch {
	case l.ID == into.ID || into.MergedInto != "" || l.Channel != into.Channel:
		return nil, ErrLetterSame
	case l.State != LetterReceived && l.State != LetterAssigned || !into.State.IsOpen():
		return nil, ErrLetterNotOpen
	}
	e.What, e.Text, l.MergedInto, l.State, l.UpdatedAt = LetterStepMerged, into.Number, into.ID, LetterMerged, e.At
	return []LetterEvent{e}, nil
}

// Follow gives a merged letter the answer of the one it goes with.
func (l *Letter) Follow(r LetterReply) ([]LetterEvent, error) {
	if l.State != LetterMerged {
		return nil, ErrLetterNotOpen
	}
	r.ID, r.Rating, r.AskedAt = "", nil, l.AskedAt
	l.Replies, l.State, l.UpdatedAt = append(l.Replies, r), LetterAnswered, r.SentAt
	return []LetterEvent{{At: r.SentAt, What: LetterStepAnswered, StaffID: r.SignedBy, DepartmentID: r.DepartmentID}}, nil
}

// Additions counts what the author has added.
func (l *Letter) Additions() int { return l.did(LetterStepAdded) }

// CanAdd says why nothing more can be added, nil where it can.
func (l *Letter) CanAdd() error {
	switch {
	case !l.State.IsOpen():
		return ErrLetterNotOpen
	case l.Additions() >= LetterAdditions:
		return ErrLetterFull
	}
	return nil
}

// Add adds what the author thought of later.
func (l *Letter) Add(text string, now time.Time) ([]LetterEvent, error) {
	if err := l.CanAdd(); err != nil {
		return nil, err
	}
	l.UpdatedAt = now
	return []LetterEvent{{At: now, What: LetterStepAdded, Text: text}}, nil
}

// Withdraw takes a letter back that is not answered yet.
func (l *Letter) Withdraw(why string, now time.Time) ([]LetterEvent, error) {
	if !l.State.IsOpen() {
		return nil, ErrLetterNotOpen
	}
	l.State, l.UpdatedAt = LetterWithdrawn, now
	return []LetterEvent{{At: now, What: LetterStepWithdrawn, Text: why}}, nil
}

// Consent keeps whether the author agrees to publication; a change of mind counts at
// once (个人信息保护法第十五条).
func (l *Letter) Consent(agree bool, now time.Time) []LetterEvent {
	if agree == l.MayPublish {
		return nil
	}
	l.MayPublish, l.UpdatedAt = agree, now
	if agree {
		return []LetterEvent{{At: now, What: LetterStepConsented}}
	}
	return []LetterEvent{{At: now, What: LetterStepForbade}}
}

// Instruct writes what the mayor's office wants done, by a department.
func (l *Letter) Instruct(i LetterInstruction) ([]LetterEvent, error) {
	if l.Channel != LetterMayor || !l.State.IsOpen() {
		return nil, ErrLetterNotOpen
	}
	l.Instructions, l.UpdatedAt = append(l.Instructions, i), i.At
	return []LetterEvent{{At: i.At, What: LetterStepInstructed, StaffID: i.StaffID, DepartmentID: i.DepartmentID}}, nil
}

// Report keeps what a department did about an instruction.
func (l *Letter) Report(id string, e LetterEvent) ([]LetterEvent, error) {
	i := slices.IndexFunc(l.Instructions, func(i LetterInstruction) bool { return i.ID == id && i.DepartmentID == e.DepartmentID })
	if i < 0 {
		return nil, ErrLetterNotWith
	}
	n := &l.Instructions[i]
	n.Report, n.ReportedBy, n.ReportedAt, l.UpdatedAt = e.Text, e.StaffID, e.At, e.At
	e.What, e.Text = LetterStepReported, ""
	return []LetterEvent{e}, nil
}

// Clear notes that a person looked at what the text check doubted.
func (l *Letter) Clear(e LetterEvent) ([]LetterEvent, error) {
	e.What, l.Check, l.UpdatedAt = LetterStepCleared, CheckCleared, e.At
	return []LetterEvent{e}, nil
}

// Write writes the words of a letter, where and by whom, as they are kept.
func (l *Letter) Write(title, text string, place LetterPlace, contact LetterContact) (err error) {
	if l.Title, err = Written(title, LetterTitle); err != nil || strings.ContainsRune(l.Title, '\n') {
		return ErrLetterTitle
	}
	if l.Text, err = Written(text, LetterText); err != nil || wordsIn(l.Text) < LetterLeast {
		return ErrLetterText
	}
	if l.Place = place; place.Words != "" {
		if l.Place.Words, err = Written(place.Words, LetterPlaceWords); err != nil {
			return ErrLetterPlace
		}
	}
	if place.Lat < -90 || place.Lat > 90 || place.Lng < -180 || place.Lng > 180 {
		return ErrLetterPlace
	}
	l.Contact = LetterContact{strings.TrimSpace(contact.Name), strings.TrimSpace(contact.Phone)}
	if utf8.RuneCountInString(l.Contact.Name) > LetterName || l.Contact.Phone != "" && !isPhone(l.Contact.Phone) {
		return ErrLetterContact
	}
	return nil
}

// wordsIn counts letters and figures: signs and faces alone say nothing that an office
// could answer.
func wordsIn(text string) (n int) {
	for _, r := range text {
		if unicode.IsLetter(r) || unicode.IsNumber(r) {
			n++
		}
	}
	return n
}

// isPhone says whether a text is a telephone number: a mobile one, or one with its area.
func isPhone(text string) bool {
	digits := 0
	for _, r := range text {
		switch {
		case r >= '0' && r <= '9':
			digits++
		case r != '-' && r != ' ' && r != '+':
			return false
		}
	}
	return digits >= 7 && digits <= 15
}
