#!/usr/bin/env bash
# The front ends: their packages, their own checks and tests, and the stories that a real browser plays on the built
# binary. Where npm or a browser cannot be had they are skipped with a loud line; with CI=true that is an error.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

main() {
  case "${1:-}" in
    check) check ;;
    stories) stories ;;
    *)
      echo "scripts/web.sh check | stories" >&2
      exit 2
      ;;
  esac
}

skip() {
  printf 'SKIPPED: %s\n' "$*" >&2
  if [ "${CI:-}" = true ]; then exit 1; fi
  exit 0
}

# install ROOM: its packages as its lock file has them.
install() {
  command -v npm >/dev/null || skip "no npm: the front ends were not checked"
  (cd "$1" && { [ node_modules/.package-lock.json -nt package-lock.json ] || npm ci --no-audit --no-fund --loglevel=error; }) ||
    skip "the packages of $1 could not be had: they were not checked"
}

check() {
  install console
  (cd console && npm run --silent check && npm run --silent build)
  install miniprogram
  (cd miniprogram && npm run --silent check && npm run --silent build && npm run --silent check:mp)
}

stories() {
  install e2e
  install_browser
  if command -v make >/dev/null; then make --silent build; else build; fi
  (cd e2e && npm run --silent check && npm run --silent test)
}

# build is make build, on a machine without make.
build() {
  install console
  (cd console && npm run --silent build)
  go build -trimpath -o bin/yuandu ./cmd/yuandu
}

browser() { command -v "${CHROMIUM:-chromium}" >/dev/null; }

install_browser() {
  if browser && fc-list :lang=zh 2>/dev/null | grep -q .; then return 0; fi
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "installing chromium and a Chinese font" >&2
    apt_get install --no-install-recommends chromium fonts-noto-cjk 2>/dev/null ||
      { apt_get update || true; apt_get install --no-install-recommends chromium fonts-noto-cjk; } || true
  fi
  browser || skip "no chromium: the stories in a browser were not played (apt-get install chromium fonts-noto-cjk)"
}

apt_get() { DEBIAN_FRONTEND=noninteractive apt-get -y -qq -o DPkg::Lock::Timeout=300 "$@" >/dev/null; }

main "$@"
