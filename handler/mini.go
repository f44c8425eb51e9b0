package handler

// miniPolicy lets the mini program's web build run its own script, and nothing
// else; its framework sets styles on elements, and its pages show pictures that
// they drew themselves.
const miniPolicy = "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; " +
	"media-src 'self'; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'"

// mini is the web build of the mini program.
func (h *handler) mini() *built { return &built{files: h.MiniProgram, policy: miniPolicy} }
