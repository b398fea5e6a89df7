#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# order.sh BIN LESSONS CONTROLS: lets the attacker on the order loose on so many lessons of the product, which it must do no
# better on than chance, and on so many of every way not to do it, each of which it must see through.
# Ends with 77, SKIPPED, without root or loop devices.
set -eu
bin=$1
[ "$(id -u)" = 0 ] || { echo "needs root"; exit 77; }
own=$(mktemp -d /dev/shm/klankbord-order-XXXXXX 2>/dev/null || mktemp -d /var/tmp/klankbord-order-XXXXXX)
trap 'umount "$own/disk" 2>/dev/null || true; rm -rf "$own"' EXIT
mkdir "$own/disk"
truncate -s 4M "$own/try" && mkfs.ext4 -q -F "$own/try"
mount -o loop "$own/try" "$own/disk" 2>/dev/null || { echo "no loop devices"; exit 77; }
umount "$own/disk"

# Mounts, without playing back or changing anything; another may be taking the same loop device at this moment.
look() {
    for pause in 1 2 3 4 5; do
        mount -o loop,ro,noload "$1" "$own/disk" && return
        sleep "0.$pause"
    done
    return 1
}

attack() {
    how=$1
    number=$2
    : >"$own/scores"
    while [ "$number" -gt 0 ]; do
        batch=$((number < 10 ? number : 10))
        "$bin/lessons" "$how" "$batch" "$own" || { echo "order: no lessons could be made" >&2; return 1; }
        for disk in "$own"/[0-9]*.img; do
            look "$disk"
            "$bin/order" "$disk" "$own/disk" "${disk%.img}.truth" >>"$own/scores"
            umount "$own/disk"
        done
        rm -f "$own"/[0-9]*.img "$own"/[0-9]*.truth
        number=$((number - batch))
    done
    judge "$how" <"$own/scores"
}

# By way of attack: the mean of Kendall's tau, in standard errors of what chance gives; how many pairs were put right; how
# often the last was named. A tau of n in random order has variance 2 (2n + 5) / (9 n (n - 1)).
judge() {
    awk -F '\t' -v how="$1" '
        { n = $5; pairs = n * (n - 1) / 2
          lessons[$1]++; tau[$1] += ($2 - $3) / pairs; variance[$1] += 2 * (2 * n + 5) / (9 * n * (n - 1))
          right[$1] += $2 + $4 / 2; all[$1] += pairs; last[$1] += $6; chance[$1] += 1 / n; told[$1] += $2 + $3
          spread[$1] += 1 / n * (1 - 1 / n) }
        END {
          for (way in lessons) {
            z = tau[way] / sqrt(variance[way]); zl = (last[way] - chance[way]) / sqrt(spread[way])
            share = right[way] / all[way]; half = 3.29 * sqrt(variance[way]) / lessons[way] / 2
            if (how == "kiosk")
              printf "  %-13s %4d lessons: %5.1f %% of pairs right (chance: 50.0 +- %.1f), tau %+.3f (z %+.2f), last named %.1f (chance %.1f, z %+.2f)%s\n",
                way, lessons[way], 100 * share, 100 * half, tau[way] / lessons[way], z, last[way], chance[way], zl,
                told[way] ? "" : "; tells none apart"
            if (z > 4.5 || z < -4.5 || zl > 4.5 || zl < -4.5) { found = found " " way }
            away = share > 0.5 ? share : 1 - share
            if (away > best) { best = away; by = way }
            if (last[way] / lessons[way] > ends) { ends = last[way] / lessons[way]; ended = way }
          }
          if (how == "kiosk") { print "order: the product, " lessons["id-value"] " lessons: " (found ? "RECOVERED by" found : "nothing better than chance"); exit found != "" }
          printf "order: control %-7s %d lessons: %.1f %% of pairs right by %s, the last named %.0f %% of the time by %s\n",
            how, lessons["id-value"], 100 * best, by, 100 * ends, ended
          exit best < 0.9 && ends < 0.9
        }'
}

failed=0
attack kiosk "$2" || failed=1
for how in turn files rows keys delete persist wal; do
    attack "$how" "$3" || { echo "order: the attacker does not see through $how"; failed=1; }
done
exit "$failed"
