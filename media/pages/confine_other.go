//go:build !linux

package pages

// confine does nothing where processes cannot be kept small; PDFium's own
// memory is limited everywhere.
func confine(_ *Limits, _ int64) error { return nil }
