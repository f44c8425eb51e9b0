package search

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"sync"

	"github.com/meilisearch/meilisearch-go"

	"yuandu/model"
)

// rerankWindow is how many of the server's first hits Rerank orders anew.
// Pages within it and beyond it fit together.
const rerankWindow = 100

// meiliAsk is what every request about one query has in common.
type meiliAsk struct {
	uid    string
	hits   []wording
	counts []wording // the same documents, where fewer wordings tell them
	on     []string  // attributes to look at, nil for all
	sort   []string
}

// part is one request: hits, or counts under other filters than the hits'.
type part struct {
	filter        string
	facets        []string
	validity      model.Validity // the total is the count of this one
	offset, limit int            // of hits
}

// counted is the answer to a part.
type counted struct {
	hits   []Hit
	total  int
	facets map[string]map[string]int
}

// Find asks for the hits and for every count that needs filters of its own.
func (m *Meili) Find(ctx context.Context, q Query) (Found, error) {
	limited, cancel := context.WithTimeout(ctx, m.patience.Answer)
	defer cancel()
	find := m.find
	if q.Mode == Similar {
		find = m.similar
	}
	found, err := find(limited, q)
	if err != nil && !isEmpty(err) {
		return Found{}, m.fail(ctx, "search "+m.live(q.Kind), err)
	}
	return found, ctx.Err()
}

func (m *Meili) find(ctx context.Context, q Query) (Found, error) {
	found := Found{Facets: map[string][]Bucket{}}
	for _, name := range q.Facets {
		found.Facets[name] = []Bucket{}
	}
	ask, err := m.meiliAsk(ctx, q)
	if err != nil || len(ask.hits) == 0 {
		return found, err
	}
	parts := planParts(q)
	answers, err := m.askParts(ctx, ask, parts)
	if err != nil {
		return found, err
	}
	for i, p := range parts {
		found.add(p, answers[i])
	}
	found.Total = answers[0].total
	found.addUsual(q)
	found.Hits = pageOf(answers[0].hits, parts[0].offset, q)
	return found, nil
}

func (m *Meili) meiliAsk(ctx context.Context, q Query) (ask meiliAsk, err error) {
	ask = meiliAsk{uid: m.live(q.Kind), sort: order(q.Sort)}
	switch {
	case q.Mode == Number:
		ask.on = numberOnly
	case q.TitleOnly:
		ask.on = titleOnly
	}
	if q.Mode == Any {
		ask.hits, ask.counts, err = m.anyWordings(ctx, ask, q.Text)
		return ask, err
	}
	ask.hits = wordings(q)
	ask.counts = ask.hits
	return ask, nil
}

// planParts puts the hits first, with the counts that have the same filters.
func planParts(q Query) []part {
	conditions := conditions(q)
	parts := []part{{filter: but(conditions, "")}}
	parts[0].offset, parts[0].limit = window(q)
	for _, name := range q.Facets {
		others := but(conditions, name)
		switch {
		case name == ValidityFacet:
			for _, v := range model.Validities() {
				if v == usual && conditions[name] == "" {
					continue // what the others leave of the total
				}
				parts = append(parts, part{validity: v, filter: both(others, validityIs(v, q.Today))})
			}
		case !facetShape.MatchString(name):
		case conditions[name] != "":
			parts = append(parts, part{facets: []string{name}, filter: others})
		default:
			parts[0].facets = append(parts[0].facets, name)
		}
	}
	return parts
}

// window is which of the server's hits are needed for a page.
func window(q Query) (offset, limit int) {
	if isRanked(q) && q.Limit > 0 && q.Offset < rerankWindow {
		return 0, max(rerankWindow, q.Offset+q.Limit)
	}
	return q.Offset, q.Limit
}

func pageOf(hits []Hit, offset int, q Query) []Hit {
	if isRanked(q) && offset < rerankWindow {
		Rerank(hits[:min(rerankWindow, len(hits))], q)
	}
	hits = hits[min(q.Offset-offset, len(hits)):]
	return hits[:min(q.Limit, len(hits))]
}

// add takes over the counts of one part.
func (f *Found) add(p part, a counted) {
	if p.validity != "" && a.total > 0 {
		f.Facets[ValidityFacet] = SortBuckets(append(f.Facets[ValidityFacet], Bucket{string(p.validity), a.total}))
	}
	for _, name := range p.facets {
		buckets := []Bucket{}
		for value, n := range a.facets["facets."+name] {
			buckets = append(buckets, Bucket{value, n})
		}
		f.Facets[name] = SortBuckets(buckets)
	}
}

// usual is the validity of most documents, and so the dearest to count.
const usual = model.InForce

// addUsual counts the documents in force where nobody asked the server for them:
// each document has one validity.
func (f *Found) addUsual(q Query) {
	if !slices.Contains(q.Facets, ValidityFacet) || len(q.Filters[ValidityFacet]) > 0 {
		return
	}
	rest := f.Total
	for _, b := range f.Facets[ValidityFacet] {
		rest -= b.Count
	}
	if rest > 0 {
		f.Facets[ValidityFacet] = SortBuckets(append(f.Facets[ValidityFacet], Bucket{string(usual), rest}))
	}
}

// askParts sends all parts in one request where there is one wording. Several
// wordings make a federation, of which a request takes one: they go side by
// side.
func (m *Meili) askParts(ctx context.Context, ask meiliAsk, parts []part) ([]counted, error) {
	if len(ask.hits) == 1 {
		return m.askTogether(ctx, ask, parts)
	}
	answers, errs := make([]counted, len(parts)), make([]error, len(parts))
	var wait sync.WaitGroup
	for i, p := range parts {
		wait.Go(func() { answers[i], errs[i] = m.askFederation(ctx, ask, p) })
	}
	wait.Wait()
	return answers, errors.Join(errs...)
}

func (m *Meili) askTogether(ctx context.Context, ask meiliAsk, parts []part) ([]counted, error) {
	request := &meilisearch.MultiSearchRequest{}
	for _, p := range parts {
		r := ask.request(ask.hits[0], p)
		r.Facets = prefixed(p.facets)
		r.Offset, r.Limit = int64(p.offset), int64(p.limit)
		if p.limit == 0 {
			r.HitsPerPage = new(int64) // a limit of 0 cannot be sent
		}
		request.Queries = append(request.Queries, r)
	}
	got, err := m.server.MultiSearchWithContext(ctx, request)
	if err != nil {
		return nil, err
	}
	if len(got.Results) != len(parts) {
		return nil, fmt.Errorf("%d answers to %d questions", len(got.Results), len(parts))
	}
	answers := make([]counted, len(parts))
	for i, r := range got.Results {
		answers[i].total = int(max(r.EstimatedTotalHits, r.TotalHits)) // exact, as every word must be there
		if answers[i].hits, err = hitsOf(r.Hits); err == nil && len(r.FacetDistribution) > 0 {
			err = json.Unmarshal(r.FacetDistribution, &answers[i].facets)
		}
		if err != nil {
			return nil, err
		}
	}
	return answers, nil
}

// askFederation unites the documents of all wordings. The server counts each
// document once, in the total and in the facets.
func (m *Meili) askFederation(ctx context.Context, ask meiliAsk, p part) (counted, error) {
	federation := &meilisearch.MultiSearchFederation{
		Offset: int64(p.offset), Limit: int64(max(p.limit, 1)), // a limit of 0 cannot be sent
		FacetsByIndex: map[string][]string{ask.uid: prefixed(p.facets)},
		MergeFacets:   &meilisearch.MultiSearchFederationMergeFacets{MaxValuesPerFacet: MaxBucket},
	}
	request := &meilisearch.MultiSearchRequest{Federation: federation}
	use := ask.hits
	if p.limit == 0 {
		use = ask.counts
	}
	for _, w := range use {
		r := ask.request(w, p)
		r.FederationOptions = &meilisearch.SearchFederationOptions{Weight: w.weight}
		request.Queries = append(request.Queries, r)
	}
	got, err := m.server.MultiSearchWithContext(ctx, request)
	if err != nil {
		return counted{}, err
	}
	answer := counted{total: int(got.EstimatedTotalHits), facets: map[string]map[string]int{}}
	for name, raw := range got.FacetDistribution {
		values := map[string]int{}
		if err := json.Unmarshal(raw, &values); err != nil {
			return counted{}, err
		}
		answer.facets[name] = values
	}
	if p.limit > 0 {
		answer.hits, err = hitsOf(got.Hits)
	}
	return answer, err
}

func (a *meiliAsk) request(w wording, p part) *meilisearch.SearchRequest {
	r := &meilisearch.SearchRequest{IndexUID: a.uid, Query: w.text, MatchingStrategy: meilisearch.All,
		AttributesToSearchOn: a.on, ShowRankingScore: p.limit > 0}
	if filter := both(w.filter, p.filter); filter != "" {
		r.Filter = filter
	}
	if p.limit > 0 {
		r.Sort = a.sort
	}
	return r
}

func prefixed(facets []string) []string {
	names := make([]string, 0, len(facets))
	for _, f := range facets {
		names = append(names, "facets."+f)
	}
	return names
}

// meiliHit is a hit as the server answers it.
type meiliHit struct {
	ID         string    `json:"id"`
	Version    int64     `json:"version"`
	Title      string    `json:"title"`
	Number     string    `json:"number"`
	Published  int       `json:"published"`
	Days       meiliDays `json:"days"`
	Score      float64   `json:"_rankingScore"`
	Federation *struct {
		Score float64 `json:"weightedRankingScore"`
	} `json:"_federation"`
}

func hitsOf(rows meilisearch.Hits) ([]Hit, error) {
	hits := make([]Hit, 0, len(rows))
	for _, row := range rows {
		var h meiliHit
		if err := row.DecodeInto(&h); err != nil {
			return nil, fmt.Errorf("read a hit: %w", err)
		}
		if h.Federation != nil {
			h.Score = h.Federation.Score
		}
		hits = append(hits, Hit{ID: h.ID, Version: h.Version, Score: h.Score, Title: h.Title, NumberKey: h.Number,
			Published: dayOf(h.Published), Days: h.Days.days()})
	}
	return hits, nil
}
