// Package code draws the mini program codes that are printed beside documents: a
// scan opens the document in WeChat.
package code

import (
	"context"

	"yuandu/model"
	"yuandu/store"
	"yuandu/wechat"
)

// Drawer draws codes: WeChat.
type Drawer interface {
	CodeImage(ctx context.Context, c wechat.Code) ([]byte, error)
}

// Service draws codes.
type Service struct {
	store  *store.Store
	drawer Drawer
}

// New makes the service.
func New(s *store.Store, drawer Drawer) *Service { return &Service{s, drawer} }

// printed is how wide a code is, in pixels: 5 cm on paper at 400 dots an inch.
const printed = 800

// Policy draws the code of a public policy, as PNG. The mini program reads its
// scene in miniprogram/src/platform/landing.ts.
func (s *Service) Policy(ctx context.Context, id string) ([]byte, error) {
	p, err := s.store.Policy(ctx, id)
	if err != nil {
		return nil, err
	}
	if p == nil {
		return nil, model.ErrPolicyMissing
	}
	return s.drawer.CodeImage(ctx, wechat.Code{Scene: "p=" + p.ID, Page: "packages/policy/policy", Width: printed, Clear: true})
}
