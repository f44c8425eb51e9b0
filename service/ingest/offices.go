package ingest

import (
	"context"

	"yuandu/model"
	"yuandu/store"
)

// offices are the departments by every name they go by, as one import knows
// them.
type offices map[string]model.Department

func officesOf(all []model.Department) offices {
	known := make(offices, len(all))
	for _, names := range []func(model.Department) []string{
		func(d model.Department) []string { return d.Aliases },
		func(d model.Department) []string { return []string{d.ShortName} },
		func(d model.Department) []string { return []string{d.Name} }, // full names win
	} {
		for _, d := range all {
			for _, n := range names(d) {
				if n != "" {
					known[n] = d
				}
			}
		}
	}
	return known
}

func learnOffices(ctx context.Context, tx *store.Tx) (offices, error) {
	all, err := tx.AllDepartments(ctx)
	if err != nil {
		return nil, err
	}
	return officesOf(all), nil
}

// departments finds offices by any of their names and makes those that are new.
func (in *bringing) departments(ctx context.Context, tx *store.Tx, names []string) (list []model.Department, err error) {
	if in.known == nil {
		if in.known, err = learnOffices(ctx, tx); err != nil {
			return nil, err
		}
	}
	for _, name := range names {
		d, known := in.known[name]
		if !known {
			d = model.Department{Name: name, Position: len(in.known)}
			if err := tx.SaveDepartment(ctx, &d); err != nil {
				return nil, err
			}
			in.known[name] = d
		}
		list = append(list, d)
	}
	return list, nil
}

// Office is a department as a list of offices names it.
type Office struct {
	Name      string   `json:"name"`
	ShortName string   `json:"short_name"`
	Aliases   []string `json:"aliases"`
	Parent    string   `json:"parent"` // by name
}

// Departments keeps offices as a tree; parents come first. Those that are there
// by name stay as they are.
func (s *Service) Departments(ctx context.Context, list []Office) error {
	return s.store.InTx(ctx, func(tx *store.Tx) error {
		known, err := learnOffices(ctx, tx)
		if err != nil {
			return err
		}
		for i, o := range list {
			if _, there := known[o.Name]; there {
				continue
			}
			d := model.Department{Name: o.Name, ShortName: o.ShortName, Aliases: o.Aliases, Position: i + 1}
			d.ParentID = known[o.Parent].ID
			if err := tx.SaveDepartment(ctx, &d); err != nil {
				return err
			}
			known[o.Name] = d
		}
		return nil
	})
}
