package handler

// consolePolicy lets the console's own script run, and nothing else; Element
// Plus sets styles on elements.
const consolePolicy = "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; " +
	"object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'"

// console is the built console.
func (h *handler) console() *built { return &built{files: h.Console, policy: consolePolicy} }
