package handler

import (
	"context"
	"net/http"
	"reflect"

	"github.com/danielgtaylor/huma/v2"
	"github.com/labstack/echo/v4"

	"yuandu/model"
	"yuandu/service/file"
)

// pathLetterFiles is where residents hand in what they enclose with a letter.
const pathLetterFiles = "/api/v1/me/letter-files"

func (h *handler) letterFileRoutes(e *echo.Echo, api huma.API) {
	ours := func(ctx context.Context) model.Actor { return who(ctx).Actor }
	hand := func(path string, d door, actor actor, summary string) {
		e.POST(path, func(c echo.Context) error { return h.takeIn(c, h.File.ReceiveEnclosure, h.addEnclosure(actor)) })
		h.guard("POST", path, d)
		describeUpload(api, path, summary, reflect.TypeFor[HandedIn](), d)
	}
	open := func(path string, d door, actor actor) {
		e.GET(path+"/:id", h.getEnclosure(actor, h.File.OpenKept))
		h.guard("GET", path+"/{id}", d)
		e.GET(path+"/:id/small", h.getEnclosure(actor, h.File.OpenSmall))
		h.guard("GET", path+"/{id}/small", d)
	}
	hand(pathLetterFiles, resident, ours, "交来信里的一张图片或一个文件，请求体就是它的内容")
	open(pathLetterFiles, resident, ours)
	act(h, api, "DELETE", pathLetterFiles+"/{id}", resident, "拿掉还没有寄出的图片或文件", h.dropEnclosure(ours))
	hand(pathLetterFilesOfStaff, may(model.ActEnterLetters), by, "录入来信：交来一张图片或一个文件，请求体就是它的内容")
	open(pathLetterFilesOfStaff, may(model.ActOpenLetters), by)
	act(h, api, "DELETE", pathLetterFilesOfStaff+"/{id}", may(model.ActEnterLetters), "录入来信：拿掉还没有录入的图片或文件", h.dropEnclosure(by))
}

// actor tells who acts by an address.
type actor func(context.Context) model.Actor

// pathLetterFilesOfStaff is where staff hand in what came on paper, and open what came.
const pathLetterFilesOfStaff = "/admin/v1/letter-files"

func (h *handler) addEnclosure(actor actor) func(echo.Context, string, *file.Arrived) error {
	return func(c echo.Context, name string, arrived *file.Arrived) error {
		ctx := c.Request().Context()
		f, err := h.File.Add(ctx, actor(ctx), name, arrived)
		if err != nil {
			return err
		}
		enclosed := model.LetterFile{FileID: f.FileID, Name: f.Name, MediaType: f.MediaType, Size: f.Size}
		if err := h.Letters.HandIn(ctx, actor(ctx), enclosed); err != nil {
			return err
		}
		c.Response().Header().Set(echo.HeaderCacheControl, "no-store")
		return c.JSON(http.StatusCreated, handedIn(f))
	}
}

func (h *handler) getEnclosure(actor actor, opened func(context.Context, string) (*file.Opened, error)) echo.HandlerFunc {
	return func(c echo.Context) error {
		ctx := c.Request().Context()
		if err := h.Letters.MayOpen(ctx, actor(ctx), c.Param("id")); err != nil {
			return err
		}
		f, err := opened(ctx, c.Param("id"))
		if err != nil {
			return err
		}
		c.Response().Header().Set(echo.HeaderCacheControl, "no-store")
		return stream(c, f)
	}
}

// EnclosureIn names a file that was handed in for a letter.
type EnclosureIn struct {
	Keyed
	ID string `path:"id" maxLength:"26" doc:"文件的编号"`
}

func (h *handler) dropEnclosure(actor actor) func(context.Context, *EnclosureIn) (*Done, error) {
	return func(ctx context.Context, in *EnclosureIn) (*Done, error) {
		return done(), h.Letters.LetGo(ctx, actor(ctx), in.ID)
	}
}
