package model

import "time"

// Credit is what a resident allows us to send through WeChat for one purpose
// (订阅次数): one message for each tap, or, of a long-term template, all of them.
// WeChat tells nobody how many are left: this is our own count.
type Credit struct {
	ResidentID string
	Purpose    Purpose
	Left       int          // messages that may still be sent, once each
	Lasting    bool         // a long-term template was accepted
	Answer     CreditAnswer // the last one, "" before any
	AnsweredAt time.Time
	Spent      int       // messages that were sent, or tried
	ZeroedAt   time.Time // of the last message that WeChat did not take for want of a credit
}

// CreditAnswer is what a resident says when asked for messages, or what WeChat
// says for them.
type CreditAnswer string

// The answers.
const (
	CreditAccepted CreditAnswer = "accept"
	CreditRefused  CreditAnswer = "reject"
	CreditOff      CreditAnswer = "off"    // in WeChat's settings; nobody is told when it is switched on again
	CreditBanned   CreditAnswer = "ban"    // the platform has banned the template
	CreditFiltered CreditAnswer = "filter" // another template of that title was asked for: nobody answered
)

// CreditSource is who tells of an answer.
type CreditSource string

// The sources.
const (
	CreditFromPhone    CreditSource = "phone"    // the result of wx.requestSubscribeMessage
	CreditFromPopup    CreditSource = "popup"    // subscribe_msg_popup_event
	CreditFromSettings CreditSource = "settings" // subscribe_msg_change_event
)

// CreditTelling is one telling of an answer. A tap is told by the phone, by
// WeChat's event of the pop-up, or by both in either order: behind 「总是保持以上选择」
// there is no pop-up, phones lose their network, and events are lost.
type CreditTelling struct {
	Purpose Purpose
	Answer  CreditAnswer
	Source  CreditSource
	At      time.Time // of the answer, to the second, as WeChat tells it
	Mark    string    // of an event: what else tells it from another one; pushed again, it has the same
	Long    bool      // of a long-term template
}

// CreditTellingsApart is how long after each other, at most, the two tellings of
// one tap say that it was.
const CreditTellingsApart = 5 * time.Minute

// PairCreditTellings says which events tell of the same taps as which reports, all
// for the same question and answer, both in the order of time: for each event the
// index of its report, -1 where it has none. There is no other way to pair more of
// them. So taps are never counted twice, in whatever order they are told.
func PairCreditTellings(reports, events []time.Time) []int {
	pairs := make([]int, len(events))
	next := 0
	for i, at := range events {
		for next < len(reports) && reports[next].Before(at.Add(-CreditTellingsApart)) {
			next++
		}
		pairs[i] = -1
		if next < len(reports) && !reports[next].After(at.Add(CreditTellingsApart)) {
			pairs[i] = next
			next++
		}
	}
	return pairs
}

// Take notes an answer that was not told before. Later ones may have been told
// already: of them the last stands. What was accepted before WeChat said that there
// is nothing left was used up by then.
func (c *Credit) Take(t CreditTelling) {
	grants := t.Answer == CreditAccepted && !t.At.Before(c.ZeroedAt)
	if grants && !t.Long {
		c.Left++
	}
	if t.Answer == CreditFiltered || t.At.Before(c.AnsweredAt) {
		return
	}
	c.Answer, c.AnsweredAt = t.Answer, t.At
	switch {
	case grants && t.Long:
		c.Lasting = true
	case c.IsRefused():
		c.Lasting = false
	}
}

// IsRefused says whether the resident's last word was no.
func (c *Credit) IsRefused() bool { return c.Answer == CreditRefused || c.IsOff() }

// IsOff says whether the resident switched messages off in WeChat's settings.
func (c *Credit) IsOff() bool { return c.Answer == CreditOff }

// IsBanned says whether WeChat did not even ask the resident.
func (c *Credit) IsBanned() bool { return c.Answer == CreditBanned }

// IsHeld says whether a message may be sent. What was accepted before stays so when
// one pop-up is refused, but not while messages are off in WeChat's settings.
func (c *Credit) IsHeld() bool { return !c.IsOff() && (c.Lasting || c.Left > 0) }

// creditRest is how long nobody is asked again after a refusal.
const creditRest = 24 * time.Hour

// MayAsk says whether it is all right to ask now. Who taps a button of their own
// accord may always be asked.
func (c *Credit) MayAsk(now time.Time) bool {
	if c.IsRefused() || c.IsBanned() {
		return !now.Before(c.AnsweredAt.Add(creditRest))
	}
	return !c.Lasting
}
