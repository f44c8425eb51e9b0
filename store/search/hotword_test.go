package search

import (
	"strings"
	"testing"
)

func TestWhatOthersMaySeeIsSearchedFor(t *testing.T) {
	for _, c := range []struct {
		q   string
		fit bool
	}{
		{"养老保险", true},
		{"公积金 提取", true},
		{"国办发〔2018〕123号", true},
		{"潍政发2021 12345", true},
		{"2021年养老金上调", true},
		{"《社会保险法》", true},
		{"固体废物", true},
		{"全科医生", true},
		{"脑残疾儿童康复", true},
		{"5G基站", true},

		{"险", false},
		{"", false},
		{"gongjijin", false},
		{strings.Repeat("养老", 11), false},
		{strings.Repeat("养老", 5_000), false},
		{"张三电话13800000000", false},
		{"电话 138 0000 0000", false},
		{"电话１３８０００００００0", false},
		{"电话一三八〇〇〇〇〇〇〇〇", false},
		{"身份证370702199001010011", false},
		{"身份证37070219900101001x", false},
		{"举报王建国局长", false},
		{"李书记", false},
		{"张某贪污", false},
		{"鲁G12345违章", false},
		{"鲁g·d12345 处罚", false},
		{"邮箱a@b.cn", false},
		{"见www.abc.cn", false},
		{"https://a.cn/养老", false},
		{"幸福小区3号楼2单元501室", false},
		{"你个傻 逼", false},
		{"代开发票加微信", false},
		{"养老<script>", false},
		{"养老😀", false},
		{"养老\x00", true},
	} {
		if got := FitForHot(c.q); got != c.fit {
			t.Errorf("%s: %v", c.q, got)
		}
	}
}
