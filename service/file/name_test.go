package file

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"yuandu/media"
)

func TestANameIsKeptWithoutItsTraps(t *testing.T) {
	long := strings.Repeat("关于加装电梯的", 40)
	for _, c := range []struct {
		name, kept string
		t          *media.FileType
	}{
		{"附件1：申请表（2023版）.pdf", "附件1：申请表（2023版）.pdf", media.PDF},
		{"报告.PDF", "报告.pdf", media.PDF},
		{"照片.jpeg", "照片.jpeg", media.JPEG},
		{"照片.jpg.png", "照片.jpg.jpg", media.JPEG},
		{"病毒.exe", "病毒.pdf", media.PDF},
		{"网页.html", "网页.docx", media.DOCX},
		{"总结.2023年", "总结.2023年.pdf", media.PDF},
		{"第2.10", "第2.10.pdf", media.PDF},
		{"没有后缀", "没有后缀.ofd", media.OFD},
		{"/etc/passwd", "passwd.pdf", media.PDF},
		{`C:\Users\张三\桌面\通知.docx`, "通知.docx", media.DOCX},
		{"../../通知.docx", "通知.docx", media.DOCX},
		{"通知\r\nSet-Cookie: x.pdf", "通知 Set-Cookie_ x.pdf", media.PDF},
		{"发票\u202efdp.exe", "发票fdp.pdf", media.PDF},
		{"\u2066隐\u200b藏\ufeff\u00ad\u2069.pdf", "隐藏.pdf", media.PDF},
		{"看　不见\u2028的 \t 空白 .pdf", "看 不见 的 空白.pdf", media.PDF},
		{"坏\xff字节.pdf", "坏字节.pdf", media.PDF},
		{`a<b>:"c|?*.pdf`, "a_b___c___.pdf", media.PDF},
		{"生僻字𠮷\ue000.pdf", "生僻字𠮷\ue000.pdf", media.PDF},
		{"", "未命名.png", media.PNG},
		{"...", "未命名.png", media.PNG},
		{".pdf", "未命名.pdf", media.PDF},
		{"folder/", "未命名.pdf", media.PDF},
		{long + ".pdf", string([]rune(long)[:196]) + ".pdf", media.PDF},
	} {
		if got := cleaned(c.name, c.t); got != c.kept {
			t.Errorf("%q is kept as %q, not %q", c.name, got, c.kept)
		}
	}
}

func FuzzName(f *testing.F) {
	for _, name := range []string{"附件.pdf", `C:\a\b.exe`, "\u202efdp.exe", "..", "a.\u0301", strings.Repeat("长", 300)} {
		f.Add(name)
	}
	f.Fuzz(func(t *testing.T, name string) {
		kept := cleaned(name, media.PDF)
		if !strings.HasSuffix(kept, ".pdf") || len(kept) <= len(".pdf") || utf8.RuneCountInString(kept) > longestName || !utf8.ValidString(kept) {
			t.Errorf("%q is kept as %q", name, kept)
		}
		if strings.ContainsAny(kept, `/\:*?"<>|`) || strings.HasPrefix(kept, ".") || strings.ContainsFunc(kept, unicode.IsControl) {
			t.Errorf("%q is kept as %q", name, kept)
		}
		if again := cleaned(kept, media.PDF); again != kept {
			t.Errorf("%q, cleaned twice, is %q and then %q", name, kept, again)
		}
	})
}
