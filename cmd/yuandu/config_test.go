package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"yuandu/internal/housetest"
)

var update = flag.Bool("update", false, "write docs/configuration.md anew")

func TestEveryMistakeIsNamedAtOnce(t *testing.T) {
	_, err := readConfig(map[string]string{
		"YUANDU_ADDR":            "8080",
		"YUANDU_DATA":            " ",
		"YUANDU_DATABASE_URL":    "mysql://zhengwu:geheim@db/yuandu",
		"YUANDU_REDIS_URL":       "redis://:ge heim@cache:port/0",
		"YUANDU_REDIS_PREFIX":    "鸢都",
		"YUANDU_MEILI_URL":       "search:7700",
		"YUANDU_MEILI_KEY":       "geheim",
		"YUANDU_MEILI_PREFIX":    "a/b",
		"YUANDU_S3_ENDPOINT":     "http://geheim:geheim@storage/bucket",
		"YUANDU_S3_ACCESS_KEY":   "geheim",
		"YUANDU_PUBLIC_URL":      "https://",
		"YUANDU_TRUSTED_PROXIES": "10.0.0.1, 10.0.0.0/33",
		"YUANDU_PUSH_RATE":       "-1",
		"YUANDU_METRICS_ADDR":    "127.0.0.1:99999",
		"YUANDU_LETTER_YELLOW":   "third",
		"YUANDU_LETTER_RED":      "2/1",
		"YUANDU_CALL_SHARE":      "0",
		"YUANDU_MORNING_AT":      "23:30",
		"YUANDU_ROBOT_HOSTS":     "https://qyapi.weixin.qq.com",
		"YUANDU_LOG_LEVEL":       "loud",
		"YUANDU_OCR":             "/nowhere/reads --lang=chi_sim",
		"YUANDU_OCR_TIME":        "0",
		"YUANDU_VOICE":           "aliyun",
		"YUANDU_VOICE_SECRET":    "geheim",
		"YUANDU_VOICE_SINCE":     "2024",
	}, "")
	if err == nil {
		t.Fatal("nothing is wrong with it")
	}
	const site = "应形如 https://主机 或 http://主机:端口，不带路径和口令。"
	want := `配置有误：
  YUANDU_ADDR：不是“主机:端口”。应如 127.0.0.1:8080 或 :8080。
  YUANDU_DATA：是空的。应为一个文件夹的路径。
  YUANDU_DATABASE_URL：地址的开头不对。应以 postgres:// 或 postgresql:// 开头，口令里的特殊字符要转义，如 / 写作 %2F。
  YUANDU_REDIS_URL：地址读不懂。应以 redis:// 或 rediss:// 开头，口令里的特殊字符要转义，如 / 写作 %2F。
  YUANDU_MEILI_URL：地址的开头不对。` + site + `
  YUANDU_S3_ENDPOINT：地址里有多余的部分。` + site + `
  YUANDU_PUBLIC_URL：地址里没有主机。` + site + `
  YUANDU_PUSH_RATE：数目不对。应为 0 至 100000，0 是不限。
  YUANDU_REDIS_PREFIX：不能用作名字的开头。应为 1 到 60 个字母、数字、_ 或 -。
  YUANDU_MEILI_PREFIX：不能用作名字的开头。应为 1 到 60 个字母、数字、_ 或 -。
  YUANDU_S3_BUCKET：是空的。应与 YUANDU_S3_ENDPOINT 一起填写。
  YUANDU_S3_SECRET_KEY：是空的。应与 YUANDU_S3_ENDPOINT 一起填写。
  YUANDU_MEILI_KEY：太短。应至少有 16 字节。
  YUANDU_METRICS_ADDR：端口不对。应为 0 到 65535 之间的数字。
  YUANDU_LETTER_YELLOW：不是几分之几。应如 1/3。
  YUANDU_LETTER_RED：不是几分之几。应如 1/3。
  YUANDU_CALL_SHARE：数目不对。应为 1 至 100。
  YUANDU_MORNING_AT：不是钟点。应如 08:30，不晚于 20:00；off 是不发。
  YUANDU_ROBOT_HOSTS：有一项不是主机。应如 qyapi.weixin.qq.com，用逗号分隔，不带 https://。
  YUANDU_VOICE_SINCE：不是日期。应如 2024-01-01。
  YUANDU_VOICE：云端语音合成的配置不全。应一起填写：YUANDU_VOICE_ID、YUANDU_VOICE_SECRET、YUANDU_VOICE_APP。
  YUANDU_OCR_TIME：秒数不对。应为 1 至 600。
  YUANDU_OCR：找不到这个程序，或者不能执行。应为一个程序的完整路径，后面可以跟参数。
  YUANDU_TRUSTED_PROXIES：有一项不是 IP 或网段。应如 10.0.0.1 或 10.0.0.0/8，用逗号分隔。
  YUANDU_LOG_LEVEL：不认识这个详细程度。应为 debug、info、warn 或 error。`
	if err.Error() != want {
		t.Errorf("said:\n%v\nwant:\n%s", err, want)
	}
	if strings.Contains(err.Error(), "heim") {
		t.Error("a secret is said")
	}
}

func TestHalfAPartIsAMistake(t *testing.T) {
	for name, environment := range map[string]map[string]string{
		"YUANDU_MEILI_KEY：是空的。应与 YUANDU_MEILI_URL 一起填写。":   {"YUANDU_MEILI_URL": "http://search:7700"},
		"YUANDU_MEILI_URL：是空的。应与 YUANDU_MEILI_KEY 一起填写。":   {"YUANDU_MEILI_KEY": "sixteen bytes or more"},
		"YUANDU_S3_ENDPOINT：是空的。应与 YUANDU_S3_BUCKET 一起填写。": {"YUANDU_S3_BUCKET": "yuandu", "YUANDU_S3_ACCESS_KEY": "k"},
	} {
		if _, err := readConfig(environment, ""); err == nil || err.Error() != "配置有误：\n  "+name {
			t.Errorf("want %s, said %v", name, err)
		}
	}
}

func TestDefaults(t *testing.T) {
	usual, err := readConfig(map[string]string{"PATH": "/bin"}, "")
	if err != nil {
		t.Fatal(err)
	}
	if usual.Addr != "127.0.0.1:8080" || usual.Data != "./data" || usual.KeyFile != "data/keys.json" || usual.MeiliPrefix != "yuandu" ||
		usual.DatabaseURL+usual.RedisURL+usual.MeiliURL+usual.S3Endpoint+usual.PublicURL+usual.MetricsAddr != "" || len(usual.proxies) != 0 {
		t.Errorf("the defaults are %+v", usual)
	}
	for _, demo := range []struct {
		environment map[string]string
		data, keys  string
	}{
		{nil, "./data/demo", "data/demo/keys.json"},
		{map[string]string{"YUANDU_DATA": "/srv/zw"}, "/srv/zw", "/srv/zw/keys.json"},
		{map[string]string{"YUANDU_KEY_FILE": "/keys/k"}, "./data/demo", "/keys/k"},
	} {
		c, err := readConfig(demo.environment, demoCommand.data)
		if err != nil || c.Data != demo.data || c.KeyFile != demo.keys {
			t.Errorf("%v: data %q, keys %q (%v)", demo.environment, c.Data, c.KeyFile, err)
		}
	}
}

func TestUnknownVariablesAreNoticed(t *testing.T) {
	c, err := readConfig(map[string]string{"YUANDU_DATABSE_URL": "x", "YUANDU_TEST_REDIS_URL": "y", "HOME": "/"}, "")
	if err != nil || fmt.Sprint(c.unknown) != "[YUANDU_DATABSE_URL]" {
		t.Errorf("unknown are %v (%v)", c.unknown, err)
	}
}

func TestProxiesAreReadAsNetworks(t *testing.T) {
	c, err := readConfig(map[string]string{"YUANDU_TRUSTED_PROXIES": "10.0.0.1, ::1 ,172.16.0.0/12,"}, "")
	if err != nil || fmt.Sprint(c.proxies) != "[10.0.0.1/32 ::1/128 172.16.0.0/12]" {
		t.Errorf("proxies are %v (%v)", c.proxies, err)
	}
}

// The two lines between which docs/configuration.md is written by -update.
const tableBegins, tableEnds = "<!-- 下表由 go test ./cmd/yuandu -run Configuration -update 写成 -->\n", "<!-- 表完 -->\n"

func TestConfigurationIsDocumented(t *testing.T) {
	path := filepath.Join(housetest.Root(), "docs", "configuration.md")
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, begun := strings.Cut(string(text), tableBegins)
	written, after, ended := strings.Cut(rest, tableEnds)
	if !begun || !ended {
		t.Fatalf("%s lacks the lines around its table", path)
	}
	if *update {
		if err := os.WriteFile(path, []byte(before+tableBegins+table()+tableEnds+after), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if written != table() {
		t.Errorf("docs/configuration.md is not as Config is: go test ./cmd/yuandu -run Configuration -update\n%s", table())
	}
}

func table() string {
	var b strings.Builder
	b.WriteString("\n| 变量 | 默认 | 含义 | 机密 |\n|---|---|---|---|\n")
	for _, v := range variables() {
		value, secret := "（空）", ""
		if v.Default != "" {
			value = "`" + v.Default + "`"
		}
		if v.Secret {
			secret = "是"
		}
		fmt.Fprintf(&b, "| `%s` | %s | %s | %s |\n", v.Name, value, v.About, secret)
	}
	return b.String() + "\n"
}

// spared are the variables that docker-compose.yml need not set: their defaults
// fit the production set.
var spared = map[string]bool{"YUANDU_REDIS_PREFIX": true, "YUANDU_MEILI_PREFIX": true, "YUANDU_LOG_LEVEL": true}

func TestComposeKnowsTheConfiguration(t *testing.T) {
	known := map[string]bool{}
	for _, v := range variables() {
		known[v.Name] = true
	}
	set := map[string]bool{}
	for _, file := range []string{"docker-compose.yml", "docker/env.example", "Dockerfile"} {
		text, err := os.ReadFile(filepath.Join(housetest.Root(), file))
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range regexp.MustCompile(`YUANDU_[A-Z0-9_]+`).FindAllString(string(text), -1) {
			if !known[name] {
				t.Errorf("%s names %s, which means nothing", file, name)
			}
		}
		if file == "docker-compose.yml" {
			for _, m := range regexp.MustCompile(`(?m)^\s+(YUANDU_[A-Z0-9_]+):`).FindAllStringSubmatch(string(text), -1) {
				set[m[1]] = true
			}
		}
	}
	for name := range known {
		if !set[name] && !spared[name] {
			t.Errorf("docker-compose.yml does not set %s", name)
		}
	}
}
