package check

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

var (
	// streetNumber is a house of a street that stands before an estate's name.
	streetNumber = regexp.MustCompile(`(\p{Han}{1,6}(?:路|街|道|巷|胡同))\d{1,5}号院?$`)
	dashed       = regexp.MustCompile(`[A-Za-z]?\d{1,3}(?:号楼|#|栋|幢)?-\d{1,2}-\d{3,4}`)

	houses  = strings.Fields("号楼 #楼 幢 栋 单元 弄") // parts of an address that only such places have where people live
	streets = strings.Fields("路 街 道 巷")
	// notPlace end what comes before the name of a place, and are no part of one.
	notPlace      = strings.Fields(`的 在 住 是 到 去 于 从 由 请 把 给 我 们 了 有 为 对 将 又 家住 位于 解决 反映 关于 我家 社区 街道 市 区 县 镇 乡 办事处 咱 这 那 因 找 来 送 和 与 及 号 号院`)
	workAddresses = strings.Fields(`办公地址 办公地点 单位地址 受理地点 窗口 开标地点 报名地点 领取地点 会议地点
		公司地址 注册地址 经营地址 营业地址`)
	livesThere = append([]string{"我家", "家在", "我们家", "家门"}, homeWords...)
)

// mostPlace is how many characters the name of a place has before 小区, and what
// may stand behind that: 北区, 二期.
const mostPlace, mostQuarter = 6, 3

// dwellings finds where somebody lives, from the name of the place down to the door;
// a house is enough, as a letter tells more of who lives in it.
func (s *sheet) dwellings() (list []span) {
	listed := false // 幸福小区3-2-501、4-1-302
	add := func(chain span, parts []string) {
		at := span{s.placeFrom(chain.from), chain.to}
		if len(parts) == 0 && listed && at == chain || s.isDwelling(at, chain, parts) {
			list = append(list, at)
			listed = listed || len(parts) == 0
		}
	}
	for _, at := range dashed.FindAllStringIndex(s.plain, -1) {
		add(span{at[0], at[1]}, nil)
	}
	found := steps.FindAllStringSubmatchIndex(s.plain, -1)
	for i := 0; i < len(found); {
		chain, parts := span{found[i][0], found[i][1]}, []string{s.plain[found[i][2]:found[i][3]]}
		for i++; i < len(found) && found[i][0] == chain.to; i++ {
			chain.to = found[i][1]
			parts = append(parts, s.plain[found[i][2]:found[i][3]])
		}
		if parts[len(parts)-1] == "单元" {
			chain.to += min(4, digitsIn(s.plain[chain.to:]))
		}
		add(chain, parts)
	}
	return list
}

// isDwelling says whether a chain of counted parts, none where they are dashed, is
// where somebody lives.
func (s *sheet) isDwelling(at, chain span, parts []string) bool {
	place := s.plain[at.from:chain.from]
	if s.inLink(at) || s.isOffice(at) || endsNear(s.back(at.from, 30), workAddresses) ||
		place == "" && endsWithAny(strings.TrimRight(s.back(chain.from, 30), "的内里"), officePlaces...) {
		return false
	}
	near, _ := tail(s.sentence(at.from), labelReach/4)
	lives := containsAny(near, livesThere) || endsNear(near, []string{"住"})
	home := isHomePlace(place)
	switch {
	case len(parts) == 0:
		return home
	case slices.ContainsFunc(parts, func(p string) bool { return slices.Contains(houses, p) }):
		return true
	case len(parts) == 1 && parts[0] == "号":
		return endsWithAny(place, "村", "庄", "屯", "寨") || lives && (home || endsWithAny(place, streets...))
	case len(parts) == 1 && parts[0] == "户": // so many households
		return lives && home
	}
	return home && (lives || isRoom(parts[len(parts)-1])) || lives && place != ""
}

// placeFrom is where the name of a place begins that ends at a chain, the chain's own
// beginning where there is none.
func (s *sheet) placeFrom(at int) int {
	run := hanTail(s.back(at, 60))
	body := placeBody(run)
	if body < 0 {
		return at
	}
	from := at - len(run) + cutPlace(run[:body])
	if m := streetNumber.FindStringSubmatchIndex(s.back(from, 60)); m != nil {
		before := s.back(from, 60)
		from -= len(before) - m[2]
		street := before[m[2]:m[3]]
		from += cutPlace(street[:len(street)-len("路")])
	}
	return from
}

// placeBody is where in a run of characters the body of a place's name ends: before
// 小区, 村 or 路. It is -1 where the run ends in no place.
func placeBody(run string) int {
	for _, end := range streets {
		if strings.HasSuffix(run, end) && utf8.RuneCountInString(run) > 2 {
			return len(run) - len(end)
		}
	}
	best, size := -1, 0
	for _, name := range homeNames {
		at := strings.LastIndex(run, name)
		if at >= 0 && at+len(name) > best+size && isQuarter(run[at+len(name):]) {
			best, size = at, len(name)
		}
	}
	if best > 0 && cutPlace(run[:best]) < best {
		return best
	}
	return -1
}

func isQuarter(text string) bool {
	return utf8.RuneCountInString(text) <= mostQuarter && strings.Trim(text, "东西南北中区期院一二三四五六七八九十") == ""
}

// cutPlace is where in a run a name begins that ends with it.
func cutPlace(run string) int {
	from := 0
	for _, word := range notPlace {
		at := strings.LastIndex(run, word)
		if at >= 0 && (word != "和" || len(run)-at > 2*len(word)) { // 和平小区
			from = max(from, at+len(word))
		}
	}
	runes := []rune(run[from:])
	return from + len(string(runes[:max(0, len(runes)-mostPlace)]))
}

func isHomePlace(place string) bool { return place != "" && endsInHome(place) }

// homeStandIn says what kind of place an address was.
func homeStandIn(address string) string {
	house := containsAny(address, []string{"号楼", "#", "幢", "栋", "-"})
	switch {
	case containsAny(address, []string{"村", "庄", "屯", "寨"}) && !strings.Contains(address, "新村"):
		return "某村某号"
	case house && containsAny(address, streets),
		containsAny(address, homeNames) && (house || !containsAny(address, streets)):
		return "某小区某号楼"
	case containsAny(address, streets):
		return "某路某号"
	case house:
		return "某号楼"
	}
	return "某单元某室"
}
