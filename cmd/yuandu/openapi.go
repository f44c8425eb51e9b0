package main

import (
	"fmt"
	"io"

	"yuandu/handler"
)

var openapiCommand = command{
	name: "openapi", about: "输出公开接口的 OpenAPI 3.1 描述",
	usage:   "openapi",
	example: "yuandu openapi > api/openapi.json",
	print: func(out io.Writer) error {
		text, err := handler.OpenAPI()
		if err != nil {
			return err
		}
		_, err = out.Write(text)
		return err
	},
}

var versionCommand = command{
	name: "version", about: "输出版本",
	usage:   "version",
	example: "yuandu version",
	print: func(out io.Writer) error {
		_, err := fmt.Fprintln(out, version)
		return err
	},
}
