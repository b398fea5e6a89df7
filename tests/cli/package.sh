#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# What the Debian package holds. `./dev package try` installs it and starts the session.
set -eu
build=$(cd "$1/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cpack -G DEB --config "$build/CPackConfig.cmake" -B "$work" >"$work/log" 2>&1 || { cat "$work/log"; exit 1; }
package=$(find "$work" -maxdepth 1 -name 'klankbord_*.deb')
dpkg-deb -c "$package" | awk '{ print $1, $2, $6 }' >"$work/list"
dpkg-deb -f "$package" >"$work/control"
missing=0
for name in usr/bin/klankbord usr/bin/klankbord-kiosk usr/share/man/man1/klankbord.1.gz usr/share/man/man1/klankbord-kiosk.1.gz \
    usr/share/applications/klankbord-kiosk.desktop usr/lib/systemd/system/klankbord-kiosk.service usr/lib/sysusers.d/klankbord-kiosk.conf \
    etc/pam.d/klankbord-kiosk usr/share/doc/klankbord/copyright usr/share/klankbord/questionnaires/secondary/questionnaire.csv; do
    grep -q "root/root ./$name\$" "$work/list" || { echo "package: $name is not in it, or not root's"; missing=1; }
done
grep -q '^Depends:.*fonts-sil-andika' "$work/control" || { echo 'package: it does not ask for the letters'; missing=1; }
grep -q '^Recommends:.*cage.*xwayland' "$work/control" || { echo 'package: it does not name the session'; missing=1; }
if grep -E '^.{5}w|^.{8}w|^...s|^......s' "$work/list"; then
    echo 'package: others may write these, or they give rights away'
    missing=1
fi
[ "$missing" -eq 0 ]
echo 'package: all there'
