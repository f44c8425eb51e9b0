package media

import (
	"testing"

	"yuandu/model"
)

// draftArticles and lawArticles say how many articles real documents have: counted apart
// from this code, by the labels that begin a line and follow one another without a gap.
var (
	draftArticles = map[string]int{"POL_7C8F9CB7CCC563BA2164": 19, "POL_56CBE62086DB268A7CD2": 13, "POL_0D82C44BAF19EF0D1A40": 16,
		"POL_4C382E7C6CF0D17F3DA8": 25, "POL_AF6158DBC333935D82B7": 25, "POL_ECACB1F2E1DC6D5754E2": 14, "POL_6868FCF668CC3492C462": 17,
		"POL_2EBBEF93F4FE2C7FDD5A": 15, "POL_0D3D343C8630268EB395": 22, "POL_F5CCEDA3BC1096B7811F": 48, "POL_2C29A50B5A75FBAA00AF": 31}
	lawArticles = map[string]int{"df0645dfb969": 41, "f1419c114412": 42, "79f1f8c5f965": 46, "b57b6654b518": 72, "0eaaba688c48": 45,
		"fa44ccf77f13": 43, "c0c526e9bac1": 41, "c7fe082ef8a5": 55, "06fcb23eb938": 18, "8039b95a38f7": 79}
)

func TestTheArticlesOfRealDraftsAndLawsAreRecognised(t *testing.T) {
	recognised, all := 0, 0
	for name, counted := range map[string]map[string]int{"consultations/consultation_drafts.jsonl": draftArticles, "laws/laws_shandong.jsonl": lawArticles} {
		seen := 0
		papers(t, name, func(r paper) {
			want, known := counted[r.ID]
			if !known {
				return
			}
			seen++
			labels := map[string]bool{}
			for _, c := range model.ClausesOf(Structure(r.Text)) {
				labels[c.Label] = true
			}
			if len(labels) != want {
				t.Logf("%s: %d articles, counted %d", r.Title, len(labels), want)
			}
			recognised, all = recognised+min(len(labels), want)-max(0, len(labels)-want), all+want
		})
		if seen != len(counted) {
			t.Errorf("%s: %d of %d documents are there", name, seen, len(counted))
		}
	}
	if 100*recognised < 98*all {
		t.Errorf("too few articles are recognised")
	}
	t.Logf("articles: %d recognised of %d in %d documents", recognised, all, len(draftArticles)+len(lawArticles))
}
