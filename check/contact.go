package check

import (
	"regexp"
	"strings"
)

var (
	wechat = regexp.MustCompile(`^(?i:微信|vx|wx|wechat|weixin)(号码|号|id|ID|账号|帐号)?\s?([:是为])?\s?` +
		`([A-Za-z][A-Za-z0-9_-]{5,19})`)
	qq       = regexp.MustCompile(`^(?i:qq|扣扣)(?:号码|号|账号|帐号)?\s?[:是为]?\s?([1-9]\d{4,10})`)
	email    = regexp.MustCompile(`[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+`)
	passport = regexp.MustCompile(`^(?:` + strings.Join(papers, "|") + `)(?:号码|号|编号)?\s?[:是为第]?\s?` +
		`(?:\p{Han}{1,2}字第)?([A-Za-z]{0,2}\d{7,10})`)
	papers = []string{"护照", "通行证", "台胞证", "回乡证", "旅行证", "军官证", "士兵证", "居留证"}

	officialWords = []string{"官方", "政务", "企业", "公众", "关注", "客服", "工作"}
	officeMail    = []string{"意见", "反馈", "发送", "征求", "咨询", "报送", "来信", "监督", "投诉", "举报", "报名", "局", "委员会"}
	// postOffices give an address to everybody.
	postOffices = strings.Fields(`qq.com 163.com 126.com sina.com sina.cn 139.com 189.cn sohu.com foxmail.com gmail.com
		outlook.com hotmail.com yeah.net aliyun.com tom.com wo.cn icloud.com 21cn.com
		vip.163.com live.com msn.com`)
)

// contacts finds the accounts and papers by which a person is known.
func (s *sheet) contacts() {
	for _, word := range []string{"微信", "vx", "VX", "Vx", "wx", "WX", "wechat", "WeChat", "weixin"} {
		s.each(word, s.wechatAt)
	}
	for _, word := range []string{"qq", "QQ", "Qq", "扣扣"} {
		s.each(word, s.qqAt)
	}
	for _, word := range papers {
		s.each(word, s.passportAt)
	}
	if strings.Contains(s.plain, "@") {
		s.emails()
	}
}

// wechatAt: a name after 微信 is one with a colon, after 号, or with a digit.
func (s *sheet) wechatAt(at int) {
	m := wechat.FindStringSubmatchIndex(s.ahead(at, 64))
	if m == nil || endsNear(s.back(at, 12), officialWords) {
		return
	}
	id := span{at + m[6], at + m[7]}
	if strings.HasPrefix(s.plain[id.from:], "gh_") { // a public account
		return
	}
	if m[2] < 0 && m[4] < 0 && !strings.ContainsAny(s.plain[id.from:id.to], "0123456789") {
		return
	}
	s.touching(id, "personal.wechat")
}

func (s *sheet) qqAt(at int) {
	if m := qq.FindStringSubmatchIndex(s.ahead(at, 48)); m != nil {
		s.touching(span{at + m[2], at + m[3]}, "personal.qq")
	}
}

func (s *sheet) passportAt(at int) {
	if m := passport.FindStringSubmatchIndex(s.ahead(at, 48)); m != nil {
		s.touching(span{at + m[2], at + m[3]}, "personal.passport")
	}
}

// touching notes an account unless it goes on, is an address or found already.
func (s *sheet) touching(at span, code string) {
	after := s.ahead(at.to, 1)
	if after != "" && (isWordByte(after[0]) || strings.Contains(".@-*", after)) || meets(s.counts, at) || s.inLink(at) {
		return
	}
	s.add(at, Finding{Code: code, Severity: Ask, Text: mask(s.plain[at.from:at.to])})
}

// emails finds mail addresses.
func (s *sheet) emails() {
	for _, m := range email.FindAllStringIndex(s.plain, -1) {
		at := span{m[0], m[1]}
		text := s.plain[at.from:at.to]
		if s.inLink(at) {
			continue
		}
		name, host, _ := strings.Cut(strings.ToLower(text), "@")
		s.add(at, Finding{Code: "personal.email", Severity: s.mailbox(at, name, host), Text: mask(text)})
	}
}

// mailbox says how much a mail address is a person's.
func (s *sheet) mailbox(at span, name, host string) Severity {
	said := s.sentence(at.from)
	_, _, named := nameBefore(said)
	switch {
	case isUnder(host, "gov.cn"):
		return Note
	case named:
		return Ask
	case !containsHost(postOffices, host), containsAny(said, officeMail) && strings.Trim(name, "0123456789") != "":
		return Note
	}
	return Ask
}

func containsHost(ends []string, host string) bool {
	for _, end := range ends {
		if isUnder(host, end) {
			return true
		}
	}
	return false
}

// isUnder says whether host is end, or a host within it.
func isUnder(host, end string) bool {
	end = strings.ToLower(strings.TrimPrefix(end, "."))
	return end != "" && (host == end || strings.HasSuffix(host, "."+end))
}
