package model

import "time"

// Announcement is a change on its way to all who follow what it touches, or a
// round of digests. It goes through the followers in the order of their IDs, in
// pages, and each page is whole: whenever it stops, it goes on where it was.
type Announcement struct {
	ID        string // of the change; of a round of digests its pace and day
	Sort      AnnouncementSort
	Kind      Kind   // of the document that a notice opens
	Object    string // its ID
	What      PublicationAct
	Title     string // of the document, when it changed
	Note      string // what its editor tells of the change
	Rank      Rank
	Stage     AnnouncementStage
	Trimmed   string // the field of the template that WeChat would not take as it was
	Refused   Reason // why WeChat takes none of its messages, "" where it does
	Told      int    // people who have a notice
	CreatedAt time.Time
	SpreadAt  time.Time // when the last follower had a notice
	EndedAt   time.Time // when nothing was left to be sent
}

// AnnouncementSort says what is announced.
type AnnouncementSort string

// The sorts.
const (
	AnnounceChange AnnouncementSort = "change"
	AnnounceDigest AnnouncementSort = "digest" // what came together for those who want it daily or weekly
)

// Rank is what goes first: a lower one overtakes.
type Rank int

// The ranks.
const (
	RankUrgent Rank = iota // by a reviewer's word, with a reason
	RankUsual
	RankDigest
)

// AnnouncementStage is how far an announcement has come.
type AnnouncementStage string

// The stages.
const (
	StageMatching  AnnouncementStage = "matching"  // which saved searches find the document
	StageSpreading AnnouncementStage = "spreading" // followers get their notices
	StageSending   AnnouncementStage = "sending"   // all have a notice; messages are on their way
	StageTold      AnnouncementStage = "told"      // nothing is left to be sent
	StageStopped   AnnouncementStage = "stopped"   // the document was withdrawn: what had not gone out stays
)

// Notice is what a resident is told (消息): it stands in their inbox for a year,
// whether or not a message went out too.
type Notice struct {
	Announcement Announcement
	Why          Touch // the follow for which it came
	WhyName      string
	Pace         Pace
	ToldAt       time.Time
	ReadAt       time.Time       // zero while unread
	Loss         *Loss           // nil where the document is there
	Verdicts     map[Verdict]int // on what they said themselves, where the notice came of it
	SignUp       SignUpState     // where they stand now, where they signed up to what it is of
}

// Quiet is when a resident wants no message (免打扰), in minutes of the day,
// Shanghai time. It may go over midnight; from equal to until is never.
type Quiet struct{ From, Until int }

// PushSettings are a resident's wishes about messages through WeChat. Notices in
// the inbox come in any case.
type PushSettings struct {
	Quiet   Quiet
	Most    int       // messages a day; what comes after goes into the next digest
	MutedAt time.Time // zero unless all messages are off
	Version int64     // 0 where nothing was changed yet
}

// MostMessages is how many messages a day a resident may wish for at most.
const MostMessages = 20

// Check is a *Error where the wishes are none.
func (p *PushSettings) Check() error {
	day := func(minute int) bool { return minute >= 0 && minute < 24*60 }
	switch {
	case !day(p.Quiet.From):
		return ErrQuietMalformed.With("quiet_from", nil)
	case !day(p.Quiet.Until):
		return ErrQuietMalformed.With("quiet_until", nil)
	case p.Most < 1 || p.Most > MostMessages:
		return ErrMostMessages.With("most", map[string]any{"most": MostMessages})
	}
	return nil
}

// Errors of notices and of the wishes about them.
var (
	ErrNoticeMissing  = &Error{NotFound, "notice.not_found", "", nil}
	ErrQuietMalformed = &Error{Invalid, "push.quiet_malformed", "", nil}
	ErrMostMessages   = &Error{Invalid, "push.most_messages", "", nil}
)

// UsualPush are the settings of who changed nothing.
var UsualPush = PushSettings{Quiet: Quiet{21*60 + 30, 8 * 60}, Most: 5}

// Next is the first moment from at on that is not quiet.
func (q Quiet) Next(at time.Time) time.Time {
	local := at.In(Shanghai)
	minute := local.Hour()*60 + local.Minute()
	midnight := time.Date(local.Year(), local.Month(), local.Day(), 0, 0, 0, 0, Shanghai)
	until := midnight.Add(time.Duration(q.Until) * time.Minute)
	switch {
	case q.From < q.Until && minute >= q.From && minute < q.Until:
		return until
	case q.From > q.Until && minute < q.Until:
		return until
	case q.From > q.Until && minute >= q.From:
		return until.AddDate(0, 0, 1)
	}
	return at
}
