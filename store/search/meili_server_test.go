package search_test

import (
	"net/http"
	"testing"

	"yuandu/model"
	"yuandu/store/search"
)

// dropIndexes takes what a test made off the server.
func dropIndexes(t testing.TB, cfg search.MeiliConfig) {
	t.Helper()
	for _, kind := range model.Kinds() {
		for _, name := range []string{"_" + string(kind), "_" + string(kind) + "__next"} {
			r, err := http.NewRequest(http.MethodDelete, cfg.URL+"/indexes/"+cfg.Prefix+name, nil)
			if err != nil {
				t.Fatal(err)
			}
			r.Header.Set("Authorization", "Bearer "+cfg.Key)
			if answer, err := http.DefaultClient.Do(r); err == nil {
				answer.Body.Close()
			}
		}
	}
}
