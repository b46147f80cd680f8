#!/usr/bin/env bash
# Makes a stand-in for the Lambda base image where no registry of images can be reached, and commits it to buildah under
# the name of the real one: Debian, stripped to what commands.txt lists, with the Node of the lock file and AWS's own
# runtime interface client. It has no more than the real image: no other command, no other library than those these
# need, no font, no package manager, no Python, no Perl.
#
#   deploy/container/stand-in.sh ROOT IMAGE     as root, on Debian or Ubuntu, with buildah and debootstrap
set -euo pipefail
export LC_ALL=C
cd "$(dirname "$0")/../.."

ROOT=$1 IMAGE=$2
WORK=$(dirname "$ROOT")
COMMANDS=deploy/container/commands.txt

# "package: a b" → a and b, a line each.
allowed() { sed -e '/^#/d' -e 's/^[^:]*://' "$COMMANDS" | tr -s ' ' '\n' | sed '/^$/d' | sort -u; }

# Every file that a shell could run by name, and every file that is executable anywhere else, except shared objects.
strip_commands() {
  local keep dir
  keep=$(allowed)
  ln -sf bash "$ROOT/usr/bin/sh"
  for dir in usr/bin usr/sbin usr/local/bin usr/local/sbin usr/games opt/bin; do
    [ -d "$ROOT/$dir" ] || continue
    find "$ROOT/$dir" -mindepth 1 -maxdepth 1 -printf '%f\n' | sort | comm -23 - <(printf '%s\n' "$keep") |
      while read -r name; do rm -rf "${ROOT:?}/$dir/$name"; done
  done
  find "$ROOT" -xdev -path "$ROOT/usr/bin" -prune -o -path "$ROOT/var/lang" -prune -o -path "$ROOT/var/runtime-modules" -prune \
    -o -type f -perm /111 ! -name '*.so*' ! -path "$ROOT/lambda-entrypoint.sh" -exec rm -f {} +
}

# What is left keeps the libraries that it loads, and the C library all of its own; all others go.
strip_libraries() {
  local keep loaded
  # shellcheck disable=SC2016 # expanded in the root
  loaded=$(chroot "$ROOT" bash -c 'ldd /usr/bin/* /var/lang/bin/node /var/runtime-modules/*/*.node 2>/dev/null || true' | grep -oE '/[^ :]+\.so[^ :]*')
  keep=$(
    { printf '%s\n' "$loaded" && grep -E '^/lib/x86_64-linux-gnu/[^/]+\.so' "$ROOT/var/lib/dpkg/info/libc6:amd64.list"; } | sort -u | while read -r file; do
      # shellcheck disable=SC2016 # expanded in the root
      # Both the name that is asked for and the file it leads to.
      chroot "$ROOT" bash -c 'echo "$(readlink -f "${1%/*}")/${1##*/}"; readlink -f "$1"' _ "$file"
    done | sort -u
  )
  find "$ROOT/usr/lib" \( -type f -o -type l \) -printf '/usr/lib/%P\n' | sort | comm -23 - <(printf '%s\n' "$keep") |
    while read -r file; do rm "$ROOT$file"; done
}

strip_packages() {
  rm -rf "$ROOT"/usr/lib/{apt,dpkg,python*} "$ROOT"/usr/share/{perl*,python*,fonts} "$ROOT"/var/lib/{apt,dpkg} "$ROOT"/etc/{apt,fonts} \
    "$ROOT"/usr/lib/x86_64-linux-gnu/perl*
}

add_node() {
  local npm
  mkdir -p "$ROOT/var/lang/bin" "$ROOT/var/lang/lib/node_modules" "$ROOT/var/task" "$ROOT/opt" "$ROOT/probe"
  cp "$(node -p 'process.execPath')" "$ROOT/var/lang/bin/node"
  npm=$(dirname "$(dirname "$(readlink -f "$(command -v npm)")")")
  cp -r "$npm" "$ROOT/var/lang/lib/node_modules/npm"
  ln -s ../lib/node_modules/npm/bin/npm-cli.js "$ROOT/var/lang/bin/npm"
  ln -s ../lib/node_modules/npm/bin/npx-cli.js "$ROOT/var/lang/bin/npx"
}

# Compiled here: the stand-in has no compiler, nor has the real image.
add_runtime_client() {
  mkdir -p "$WORK/ric"
  cp function/testing/ric/package*.json "$WORK/ric/"
  (cd "$WORK/ric" && npm ci --ignore-scripts --no-audit --no-fund && cd node_modules/aws-lambda-ric && scripts/preinstall.sh && scripts/postinstall.sh) \
    >"$WORK/ric.log" 2>&1
  cp -r "$WORK/ric/node_modules" "$ROOT/var/runtime-modules"
  cat >"$ROOT/lambda-entrypoint.sh" <<'ENTRY'
#!/bin/sh
export _HANDLER="$1"
exec /var/lang/bin/node /var/runtime-modules/aws-lambda-ric/index.mjs "$@"
ENTRY
  chmod 755 "$ROOT/lambda-entrypoint.sh"
}

if [ ! -e "$ROOT/.complete" ] || [ "$COMMANDS" -nt "$ROOT/.complete" ] || [ "$0" -nt "$ROOT/.complete" ]; then
  rm -rf "$ROOT"
  debootstrap --variant=minbase --include=ca-certificates bookworm "$ROOT" >"$WORK/debootstrap.log"
  add_node
  add_runtime_client
  if [ -n "${NODE_EXTRA_CA_CERTS:-}" ]; then cp "$NODE_EXTRA_CA_CERTS" "$ROOT/etc/extra-ca.pem"; fi
  strip_commands
  strip_libraries
  strip_packages
  touch "$ROOT/.complete"
fi

container=$(buildah from scratch)
buildah add --quiet "$container" "$ROOT" / >/dev/null
# As in the real image's own Dockerfile.
buildah config --env LANG=en_US.UTF-8 --env TZ=:/etc/localtime --env PATH=/var/lang/bin:/usr/local/bin:/usr/bin/:/bin:/opt/bin \
  --env LD_LIBRARY_PATH=/var/lang/lib:/lib64:/usr/lib64:/var/runtime:/var/runtime/lib:/var/task:/var/task/lib:/opt/lib \
  --env LAMBDA_TASK_ROOT=/var/task --env LAMBDA_RUNTIME_DIR=/var/runtime --workingdir /var/task \
  --entrypoint '["/lambda-entrypoint.sh"]' "$container"
if [ -e "$ROOT/etc/extra-ca.pem" ]; then buildah config --env NODE_EXTRA_CA_CERTS=/etc/extra-ca.pem "$container"; fi
buildah commit --quiet "$container" "$IMAGE" >/dev/null
buildah rm "$container" >/dev/null
