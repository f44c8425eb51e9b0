#!/usr/bin/env bash
# All checks and tests, on the embedded set and on the production set. Arguments narrow the packages:
# scripts/test.sh ./store/...
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# The race detector makes tests five times slower. It watches the packages whose tests do much at once, and of the
# handler's and the imports' stories those in which much comes together. It is not worth it for what has no goroutines
# (check, media, model) nor for the tests of the built binary, which it does not watch.
watched="./media/speech ./outside/... ./service/... ./store/... ./wechat/... ./worker/..."
in_part="./handler ./service/ingest"
together='AtOnce|Together|InTurn|Process|Editors|Slow|Sweep|BadRow'

main() {
  mkdir -p .cache/tools
  timed "servers to install" scripts/servers.sh install
  timed "espeak-ng" scripts/espeak.sh
  timed "lint" lint
  find_compiler
  go build -o .cache/tools/testsum ./scripts/testsum
  if [ $# != 0 ]; then exec scripts/servers.sh run -- .cache/tools/testsum $race -timeout 30m "$@"; fi
  local status=0
  timed "front ends" scripts/web.sh build || status=1
  timed "checks of the front ends, beside the tests" scripts/web.sh check >.cache/web.log 2>&1 &
  local checks=$!
  scripts/servers.sh run -- .cache/tools/testsum $(all_runs) || status=1
  wait $checks || status=1
  cat .cache/web.log
  remember "$(grep ^SKIPPED: .cache/web.log || true)"
  timed "stories in a browser" scripts/web.sh stories || status=1
  exit $status
}

# all_runs prints the arguments of all runs of go test, with -- between them.
all_runs() {
  local limit="-timeout 30m"
  if [ -z "$race" ]; then
    echo "$limit ./..."
  else
    local whole
    whole=$(go list $watched | grep -vxFf <(go list $in_part))
    echo "$limit $(go list ./... | grep -vxF "$whole") -- $race $limit $whole -- $race $limit -run $together $in_part"
  fi
}

# timed NAME COMMAND…: runs it and says how long it took.
timed() {
  local name=$1 since=$SECONDS
  shift
  "$@"
  printf '== %s: %ds\n' "$name" $((SECONDS - since))
}

lint() {
  scripts/lint.sh 2>&1 | tee .cache/lint.log
  remember "$(grep ^SKIPPED: .cache/lint.log || true)"
}

# remember keeps lines about what was skipped for the end of the tests, where they are not overlooked.
remember() {
  if [ -z "$1" ]; then return 0; fi
  export YUANDU_TEST_SKIPPED="${YUANDU_TEST_SKIPPED:+$YUANDU_TEST_SKIPPED$'\n'}$1"
}

# find_compiler sets race: the race detector is linked by a C compiler. It does not watch the inside of
# SQLite, C turned into Go, which it makes several times slower.
find_compiler() {
  race='-race -gcflags=modernc.org/sqlite/lib=-race=false'
  if command -v "$(go env CC)" >/dev/null; then return 0; fi
  race=
  local line="SKIPPED: no C compiler: tests ran without the race detector"
  printf '%s\n' "$line" >&2
  remember "$line"
}

main "$@"
