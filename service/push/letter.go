package push

import (
	"context"
	"sync"
	"time"

	"yuandu/model"
	"yuandu/store"
	"yuandu/wechat"
)

// letters keeps what the messages of changes say, which is the same for everybody.
type letters struct {
	mu   sync.Mutex
	kept map[letterKey]keptLetter
}

type letterKey struct{ announcement, trimmed string }

type keptLetter struct {
	message wechat.Message
	until   time.Time
}

// lettersKept is for how long what a message says is believed: a template may be
// changed meanwhile.
const lettersKept = 10 * time.Second

func (l *letters) get(key letterKey, now time.Time) (wechat.Message, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	k, ok := l.kept[key]
	return k.message, ok && now.Before(k.until)
}

func (l *letters) put(key letterKey, m wechat.Message, now time.Time) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for other, k := range l.kept {
		if now.After(k.until) {
			delete(l.kept, other)
		}
	}
	if l.kept == nil {
		l.kept = map[letterKey]keptLetter{}
	}
	l.kept[key] = keptLetter{m, now.Add(lettersKept)}
}

// LetterFor is what an announcement's message says to somebody. It is a Letter.
func (s *Templates) LetterFor(ctx context.Context, a model.Announcement, call store.Call) (wechat.Message, error) {
	if a.Sort == model.AnnounceDigest {
		return s.digestFor(ctx, a, call)
	}
	own, err := s.own(ctx, a, call.ResidentID)
	if err != nil {
		return wechat.Message{}, err
	}
	key, now := letterKey{a.ID, a.Trimmed}, s.clock.Now()
	if m, ok := s.letters.get(key, now); ok && own == nil {
		return m, nil
	}
	about, err := s.subject(ctx, a)
	if err != nil {
		return wechat.Message{}, err
	}
	if own != nil {
		m, _, err := s.Letter(ctx, call.Template, own(&a, about), a.Trimmed)
		return m, err
	}
	m, _, err := s.Letter(ctx, call.Template, TellChange(&a, about), a.Trimmed)
	if err == nil {
		s.letters.put(key, m, now)
	}
	return m, err
}

// own is how somebody is told what only they are told: what became of what they said
// themselves, once the report is public, and of their sign-up. It is nil where everybody is
// told the same.
func (s *Templates) own(ctx context.Context, a model.Announcement, residentID string) (func(*model.Announcement, Subject) Telling, error) {
	switch {
	case a.Kind == model.KindConsultation && a.What == model.PubCorrected:
		verdicts, err := s.store.OwnVerdicts(ctx, residentID, []string{a.Object})
		if counts := verdicts[a.Object]; len(counts) > 0 {
			return func(a *model.Announcement, about Subject) Telling { return TellVerdicts(a, about, counts) }, err
		}
		return nil, err
	case a.Kind == model.KindSignUp && a.What == model.SignUpDrawn:
		states, err := s.store.OwnSignUps(ctx, residentID, []string{a.Object})
		return func(a *model.Announcement, about Subject) Telling { return TellDraw(a, about, states[a.Object]) }, err
	}
	return nil, nil
}

// digestTitles is how many titles of a digest are looked at.
const digestTitles = 3

func (s *Templates) digestFor(ctx context.Context, a model.Announcement, call store.Call) (wechat.Message, error) {
	list, count, err := s.store.Notices(ctx, call.ResidentID, store.NoticeFilter{Digest: a.ID, Limit: digestTitles})
	if err != nil {
		return wechat.Message{}, err
	}
	titles := make([]string, len(list))
	for i, n := range list {
		titles[i] = n.Announcement.Title
	}
	telling := TellDigest(titles, count, a.CreatedAt)
	telling.Page += "&digest=" + a.ID
	m, _, err := s.Letter(ctx, call.Template, telling, a.Trimmed)
	return m, err
}

// subject is the document that an announcement is of.
func (s *Templates) subject(ctx context.Context, a model.Announcement) (about Subject, err error) {
	p, err := s.store.Publication(ctx, a.Kind, a.Object)
	if err != nil || p == nil {
		return about, err
	}
	d, err := s.store.Directory(ctx)
	if err != nil {
		return about, err
	}
	about.Number = p.DocNumber
	if at := d.Department(p.DepartmentID); at != nil {
		about.Departments = []model.Department{*at}
	}
	return about, nil
}

// PurposeOf says what one of WeChat's templates is for, "" where it is none of
// ours.
func (s *Templates) PurposeOf(ctx context.Context, wechatID string) (model.Purpose, error) {
	list, err := s.InUse(ctx)
	for _, t := range list {
		if t.WeChatID == wechatID {
			return t.Purpose, nil
		}
	}
	return "", err
}
