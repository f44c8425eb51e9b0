package model

import "testing"

// released is a link that everybody may see.
func released(kind Kind, step MatterStep, day Day) MatterLink {
	return MatterLink{ID: string(step), Kind: kind, Step: step, ReleasedAt: day.Start(), Subject: MatterSubject{Public: true, Day: day}}
}

func TestAHearingNeitherPromisesNorHoldsUpTheNextStep(t *testing.T) {
	m := Matter{Links: []MatterLink{released(KindConsultation, StepConsultation, "2026-11-01")}}
	if next := m.Next("2026-11-20"); next != StepMeeting {
		t.Errorf("after a consultation usually comes %q", next)
	}
	m.Links = append(m.Links, released(KindEvent, StepEvent, "2026-12-05"))
	if next := m.Next("2026-11-20"); next != StepMeeting {
		t.Errorf("with a hearing to come it is %q", next)
	}
	m.Links = []MatterLink{released(KindEvent, StepEvent, "2026-11-05")}
	if next := m.Next("2026-11-20"); next != "" {
		t.Errorf("after a hearing alone nothing is promised, not %q", next)
	}
}

func TestAHearingStandsInTheLineByItsOwnName(t *testing.T) {
	hearing := released(KindEvent, StepEvent, "2026-11-01")
	hearing.Subject.EventKind = EventHearing
	m := Matter{Links: []MatterLink{released(KindMeeting, StepMeeting, "2026-11-01"), hearing, released(KindConsultation, StepConsultation, "2026-11-01")}}
	var names string
	for _, l := range m.Life() {
		names += l.StepName() + " "
	}
	if names != "征求意见 听证会 会议审议 " {
		t.Errorf("on one day: %s", names)
	}
	hearing.Subject.Cancelled = true
	if name := hearing.StepName(); name != "听证会（已取消）" {
		t.Errorf("cancelled: %s", name)
	}
}
