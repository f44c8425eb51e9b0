package handler

import (
	"context"
	"time"

	"yuandu/model"
	"yuandu/service/city"
)

// City is what everybody may know of the city.
type City struct {
	SiteName       string      `json:"site_name" doc:"站点名称"`
	CityName       string      `json:"city_name" doc:"城市名称"`
	Mark           string      `json:"mark" doc:"标识字"`
	Phone          string      `json:"phone" doc:"服务电话"`
	FilingNumber   string      `json:"filing_number" doc:"ICP 备案号，没有时为空"`
	PoliceNumber   string      `json:"police_number" doc:"公安备案号，没有时为空"`
	Boards         []BoardItem `json:"boards" doc:"互动栏目"`
	PrivacyVersion int64       `json:"privacy_version" doc:"现行隐私政策的版本，还没有发布时为 0"`
	StandIn        bool        `json:"stand_in" doc:"演示站点：网页上可以扮演微信模拟器里的人登录（/sim/control/api/people）"`
}

// BoardItem is one of the ways in which residents speak to the government.
type BoardItem struct {
	Name string `json:"name" enum:"ask,opinion,disclosure,mayor" doc:"ask 我向政府问个事，opinion 我对政策提建议，disclosure 我找政府查个文，mayor 我和市长拉个呱"`
	Open bool   `json:"open" doc:"是否开放"`
	Note string `json:"note,omitempty" maxLength:"100" doc:"没有开放时的说明"`
}

func (h *handler) getCity(ctx context.Context, _ *Conditional) (*Rendered, error) {
	s, err := h.City.Settings(ctx)
	if err != nil {
		return nil, err
	}
	return render(City{SiteName: s.SiteName, CityName: s.CityName, Mark: s.Mark, Phone: s.Phone, FilingNumber: s.FilingNumber,
		PoliceNumber: s.PoliceNumber, Boards: converted(s.Boards, boardItem), PrivacyVersion: s.PrivacyVersion,
		StandIn: h.Simulator != nil})
}

func boardItem(b model.Board) BoardItem { return BoardItem(b) }

// Privacy is what residents are told about their data.
type Privacy struct {
	Version     int64     `json:"version" doc:"版本"`
	Text        string    `json:"text" doc:"全文，Markdown（标题、段落、列表）"`
	Summary     string    `json:"summary" doc:"这一版改了什么"`
	PublishedAt time.Time `json:"published_at" doc:"何时发布"`
}

func (h *handler) getPrivacy(ctx context.Context, _ *Conditional) (*Rendered, error) {
	text, err := h.City.Privacy(ctx)
	if err != nil {
		return nil, err
	}
	return render(Privacy(*text))
}

// SettingsBody is what a city says of itself.
type SettingsBody struct {
	CityName      string      `json:"city_name" maxLength:"20" doc:"城市名称，如 鸢都市"`
	SiteName      string      `json:"site_name" maxLength:"20" doc:"站点名称，如 鸢都政事"`
	Mark          string      `json:"mark" maxLength:"2" doc:"标识字，一到两个字"`
	Phone         string      `json:"phone" maxLength:"20" doc:"服务电话"`
	FilingNumber  string      `json:"filing_number" maxLength:"40" doc:"ICP 备案号，没有时为空"`
	PoliceNumber  string      `json:"police_number" maxLength:"40" doc:"公安备案号，没有时为空"`
	NumberPrefix  string      `json:"number_prefix" maxLength:"4" doc:"来信、申请编号的开头"`
	Boards        []BoardItem `json:"boards" maxItems:"10" doc:"互动栏目"`
	MeetingYellow int         `json:"meeting_yellow,omitempty" minimum:"1" maximum:"19" default:"5" doc:"会议待公开，到期前几个工作日起标黄提醒"`
}

func settingsBody(s *model.Settings) SettingsBody {
	return SettingsBody{s.CityName, s.SiteName, s.Mark, s.Phone, s.FilingNumber, s.PoliceNumber, s.NumberPrefix, converted(s.Boards, boardItem), s.MeetingYellow}
}

func (h *handler) getSettings(ctx context.Context, _ *struct{}) (*Private[SettingsBody], error) {
	s, err := h.City.Settings(ctx)
	if err != nil {
		return nil, err
	}
	return versioned(settingsBody(s), s.Version), nil
}

// SettingsIn replaces the settings.
type SettingsIn struct {
	Edit
	Body SettingsBody
}

func (h *handler) editSettings(ctx context.Context, in *SettingsIn) (*Private[SettingsBody], error) {
	version, err := in.version()
	if err != nil {
		return nil, err
	}
	b := in.Body
	s := &model.Settings{CityName: b.CityName, SiteName: b.SiteName, Mark: b.Mark, Phone: b.Phone, FilingNumber: b.FilingNumber,
		PoliceNumber: b.PoliceNumber, NumberPrefix: b.NumberPrefix, MeetingYellow: b.MeetingYellow, Version: version,
		Boards: converted(b.Boards, func(i BoardItem) model.Board { return model.Board(i) })}
	if err := h.City.Edit(ctx, by(ctx), s); err != nil {
		return nil, withCurrent(err, func() (SettingsBody, error) {
			now, err := h.City.Settings(ctx)
			if err != nil {
				return SettingsBody{}, err
			}
			return settingsBody(now), nil
		})
	}
	return versioned(settingsBody(s), s.Version), nil
}

// PrivacyPage lists the versions of the privacy text.
type PrivacyPage struct {
	Items []Privacy `json:"items" doc:"新的在前"`
}

func (h *handler) listPrivacy(ctx context.Context, _ *struct{}) (*Private[PrivacyPage], error) {
	list, err := h.City.PrivacyVersions(ctx)
	if err != nil {
		return nil, err
	}
	return private(PrivacyPage{converted(list, func(t model.PrivacyText) Privacy { return Privacy(t) })}), nil
}

// PrivacyIn publishes a privacy text.
type PrivacyIn struct {
	Keyed
	Body struct {
		Text    string `json:"text" maxLength:"40000" doc:"全文，100 到 30000 字"`
		Summary string `json:"summary" maxLength:"400" doc:"这一版改了什么，居民再次同意时会看到"`
	}
}

func (h *handler) publishPrivacy(ctx context.Context, in *PrivacyIn) (*Private[Privacy], error) {
	t, err := h.City.PublishPrivacy(ctx, by(ctx), in.Body.Text, in.Body.Summary)
	if err != nil {
		return nil, err
	}
	return private(Privacy(*t)), nil
}

// CalendarPage lists the years whose holidays are known.
type CalendarPage struct {
	Items   []CalendarYear `json:"items" doc:"新的在前"`
	Missing []int          `json:"missing" doc:"今年和明年里，还没有放假安排的年份"`
}

// CalendarYear is a year's holidays.
type CalendarYear struct {
	Year    int         `json:"year" minimum:"2000" maximum:"2200" doc:"年份"`
	Notices []string    `json:"notices" maxItems:"10" doc:"依据的通知"`
	Off     []OffDays   `json:"off" maxItems:"40" doc:"放假的日子"`
	Makeup  []model.Day `json:"makeup" maxItems:"40" doc:"调休上班的周末"`
	Loaded  bool        `json:"loaded,omitempty" doc:"由管理员录入，否则为系统自带"`
	Version int64       `json:"version,omitempty" doc:"版本；没有录入过为 0"`
}

// OffDays are the days of a holiday.
type OffDays struct {
	Name  string    `json:"name" maxLength:"20" doc:"节日"`
	First model.Day `json:"from" maxLength:"10" doc:"第一天"`
	Last  model.Day `json:"until" maxLength:"10" doc:"最后一天"`
}

func calendarYear(y city.Year) CalendarYear {
	return CalendarYear{y.Year, y.Notices, converted(y.Off, func(o model.Holiday) OffDays { return OffDays(o) }),
		append([]model.Day{}, y.Makeup...), y.Loaded, y.Version}
}

func (h *handler) getCalendar(ctx context.Context, _ *struct{}) (*Private[CalendarPage], error) {
	years, err := h.City.Years(ctx)
	if err != nil {
		return nil, err
	}
	missing, err := h.City.Missing(ctx, model.Today(h.Clock.Now()).Year())
	if err != nil {
		return nil, err
	}
	return private(CalendarPage{converted(years, calendarYear), missing}), nil
}

// CalendarIn loads the holidays of a year.
type CalendarIn struct {
	Edit
	Year int `path:"year" minimum:"2000" maximum:"2200" doc:"哪一年"`
	Body CalendarYear
}

func (h *handler) loadYear(ctx context.Context, in *CalendarIn) (*Private[CalendarYear], error) {
	version, err := in.version()
	if err != nil {
		return nil, err
	}
	y := model.HolidayYear{Year: in.Year, Notices: in.Body.Notices, Makeup: in.Body.Makeup,
		Off: converted(in.Body.Off, func(o OffDays) model.Holiday { return model.Holiday(o) })}
	loaded, err := h.City.LoadYear(ctx, by(ctx), version, y)
	if err != nil {
		return nil, withCurrent(err, func() (CalendarYear, error) { return h.yearNow(ctx, in.Year) })
	}
	return versioned(calendarYear(*loaded), loaded.Version), nil
}

func (h *handler) yearNow(ctx context.Context, year int) (CalendarYear, error) {
	years, err := h.City.Years(ctx)
	for _, y := range years {
		if y.Year == year {
			return calendarYear(y), nil
		}
	}
	return CalendarYear{}, err
}

// DeadlineIn asks for a day a number of working days on.
type DeadlineIn struct {
	From string `query:"from" required:"true" maxLength:"20" doc:"起算日，这一天不算"`
	Days int    `query:"days" required:"true" minimum:"1" maximum:"400" doc:"多少个工作日"`
}

// Deadline is a day a number of working days on, and why it is that day.
type Deadline struct {
	Day         model.Day     `json:"day" doc:"到期日"`
	Explanation string        `json:"explanation" doc:"为什么是这一天"`
	Skipped     []SkippedItem `json:"skipped" doc:"不算的日子"`
	Makeup      []model.Day   `json:"makeup" doc:"照算的调休上班日"`
	Unknown     []int         `json:"unknown" doc:"放假安排还没有公布、按周末推算的年份"`
}

// SkippedItem is a day that does not count.
type SkippedItem struct {
	Day model.Day `json:"day" doc:"日期"`
	Why string    `json:"why" doc:"为什么不算"`
}

func (h *handler) getDeadline(ctx context.Context, in *DeadlineIn) (*Private[Deadline], error) {
	from, err := model.ParseDay(in.From)
	if err != nil || from == "" {
		return nil, model.ErrBadDay.With("from", nil)
	}
	calendar, err := h.City.Calendar(ctx)
	if err != nil {
		return nil, err
	}
	d, err := calendar.AddWorkdays(from, in.Days)
	if err != nil {
		return nil, err
	}
	return private(Deadline{d.Day, d.Why("开始"), converted(d.Skipped, func(s model.SkippedDay) SkippedItem { return SkippedItem(s) }),
		append([]model.Day{}, d.Makeup...), append([]int{}, d.Unknown...)}), nil
}
