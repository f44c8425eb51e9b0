package letter

import (
	"context"

	"yuandu/model"
	"yuandu/store"
)

// HandIn notes that a file is a resident's, or a staff's, for a letter still to be
// sent.
func (s *Service) HandIn(ctx context.Context, by model.Actor, f model.LetterFile) error {
	resident := ""
	if by.Kind == model.AResident {
		resident = by.ID
	}
	return s.store.InTx(ctx, func(tx *store.Tx) error {
		if resident != "" {
			if r, err := tx.Resident(ctx, resident); err != nil || r == nil {
				return model.ErrSignInNeeded
			}
			n, err := tx.LooseLetterFiles(ctx, resident)
			if err != nil {
				return err
			}
			if n >= 2*model.LetterFiles { // as many again for those that were taken out of the form
				return model.ErrLetterFile
			}
		}
		return tx.AddLetterFile(ctx, resident, f)
	})
}

// LetGo forgets a file that its author took out of the form.
func (s *Service) LetGo(ctx context.Context, by model.Actor, fileID string) error {
	return s.store.InTx(ctx, func(tx *store.Tx) error {
		if by.Kind == model.AStaff {
			if err := s.MayOpen(ctx, by, fileID); err != nil {
				return err
			}
			if err := s.mayOpenLoose(ctx, by, fileID); err != nil {
				return err
			}
			return tx.DropStaffLetterFile(ctx, by.ID, fileID)
		}
		return tx.DropLetterFile(ctx, by.ID, fileID)
	})
}

// mayOpenLoose lets staff see what they handed in themselves for a letter that is
// still to be entered.
func (s *Service) mayOpenLoose(ctx context.Context, by model.Actor, fileID string) error {
	own, err := s.store.HasLooseLetterFile(ctx, by.ID, fileID)
	if err == nil && !own {
		err = model.ErrLetterMissing
	}
	return err
}

// MayOpen says whether somebody may open a file: its author, and staff who may read
// the letter that it came with.
func (s *Service) MayOpen(ctx context.Context, by model.Actor, fileID string) error {
	letterID, residentID, err := s.store.LetterOfFile(ctx, fileID)
	switch {
	case err != nil:
		return err
	case by.Kind == model.AResident && by.ID != "" && by.ID == residentID:
		return nil
	case by.Kind == model.AStaff && letterID != "":
		_, err := s.Get(ctx, by, letterID)
		return err
	case by.Kind == model.AStaff:
		return s.mayOpenLoose(ctx, by, fileID)
	}
	return model.ErrLetterMissing
}
