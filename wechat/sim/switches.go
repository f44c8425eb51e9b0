package sim

// Switches choose between what WeChat may do where no page says which. What
// stands against this simulator must stand both ways.
type Switches struct {
	FailureSpends    bool `json:"failure_spends"`
	PopupWhenHidden  bool `json:"popup_when_hidden"`
	NoMsgID          bool `json:"no_msgid"`
	NoUnionID        bool `json:"no_unionid"`
	RefusalWipes     bool `json:"refusal_wipes"`
	MutingWipes      bool `json:"muting_wipes"`
	SentBeforeAnswer bool `json:"sent_before_answer"`
	PushTwice        bool `json:"push_twice"`
	PushNever        bool `json:"push_never"`
}

// toggle is a switch as the control page shows it.
type toggle struct {
	Key  string
	Says string
	Why  string
	of   func(*Switches) *bool
}

var toggles = []toggle{
	{"failure_spends", "发送失败也扣一次订阅次数", "unknown：文档没有写", func(s *Switches) *bool { return &s.FailureSpends }},
	{"popup_when_hidden", "「总是保持」隐藏弹窗时也推送弹窗事件", "unknown", func(s *Switches) *bool { return &s.PopupWhenHidden }},
	{"no_msgid", "发送成功不返回 msgid", "observed：两种都有人见过", func(s *Switches) *bool { return &s.NoMsgID }},
	{"no_unionid", "登录不返回 unionid", "没有绑定开放平台账号时", func(s *Switches) *bool { return &s.NoUnionID }},
	{"refusal_wipes", "在设置里拒收会清空已攒的次数", "unknown", func(s *Switches) *bool { return &s.RefusalWipes }},
	{"muting_wipes", "关闭总开关会清空已攒的次数", "unknown", func(s *Switches) *bool { return &s.MutingWipes }},
	{"sent_before_answer", "送达事件先于接口答复", "unknown：两种顺序都要能处理", func(s *Switches) *bool { return &s.SentBeforeAnswer }},
	{"push_twice", "每个事件推送两次", "重试时会发生", func(s *Switches) *bool { return &s.PushTwice }},
	{"push_never", "不推送任何事件", "推送可能丢失", func(s *Switches) *bool { return &s.PushNever }},
}

// Switches says how the switches stand.
func (s *Sim) Switches() Switches {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.switches
}

// Switch changes switches.
func (s *Sim) Switch(change func(*Switches)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	change(&s.switches)
}
