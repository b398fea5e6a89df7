/* SPDX-License-Identifier: Apache-2.0 */
#ifndef FAULT_H
#define FAULT_H

/*
 * The one list of what can go wrong. Every function that can fail returns an `enum fault`; FAULT_NONE is 0,
 * so `if (fault) goto done;` reads as English. Each value has one sentence in Dutch and one in English: what
 * happened, and, where a person can do something, what to do. Callers branch on the value, people read the
 * sentence.
 *
 * The order may change between versions; nothing stores these numbers.
 */
#if defined(__GNUC__)
#define FAULT_MUST_CHECK __attribute__((warn_unused_result))
#else
#define FAULT_MUST_CHECK
#endif

enum fault_language { FAULT_LANGUAGE_NL, FAULT_LANGUAGE_EN };

/* X(name, Dutch sentence, English sentence); the comment of each group says when its values occur. */
/* clang-format off */
#define FAULT_LIST(X)                                                                                                  \
    X(FAULT_NONE, "Er is niets misgegaan.", "Nothing went wrong.")                                                     \
    /* the machine */                                                                                                  \
    X(FAULT_MEMORY, "Er is te weinig geheugen.", "There is not enough memory.")                                        \
    X(FAULT_MEMORY_LOCK, "Het geheugen kan niet worden afgeschermd; zo mogen er geen antwoorden in.",                  \
      "Memory cannot be locked; no answers may be kept in it.")                                                        \
    X(FAULT_SODIUM, "De versleuteling van dit systeem werkt niet.", "The cryptography of this system does not work.")  \
    X(FAULT_CONFINE, "Dit systeem kan het programma niet insluiten; zo mag het niet aan leerlingen worden gegeven.",   \
      "This system cannot confine the program; it must not be given to pupils like that.")                             \
    X(FAULT_MISUSE, "Het programma spreekt zichzelf tegen; meld dit als fout.",                                        \
      "The program contradicts itself; please report this as a bug.")                                                  \
    /* files and folders */                                                                                            \
    X(FAULT_FILE_MISSING, "Het bestand of de map is er niet.", "The file or folder does not exist.")                   \
    X(FAULT_FILE_READ, "Het bestand kan niet worden gelezen.", "The file cannot be read.")                             \
    X(FAULT_FILE_WRITE, "Het bestand kan niet worden geschreven; er is niets achtergelaten.",                          \
      "The file cannot be written; nothing was left behind.")                                                          \
    X(FAULT_FILE_EXISTS, "Er staat al een ander bestand met deze naam; het is niet overschreven.",                     \
      "Another file already has this name; it was not overwritten.")                                                   \
    X(FAULT_FILE_TOO_LARGE, "Het bestand is groter dan toegestaan.", "The file is larger than allowed.")               \
    X(FAULT_DISK_FULL, "De schijf of stick is vol; maak ruimte en probeer het opnieuw.",                               \
      "The disk or stick is full; make room and try again.")                                                           \
    X(FAULT_READ_ONLY, "Op deze schijf of stick mag niet worden geschreven.", "This disk or stick is read-only.")      \
    X(FAULT_NO_TERMINAL, "Er is geen toetsenbord om iets aan te vragen; geef het als optie mee.",                      \
      "There is no terminal to ask at; give it as an option.")                                                         \
    X(FAULT_BUSY, "Een ander programma gebruikt dit al.", "Another program is already using this.")                    \
    X(FAULT_STORE, "De opslag antwoordt niet zoals het hoort; wat er stond is niet veranderd.",                        \
      "The store does not answer as it should; what was in it has not been changed.")                                  \
    X(FAULT_STORE_DAMAGED, "De opslag is beschadigd.", "The store is damaged.")                                        \
    X(FAULT_STORE_FULL, "Er is geen plaats meer; de begeleider kan afsluiten en de klas opnieuw openen.",              \
      "There is no place left; the mentor can close the class and open it once more.")                                                      \
    X(FAULT_STORE_VOLUME,                                                                                              \
      "Deze schijf bewaart oude versies of vergeet; neem een andere, of sta het uitdrukkelijk toe.",                   \
      "This disk keeps old versions, or forgets; use another one, or allow it explicitly.")                            \
    /* any of our formats; docs/format.md gives the order of the checks */                                             \
    X(FAULT_MAGIC, "Dit is geen bestand van het verwachte soort.", "This is not a file of the expected kind.")         \
    X(FAULT_VERSION, "Het bestand is van een andere versie van Klankbord.",                                            \
      "The file is of another version of Klankbord.")                                                                  \
    X(FAULT_TRUNCATED, "Het bestand houdt te vroeg op.", "The file ends too early.")                                   \
    X(FAULT_TRAILING, "Er staat meer in het bestand dan erin hoort.", "The file holds more than it should.")           \
    X(FAULT_LIMIT, "Een getal of lengte in het bestand valt buiten de grenzen.",                                       \
      "A number or length in the file is outside its limits.")                                                         \
    X(FAULT_NOT_CANONICAL, "Het bestand is niet op de ene voorgeschreven manier geschreven.",                          \
      "The file is not written in the one prescribed way.")                                                            \
    X(FAULT_TEXT, "Er staat tekst in die geen geldige UTF-8 is.", "It holds text that is not valid UTF-8.")            \
    X(FAULT_FIELD_UNKNOWN, "Het bestand heeft een veld dat deze versie niet kent en niet mag overslaan.",              \
      "The file has a field that this version does not know and must not skip.")                                       \
    X(FAULT_FIELD_MISSING, "Het bestand mist een verplicht veld.", "The file lacks a required field.")                 \
    X(FAULT_FIELD_ORDER, "De velden van het bestand staan niet in volgorde of dubbel.",                                \
      "The fields of the file are out of order or doubled.")                                                           \
    X(FAULT_CHECKSUM, "Het bestand is beschadigd.", "The file is damaged.")                                            \
    X(FAULT_SIGNATURE, "De handtekening klopt niet: het bestand is beschadigd of vervalst.",                           \
      "The signature is wrong: the file is damaged or forged.")                                                        \
    X(FAULT_SIGNATURE_MISSING, "Er ontbreekt een handtekening van een sleutelhouder.",                                 \
      "A key holder's signature is missing.")                                                                          \
    X(FAULT_KEY_INVALID, "Er staat een ongeldige sleutel in het bestand.", "The file holds an invalid key.")           \
    X(FAULT_DIGEST, "De inhoud past niet bij haar vingerafdruk.", "The content does not match its digest.")            \
    /* questionnaire, answers, layout */                                                                               \
    X(FAULT_QUESTIONNAIRE, "De vragenlijst bevat fouten.", "The questionnaire has errors.")                            \
    X(FAULT_EXPRESSION, "Een voorwaarde in de vragenlijst is ongeldig.",                                               \
      "A condition in the questionnaire is invalid.")                                                                  \
    X(FAULT_ANSWERS, "De antwoorden passen niet bij de vragenlijst.", "The answers do not fit the questionnaire.")     \
    X(FAULT_LAYOUT_TOO_LARGE, "De vragenlijst heeft te veel tellers.", "The questionnaire has too many counters.")     \
    X(FAULT_SUM_TOO_LARGE, "Een telling zou te groot kunnen worden voor zoveel leerlingen.",                           \
      "A count could become too large for so many pupils.")                                                            \
    X(FAULT_LAYOUT_MISMATCH, "De indeling van de tellers past niet bij de vragenlijst.",                               \
      "The layout of the counters does not match the questionnaire.")                                                  \
    /* round */                                                                                                        \
    X(FAULT_ROUND_NOT_VALID, "De ronde is nog niet door beide sleutelhouders ondertekend.",                            \
      "The round has not been signed by both key holders yet.")                                                        \
    X(FAULT_ROUND_UNTRUSTED, "De ronde is ondertekend met sleutels die dit apparaat niet vertrouwt.",                  \
      "The round is signed with keys that this machine does not trust.")                                               \
    X(FAULT_ROUND_TOO_SMALL, "Er worden minder leerlingen gevraagd dan de kleinste groep; voeg klassen toe.",          \
      "Fewer pupils are asked than the minimum batch size; add classes.")                                              \
    X(FAULT_ROUND_MISSING, "Er is nog geen ronde op dit apparaat.", "There is no round on this machine yet.")          \
    X(FAULT_ROUND_OVER, "Deze ronde is al voorbij, volgens de datum van dit apparaat.",                                \
      "This round is over, by the date of this machine.")                                                              \
    X(FAULT_ROUND_EARLY, "Deze ronde is nog niet begonnen, volgens de datum van dit apparaat.",                        \
      "This round has not begun yet, by the date of this machine.")                                                    \
    X(FAULT_ROUND_SEVERAL, "Er zijn twee verschillende rondes gevonden; laat er één op de stick staan.",               \
      "Two different rounds were found; leave one of them on the stick.")                                              \
    X(FAULT_ROUND_OTHER, "Dit hoort bij een andere ronde.", "This belongs to another round.")                          \
    X(FAULT_ROUND_DATES, "De datums van de ronde kloppen niet.", "The dates of the round are not right.")              \
    X(FAULT_NAME_TWICE, "Een naam of label komt twee keer voor; geef elk een eigen naam.",                              \
      "A name or label occurs twice; give each its own.")                                                              \
    X(FAULT_CLASS_UNKNOWN, "Deze klas staat niet in de ronde.", "This class is not in the round.")                     \
    X(FAULT_KIOSK_UNKNOWN, "Dit apparaat staat niet op de kiosklijst van de ronde.",                                   \
      "This machine is not on the round's kiosk list.")                                                                \
    X(FAULT_PIN, "De pincode is niet goed.", "The PIN is not right.")                                                  \
    /* bundles and records */                                                                                          \
    X(FAULT_RECORD_DAMAGED, "Een bijdrage is beschadigd.", "A contribution is damaged.")                               \
    X(FAULT_RECORD_ORDER, "De bijdragen staan niet in volgorde of dubbel.",                                            \
      "The contributions are out of order or doubled.")                                                                \
    X(FAULT_RECORD_CONFLICT, "Twee verschillende bijdragen hebben hetzelfde nummer; beide zijn apart gezet.",          \
      "Two different contributions have the same id; both were set aside.")                                            \
    X(FAULT_RECORD_SEALED, "Een bijdrage gaat niet open met deze sleutel.",                                            \
      "A contribution does not open with this key.")                                                                   \
    X(FAULT_RECORD_CONTENT, "Een geopende bijdrage spreekt haar omgeving tegen.",                                      \
      "An opened contribution contradicts its surroundings.")                                                          \
    X(FAULT_TOO_MANY, "Er zijn meer bijdragen dan leerlingen in de klas.",                                             \
      "There are more contributions than pupils in the class.")                                                        \
    /* keys and people */                                                                                              \
    X(FAULT_PASSPHRASE, "De wachtzin is niet goed.", "The passphrase is not right.")                                   \
    X(FAULT_PASSPHRASE_WEAK, "De wachtzin is te kort; neem ten minste 12 tekens.",                                     \
      "The passphrase is too short; take at least 12 characters.")                                                     \
    X(FAULT_KEY_WRONG, "Dit is niet de sleutel die bij deze ronde hoort.",                                             \
      "This is not the key that belongs to this round.")                                                               \
    X(FAULT_KEY_SAME, "Beide sleutels zijn van dezelfde houder.", "Both keys are of the same holder.")                 \
    X(FAULT_KEY_USED, "Deze rondesleutel is al voor een andere ronde gebruikt; maak een nieuwe.",                      \
      "This round key was already used for another round; make a new one.")                                            \
    X(FAULT_KEY_DESTROYED, "De rondesleutel is vernietigd; deze antwoorden gaan nooit meer open.",                     \
      "The round key was destroyed; these answers can never be opened again.")                                         \
    X(FAULT_RECOVERY_SHEET, "Er staat een tikfout in de herstelcode.", "There is a mistyped line in the recovery code.") \
    /* closing and opening */                                                                                          \
    X(FAULT_NOT_CLOSED, "De ronde is nog niet gesloten.", "The round has not been closed yet.")                        \
    X(FAULT_ALREADY_CLOSED, "De ronde is al gesloten.", "The round is already closed.")                                \
    X(FAULT_BATCH_TOO_SMALL, "Er zijn te weinig bijdragen om samen te openen.",                                        \
      "There are too few contributions to be opened together.")                                                        \
    X(FAULT_BATCH_OVERLAP, "Deze groep overlapt met een groep die al is geopend; dat zou leerlingen verraden.",        \
      "This batch overlaps one that was opened before; that would give pupils away.")                                  \
    X(FAULT_BATCH_SUMS, "De tellingen van een groep kloppen niet met elkaar; ze is niet meegeteld.",                   \
      "The counts of a batch contradict each other; it was not counted.")                                              \
    X(FAULT_BATCH_INCOMPLETE, "Deze computer heeft niet alle bijdragen van de sluitlijst.",                            \
      "This computer does not have all contributions of the closing list.")                                            \
    X(FAULT_LEDGER_DAMAGED, "Het grootboek van de sleutelhouder is beschadigd.", "The key holder's ledger is damaged.") \
    X(FAULT_LEDGER_OLD, "De andere sleutelhouder kent een nieuwer grootboek: dit is een oude kopie.",                  \
      "The other key holder knows a newer ledger: this one is an old copy.")                                           \
    X(FAULT_LEDGER_GAP, "In dit grootboek staat niet dat de eerste sluitlijst is geopend; de late komt pas daarna.",   \
      "This ledger does not say that the first closing list was opened; the late one comes after it.")                 \
    X(FAULT_STATEMENTS_DIFFER, "De twee sleutelhouders hebben niet dezelfde gegevens.",                                \
      "The two key holders do not have the same data.")                                                                \
    X(FAULT_SIZES_FALSE,                                                                                               \
      "De opgegeven groepsgroottes kloppen niet met wat de kiosken erover verzegelden.",                               \
      "The stated group sizes do not match what the kiosks sealed about them.")                                        \
    X(FAULT_RELEASED, "Voor deze ronde is al een rapport vrijgegeven.",                                                \
      "A release was already made for this round.")                                                                    \
    /* recordings */                                                                                                   \
    X(FAULT_RECORDING_FORM, "Het geluid is niet bewaard als gewone WAV van 16 bits.",                                  \
      "The sound is not saved as a plain 16-bit WAV.")                                                                 \
    X(FAULT_RECORDING_CHANNELS, "Het geluid is niet mono.", "The sound is not mono.")                                  \
    X(FAULT_RECORDING_RATE, "Het geluid heeft een andere bemonstering dan 16, 22,05, 24, 32, 44,1 of 48 kHz.",         \
      "The sound has another sample rate than 16, 22.05, 24, 32, 44.1 or 48 kHz.")                                     \
    X(FAULT_RECORDING_LENGTH, "Het geluid is korter dan een tiende seconde of langer dan twee minuten.",               \
      "The sound is shorter than a tenth of a second or longer than two minutes.")                                     \
    /* talking to people */                                                                                            \
    X(FAULT_USAGE, "De opdracht is niet goed ingevuld.", "The command was not filled in correctly.")                   \
    X(FAULT_REFUSED, "Er is niets gedaan.", "Nothing was done.")                                                       \
    X(FAULT_SCREEN, "Het scherm kan niet worden geopend.", "The screen cannot be opened.")                             \
    X(FAULT_FONT, "Er is geen geschikt lettertype gevonden.", "No suitable font was found.")                          \
    X(FAULT_FONT_ARABIC, "Er is geen lettertype met Arabische letters gevonden.",                                      \
      "No font with Arabic letters was found.")

/* clang-format on */

#define FAULT_ENUM_ENTRY(name, nl, en) name,
enum fault { FAULT_LIST(FAULT_ENUM_ENTRY) FAULT_COUNT };
#undef FAULT_ENUM_ENTRY

/* The sentence for a person; a constant, never NULL, also for values outside the enum. */
const char *fault_text(enum fault fault, enum fault_language language);

/* The value's own name ("FAULT_MAGIC") for tests, `--json` and developers; a constant. */
const char *fault_name(enum fault fault);

#endif
