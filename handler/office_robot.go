package handler

import (
	"context"
	"fmt"
	"net/url"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"yuandu/model"
	"yuandu/service/letter"
)

func (h *handler) robotRoutes(api huma.API) {
	set, one := may(model.ActSetRobots), "/admin/v1/robots/{department}"
	act(h, api, "GET", "/admin/v1/robots", set, "各部门接收来信晨报的群机器人", h.listRobots)
	act(h, api, "PUT", one, set, "设置部门的群机器人", h.setRobot)
	act(h, api, "DELETE", one, set, "不再向部门发晨报", h.dropRobot)
	act(h, api, "POST", one+"/trial", set, "试发一条来信晨报", h.tryRobot)
}

// RobotPage is how offices are told of their letters in the morning.
type RobotPage struct {
	At        string      `json:"at" doc:"每个工作日几点发，如 08:30；不发为空"`
	Year      int         `json:"year" doc:"往后两个月会到哪一年"`
	Announced bool        `json:"announced" doc:"那一年的放假安排录入了；没有录入时，按周一至周五发"`
	Items     []RobotItem `json:"items" doc:"您可以设置的部门"`
}

// RobotItem is how an office is told of its letters.
type RobotItem struct {
	Department Ref         `json:"department" doc:"哪个部门"`
	Set        bool        `json:"set" doc:"设置了群机器人"`
	Host       string      `json:"host" doc:"群机器人的主机，没有为空"`
	Tail       string      `json:"tail" doc:"密钥的末四位，用来认出是哪一个"`
	By         string      `json:"by" doc:"谁设置的"`
	At         *time.Time  `json:"at" doc:"何时设置的，没有为 null"`
	Last       *MorningOne `json:"last" doc:"最近一次晨报，没有为 null"`
}

// MorningOne is what became of an office's list of a morning.
type MorningOne struct {
	Day   model.Day  `json:"day" doc:"哪天的"`
	State string     `json:"state" enum:"waiting,sending,sent,unsure,failed" doc:"waiting 待发或者稍后再试，sending 正在发，sent 已发出，unsure 可能已发出，failed 没有发出"`
	Tries int        `json:"tries" doc:"试过几次"`
	Text  string     `json:"text" doc:"怎么样了，一句话"`
	At    *time.Time `json:"at" doc:"最近一次何时试的，还没有为 null"`
}

func (h *handler) listRobots(ctx context.Context, _ *struct{}) (*Private[RobotPage], error) {
	list, names, err := h.Mornings.RobotSettings(ctx, by(ctx))
	if err != nil {
		return nil, err
	}
	year, announced, err := h.Mornings.NextYearKnown(ctx)
	return private(RobotPage{clockTime(h.Mornings.At()), year, announced,
		converted(list, func(v letter.RobotSetting) RobotItem { return robotItem(&v, names) })}), err
}

// clockTime is a time of day, "" for never.
func clockTime(at time.Duration) string {
	if at < 0 {
		return ""
	}
	return fmt.Sprintf("%02d:%02d", int(at.Hours()), int(at.Minutes())%60)
}

func robotItem(v *letter.RobotSetting, names map[string]string) RobotItem {
	item := RobotItem{Department: Ref{v.Department.ID, v.Department.Name}}
	if r := v.Robot; r != nil {
		item.Set, item.By, item.At = true, names[r.SetBy], momentOr(r.SetAt)
		item.Host, item.Tail = robotMark(r.Address)
	}
	if m := v.Last; m != nil {
		item.Last = &MorningOne{m.Day, string(m.State), m.Tries, morningText(string(m.State), m.Reason, m.Code), momentOr(m.At)}
	}
	return item
}

// robotMark is what tells one robot from another, and lets nobody speak for it.
func robotMark(address string) (host, tail string) {
	to, err := url.Parse(address)
	if err != nil {
		return "", ""
	}
	key := to.Query().Get("key")
	if len(key) < 12 {
		return to.Host, ""
	}
	return to.Host, key[len(key)-4:]
}

func morningText(state, reason string, code int) string {
	switch state {
	case "sent":
		return say("morning.sent", nil)
	case "waiting", "sending":
		if reason == "" {
			return say("morning.waiting", nil)
		}
		return robotText(reason, code) + say("morning.again", nil)
	}
	return robotText(reason, code)
}

// robotText says why a robot was not heard, and what to do.
func robotText(reason string, code int) string {
	numbered := map[string]any{"code": code}
	switch reason {
	case letter.ReasonAddress:
		return say("robot.said_address", nil)
	case letter.ReasonKey:
		return say("robot.said_key", numbered)
	case letter.ReasonLater:
		return say("robot.said_later", numbered)
	case letter.ReasonUnreachable:
		return say("robot.said_unreachable", nil)
	case letter.ReasonUnsure:
		return say("robot.said_unsure", nil)
	}
	return say("robot.said_odd", numbered)
}

// OfficeRobotIn names the department of a robot.
type OfficeRobotIn struct {
	Keyed
	Department string `path:"department" maxLength:"26" doc:"哪个部门"`
}

// SetRobotIn is the address of a robot.
type SetRobotIn struct {
	OfficeRobotIn
	Body struct {
		Address string `json:"address" minLength:"1" maxLength:"500" doc:"群机器人的 Webhook 地址，含密钥；加密保存，不再显示"`
	}
}

func (h *handler) setRobot(ctx context.Context, in *SetRobotIn) (*Done, error) {
	return done(), h.Mornings.SetRobot(ctx, by(ctx), in.Department, in.Body.Address)
}

func (h *handler) dropRobot(ctx context.Context, in *OfficeRobotIn) (*Done, error) {
	return done(), h.Mornings.DropRobot(ctx, by(ctx), in.Department)
}

// RobotTrial is how a trial went.
type RobotTrial struct {
	Heard bool   `json:"heard" doc:"群里收到了"`
	Text  string `json:"text" doc:"企业微信怎么说，怎么办"`
}

func (h *handler) tryRobot(ctx context.Context, in *OfficeRobotIn) (*Private[RobotTrial], error) {
	reason, code, err := h.Mornings.Try(ctx, by(ctx), in.Department)
	switch {
	case err != nil:
		return nil, err
	case reason == "":
		return private(RobotTrial{true, say("morning.sent", nil)}), nil
	}
	return private(RobotTrial{false, robotText(reason, code)}), nil
}
