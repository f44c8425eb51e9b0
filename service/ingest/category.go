package ingest

import (
	"regexp"
	"strings"

	"yuandu/store/search"
)

// CategoryOf is the kind of document (文种) or the rank of law that a row
// belongs to. What the source says counts by its first part: 地方性法规/山东.
// Only of a law it names the branch (经济法), where the level is the rank. A
// source that says nothing leaves it to the end of the title.
func CategoryOf(given, level, title string) string {
	given, _, _ = strings.Cut(given, "/")
	switch given = trim(given); {
	case level == "法律":
		return level
	case given != "":
		return given
	case lawRanks[level]:
		return level
	}
	return kindOfTitle(title)
}

var lawRanks = map[string]bool{
	"宪法": true, "法律": true, "行政法规": true, "地方性法规": true, "司法解释": true, "部门规章": true, "地方政府规章": true, "规章": true,
}

// otherCategory is the category of whatever has no other.
const otherCategory = "其他"

// kinds are the ends of titles, a longer one before one that ends alike.
var kinds = strings.Fields("通知 意见 办法 规定 实施细则 细则 工作方案 实施方案 方案 公告 通告 批复 复函 函 决定 决议 条例 报告 " +
	"规划 行动计划 计划 纲要 指南 规则 规程 章程 措施 标准 预案 目录 清单 要点 制度 解释 答复 命令 令 通报 公报 纪要 议案 请示 倡议书 公示")

// oneKind calls kinds by one name that differ for officials only.
var oneKind = map[string]string{
	"实施细则": "细则", "工作方案": "方案", "实施方案": "方案", "行动计划": "计划", "复函": "函", "命令": "令",
}

// titleTail is what stands behind the kind: （试行）, (2021年修订), a closing 》.
var titleTail = regexp.MustCompile(`(?:[（(〔\[][^（()）〔〕\[\]]{0,30}[）)〕\]]|[》〉”"』」。\s\d_]+)$`)

func kindOfTitle(title string) string {
	title = search.Fold(title)
	for {
		cut := titleTail.ReplaceAllString(title, "")
		if cut == title {
			break
		}
		title = cut
	}
	for _, k := range kinds {
		if !strings.HasSuffix(title, k) {
			continue
		}
		if name := oneKind[k]; name != "" {
			return name
		}
		return k
	}
	return otherCategory
}
