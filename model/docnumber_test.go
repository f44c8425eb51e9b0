package model

import "testing"

func TestADocumentNumberIsTheSameHoweverItIsTyped(t *testing.T) {
	for _, typed := range []string{
		"国办发〔2018〕123号", "国办发[2018]123号", "国办发(2018)123号", "国办发（2018）123号", "国办发【2018】123号",
		"国办发﹝2018﹞123号", "国办发〔２０１８〕１２３号", "国办发2018 123", "国办发2018123号", "国办发 2018年 第123号",
		"国办发〔2018〕第123号", "国办发〔2018〕123", " 国办发 〔 2018 〕 123 号 ", "国办发2018年123号", "国办发第2018 123号",
	} {
		n, ok := ParseDocNumber(typed)
		if !ok || n.Key() != "国办发|2018|123" {
			t.Errorf("%q is read as %q (%v)", typed, n.Key(), ok)
		}
		if n.String() != "国办发〔2018〕123号" {
			t.Errorf("%q is written as %s", typed, n)
		}
	}
}

func TestOtherShapesOfDocumentNumbers(t *testing.T) {
	for typed, key := range map[string]string{
		"中华人民共和国国务院令第25号":     "国务院令|0|25",
		"国务院令 第711号":          "国务院令|0|711",
		"国务院令711":             "国务院令|0|711",
		"中国人民银行公告〔2020〕第27号":  "中国人民银行公告|2020|27",
		"财政部 税务总局公告2023年第39号": "财政部税务总局公告|2023|39",
		"国办发2018":             "国办发|2018|",
		"国办发〔2018〕":           "国办发|2018|",
	} {
		if n, ok := ParseDocNumber(typed); !ok || n.Key() != key {
			t.Errorf("%q is read as %q (%v), not %q", typed, n.Key(), ok, key)
		}
	}
	for _, typed := range []string{"", "养老", "2018", "123号", "养老保险条例", "gongjijin", "国办发", "🎉2018"} {
		if n, ok := ParseDocNumber(typed); ok {
			t.Errorf("%q is no document number, yet read as %q", typed, n.Key())
		}
	}
}

func TestNumbersAreFoundInSentences(t *testing.T) {
	text := "根据《国务院关于加快融资担保行业发展的意见》（国发〔2015〕43号）和国办发[2018]123号文件，按照琼人社发〔2025〕7 号执行，" +
		"依照中华人民共和国国务院令第711号、中国人民银行公告〔2020〕第27号和财政部公告2023年第39号。国发〔2015〕43号同时废止。"
	want := []string{"国发|2015|43", "国办发|2018|123", "琼人社发|2025|7", "国务院令|0|711", "中国人民银行公告|2020|27", "财政部公告|2023|39"}
	got := FindDocNumbers(text)
	if len(got) != len(want) {
		t.Fatalf("found %v", got)
	}
	for i, n := range got {
		if n.Key() != want[i] {
			t.Errorf("number %d is %s, not %s", i, n.Key(), want[i])
		}
	}
}

func FuzzParseDocNumber(f *testing.F) {
	f.Add("国办发〔2018〕123号")
	f.Fuzz(func(t *testing.T, s string) {
		if n, ok := ParseDocNumber(s); ok && n.Sequence > 0 {
			if again, ok := ParseDocNumber(n.String()); !ok || again != n {
				t.Fatalf("%q → %s → %v", s, n, again)
			}
		}
	})
}
