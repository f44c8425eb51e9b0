package handler

import (
	"context"
	"errors"
	"mime"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"yuandu/model"
	"yuandu/service/voice"
)

// VoiceRef says that a document can be heard.
type VoiceRef struct {
	Of      string `json:"of" doc:"听哪一份：/api/v1/voices?of="`
	Seconds int    `json:"seconds" doc:"多长，秒"`
	Size    int64  `json:"size" doc:"MP3 多大，字节"`
}

// VoiceDetail is the voice of a document.
type VoiceDetail struct {
	Of      string            `json:"of" doc:"哪一份，如 policy:编号"`
	Title   string            `json:"title" doc:"标题"`
	Seconds int               `json:"seconds" doc:"多长，秒"`
	Size    int64             `json:"size" doc:"MP3 多大，字节"`
	URL     string            `json:"url" doc:"MP3 的地址，可以只取一段（Range）；文字变了地址就变"`
	Engine  string            `json:"engine" doc:"由哪个引擎合成：espeak-ng、tencent、aliyun、azure"`
	MadeAt  time.Time         `json:"made_at" doc:"何时合成"`
	Marks   []model.VoiceMark `json:"marks" doc:"每一句从何时读到何时，在文中哪里，按先后"`
}

// VoiceIn names a document.
type VoiceIn struct {
	Conditional
	Of string `query:"of" required:"true" maxLength:"120" pattern:"^[a-z_]+:[0-9A-Za-z_-]+$" doc:"哪一份：policy:编号、interpretation:编号 或 gazette_piece:编号"`
}

func (h *handler) getVoice(ctx context.Context, in *VoiceIn) (*Rendered, error) {
	v, err := h.Voices.Hear(ctx, in.Of)
	if err != nil {
		return nil, err
	}
	engine, _, _ := strings.Cut(v.Engine, "/")
	return render(VoiceDetail{Of: in.Of, Title: v.Title, Seconds: int(v.Length.Seconds()), Size: v.Size, URL: soundURL(&v.Voice), Engine: engine,
		MadeAt: v.MadeAt, Marks: v.Marks})
}

func voiceName(v *model.Voice) string { return string(v.Kind) + ":" + v.ID }

func soundURL(v *model.Voice) string {
	return pathVoices + "/" + string(v.Kind) + "/" + v.ID + "/" + v.Key + soundEnding
}

const (
	pathVoices  = "/api/v1/voices"
	soundEnding = ".mp3"
)

// voiceRef is the voice of a public document, nil where it has none now.
func (h *handler) voiceRef(ctx context.Context, kind model.Kind, id string) (*VoiceRef, error) {
	v, err := h.Voices.Of(ctx, kind, id)
	if err != nil || v == nil {
		return nil, err
	}
	return &VoiceRef{voiceName(v), int(v.Length.Seconds()), v.Size}, nil
}

// getSound streams the MP3 of a public document.
func (h *handler) getSound(c echo.Context) error {
	key, ok := strings.CutSuffix(c.Param("file"), soundEnding)
	if !ok {
		return echo.ErrNotFound
	}
	sound, err := h.Voices.Open(c.Request().Context(), model.Kind(c.Param("kind")), c.Param("id"), key)
	if err != nil {
		return err
	}
	defer sound.Close()
	head := c.Response().Header()
	head.Set(echo.HeaderContentType, "audio/mpeg")
	head.Set(echo.HeaderContentDisposition, mime.FormatMediaType("inline", map[string]string{"filename": key + soundEnding}))
	head.Set("ETag", `"`+key+`"`)
	return serveContent(c, sound.ModTime(), sound)
}

// VoicePage is how voices stand.
type VoicePage struct {
	Engine  string      `json:"engine" doc:"朗读引擎和它的音色，没有为空"`
	Why     string      `json:"why" doc:"为什么没有语音：没有引擎时说原因，引擎好用时为空"`
	Since   model.Day   `json:"since" doc:"只为这一天以后发布的文件生成，空则全部"`
	Resting bool        `json:"resting" doc:"引擎刚才没有应答，过几分钟再试"`
	Counts  VoiceCounts `json:"counts" doc:"各有多少份"`
	Items   []VoiceItem `json:"items" doc:"不顺利的在前，然后是最近的"`
	Total   int         `json:"total" doc:"符合条件的一共多少份"`
	MayMake bool        `json:"may_make" doc:"您能不能让一份重新生成"`
}

// VoiceCounts counts documents by how their voices stand.
type VoiceCounts struct {
	Made    int `json:"made" doc:"已生成"`
	Waiting int `json:"waiting" doc:"等待生成"`
	Failing int `json:"failing" doc:"没有成功，还会再试"`
	Silent  int `json:"silent" doc:"没有可读的文字，或早于开始的日子"`
}

// VoiceItem is how the voice of one document stands.
type VoiceItem struct {
	Kind    model.Kind       `json:"kind" enum:"policy,interpretation,gazette_piece" doc:"政策、解读或公报的篇目"`
	ID      string           `json:"id" doc:"编号"`
	Title   string           `json:"title" doc:"标题"`
	State   model.VoiceState `json:"state" enum:"made,waiting,failing,silent" doc:"已生成、等待、没有成功、不读"`
	Engine  string           `json:"engine" doc:"现有的由哪个引擎合成"`
	Seconds int              `json:"seconds" doc:"现有的多长，秒，没有为 0"`
	Size    int64            `json:"size" doc:"现有的多大，字节"`
	MadeAt  *time.Time       `json:"made_at" doc:"现有的何时合成，没有为空"`
	Done    int              `json:"done" doc:"正在生成的：做好几段"`
	Total   int              `json:"total" doc:"一共几段，还没有开始为 0"`
	Tries   int              `json:"tries" doc:"没有成功几次"`
	Problem string           `json:"problem" doc:"上次为什么没有成功，没有为空"`
	NextAt  *time.Time       `json:"next_at" doc:"何时再试，没有为空"`
}

// VoiceListIn narrows the list.
type VoiceListIn struct {
	State  model.VoiceState `query:"state" enum:"made,waiting,failing,silent" doc:"只看一种"`
	Text   string           `query:"q" maxLength:"60" doc:"标题里的字"`
	Offset int              `query:"offset" minimum:"0" maximum:"100000" doc:"从第几份起"`
	Limit  int              `query:"limit" minimum:"1" maximum:"100" default:"20" doc:"最多几份"`
}

func (h *handler) listVoices(ctx context.Context, in *VoiceListIn) (*Private[VoicePage], error) {
	st, err := h.Voices.Standing(ctx, by(ctx))
	if err != nil {
		return nil, err
	}
	list, total, err := h.Voices.List(ctx, by(ctx), voice.Filter{State: in.State, Text: strings.TrimSpace(in.Text), Offset: in.Offset, Limit: in.Limit})
	p := VoicePage{Engine: st.Engine, Since: st.Since, Resting: st.Resting, Items: converted(list, voiceItem), Total: total, MayMake: by(ctx).May(model.ActMakeVoices),
		Counts: VoiceCounts{st.Counts[model.VoiceMade], st.Counts[model.VoiceWaiting], st.Counts[model.VoiceFailing], st.Counts[model.VoiceSilent]}}
	if st.Why != nil {
		p.Why = sentenceOf(st.Why)
	}
	return private(p), err
}

// sentenceOf is what is said of a refusal of ours.
func sentenceOf(err error) string {
	var ours *model.Error
	if !errors.As(err, &ours) {
		return say("problem.fault", nil)
	}
	return say(ours.Code, ours.Args)
}

func voiceItem(l voice.Line) VoiceItem {
	i := VoiceItem{Kind: l.Kind, ID: l.ID, Title: l.Title, State: l.State, Engine: l.Engine, Seconds: int(l.Length.Seconds()), Size: l.Size,
		Done: l.Done, Total: l.Total, Tries: l.Attempts, MadeAt: unlessZero(l.MadeAt), NextAt: unlessZero(l.NextAt)}
	if l.Problem != "" {
		i.Problem = say("voice.problem."+l.Problem, nil)
	}
	return i
}

// VoiceAnewIn names a document whose voice is made anew.
type VoiceAnewIn struct {
	Keyed
	Kind model.Kind `path:"kind" enum:"policy,interpretation,gazette_piece" doc:"政策、解读或公报的篇目"`
	ID   string     `path:"id" maxLength:"64" doc:"编号"`
}

func (h *handler) makeVoiceAnew(ctx context.Context, in *VoiceAnewIn) (*Done, error) {
	return done(), h.Voices.MakeAnew(ctx, by(ctx), in.Kind, in.ID)
}
