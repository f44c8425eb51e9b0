package search

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"time"

	"github.com/meilisearch/meilisearch-go"

	"yuandu/model"
)

// Meili is the index on a Meilisearch server, 1.18 or newer: one index a kind,
// <prefix>_<kind>, and while a Rebuild is under way <prefix>_<kind>__next.
type Meili struct {
	server   meilisearch.ServiceManager
	prefix   string
	key      string // never in an error
	patience MeiliPatience
	often    frequencies
	learning sync.Mutex // of frequencies, beside questions

	writing map[model.Kind]*sync.Mutex // of the index that answers
	rebuild sync.Mutex
}

// MeiliConfig says where the server is.
type MeiliConfig struct {
	URL      string
	Key      string
	Prefix   string        // of index names; "" is yuandu
	Patience MeiliPatience // zero values are the defaults
}

// MeiliPatience is how long the server may take.
type MeiliPatience struct {
	Answer time.Duration // for a question: 5 s
	Take   time.Duration // to take a batch of documents: 1 min
	Work   time.Duration // to have worked it in: 10 min
}

var prefixShape = regexp.MustCompile(`^[A-Za-z0-9_-]{1,100}$`)

// OpenMeili makes the client. A server that is away is no error, nor is one
// without our indexes: Health tells, and asks for a Rebuild. A key that the
// server refuses is an error.
func OpenMeili(ctx context.Context, cfg MeiliConfig) (*Meili, error) {
	address, err := url.Parse(cfg.URL)
	if err != nil || address.Host == "" || address.Scheme != "http" && address.Scheme != "https" {
		return nil, errors.New("the address of Meilisearch is not one of http:// or https://")
	}
	if cfg.Prefix == "" {
		cfg.Prefix = "yuandu"
	}
	if !prefixShape.MatchString(cfg.Prefix) {
		return nil, fmt.Errorf("%q cannot begin the name of an index: letters, digits, _ and - can", cfg.Prefix)
	}
	m := &Meili{prefix: cfg.Prefix, key: cfg.Key, patience: cfg.Patience.orDefault(),
		writing: map[model.Kind]*sync.Mutex{}}
	m.server = meilisearch.New(strings.TrimRight(cfg.URL, "/"), meilisearch.WithAPIKey(cfg.Key),
		meilisearch.WithCustomClient(&http.Client{Transport: meiliTransport()}), meilisearch.DisableRetries())
	for _, kind := range model.Kinds() {
		m.writing[kind] = &sync.Mutex{}
	}
	_, _, err = m.layout(ctx, m.live(model.KindPolicy))
	if err = errors.Join(ctx.Err(), m.refusedKey(err)); err != nil {
		m.Close()
		return nil, fmt.Errorf("open Meilisearch: %w", err)
	}
	return m, nil
}

func (p MeiliPatience) orDefault() MeiliPatience {
	for _, d := range []struct {
		is    *time.Duration
		usual time.Duration
	}{{&p.Answer, 5 * time.Second}, {&p.Take, time.Minute}, {&p.Work, 10 * time.Minute}} {
		if *d.is <= 0 {
			*d.is = d.usual
		}
	}
	return p
}

// meiliTransport asks for no compression: with it the server answers in small
// pieces that wait 40 ms for each other.
func meiliTransport() *http.Transport {
	return &http.Transport{
		Proxy:               http.ProxyFromEnvironment,
		DialContext:         (&net.Dialer{Timeout: 3 * time.Second, KeepAlive: 30 * time.Second}).DialContext,
		TLSHandshakeTimeout: 5 * time.Second,
		DisableCompression:  true,
		MaxIdleConns:        64,
		MaxIdleConnsPerHost: 64,
		IdleConnTimeout:     4 * time.Second, // the server closes after five, and a question on a closed line is lost
	}
}

// live is the name of the index that answers, next of the one being built.
func (m *Meili) live(kind model.Kind) string { return m.prefix + "_" + string(kind) }
func (m *Meili) next(kind model.Kind) string { return m.live(kind) + "__next" }

// Health asks for each index whether it is there and laid out by our rules.
func (m *Meili) Health(ctx context.Context) error {
	for _, kind := range model.Kinds() {
		layout, found, err := m.layout(ctx, m.live(kind))
		switch {
		case err != nil:
			return m.fail(ctx, "ask Meilisearch how it is", err)
		case !found || layout != meiliLayout:
			return ErrOutdated
		}
	}
	return nil
}

// layout reads which layout an index has; found is false where there is none.
func (m *Meili) layout(ctx context.Context, uid string) (layout string, found bool, err error) {
	words, err := m.marks(ctx, uid)
	if isMissing(err) {
		return "", false, nil
	}
	for _, w := range words {
		if strings.HasPrefix(w, layoutMark) {
			layout = w
		}
	}
	return layout, true, err
}

// marks are the words that Rebuild has left in an index's settings.
func (m *Meili) marks(ctx context.Context, uid string) ([]string, error) {
	ctx, cancel := context.WithTimeout(ctx, m.patience.Answer)
	defer cancel()
	words, err := m.server.Index(uid).GetStopWordsWithContext(ctx)
	if err != nil || words == nil {
		return nil, err
	}
	return *words, nil
}

// Entries lists what is held, ordered by ID. The server compares words in
// lower case, which orders ULIDs as they are.
func (m *Meili) Entries(ctx context.Context, kind model.Kind, after string, limit int) ([]Entry, error) {
	if limit <= 0 {
		return nil, ctx.Err()
	}
	ask := &meilisearch.DocumentsQuery{Fields: []string{"id", "version"}, Sort: []string{"id:asc"}, Limit: int64(limit)}
	if after != "" {
		ask.Filter = "id > " + quote(strings.ToLower(after))
	}
	return m.entries(ctx, m.live(kind), ask)
}

func (m *Meili) entries(ctx context.Context, uid string, ask *meilisearch.DocumentsQuery) ([]Entry, error) {
	limited, cancel := context.WithTimeout(ctx, m.patience.Answer)
	defer cancel()
	var got meilisearch.DocumentsResult
	if err := m.server.Index(uid).GetDocumentsWithContext(limited, ask, &got); err != nil {
		return nil, m.fail(ctx, "list "+uid, err)
	}
	entries := make([]Entry, 0, len(got.Results))
	for _, hit := range got.Results {
		var row struct {
			ID      string `json:"id"`
			Version int64  `json:"version"`
		}
		if err := hit.DecodeInto(&row); err != nil {
			return nil, fmt.Errorf("read a row of %s: %w", uid, err)
		}
		entries = append(entries, Entry(row))
	}
	return entries, nil
}

// Close lets the connections go.
func (m *Meili) Close() error {
	m.server.Close()
	return nil
}

// fail says what was being done and why it failed, without the key. What the
// server refuses for what was asked is an error of ours; everything else, a
// refused key and a missing index too, means that it cannot answer now.
func (m *Meili) fail(ctx context.Context, doing string, err error) error {
	if err == nil {
		return nil
	}
	if ctx.Err() != nil {
		return fmt.Errorf("%s: %w", doing, ctx.Err())
	}
	if m.isOurs(err) {
		return fmt.Errorf("%s: %s", doing, m.reason(err))
	}
	return fmt.Errorf("%s: %s: %w", doing, m.reason(err), ErrUnavailable)
}

func (m *Meili) isOurs(err error) bool {
	if _, refused := m.refusal(err); refused {
		return true
	}
	switch status := statusOf(err); status {
	case http.StatusRequestTimeout, http.StatusTooManyRequests:
		return false
	default:
		return status >= 400 && status < 500 && !refusesKey(err) && !isMissing(err) && !isBare(err)
	}
}

func (m *Meili) reason(err error) string {
	why := err.Error()
	var answer *meilisearch.Error
	if errors.As(err, &answer) {
		switch said := answer.MeilisearchApiError; {
		case said.Code != "":
			why = said.Code + ": " + said.Message
		case answer.OriginError != nil:
			why = answer.OriginError.Error()
		default:
			why = fmt.Sprintf("the server answered with status %d", answer.StatusCode)
		}
	}
	return m.unkeyed(why)
}

// unkeyed takes the key out of a text of the server's or the network's.
func (m *Meili) unkeyed(text string) string {
	if m.key == "" {
		return text
	}
	return strings.ReplaceAll(text, m.key, "…")
}

func statusOf(err error) int {
	var answer *meilisearch.Error
	if errors.As(err, &answer) {
		return answer.StatusCode
	}
	return 0
}

func refusesKey(err error) bool {
	status := statusOf(err)
	return status == http.StatusUnauthorized || status == http.StatusForbidden
}

// refusedKey is not ErrUnavailable: waiting does not help.
func (m *Meili) refusedKey(err error) error {
	if !refusesKey(err) {
		return nil
	}
	return fmt.Errorf("it refuses the key (%s), which must allow search, documents, indexes, settings and tasks",
		m.reason(err))
}

func isMissing(err error) bool {
	var answer *meilisearch.Error
	return errors.As(err, &answer) && answer.MeilisearchApiError.Code == "index_not_found"
}

// isEmpty says that no document of the index has an attribute that a question
// looks at: the server refuses such a question, though its answer is nothing.
func isEmpty(err error) bool { return refusedAs(err, "is not searchable") }

// isBare says that the index has not the layout that a question needs.
func isBare(err error) bool {
	return refusedAs(err, "is not filterable") || refusedAs(err, "is not sortable")
}

func refusedAs(err error, words string) bool {
	var answer *meilisearch.Error
	return errors.As(err, &answer) && strings.Contains(answer.MeilisearchApiError.Message, words)
}
