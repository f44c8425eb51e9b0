package handler

import (
	"context"
	"time"

	"yuandu/model"
	"yuandu/service/staff"
)

// Stage is how far a sign-in has come.
type Stage struct {
	Stage        model.SignInStage `json:"stage" enum:"factor,password,enrol,full" doc:"下一步：factor 输动态验证码，password 改密码，enrol 绑定动态验证码，full 已登录"`
	RecoveryLeft *int              `json:"recovery_left,omitempty" doc:"还剩几个恢复码，只在用恢复码登录后给出"`
}

func (h *handler) stage(e *staff.Entry) *Private[Stage] {
	p := private(Stage{Stage: e.Session.Stage})
	p.SetCookie = h.staffCookie(e.Token)
	return p
}

// SignInIn is the first step of a sign-in of staff.
type SignInIn struct {
	Body struct {
		Login    string `json:"login" minLength:"1" maxLength:"64" doc:"登录名"`
		Password string `json:"password" minLength:"1" maxLength:"512" doc:"密码"`
	}
}

func (h *handler) signIn(ctx context.Context, in *SignInIn) (*Private[Stage], error) {
	e, err := h.Staff.SignIn(ctx, presenceOf(ctx).from, in.Body.Login, in.Body.Password)
	if err != nil {
		return nil, err
	}
	return h.stage(e), nil
}

// CodeIn is a code of the authenticator, or a recovery code.
type CodeIn struct {
	Body struct {
		Code string `json:"code" minLength:"1" maxLength:"40" doc:"验证码"`
	}
}

func (h *handler) signInByCode(ctx context.Context, in *CodeIn) (*Private[Stage], error) {
	p := presenceOf(ctx)
	e, err := h.Staff.Code(ctx, p.from, p.staff, in.Body.Code)
	if err != nil {
		return nil, err
	}
	return h.stage(e), nil
}

func (h *handler) signInByRecovery(ctx context.Context, in *CodeIn) (*Private[Stage], error) {
	p := presenceOf(ctx)
	e, left, err := h.Staff.Recover(ctx, p.from, p.staff, in.Body.Code)
	if err != nil {
		return nil, err
	}
	answer := h.stage(e)
	answer.Body.RecoveryLeft = &left
	return answer, nil
}

func (h *handler) signOut(ctx context.Context, _ *Keyed) (*Done, error) {
	d := done()
	d.SetCookie = h.staffCookie("")
	return d, h.Staff.SignOut(ctx, presenceOf(ctx).staff)
}

// SessionOfMine is who is signed in to the console, and what may be done there.
type SessionOfMine struct {
	Stage        model.SignInStage `json:"stage" enum:"factor,password,enrol,full" doc:"登录到了哪一步"`
	Staff        StaffItem         `json:"staff" doc:"本人"`
	Acts         map[string]string `json:"acts" doc:"可以做的事：all 全市，own 本部门及下属"`
	IdleSeconds  int               `json:"idle_seconds" doc:"多少秒不操作会退出"`
	ExpiresAt    time.Time         `json:"expires_at" doc:"最迟何时要重新登录"`
	RecoveryLeft int               `json:"recovery_left" doc:"还剩几个恢复码"`
	Site         SiteOfConsole     `json:"site" doc:"站点"`
	Founding     bool              `json:"founding" doc:"还没有安全管理员登录过，角色暂由系统管理员授予"`
	Sample       bool              `json:"sample" doc:"演示站点，内容均为示例"`
}

// SiteOfConsole is what the console shows of the site.
type SiteOfConsole struct {
	SiteName string `json:"site_name" doc:"站点名称"`
	CityName string `json:"city_name" doc:"城市名称"`
	Mark     string `json:"mark" doc:"标识字"`
	Phone    string `json:"phone" doc:"服务电话"`
}

var reaches = map[model.Reach]string{model.Own: "own", model.Everywhere: "all"}

func (h *handler) getSession(ctx context.Context, _ *struct{}) (*Private[SessionOfMine], error) {
	p := presenceOf(ctx).staff
	settings, err := h.City.Settings(ctx)
	if err != nil {
		return nil, err
	}
	shown := SessionOfMine{Stage: p.Session.Stage, IdleSeconds: int(model.StaffIdle.Seconds()), ExpiresAt: p.Session.ExpiresAt, Sample: h.Sample,
		Site: SiteOfConsole{settings.SiteName, settings.CityName, settings.Mark, settings.Phone}}
	if shown.RecoveryLeft, err = h.Staff.RecoveryCodesLeft(ctx, p.Staff.ID); err != nil {
		return nil, err
	}
	if shown.Founding, err = h.Staff.Founding(ctx); err != nil {
		return nil, err
	}
	shown.Acts = actsOf(p.Actor, shown.Founding)
	shown.Staff, err = h.staffItem(ctx, p.Staff)
	return private(shown), err
}

// actsOf is what somebody may do, and how far.
func actsOf(a model.Actor, founding bool) map[string]string {
	acts := map[string]string{}
	for _, p := range model.Permissions() {
		if reach := a.Reach(p.Act); reach != model.Nowhere {
			acts[string(p.Act)] = reaches[reach]
		}
	}
	if founding && a.Holds(model.SystemAdministrator) {
		acts[string(model.ActGrantRoles)] = reaches[model.Everywhere]
	}
	return acts
}

// PasswordIn changes one's own password.
type PasswordIn struct {
	Keyed
	Body struct {
		OldPassword string `json:"old_password" minLength:"1" maxLength:"512" doc:"现在的密码"`
		Password    string `json:"password" minLength:"1" maxLength:"512" doc:"新密码：至少 12 个字符，不能是常见的密码"`
	}
}

func (h *handler) changePassword(ctx context.Context, in *PasswordIn) (*Private[Stage], error) {
	e, err := h.Staff.ChangePassword(ctx, presenceOf(ctx).staff, in.Body.OldPassword, in.Body.Password)
	if err != nil {
		return nil, err
	}
	return h.stage(e), nil
}

// Enrolment is what an authenticator is fed with.
type Enrolment struct {
	Secret string `json:"secret" doc:"手工输入用的密钥"`
	URI    string `json:"uri" doc:"otpauth 地址"`
	QR     string `json:"qr" doc:"二维码图片（data: 地址）"`
}

func (h *handler) enrol(ctx context.Context, _ *Keyed) (*Private[Enrolment], error) {
	settings, err := h.City.Settings(ctx)
	if err != nil {
		return nil, err
	}
	e, err := h.Staff.Enrol(ctx, presenceOf(ctx).staff, settings.SiteName)
	if err != nil {
		return nil, err
	}
	return private(Enrolment{e.Secret, e.URI, e.DataURI()}), nil
}

// Recovery are recovery codes; they are shown once.
type Recovery struct {
	Stage         model.SignInStage `json:"stage" enum:"factor,password,enrol,full" doc:"登录到了哪一步"`
	RecoveryCodes []string          `json:"recovery_codes" doc:"恢复码，每个只能用一次，只显示这一次"`
}

// KeyedCodeIn is a code of the authenticator that confirms something.
type KeyedCodeIn struct {
	Keyed
	Body struct {
		Code string `json:"code" minLength:"1" maxLength:"40" doc:"动态验证码"`
	}
}

func (h *handler) confirmFactor(ctx context.Context, in *KeyedCodeIn) (*Private[Recovery], error) {
	e, codes, err := h.Staff.ConfirmFactor(ctx, presenceOf(ctx).staff, in.Body.Code)
	if err != nil {
		return nil, err
	}
	p := private(Recovery{e.Session.Stage, codes})
	p.SetCookie = h.staffCookie(e.Token)
	return p, nil
}

func (h *handler) renewRecovery(ctx context.Context, in *KeyedCodeIn) (*Private[Recovery], error) {
	p := presenceOf(ctx).staff
	codes, err := h.Staff.RenewRecoveryCodes(ctx, p, in.Body.Code)
	if err != nil {
		return nil, err
	}
	return private(Recovery{p.Session.Stage, codes}), nil
}

// StaffSessionPage lists where somebody is signed in.
type StaffSessionPage struct {
	Items []StaffSession `json:"items" doc:"最近用过的在前"`
}

// StaffSession is one sign-in of staff.
type StaffSession struct {
	ID        string    `json:"id" doc:"编号"`
	Address   string    `json:"address" doc:"登录时的 IP 地址"`
	Agent     string    `json:"agent" doc:"浏览器自报的名称"`
	CreatedAt time.Time `json:"created_at" doc:"何时登录"`
	SeenAt    time.Time `json:"seen_at" doc:"最近何时操作，精确到分钟"`
	Current   bool      `json:"current" doc:"是不是现在这个"`
}

func (h *handler) mySessions(ctx context.Context, _ *struct{}) (*Private[StaffSessionPage], error) {
	return h.sessionsOf(ctx, by(ctx).ID)
}

func (h *handler) sessionsOf(ctx context.Context, staffID string) (*Private[StaffSessionPage], error) {
	list, err := h.Staff.Sessions(ctx, by(ctx), staffID)
	if err != nil {
		return nil, err
	}
	return private(StaffSessionPage{converted(list, func(v model.StaffSession) StaffSession {
		return StaffSession{v.ID, v.Address, v.Agent, v.CreatedAt, v.SeenAt, v.ID == by(ctx).Session}
	})}), nil
}

func (h *handler) endMySession(ctx context.Context, in *OfID) (*Done, error) {
	return done(), h.Staff.EndSession(ctx, by(ctx), by(ctx).ID, in.ID)
}
