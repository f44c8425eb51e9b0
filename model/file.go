package model

// The most that a file which is handed in may have, in bytes.
const (
	MaxFile  = 50 << 20
	MaxVideo = 200 << 20

	MaxEnclosure = 20 << 20 // of what comes with a letter
)

// FileWarning is something of a file that was handed in which its editor should
// know before it goes public.
type FileWarning string

// The warnings.
const (
	WarnScript     FileWarning = "script"      // a PDF that runs JavaScript
	WarnLaunch     FileWarning = "launch"      // a PDF that starts a program
	WarnEmbedded   FileWarning = "embedded"    // a PDF with other files in it
	WarnEncrypted  FileWarning = "encrypted"   // a PDF with a password, or with rights taken away
	WarnFirstFrame FileWarning = "first_frame" // of a moving picture the first one is kept
	WarnReduced    FileWarning = "reduced"     // a picture that was larger than a screen shows
	WarnPlaceGone  FileWarning = "place_gone"  // a video that told where it was taken, and no longer does
)

// Refusals of a file that is handed in.
var (
	ErrFileEmpty         = &Error{Invalid, "file.empty", "", nil}
	ErrFileTooLarge      = &Error{Invalid, "file.too_large", "", nil} // 413; limit: megabytes
	ErrFileCut           = &Error{Invalid, "file.cut", "", nil}
	ErrFileStalled       = &Error{Invalid, "file.stalled", "", nil} // 408
	ErrFileStorageAway   = &Error{Unavailable, "file.storage_away", "", nil}
	ErrFileType          = &Error{Invalid, "file.type", "", nil}
	ErrFileProgram       = &Error{Invalid, "file.program", "", nil} // or a page with scripts in it
	ErrFileArchive       = &Error{Invalid, "file.archive", "", nil}
	ErrFileOldOffice     = &Error{Invalid, "file.old_office", "", nil}
	ErrFileMacros        = &Error{Invalid, "file.macros", "", nil}
	ErrFileEncrypted     = &Error{Invalid, "file.encrypted", "", nil}
	ErrFileDamaged       = &Error{Invalid, "file.damaged", "", nil}
	ErrFileBomb          = &Error{Invalid, "file.bomb", "", nil}
	ErrFileTracked       = &Error{Invalid, "file.tracked", "", nil} // a video with a track of places
	ErrPicturePixels     = &Error{Invalid, "file.pixels", "", nil}  // limit: millions of pixels
	ErrPictureUnreadable = &Error{Invalid, "file.picture", "", nil}
)
