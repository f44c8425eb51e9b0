#!/usr/bin/env bash
# The benchmarks, on both sets. What they print is for people: nothing here fails on a time.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

export YUANDU_BENCH=1
exec scripts/servers.sh run -- go test -count=1 -timeout 60m -v -run TestBench ./bench "$@"
