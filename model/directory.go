package model

import "unicode/utf8"

// Department is a government office (部门).
type Department struct {
	ID        string
	ParentID  string // "" for a root of the tree
	Name      string
	ShortName string
	Aliases   []string
	Position  int
	Version   int64
}

// Topic is one of the life topics (专题) by which people look for what concerns
// them.
type Topic struct {
	ID          string // a word, stable: it is part of addresses and of follows
	Name        string
	Icon        string // the icon's name, drawn by the clients
	Explanation string // one plain sentence: what is in it
	Position    int
	Version     int64
}

// DepartmentIDs are the IDs of some departments, in their order; nil of none.
func DepartmentIDs(departments []Department) (ids []string) {
	for _, d := range departments {
		ids = append(ids, d.ID)
	}
	return ids
}

// TopicIDs are the IDs of some topics, in their order; nil of none.
func TopicIDs(topics []Topic) (ids []string) {
	for _, t := range topics {
		ids = append(ids, t.ID)
	}
	return ids
}

// The length of a topic's explanation, in characters.
const (
	shortestExplanation = 4
	longestExplanation  = 60
)

// ValidExplanation says what is wrong with a topic's explanation.
func ValidExplanation(text string) *Error {
	if n := utf8.RuneCountInString(text); n < shortestExplanation || n > longestExplanation || hasControl(text) {
		return ErrTopicText.With("explanation", map[string]any{"least": shortestExplanation, "most": longestExplanation})
	}
	return nil
}

// LifeTopics are the eighteen that a new house starts with; editors may change
// order and wording later, never the IDs.
func LifeTopics() []Topic {
	rows := [][3]string{
		{"education", "教育", "入园入学、考试招生、学生资助和教师的事"},
		{"employment", "就业", "找工作、招聘、技能培训、劳动权益和失业帮扶"},
		{"medical", "就医", "看病、医保报销、预防接种和基层医疗"},
		{"elderly", "养老", "养老服务、高龄津贴、助餐和居家照护"},
		{"social-insurance", "社保", "养老、工伤、失业保险的参保、缴费和待遇"},
		{"housing", "住房", "买房租房、公积金、保障房、物业和老旧小区改造"},
		{"household", "户籍", "落户、居住证、身份证和出入境"},
		{"family", "婚育", "结婚登记、生育、托育和未成年人保护"},
		{"transport", "交通", "公交出行、驾驶证和车辆、道路与停车"},
		{"startup", "创业", "开办企业、创业补贴、贷款和园区扶持"},
		{"tax", "税费", "税收优惠、非税收费和办税服务"},
		{"relief", "救助", "低保、特困、临时救助、慈善和法律援助"},
		{"disability", "残疾", "残疾人补贴、康复、就业和无障碍"},
		{"veterans", "退役军人", "优待抚恤、安置就业和双拥"},
		{"environment", "环保", "空气、水、噪声、垃圾分类和绿色生活"},
		{"food-drug", "食品药品", "食品安全、药品和医疗器械的监管"},
		{"consumer", "消费", "消费维权、价格、以旧换新和市场秩序"},
		{"safety", "公共安全", "治安、消防、防汛防震和安全生产"},
	}
	topics := make([]Topic, len(rows))
	for i, r := range rows {
		topics[i] = Topic{ID: r[0], Name: r[1], Icon: r[0], Explanation: r[2], Position: i + 1}
	}
	return topics
}
