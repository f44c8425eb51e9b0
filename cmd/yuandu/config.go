package main

import (
	"fmt"
	"log/slog"
	"net"
	"net/url"
	"os/exec"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/caarlos0/env/v11"

	"yuandu/media/speech"
	"yuandu/model"
	"yuandu/outside"
	"yuandu/service/voice"
)

// Config is everything that can be set from outside, by environment variables.
// docs/configuration.md is written from it.
type Config struct {
	Addr           string `env:"ADDR" envDefault:"127.0.0.1:8080" about:"服务监听的地址和端口"`
	Data           string `env:"DATA" envDefault:"./data" about:"数据文件夹：SQLite 数据库、检索索引、附件、密钥；demo 默认 ./data/demo"`
	DatabaseURL    string `env:"DATABASE_URL" about:"PostgreSQL 地址，postgres://用户:口令@主机:端口/库；空则用数据文件夹里的 SQLite" secret:"true"`
	RedisURL       string `env:"REDIS_URL" about:"Redis 地址，redis://[用户:口令@]主机:端口/库号；空则用进程内存" secret:"true"`
	RedisPrefix    string `env:"REDIS_PREFIX" envDefault:"yuandu" about:"Redis 里键名的开头；几个站点共用一台时各取一个"`
	MeiliURL       string `env:"MEILI_URL" about:"Meilisearch 地址，http(s)://主机:端口；空则用数据文件夹里的内嵌索引"`
	MeiliKey       string `env:"MEILI_KEY" about:"Meilisearch 密钥，至少 16 字节" secret:"true"`
	MeiliPrefix    string `env:"MEILI_PREFIX" envDefault:"yuandu" about:"Meilisearch 里索引名的开头；几个站点共用一台时各取一个"`
	S3Endpoint     string `env:"S3_ENDPOINT" about:"对象存储地址，http(s)://主机:端口；空则用数据文件夹"`
	S3Bucket       string `env:"S3_BUCKET" about:"对象存储的桶名"`
	S3Region       string `env:"S3_REGION" envDefault:"us-east-1" about:"对象存储的区域"`
	S3AccessKey    string `env:"S3_ACCESS_KEY" about:"对象存储的访问键" secret:"true"`
	S3SecretKey    string `env:"S3_SECRET_KEY" about:"对象存储的密钥" secret:"true"`
	PublicURL      string `env:"PUBLIC_URL" about:"居民看到的网址，如 https://zw.example.gov.cn；空则用监听地址"`
	NoLinkCheck    bool   `env:"NO_LINK_CHECK" about:"设为 true 时，送审前不去外网看链接还通不通"`
	SiteCode       string `env:"SITE_CODE" about:"政府网站标识码，写进每个网页；没有时不写"`
	ExplainDays    int    `env:"EXPLAIN_DAYS" envDefault:"3" about:"三同步：文件发布后几个工作日内应有解读，0 至 60；待办日程按它列出还欠的解读"`
	LetterYellow   string `env:"LETTER_YELLOW" envDefault:"1/3" about:"来信的办理期限只剩这么多时亮黄牌，如 1/3"`
	LetterRed      string `env:"LETTER_RED" about:"来信的办理期限只剩这么多时亮红牌，如 1/10；空则逾期才亮"`
	CallShare      int    `env:"CALL_SHARE" envDefault:"10" about:"抽样回访时，每个部门答复过的来信里抽百分之几，1 至 100"`
	MorningAt      string `env:"MORNING_AT" envDefault:"08:30" about:"每个工作日几点向各部门的群机器人发来信晨报，北京时间，00:00 至 20:00；off 是不发"`
	RobotHosts     string `env:"ROBOT_HOSTS" envDefault:"qyapi.weixin.qq.com" about:"企业微信群机器人的主机，逗号分隔；私有部署的企业微信填自己的"`
	TrustedProxies string `env:"TRUSTED_PROXIES" about:"可信的反向代理，IP 或网段，逗号分隔；只有它们转告的客户端地址才算数"`
	KeyFile        string `env:"KEY_FILE" about:"密钥文件；空则用数据文件夹里的 keys.json。第一次启动时生成，权限 0600"`
	AuditHead      string `env:"AUDIT_HEAD" about:"审计链头文件，每次封存时改写；空则用数据文件夹里的 audit.head。最好放在数据库管理员写不到的地方"`
	WeChatAppID    string `env:"WECHAT_APPID" about:"小程序的 AppID；空则居民不能登录"`
	WeChatSecret   string `env:"WECHAT_SECRET" about:"小程序的 AppSecret" secret:"true"`
	WeChatToken    string `env:"WECHAT_PUSH_TOKEN" about:"消息推送的 Token；推送地址是 网址/wechat/push" secret:"true"`
	WeChatKey      string `env:"WECHAT_PUSH_KEY" about:"消息推送的 EncodingAESKey，43 个字符；空则为明文模式" secret:"true"`
	WeChatURL      string `env:"WECHAT_URL" envDefault:"https://api.weixin.qq.com" about:"微信服务端接口的地址"`
	PushRate       int    `env:"PUSH_RATE" envDefault:"480" about:"每秒最多发多少条微信消息，所有进程合计；0 不限"`
	PushOneRate    int    `env:"PUSH_RATE_OF_ONE" envDefault:"480" about:"其中一种用处的消息（如变动、汇总）每秒最多多少条；0 不限"`
	Voice          string `env:"VOICE" about:"在线听由谁朗读：空为本机的 espeak-ng，tencent、aliyun、azure 为云端语音合成，off 是不朗读"`
	VoiceID        string `env:"VOICE_ID" about:"云端的 SecretId（腾讯云）或 AccessKeyId（阿里云）；azure 不用" secret:"true"`
	VoiceSecret    string `env:"VOICE_SECRET" about:"云端的密钥" secret:"true"`
	VoiceApp       string `env:"VOICE_APP" about:"阿里云智能语音交互项目的 Appkey"`
	VoiceRegion    string `env:"VOICE_REGION" about:"云端的地域；空则 ap-guangzhou、cn-shanghai、chinaeast2"`
	VoiceName      string `env:"VOICE_NAME" about:"云端的音色；空则 101001、xiaoyun、zh-CN-XiaoxiaoNeural"`
	VoiceURL       string `env:"VOICE_URL" about:"云端的地址，https://主机；空则用云端自己的"`
	VoiceSince     string `env:"VOICE_SINCE" about:"只朗读这一天以后发布的文件，如 2024-01-01；空则全部"`
	OCR            string `env:"OCR" about:"识别公报扫描页文字的外部程序，可带参数，用空格隔开；空则扫描页只有图像。约定见 docs/ocr.md"`
	OCRTime        int    `env:"OCR_TIME" envDefault:"60" about:"识别一页最多用几秒，1 至 600"`
	MetricsAddr    string `env:"METRICS_ADDR" about:"Prometheus 指标的监听地址，如 127.0.0.1:9090；空则不开"`
	LogLevel       string `env:"LOG_LEVEL" envDefault:"info" about:"日志详细程度：debug、info、warn、error"`

	proxies []*net.IPNet
	level   slog.Level
	speaker speech.Speaker // nil where nobody reads aloud
	silence error          // why nobody does
	colours model.Thresholds
	morning time.Duration // of the day, negative for never
	robots  []string      // hosts
	unknown []string      // variables of our prefix that mean nothing
}

const prefix = "YUANDU_"

// readConfig reads the environment and checks all of it: every mistake is
// named at once, with its variable, what is wrong and what is expected.
func readConfig(environment map[string]string, data string) (*Config, error) {
	c := &Config{}
	if err := env.ParseWithOptions(c, env.Options{Prefix: prefix, Environment: environment}); err != nil {
		return nil, fmt.Errorf("读取配置：%w", err)
	}
	if _, set := environment[prefix+"DATA"]; !set && data != "" {
		c.Data = data
	}
	check := &checks{}
	check.listen("ADDR", c.Addr)
	check.filled("DATA", c.Data, "为一个文件夹的路径")
	check.database("DATABASE_URL", c.DatabaseURL, "postgres", "postgresql")
	check.database("REDIS_URL", c.RedisURL, "redis", "rediss")
	check.site("MEILI_URL", c.MeiliURL)
	check.site("S3_ENDPOINT", c.S3Endpoint)
	check.site("PUBLIC_URL", c.PublicURL)
	check.site("WECHAT_URL", c.WeChatURL)
	check.together("WECHAT_APPID", c.WeChatAppID, setting{"WECHAT_SECRET", c.WeChatSecret})
	if c.WeChatKey != "" && len(c.WeChatKey) != 43 {
		check.wrong("WECHAT_PUSH_KEY", "长度不对", "有 43 个字符")
	}
	if c.ExplainDays < 0 || c.ExplainDays > 60 {
		check.wrong("EXPLAIN_DAYS", "天数不对", "为 0 至 60")
	}
	check.rate("PUSH_RATE", c.PushRate)
	check.rate("PUSH_RATE_OF_ONE", c.PushOneRate)
	check.name("REDIS_PREFIX", c.RedisPrefix)
	check.name("MEILI_PREFIX", c.MeiliPrefix)
	check.together("MEILI_URL", c.MeiliURL, setting{"MEILI_KEY", c.MeiliKey})
	check.together("S3_ENDPOINT", c.S3Endpoint,
		setting{"S3_BUCKET", c.S3Bucket}, setting{"S3_ACCESS_KEY", c.S3AccessKey}, setting{"S3_SECRET_KEY", c.S3SecretKey})
	if c.MeiliKey != "" && len(c.MeiliKey) < 16 {
		check.wrong("MEILI_KEY", "太短", "至少有 16 字节")
	}
	if c.MetricsAddr != "" {
		check.listen("METRICS_ADDR", c.MetricsAddr)
	}
	c.letters(check)
	c.voice(check)
	c.ocr(check)
	c.proxies = check.networks("TRUSTED_PROXIES", c.TrustedProxies)
	if err := c.level.UnmarshalText([]byte(c.LogLevel)); err != nil {
		check.wrong("LOG_LEVEL", "不认识这个详细程度", "为 debug、info、warn 或 error")
	}
	c.complete(environment)
	return c, check.err()
}

// ocr looks whether the program that reads pictures is there.
func (c *Config) ocr(check *checks) {
	if c.OCRTime < 1 || c.OCRTime > 600 {
		check.wrong("OCR_TIME", "秒数不对", "为 1 至 600")
	}
	if command := strings.Fields(c.OCR); len(command) > 0 {
		if _, err := exec.LookPath(command[0]); err != nil {
			check.wrong("OCR", "找不到这个程序，或者不能执行", "为一个程序的完整路径，后面可以跟参数")
		}
	}
}

// letters reads what is set about letters.
func (c *Config) letters(check *checks) {
	c.colours = model.Thresholds{Yellow: check.share("LETTER_YELLOW", c.LetterYellow)}
	if c.LetterRed != "" {
		c.colours.Red = check.share("LETTER_RED", c.LetterRed)
	}
	if c.CallShare < 1 || c.CallShare > 100 {
		check.wrong("CALL_SHARE", "数目不对", "为 1 至 100")
	}
	c.morning = check.timeOfDay("MORNING_AT", c.MorningAt)
	for host := range strings.SplitSeq(c.RobotHosts, ",") {
		if host = strings.TrimSpace(host); host == "" || strings.ContainsAny(host, "/@ ") {
			check.wrong("ROBOT_HOSTS", "有一项不是主机", "如 qyapi.weixin.qq.com，用逗号分隔，不带 https://")
			continue
		}
		c.robots = append(c.robots, host)
	}
}

// voice finds who reads aloud. That espeak-ng is not installed is no mistake: there is no
// voice then.
func (c *Config) voice(check *checks) {
	if since, err := model.ParseDay(c.VoiceSince); err != nil || string(since) != c.VoiceSince {
		check.wrong("VOICE_SINCE", "不是日期", "如 2024-01-01")
	}
	switch c.Voice {
	case "off":
		c.silence = model.ErrVoiceOff
	case "":
		if espeak, err := speech.FindEspeak(); err != nil {
			c.silence = err
		} else {
			c.speaker = espeak
		}
	case string(outside.VoiceOfTencent), string(outside.VoiceOfAliyun), string(outside.VoiceOfAzure):
		cloud, err := outside.NewCloudVoice(outside.VoiceConfig{Form: outside.VoiceForm(c.Voice), ID: c.VoiceID, Secret: c.VoiceSecret,
			App: c.VoiceApp, Region: c.VoiceRegion, Voice: c.VoiceName, Address: strings.TrimRight(c.VoiceURL, "/")})
		if err != nil {
			check.wrong("VOICE", "云端语音合成的配置不全", "一起填写："+voiceNeeds[c.Voice])
			return
		}
		c.speaker = cloud
	default:
		check.wrong("VOICE", "没有这个引擎", "为 tencent、aliyun、azure 或 off，空为 espeak-ng")
	}
}

// voiceNeeds are the variables without which a cloud does not speak.
var voiceNeeds = map[string]string{
	string(outside.VoiceOfTencent): prefix + "VOICE_ID、" + prefix + "VOICE_SECRET；VOICE_NAME 为数字",
	string(outside.VoiceOfAliyun):  prefix + "VOICE_ID、" + prefix + "VOICE_SECRET、" + prefix + "VOICE_APP",
	string(outside.VoiceOfAzure):   prefix + "VOICE_SECRET",
}

// engine is who reads documents aloud.
func (c *Config) engine() voice.Engine {
	return voice.Engine{Speaker: c.speaker, Why: c.silence, Since: model.Day(c.VoiceSince)}
}

// complete fills in what follows from the rest.
func (c *Config) complete(environment map[string]string) {
	if c.KeyFile == "" {
		c.KeyFile = filepath.Join(c.Data, "keys.json")
	}
	if c.AuditHead == "" {
		c.AuditHead = filepath.Join(c.Data, "audit.head")
	}
	c.PublicURL = strings.TrimRight(c.PublicURL, "/")
	known := map[string]bool{}
	for _, v := range variables() {
		known[v.Name] = true
	}
	for name := range environment {
		if strings.HasPrefix(name, prefix) && !strings.HasPrefix(name, prefix+"TEST_") && !known[name] {
			c.unknown = append(c.unknown, name)
		}
	}
	slices.Sort(c.unknown)
}

// variable is one line of docs/configuration.md.
type variable struct {
	Name, Default, About string
	Secret               bool
}

func variables() []variable {
	var list []variable
	config := reflect.TypeFor[Config]()
	for i := range config.NumField() {
		tag := config.Field(i).Tag
		if name := tag.Get("env"); name != "" {
			list = append(list, variable{prefix + name, tag.Get("envDefault"), tag.Get("about"), tag.Get("secret") == "true"})
		}
	}
	return list
}

// setting is a variable's name, without our prefix, and its value.
type setting struct{ name, value string }

// checks gathers mistakes. Values are never repeated: some are secrets.
type checks struct{ found []string }

func (c *checks) wrong(name, what, expected string) {
	c.found = append(c.found, fmt.Sprintf("%s%s：%s。应%s。", prefix, name, what, expected))
}

func (c *checks) filled(name, value, expected string) {
	if strings.TrimSpace(value) == "" {
		c.wrong(name, "是空的", expected)
	}
}

func (c *checks) listen(name, value string) {
	_, port, err := net.SplitHostPort(value)
	if err != nil || port == "" {
		c.wrong(name, "不是“主机:端口”", "如 127.0.0.1:8080 或 :8080")
		return
	}
	if _, err := net.LookupPort("tcp", port); err != nil {
		c.wrong(name, "端口不对", "为 0 到 65535 之间的数字")
	}
}

// database checks an address that may hold a password.
func (c *checks) database(name, value string, schemes ...string) {
	c.address(name, value, "以 "+strings.Join(schemes, ":// 或 ")+":// 开头，口令里的特殊字符要转义，如 / 写作 %2F", schemes)
}

// site checks an address of a whole host.
func (c *checks) site(name, value string) {
	const expected = "形如 https://主机 或 http://主机:端口，不带路径和口令"
	if u := c.address(name, value, expected, []string{"http", "https"}); u != nil &&
		(u.User != nil || strings.Trim(u.Path, "/")+u.RawQuery+u.Fragment != "") {
		c.wrong(name, "地址里有多余的部分", expected)
	}
}

func (c *checks) address(name, value, expected string, schemes []string) *url.URL {
	if value == "" {
		return nil
	}
	u, err := url.Parse(value)
	switch {
	case err != nil:
		c.wrong(name, "地址读不懂", expected)
	case !slices.Contains(schemes, u.Scheme):
		c.wrong(name, "地址的开头不对", expected)
	case u.Hostname() == "":
		c.wrong(name, "地址里没有主机", expected)
	default:
		return u
	}
	return nil
}

// mostRate is how many a second may be allowed: more is a slip of the finger.
const mostRate = 100_000

func (c *checks) rate(name string, value int) {
	if value < 0 || value > mostRate {
		c.wrong(name, "数目不对", fmt.Sprintf("为 0 至 %d，0 是不限", mostRate))
	}
}

var nameShape = regexp.MustCompile(`^[A-Za-z0-9_-]{1,60}$`)

func (c *checks) name(name, value string) {
	if !nameShape.MatchString(value) {
		c.wrong(name, "不能用作名字的开头", "为 1 到 60 个字母、数字、_ 或 -")
	}
}

func (c *checks) share(name, value string) model.Share {
	s, err := model.ParseShare(value)
	if err != nil {
		c.wrong(name, "不是几分之几", "如 1/3")
	}
	return s
}

// latestMorning leaves time to try again on the same day.
const latestMorning = 20 * time.Hour

func (c *checks) timeOfDay(name, value string) time.Duration {
	if value == "off" {
		return -1
	}
	at, err := time.Parse("15:04", value)
	d := time.Duration(at.Hour())*time.Hour + time.Duration(at.Minute())*time.Minute
	if err != nil || d > latestMorning {
		c.wrong(name, "不是钟点", "如 08:30，不晚于 20:00；off 是不发")
	}
	return d
}

// together checks that what belongs to a part is given with its address, and
// its address with it: half a part would quietly be another one.
func (c *checks) together(name, value string, with ...setting) {
	for _, w := range with {
		if value != "" && w.value == "" {
			c.wrong(w.name, "是空的", fmt.Sprintf("与 %s%s 一起填写", prefix, name))
		}
		if value == "" && w.value != "" {
			c.wrong(name, "是空的", fmt.Sprintf("与 %s%s 一起填写", prefix, w.name))
			return
		}
	}
}

func (c *checks) networks(name, value string) []*net.IPNet {
	var list []*net.IPNet
	for _, part := range strings.Split(value, ",") {
		part = strings.TrimSpace(part)
		if part == "" {
			continue
		}
		if ip := net.ParseIP(part); ip != nil {
			bits := 8 * len(ip.To16())
			if ip.To4() != nil {
				ip, bits = ip.To4(), 32
			}
			list = append(list, &net.IPNet{IP: ip, Mask: net.CIDRMask(bits, bits)})
			continue
		}
		_, network, err := net.ParseCIDR(part)
		if err != nil {
			c.wrong(name, "有一项不是 IP 或网段", "如 10.0.0.1 或 10.0.0.0/8，用逗号分隔")
			continue
		}
		list = append(list, network)
	}
	return list
}

func (c *checks) err() error {
	if len(c.found) == 0 {
		return nil
	}
	return fmt.Errorf("配置有误：\n  %s", strings.Join(c.found, "\n  "))
}
