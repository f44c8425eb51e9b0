#!/usr/bin/env bash
# Installs espeak-ng, which reads documents aloud, where one may; without it there is no voice, and all else works.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/apt.sh"

if ! command -v espeak-ng >/dev/null && may_install; then apt_install espeak-ng; fi
command -v espeak-ng >/dev/null || echo "no espeak-ng: documents will have no voice (apt-get install espeak-ng)" >&2
