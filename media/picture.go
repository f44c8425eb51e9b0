package media

import (
	"bytes"
	"context"
	"image"
	"image/draw"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"
	"time"

	"github.com/bep/imagemeta"
	"golang.org/x/image/bmp"
	"golang.org/x/image/tiff"
	"golang.org/x/image/webp"

	"yuandu/model"
)

// What a picture may be, and becomes.
const (
	pictureMaxPixels = 50_000_000 // looked at before a pixel is read
	pictureLongest   = 4096       // of the longer side, in pixels
	pictureQuality   = 85         // of JPEG
	pictureHeavy     = 8 << 20    // bytes as PNG, from where JPEG is better
	pictureQuick     = 4_000_000  // pixels, from where a smaller PNG would take half a minute
	pictureTime      = time.Minute
	pictureSmall     = 320 // of the longer side of what lists show
	pictureSketch    = 72  // quality of that
)

// pictureFormat is how a format is read.
type pictureFormat struct {
	config func(io.Reader) (image.Config, error)
	decode func(io.Reader) (image.Image, error)
	notes  imagemeta.ImageFormat // in which the way of holding the camera stands
}

var pictureFormats = map[*FileType]pictureFormat{
	PNG:  {png.DecodeConfig, png.Decode, imagemeta.PNG},
	JPEG: {jpeg.DecodeConfig, jpeg.Decode, imagemeta.JPEG},
	GIF:  {gif.DecodeConfig, gif.Decode, 0},
	WebP: {webp.DecodeConfig, webp.Decode, imagemeta.WebP},
	BMP:  {bmp.DecodeConfig, bmp.Decode, 0},
	TIFF: {tiff.DecodeConfig, tiff.Decode, imagemeta.TIFF},
}

// Redrawn is a picture made anew.
type Redrawn struct {
	Type     *FileType // PNG or JPEG
	Content  []byte
	Small    []byte // as JPEG, for lists; nil where the picture is that small itself
	Warnings []model.FileWarning
}

// Redraw makes a picture anew from its pixels alone: where, when and with what it
// was taken, and whatever else hung on it, is not in it any more. It stands
// upright, and is no larger than screens show. A picture of fifty million pixels
// takes some seconds and up to half a gigabyte: one at a time is enough.
func Redraw(ctx context.Context, file io.ReaderAt, size int64, t *FileType) (*Redrawn, error) {
	within, cancel := context.WithTimeout(ctx, pictureTime)
	defer cancel()
	f := pictureFormats[t]
	source := func() io.ReadSeeker { return io.NewSectionReader(timely{within, file}, 0, size) }
	pixels, err := f.read(source)
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	if err != nil {
		return nil, err
	}
	r := &Redrawn{}
	if moves(source(), t) {
		r.Warnings = append(r.Warnings, model.WarnFirstFrame)
	}
	small := shrunk(pixels, pictureLongest)
	if small != pixels {
		r.Warnings = append(r.Warnings, model.WarnReduced)
	}
	upright := turned(small, orientation(source(), f.notes))
	if err := r.sketch(upright); err != nil {
		return nil, err
	}
	return r, r.write(upright, t)
}

// sketch makes the picture for lists, on white where it is transparent.
func (r *Redrawn) sketch(pixels image.Image) error {
	little := shrunk(pixels, pictureSmall)
	if little == pixels {
		return nil
	}
	on := image.NewRGBA(image.Rectangle{Max: little.Bounds().Size()})
	draw.Draw(on, on.Rect, image.White, image.Point{}, draw.Src)
	draw.Draw(on, on.Rect, little, little.Bounds().Min, draw.Over)
	var b bytes.Buffer
	err := jpeg.Encode(&b, on, &jpeg.Options{Quality: pictureSketch})
	r.Small = b.Bytes()
	return err
}

// read reads the pixels, once it is known how many there are.
func (f pictureFormat) read(source func() io.ReadSeeker) (image.Image, error) {
	c, err := f.config(source())
	switch {
	case err != nil || c.Width < 1 || c.Height < 1:
		return nil, model.ErrPictureUnreadable
	case c.Width > pictureMaxPixels/c.Height:
		return nil, model.ErrPicturePixels.With("", map[string]any{"limit": pictureMaxPixels / 1_000_000})
	}
	pixels, err := f.decode(source())
	if err != nil {
		return nil, model.ErrPictureUnreadable
	}
	return pixels, nil
}

// timely reads a file until the time is over: a small picture can keep its
// decoder busy for hours.
type timely struct {
	ctx context.Context
	io.ReaderAt
}

func (t timely) ReadAt(p []byte, at int64) (int, error) {
	if err := t.ctx.Err(); err != nil {
		return 0, err
	}
	return t.ReaderAt.ReadAt(p, at)
}

// write writes photographs as JPEG and all else as PNG, which keeps every pixel
// and the palette; what would be heavy as PNG is a photograph.
func (r *Redrawn) write(pixels image.Image, from *FileType) error {
	_, lossy := pixels.(*image.YCbCr)
	if from == JPEG || lossy {
		return r.writeJPEG(pixels)
	}
	var b bytes.Buffer
	e := png.Encoder{}
	if size := pixels.Bounds().Size(); size.X*size.Y > pictureQuick {
		e.CompressionLevel = png.BestSpeed
	}
	if err := e.Encode(&b, pixels); err != nil {
		return err
	}
	r.Type, r.Content = PNG, b.Bytes()
	if o, ok := pixels.(interface{ Opaque() bool }); b.Len() > pictureHeavy && from != PNG && ok && o.Opaque() {
		return r.writeJPEG(pixels)
	}
	return nil
}

func (r *Redrawn) writeJPEG(pixels image.Image) error {
	var b bytes.Buffer
	if err := jpeg.Encode(&b, pixels, &jpeg.Options{Quality: pictureQuality}); err != nil {
		return err
	}
	r.Type, r.Content = JPEG, b.Bytes()
	return nil
}
