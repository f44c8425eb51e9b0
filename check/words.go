package check

import "strings"

// Mistypes are words that offices often write wrong, with what is meant. A city
// adds its own.
func Mistypes() []Mistype {
	var list []Mistype
	for _, pair := range strings.Fields(mistypes) {
		wrong, right, _ := strings.Cut(pair, ">")
		list = append(list, Mistype{Wrong: wrong, Right: right, RightIn: rightIn[wrong]})
	}
	return list
}

const mistypes = `
	布署>部署 按排>安排 座落>坐落 园满>圆满 既使>即使 名符其实>名副其实 一但>一旦 再接再励>再接再厉 迫不急待>迫不及待
	追朔>追溯 甘败下风>甘拜下风 渡过难关>度过难关 挖墙角>挖墙脚 权利机关>权力机关 迳行>径行 帐户>账户 帐目>账目
	截止目前>截至目前 截止到目前>截至目前 以经>已经 报消>报销 必竟>毕竟 辨法>办法 部份>部分 成份>成分
	份量>分量 幅射>辐射 供献>贡献 涣然一新>焕然一新 急燥>急躁 竟聘>竞聘
	烂用>滥用 凑和>凑合 另部件>零部件 篷勃>蓬勃 气慨>气概 融汇贯通>融会贯通 申张>伸张 时侯>时候
	侯选>候选 气侯>气候 陷井>陷阱 宣泻>宣泄 言简意骇>言简意赅 一愁莫展>一筹莫展 一如继往>一如既往 走头无路>走投无路
	震憾>震撼 责无旁代>责无旁贷 直接了当>直截了当 中流抵柱>中流砥柱 资询>咨询 贮立>伫立`

var rightIn = map[string][]string{
	"布署": {"公布署名", "颁布署名", "发布署名"},
	"一但": {"第一但", "唯一但", "之一但", "统一但", "单一但"},
	"以经": {"以经济", "以经营", "以经验", "以经费", "以经办", "以经过", "以经常", "以经核", "以经批", "以经典"},
	"园满": {"校园满", "公园满", "家园满", "花园满", "园满意", "乐园满"},
	"既使": {"既使用"},
	"按排": {"按排名", "按排序", "按排放", "按排列", "按排污", "按排水"},
}
