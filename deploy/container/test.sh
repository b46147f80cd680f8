#!/usr/bin/env bash
# Builds the real Dockerfile and lets the image's own entry point answer an Invoke with a rendered card, under Lambda's own
# limits: read-only root, unprivileged user, only /tmp writable, 1,024 open files, 1,024 processes, no network, no entry in passwd.
# Prints the cold start and the size of the image.
#
# With Docker, the real base image is used. Without, and as root on Debian or Ubuntu: buildah builds it on the stand-in that
# stand-in.sh makes. The stand-in is tried too: a Dockerfile with one more command must fail on it.
#
#   deploy/container/test.sh            docker where it runs, else buildah
#   deploy/container/test.sh --buildah  buildah (apt-get install buildah debootstrap)
#
# Environment: WORK, where the stand-in is kept between runs (default: /var/tmp/og-sync-container).
set -euo pipefail
cd "$(dirname "$0")/../.."

WORK=${WORK:-/var/tmp/og-sync-container}
BASE=public.ecr.aws/lambda/nodejs:24
IMAGE=localhost/og-sync:test
PROBE="$PWD/deploy/container/probe.ts"
UNPRIVILEGED=993:990
# Of packages that a Dockerfile likes to count on, and AL2023's minimal container image does not hold.
ABSENT=(find xargs tar gzip which perl python3 ps hostname xz unzip make gcc git wget apt-get dpkg)

say() { printf '%s\n' "$*" >&2; }
die() {
  say "$*"
  exit 1
}

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
    const cards = told.answer?.results ?? [];
    console.log(`cold start: ready after ${told.readyMs} ms, first image stored after ${told.firstImageMs} ms`);
    for (const card of cards) console.log(`card: ${card.key}, ${card.status}, ${card.width}×${card.height}, ${card.bytes} bytes, rendered in ${Math.round(card.renderMs)} ms`);
    if (cards.length !== 2 || cards.some((card) => card.status !== "stored" || card.warnings?.length > 0)) { console.error(JSON.stringify(told, null, 2)); process.exit(1); }
  '
}

with_docker() {
  docker build --platform linux/amd64 --build-arg COMMIT=test --tag "$IMAGE" .
  docker run --rm --platform linux/amd64 --read-only --tmpfs /tmp:size=1g,mode=1777 --network none --user "$UNPRIVILEGED" \
    --ulimit nofile=1024:1024 --memory 2048m --volume "$PROBE:/probe/probe.ts:ro" --entrypoint node "$IMAGE" \
    /probe/probe.ts /lambda-entrypoint.sh dist/handler.handler | tee >(cat >&2) | report
  printf 'image: %s MB\n' "$(($(docker image inspect --format '{{.Size}}' "$IMAGE") / 1000000))"
}

build() { buildah build --layers --pull=never --build-arg COMMIT=test "$@" .; }

# The stand-in refuses what the real image refuses, in the words of a shell: exit 127.
refuses_other_commands() {
  local root=$1 found dockerfile="$WORK/Dockerfile.refused"
  # cat must be found, or the question itself was not answered.
  # shellcheck disable=SC2016 # expanded in the root
  found=$(chroot "$root" /bin/sh -c 'PATH=/var/lang/bin:/usr/local/bin:/usr/bin:/usr/sbin:/bin:/sbin:/opt/bin
    for name; do ! command -v "$name" >/dev/null || echo "$name"; done' _ cat "${ABSENT[@]}")
  [ "$found" = cat ] || die "The stand-in has, of what AL2023's minimal container image has not: $found"
  # This very Dockerfile, its first stage with one command more.
  sed '/^COPY deploy.container.layer.ts/a RUN find node_modules -name none' Dockerfile >"$dockerfile"
  if build --target dependencies --file "$dockerfile" >"$WORK/refused.log" 2>&1; then
    die 'The Dockerfile was built with a find in it: the stand-in has more than the real image.'
  fi
  if ! grep -q 'find: command not found' "$WORK/refused.log" || ! grep -q '127' "$WORK/refused.log"; then
    die "The Dockerfile with a find in it failed for another reason: $WORK/refused.log"
  fi
  say "The stand-in refuses: ${ABSENT[*]}; a Dockerfile with find fails with 127"
}

# No browser library, no font: what Chromium needs comes with the image.
has_no_more_libraries() {
  local found
  found=$(find "$1" -xdev \( -name 'libnss3*' -o -name 'libnspr4*' -o -name 'libexpat*' -o -name 'libfontconfig*' -o -name '*.ttf' -o -name '*.otf' \) -print -quit)
  [ -z "$found" ] || die "The stand-in has $found."
}

# The stand-in's C and C++ libraries are newer than AL2023's (glibc 2.34, GCC 11): it would not notice what asks for more.
needs_no_newer_libc() {
  local root=$1 newest name limit
  for name in GLIBC=2.34 GLIBCXX=3.4.29; do
    limit=${name#*=} name=${name%=*}
    newest=$(find "$root/var/task" "$root/opt/og-cache" -type f \( -perm /111 -o -name '*.so*' -o -name '*.node' \) -print0 |
      LC_ALL=C xargs -0 grep -ahoE "${name}_[0-9]+(\.[0-9]+)+" | sed "s/^${name}_//" | sort -Vu | tail -1)
    [ "$(printf '%s\n%s\n' "$newest" "$limit" | sort -V | tail -1)" = "$limit" ] || die "The image needs ${name} $newest; AL2023 has $limit."
    say "The image needs ${name} ${newest:-none}; AL2023 has $limit"
  done
}

run_probe() {
  local container=$1 root=$2 environment
  mapfile -t environment < <(buildah inspect --type container --format '{{range .OCIv1.Config.Env}}{{println .}}{{end}}' "$container" | sed '/^$/d')
  say "Running the entry point with a read-only root, user $UNPRIVILEGED, no network"
  # shellcheck disable=SC2016 # expanded inside the new namespaces
  unshare --net --mount --pid --fork --kill-child bash -euc '
    root=$1 probe=$2 user=$3
    shift 3
    ip link set lo up
    mount --bind "$root" "$root"
    touch "$root/probe/probe.ts" "$root/dev/null" "$root/dev/urandom" "$root/dev/zero"
    mount --bind "$probe" "$root/probe/probe.ts"
    mount -o remount,bind,ro "$root"
    mount -t tmpfs -o size=1g,mode=1777 tmpfs "$root/tmp"
    mount -t proc proc "$root/proc"
    for device in null urandom zero; do mount --bind "/dev/$device" "$root/dev/$device"; done
    ulimit -n 1024 -u 1024
    exec env -i "$@" "$(command -v chroot)" --userspec="$user" "$root" sh -c "cd /var/task && exec node /probe/probe.ts /lambda-entrypoint.sh dist/handler.handler"
  ' _ "$root" "$PROBE" "$UNPRIVILEGED" "${environment[@]}" | tee >(cat >&2) | report
}

with_buildah() {
  export BUILDAH_ISOLATION=chroot STORAGE_DRIVER=vfs
  local container root status=0
  mkdir -p "$WORK"
  deploy/container/stand-in.sh "$WORK/root" "$BASE"
  has_no_more_libraries "$WORK/root"
  refuses_other_commands "$WORK/root"
  build --quiet --tag "$IMAGE" >/dev/null
  container=$(buildah from --pull=never "$IMAGE")
  root=$(buildah mount "$container")
  mkdir -p "$root/probe"
  needs_no_newer_libc "$root"
  run_probe "$container" "$root" || status=$?
  printf 'image: %s MB, of it the stand-in base %s MB\n' "$(du -sm --exclude=proc "$root" | cut -f1)" "$(du -sm "$WORK/root" | cut -f1)"
  (cd "$root" && du -sm opt/og-cache/* var/task/*) | sort -rn | head -6 | while read -r size name; do printf '  %4s MB  %s\n' "$size" "$name"; done
  buildah umount "$container" >/dev/null
  buildah rm "$container" >/dev/null
  return "$status"
}

if [ "${1:-}" != --buildah ] && docker version >/dev/null 2>&1; then with_docker; else with_buildah; fi
