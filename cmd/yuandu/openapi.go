package main

import (
	"context"
	"fmt"
	"os"

	"yuandu/handler"
)

var openapiCommand = command{
	name: "openapi", about: "输出公开接口的 OpenAPI 3.1 描述",
	usage:   "openapi",
	example: "yuandu openapi > api/openapi.json",
	run: func(ctx context.Context, c *Config, args []string) error {
		text, err := handler.OpenAPI()
		if err != nil {
			return err
		}
		_, err = os.Stdout.Write(text)
		return err
	},
}

var versionCommand = command{
	name: "version", about: "输出版本",
	usage:   "version",
	example: "yuandu version",
	run: func(ctx context.Context, c *Config, args []string) error {
		fmt.Println(version)
		return nil
	},
}
