#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# klankbord questionnaire speak: a computer's voice for what nobody has read, and never over what somebody has.
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
begin "$@"

cat >q.csv <<'CSV'
survey
,type,name,label::Nederlands (nl),label::English (en),label::العربية (ar),hint::Nederlands (nl)
,select_one yn,safe,Voel je je veilig?,Do you feel safe?,هل تشعر بالأمان؟,Denk aan deze week
choices
,list_name,name,label::Nederlands (nl),label::English (en),label::العربية (ar)
,yn,yes,Ja,Yes,نعم
,yn,no,Nee,No,لا
settings
,form_id,version,form_title::Nederlands (nl),form_title::English (en),form_title::العربية (ar),klankbord::provenance::Nederlands (nl),klankbord::provenance::English (en),klankbord::provenance::العربية (ar),default_language,klankbord::validity
,spoken,1,Proef,Try,تجربة,Proef,Try,تجربة,nl,not validated
CSV

# nothing is there yet: checking says so, names the files to be recorded, and makes nothing
run 3 questionnaire speak q.csv --check
says 'safe.nl.wav' 'yn.yes.en.wav' 'Voel je je veilig? Denk aan deze week' 'nl: 0 ingesproken, 0 computerstem, 0 van een andere tekst, 3 zonder opname'
says 'ar: hiervoor is geen computerstem goed genoeg'
absent audio

# a language without a good voice is refused by name, one that is not there too
run 2 questionnaire speak q.csv --language ar
says 'ar' 'nl, en, pl en tr' 'laat'
run 2 questionnaire speak q.csv --language pl
says 'pl staat niet in deze vragenlijst'
run 2 --lang en questionnaire speak q.csv --language ar
says 'no computer voice of ar is good enough'
absent audio

# without the program nothing is made
last='speak without espeak-ng'
code=0
PATH=/nonexistent "$bin/klankbord" --no-input questionnaire speak q.csv >out 2>err </dev/null || code=$?
[ "$code" = 1 ] || fail "exit code $code, expected 1"
says 'Installeer het pakket espeak-ng'
absent audio

# one language, then all; what was made is not made again
run 0 questionnaire speak q.csv --language en
says '3 opnamen gemaakt'
absent audio/safe.nl.robot.wav
run 0 questionnaire speak q.csv
says '3 opnamen gemaakt' 'nl: 0 ingesproken, 3 computerstem, 0 van een andere tekst, 0 zonder opname'
says 'ontbreekt	safe.ar.wav'
find audio -type f -printf '%f %T@\n' | grep -v texts.csv | sort >before
[ "$(wc -l <before)" = 6 ] || fail 'not six recordings'
run 0 questionnaire speak q.csv
find audio -type f -printf '%f %T@\n' | grep -v texts.csv | sort >after
same before after
run 0 questionnaire speak q.csv --check --language nl

# the questionnaire has their digests, marked as a computer's
run 0 questionnaire build q.csv --out q.klq
hex=$(b2sum -l 256 audio/safe.nl.robot.wav | cut -d ' ' -f 1)
od -An -v -tx1 q.klq | tr -d ' \n' | grep -q "01$hex" || fail 'the digest is not in q.klq, or not marked'

# somebody reads one: it is preferred, kept, and never written over
head -c 10000 audio/yn.yes.nl.robot.wav >sound
{ # another sound in the right form: 22,050 samples a second, 5,000 of them
    printf 'RIFF\064\047\000\000WAVEfmt \020\000\000\000\001\000\001\000\042\126\000\000\104\254\000\000\002\000\020\000data\020\047\000\000'
    tail -c 9000 sound
    head -c 1000 /dev/zero
} >audio/safe.nl.wav
hex=$(b2sum -l 256 audio/safe.nl.wav | cut -d ' ' -f 1)
run 0 questionnaire speak q.csv
says 'nl: 1 ingesproken, 2 computerstem'
run 0 questionnaire build q.csv --out q.klq
od -An -v -tx1 q.klq | tr -d ' \n' | grep -q "00$hex" || fail 'the recording of a person is not preferred'

# texts change: a computer reads again, a person is asked to
sed -i 's/Voel je je veilig/Voel je je hier veilig/; s/,yn,no,Nee,/,yn,no,Nee hoor,/' q.csv
old=$(b2sum audio/yn.no.nl.robot.wav)
run 3 questionnaire speak q.csv --check
says 'tekst veranderd	safe.nl.wav' 'tekst veranderd	yn.no.nl.robot.wav' 'nl: 0 ingesproken, 1 computerstem, 2 van een andere tekst'
[ "$old" = "$(b2sum audio/yn.no.nl.robot.wav)" ] || fail 'checking changed a recording'
run 0 questionnaire speak q.csv
says '1 opnamen gemaakt' 'tekst veranderd	safe.nl.wav'
[ "$old" != "$(b2sum audio/yn.no.nl.robot.wav)" ] || fail 'the changed text was not read again'
[ "$hex" = "$(b2sum -l 256 audio/safe.nl.wav | cut -d ' ' -f 1)" ] || fail 'a recording of a person was changed'
run 3 questionnaire speak q.csv --check # a second look has not forgotten it
says 'tekst veranderd	safe.nl.wav'
printf '\001\001' | dd of=audio/safe.nl.wav bs=1 seek=5000 conv=notrunc 2>/dev/null
run 0 questionnaire speak q.csv --check --language nl # recorded anew

# broken off in the middle: what is half made is made again, the rest is kept
rm audio/yn.yes.en.robot.wav audio/texts.csv
run 0 questionnaire speak q.csv
says 'en: 0 ingesproken, 3 computerstem, 0 van een andere tekst, 0 zonder opname'
run 0 questionnaire speak q.csv --check --language en

# a computer's sound of which nobody knows the text is made again
cp audio/yn.yes.en.robot.wav audio/yn.no.en.robot.wav
sed -i '/^yn.no.en/d' audio/texts.csv
run 3 questionnaire speak q.csv --check --language en
run 0 questionnaire speak q.csv
cmp -s audio/yn.yes.en.robot.wav audio/yn.no.en.robot.wav && fail 'another text is heard than is written'

# a list of texts that cannot be read stops it before anything is made
cp audio/texts.csv kept
printf '\377\376' >audio/texts.csv
rm audio/yn.yes.en.robot.wav
run 1 questionnaire speak q.csv
absent audio/yn.yes.en.robot.wav
cp kept audio/texts.csv

# a recording that a kiosk would not play is an error of the questionnaire, by name
printf 'nothing' >audio/yn.no.ar.wav
run 3 questionnaire speak q.csv
says 'KB-AUDIO-WAV' 'yn.no.ar.wav'
rm audio/yn.no.ar.wav

# a voice that fails leaves what was there
mkdir fake
printf '#!/bin/sh\nexit 1\n' >fake/espeak-ng
chmod +x fake/espeak-ng
last='speak with an espeak-ng that fails'
code=0
PATH=$place/fake "$bin/klankbord" --no-input questionnaire speak q.csv >out 2>err </dev/null || code=$?
[ "$code" != 0 ] || fail 'it says that all is well'
says 'yn.yes.en'
absent audio/yn.yes.en.robot.wav
run 0 questionnaire speak q.csv
says '1 opnamen gemaakt'
