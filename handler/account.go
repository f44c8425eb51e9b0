package handler

import (
	"context"
	"time"

	"yuandu/model"
	"yuandu/service/account"
)

// pathMe is the resident's own address.
const pathMe = "/api/v1/me"

// LoginIn is a sign-in through WeChat.
type LoginIn struct {
	Body struct {
		Code   string `json:"code" minLength:"1" maxLength:"200" doc:"wx.login 得到的 code，五分钟内有效，只能用一次"`
		Device string `json:"device,omitempty" maxLength:"60" doc:"设备的名称，如 iPhone 15，供本人在登录设备里辨认"`
	}
}

// Login is what a sign-in gives.
type Login struct {
	Token          string `json:"token" doc:"登录凭证，放在 Authorization: Bearer 里；30 天不用就失效"`
	Agreed         bool   `json:"agreed" doc:"是否已同意现行的隐私政策；没有同意前不能办个人的事"`
	PrivacyVersion int64  `json:"privacy_version" doc:"现行隐私政策的版本"`
}

func (h *handler) login(ctx context.Context, in *LoginIn) (*Private[Login], error) {
	e, err := h.Account.SignIn(ctx, in.Body.Code, in.Body.Device)
	if err != nil {
		return nil, err
	}
	return private(Login{e.Token, e.Agreed, e.PrivacyVersion}), nil
}

// Me is what the house holds of the resident who asks.
type Me struct {
	ID             string         `json:"id" doc:"编号，同意隐私政策之前为空"`
	Name           string         `json:"name" doc:"称呼，没有时为空"`
	Phone          string         `json:"phone" doc:"手机号，中间四位不显示；没有时为空"`
	Agreed         bool           `json:"agreed" doc:"是否已同意现行的隐私政策"`
	PrivacyVersion int64          `json:"privacy_version" doc:"现行隐私政策的版本"`
	PrivacyChange  string         `json:"privacy_change" doc:"与上次同意的版本相比改了什么；没有变化时为空"`
	Consent        *ConsentOfMine `json:"consent" doc:"最近一次同意，没有时为 null"`
	CreatedAt      *time.Time     `json:"created_at" doc:"何时成为居民用户，同意隐私政策之前为 null"`
}

// ConsentOfMine is the latest consent of the resident who asks.
type ConsentOfMine struct {
	Version     int64      `json:"version" doc:"同意的版本"`
	GivenAt     time.Time  `json:"given_at" doc:"何时同意"`
	WithdrawnAt *time.Time `json:"withdrawn_at" doc:"何时撤回，没有撤回时为 null"`
	Minor       bool       `json:"minor" doc:"是否由监护人代为同意（不满十四周岁）"`
}

func (h *handler) getMe(ctx context.Context, _ *struct{}) (*Private[Me], error) {
	me, err := h.Account.Me(ctx, who(ctx))
	if err != nil {
		return nil, err
	}
	return showMe(me), nil
}

// showMe is the one place where a resident's name and phone leave the house:
// to the resident, the phone masked.
func showMe(me *account.Me) *Private[Me] {
	shown := Me{Agreed: me.Agreed, PrivacyVersion: me.Privacy.Version}
	version := int64(0)
	if r := me.Resident; r != nil {
		shown.ID, shown.Name, shown.Phone, shown.CreatedAt, version = r.ID, r.Name, masked(r.Phone), &r.CreatedAt, r.Version
	}
	if c := me.Consent; c != nil {
		shown.Consent = &ConsentOfMine{Version: c.PrivacyVersion, GivenAt: c.GivenAt, Minor: c.Minor}
		if !c.WithdrawnAt.IsZero() {
			shown.Consent.WithdrawnAt = &c.WithdrawnAt
		}
		if c.PrivacyVersion < me.Privacy.Version {
			shown.PrivacyChange = me.Privacy.Summary
		}
	}
	return versioned(shown, version)
}

// masked hides the middle of a phone number.
func masked(phone string) string {
	if len(phone) != 11 {
		return ""
	}
	return phone[:3] + "****" + phone[7:]
}

// ConsentIn is an agreement to the privacy text.
type ConsentIn struct {
	Keyed
	Body struct {
		Version  int64       `json:"version" minimum:"1" doc:"同意的是哪个版本"`
		Minor    bool        `json:"minor,omitempty" doc:"不满十四周岁，由监护人同意"`
		Guardian *GuardianIn `json:"guardian,omitempty" doc:"监护人；minor 为 true 时必填"`
	}
}

// GuardianIn is who agrees for a child below fourteen.
type GuardianIn struct {
	Name     string `json:"name" maxLength:"30" doc:"监护人姓名"`
	Phone    string `json:"phone" maxLength:"20" doc:"监护人手机号"`
	Relation string `json:"relation" enum:"father,mother,other" doc:"与孩子的关系"`
}

func (h *handler) agree(ctx context.Context, in *ConsentIn) (*Private[Me], error) {
	a := account.Agreement{Version: in.Body.Version, Minor: in.Body.Minor}
	if g := in.Body.Guardian; g != nil {
		a.Guardian = model.Guardian{Relation: g.Relation, Name: g.Name, Phone: g.Phone}
	}
	p := who(ctx)
	if err := h.Account.Agree(ctx, p, a); err != nil {
		return nil, err
	}
	p.Agreed = true
	return h.getMe(ctx, nil)
}

func (h *handler) withdraw(ctx context.Context, _ *Keyed) (*Done, error) {
	if who(ctx).Session == nil {
		return nil, model.ErrConsentNeeded
	}
	return done(), h.Account.Withdraw(ctx, who(ctx))
}

// RenameIn changes what a resident goes by.
type RenameIn struct {
	Edit
	Body struct {
		Name string `json:"name" maxLength:"30" doc:"称呼；空则删去"`
	}
}

func (h *handler) rename(ctx context.Context, in *RenameIn) (*Private[Me], error) {
	version, err := in.version()
	if err != nil {
		return nil, err
	}
	// What is there now is not in the refusal: no error answer names a person.
	if _, err := h.Account.Rename(ctx, who(ctx), version, in.Body.Name); err != nil {
		return nil, err
	}
	return h.getMe(ctx, nil)
}

// PhoneIn binds the phone number that WeChat knows.
type PhoneIn struct {
	Keyed
	Body struct {
		Code string `json:"code" minLength:"1" maxLength:"200" doc:"手机号按钮得到的 code，五分钟内有效，只能用一次"`
	}
}

func (h *handler) bindPhone(ctx context.Context, in *PhoneIn) (*Private[Me], error) {
	if _, err := h.Account.BindPhone(ctx, who(ctx), in.Body.Code); err != nil {
		return nil, err
	}
	return h.getMe(ctx, nil)
}

func (h *handler) unbindPhone(ctx context.Context, _ *Keyed) (*Private[Me], error) {
	if _, err := h.Account.UnbindPhone(ctx, who(ctx)); err != nil {
		return nil, err
	}
	return h.getMe(ctx, nil)
}

// DevicePage lists where the resident is signed in.
type DevicePage struct {
	Items []Device `json:"items" doc:"最近用过的在前"`
}

// Device is one sign-in of the resident who asks.
type Device struct {
	ID        string    `json:"id" doc:"编号"`
	Device    string    `json:"device" doc:"设备的名称，没有时为空"`
	CreatedAt time.Time `json:"created_at" doc:"何时登录"`
	SeenAt    time.Time `json:"seen_at" doc:"最近何时用过，精确到小时"`
	Current   bool      `json:"current" doc:"是不是现在这台"`
}

func (h *handler) listDevices(ctx context.Context, _ *struct{}) (*Private[DevicePage], error) {
	p := who(ctx)
	list, err := h.Account.Devices(ctx, p)
	if err != nil {
		return nil, err
	}
	return private(DevicePage{converted(list, func(v model.ResidentSession) Device {
		return Device{v.ID, v.Device, v.CreatedAt, v.SeenAt, v.ID == p.Session.ID}
	})}), nil
}

// OfID is a write to one record.
type OfID struct {
	Keyed
	ID string `path:"id" doc:"编号"`
}

func (h *handler) endDevice(ctx context.Context, in *OfID) (*Done, error) {
	return done(), h.Account.EndDevice(ctx, who(ctx), in.ID)
}

func (h *handler) logout(ctx context.Context, _ *Keyed) (*Done, error) {
	return done(), h.Account.SignOut(ctx, who(ctx))
}

// Erasure certifies that an account was erased.
type Erasure struct {
	Number   string       `json:"number" doc:"证明编号，凭它可以再次查看"`
	ErasedAt time.Time    `json:"erased_at" doc:"何时注销"`
	Items    []ErasedItem `json:"items" doc:"各类信息的去向"`
	Address  string       `json:"address" doc:"在网页上查看这份证明的地址"`
}

// ErasedItem is one sort of record and what became of it.
type ErasedItem struct {
	What   string `json:"what" doc:"哪一类信息"`
	Count  int    `json:"count" doc:"多少条"`
	Erased bool   `json:"erased" doc:"已删除为 true；依法保留为 false"`
	Why    string `json:"why" doc:"为什么保留，已删除时为空"`
	Until  string `json:"until" doc:"保留到哪一天，没有期限时为空"`
}

func (h *handler) eraseMe(ctx context.Context, _ *Keyed) (*Private[Erasure], error) {
	p := who(ctx)
	if p.Session == nil {
		return nil, model.ErrConsentNeeded
	}
	e, err := h.Account.Erase(ctx, p)
	if err != nil {
		return nil, err
	}
	return private(h.erasure(*e)), nil
}

func (h *handler) erasure(e model.Erasure) Erasure {
	return Erasure{e.Number, e.ErasedAt, converted(e.Items, erasedItem), h.PublicURL + "/erasures/" + e.Number}
}

func erasedItem(i model.ErasedItem) ErasedItem {
	item := ErasedItem{What: say(i.What, nil), Count: i.Count, Erased: i.Kept == "", Until: string(i.Until)}
	if i.Kept != "" {
		item.Why = say(i.Kept, nil)
	}
	return item
}

// ErasureIn asks for a certificate.
type ErasureIn struct {
	ID string `path:"id" maxLength:"40" doc:"证明编号"`
}

func (h *handler) getErasure(ctx context.Context, in *ErasureIn) (*Private[Erasure], error) {
	e, err := h.Account.Erasure(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	return private(h.erasure(*e)), nil
}
