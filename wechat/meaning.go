package wechat

import (
	"errors"

	"yuandu/model"
)

// What people read. The sentences are in locale.
var (
	errAway        = &model.Error{Kind: model.Unavailable, Code: "wechat.away"}
	errBusy        = &model.Error{Kind: model.Unavailable, Code: "wechat.busy"}
	errQuota       = &model.Error{Kind: model.Unavailable, Code: "wechat.quota"}
	errToken       = &model.Error{Kind: model.Unavailable, Code: "wechat.token"}
	errUnknown     = &model.Error{Kind: model.Unavailable, Code: "wechat.unknown"}
	errAppWrong    = &model.Error{Kind: model.Unavailable, Code: "wechat.app_wrong"}
	errUnlisted    = &model.Error{Kind: model.Unavailable, Code: "wechat.address_unlisted"}
	errUnconfirmed = &model.Error{Kind: model.Unavailable, Code: "wechat.address_unconfirmed"}
	errForbidden   = &model.Error{Kind: model.Unavailable, Code: "wechat.app_unauthorized"}
	errSuspended   = &model.Error{Kind: model.Unavailable, Code: "wechat.app_suspended"}
	errUnreleased  = &model.Error{Kind: model.Unavailable, Code: "wechat.app_unreleased"}
	errBanned      = &model.Error{Kind: model.Unavailable, Code: "wechat.messages_banned"}
	errUnpaid      = &model.Error{Kind: model.Unavailable, Code: "wechat.phone_unpaid"}
	errPersonBusy  = &model.Error{Kind: model.Unavailable, Code: "wechat.person_busy"}

	errTooOften      = &model.Error{Kind: model.TooMany, Code: "wechat.too_often"}
	errCodeInvalid   = &model.Error{Kind: model.Invalid, Code: "wechat.code_invalid", Field: "code"}
	errCodeUsed      = &model.Error{Kind: model.Invalid, Code: "wechat.code_used", Field: "code"}
	errPhoneCode     = &model.Error{Kind: model.Invalid, Code: "wechat.phone_code_invalid", Field: "code"}
	errPersonBlocked = &model.Error{Kind: model.Forbidden, Code: "wechat.person_blocked"}
	errPersonUnknown = &model.Error{Kind: model.NotFound, Code: "wechat.person_unknown"}
	errPersonAway    = &model.Error{Kind: model.Conflict, Code: "wechat.person_away"}
	errNoCredit      = &model.Error{Kind: model.Conflict, Code: "wechat.no_credit"}
	errChecked       = &model.Error{Kind: model.Conflict, Code: "wechat.checked_before"}

	errTemplate      = &model.Error{Kind: model.Invalid, Code: "wechat.template_unknown", Field: "template"}
	errText          = &model.Error{Kind: model.Invalid, Code: "wechat.text_refused"}
	errField         = &model.Error{Kind: model.Invalid, Code: "wechat.field_malformed"}
	errPage          = &model.Error{Kind: model.Invalid, Code: "wechat.page_unknown", Field: "page"}
	errSceneUnusable = &model.Error{Kind: model.Invalid, Code: "wechat.scene_malformed", Field: "scene"}
)

// meaning is what a number says.
type meaning struct {
	about  About
	reason *model.Error
}

// everywhere holds the numbers that any call can answer.
var everywhere = map[int64]meaning{
	-1:    {AboutPassing, errBusy},
	40001: {AboutToken, errToken},
	40014: {AboutToken, errToken},
	42001: {AboutToken, errToken},
	41001: {AboutToken, errToken},
	40013: {AboutApp, errAppWrong},
	40125: {AboutApp, errAppWrong},
	40164: {AboutApp, errUnlisted},
	40003: {AboutPerson, errPersonUnknown},
	41030: {AboutPage, errPage},
	43002: {AboutField, errField},
	43104: {AboutApp, errAppWrong}, // the openid is of another app
	45009: {AboutQuota, errQuota},
	45011: {AboutPassing, errBusy},
	47001: {AboutField, errField},
	48001: {AboutApp, errForbidden},
	48004: {AboutApp, errSuspended},
	50002: {AboutApp, errSuspended},
}

// meanings holds the numbers that say something of their own in one call.
var meanings = map[API]map[int64]meaning{
	APISignIn: {
		40029: {AboutCode, errCodeInvalid},
		40163: {AboutCode, errCodeUsed}, // returned, not listed
		40226: {AboutPerson, errPersonBlocked},
		45011: {AboutPassing, errTooOften}, // 100 a minute a person
	},
	APIToken: {
		40001: {AboutApp, errAppWrong}, // here it is the secret
		40002: {AboutApp, errAppWrong},
		41002: {AboutApp, errAppWrong},
		41004: {AboutApp, errAppWrong},
		40243: {AboutApp, errSuspended},
		50004: {AboutApp, errSuspended},
		50007: {AboutApp, errSuspended},
		89503: {AboutApp, errUnconfirmed},
		89506: {AboutApp, errUnconfirmed},
		89507: {AboutApp, errUnconfirmed},
	},
	APISend: {
		40037: {AboutTemplate, errTemplate},
		43101: {AboutCredit, errNoCredit},
		43107: {AboutApp, errBanned}, // the app or the template: the number does not say which
		43108: {AboutPassing, errPersonBusy},
		45168: {AboutText, errText},
		47003: {AboutField, errField},
	},
	APIPhone: {
		40029:   {AboutCode, errPhoneCode}, // used and expired look the same
		1400001: {AboutQuota, errUnpaid},
	},
	APICheckText: {
		40129: {AboutField, errSceneUnusable},
		44002: {AboutField, errField.With("content", nil)},
		44991: {AboutPassing, errBusy},
		61010: {AboutPerson, errPersonAway},
	},
	APICheckMedia: {
		40004: {AboutField, errField.With("media", nil)},
		44991: {AboutPassing, errBusy},
		61010: {AboutPerson, errPersonAway},
		87020: {AboutPassing, errChecked},
	},
	APICodeImage: {
		40097: {AboutField, errField},
		40129: {AboutField, errSceneUnusable},
		40169: {AboutField, errSceneUnusable},
		85096: {AboutField, errSceneUnusable},
	},
	APILink: {
		40002: {AboutApp, errForbidden},
		40013: {AboutApp, errSuspended},
		40165: {AboutPage, errPage},
		40212: {AboutField, errField.With("query", nil)},
		44990: {AboutPassing, errBusy},
		44993: {AboutQuota, errQuota},
		85079: {AboutApp, errUnreleased},
		85401: {AboutField, errField.With("days", nil)},
		85402: {AboutField, errField.With("version", nil)},
		85406: {AboutQuota, errQuota},
		85407: {AboutApp, errForbidden},
		85408: {AboutApp, errSuspended},
	},
	APIQuota: {
		48006: {AboutQuota, errQuota},
		76003: {AboutField, errField.With("path", nil)},
		76021: {AboutField, errField.With("path", nil)},
		76022: {AboutField, errField.With("path", nil)}, // no quota to be read, as for /sns/
	},
}

// meant is what a number says in the answer to a call.
func meant(at API, number int64) meaning {
	if m, known := meanings[at][number]; known {
		return m
	}
	if m, known := everywhere[number]; known {
		return m
	}
	return meaning{AboutUnknown, errUnknown.With("", map[string]any{"code": number})}
}

// Meant is what a number says in the answer to a call, as people read it.
func Meant(at API, number int64) *model.Error { return meant(at, number).reason }

// isDeadToken says whether a new token may help.
func isDeadToken(err error) bool {
	var r *Refusal
	return errors.As(err, &r) && r.About == AboutToken
}
