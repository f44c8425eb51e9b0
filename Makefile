# Everything here is one word. `make` alone lists the words.
.DEFAULT_GOAL := help
.PHONY: help run test build web mp binary lint bench soak generate clean
SHELL := bash

VERSION ?= $(shell git describe --tags --always 2>/dev/null || echo dev)

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: build ## build, then start the demo with sample content
	@scripts/espeak.sh
	bin/yuandu demo

test: ## check and test everything, on both sets; installs the servers that are missing
	@scripts/test.sh

build: web binary ## build the front ends, then bin/yuandu

web: ## build the front ends
	@scripts/web.sh build

mp: ## build the mini program for WeChat: make mp HOUSE=https://zw.example.gov.cn APPID=wx…; nothing is uploaded
	@cd miniprogram && { [ node_modules/.package-lock.json -nt package-lock.json ] || npm ci --no-audit --no-fund; } \
		&& HOUSE='$(HOUSE)' APPID='$(APPID)' npm run --silent mp

binary: ## build bin/yuandu alone
	go build -trimpath -ldflags "-X main.version=$(VERSION)" -o bin/yuandu ./cmd/yuandu

lint: ## read the code: gofmt, vet, staticcheck, known holes in Go and npm packages
	@scripts/lint.sh

bench: ## measure, on both sets (takes long)
	@scripts/bench.sh

soak: ## run one long test under load: make soak NAME=search
	YUANDU_SOAK=1 YUANDU_TEST_DURABLE=1 scripts/servers.sh run -- go test -count=1 -timeout 120m -v -run "TestSoak/$(NAME)" ./soak

generate: ## write api/openapi.json from the handlers
	@mkdir -p .cache # written aside: a program that fails must not leave half a document
	go run ./cmd/yuandu openapi >.cache/openapi.json && mv .cache/openapi.json api/openapi.json

clean: ## forget what was built and installed here
	rm -rf bin .cache
