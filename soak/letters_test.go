package soak

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"yuandu/internal/housetest"
	"yuandu/model"
)

// letters tries what residents are promised when they write: that a letter is there
// once, that its day is right, that the answer that is there is found; that nobody
// reads those of others; and whether those who handle a million of them are kept
// waiting.
func letters(t *testing.T) {
	t.Run("kills", lettersThroughKills)
	t.Run("clock", lettersByTheClock)
	t.Run("related", relatedAnswers)
	t.Run("walls", lettersOfOthers)
	t.Run("offices", proposedOffices)
	t.Run("inbox", inboxes)
}

const writingPhones, writingKills = 50, 100

// lettersThroughKills kills the house while fifty residents write.
func lettersThroughKills(t *testing.T) {
	eachSet(t, func(t *testing.T, h *housetest.House, set string) {
		got := h.KillWhileWriting(housetest.Dice(t), writingPhones, size(t, writingKills))
		fmt.Printf("note: %s, %v\n", set, got)
		reckon(t, figureOf{"acknowledged letters that are not there, of " + fmt.Sprint(got.Acknowledged) + ", " + set, float64(got.Lost), 0, exactly},
			figureOf{"letters that are there twice, " + set, float64(got.Doubled), 0, exactly},
			figureOf{"second tries that are told another number, or none, " + set, float64(got.Renumbered + got.Nameless), 0, exactly},
			figureOf{"pictures that are not whole, of " + fmt.Sprint(got.Pictures) + ", " + set, float64(got.Torn), 0, exactly})
	})
}

// lettersByTheClock counts days of letters on the calendar and by walking.
func lettersByTheClock(t *testing.T) {
	const cases = 100_000
	calendar, dice := model.NewCalendar(model.OfficialYears()...), rand.New(rand.NewPCG(2026, 12))
	differ := 0
	for range cases {
		came := model.Day("2006-12-31").Add(dice.IntN(7200)) // up to autumn of 2026
		term := model.Term{Workdays: 1 + dice.IntN(30), Law: "政府信息公开条例", Article: "第三十三条"}
		due, err := term.Due(calendar, came)
		if err != nil {
			t.Fatal(err)
		}
		day := walked(came, term.Workdays)
		if due.Day != day {
			differ++
		}
		added, asked := 1+dice.IntN(10), came.Add(dice.IntN(60))
		longer, _, err := due.Extend(calendar, added, asked)
		if late := asked > day; late != errors.Is(err, model.ErrLetterLateExtension) || !late && longer.Day != walked(day, added) {
			differ++
		}
	}
	reckon(t, figureOf{"days due that differ from a walk, of 100,000 letters", float64(differ), 0, exactly})
	t.Run("table", func(t *testing.T) {
		goTest(t, "./model", "TestEveryDeadlineIsAsItWasCountedElsewhere|TestLettersAreDueOn")
	})
}

// walked is the day so many working days after another, by the names of the days that
// the notices give.
func walked(day model.Day, workdays int) model.Day {
	for workdays > 0 {
		if day = day.Add(1); walkedOn(day) {
			workdays--
		}
	}
	return day
}

func walkedOn(day model.Day) bool {
	for _, y := range model.OfficialYears() {
		for _, made := range y.Makeup {
			if made == day {
				return true
			}
		}
		for _, off := range y.Off {
			if off.First <= day && day <= off.Last {
				return false
			}
		}
	}
	weekday := day.Start().Weekday()
	return weekday != time.Saturday && weekday != time.Sunday
}

// relatedAnswers looks for the answer that fits, and how long that takes among as many
// letters as a city gets in some years.
func relatedAnswers(t *testing.T) {
	said := goTest(t, "./store/search", "TestTheAnswerThatFitsIsAmongTheFirstThree")
	for i, share := range regexp.MustCompile(`letters ([\d.]+) % have their answer`).FindAllStringSubmatch(said, -1) {
		reckon(t, figureOf{"% of questions with their answer among the first three, " + searchEngines[i], number(t, share[1]), 85, atLeast})
	}
	said = goTest(t, "./store/search", "XXX", "-bench", "Similar", "-benchtime", "500x")
	for i, took := range regexp.MustCompile(`([\d.]+) p99-ms`).FindAllStringSubmatch(said, -1) {
		reckon(t, figureOf{"ms to find related answers among 100,000 letters, p99, " + searchEngines[i], number(t, took[1]), 50, atMost})
	}
}

// searchEngines are those of the index, in the order in which they are tried.
var searchEngines = []string{"bleve", "Meilisearch"}

// proposedOffices leaves each letter of the sample out and has its office proposed by
// the others; what is measured of a province's real matters is told beside it.
func proposedOffices(t *testing.T) {
	said := goTest(t, "./service/letter", "TestTheProposalIs")
	for _, m := range regexp.MustCompile(`: (.+): (\d+) letters: first guess right ([\d.]+) %, .* majority guess ([\d.]+) %`).FindAllStringSubmatch(said, -1) {
		first, majority := number(t, m[3]), number(t, m[4])
		fmt.Printf("note: office proposed %s, %s letters: first guess right %.1f %%, majority guess %.1f %%\n", m[1], m[2], first, majority)
		if !strings.Contains(m[1], "province") {
			reckon(t, figureOf{"first guesses of the office that are right ÷ majority guesses, " + m[1], first / majority, 3, atLeast})
		}
	}
}

// lettersOfOthers asks every address that leads to a letter as everybody who may and may
// not read it, on both sets, and looks for its words in every answer.
func lettersOfOthers(t *testing.T) {
	t.Setenv("YUANDU_WALLS", "whole")
	said := goTest(t, "./handler", "TestNobodyReadsALetterThatIsNotTheirs|TestEveryAddressAsEveryRole")
	tried := regexp.MustCompile(`walls: (\d+) cases, (\d+) of them wrong`).FindAllStringSubmatch(said, -1)
	cases, wrong := 0.0, 0.0
	for _, set := range tried {
		cases, wrong = cases+number(t, set[1]), wrong+number(t, set[2])
	}
	reckon(t, figureOf{"sets on which walls between letters were tried", float64(len(tried)), 2, exactly},
		figureOf{"cases of who asks for which letter by which address", cases, 8000, atLeast},
		figureOf{"of them let in, kept out or told what they should not be", wrong, 0, exactly})
}

// goTest runs tests of a package, and gives what they said.
func goTest(t *testing.T, room, run string, more ...string) string {
	t.Helper()
	c := exec.Command("go", append([]string{"test", room, "-count=1", "-timeout=60m", "-v", "-run", run}, more...)...)
	c.Dir = ".."
	said, err := c.CombinedOutput()
	if err != nil {
		t.Errorf("go test %s: %v\n%s", room, err, said)
	}
	return string(said)
}

func number(t *testing.T, text string) float64 {
	t.Helper()
	n, err := strconv.ParseFloat(text, 64)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

const (
	fewLetters, manyLetters = 10_000, 1_000_000
	leafed                  = 3 // times each page is looked at
)

// inboxes looks through the boxes of those who handle letters, when few are there and
// when there are many.
func inboxes(t *testing.T) {
	houses := map[string]func(testing.TB) *housetest.House{"embedded": housetest.Embedded, "production": housetest.Production}
	for set, house := range houses {
		t.Run(set, func(t *testing.T) {
			many := size(t, manyLetters)
			few, all := inbox(t, house(t), fewLetters, set), inbox(t, house(t), many, set)
			for _, who := range housetest.MailPeople() {
				p99 := all[who].P99()
				got := []figureOf{{fmt.Sprintf("ms until a page of %d letters is there, p99, %s, %s", many, who, set), p99.Seconds() * 1000, 100, atMost},
					{"the same ÷ among 10,000", p99.Seconds() / few[who].P99().Seconds(), 3, atMost}}
				if set == "embedded" { // which a city of a million letters does not use
					fmt.Printf("note: %s: %.1f\nnote: %s: %.1f\n", got[0].what, got[0].got, got[1].what, got[1].got)
					continue
				}
				reckon(t, got...)
			}
		})
	}
}

func inbox(t *testing.T, h *housetest.House, n int, set string) map[string]housetest.Asked {
	h = h.BehindProxy()
	s := h.Serve()
	m := h.Mailroom(s)
	began := time.Now()
	m.Fill(n)
	fmt.Printf("note: %s, %d letters came in %v\n", set, n, time.Since(began).Round(time.Second))
	asked := map[string]housetest.Asked{}
	for _, who := range housetest.MailPeople() {
		a := m.Leaf(who, leafed)
		fmt.Printf("note: %s, %d letters, %s: half of %d pages within %v, 99 %% within %v, the slowest at its best %v: %s\n", set, n, who, len(a.Took),
			a.Took[len(a.Took)/2].Round(100*time.Microsecond), a.P99().Round(100*time.Microsecond), a.Worst.Round(100*time.Microsecond), a.Slowest)
		asked[who] = a
	}
	s.Stop()
	return asked
}
