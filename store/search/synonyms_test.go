package search

import (
	"slices"
	"strings"
	"testing"
)

func TestVariantsSayTheSame(t *testing.T) {
	synonyms := NewSynonyms(DefaultSynonyms())
	for _, c := range []struct {
		q    string
		want []string
	}{
		{"社保", []string{"社会保险"}},
		{"社会保险", []string{"社保"}},
		{"社会保险费", []string{"社保费"}},
		{"公积金提取", []string{"住房公积金提取"}},
		{"住房公积金提取", []string{"公积金提取"}},
		{"职工基本医疗保险", []string{"职工医保", "职工医疗保险"}},
		{"低保 落户", []string{"最低生活保障 落户", "低保 户口迁移", "最低生活保障 户口迁移", "低保 户籍登记", "最低生活保障 户籍登记", "低保 迁户口"}},
		{"降低保险费率", nil},
		{"购房贷款", nil},
		{"发改委", []string{"发展和改革委员会", "发展改革委"}},
		{"殡葬", nil},
		{"", nil},
	} {
		if got := synonyms.Variants(c.q); !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", c.q, got, c.want)
		}
	}
}

func TestATableThatAnAdministratorWrote(t *testing.T) {
	synonyms := NewSynonyms([][]string{{"長者", "老年人 "}, {"老人", "老年人"}, {"单独"}, {"", "空"}, {"福利 院", "福利院"}})
	for _, c := range []struct {
		q    string
		want []string
	}{
		{"长者补贴", []string{"老年人补贴"}},
		{"老年人补贴", []string{"长者补贴", "老人补贴"}},
		{"单独二孩", nil},
		{"福利院", []string{"福利 院"}},
	} {
		if got := synonyms.Variants(c.q); !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", c.q, got, c.want)
		}
	}
	if got := (*Synonyms)(nil).Variants("社保"); got != nil {
		t.Errorf("no table: %q", got)
	}
	overlapping := NewSynonyms([][]string{{"公积金", "住房公积金"}, {"城市住房", "城镇住房"}})
	if got := overlapping.Variants("城市住房公积金"); !slices.Equal(got, []string{"城镇住房公积金"}) {
		t.Errorf("住房 is said twice: %q", got)
	}
}

func TestTheListHasNoWordTwiceInAGroup(t *testing.T) {
	for _, group := range DefaultSynonyms() {
		folded := make([]string, len(group))
		for i, w := range group {
			folded[i] = Fold(w)
		}
		if len(group) < 2 || len(once(folded)) != len(group) {
			t.Error(group)
		}
	}
	if n := len(DefaultSynonyms()); n < 120 {
		t.Errorf("%d groups", n)
	}
}

func FuzzVariants(f *testing.F) {
	f.Add("社会保险费和住房公积金5g")
	synonyms := NewSynonyms(DefaultSynonyms())
	f.Fuzz(func(t *testing.T, q string) {
		got := synonyms.Variants(Fold(q))
		if len(got) > maxVariants || slices.Contains(got, Fold(q)) {
			t.Fatalf("%q", got)
		}
		for _, v := range got {
			if strings.Contains(v, "住房住房公积金") && !strings.Contains(Fold(q), "住房住房") {
				t.Fatalf("%q of %q", v, q)
			}
		}
	})
}

func BenchmarkVariants(b *testing.B) {
	synonyms := NewSynonyms(DefaultSynonyms())
	b.ReportAllocs()
	for b.Loop() {
		synonyms.Variants("退休后养老金怎么领取 社保")
	}
}
