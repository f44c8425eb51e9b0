# Debian packages, for the scripts that need some. Sourced.

# may_install says whether this is a machine on which we may install any.
may_install() { [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; }

# apt_install installs packages; whoever called looks whether they are there now.
apt_install() {
  echo "installing $*" >&2
  # A machine that never asked for the package lists fails the first time.
  apt_get install --no-install-recommends "$@" 2>/dev/null ||
    { apt_get update || true; apt_get install --no-install-recommends "$@"; } || true
}

apt_get() { DEBIAN_FRONTEND=noninteractive apt-get -y -qq -o DPkg::Lock::Timeout=300 "$@" >/dev/null; }
