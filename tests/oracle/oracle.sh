#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# oracle.sh BIN FOLDER SCHOOLS: see README.md beside this file.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$1/figures" "$work" 1 "$3"
Rscript --vanilla "$2/oracle.R" "$work"
