package speech

import "yuandu/model"

// Why there is no voice. Their sentences are for staff.
var (
	ErrNoEngine  = &model.Error{Kind: model.Unavailable, Code: "speech.no_engine"}  // espeak-ng is not installed
	ErrNoEncoder = &model.Error{Kind: model.Unavailable, Code: "speech.no_encoder"} // the binary was built without it
	ErrSilent    = &model.Error{Kind: model.Invalid, Code: "speech.nothing_to_say"}
)
