package model

// LapsedOn is the first day on which something no longer binds, "" where it binds
// for good. Where only the source's word tells that it has lapsed, the day is not
// known.
func (d Days) LapsedOn() (day Day, known bool) {
	after := Day("")
	if d.Expiry != "" {
		after = d.Expiry.Add(1)
	}
	switch {
	case d.Repealed != "" && (after == "" || d.Repealed < after):
		return d.Repealed, true
	case after != "":
		return after, true
	}
	return "", d.Stated != Repealed && d.Stated != Expired
}

// AnswerDays says until when an answer stands that rests on policies of some days:
// until the first of them lapses, unless an office has said since then that the
// answer still stands. answered counts as said; confirmed is "" where nobody has.
func AnswerDays(answered, confirmed Day, policies []Days) Days {
	var days Days
	for _, p := range policies {
		day, known := p.LapsedOn()
		switch {
		case !known && confirmed == "":
			days.Stated = Expired
		case day == "" || day < answered || day <= confirmed:
		case days.Repealed == "" || day < days.Repealed:
			days.Repealed = day
		}
	}
	return days
}
