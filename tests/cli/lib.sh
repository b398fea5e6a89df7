# SPDX-License-Identifier: Apache-2.0
# What the scripts beside this one share: given, run, expected exit code, words in what was said, and no file after a failure.
# Usage, first lines of a script:  . "$(dirname "$0")/lib.sh"; begin "$@"
# shellcheck shell=sh disable=SC2034 # the variables are for the scripts that include this

set -eu

# begin BIN_FOLDER: an empty place to work in, gone afterwards.
begin() {
    bin=$(cd "${1:?usage: $0 FOLDER_WITH_PROGRAMS}" && pwd)
    source=$(cd "$(dirname "$0")/../.." && pwd)
    place=$(mktemp -d)
    trap 'rm -rf "$place"' EXIT
    trap 'exit 1' INT TERM HUP
    cd "$place"
    unset KLANKBORD_LANG KLANKBORD_TODAY
    last=
}

fail() {
    echo "FAILED: $*" >&2
    echo "  after: $last" >&2
    sed 's/^/  out: /' out >&2 2>/dev/null || true
    sed 's/^/  err: /' err >&2 2>/dev/null || true
    exit 1
}

# run CODE ARGUMENT…: klankbord without a keyboard; its output goes to the files out and err.
run() {
    expected=$1
    shift
    last="klankbord $*"
    code=0
    "$bin/klankbord" --no-input "$@" >out 2>err </dev/null || code=$?
    [ "$code" = "$expected" ] || fail "exit code $code, expected $expected"
}

# Each argument must be in what the last run said, on either stream.
says() {
    for words in "$@"; do
        grep -qF -e "$words" out err || fail "it does not say: $words"
    done
}

# Standard output is for data, talk goes to standard error.
out_is_empty() {
    [ ! -s out ] || fail "there is something on standard output"
}

# None of these may exist.
absent() {
    for path in "$@"; do
        [ ! -e "$path" ] || fail "left behind: $path"
    done
}

# make_own_question FILE: a question of the school's own, with its list.
make_own_question() {
    cat >"$1" <<'OWN'
survey
,type,name,label::Nederlands (nl),label::English (en)
,select_one own_like,like_yard,Vind je het nieuwe plein leuk?,Do you like the new yard?
choices
,list_name,name,label::Nederlands (nl),label::English (en)
,own_like,yes,ja,yes
,own_like,no,nee,no
OWN
}

# The same content.
same() {
    cmp -s "$1" "$2" || fail "$1 and $2 differ"
}

# make_holder FOLDER ROLE: keys with the passphrase in FOLDER.pass and the sheet FOLDER.txt.
make_holder() {
    echo "de wachtzin van $1" >"$1.pass"
    run 0 keyholder new "$1" --name "$2" --kdf interactive --passphrase-file "$1.pass" --sheet "$1.txt"
}

# make_kiosk NAME: a test kiosk's key NAME.key and its request NAME.kle.
make_kiosk() {
    "$bin/pupils" enrol --label "$1" --kiosk-key "$1.key" --request "$1.kle" >/dev/null 2>&1 || fail "cannot enrol $1"
}
