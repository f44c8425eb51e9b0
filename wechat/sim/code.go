package sim

import (
	"bytes"
	"crypto/sha256"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"math"
	"regexp"
	"strings"
	"time"
)

var (
	sceneShape = regexp.MustCompile(`^[0-9a-zA-Z!#$&'()*+,/:;=?@\-._~]+$`)
	queryShape = regexp.MustCompile(`^[0-9a-zA-Z!#$&'()*+,/:;=?@\-._~%]*$`)
	versions   = map[string]bool{"": true, "release": true, "trial": true, "develop": true}
)

// codeImage draws something that looks like a code and cannot be scanned.
func codeImage(c *call) answer {
	in := struct {
		Scene string `json:"scene"`
		Page  string `json:"page"`
		Check *bool  `json:"check_path"`
		Width int    `json:"width"`
		Clear bool   `json:"is_hyaline"`
		Env   string `json:"env_version"`
	}{}
	if !c.read(&in) {
		return fail(47001)
	}
	switch {
	case in.Scene == "" || len(in.Scene) > 32:
		return fail(40169)
	case !sceneShape.MatchString(in.Scene):
		return fail(40129)
	case !versions[in.Env] || in.Width != 0 && (in.Width < 280 || in.Width > 1280):
		return fail(40097)
	case strings.HasPrefix(in.Page, "/") || strings.Contains(in.Page, "?"):
		return fail(41030)
	case (in.Check == nil || *in.Check) && !c.sim.released(in.Page):
		return fail(41030)
	}
	if in.Width == 0 {
		in.Width = 430
	}
	raw, mime := draw(in.Scene+in.Page, in.Width, in.Clear)
	return answer{raw: raw, mime: mime}
}

// draw draws rays of dots from the bits of a hash.
func draw(seed string, width int, clear bool) (raw []byte, mime string) {
	sum := sha256.Sum256([]byte(seed))
	canvas := image.NewRGBA(image.Rect(0, 0, width, width))
	half := float64(width) / 2
	for y := range width {
		for x := range width {
			dx, dy := float64(x)-half, float64(y)-half
			ring, ray := int(math.Hypot(dx, dy)/half*12), int((math.Atan2(dy, dx)+math.Pi)/(2*math.Pi)*72)
			bit := (ring*72 + ray) * 7 % 256
			switch {
			case ring >= 4 && ring < 11 && sum[bit/8]>>(bit%8)&1 == 1:
				canvas.Set(x, y, color.Black)
			case !clear:
				canvas.Set(x, y, color.White)
			}
		}
	}
	b := &bytes.Buffer{}
	if clear {
		_ = png.Encode(b, canvas) // into memory
		return b.Bytes(), "image/png"
	}
	_ = jpeg.Encode(b, canvas, nil)
	return b.Bytes(), "image/jpeg"
}

// lasting is when a link or a scheme ends.
type lasting struct {
	Type     int   `json:"expire_type"`
	Time     int64 `json:"expire_time"`
	Interval int   `json:"expire_interval"`
}

func (l lasting) ok(now time.Time) bool {
	if l.Type == 1 {
		return l.Interval >= 1 && l.Interval <= 30
	}
	left := time.Unix(l.Time, 0).Sub(now)
	return left > time.Minute && left <= month
}

type target struct {
	Path    string `json:"path"`
	Query   string `json:"query"`
	Version string `json:"env_version"`
}

// wrong is the number of what is wrong with a target, or 0.
func (c *call) wrong(t target, l lasting) int {
	switch {
	case strings.Contains(t.Path, "?") || !c.sim.released(strings.TrimPrefix(t.Path, "/")):
		return 40165
	case len(t.Query) > 1024 || !queryShape.MatchString(t.Query):
		return 40212
	case !versions[t.Version]:
		return 85402
	case !l.ok(c.now):
		return 85401
	}
	return 0
}

func urlLink(c *call) answer {
	var in struct {
		target
		lasting
	}
	if !c.read(&in) {
		return fail(47001)
	}
	if code := c.wrong(in.target, in.lasting); code != 0 {
		return fail(code)
	}
	return good(map[string]any{"url_link": "https://wxaurl.cn/" + random(6)})
}

func urlScheme(c *call) answer {
	var in struct {
		lasting
		Target target `json:"jump_wxa"`
	}
	if !c.read(&in) {
		return fail(47001)
	}
	if code := c.wrong(in.Target, in.lasting); code != 0 {
		return fail(code)
	}
	return good(map[string]any{"openlink": "weixin://dl/business/?t=" + random(6)})
}
