#!/usr/bin/env bash
# Builds the real Dockerfile and lets the image's own entry point answer an Invoke with a rendered card: read-only root,
# unprivileged user, only /tmp writable, no network. Prints the cold start and the size of the image.
#
# With Docker, the real base image is used. Without, and as root on Debian or Ubuntu: buildah and debootstrap build it on a
# stand-in for the base (Debian, Node 24 and AWS's runtime interface client), since that needs no registry of images.
#
#   deploy/container/test.sh            docker where it runs, else buildah
#   deploy/container/test.sh --buildah  buildah
#
# Environment: WORK, where the stand-in is kept between runs (default: /var/tmp/og-sync-container).
set -euo pipefail
cd "$(dirname "$0")/../.."

WORK=${WORK:-/var/tmp/og-sync-container}
BASE=public.ecr.aws/lambda/nodejs:24
IMAGE=localhost/og-sync:test
PROBE="$PWD/deploy/container/probe.ts"
UNPRIVILEGED=993:990

say() { printf '%s\n' "$*" >&2; }

# The Node of the lock file, whatever the machine has: the stand-in gets a copy of it.
PATH="$PWD/node_modules/.bin:$PATH"
if [ "$(node -p 'parseInt(process.versions.node)')" -lt 24 ]; then
  say "This needs Node 24; here is $(node --version). Run npm ci first."
  exit 2
fi

# shellcheck disable=SC2016 # the script is for node
report() {
  node -e '
    const lines = require("node:fs").readFileSync(0, "utf8").trim().split("\n");
    const told = JSON.parse(lines.at(-1));
    const [card] = told.answer?.results ?? [];
    console.log(`cold start: ready after ${told.readyMs} ms, first image stored after ${told.firstImageMs} ms`);
    console.log(`card: ${card?.status}, ${card?.width}×${card?.height}, ${told.jpegBytes} bytes, rendered in ${Math.round(card?.renderMs)} ms`);
    if (card?.status !== "stored") { console.error(JSON.stringify(told, null, 2)); process.exit(1); }
  '
}

with_docker() {
  docker build --platform linux/amd64 --build-arg COMMIT=test --tag "$IMAGE" .
  docker run --rm --platform linux/amd64 --read-only --tmpfs /tmp:size=1g,mode=1777 --network none --user "$UNPRIVILEGED" \
    --volume "$PROBE:/probe/probe.ts:ro" --entrypoint node "$IMAGE" \
    /probe/probe.ts /lambda-entrypoint.sh dist/handler.handler | tee >(cat >&2) | report
  printf 'image: %s MB\n' "$(($(docker image inspect --format '{{.Size}}' "$IMAGE") / 1000000))"
}

# Debian with Node and the runtime interface client where the real base has them.
make_base() {
  local root="$WORK/root" container node
  if [ ! -e "$root/.complete" ]; then
    say "Making the stand-in for $BASE in $root"
    rm -rf "$root"
    debootstrap --variant=minbase bookworm "$root" >"$WORK/debootstrap.log"
    node=$(node -p 'process.execPath')
    mkdir -p "$root/var/lang/bin" "$root/var/lang/lib/node_modules" "$root/var/task" "$root/opt" "$root/probe"
    cp "$node" "$root/var/lang/bin/node"
    local npm
    npm=$(dirname "$(dirname "$(readlink -f "$(command -v npm)")")")
    cp -r "$npm" "$root/var/lang/lib/node_modules/npm"
    ln -s ../lib/node_modules/npm/bin/npm-cli.js "$root/var/lang/bin/npm"
    # Compiled here: a minimal Debian has no compiler.
    mkdir -p "$WORK/ric"
    local ric
    ric=$(node -p 'require("./function/testing/ric/package.json").dependencies["aws-lambda-ric"]')
    printf '{"private":true,"dependencies":{"aws-lambda-ric":"%s"},"allowScripts":{"aws-lambda-ric":true}}\n' "$ric" >"$WORK/ric/package.json"
    (cd "$WORK/ric" && npm install --no-audit --no-fund >&2)
    cp -r "$WORK/ric/node_modules" "$root/var/runtime-modules"
    cat >"$root/lambda-entrypoint.sh" <<'ENTRY'
#!/bin/sh
export _HANDLER="$1"
exec /var/lang/bin/node /var/runtime-modules/aws-lambda-ric/index.mjs "$@"
ENTRY
    chmod 755 "$root/lambda-entrypoint.sh"
    if [ -n "${NODE_EXTRA_CA_CERTS:-}" ]; then cp "$NODE_EXTRA_CA_CERTS" "$root/etc/extra-ca.pem"; fi
    touch "$root/.complete"
  fi
  container=$(buildah from scratch)
  buildah add --quiet "$container" "$root" / >/dev/null
  buildah config --env PATH=/var/lang/bin:/usr/local/bin:/usr/bin:/bin --env LAMBDA_TASK_ROOT=/var/task --workingdir /var/task \
    --entrypoint '["/lambda-entrypoint.sh"]' "$container"
  if [ -e "$root/etc/extra-ca.pem" ]; then
    buildah config --env NODE_EXTRA_CA_CERTS=/etc/extra-ca.pem "$container"
  fi
  buildah commit --quiet "$container" "$BASE" >/dev/null
  buildah rm "$container" >/dev/null
}

with_buildah() {
  export BUILDAH_ISOLATION=chroot STORAGE_DRIVER=vfs
  mkdir -p "$WORK"
  buildah inspect --type image "$BASE" >/dev/null 2>&1 || make_base
  buildah build --quiet --layers --pull=never --platform linux/amd64 --build-arg COMMIT=test --tag "$IMAGE" . >/dev/null
  local container root
  container=$(buildah from --pull=never "$IMAGE")
  root=$(buildah mount "$container")
  mkdir -p "$root/probe"
  say "Running the entry point with a read-only root, user $UNPRIVILEGED, no network"
  local status=0
  # shellcheck disable=SC2016 # expanded inside the new namespaces
  unshare --net --mount --pid --fork --kill-child bash -euc '
    root=$1 probe=$2 user=$3
    ip link set lo up
    mount --bind "$root" "$root"
    touch "$root/probe/probe.ts" "$root/dev/null" "$root/dev/urandom" "$root/dev/zero"
    mount --bind "$probe" "$root/probe/probe.ts"
    mount -o remount,bind,ro "$root"
    mount -t tmpfs -o size=1g,mode=1777 tmpfs "$root/tmp"
    mount -t proc proc "$root/proc"
    mount --bind /dev/null "$root/dev/null"
    mount --bind /dev/urandom "$root/dev/urandom"
    mount --bind /dev/zero "$root/dev/zero"
    exec chroot --userspec="$user" "$root" /usr/bin/env -i HOME=/tmp PATH=/var/lang/bin:/usr/bin:/bin OG_CACHE_DIR=/opt/og-cache \
      NODE_ENV=production sh -c "cd /var/task && exec node /probe/probe.ts /lambda-entrypoint.sh dist/handler.handler"
  ' _ "$root" "$PROBE" "$UNPRIVILEGED" | tee >(cat >&2) | report || status=$?
  printf 'image: %s MB, of it the stand-in base %s MB\n' "$(du -sm --exclude=proc "$root" | cut -f1)" "$(du -sm "$WORK/root" | cut -f1)"
  (cd "$root" && du -sm opt/og-cache/* var/task/*) | sort -rn | head -6 | while read -r size name; do printf '  %4s MB  %s\n' "$size" "$name"; done
  buildah umount "$container" >/dev/null
  buildah rm "$container" >/dev/null
  return "$status"
}

if [ "${1:-}" != --buildah ] && docker version >/dev/null 2>&1; then with_docker; else with_buildah; fi
