#!/usr/bin/env bash
# files.sh PROGRAM FOLDER: what stands beside the server in every package, made by the program itself where it can be:
# its manual, completions for shells, and its systemd unit as it is when the program lies in /usr/bin.
set -euo pipefail
program=$(realpath "$1")
into=$(realpath -m "$2")
cd "$(dirname "$0")/../.."

rm -rf "$into"
mkdir -p "$into/man1" "$into/completions"
"$program" man "$into/man1"
gzip --best --no-name "$into"/man1/*
"$program" completions bash >"$into/completions/comutiny-server.bash"
"$program" completions zsh >"$into/completions/_comutiny-server"
"$program" completions fish >"$into/completions/comutiny-server.fish"
sed 's|/usr/local/bin/|/usr/bin/|' server-core/packaging/comutiny.service | grep -v '^# /etc/systemd' \
  >"$into/comutiny.service"
