package handler

import (
	"context"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"os"
	"reflect"
	"strconv"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/labstack/echo/v4"

	"yuandu/model"
	"yuandu/service/file"
	"yuandu/service/once"
)

// pathFiles is where editors hand in files. Its requests are told apart by the
// hash of what came: a body of 200 MB is not kept in memory for that.
const pathFiles = "/admin/v1/files"

// HandedIn is a file that was handed in and is kept.
type HandedIn struct {
	ID        string            `json:"id" doc:"编号，写进草稿的附件或图片"`
	Name      string            `json:"name" doc:"文件名，整理过，后缀与内容一致"`
	MediaType string            `json:"media_type" doc:"按内容认出的类型"`
	Size      int64             `json:"size" doc:"字节数"`
	SM3       string            `json:"sm3" doc:"保存下来的内容的杂凑值"`
	Pages     int               `json:"pages,omitempty" doc:"页数，认不出时没有"`
	Warnings  []HandedInWarning `json:"warnings" doc:"公开以前值得看一眼的地方"`
}

// HandedInWarning is something of a file that its editor should know.
type HandedInWarning struct {
	Code    model.FileWarning `json:"code" doc:"供程序判断的代码"`
	Message string            `json:"message" doc:"说明"`
}

// describeUpload tells readers of the API of an address that takes in a file: a
// stream is none of huma's. more are the parameters beside its name.
func describeUpload(api huma.API, path, summary string, answer reflect.Type, d door, more ...*huma.Param) {
	schema := func(t reflect.Type) *huma.Schema { return api.OpenAPI().Components.Schemas.Schema(t, true, "") }
	response := func(description, kind string, s *huma.Schema) *huma.Response {
		return &huma.Response{Description: description, Content: map[string]*huma.MediaType{kind: {Schema: s}}}
	}
	text := &huma.Schema{Type: huma.TypeString}
	o := &huma.Operation{Method: http.MethodPost, Path: path, OperationID: operationID(http.MethodPost, path),
		Tags: []string{tagOf(path)}, Summary: summary,
		Parameters: append([]*huma.Param{
			{Name: "name", In: "query", Required: true, Description: "文件名", Schema: text},
			{Name: "Idempotency-Key", In: "header", Required: true, Description: "这次上传的编号，重试时不变", Schema: text}}, more...),
		RequestBody: &huma.RequestBody{Required: true, Content: map[string]*huma.MediaType{
			echo.MIMEOctetStream: {Schema: &huma.Schema{Type: huma.TypeString, Format: "binary"}},
			echo.MIMEMultipartForm: {Schema: &huma.Schema{Type: huma.TypeObject, Required: []string{"file"},
				Properties: map[string]*huma.Schema{"file": {Type: huma.TypeString, Format: "binary"}}}}}},
		Responses: map[string]*huma.Response{"201": response("Created", echo.MIMEApplicationJSON, schema(answer))}}
	for _, status := range append(errorsOf(http.MethodPost, path, d), http.StatusRequestEntityTooLarge, http.StatusInternalServerError) {
		o.Responses[strconv.Itoa(status)] = response(http.StatusText(status), "application/problem+json", schema(reflect.TypeFor[Problem]()))
	}
	api.OpenAPI().AddOperation(o)
}

// upload takes in a file of a document.
func (h *handler) upload(c echo.Context) error { return h.takeIn(c, h.File.Receive, h.addFile) }

// takeIn takes in a file: the body is its bytes, the rest stands in the address.
// The same bytes under the same address and key are one file.
func (h *handler) takeIn(c echo.Context, receive func(io.Reader, int64) (*file.Arrived, error),
	add func(echo.Context, string, *file.Arrived) error) error {
	r := c.Request()
	key, err := requestKeyOf(r)
	if err != nil {
		return err
	}
	patience := patient(c)
	content, declared, err := uploaded(r, patience)
	if err != nil {
		return err
	}
	arrived, err := receive(content, declared)
	if err != nil {
		c.Response().Header().Set(echo.HeaderConnection, "close") // the rest of the body is not read
		return err
	}
	defer arrived.Close()
	patience.end()
	name := c.QueryParam("name")
	request := once.Name(presenceOf(r.Context()).scope, key, http.MethodPost+" "+r.URL.Path, []byte(arrived.SM3+" "+c.QueryParams().Encode()))
	return h.doOnce(c, request, func(c echo.Context) error { return add(c, name, arrived) })
}

// uploaded is the content of a file: the body itself, or the first file of a form, as
// WeChat sends it. declared is its size, -1 where nothing says it.
func uploaded(r *http.Request, body io.Reader) (content io.Reader, declared int64, err error) {
	kind, parameters, _ := mime.ParseMediaType(r.Header.Get(echo.HeaderContentType))
	if kind != echo.MIMEMultipartForm {
		return body, r.ContentLength, nil
	}
	form := multipart.NewReader(body, parameters["boundary"])
	for {
		part, err := form.NextPart()
		switch {
		case errors.Is(err, io.EOF):
			return nil, 0, model.ErrFileEmpty
		case errors.Is(err, os.ErrDeadlineExceeded):
			return nil, 0, model.ErrFileStalled
		case err != nil:
			return nil, 0, model.ErrFileCut
		case part.FileName() != "":
			return part, -1, nil
		}
	}
}

func (h *handler) addFile(c echo.Context, name string, arrived *file.Arrived) error {
	ctx := c.Request().Context()
	f, err := h.File.Add(ctx, by(ctx), name, arrived)
	if err != nil {
		return err
	}
	c.Response().Header().Set(echo.HeaderCacheControl, "no-store")
	return c.JSON(http.StatusCreated, handedIn(f))
}

func handedIn(f *file.Added) HandedIn {
	return HandedIn{ID: f.FileID, Name: f.Name, MediaType: f.MediaType, Size: f.Size, SM3: f.SM3, Pages: f.Pages,
		Warnings: converted(f.Warnings, warned)}
}

func warned(w model.FileWarning) HandedInWarning { return HandedInWarning{w, warning(w)} }

func warning(w model.FileWarning) string {
	switch w {
	case model.WarnScript:
		return say("file.warning.script", nil)
	case model.WarnLaunch:
		return say("file.warning.launch", nil)
	case model.WarnEmbedded:
		return say("file.warning.embedded", nil)
	case model.WarnEncrypted:
		return say("file.warning.encrypted", nil)
	case model.WarnFirstFrame:
		return say("file.warning.first_frame", nil)
	case model.WarnReduced:
		return say("file.warning.reduced", nil)
	case model.WarnPlaceGone:
		return say("file.warning.place_gone", nil)
	}
	return string(w)
}

// How long a file may take: silence between two pieces, all of it, and what the
// house does with it afterwards.
const (
	uploadSilence = 30 * time.Second
	uploadWhole   = time.Hour
	uploadAfter   = 10 * time.Minute
)

// patience reads a body for as long as something comes. The server's own limits
// are those of requests that fit into a moment.
type patience struct {
	io.Reader
	control *http.ResponseController
	until   time.Time
}

func patient(c echo.Context) *patience {
	return &patience{c.Request().Body, http.NewResponseController(c.Response()), time.Now().Add(uploadWhole)}
}

func (p *patience) Read(b []byte) (int, error) {
	next := time.Now().Add(uploadSilence)
	if next.After(p.until) {
		next = p.until
	}
	if err := p.limit(next); err != nil {
		return 0, err
	}
	return p.Reader.Read(b)
}

// limit sets when reading ends, and lets the answer still go out then.
func (p *patience) limit(read time.Time) error {
	if err := p.control.SetReadDeadline(read); err != nil {
		return err
	}
	return p.control.SetWriteDeadline(time.Now().Add(uploadAfter))
}

// end lets the house take its time: with a limit on reading left over, the server
// would take the silence after the body for a visitor who has left.
func (p *patience) end() { _ = p.limit(time.Time{}) }

// WordIn names a Word document that was handed in.
type WordIn struct {
	Keyed
	Body struct {
		FileID string `json:"file_id" minLength:"26" maxLength:"26" doc:"交来的文件的编号"`
	}
}

// WordRead is a Word document as an editor would have written it here.
type WordRead struct {
	Title    string          `json:"title" doc:"标题，没有时为空；不在正文里"`
	Passages []model.Passage `json:"passages" doc:"正文"`
	TopicIDs []string        `json:"topic_ids" doc:"按标题和正文推荐的专题，最合适的在前；由人选定"`
	Notes    []WordNote      `json:"notes" doc:"读的时候作了怎样的处理，略去了什么"`
}

// WordNote says what became of something that a document here cannot hold.
type WordNote struct {
	Code    string `json:"code" doc:"代码"`
	Count   int    `json:"count" doc:"有几处"`
	Message string `json:"message" doc:"说明"`
}

func (h *handler) readWord(ctx context.Context, in *WordIn) (*Private[WordRead], error) {
	d, err := h.File.ReadWord(ctx, by(ctx), in.Body.FileID)
	if err != nil {
		return nil, err
	}
	return private(WordRead{d.Title, d.Passages, someOf(d.Topics()), converted(d.Notes, wordNote)}), nil
}

func wordNote(n file.WordNote) WordNote {
	return WordNote{n.Code, n.Count, say(n.Code, map[string]any{"count": n.Count})}
}
