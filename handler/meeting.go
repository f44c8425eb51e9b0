package handler

import (
	"context"

	"github.com/danielgtaylor/huma/v2"

	"yuandu/model"
	"yuandu/service/meeting"
)

func (h *handler) meetingRoutes(api huma.API) {
	get[MeetingColumnList](api, "/api/v1/meeting-columns", "meetings", "会议栏目", h.listMeetingColumns)
	get[MeetingPage](api, "/api/v1/meetings", "meetings", "会议，新的在前", h.listMeetings)
	get[Meeting](api, "/api/v1/meetings/{id}", "meetings", "一次会议和它的议题", h.getMeeting)
	get[AgendaItemPage](api, "/api/v1/agenda-items/{id}", "meetings", "一项议题和议定事项", h.getAgendaItem)
	get[Proof](api, "/api/v1/meetings/{id}/proof", "meetings", "会议公开内容的存证", h.getProof(model.KindMeeting))
	get[Comparison](api, "/api/v1/meetings/{id}/compare", "meetings", "会议公开内容的两版对照", h.getComparison(model.KindMeeting))

	deskRoutes[model.MeetingDraft](h, api, model.KindMeeting, "/admin/v1/meetings", "会议").begins(api)
	act(h, api, "GET", "/admin/v1/meetings/disclosures", may(model.ActReadDocuments), "开过了还没有公开的会议", h.listDisclosures)
	act(h, api, "POST", "/admin/v1/meetings/minutes", may(model.ActWriteDocuments), "读一份交来的 Word 会议纪要", h.readMinutes)
	act(h, api, "POST", "/admin/v1/meeting-columns", may(model.ActEditMeetingColumns), "增加会议栏目", h.addMeetingColumn)
	act(h, api, "PUT", "/admin/v1/meeting-columns/{id}", may(model.ActEditMeetingColumns), "修改会议栏目", h.changeMeetingColumn)
}

// MeetingColumn is where meetings of one sort stand.
type MeetingColumn struct {
	ID       string `json:"id" doc:"编号"`
	Version  int64  `json:"version" doc:"版本，修改时放在 If-Match 里"`
	Name     string `json:"name" doc:"名称"`
	Numbered bool   `json:"numbered" doc:"会议按次数编号，如第63次"`
	Position int    `json:"position" doc:"排在第几"`
	Retired  bool   `json:"retired" doc:"不再有新的会议，原有的照样公开"`
}

// MeetingColumnList are the columns in their order.
type MeetingColumnList struct {
	Items []MeetingColumnItem `json:"items" doc:"按顺序，停用的也在内"`
}

// MeetingColumnItem is a column with what it holds.
type MeetingColumnItem struct {
	MeetingColumn
	Years []int `json:"years" doc:"哪几年有公开的会议，新的在前；没有时为空"`
}

func meetingColumn(c model.MeetingColumn) MeetingColumn {
	return MeetingColumn{c.ID, c.Version, c.Name, c.Numbered, c.Position, c.Retired}
}

func (h *handler) listMeetingColumns(ctx context.Context, _ *Conditional) (*Rendered, error) {
	list, err := h.Meetings.Shelves(ctx)
	if err != nil {
		return nil, err
	}
	return render(MeetingColumnList{converted(list, func(s meeting.Shelf) MeetingColumnItem {
		return MeetingColumnItem{meetingColumn(s.MeetingColumn), append([]int{}, s.Years...)}
	})})
}

// MeetingsIn asks for meetings.
type MeetingsIn struct {
	Conditional
	Column string `query:"column" maxLength:"26" doc:"栏目编号；空着为全部"`
	Year   int    `query:"year" minimum:"0" maximum:"9999" doc:"哪一年开的；0 为全部"`
	Limit  int    `query:"limit" minimum:"1" maximum:"100" default:"20" doc:"每页条数"`
	Offset int    `query:"offset" minimum:"0" default:"0" doc:"跳过条数；与每页条数之和不超过 1000"`
}

// MeetingPage is a part of the list of meetings.
type MeetingPage struct {
	Items []MeetingItem `json:"items" doc:"这一页，新的在前"`
	Total int           `json:"total" doc:"一共多少次会议"`
}

// MeetingItem is a meeting in a list, with what it deals with.
type MeetingItem struct {
	ID        string             `json:"id" doc:"编号"`
	Title     string             `json:"title" doc:"会议名称"`
	Column    Ref                `json:"column" doc:"栏目"`
	Session   string             `json:"session" doc:"第几届第几次，不计次的为空"`
	Day       model.Day          `json:"day" doc:"哪天开会"`
	Phase     model.MeetingPhase `json:"phase" enum:"announced,held,decided" doc:"announced 议程已公布，held 已召开待公开，decided 已公开议定事项"`
	PhaseName string             `json:"phase_name" doc:"进展的名称"`
	Items     []AgendaItem       `json:"items" doc:"公开的议题，按顺序"`
	Withheld  []string           `json:"withheld" doc:"不公开的议题各有什么法律依据；议题本身不公开"`
	Due       model.Day          `json:"due" doc:"还没有公开的议定事项最迟哪天公开（政府信息公开条例第二十六条）；都公开了时为空"`
	DueWhy    string             `json:"due_explanation" doc:"这一天是怎么算出来的"`
	Overdue   bool               `json:"overdue" doc:"过了这一天还没有公开"`
}

// AgendaItem is an item in a list.
type AgendaItem struct {
	ID          string `json:"id" doc:"编号"`
	Title       string `json:"title" doc:"议题"`
	Decided     bool   `json:"decided" doc:"公开了议定事项"`
	Responsible []Ref  `json:"responsible" doc:"责任单位"`
}

func agendaItem(i model.AgendaItem) AgendaItem {
	return AgendaItem{i.ID, i.Title, i.IsDecided(), departmentRefs(i.Responsible)}
}

func meetingItem(m meeting.Shown) MeetingItem {
	return MeetingItem{ID: m.ID, Title: m.Title, Column: Ref{m.Column.ID, m.Column.Name}, Session: m.Session(), Day: m.Day, Phase: m.Phase,
		PhaseName: m.PhaseName(), Due: m.Due.Day, DueWhy: m.Due.Why("开会"), Overdue: m.Overdue, Items: converted(m.Items, agendaItem), Withheld: append([]string{}, m.Withheld...)}
}

func (h *handler) listMeetings(ctx context.Context, in *MeetingsIn) (*Rendered, error) {
	page, err := h.Meetings.Meetings(ctx, meeting.Listing{Column: in.Column, Year: in.Year, Offset: in.Offset, Limit: in.Limit})
	if err != nil {
		return nil, err
	}
	return render(MeetingPage{converted(page.Items, meetingItem), page.Total})
}

// Meeting is a whole meeting.
type Meeting struct {
	MeetingItem
	Begins      string             `json:"begins" doc:"几点开始，不详时为空"`
	Place       string             `json:"place" doc:"地点，不详时为空"`
	Chair       string             `json:"chair" doc:"主持人，不详时为空"`
	Departments []Ref              `json:"departments" doc:"参会单位"`
	Guests      string             `json:"guests" doc:"列席人员，没有时为空"`
	Body        []Block            `json:"body" doc:"会议情况，按阅读顺序"`
	VideoURL    string             `json:"video_url" doc:"视频的网址，没有时为空"`
	Source      Source             `json:"source"`
	Attachments []Attachment       `json:"attachments" doc:"附件"`
	Agenda      []AgendaItemDetail `json:"agenda" doc:"公开的议题，全文"`
	Events      []EventItem        `json:"events" doc:"可以来列席这次会议的活动，先举行的在前"`
}

// AgendaItemDetail is a whole item, and the meeting that deals with it.
type AgendaItemDetail struct {
	AgendaItem
	Meeting     Ref          `json:"meeting" doc:"哪次会议"`
	Day         model.Day    `json:"day" doc:"哪天开会"`
	Reporters   []Ref        `json:"reporters" doc:"汇报单位"`
	Topics      []Ref        `json:"topics" doc:"民生专题"`
	Decision    string       `json:"decision" doc:"议定事项，还没有公开时为空"`
	Body        []Block      `json:"body" doc:"内容，按阅读顺序"`
	VideoURL    string       `json:"video_url" doc:"视频的网址，没有时为空"`
	Attachments []Attachment `json:"attachments" doc:"附件"`
}

// AgendaItemPage is a whole item within its meeting.
type AgendaItemPage struct {
	AgendaItemDetail
	Within MeetingItem `json:"within" doc:"它属于的会议，前后的议题也在其中"`
}

func agendaItemDetail(i model.AgendaItem, m *meeting.Shown) AgendaItemDetail {
	return AgendaItemDetail{AgendaItem: agendaItem(i), Meeting: Ref{m.ID, m.Title}, Day: m.Day, Reporters: departmentRefs(i.Reporters),
		Topics: topicRefs(i.Topics), Decision: i.Decision, Body: converted(i.Body, block), VideoURL: webAddress(i.VideoURL),
		Attachments: converted(i.Attachments, attachment)}
}

func (h *handler) getMeeting(ctx context.Context, in *ByID) (*Rendered, error) {
	m, err := h.Meetings.Meeting(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	open, err := h.Events.OfMeeting(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	return render(Meeting{MeetingItem: meetingItem(*m), Begins: m.Begins, Place: m.Place, Chair: m.Chair, Departments: departmentRefs(m.Departments),
		Guests: m.Guests, Body: converted(m.Body, block), VideoURL: webAddress(m.VideoURL), Source: Source{webAddress(m.SourceURL)},
		Attachments: converted(m.Attachments, attachment), Events: converted(open, eventItem),
		Agenda: converted(m.Items, func(i model.AgendaItem) AgendaItemDetail { return agendaItemDetail(i, m) })})
}

func (h *handler) getAgendaItem(ctx context.Context, in *ByID) (*Rendered, error) {
	i, err := h.Meetings.Item(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	return render(AgendaItemPage{agendaItemDetail(i.AgendaItem, &i.Meeting), meetingItem(i.Meeting)})
}
