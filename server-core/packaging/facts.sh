# Sourced by scripts that make packages: what only the building machine knows.

# Who a package names as the one to write to: MAINTAINER="Name <address>", else git's user.
maintainer() {
  local name address
  if [ -n "${MAINTAINER:-}" ]; then
    echo "$MAINTAINER"
    return
  fi
  name=$(git config user.name || echo "The CoMutiNy authors")
  address=$(git config user.email || echo "$(id -un)@$(hostname -f)")
  echo "$name <$address>"
}

# A program runs where the C library is at least the one it was linked with.
libc_version() {
  local libc
  libc=$(getconf GNU_LIBC_VERSION)
  echo "${libc#glibc }"
}
