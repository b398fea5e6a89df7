#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Checking, building and laying out a questionnaire, with the real program: questionnaire.sh FOLDER_WITH_PROGRAMS
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
begin "$@"

instrument=$source/questionnaires/secondary/questionnaire.csv
vectors=$source/tests/vectors/author

# the shipped instrument, in the way a reader of the README would try it
run 0 questionnaire check "$instrument" --strict
says '0 fouten, 0 waarschuwingen'
run 0 questionnaire build "$instrument" --out q.klq
says 'q.klq: ' 'vingerafdruk'
cp q.klq first.klq
run 0 questionnaire build "$instrument" --out q.klq
same q.klq first.klq
run 0 questionnaire layout "$instrument"
cp out from_csv
run 0 questionnaire layout q.klq
same out from_csv
says "$(printf '0\tclass\tparticipation\t-\tanswered')"

# every page of what is shipped fits, on every screen, in every size and language
for shipped in primary secondary; do
    run 0 questionnaire check "$source/questionnaires/$shipped/questionnaire.csv" --layout
    says '6 talen' 'alles past.'
done
run 0 --lang en questionnaire check "$instrument" --layout
says 'everything fits.'
sed 's/Hoe vaak voel je je veilig op school?/Meervoudigepersoonlijkheidsstoornissenbehandeling?/' "$instrument" >wide.csv
run 3 questionnaire check wide.csv --layout
says 'nl 1024x768 200 %: safe_school is ' 'pixels te groot'

# too long everywhere: named for each language, screen and size of letters, with the pixels too many; 6 x 3 x 4 lines
sed -n 's/.*,safe_school,\(Hoe vaak[^,]*\),.*/\1/p' "$instrument" | grep -q . || fail 'the question to lengthen is not there'
awk -F, -v OFS=, '$3 == "safe_school" { for (i = 4; i <= 9; i++) { longer = ""; for (j = 0; j < 14; j++) longer = longer $i " "; $i = longer } } { print }' \
    "$instrument" >long.csv
run 3 questionnaire check long.csv --layout
for language in nl en tr ar uk pl; do
    for screen in 1024x768 1366x768 1920x1080; do
        for percent in 100 125; do
            says "$language $screen $percent %: safe_school"
        done
    done
done
grep -E '^(nl|en|tr|ar|uk|pl) [0-9x]+ [0-9]+ %: ' out | grep -qv '[0-9] pixels' && fail 'a page is named without its pixels'

# the layout is asked of the kiosk, which must be there
mkdir alone
cp "$bin/klankbord" alone/
kept=$bin
bin=$place/alone
PATH_KEPT=$PATH
PATH=/usr/bin:/bin
run 1 questionnaire check "$instrument" --layout
says 'klankbord-kiosk is niet gevonden' '0 fouten, 0 waarschuwingen'
run 1 --lang en questionnaire check "$instrument" --layout
says 'klankbord-kiosk was not found'
PATH=$kept:$PATH_KEPT
run 0 questionnaire check "$instrument"
bin=$kept
PATH=$PATH_KEPT

# a workbook compiles to what its CSV twin does, and its mistakes stand at its own cells
run 0 questionnaire build "$source/tests/vectors/workbook/valid_libreoffice.xlsx" --out book.klq
same book.klq "$source/tests/vectors/questionnaire/valid.klq"
run 3 questionnaire check "$source/tests/vectors/workbook/name_duplicate.xlsx"
says 'blad survey, cel B5 (name): fout KB-NAME-DUPLICATE'
run 3 questionnaire check "$source/tests/vectors/workbook/doctype_strings.xlsx"
says 'KB-BOOK-DOCTYPE' 'xl/sharedStrings.xml'

# for programs: one object on standard output, the same exit codes
run 3 questionnaire check "$vectors/name_duplicate.csv" --json
says '"errors": 1, "warnings": 0' '"code": "KB-NAME-DUPLICATE"' '"sheet": "survey", "row": 6, "column": "C"' 'De naam \"happy\" is al gebruikt'
run 0 questionnaire check "$instrument" --json --strict
printf '{\n  "file": "%s",\n  "errors": 0, "warnings": 0, "notes": 0,\n  "findings": []\n}\n' "$instrument" >expected
same out expected
run 3 questionnaire check "$vectors/text_words.csv" --json --strict
says '"severity": "warning"'

# a template is whole in both forms, and never written over anything
run 0 questionnaire template --out template.xlsx
run 0 questionnaire check template.xlsx --strict
run 0 questionnaire template --out template.csv
run 0 questionnaire convert template.xlsx --out back.csv
same back.csv template.csv
cp template.csv before
run 1 questionnaire template --out template.csv
same template.csv before
run 2 questionnaire template --out template.ods
absent template.ods

# there and back again: the same questionnaire, the same sheets and notes
for sheet in "$instrument" "$vectors"/valid_marks.csv "$vectors"/valid_comments.csv "$vectors"/valid_tabs.csv \
    "$vectors"/valid_conversion.csv; do
    rm -f there.xlsx back.csv again.xlsx back_again.csv from.klq to.klq
    run 0 questionnaire convert "$sheet" --out there.xlsx
    run 0 questionnaire convert there.xlsx --out back.csv
    run 0 questionnaire build "$sheet" --out from.klq
    run 0 questionnaire build there.xlsx --out to.klq
    same to.klq from.klq
    run 0 questionnaire build back.csv --out to.klq
    same to.klq from.klq
    run 0 questionnaire convert back.csv --out again.xlsx
    run 0 questionnaire convert again.xlsx --out back_again.csv
    same back_again.csv back.csv
done
printf 'survey\n,type,name\n,note,"=1+1"\n,"a ""b"", c",_x000D_\n\n# a comment\n,007,12\n_notes\n,keep,me\n' >odd.csv
run 0 questionnaire convert odd.csv --out odd.xlsx
run 0 questionnaire convert odd.xlsx --out odd_back.csv
printf 'survey\n,type,name\n,note,=1+1\n,"a ""b"", c",_x000D_\n\n"# a comment"\n,007,12\n_notes\n,keep,me\n' >odd_expected.csv
same odd_back.csv odd_expected.csv
run 3 questionnaire convert "$source/tests/vectors/workbook/cell_formula.xlsx" --out lost.csv
says 'KB-BOOK-FORMULA'
absent lost.csv
printf 'a name that is much longer than a workbook allows\n,x\n' >long.csv
run 3 questionnaire convert long.csv --out long.xlsx
absent long.xlsx
[ -z "$(find . -name '*.part')" ] || fail 'a scratch file was left behind'

# what the school does with its results, written down, and asked about next year
run 0 measure add measures.csv --name changing_room --goal 'Minder ruzie' --goal-en 'Less quarrelling' --text-nl 'iemand bij de kleedkamer' --text-en 'somebody near the changing room' --date 2026-02-01 --owner gymleraar --text-ar 'شخص قرب غرفة تبديل الملابس' --text-pl 'ktoś przy szatni'
run 0 measure add measures.csv --name fountain --goal 'Meer, en "leuker" spelen' --text-nl 'het waterpunt' --text-en 'the fountain' --date 2026-03-05
cp measures.csv before
run 1 measure add measures.csv --name fountain --goal x --text-nl x --text-en x --date 2026-03-05
run 2 measure add measures.csv --name Pump --goal x --text-nl x --text-en x --date 2026-03-05
says '--name'
run 2 measure add measures.csv --name pump
same measures.csv before
run 0 measure list measures.csv
says '2026-03-05	fountain	Meer, en "leuker" spelen	het waterpunt'
run 0 --lang en measure list measures.csv
says 'Less quarrelling	somebody near the changing room'
says 'Meer, en "leuker" spelen	the fountain'
make_own_question own.csv
run 0 questionnaire extend "$instrument" --own own.csv --measures measures.csv --version 2026.1-school --out copy.xlsx
says ' 3 erbij'
run 0 --lang en questionnaire extend "$instrument" --measures measures.csv --out in_its_own.xlsx
grep LANGUAGE-INCOMPLETE err | sort >said
run 0 --lang en questionnaire check in_its_own.xlsx
grep LANGUAGE-INCOMPLETE out err | sed 's/^[^:]*://' | sort | grep . >checked
[ -s said ] || fail "nothing was said of a language"
same said checked
run 0 questionnaire build copy.xlsx --out copy.klq
run 0 inspect copy.klq
says '2026.1-school'
run 0 questionnaire convert copy.xlsx --out copy.csv
grep -q 'هل لفت انتباهك: شخص قرب غرفة تبديل الملابس؟' copy.csv || fail 'no question in Arabic'
grep -q 'Czy zauważasz coś takiego: ktoś przy szatni?' copy.csv || fail 'no question in Polish'
run 0 questionnaire layout copy.klq
says 'noticed_fountain' 'noticed_changing_room' 'like_yard'
run 0 questionnaire extend "$instrument" --measures measures.csv --since 2026-03-01 --out since.csv
says ' 1 erbij'
# twice is said, a changed core is refused, six are too many; nothing is left
run 3 questionnaire extend copy.xlsx --measures measures.csv --out twice.csv
says 'KB-MEASURE-TWICE'
absent twice.csv
run 0 questionnaire convert "$instrument" --out core.csv
list=$(awk -F, '$1 == "choices" {seen = 1} seen && NF > 3 && $2 != "list_name" {print $2; exit}' core.csv)
sed -e "s/own_like/$list/" -e 's/,yes,ja,/,newly,ja,/' -e '/,no,nee,/d' own.csv >clash.csv
run 3 questionnaire extend "$instrument" --own clash.csv --out clash.xlsx
absent clash.xlsx
{
    sed 3q own.csv
    for number in 1 2 3 4 5; do echo ",select_one own_like,like_$number,Vind je dit leuk?,Do you like this?"; done
    sed 1,3d own.csv
} >six.csv
run 3 questionnaire extend "$instrument" --own six.csv --out six.xlsx
says 'KB-OWN-MANY'
absent six.xlsx
run 2 questionnaire extend "$instrument" --out nothing.csv
printf 'measure,goal\n' >broken.csv
run 3 questionnaire extend "$instrument" --measures broken.csv --out nothing.csv
says 'cel C1'
absent nothing.csv

# errors: exit 3, the cell and the code, in both languages, and nothing is made
run 3 questionnaire check "$vectors/name_duplicate.csv"
says 'blad survey, cel C6 (name): fout KB-NAME-DUPLICATE: De naam "happy" is al gebruikt in rij 5.' 'Kies een andere naam.' '1 fout, 0 waarschuwingen'
run 3 --lang en questionnaire check "$vectors/name_duplicate.csv"
says 'sheet survey, cell C6 (name): error KB-NAME-DUPLICATE: The name "happy" is already used in row 5.' 'Choose another name.'
run 3 questionnaire build "$vectors/name_duplicate.csv" --out bad.klq
out_is_empty
says 'KB-NAME-DUPLICATE' 'er is niets gemaakt'
absent bad.klq
run 3 questionnaire layout "$vectors/name_duplicate.csv"
out_is_empty
run 3 questionnaire check "$vectors/utf16.csv"
says 'KB-FILE-UTF16' 'CSV UTF-8'

# recordings lie in audio/ beside the questionnaire; each compiles to the digest of its file
mkdir audio
cp "$vectors/seeds/recordings.csv" spoken.csv
run 3 questionnaire check spoken.csv
says 'KB-AUDIO-MISSING' 'happy.en.robot.wav' '4 fouten'
for name in happy.nl.wav happy.en.robot.wav hello.wav friend.wav; do
    { # a tenth of a second at 16 kHz, and behind it a note with the name, so that no two are the same
        printf 'RIFF\264\014\000\000WAVEfmt \020\000\000\000\001\000\001\000\200>\000\000\000}\000\000\002\000\020\000'
        printf 'data\200\014\000\000'
        head -c 3200 /dev/zero
        printf 'note\010\000\000\000%-8.8s' "$(echo "$name" | b2sum)"
    } >"audio/$name"
done
run 0 questionnaire build spoken.csv --out spoken.klq
hex=$(b2sum -l 256 audio/friend.wav | cut -d ' ' -f 1)
od -An -v -tx1 spoken.klq | tr -d ' \n' | grep -q "$hex" || fail "the recording's digest is not in spoken.klq"
echo 'this is no sound' >audio/hello.wav
run 3 questionnaire check spoken.csv
says 'KB-AUDIO-WAV' '1 fout'
{ # the same in stereo
    head -c 22 audio/friend.wav
    printf '\002'
    tail -c +24 audio/friend.wav
} >audio/hello.wav
run 3 questionnaire check spoken.csv
says 'KB-AUDIO-MONO' 'is niet mono' '1 fout'

# warnings and notes build, unless asked to be strict
run 0 questionnaire check "$vectors/text_words.csv"
says 'let op KB-TEXT-WORDS' '1 waarschuwing.'
run 3 questionnaire check "$vectors/text_words.csv" --strict
run 0 questionnaire check "$vectors/dropped_deviceid.csv" --strict
says 'ter informatie KB-TYPE-IDENTIFIES'

# an older build may be replaced, somebody's file may not
echo 'mijn werkstuk' >mine.klq
cp mine.klq before
run 1 questionnaire build "$instrument" --out mine.klq
same mine.klq before
run 1 questionnaire build "$instrument" --out nowhere/q.klq
absent nowhere
run 1 questionnaire check missing.csv
printf 'KLBqstn\n\001\000' >cut.klq
run 5 questionnaire layout cut.klq
out_is_empty

# mistakes in the command itself
run 2 questionnaire
run 2 questionnaire chekc "$instrument"
run 2 questionnaire check
run 2 questionnaire build "$instrument"
absent "$instrument.klq"
