package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"

	"yuandu/locale"
	"yuandu/model"
	"yuandu/service/audit"
	"yuandu/service/staff"
)

var staffCommand = command{
	name: "staff", about: "开设第一个系统管理员（add），或让被锁在外面的人重新进来（reset）",
	usage:     "staff add 登录名 姓名\n  yuandu staff reset 登录名",
	example:   "yuandu staff add wangmin 王敏",
	arguments: true,
	run: func(ctx context.Context, c *Config, args []string) error {
		switch {
		case len(args) == 3 && args[0] == "add":
			return withStaff(ctx, c, func(s *staff.Service) (*model.Staff, string, error) { return s.Found(ctx, args[1], args[2]) })
		case len(args) == 2 && args[0] == "reset":
			return withStaff(ctx, c, func(s *staff.Service) (*model.Staff, string, error) { return s.Rescue(ctx, args[1]) })
		}
		return errors.New("用法：\n  yuandu staff add 登录名 姓名\n  yuandu staff reset 登录名")
	},
}

// withStaff does something to an account beside a running server, and prints
// the password that it gave.
func withStaff(ctx context.Context, c *Config, do func(*staff.Service) (*model.Staff, string, error)) error {
	b, err := openBackends(ctx, c)
	if err != nil {
		return err
	}
	defer b.close()
	account, password, err := do(staff.New(b.store, systemClock{}, staff.Careful))
	var refused *model.Error
	if errors.As(err, &refused) {
		return errors.New(locale.Say(locale.Chinese, refused.Code, refused.Args))
	}
	if err != nil {
		return err
	}
	fmt.Printf("登录名    %s\n姓名      %s\n临时密码  %s\n\n请在 %s/console/ 登录，第一次登录要改密码、绑定动态验证码。这个密码只显示这一次。\n",
		account.Login, account.Name, password, siteOf(c))
	return audit.New(b.store, systemClock{}, slog.Default(), c.AuditHead).Seal(ctx)
}

func siteOf(c *Config) string {
	if c.PublicURL != "" {
		return c.PublicURL
	}
	return "http://" + c.Addr
}
