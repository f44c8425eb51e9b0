package model

import "time"

// LetterChannel is to whom a letter is written.
type LetterChannel string

// The channels.
const (
	LetterAsk   LetterChannel = "ask"   // 我向政府问个事
	LetterMayor LetterChannel = "mayor" // 我和市长拉个呱
)

// Name is the channel in Chinese.
func (c LetterChannel) Name() string {
	return map[LetterChannel]string{LetterAsk: "我向政府问个事", LetterMayor: "我和市长拉个呱"}[c]
}

// LetterSource is by which way a letter came.
type LetterSource string

// The sources; but for the mini program, staff enter it for somebody.
const (
	LetterByMini    LetterSource = "mini"
	LetterByPhone   LetterSource = "phone"
	LetterByCounter LetterSource = "counter"
	LetterByPaper   LetterSource = "paper"
)

// Name is the source in Chinese.
func (s LetterSource) Name() string {
	return map[LetterSource]string{LetterByMini: "小程序", LetterByPhone: "电话", LetterByCounter: "窗口", LetterByPaper: "信函"}[s]
}

// LetterState is how far a letter has come.
type LetterState string

// The states. Answered, explained and solved are outcomes of a reply, and what the
// author says of it is a rating: none of them is a state.
const (
	LetterReceived  LetterState = "received"  // waits until the Centre dispatches it
	LetterAssigned  LetterState = "assigned"  // an office, or the Supervisor, handles it
	LetterSigning   LetterState = "signing"   // a reply waits for its signature
	LetterEnding    LetterState = "ending"    // an office asks to end it unsolved: the Centre looks
	LetterAnswered  LetterState = "answered"  // may be rated
	LetterClosed    LetterState = "closed"    // rated, and nothing more to be done
	LetterRefused   LetterState = "refused"   // 不予受理
	LetterEnded     LetterState = "ended"     // ended without solution, after the Centre's review
	LetterWithdrawn LetterState = "withdrawn" // by its author
	LetterMerged    LetterState = "merged"    // goes with another letter, whose answer it gets
)

// LetterStates lists the states in the order in which a letter passes them.
func LetterStates() []LetterState {
	return []LetterState{LetterReceived, LetterAssigned, LetterSigning, LetterEnding, LetterAnswered, LetterClosed,
		LetterRefused, LetterEnded, LetterWithdrawn, LetterMerged}
}

// Name is the state in Chinese.
func (s LetterState) Name() string {
	return map[LetterState]string{LetterReceived: "待分派", LetterAssigned: "办理中", LetterSigning: "待签发", LetterEnding: "申请终结",
		LetterAnswered: "已答复", LetterClosed: "已办结", LetterRefused: "不予受理", LetterEnded: "已终结",
		LetterWithdrawn: "已撤回", LetterMerged: "并案办理"}[s]
}

// ForAuthor is the state in the words of who waits for an answer.
func (s LetterState) ForAuthor() string {
	switch s {
	case LetterReceived:
		return "已收到"
	case LetterSigning, LetterEnding:
		return LetterAssigned.Name()
	}
	return s.Name()
}

// IsOpen says whether somebody still has to act.
func (s LetterState) IsOpen() bool {
	return s == LetterReceived || s == LetterAssigned || s == LetterSigning || s == LetterEnding
}

// LetterOutcome is what came of the handling of a letter, in the office's word.
type LetterOutcome string

// The outcomes.
const (
	LetterSolved    LetterOutcome = "solved"    // 已解决
	LetterPartly    LetterOutcome = "partly"    // 部分解决
	LetterPromised  LetterOutcome = "promised"  // 列入计划, with a day
	LetterExplained LetterOutcome = "explained" // 解释说明
)

// LetterOutcomes lists the outcomes.
func LetterOutcomes() []LetterOutcome {
	return []LetterOutcome{LetterSolved, LetterPartly, LetterPromised, LetterExplained}
}

// Name is the outcome in Chinese.
func (o LetterOutcome) Name() string {
	return map[LetterOutcome]string{LetterSolved: "已解决", LetterPartly: "部分解决", LetterPromised: "列入计划", LetterExplained: "解释说明"}[o]
}

// LetterGround is why a letter is not accepted.
type LetterGround string

// The grounds (潍坊市12345政务服务便民热线条例第十九条).
const (
	GroundLitigation LetterGround = "litigation" // 诉讼、仲裁、纪检监察、行政复议
	GroundDisclosure LetterGround = "foi"        // 政府信息公开
	GroundPetition   LetterGround = "petition"   // 已进入信访渠道
	GroundSecret     LetterGround = "secret"     // 国家秘密、商业秘密、个人隐私
	GroundConcluded  LetterGround = "concluded"  // 已依法办结
	GroundEmergency  LetterGround = "emergency"  // 应当拨打110、119、120
	GroundElsewhere  LetterGround = "not_city"   // 不属于本市
)

// LetterGrounds lists the grounds.
func LetterGrounds() []LetterGround {
	return []LetterGround{GroundLitigation, GroundDisclosure, GroundPetition, GroundSecret, GroundConcluded, GroundEmergency, GroundElsewhere}
}

// Name is the ground in Chinese.
func (g LetterGround) Name() string {
	return map[LetterGround]string{GroundLitigation: "应当通过诉讼、仲裁、纪检监察、行政复议等程序解决", GroundDisclosure: "属于政府信息公开申请",
		GroundPetition: "已经进入信访渠道", GroundSecret: "涉及国家秘密、商业秘密、个人隐私", GroundConcluded: "已经依法办结",
		GroundEmergency: "属于紧急求助，应当拨打110、119、120", GroundElsewhere: "不属于本市职责范围"}[g]
}

// LetterCheck is what WeChat's check says of a text. It never refuses a letter: it
// says which of them a person looks at first.
type LetterCheck string

// The results of the check.
const (
	CheckWaiting LetterCheck = ""      // not checked yet
	CheckPassed  LetterCheck = "pass"  //
	CheckDoubted LetterCheck = "doubt" // a person has to look
	CheckCleared LetterCheck = "clear" // a person looked
)

// Letter is what somebody writes to the government (来信). Words, place and contact
// are sealed at rest.
type Letter struct {
	ID           string
	Number       string
	ResidentID   string `json:"-"` // "" where staff entered it, or the account is erased
	Channel      LetterChannel
	Source       LetterSource
	TopicID      string // "" for none
	WantedID     string // the department that its author thinks of, "" for 不知道找谁
	Title        string `json:"-"`
	Text         string `json:"-"`
	Place        LetterPlace
	Contact      LetterContact `json:"-"` // empty unless it was asked for: see store.LetterContact
	MayPublish   bool          // the author agrees to publication (个人信息保护法第二十五条)
	Anonymous    bool          // to the public
	Check        LetterCheck
	State        LetterState
	LeadID       string // 主办, "" while it is with the Centre
	HandlerID    string // staff who took it, "" for nobody
	Round        int    // 1, 2 by another person, 3 by the Supervisor
	Designated   bool   // the Centre has decided who is competent: there is no return
	Term         Term
	Extension    *LetterExtension // of the present round, nil for none
	Ground       LetterGround     // of a refusal
	MergedInto   string
	EnteredBy    string // staff, "" for the author
	ReceivedAt   time.Time
	AskedAt      time.Time // when the present handling began: the deadline counts from that day
	DueDay       Day       // what Deadline came to when it was last written: lists go by it
	UpdatedAt    time.Time
	Version      int64
	Files        []LetterFile
	Assists      []LetterAssist      // 协办, the first asked first
	Replies      []LetterReply       // the first one first; the last may wait for its signature
	Instructions []LetterInstruction // 批示, the first one first
	Supervisions []Supervision       // 督办, the first one first
	Disputes     []LetterDispute     // whose it is; the last may be open
	Events       []LetterEvent       // the earliest first
}

// LetterPlace is where a matter is: words, a point on the map, both or none.
type LetterPlace struct {
	Words    string  `json:"-"`
	Lat, Lng float64 `json:"-"` // degrees GCJ-02, 0 0 for none
}

// IsEmpty says that no place was given.
func (p LetterPlace) IsEmpty() bool { return p == LetterPlace{} }

// LetterContact is how an author can be reached.
type LetterContact struct{ Name, Phone string }

// LetterFile is a picture or document that came with a letter.
type LetterFile struct {
	FileID    string
	Name      string
	MediaType string
	Size      int64
}

// LetterAssist is an office that helps another, and what it says (协办意见).
type LetterAssist struct {
	DepartmentID string
	AskedAt      time.Time
	Text         string `json:"-"` // "" while it has said nothing
	StaffID      string
	At           time.Time
}

// LetterExtension is a longer time that an office takes, and explains (条例第二十条).
type LetterExtension struct {
	Extension
	Why, Plan string `json:"-"`
	StaffID   string
	At        time.Time
}

// LetterInstruction is what the mayor's office writes on a letter (批示).
type LetterInstruction struct {
	ID           string
	Text         string `json:"-"`
	DepartmentID string // that has to act
	StaffID      string
	At           time.Time
	Report       string `json:"-"` // what the department did
	ReportedBy   string
	ReportedAt   time.Time // zero while it is open
}

// LetterEvent is one step on the way of a letter.
type LetterEvent struct {
	At           time.Time
	What         LetterStep
	StaffID      string // "" for the author, or the house itself
	DepartmentID string
	Text         string `json:"-"`
}

// LetterStep is what was done.
type LetterStep string

// The steps.
const (
	LetterStepReceived   LetterStep = "received"
	LetterStepAdded      LetterStep = "added"
	LetterStepDispatched LetterStep = "dispatched"
	LetterStepAnswered   LetterStep = "answered"
	LetterStepExtended   LetterStep = "extended"
	LetterStepRated      LetterStep = "rated"
	LetterStepQuestioned LetterStep = "questioned"
	LetterStepReopened   LetterStep = "reopened"
	LetterStepEscalated  LetterStep = "escalated"
	LetterStepClosed     LetterStep = "closed"
	LetterStepRefused    LetterStep = "refused"
	LetterStepEnded      LetterStep = "ended"
	LetterStepWithdrawn  LetterStep = "withdrawn"
	LetterStepMerged     LetterStep = "merged"
	LetterStepConsented  LetterStep = "consented"
	LetterStepForbade    LetterStep = "forbade"
	LetterStepReturned   LetterStep = "returned"
	LetterStepDesignated LetterStep = "designated"
	LetterStepTaken      LetterStep = "taken"
	LetterStepAssisted   LetterStep = "assisted"
	LetterStepNoted      LetterStep = "noted"
	LetterStepDrafted    LetterStep = "drafted"
	LetterStepSentBack   LetterStep = "sent_back"
	LetterStepEnding     LetterStep = "ending"
	LetterStepKeptOn     LetterStep = "kept_on"
	LetterStepInstructed LetterStep = "instructed"
	LetterStepReported   LetterStep = "reported"
	LetterStepCalled     LetterStep = "called"
	LetterStepCleared    LetterStep = "cleared"
	LetterStepCut        LetterStep = "cut"
	LetterStepSupervised LetterStep = "supervised"
	LetterStepSetAside   LetterStep = "set_aside"
	LetterStepExplained  LetterStep = "explained"
	LetterStepTookOver   LetterStep = "took_over"
	LetterStepWatched    LetterStep = "watched"
	LetterStepDisputed   LetterStep = "disputed"
	LetterStepToMeeting  LetterStep = "to_meeting"
	LetterStepHandedOver LetterStep = "handed_over"
	LetterStepProposed   LetterStep = "proposed" // by the house, an office, when the Centre dispatched
)

// Name is the step in Chinese.
func (s LetterStep) Name() string { return letterSteps[s] }

var letterSteps = map[LetterStep]string{LetterStepReceived: "已收到", LetterStepAdded: "补充说明", LetterStepDispatched: "转交办理",
	LetterStepAnswered: "已答复", LetterStepExtended: "延长办理期限", LetterStepRated: "评价", LetterStepQuestioned: "追问",
	LetterStepReopened: "再次办理", LetterStepEscalated: "提级办理", LetterStepClosed: "已办结", LetterStepRefused: "不予受理",
	LetterStepEnded: "终结办理", LetterStepWithdrawn: "撤回", LetterStepMerged: "并案办理", LetterStepConsented: "同意公开",
	LetterStepForbade: "不再同意公开", LetterStepReturned: "退回", LetterStepDesignated: "指定办理", LetterStepTaken: "认领",
	LetterStepAssisted: "协办意见", LetterStepNoted: "内部备注", LetterStepDrafted: "拟出答复", LetterStepSentBack: "退回修改",
	LetterStepEnding: "申请终结", LetterStepKeptOn: "终结未获同意", LetterStepInstructed: "批示", LetterStepReported: "批示落实情况",
	LetterStepHandedOver: "移交", LetterStepCalled: "回访", LetterStepCleared: "内容已经人工看过", LetterStepCut: "来信人已注销账号",
	LetterStepSupervised: "市政府办已督办", LetterStepSetAside: "不予督办", LetterStepExplained: "答复督办", LetterStepTookOver: "接手督办",
	LetterStepWatched: "督办办结", LetterStepDisputed: "提请市政府办裁定", LetterStepToMeeting: "提请常务会议研究", LetterStepProposed: "系统建议"}

// IsInternal says whether a step is for staff alone.
func (s LetterStep) IsInternal() bool {
	switch s {
	case LetterStepReturned, LetterStepTaken, LetterStepAssisted, LetterStepNoted, LetterStepDrafted, LetterStepSentBack,
		LetterStepEnding, LetterStepKeptOn, LetterStepInstructed, LetterStepReported, LetterStepCalled, LetterStepCleared, LetterStepCut,
		LetterStepSetAside, LetterStepExplained, LetterStepTookOver, LetterStepWatched, LetterStepDisputed, LetterStepToMeeting, LetterStepHandedOver, LetterStepProposed:
		return true
	}
	return false
}

// The bounds of a letter, in characters where nothing else is said.
const (
	LetterTitle      = 50
	LetterLeast      = 5 // of the text
	LetterText       = 3000
	LetterPlaceWords = 100
	LetterName       = 30 // how its author wants to be called
	LetterFiles      = 9
	LetterReplyText  = 5000
	LetterRemark     = 500
	LetterAdditions  = 5
	LettersPerDay    = 5  // of one resident
	LetterRateWithin = 30 // days after an answer
	letterRounds     = 3
)

// KindOwnLetter is the kind of a letter to its author: nobody else is told of it.
const KindOwnLetter Kind = "own_letter"

// LetterSeries numbers letters: 鸢都2026-000318.
var LetterSeries = Series{"letter", ""}

// Errors of letters.
var (
	ErrLetterMissing     = &Error{NotFound, "letter.not_found", "", nil}
	ErrLetterTitle       = &Error{Invalid, "letter.title", "title", map[string]any{"most": LetterTitle}}
	ErrLetterText        = &Error{Invalid, "letter.text", "text", map[string]any{"least": LetterLeast, "most": LetterText}}
	ErrLetterPlace       = &Error{Invalid, "letter.place", "place", map[string]any{"most": LetterPlaceWords}}
	ErrLetterContact     = &Error{Invalid, "letter.contact", "contact", nil}
	ErrLetterFile        = &Error{Invalid, "letter.file", "files", map[string]any{"most": LetterFiles}}
	ErrLetterFileType    = &Error{Invalid, "letter.file_type", "files", nil}
	ErrLetterTopic       = &Error{Invalid, "letter.topic", "topic", nil}
	ErrLetterWords       = &Error{Invalid, "letter.words", "text", nil} // most
	ErrLetterWhy         = &Error{Invalid, "letter.why", "why", nil}
	ErrLetterLimit       = &Error{TooMany, "letter.limit", "", nil} // most, day, phone
	ErrLetterNotOpen     = &Error{Conflict, "letter.not_open", "", nil}
	ErrLetterNotWith     = &Error{Conflict, "letter.not_with", "", nil}
	ErrLetterNotYours    = &Error{Forbidden, "letter.not_yours", "", nil}
	ErrLetterDesignated  = &Error{Conflict, "letter.designated", "", nil}
	ErrLetterFull        = &Error{Conflict, "letter.full", "", map[string]any{"most": LetterAdditions}}
	ErrLetterNoAnswer    = &Error{Conflict, "letter.no_answer", "", nil}
	ErrLetterRated       = &Error{Conflict, "letter.rated", "", nil}
	ErrLetterRateLate    = &Error{Conflict, "letter.rate_late", "", map[string]any{"days": LetterRateWithin}}
	ErrLetterStars       = &Error{Invalid, "letter.stars", "satisfaction", nil}
	ErrLetterAsked       = &Error{Conflict, "letter.asked", "", nil}
	ErrLetterSameHandler = &Error{Conflict, "letter.same_handler", "", nil}
	ErrLetterAssists     = &Error{Conflict, "letter.assists", "", nil}
	ErrLetterSame        = &Error{Invalid, "letter.same", "into", nil}
	ErrLetterExtendOnce  = &Error{Conflict, "letter.extend_once", "", nil}
	ErrLetterHeir        = &Error{Conflict, "letter.heir", "to", nil}
	ErrLetterMonth       = &Error{Invalid, "letter.month", "month", nil}
	ErrLetterGround      = &Error{Invalid, "letter.ground", "ground", nil}
	ErrLetterSource      = &Error{Invalid, "letter.source", "source", nil}
	ErrLetterBasis       = &Error{Invalid, "letter.basis", "basis", nil} // most
	ErrLetterPlan        = &Error{Invalid, "letter.plan", "plan", nil}
	ErrLetterOutcome     = &Error{Invalid, "letter.outcome", "outcome", nil}
)
