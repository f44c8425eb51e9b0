package pages

func openOFD(q question, s *sandbox) (printed, error) { return nil, ErrNotPages }
