package push

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"yuandu/model"
	"yuandu/wechat"
)

// The table in docs/delivery.md says what the code does.
func TestTheTableOfAnswersIsTrue(t *testing.T) {
	text, err := os.ReadFile("../../docs/delivery.md")
	if err != nil {
		t.Fatal(err)
	}
	lines := map[string][]string{}
	for line := range strings.Lines(string(text)) {
		if cells := strings.Split(strings.TrimSpace(line), " | "); len(cells) == 5 {
			lines[strings.TrimPrefix(cells[0], "| ")] = cells
		}
	}
	check := func(name string, v verdict) {
		cells := lines[name]
		if cells == nil {
			t.Errorf("there is no line about %q", name)
			return
		}
		state := string(v.State)
		if v.Why != "" {
			state += fmt.Sprintf(" (%s)", v.Why)
		}
		if cells[2] != state || cells[3] != string(v.Credit) {
			t.Errorf("%s: %s, %s; the code says %s, %s", name, cells[2], cells[3], state, v.Credit)
		}
		and := strings.TrimSuffix(cells[4], " |")
		for what, want := range map[string]bool{"the template is shut": v.Shut == shutTemplate, "all is shut": v.Shut == shutAll || v.Why == model.WhyPassing,
			"until somebody opens": v.Shut != shutNothing && v.For == 0, "other messages fail": v.ForAll} {
			if strings.Contains(and, what) != want {
				t.Errorf("%s: %q says %q: %v", name, and, what, want)
			}
		}
	}
	for about, v := range byMeaning {
		name := string(about)
		if about == wechat.AboutNetwork {
			name = "network, nothing was sent"
		}
		check(name, v)
	}
	check("network, perhaps sent", perhapsSent)
	check("messages banned", byNumber[43107])
	check("another call to the person", byNumber[43108])
	taken, _ := judge(nil)
	check("nothing: it was taken", taken)
}
