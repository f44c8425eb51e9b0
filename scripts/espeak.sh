#!/usr/bin/env bash
# Installs espeak-ng, which reads documents aloud, where one may; without it there is no voice, and all else works.
set -euo pipefail

main() {
  if command -v espeak-ng >/dev/null; then return 0; fi
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "installing espeak-ng" >&2
    apt_get install --no-install-recommends espeak-ng 2>/dev/null ||
      { apt_get update || true; apt_get install --no-install-recommends espeak-ng; } || true
  fi
  command -v espeak-ng >/dev/null || echo "no espeak-ng: documents will have no voice (apt-get install espeak-ng)" >&2
}

apt_get() { DEBIAN_FRONTEND=noninteractive apt-get -y -qq -o DPkg::Lock::Timeout=300 "$@" >/dev/null; }

main
