/* SPDX-License-Identifier: Apache-2.0 */
#include "inspect.h"

#include <stdio.h>
#include <string.h>

#include "aggregator/aggregate.h"
#include "aggregator/keyfile.h"
#include "aggregator/ledger.h"
#include "aggregator/prepare.h"
#include "aggregator/release.h"
#include "core/bundle.h"
#include "core/closing.h"
#include "core/enrolment.h"
#include "core/holder.h"
#include "core/receipt.h"

/* What is being written, for whom, and what is known besides the file; `round` may be NULL. */
struct page {
    struct bytes_buffer *out;
    enum fault_language language;
    const struct round *round;
};

static const char *pick(const struct page *page, const char *nl, const char *en) {
    return page->language == FAULT_LANGUAGE_EN ? en : nl;
}

static void put_text(struct page *page, const char *nl, const char *en, const char *text) {
    const char *name = pick(page, nl, en);
    bytes_put(page->out, name, strlen(name));
    bytes_put(page->out, "\t", 1);
    bytes_put(page->out, text, strlen(text));
    bytes_put(page->out, "\n", 1);
}

static void put_number(struct page *page, const char *nl, const char *en, uint64_t number) {
    char text[24];
    (void)snprintf(text, sizeof text, "%llu", (unsigned long long)number);
    put_text(page, nl, en, text);
}

static void put_hex(struct page *page, const char *nl, const char *en, const uint8_t digest[DIGEST_BYTES]) {
    char text[2 * DIGEST_BYTES + 1];
    digest_hex(text, digest, DIGEST_BYTES);
    put_text(page, nl, en, text);
}

static void put_key(struct page *page, const char *nl, const char *en, const uint8_t key[32]) {
    char text[DIGEST_CODE_SIZE];
    digest_fingerprint(text, key);
    put_text(page, nl, en, text);
}

static void put_date(struct page *page, const char *nl, const char *en, uint32_t date) {
    char text[24];
    (void)snprintf(text, sizeof text, "%04u-%02u-%02u", (unsigned)(date / 10000),
                   (unsigned)(date / 100 % 100), (unsigned)(date % 100));
    put_text(page, nl, en, text);
}

static void put_incidents(struct page *page, bool in_class) {
    static const char *const from[2][2] = {{"vanaf leerjaar", "from the year up"},
                                           {"ook per klas", "by class too"}};
    put_text(page, "incidenten", "incidents", from[in_class][page->language == FAULT_LANGUAGE_EN]);
}

static void put_belongs(struct page *page, enum fault fault) {
    put_text(page, "hoort bij de ronde", "belongs to the round",
             fault ? fault_text(fault, page->language) : pick(page, "ja", "yes"));
}

/* What a round can add to a file that names its signer: whether that is the holder it should be. */
static void put_signer(struct page *page, const uint8_t key[32], int holder) {
    put_key(page, "getekend door", "signed by", key);
    if (!page->round) {
        put_text(page, "handtekening", "signature",
                 pick(page, "geldig; of de ronde deze sleutel kent, is niet nagegaan: geef --round",
                      "valid; whether the round knows this key: not checked, give --round"));
    } else {
        bool known = memcmp(key, page->round->holder[holder].sign_key, DIGEST_SIGN_PUBLIC_BYTES) == 0;
        put_text(page, "handtekening", "signature",
                 known ? pick(page, "geldig", "valid")
                       : pick(page, "geldig, maar niet van de sleutelhouder van deze ronde",
                              "valid, but not of this round's key holder"));
    }
}

static enum fault show_questionnaire(struct page *page, struct bytes content) {
    struct questionnaire *questionnaire = NULL;
    uint8_t digest[DIGEST_BYTES];
    enum fault fault = questionnaire_decode(&questionnaire, content);
    fault = fault ? fault : questionnaire_digest(digest, questionnaire);
    if (!fault) {
        put_hex(page, "vingerafdruk", "digest", digest);
        put_text(page, "naam", "name", questionnaire->name);
        put_text(page, "uitgave", "edition", questionnaire->version);
        put_text(page, "titel", "title", questionnaire_text_in(&questionnaire->title, 0, NULL));
        put_text(page, "gevalideerd", "validated",
                 questionnaire->validated ? pick(page, "ja", "yes") : pick(page, "nee", "no"));
        put_number(page, "talen", "languages", questionnaire->language_count);
        put_number(page, "vragen en teksten", "items", questionnaire->item_count);
        put_number(page, "schalen", "scales", questionnaire->scale_count);
    }
    questionnaire_free(questionnaire);
    return fault;
}

static enum fault show_holder(struct page *page, struct bytes content) {
    struct holder holder;
    enum fault fault = holder_decode(&holder, content);
    if (!fault) {
        put_text(page, "naam", "name", holder.name);
        put_key(page, "tekensleutel", "signing key", holder.sign_key);
        put_key(page, "volgende openingssleutel", "next box key", holder.box_key);
        put_text(page, "handtekening", "signature", pick(page, "geldig", "valid"));
    }
    return fault;
}

static enum fault show_keyfile(struct page *page, struct bytes content) {
    struct keyfile_header header;
    enum fault fault = keyfile_header_decode(&header, content);
    if (!fault) {
        put_key(page, "tekensleutel", "signing key", header.sign_key);
        put_text(page, "inhoud", "contents",
                 pick(page, "geheim, met een wachtzin versleuteld", "secret, wrapped with a passphrase"));
    }
    return fault;
}

static enum fault show_enrolment(struct page *page, struct bytes content) {
    struct enrolment enrolment;
    enum fault fault = enrolment_decode(&enrolment, content);
    if (!fault) {
        put_text(page, "label", "label", enrolment.label);
        put_key(page, "sleutel van het apparaat", "kiosk key", enrolment.key);
        put_text(page, "handtekening", "signature", pick(page, "geldig", "valid"));
    }
    return fault;
}

static void put_holder_signatures(struct page *page, const bool is_signed[2]) {
    put_text(page, "handtekening van sleutelhouder 1", "signature of key holder 1",
             is_signed[0] ? pick(page, "geldig", "valid") : pick(page, "ontbreekt", "missing"));
    put_text(page, "handtekening van sleutelhouder 2", "signature of key holder 2",
             is_signed[1] ? pick(page, "geldig", "valid") : pick(page, "ontbreekt", "missing"));
}

static enum fault show_round(struct page *page, struct bytes content) {
    static const char *const modes[][2] = {{"", ""},
                                           {"twee computers", "two machines"},
                                           {"een computer", "one machine"},
                                           {"een persoon", "solo"}};
    struct round *shown = NULL;
    enum fault fault = round_decode(&shown, content);
    if (!fault) {
        put_hex(page, "vingerafdruk", "digest", shown->digest);
        put_text(page, "school", "school", shown->school);
        put_number(page, "schooljaar", "school year", shown->school_year);
        put_date(page, "eerste dag", "first day", shown->first_day);
        put_date(page, "laatste dag", "last day", shown->last_day);
        put_date(page, "bewaren tot", "retention day", shown->retention_day);
        put_text(page, "manier van openen", "opening mode",
                 modes[shown->mode][page->language == FAULT_LANGUAGE_EN]);
        put_number(page, "k_unit", "k_unit", shown->k_unit);
        put_number(page, "k_cell", "k_cell", shown->k_cell);
        put_incidents(page, (shown->choices & ROUND_INCIDENTS_IN_CLASS) != 0);
        put_text(page, "vragenlijst", "questionnaire", shown->questionnaire->name);
        put_hex(page, "vingerafdruk van de vragenlijst", "questionnaire digest", shown->questionnaire_digest);
        put_hex(page, "vingerafdruk van de indeling", "layout digest", shown->layout_digest);
        put_number(page, "klassen", "classes", shown->class_count);
        put_number(page, "leerlingen gevraagd", "pupils asked", round_asked(shown));
        put_number(page, "apparaten", "kiosks", shown->kiosk_count);
        put_key(page, "sleutelhouder 1", "key holder 1", shown->holder[0].sign_key);
        put_key(page, "sleutelhouder 2", "key holder 2", shown->holder[1].sign_key);
        put_holder_signatures(page, shown->is_signed);
    }
    round_free(shown);
    return fault;
}

static uint32_t count_damaged(const struct bundle *bundle) {
    uint32_t damaged = 0;
    for (uint32_t i = 0; i < bundle->header.count; i++) {
        struct bundle_record record;
        damaged += bundle_record_at(&record, bundle, i) != FAULT_NONE;
    }
    return damaged;
}

static enum fault show_bundle(struct page *page, struct bytes content) {
    struct bundle bundle;
    char code[DIGEST_CODE_SIZE];
    enum fault fault = bundle_decode(&bundle, content);
    if (fault) {
        return fault;
    }
    digest_check_code(code, bundle.digest);
    put_hex(page, "vingerafdruk", "digest", bundle.digest);
    put_text(page, "controlecode", "check code", code);
    put_hex(page, "vingerafdruk van de ronde", "round digest", bundle.header.round_digest);
    put_key(page, "sleutel van het apparaat", "kiosk key", bundle.header.kiosk_key);
    put_number(page, "klas", "class", bundle.header.class_number);
    put_number(page, "aanwezig", "present", bundle.header.present);
    put_number(page, "tellers", "counters", bundle.header.counter_count);
    put_number(page, "bijdragen", "records", bundle.header.count);
    put_number(page, "beschadigde bijdragen", "damaged records", count_damaged(&bundle));
    put_number(page, "niet teruggelezen plaatsen", "slots not read back", bundle.header.damaged);
    put_text(page, "klok buiten de periode", "clock outside the period",
             bundle.header.flags & BUNDLE_FLAG_CLOCK ? pick(page, "ja", "yes") : pick(page, "nee", "no"));
    put_text(page, "niet helemaal afgeschermd", "not fully confined",
             bundle.header.flags & BUNDLE_FLAG_UNCONFINED ? pick(page, "ja", "yes")
                                                          : pick(page, "nee", "no"));
    put_text(page, "te weinig geheugen vast te zetten", "too little memory to lock",
             bundle.header.flags & BUNDLE_FLAG_LOCK_LOW ? pick(page, "ja", "yes") : pick(page, "nee", "no"));
    put_text(page, "schijf bewaart oude versies", "disk keeps old versions",
             bundle.header.flags & BUNDLE_FLAG_OLD_VERSIONS ? pick(page, "ja", "yes")
                                                            : pick(page, "nee", "no"));
    put_text(page, "handtekening", "signature",
             pick(page, "geldig, met de sleutel van het apparaat zelf", "valid, by its own kiosk key"));
    if (page->round) {
        fault = bundle_belongs(&bundle, page->round, bundle.header.counter_count);
        put_belongs(page, fault);
    }
    return fault;
}

/* Only the round tells what is in it. */
static enum fault put_unchecked(struct page *page) {
    put_text(page, "inhoud", "contents",
             pick(page, "niet nagegaan: geef --round", "not checked: give --round"));
    return FAULT_NONE;
}

static enum fault show_closing(struct page *page, struct bytes content) {
    struct closing *closing = NULL;
    if (!page->round) {
        return put_unchecked(page);
    }
    enum fault fault = closing_decode(&closing, content, page->round);
    if (!fault) {
        put_hex(page, "vingerafdruk", "digest", closing->digest);
        put_hex(page, "vingerafdruk van de ronde", "round digest", closing->round_digest);
        put_number(page, "nummer", "number", closing->number);
        put_number(page, "bundels", "bundles", closing->bundle_count);
        put_number(page, "bijdragen", "records", closing->record_count);
        put_number(page, "klassen met aanvaard overschot", "classes with accepted surplus",
                   closing->surplus_count);
        put_holder_signatures(page, closing->is_signed);
    }
    closing_free(closing);
    return fault;
}

static enum fault show_receipt(struct page *page, struct bytes content) {
    struct receipt receipt = {0};
    if (!page->round) {
        return put_unchecked(page);
    }
    enum fault fault = receipt_decode(&receipt, content, page->round);
    if (!fault) {
        put_hex(page, "vingerafdruk", "digest", receipt.digest);
        put_hex(page, "vingerafdruk van de ronde", "round digest", receipt.round_digest);
        put_hex(page, "vingerafdruk van de sluitlijst", "closing digest", receipt.closing_digest);
        put_number(page, "ontvangen bundels", "bundles received", receipt.bundle_count);
        put_holder_signatures(page, receipt.is_signed);
    }
    receipt_release(&receipt);
    return fault;
}

static enum fault show_prepare(struct page *page, struct bytes content) {
    struct prepare prepare;
    enum fault fault = prepare_decode(&prepare, content);
    if (!fault) {
        put_hex(page, "vingerafdruk", "digest", prepare.digest);
        put_hex(page, "vingerafdruk van de ronde", "round digest", prepare.round_digest);
        put_hex(page, "vingerafdruk van de sluitlijst", "closing digest", prepare.closing_digest);
        put_number(page, "sleutelhouder", "key holder", prepare.holder + 1u);
        put_hex(page, "kop van het eigen grootboek", "own ledger head", prepare.own_head);
        put_hex(page, "kop van het andere grootboek", "other ledger head", prepare.other_head);
        put_number(page, "bijdragen die niet opengaan", "records that do not open", prepare.unopened.count);
        put_number(page, "uitgesloten bijdragen", "records excluded", prepare.excluded.count);
        put_signer(page, prepare.sign_key, prepare.holder);
    }
    prepare_release(&prepare);
    return fault;
}

static enum fault show_sealed_sums(struct page *page, struct bytes content, enum aggregate_kind kind) {
    struct aggregate_head head;
    struct bytes sealed;
    enum fault fault = kind == AGGREGATE_SHARE ? aggregate_decode(&head, &sealed, content)
                                               : aggregate_decode_sizes(&head, &sealed, content);
    if (!fault) {
        put_hex(page, "vingerafdruk", "digest", head.digest);
        put_hex(page, "vingerafdruk van de ronde", "round digest", head.round_digest);
        put_hex(page, "vingerafdruk van de sluitlijst", "closing digest", head.closing_digest);
        put_hex(page, "kop van het grootboek", "ledger head", head.ledger_head);
        put_hex(page, "vingerafdruk van de verklaringen", "prepare digest", head.prepare_digest);
        put_number(page, "verzegelde bytes", "sealed bytes", sealed.size);
        put_signer(page, head.sign_key, kind == AGGREGATE_SHARE ? 1 : 0);
    }
    return fault;
}

static enum fault show_aggregate(struct page *page, struct bytes content) {
    return show_sealed_sums(page, content, AGGREGATE_SHARE);
}

static enum fault show_sizes(struct page *page, struct bytes content) {
    return show_sealed_sums(page, content, AGGREGATE_SIZES);
}

static enum fault show_ledger(struct page *page, struct bytes content) {
    struct ledger ledger;
    uint8_t newest[DIGEST_BYTES];
    enum fault fault = ledger_decode(&ledger, content);
    if (!fault) {
        ledger_head(newest, &ledger);
        put_key(page, "tekensleutel", "signing key", ledger.sign_key);
        put_hex(page, "kop", "head", newest);
        put_number(page, "regels", "entries", ledger.entry_count);
        put_number(page, "bytes van een onaffe regel", "bytes of an unfinished entry", ledger.torn);
        for (size_t i = 0; i < ledger.entry_count; i++) {
            const struct ledger_entry *entry = &ledger.entry[i];
            bool opened = entry->kind == LEDGER_OPENED;
            put_hex(page, opened ? "geopend, ronde" : "vrijgegeven, ronde",
                    opened ? "opened, round" : "released, round", entry->round_digest);
            put_number(page, "  groepen", "  batches", entry->batch_count);
        }
    }
    ledger_release(&ledger);
    return fault;
}

static void put_finest(struct page *page, enum release_level finest) {
    static const char *const names[][2] = {
        {"klassen", "classes"}, {"leerjaren", "years"}, {"de school", "the school"}};
    put_text(page, "fijnste niveau", "finest level", names[finest][page->language == FAULT_LANGUAGE_EN]);
}

static enum fault show_release(struct page *page, struct bytes content) {
    struct release *release = NULL;
    enum fault fault = release_decode(&release, content);
    if (!fault) {
        const struct release_content *held = release_content(release);
        put_hex(page, "vingerafdruk", "digest", release_digest(release));
        put_hex(page, "vingerafdruk van de ronde", "round digest", held->round_digest);
        put_hex(page, "vingerafdruk van de vragenlijst", "questionnaire digest", held->questionnaire_digest);
        put_hex(page, "vingerafdruk van de sluitlijst", "closing digest", held->closing_digest);
        if (memcmp(held->previous_digest, (const uint8_t[DIGEST_BYTES]){0}, DIGEST_BYTES) != 0) {
            put_hex(page, "late bijdragen, naast vrijgave", "late records, beside release",
                    held->previous_digest);
        }
        put_text(page, "programma", "program", held->program);
        put_number(page, "beleid", "policy", (uint64_t)held->policy);
        put_number(page, "k_unit", "k_unit", held->k_unit);
        put_number(page, "k_cell", "k_cell", held->k_cell);
        put_incidents(page, (held->choices & RELEASE_INCIDENTS_IN_CLASS) != 0);
        put_finest(page, release_finest(held));
        put_number(page, "groepen", "batches", held->batch_count);
        put_number(page, "uitgesloten bijdragen", "records excluded", held->excluded_count);
        put_number(page, "cijfers", "figures", held->figure_count);
        put_signer(page, release_sign_key(release), 0);
        if (page->round) {
            fault = release_belongs(release, page->round);
            put_belongs(page, fault);
        }
    }
    release_free(release);
    return fault;
}

struct kind {
    const char *magic; /* the first seven bytes */
    const char *nl, *en;
    enum fault (*show)(struct page *page, struct bytes content);
};

static const struct kind kinds[] = {
    {"KLBqstn", "vragenlijst", "questionnaire", show_questionnaire},
    {"KLBhold", "sleutelhouder", "key holder", show_holder},
    {"KLBskey", "geheime sleutels", "secret keys", show_keyfile},
    {"KLBenro", "aanmelding", "enrolment", show_enrolment},
    {"KLBrond", "ronde", "round", show_round},
    {"KLBbndl", "bundel", "bundle", show_bundle},
    {"KLBclos", "sluitlijst", "closing list", show_closing},
    {"KLBrcpt", "ontvangstbewijs", "receipt", show_receipt},
    {"KLBprep", "verklaring", "prepare statement", show_prepare},
    {"KLBaggr", "opgeteld deel", "aggregate share", show_aggregate},
    {"KLBsize", "groepsgroottes", "group sizes", show_sizes},
    {"KLBledg", "grootboek", "ledger", show_ledger},
    {"KLBrele", "vrijgave", "release", show_release},
};

enum fault inspect_file(struct bytes_buffer *out, struct bytes content, const struct round *round,
                        enum fault_language language) {
    struct page *page = &(struct page){.out = out, .language = language, .round = round};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (content.size < 8 || memcmp(content.data, kinds[i].magic, 7) != 0 || content.data[7] != '\n') {
            continue;
        }
        put_text(page, "soort", "kind", pick(page, kinds[i].nl, kinds[i].en));
        if (content.size >= 10) {
            put_number(page, "versie", "version", content.data[8] + 256u * content.data[9]);
        }
        put_number(page, "bytes", "bytes", content.size);
        enum fault fault = kinds[i].show(page, content);
        return fault ? fault : out->fault;
    }
    return FAULT_MAGIC;
}
