package speech

import (
	"regexp"
	"slices"
	"strings"
)

// units are those that are written with letters or signs. They are read as units
// behind a number or a stroke alone.
var units = map[string]string{
	"℃": "摄氏度", "°C": "摄氏度", "°": "度", "℉": "华氏度",
	"㎡": "平方米", "m²": "平方米", "m2": "平方米", "㎥": "立方米", "m³": "立方米", "m3": "立方米",
	"km²": "平方公里", "km2": "平方公里", "㎢": "平方公里", "hm²": "公顷", "hm2": "公顷", "cm²": "平方厘米", "cm2": "平方厘米",
	"mm²": "平方毫米", "cm³": "立方厘米", "Nm³": "标准立方米",
	"km": "公里", "㎞": "公里", "cm": "厘米", "㎝": "厘米", "mm": "毫米", "㎜": "毫米", "μm": "微米", "nm": "纳米", "m": "米",
	"kg": "公斤", "㎏": "公斤", "mg": "毫克", "㎎": "毫克", "μg": "微克", "ug": "微克", "g": "克", "t": "吨",
	"L": "升", "mL": "毫升", "ml": "毫升", "㎖": "毫升",
	"kW": "千瓦", "kw": "千瓦", "MW": "兆瓦", "GW": "吉瓦", "kWh": "千瓦时", "kW·h": "千瓦时", "kV": "千伏", "kv": "千伏", "V": "伏", "W": "瓦",
	"kVA": "千伏安", "Hz": "赫兹", "kHz": "千赫", "MHz": "兆赫", "GHz": "吉赫", "MPa": "兆帕", "kPa": "千帕", "Pa": "帕",
	"dB(A)": "分贝", "dB（A）": "分贝", "dB": "分贝", "ppm": "PPM", "h": "小时", "min": "分钟", "s": "秒",
	"MB": "兆", "GB": "G", "TB": "T", "KB": "K", "Mbps": "兆", "kcal": "千卡", "kJ": "千焦", "MJ": "兆焦", "mm/h": "毫米每小时",
}

// unitForm finds a unit, or one per another: the longest name first, as km begins with
// k and m.
var unitForm = func() string {
	names := make([]string, 0, len(units))
	for name := range units {
		names = append(names, regexp.QuoteMeta(name))
	}
	slices.SortFunc(names, func(a, b string) int {
		if len(a) != len(b) {
			return len(b) - len(a)
		}
		return strings.Compare(a, b)
	})
	one := "(?:" + strings.Join(names, "|") + ")"
	return one + `(?:/(?:` + one + `|` + perForm + `))?`
}()

// perForm are things of which something is given each: 元/吨, mg/人.
const perForm = `平方米|立方米|平方公里|公里|公斤|千克|千瓦时|人次|人月|小时|分钟|标准箱|吨|米|亩|公顷|日|天|周|月|季度|季|年|次|人|户|件|度|升|套|个|辆|台|床|班|株|份|册|栋|间|张|头|只|方|例|生|学期|学年|车|站|批|秒|分|时|km|h`

var ratio = regexp.MustCompile(`^(.+?)/(.+)$`)

// unit says a unit, which may be one per another.
func unit(s string) string {
	if said, ok := units[s]; ok {
		return said
	}
	if m := ratio.FindStringSubmatch(s); m != nil {
		return unit(m[1]) + "每" + unit(m[2])
	}
	return s
}

// quantity is a number and its unit as they are said.
func quantity(n, sign string) (words, name string) {
	name = unit(sign)
	return counting(n, name), name
}

// ends says whether a unit ends here: the m of mol is none.
func (p place) ends() bool {
	r := p.next()
	return !isLetter(r) && !isFigure(r) && r != '²' && r != '³'
}
