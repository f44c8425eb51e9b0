package model

import (
	"strconv"
	"time"
)

// Policy is a public document of a government office (政策文件): what its paper
// says, and what others have since made of it.
type Policy struct {
	ID            string
	Version       int64 // grows with every change that an answer about it shows
	Title         string
	DocNumber     string       // 文号 as printed; "" where the document has none
	IndexNumber   string       // 索引号
	Theme         string       // 主题分类 in the source's own words
	Category      string       // 文种 or rank of law: 通知, 办法, 地方性法规
	WrittenDate   Day          // 成文日期
	PublishedDate Day          // 发布日期
	EffectiveDate Day          // 生效日期
	ExpiryDate    Day          // 失效日期, the last day in force
	Stated        Validity     // the source's own word where it gives no date for it
	Departments   []Department // in the order of the letterhead; none where the issuer is not known
	Topics        []Topic
	Body          Body
	SourceURL     string
	Unexplained   string // why it needs no interpretation; for the house alone
	Attachments   []Attachment
	Pictures      []Attachment // the files that the body shows
	PublishedAt   time.Time    // when it became public here
	UpdatedAt     time.Time
	Fate          Fate
}

// Fate is what other documents did to one, by the day on which it took effect.
type Fate struct {
	AmendedOn  Day
	RepealedOn Day
}

// Validity says whether a document holds on a day (有效性).
type Validity string

// The five validities.
const (
	Pending  Validity = "pending"  // 尚未生效
	InForce  Validity = "in_force" // 现行有效
	Amended  Validity = "amended"  // 已被修改: in force, in words changed by another document
	Expired  Validity = "expired"  // 失效
	Repealed Validity = "repealed" // 废止
)

// Validities lists them in the order in which filters show them.
func Validities() []Validity { return []Validity{InForce, Amended, Pending, Expired, Repealed} }

// Shown lists the validities of what may answer somebody: what holds, or will.
func Shown() []string { return []string{string(InForce), string(Amended), string(Pending)} }

// Name is the validity in Chinese.
func (v Validity) Name() string {
	return map[Validity]string{Pending: "尚未生效", InForce: "现行有效", Amended: "已被修改", Expired: "失效", Repealed: "废止"}[v]
}

// Holds says whether a document of this validity binds.
func (v Validity) Holds() bool { return v == InForce || v == Amended }

// Days are all a validity is derived from. They are kept in the index beside
// the document, so that midnight changes every answer without a job.
type Days struct {
	Effective, Expiry, Amended, Repealed Day
	Stated                               Validity
}

// On derives the validity for a day: relations and dates first, the source's
// own word where it gave no date.
func (d Days) On(day Day) Validity {
	switch {
	case d.Repealed != "" && d.Repealed <= day:
		return Repealed
	case d.Expiry != "" && d.Expiry < day:
		return Expired
	case d.Repealed == "" && d.Stated == Repealed:
		return Repealed
	case d.Expiry == "" && d.Stated == Expired:
		return Expired
	case d.Effective != "" && d.Effective > day:
		return Pending
	case d.Amended != "" && d.Amended <= day, d.Stated == Amended:
		return Amended
	}
	return InForce
}

// Days gathers what the policy's validity is derived from.
func (p *Policy) Days() Days {
	return Days{p.EffectiveDate, p.ExpiryDate, p.Fate.AmendedOn, p.Fate.RepealedOn, p.Stated}
}

// ValidityOn is the policy's validity on a day.
func (p *Policy) ValidityOn(day Day) Validity { return p.Days().On(day) }

// RelationKind says what one document does to another.
type RelationKind string

// The relations between documents.
const (
	Amends     RelationKind = "amends"     // 修改
	Repeals    RelationKind = "repeals"    // 废止
	Replaces   RelationKind = "replaces"   // 替代: repeals, and takes its place
	BasedOn    RelationKind = "based_on"   // 根据
	Cites      RelationKind = "cites"      // 引用
	Interprets RelationKind = "interprets" // 解读
)

// Relation is what the document FromID says of another one. The other may not
// be here: then only its number or title is known.
type Relation struct {
	Kind         RelationKind
	FromID       string
	TargetID     string // where an editor chose it
	TargetNumber string // 文号 as the text gives it
	TargetTitle  string
	Since        Day // from when it counts; "" for cites and based_on
}

// Link is a relation as a reader of one document sees it: what this document
// does to another, or, where Incoming, what another does to this one.
type Link struct {
	Kind     RelationKind
	Incoming bool
	Policy   PolicyRef // without an ID where the other document is not here
	Since    Day
}

// Interpretation explains one or more policies in plain words (解读).
type Interpretation struct {
	ID            string
	Version       int64
	Title         string
	PublishedDate Day
	Departments   []Department
	Body          Body
	Questions     []Question
	PictureID     string // a file; "" where there is none
	PictureText   string // what the picture says, for those who cannot see it
	VideoURL      string
	SourceURL     string
	Policies      []PolicyRef
	Attachments   []Attachment
	Pictures      []Attachment // the files that it shows, PictureID's among them
	PublishedAt   time.Time
	UpdatedAt     time.Time
}

// Question is one question of an interpretation with its answer.
type Question struct {
	Ask    string `json:"question" doc:"问"`
	Answer string `json:"answer" doc:"答"`
}

// QuestionAnchor is where the nth question stands on the page of an
// interpretation, counted from 0.
func QuestionAnchor(n int) string { return "q" + strconv.Itoa(n+1) }

// PolicyRef names a policy without its text. Without an ID the policy is not
// here and only what was said of it is known.
type PolicyRef struct {
	ID            string
	Title         string
	DocNumber     string
	PublishedDate Day
}

// Attachment is a file that belongs to a public document.
type Attachment struct {
	FileID    string
	Name      string
	MediaType string
	Size      int64  // bytes
	SM3       string // of its bytes, in hex
}
