#!/usr/bin/env bash
# The front ends: their packages, what is built of them, the encoder of MP3 that comes from npm as they do, their own
# checks and tests, and the stories that a real browser plays on the built binary. Where npm or a browser cannot be had
# they are skipped with a loud line; with CI=true that is an error.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. scripts/apt.sh

main() {
  case "${1:-}" in
    build | check | stories) "$1" ;;
    *)
      echo "scripts/web.sh build | check | stories" >&2
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
  command -v npm >/dev/null || skip "no npm: the front ends were not built nor checked"
  (cd "$1" && { [ node_modules/.package-lock.json -nt package-lock.json ] || npm ci --no-audit --no-fund --loglevel=error; }) ||
    skip "the packages of $1 could not be had: it was not built nor checked"
}

# build builds what the binary holds of the front ends, and puts the encoder of MP3 where the binary takes it from.
build() {
  for room in media/speech console miniprogram; do
    install $room
    (cd $room && npm run --silent build)
  done
}

# check reads and tests the sources of the front ends, and looks at what build has built.
check() {
  for room in console miniprogram; do
    install $room
    (cd $room && npm run --silent check)
  done
  (cd miniprogram && npm run --silent check:mp) | counted
}

# counted passes on what node's own test runner says, and counts its tests as the other runners do.
counted() {
  awk '{ print } /^# pass / { passed = $3 } /^# fail / { failed = $3 } END { printf "%d passed, %d failed\n", passed, failed }'
}

# stories plays them on the front ends that were built and a binary made of them now.
stories() {
  install e2e
  install_browser
  go build -trimpath -o bin/yuandu ./cmd/yuandu
  (cd e2e && npm run --silent check && CHROMIUM=$(browser) npm run --silent test)
}

# browser prints the one that plays: the shell without windows does the same in two thirds of the time.
browser() { command -v "${CHROMIUM:-chromium-headless-shell}" || command -v chromium; }

install_browser() {
  if command -v "${CHROMIUM:-chromium-headless-shell}" >/dev/null && fc-list :lang=zh 2>/dev/null | grep -q .; then return 0; fi
  if may_install; then apt_install chromium-headless-shell fonts-noto-cjk; fi
  browser >/dev/null || skip "no browser: its stories were not played (apt-get install chromium-headless-shell fonts-noto-cjk)"
}

main "$@"
