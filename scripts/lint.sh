#!/usr/bin/env bash
# Everything that reads the code without running it.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

readonly staticcheck=honnef.co/go/tools/cmd/staticcheck@v0.8.2
readonly govulncheck=golang.org/x/vuln/cmd/govulncheck@v1.9.0

main() {
  check_format
  go vet ./...
  check_statically
  check_go_modules
  check_npm_packages
}

skip() { printf 'SKIPPED: %s\n' "$*" >&2; }

check_format() {
  local files
  files=$(our_files '*.go' -print0 | xargs -0 gofmt -l)
  if [ -z "$files" ]; then return 0; fi
  printf 'not as gofmt writes it:\n%s\n' "$files" >&2
  return 1
}

# our_files NAME FIND-ARGS…: files of that name, without what was downloaded or built.
our_files() {
  local name=$1
  shift
  find . \( -name node_modules -o -name .cache -o -name .git -o -name dist \) -prune -o -name "$name" "$@"
}

check_statically() {
  # Asking for its version tells a tool that cannot be had from one that found something.
  if go run "$staticcheck" -version >/dev/null; then
    go run "$staticcheck" ./...
  elif [ "${CI:-}" = true ]; then
    return 1
  else
    skip "staticcheck could not be had: its checks did not run"
  fi
}

check_go_modules() {
  local status=0 output
  if ! go run "$govulncheck" -version >/dev/null 2>&1; then
    skip "govulncheck could not be had: nobody looked for known holes in the Go modules"
    return 0
  fi
  output=$(go run "$govulncheck" ./... 2>&1) || status=$?
  # go run turns every failure into 1, so the words have to tell a finding from a database out of reach.
  case "$status $output" in
    0\ *) printf '%s\n' "$output" ;;
    *"Vulnerability #"*)
      printf '%s\n' "$output" >&2
      return 1
      ;;
    *)
      skip "govulncheck did not reach its database: nobody looked for known holes in the Go modules"
      printf '%s\n' "$output" | tail -n 3 >&2
      ;;
  esac
}

check_npm_packages() {
  local lock failed=0
  while IFS= read -r lock; do
    check_npm_lock "$lock" || failed=1
  done < <(our_files package-lock.json -print)
  return "$failed"
}

check_npm_lock() {
  local dir=${1%/package-lock.json} status=0 output
  output=$(cd "$dir" && npm audit --omit=dev --audit-level=high --json 2>/dev/null) || status=$?
  # Only a real audit has this word: a registry that does not answer is an error of another shape.
  if [[ $output != *'"auditReportVersion"'* ]]; then
    skip "npm audit of $dir was not answered: nobody looked for known holes in its packages"
  elif [ "$status" != 0 ]; then
    say_findings "$dir"
    return 1
  fi
}

say_findings() { (cd "$1" && pwd && npm audit --omit=dev --audit-level=high) >&2 || true; }

main "$@"
