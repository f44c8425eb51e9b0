package bench

import (
	"fmt"
	"io"
	"net/http"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

const clients = 8

// side is one of the things that are compared: do answers request n.
type side struct {
	name  string
	do    func(n int) error
	next  int             // the number of the next request: none is used twice
	size  int             // requests of a round, a whole number of passes over the mix
	rates []float64       // requests a second, round by round
	took  []time.Duration // of every request
}

// compare measures every side in turn, round by round, so that whatever else
// the machine does meets all of them. A round is whole passes over the mix.
func compare(t *testing.T, mix int, sides ...*side) {
	t.Helper()
	length, rounds := roundLength()
	for _, s := range sides {
		s.size = mix
		warm := s.round(t)
		again := min(warm, s.round(t))
		s.size = mix * max(1, int(length/max(again, 1)))
		s.rates, s.took = nil, nil
	}
	for r := range rounds {
		for i := range sides {
			sides[(i+r)%len(sides)].round(t)
		}
	}
	for _, s := range sides {
		note("%s", s)
	}
}

// round has 8 clients send one round's requests as fast as they are answered.
func (s *side) round(t *testing.T) time.Duration {
	t.Helper()
	var next atomic.Int64
	var group sync.WaitGroup
	took, failed := make([][]time.Duration, clients), make([]error, clients)
	began := time.Now()
	for c := range clients {
		group.Go(func() {
			for failed[c] == nil {
				n := int(next.Add(1)) - 1
				if n >= s.size {
					return
				}
				asked := time.Now()
				failed[c] = s.do(s.next + n)
				took[c] = append(took[c], time.Since(asked))
			}
		})
	}
	group.Wait()
	whole := time.Since(began)
	for c := range clients {
		if failed[c] != nil {
			t.Fatalf("%s: %v", s.name, failed[c])
		}
		s.took = append(s.took, took[c]...)
	}
	s.next += s.size
	s.rates = append(s.rates, float64(s.size)/whole.Seconds())
	return whole
}

func (s *side) String() string {
	return fmt.Sprintf("%-38s %7.0f/s   p50 %7.2f ms   p99 %7.2f ms   (%d requests)",
		s.name, median(s.rates), milliseconds(percentile(s.took, 50)), milliseconds(percentile(s.took, 99)), len(s.took))
}

// over is the median of how many times faster s was than other in the same
// round; it prints them all, so that a run on a restless machine shows.
func (s *side) over(other *side) float64 {
	ratios := make([]float64, len(s.rates))
	for i := range ratios {
		ratios[i] = s.rates[i] / other.rates[i]
	}
	note("%s ÷ %s, by round: %.2f", s.name, other.name, ratios)
	return median(ratios)
}

func median(values []float64) float64 {
	sorted := slices.Sorted(slices.Values(values))
	return (sorted[len(sorted)/2] + sorted[(len(sorted)-1)/2]) / 2
}

func percentile(took []time.Duration, p int) time.Duration {
	sorted := slices.Sorted(slices.Values(took))
	return sorted[min(len(sorted)*p/100, len(sorted)-1)]
}

func milliseconds(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }

// newClient keeps a connection for each of the clients and asks for no
// compression, which only Meilisearch would give.
func newClient() *http.Client {
	return &http.Client{Timeout: time.Minute, Transport: &http.Transport{
		MaxIdleConns: clients, MaxIdleConnsPerHost: clients, DisableCompression: true,
	}}
}

// get reads an answer to its end and forgets it.
func get(client *http.Client, address string) error {
	answer, err := client.Get(address)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	_, err = io.Copy(io.Discard, answer.Body)
	if err == nil && answer.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s: %s", answer.Status, address)
	}
	return err
}

// fetch reads an answer.
func fetch(t testing.TB, client *http.Client, address string) (body []byte, header http.Header) {
	t.Helper()
	answer, err := client.Get(address)
	must(t, err)
	defer answer.Body.Close()
	body, err = io.ReadAll(answer.Body)
	must(t, err)
	if answer.StatusCode != http.StatusOK {
		t.Fatalf("%s: %s: %.300s", answer.Status, address, body)
	}
	return body, answer.Header
}
