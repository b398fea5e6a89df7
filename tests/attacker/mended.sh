#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# mended.sh BIN SEED...: the attacker (in fractions) on single schools in which it once found something; it must not any more.
set -u
bin=$1 bad=0
shift
for seed in "$@"; do
    sh "$(dirname "$0")/schools.sh" "$bin" "$seed" "$seed" 0 || bad=1
done
exit $bad
