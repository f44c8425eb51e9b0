package follow

import (
	"context"
	"time"

	"yuandu/model"
	"yuandu/store"
)

// Holdings are both lists, as the account exports and erases them.
func (s *Service) Holdings() (favourites, follows *store.Holding) {
	return &store.Holding{What: "erased.favourites", Holds: []string{"favourites"}, Give: s.exportFavourites, Clear: (*store.Tx).EraseFavourites},
		&store.Holding{What: "erased.follows", Holds: []string{"follows"}, Give: s.exportFollows, Clear: (*store.Tx).EraseFollows}
}

func (s *Service) exportFavourites(ctx context.Context, residentID string) (model.Section, error) {
	v := model.Section{Name: "favourites", Title: "export.favourites", Columns: []string{"export.kind", "export.title", "export.number", "export.kept"}}
	list, _, err := s.store.Favourites(ctx, residentID, store.FavouriteFilter{Limit: model.MostFavourites})
	for _, f := range list {
		kind, _ := model.KeptKindOf(f.Kind)
		v.Rows = append(v.Rows, []string{kind.Name, f.Title, f.DocNumber, moment(f.KeptAt)})
	}
	return v, err
}

func (s *Service) exportFollows(ctx context.Context, residentID string) (model.Section, error) {
	v := model.Section{Name: "follows", Title: "export.follows",
		Columns: []string{"export.kind", "export.title", "export.followed", "export.pace", "export.paused"}}
	list, _, err := s.Follows(ctx, residentID, model.MostFollows, 0)
	for _, f := range list {
		rests := ""
		if f.Paused {
			rests = "pace.paused"
		}
		v.Rows = append(v.Rows, []string{s.kinds[f.Kind].Name, f.Name, moment(f.FollowedAt), paceNames[f.Pace], rests})
	}
	return v, err
}

func moment(t time.Time) string { return t.In(model.Shanghai).Format(time.DateTime) }

// paceNames are the codes of the paces' names.
var paceNames = map[model.Pace]string{model.AtOnce: "pace.now", model.Daily: "pace.daily", model.Weekly: "pace.weekly"}
