package push_test

import (
	"fmt"
	"testing"
	"time"

	"yuandu/model"
	"yuandu/service/push"
	"yuandu/store"
)

// rehearsedIn is how soon a reviewer knows how many would be told.
const rehearsedIn = 2 * time.Second

func TestATopicThatAHundredThousandFollowIsRehearsedInTime(t *testing.T) {
	if testing.Short() {
		t.Skip("it takes a while to have so many follow")
	}
	each(t, func(h *house) {
		const people, aTime = 100_000, 5000
		for at := 0; at < people; at += aTime {
			h.must(h.InTx(h.Context(), func(tx *store.Tx) error {
				for i := range aTime {
					r := &model.Resident{OpenID: fmt.Sprintf("openid-%d", at+i)}
					if err := tx.SaveResident(h.Context(), r); err != nil {
						return err
					}
					if err := tx.AddFollow(h.Context(), r.ID, elderly, "养老"); err != nil {
						return err
					}
				}
				return nil
			}))
		}
		begun := time.Now()
		reach, err := push.NewRehearsal(h.Store, nil, push.Speed{}, h.clock).Of(h.Context(), []model.Touch{elderly}, nil)
		h.must(err)
		took := time.Since(begun)
		t.Logf("%v for %d people", took, reach.People)
		if reach.People != people || took > rehearsedIn {
			t.Errorf("%d people in %v", reach.People, took)
		}
	})
}
