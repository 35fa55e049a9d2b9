# Sourced by run.sh and package.sh: the libraries that the window is built with on Linux. macOS and Windows bring theirs.

# Whether a library is there to build with, by its name for pkg-config.
has() {
  pkg-config --exists "$1" 2>/dev/null
}

# install WHY PACKAGE...: on Debian and its relatives, where this user may. Fails everywhere else.
install() {
  local why=$1 sudo=
  shift
  command -v apt-get >/dev/null || return
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || return
    sudo=sudo
  fi
  echo "$why: installing $*."
  $sudo apt-get update -qq &&
    DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq --no-install-recommends "$@"
}
