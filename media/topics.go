package media

import (
	"cmp"
	"slices"
	"strings"
)

// topicRule says by which words a document is about a life topic.
type topicRule struct {
	id     string
	strong string // one in a title is enough
	weak   string // needs company
	except string // phrases that hold such a word and mean something else
}

// topicRules are in the words of titles and themes of real documents.
var topicRules = []topicRule{
	{"education",
		"教育 学校 幼儿园 入学 招生 高考 中考 学生 教师 义务教育 学前教育 校外培训 校园 助学 学位 教材 高等学校 职业院校 西藏班",
		"培训 学习 儿童 科普",
		"国防教育 法制教育 法治宣传教育 宣传教育 教育局 教育厅 教育部 国家教委 学校体育 教育附加 大学生运动会 大学生夏季运动会 大学生冬季运动会"},
	{"employment",
		"就业 招聘 求职 劳动合同 劳动争议 劳动人事 劳动保障 劳动法 职业技能 人力资源市场 劳动力 工资 劳动者 用人单位 农民工 劳动保护 企业职工民主 劳动安全 休假 女职工 人才市场 高校毕业生",
		"劳动 职工 失业 技能 人才 岗位",
		"劳动模范 灵活就业人员住房 灵活就业人员缴存 劳动教养 残疾人就业 社会保障厅 社会保障局 缴存职工 职工缴存"},
	{"medical",
		"医疗 医院 医保 医师 护士 传染病 疫苗 预防接种 卫生服务 基本医疗卫生 精神卫生 献血 急救 中医 卫生健康 诊疗 疾病 公共卫生 母婴保健 母婴 血液 艾滋病 爱国卫生 职业病 医学 健康促进 健康乡村 遗体 器官捐献 器官移植",
		"卫生 健康 防疫 康复 药品",
		"应急救援 医疗废物 医疗器械 环境卫生 动物 植物 国境口岸卫生 食品卫生 市容 医疗用毒性 医疗旅游 职业健康监护"},
	{"elderly",
		"养老服务 老年人 老年 居家养老 社会养老 社区养老 助餐 高龄 适老 老龄 养老机构 银龄",
		"养老",
		"养老保险 房屋养老金 养老金"},
	{"social-insurance",
		"社会保险 社保 养老保险 工伤保险 失业保险 生育保险 医疗保险 医疗保障 工伤 养老金 退休",
		"参保 社会保障 缴费 保险基金",
		"房屋养老金 社会保障局 社会保障厅 社会保障部 劳动和社会保障监察 退休干部"},
	{"housing",
		"住房 房地产 公积金 购房 商品房 保障房 保障性租赁 租赁住房 物业 老旧小区 棚户区 房屋 公租房 廉租 房贷 住宅 人才房 房票 楼市 首付 租房 危房 安居 二手房 预售资金 预售监管 保交楼 房交会 限购 不动产登记 房产 既有多层 存量房 预售款 征收与补偿 城中村 户型",
		"居住 小区 城市更新 建筑业 供热 按揭 房 置业",
		"住房和城乡建设厅 住房城乡建设厅 住房和城乡建设局 住房和城乡建设部 住房城乡建设局 住房城乡建设部"},
	{"household",
		"户籍 户口 居住证 身份证 落户 入户 迁入 出入境 出境入境 护照 国籍 流动人口 暂住",
		"迁移 常住人口",
		"户籍地 非本省户籍 户籍家庭 入户调查"},
	{"family",
		"婚姻 结婚 生育 计划生育 托育 未成年人 妇女 收养 家庭教育 家庭暴力 三孩 二孩 多子女 婴幼儿 母婴保健 儿童保护 婚前",
		"儿童 家庭 人口",
		"生育保险 未成年人刑事 老年人家庭 多子女家庭购房 无房家庭 住房困难家庭"},
	{"transport",
		"道路交通 公共交通 停车 机动车 驾驶 公路 出租汽车 客运 公交 道路运输 轨道交通 地铁 交通安全 电动自行车 非机动车 交通事故 铁路 民航 航班 水路运输 地方铁路 港口 航道 渡口 网络预约出租 车辆 交通",
		"运输 汽车 道路 航空",
		"机动车排气 机动车和非道路 机动车污染 报废机动车 车辆购置税 交通建设工程 新能源汽车 海上交通 民用运力 运输毒品 铁路运输法院 消防救援车辆 铁路法院 车船 民用航空器权利 轨道交通装备"},
	{"startup",
		"创业 个体工商户 中小企业 小微 市场主体 营商环境 民营经济 孵化 企业登记 公司登记 开办企业 民营企业 私营企业 融资担保 乡镇企业 合伙企业",
		"投资 企业 科技成果 开发区 招商 高新技术",
		"外商投资企业和外国企业适用 中小企业板 国有企业"},
	{"tax",
		"个人所得税 增值税 契税 税收 税务 所得税 消费税 关税 非税收入 印花税 车船税 营业税 资源税 环境保护税 耕地占用税 土地使用税 房产税 购置税 土地增值税 税 事业性收费 发票 城市维护建设税",
		"收费 减免 附加 财政",
		"税务师"},
	{"relief",
		"社会救助 低保 最低生活保障 特困 临时救助 慈善 法律援助 扶贫 脱贫 自然灾害救助 流浪乞讨 公益事业捐赠 福利 困难群众 孤儿 救灾 捐赠 见义勇为 志愿服务 司法救助 殡葬",
		"救济 救助 帮扶 困难",
		"福利企业 住房困难 搜寻救助 打捞 福利彩票 消防救援"},
	{"disability",
		"残疾 无障碍 残联 盲人 助残",
		"康复",
		"军人残疾"},
	{"veterans",
		"退役 烈士 军人 优抚 双拥 拥军 抚恤 军属 复员 转业 退伍 义务兵 士兵安置 英雄烈士",
		"优待 兵役 征兵",
		"军人武警 违反职责"},
	{"environment",
		"环境保护 污染 大气 生态 生活垃圾 垃圾分类 噪声 扬尘 节能 水环境 饮用水水源 饮用水源 湿地 绿化 森林 自然保护区 碳 固体废物 危险废物 放射性 海洋倾废 排污 防沙 水土保持 节约用水 节水 水资源 野生动物 湖泊 河道 水源 环境卫生 市容 机动车排气 清洁生产 循环经济 无废 消耗臭氧层 医疗废物 林木 山体保护 古树 废水 地质环境 公园 风景名胜 环城绿道 南四湖 名泉 防护林 绿色建筑",
		"环境 绿色 水 排放 城镇容貌",
		"营商环境 投资环境 森林防火 环境保护税 消费环境 气象水文 碳酸"},
	{"food-drug",
		"食品 药品 药材 药店 医药 餐饮 小作坊 农产品质量 化妆品 医疗器械 保健食品 酒类 盐业 食盐 生猪屠宰 畜禽屠宰 乳品 小餐饮 食用 屠宰",
		"粮食 兽药 疫苗",
		"反食品浪费 食品药品监督 农药 药品相关的专利 粮食应急"},
	{"consumer",
		"消费者 价格 消费品 以旧换新 家电 计量 反不正当竞争 反垄断 产品质量 广告 反食品浪费 消费券 促消费 恢复和扩大消费 预付 商品质量 传销 电子商务 合同格式条款 扩大消费 提振消费 打击假冒",
		"消费 市场秩序 质量 商品 标准化 旅游 市场监管",
		"商品房 消费税 价格鉴证 注册计量 消费扶贫 住宅价格 户外广告 广告设施 商品住房 购房消费 住房消费 内需"},
	{"safety",
		"消防 安全生产 防汛 防震 减灾 防灾 突发事件 治安 应急 特种设备 电梯 危险化学品 爆炸 烟花爆竹 抗旱 防洪 燃气 森林防火 养犬 枪支 禁毒 毒品 煤矿 矿山安全 事故 反恐 地震 抗震 气象灾害 地质灾害 公共安全 反间谍 国家安全 洪 防火 警务辅助 大型群众性活动 安全监管",
		"安全 灾害 警察",
		"道路交通安全 食品安全 药品安全 网络安全 农产品质量安全 道路交通事故 交通事故 海上交通事故 房屋使用安全 医疗事故 粮食应急 数据安全 应急医疗 应急救援专用号牌 海事赔偿 社会应急 公路安全 铁路安全 电动汽车"},
}

// What a word counts, by where it stands. A title tells what a document is
// about; a body mentions everything.
const (
	inTitle, inTheme, inText = 3, 2, 1

	strongWord, weakWord = 2, 1

	maxFromText = 4 // whatever a body mentions does not make a topic by itself
	enough      = 6
	maxTopics   = 3
	openingSize = 600 // runes of the text that are looked at
)

// ProposeTopics names up to three life topics that a document, a draft or an item of a
// meeting is about, the surest first, and none for most of what concerns offices only.
// theme is the class that a source gives, "" where there is none. A person decides.
func ProposeTopics(title, theme, text string) []string {
	type scored struct {
		id    string
		score int
	}
	var found []scored
	text = openingOf(text)
	theme = theme[strings.LastIndexAny(theme, `\/`)+1:] // before it stands a class as wide as 城乡建设、环境保护
	for _, rule := range readRules {
		if s := rule.score(title, theme, text); s >= enough {
			found = append(found, scored{rule.id, s})
		}
	}
	slices.SortStableFunc(found, func(a, b scored) int { return cmp.Compare(b.score, a.score) })
	var ids []string
	for _, f := range found[:min(len(found), maxTopics)] {
		if f.score*2 >= found[0].score {
			ids = append(ids, f.id)
		}
	}
	return ids
}

func openingOf(text string) string {
	n := 0
	for i := range text {
		if n++; n > openingSize {
			return text[:i]
		}
	}
	return text
}

// readRule is a topicRule ready for use.
type readRule struct {
	id           string
	strong, weak []string
	except       *strings.Replacer
}

var readRules = func() []readRule {
	var rules []readRule
	for _, r := range topicRules {
		var gaps []string
		for _, phrase := range strings.Fields(r.except) {
			gaps = append(gaps, phrase, "\x00")
		}
		rules = append(rules, readRule{r.id, strings.Fields(r.strong), strings.Fields(r.weak), strings.NewReplacer(gaps...)})
	}
	return rules
}()

func (r readRule) score(title, theme, text string) int {
	sum := inTitle*r.weigh(title) + inTheme*r.weigh(theme)
	if sum+maxFromText < enough {
		return 0
	}
	return sum + min(inText*r.weigh(text), maxFromText)
}

// weigh adds up the rule's words that a text holds, each once.
func (r readRule) weigh(text string) int {
	if text == "" {
		return 0
	}
	text = r.except.Replace(text)
	sum := 0
	for _, w := range r.strong {
		if strings.Contains(text, w) {
			sum += strongWord
		}
	}
	for _, w := range r.weak {
		if strings.Contains(text, w) {
			sum += weakWord
		}
	}
	return sum
}
