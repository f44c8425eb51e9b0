package main

import (
	"fmt"
	"log/slog"
	"net"
	"net/url"
	"path/filepath"
	"strings"

	"github.com/caarlos0/env/v11"
)

// Config is everything that can be set from outside, by environment variables.
// docs/configuration.md is written from it.
type Config struct {
	Addr           string `env:"ADDR" envDefault:"127.0.0.1:8080" about:"服务监听的地址和端口"`
	Data           string `env:"DATA" envDefault:"./data" about:"数据文件夹：SQLite 数据库、检索索引、附件、密钥；demo 默认 ./data/demo"`
	DatabaseURL    string `env:"DATABASE_URL" about:"PostgreSQL 地址，postgres://用户:口令@主机:端口/库；空则用数据文件夹里的 SQLite" secret:"true"`
	RedisURL       string `env:"REDIS_URL" about:"Redis 地址，redis://[用户:口令@]主机:端口/库号；空则用进程内存" secret:"true"`
	MeiliURL       string `env:"MEILI_URL" about:"Meilisearch 地址，http(s)://主机:端口；空则用数据文件夹里的内嵌索引"`
	MeiliKey       string `env:"MEILI_KEY" about:"Meilisearch 密钥，至少 16 字节" secret:"true"`
	S3Endpoint     string `env:"S3_ENDPOINT" about:"对象存储地址，http(s)://主机:端口；空则用数据文件夹"`
	S3Bucket       string `env:"S3_BUCKET" about:"对象存储的桶名"`
	S3Region       string `env:"S3_REGION" envDefault:"us-east-1" about:"对象存储的区域"`
	S3AccessKey    string `env:"S3_ACCESS_KEY" about:"对象存储的访问键" secret:"true"`
	S3SecretKey    string `env:"S3_SECRET_KEY" about:"对象存储的密钥" secret:"true"`
	PublicURL      string `env:"PUBLIC_URL" about:"居民看到的网址，如 https://zw.example.gov.cn；空则用监听地址"`
	TrustedProxies string `env:"TRUSTED_PROXIES" about:"可信的反向代理，IP 或网段，逗号分隔；只有它们转告的客户端地址才算数"`
	KeyFile        string `env:"KEY_FILE" about:"密钥文件；空则用数据文件夹里的 keys.json，第一次启动时生成，权限 0600"`
	MetricsAddr    string `env:"METRICS_ADDR" about:"Prometheus 指标的监听地址，如 127.0.0.1:9090；空则不开"`
	LogLevel       string `env:"LOG_LEVEL" envDefault:"info" about:"日志详细程度：debug、info、warn、error"`

	proxies []*net.IPNet
	level   slog.Level
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
	check.filled("DATA", c.Data, "一个文件夹的路径")
	check.address("DATABASE_URL", c.DatabaseURL, "postgres", "postgresql")
	check.address("REDIS_URL", c.RedisURL, "redis", "rediss")
	check.address("MEILI_URL", c.MeiliURL, "http", "https")
	check.address("S3_ENDPOINT", c.S3Endpoint, "http", "https")
	check.address("PUBLIC_URL", c.PublicURL, "http", "https")
	check.together("MEILI_URL", c.MeiliURL, "MEILI_KEY", c.MeiliKey)
	for name, value := range map[string]string{"S3_BUCKET": c.S3Bucket, "S3_ACCESS_KEY": c.S3AccessKey, "S3_SECRET_KEY": c.S3SecretKey} {
		check.together("S3_ENDPOINT", c.S3Endpoint, name, value)
	}
	if c.MetricsAddr != "" {
		check.listen("METRICS_ADDR", c.MetricsAddr)
	}
	c.proxies = check.networks("TRUSTED_PROXIES", c.TrustedProxies)
	if err := c.level.UnmarshalText([]byte(c.LogLevel)); err != nil {
		check.wrong("LOG_LEVEL", "不认识的详细程度", "debug、info、warn 或 error")
	}
	c.complete()
	return c, check.err()
}

// complete fills in what follows from the rest.
func (c *Config) complete() {
	if c.KeyFile == "" {
		c.KeyFile = filepath.Join(c.Data, "keys.json")
	}
	if c.PublicURL == "" {
		c.PublicURL = "http://" + c.Addr
	}
	c.PublicURL = strings.TrimRight(c.PublicURL, "/")
}

// checks gathers mistakes. Values are never repeated: some are secrets.
type checks struct{ found []string }

func (c *checks) wrong(name, what, expected string) {
	c.found = append(c.found, fmt.Sprintf("%s%s：%s。应为%s。", prefix, name, what, expected))
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
		c.wrong(name, "端口不对", "0 到 65535 之间的数字")
	}
}

func (c *checks) address(name, value string, schemes ...string) {
	if value == "" {
		return
	}
	expected := strings.Join(schemes, ":// 或 ") + ":// 开头的完整地址"
	u, err := url.Parse(value)
	if err != nil || u.Host == "" {
		c.wrong(name, "地址读不懂", expected)
		return
	}
	for _, s := range schemes {
		if u.Scheme == s {
			return
		}
	}
	c.wrong(name, "地址的开头不对", expected)
}

func (c *checks) together(name, value, with, other string) {
	if value != "" && other == "" {
		c.wrong(with, "是空的", fmt.Sprintf("与 %s%s 一起填写", prefix, name))
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
