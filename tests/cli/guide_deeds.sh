# SPDX-License-Identifier: Apache-2.0
# What guide_typed.sh does with each command of the coordinator's guide: who types it, in which of the two years, and what must have come of it.
# shellcheck shell=bash disable=SC2154 # the variables are of the script that includes this

# The first year is a year earlier, on one computer.
in_its_year() {
    [ "$year" = two ] && printf '%s' "$1" && return
    printf '%s' "$1" | sed 's/two-machines/one-machine/; s/2026/2025/g; s/2027/2026/g'
}

# there FILE…: the command before made these, in the folder where it was typed.
there() {
    for file in "$@"; do
        [ -s "$file" ] || fail "there is no $file"
    done
}

give_public_parts() {
    cp "$place/$year/first/media/stick/holder.klh" "$place/$year/first/coordinator.klh"
    cp "$place/$year/second/media/stick/holder.klh" "$place/$year/first/vertrouwenspersoon.klh"
}

# In the second year they still have theirs; the guide comes to a fresh round key further on.
keys_of_both() {
    if [ "$year" = one ]; then
        type_it first "$1"
        there media/stick/keys.kls herstelblad.txt
        type_it second "$(instead veiligheidscoördinator vertrouwenspersoon "$1")"
    else
        cp -r "$place/one/first/media/stick" "$place/two/first/media/stick"
        cp -r "$place/one/second/media/stick" "$place/two/second/media/stick"
    fi
    give_public_parts
    ln -s stick "$place/$year/first/media/stick-a"
    ln -s "$place/$year/second/media/stick" "$place/$year/first/media/stick-b"
}

both() {
    type_it first "$1"
    type_it second "$1"
}

# on_one COMMAND, on_two WHO COMMAND: typed in the year that is spent on so many computers.
on_one() {
    [ "$year" != one ] || type_it first "$1"
}

on_two() {
    [ "$year" != two ] || type_it "$1" "$2"
}

# both_say COMMAND: open prepare, each for herself, and the statements brought to both computers.
both_prepare() {
    [ "$year" = two ] || return 0
    type_it first "$1"
    type_it second "$(instead eerste tweede "$1")"
    for name in "$place"/two/first/*eerste.klp; do cp "$name" "$place/two/second/"; done
    for name in "$place"/two/second/*tweede.klp; do cp "$name" "$place/two/first/"; done
}

bring() {
    mkdir -p "$(dirname "$place/two/$2")"
    cp "$place/two/$1" "$place/two/$2"
}

deed_block() {
    case $1 in
    'klankbord keyholder new '*) keys_of_both "$1" ;;
    'klankbord keyholder check '*) both "$1" ;;
    'klankbord-kiosk --label '* | 'klankbord-kiosk --trust '*) type_it first "$1" ;;
    'klankbord questionnaire build '*)
        class_list >"$place/$year/first/klassen.csv"
        type_it first "$1"
        there secondary.klq
        ;;
    'klankbord round new '*)
        type_it first "$(in_its_year "$1")"
        there ronde.klr
        ;;
    'klankbord round sign '*)
        type_it first "$1"
        cp "$place/$year/first/ronde.klr" "$place/$year/second/ronde.klr"
        type_it second "$1"
        cp "$place/$year/second/ronde.klr" "$place/$year/first/ronde.klr"
        ;;
    'klankbord round papers '*)
        type_it first "$1"
        there papieren/index.html
        classes_answer $((${#year} + 4))
        ;;
    'klankbord merge '*)
        type_it first "$1"
        [ "$year" = one ] || cp -r "$place/two/first/media/stick-van-5A" "$place/two/second/media/"
        on_two second "$1"
        ;;
    'klankbord round close '*stick-a*) on_one "$1" ;;
    'klankbord round close '*van-eerste*)
        [ "$year" = one ] || bring first/werk/closing-1.klc second/van-eerste/closing-1.klc
        on_two second "$1"
        ;;
    'klankbord round close '*van-tweede*)
        [ "$year" = one ] || bring second/werk/closing-1.klc first/van-tweede/closing-1.klc
        on_two first "$1"
        ;;
    'klankbord round close '*) on_two first "$1" ;;
    'klankbord open prepare '*) both_prepare "$1"; open_prepare=$1 ;;
    'klankbord open aggregate '*) on_two second "$1"; open_aggregate=$1 ;;
    'klankbord open combine '*)
        [ "$year" = one ] || bring second/deel.kla first/deel.kla
        on_two first "$1"
        open_combine=$1
        ;;
    'klankbord open receipt '*stick-a*) on_one "$1" ;;
    'klankbord open receipt '*--receipt*)
        [ "$year" = one ] || bring first/half.klo second/half.klo
        on_two second "$1"
        [ "$year" = one ] || type_it first 'klankbord inspect --round ronde.klr ../second/ontvangen.klo'
        ;;
    'klankbord open receipt '*) on_two first "$1" ;;
    'klankbord open --late '*)
        on_one "$1"
        [ "$year" = two ] || there werk/release-late.klv
        ;;
    'klankbord open '*)
        open_here=$1
        on_one "$1"
        ;;
    'klankbord report '*--previous*)
        [ "$year" = one ] && return
        mkdir "$place/two/first/vorig-jaar"
        cp "$place/one/first/werk/release.klv" "$place/two/first/vorig-jaar/"
        type_it first "$1"
        there rapport/report.html rapport/changes.csv
        ;;
    'klankbord report '*--measures*)
        type_it first "$1"
        grep -q 'iemand bij de kleedkamer' rapport/poster.html || fail 'the poster does not say what the school will do'
        ;;
    'klankbord report '*--late*)
        type_it first "$1"
        there rapport-met-laatkomers/late.html rapport-met-laatkomers/figures-late.csv
        ;;
    'klankbord report '*)
        type_it first "$1"
        there rapport/report.html rapport/figures.csv rapport/figures.xlsx
        ;;
    'klankbord measure add '*) type_it first "$1" ;;
    'klankbord questionnaire extend '*)
        type_it first "$1"
        there vragenlijst-2027.csv
        ;;
    'klankbord round destroy '*)
        both "$1"
        [ "$year" = two ] || wanted=1 type_it first "$open_here"
        [ "$year" = two ] || says 'gaan nooit meer open'
        ;;
    *) fail "no place for the command of the guide: $1" ;;
    esac
}

# Those inside a sentence; some are only named there, and are typed with what the block beside them says.
deed_words() {
    case $1 in
    'klankbord help' | 'klankbord help open') type_it first "$1" ;;
    'klankbord keyholder restore oefenmap')
        [ "$year" = one ] || return 0
        cp "$place/one/first/herstelblad.txt" "$place/one/first/sheet"
        type_it first "$1"
        cmp "$place/one/first/oefenmap/holder.klh" "$place/one/first/media/stick/holder.klh" || fail 'restoring gives another key'
        rm "$place/one/first/sheet"
        ;;
    'klankbord keyholder round-key '*)
        [ "$year" = two ] || return 0
        both "$1"
        give_public_parts
        ;;
    'klankbord inspect holder.klh') type_it first "cd media/stick && $1" ;;
    'klankbord-kiosk --compared') type_it first "$1" ;;
    'klankbord-kiosk --round ronde.klr') wanted=1 type_it first "$1" ;; # no display here: tests/screens has one
    'klankbord open sizes') ;;                                        # this questionnaire has no background question: cli_breakdown has
    'klankbord open --level school …')
        on_one "$(instead 'klankbord open' 'klankbord open --level school' "$open_here")"
        on_two first "$open_combine --level school"
        there "$place/$year/first/werk/release-school.klv"
        ;;
    'klankbord merge') [ "$year" = one ] || cp -r "$place/two/late" "$place/two/second/"
        cp -r "$place/$year/late" "$place/$year/first/"
        type_it first 'klankbord merge --round ronde.klr --workspace werk late'
        on_two second 'klankbord merge --round ronde.klr --workspace werk late'
        ;;
    'klankbord round close') late_list ;;
    'klankbord open prepare --late') both_prepare "$(instead eerste laat-eerste "$(instead prepare 'prepare --late' "$open_prepare")")" ;;
    'klankbord open aggregate --late') on_two second "$(late_names "$(instead aggregate 'aggregate --late' "$open_aggregate")")" ;;
    'klankbord open combine --late')
        [ "$year" = one ] || bring second/laat-deel.kla first/laat-deel.kla
        on_two first "$(late_names "$(instead combine 'combine --late' "$open_combine")")"
        there "$place/$year/first/werk/release-late.klv"
        ;;
    'klankbord handover' | 'klankbord round destroy' | 'klankbord keyholder restore NIEUWE-MAP') ;;
    'klankbord handover '*)
        type_it first "$1"
        there overdracht/handover.csv overdracht/account.html
        ;;
    'klankbord-kiosk --finish MAP') ;; # with answers in it: cli_finish
    *) fail "no place for the command inside a sentence of the guide: $1" ;;
    esac
}

late_names() {
    printf '%s' "$1" | sed 's/eerste\.klp/laat-eerste.klp/; s/tweede\.klp/laat-tweede.klp/; s/deel\.kla/laat-deel.kla/'
}

# "Ook dan merge en round close; beide sleutelhouders tekenen haar als de eerste."
late_list() {
    local close='klankbord round close --round ronde.klr --workspace werk --holder media/stick'
    on_one "$close-a --holder media/stick-b"
    on_two first "$close"
    [ "$year" = one ] || bring first/werk/closing-2.klc second/van-eerste/closing-2.klc
    on_two second "$close --list van-eerste/closing-2.klc"
    [ "$year" = one ] || bring second/werk/closing-2.klc first/van-tweede/closing-2.klc
    on_two first "$close --list van-tweede/closing-2.klc"
}
