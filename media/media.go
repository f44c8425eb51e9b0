// Package media turns documents that come in, files or plain text, into what
// the service shows: structured text, outlines and pages.
package media
