package model

import "time"

// Delivery is a message through WeChat (投递), one at most for one person and one
// announcement. It is written down before it is sent, so that it is never sent
// twice: one whose outcome is unknown is not sent again.
type Delivery struct {
	ID             string
	AnnouncementID string
	ResidentID     string
	Template       Purpose
	State          DeliveryState
	Why            Reason // of a state that is not the good one
	Code           int64  // WeChat's number, 0 where it gave none
	Field          string // of the template, where a field is why
	MsgID          string
	Tries          int
	DueAt          time.Time
	CreatedAt      time.Time
	CalledAt       time.Time
	SettledAt      time.Time
}

// Purpose is what a template is for; which of WeChat's templates serves it stands
// in the settings.
type Purpose string

// The purposes.
const (
	ForChange Purpose = "change"
	ForDigest Purpose = "digest"
)

// DeliveryState is what has become of a message.
type DeliveryState string

// The states. docs/delivery.md tells which answer of WeChat leads where.
const (
	DeliveryPending   DeliveryState = "pending"   // waits for its time, a gate or its turn
	DeliveryCalling   DeliveryState = "calling"   // WeChat is being asked; ends unknown where nobody hears the answer
	DeliverySent      DeliveryState = "sent"      // WeChat took it
	DeliveryConfirmed DeliveryState = "confirmed" // WeChat told that it arrived
	DeliveryNoCredit  DeliveryState = "no_credit" // the resident has not allowed one more
	DeliveryRefused   DeliveryState = "refused"   // 43101: refused, never asked and used up look alike
	DeliveryFailed    DeliveryState = "failed"    // it cannot be sent as it is; Why says what stands against it
	DeliveryUnknown   DeliveryState = "unknown"   // perhaps sent: never sent again
	DeliveryStopped   DeliveryState = "stopped"   // the document was withdrawn before its turn
)

// DeliveryStates lists them.
func DeliveryStates() []DeliveryState {
	return []DeliveryState{DeliveryPending, DeliveryCalling, DeliverySent, DeliveryConfirmed, DeliveryNoCredit, DeliveryRefused,
		DeliveryFailed, DeliveryUnknown, DeliveryStopped}
}

// Reason is why a message waits or failed.
type Reason string

// The reasons.
const (
	WhyQuiet    Reason = "quiet"    // hours in which the resident wants none
	WhyBusy     Reason = "busy"     // 43108: another message to the same person was under way
	WhyPassing  Reason = "passing"  // -1, 45011: WeChat was busy
	WhyQuota    Reason = "quota"    // 45009
	WhyToken    Reason = "token"    // ours
	WhyAway     Reason = "away"     // WeChat was not reached, so nothing was sent
	WhyApp      Reason = "app"      // the mini program or its settings
	WhyBanned   Reason = "banned"   // 43107
	WhyTemplate Reason = "template" // 40037
	WhyPerson   Reason = "person"   // 40003
	WhyText     Reason = "text"     // 45168
	WhyField    Reason = "field"    // 47003
	WhyPage     Reason = "page"     // 41030
	WhyCut      Reason = "cut"      // the connection ended before an answer came
	WhyDied     Reason = "died"     // nobody heard the answer
	WhyOther    Reason = "other"    // a number that no page explains
)

// Gate is why nothing is sent for now: of one template, or of all. It is there as
// long as it is shut.
type Gate struct {
	Template Purpose // "" for all
	Why      Reason
	Code     int64
	Since    time.Time
	Until    time.Time // zero: until somebody opens it
	StaffID  string    // who closed it, "" for the house itself
	Reason   string    // what they wrote
}

// WhyPaused is a gate that somebody of the staff closed.
const WhyPaused Reason = "paused"
