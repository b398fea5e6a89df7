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

static void put_text(struct bytes_buffer *out, const char *name, const char *text) {
    bytes_put(out, name, strlen(name));
    bytes_put(out, "\t", 1);
    bytes_put(out, text, strlen(text));
    bytes_put(out, "\n", 1);
}

static void put_number(struct bytes_buffer *out, const char *name, uint64_t number) {
    char text[24];
    (void)snprintf(text, sizeof text, "%llu", (unsigned long long)number);
    put_text(out, name, text);
}

static void put_hex(struct bytes_buffer *out, const char *name, const uint8_t digest[DIGEST_BYTES]) {
    char text[2 * DIGEST_BYTES + 1];
    digest_hex(text, digest, DIGEST_BYTES);
    put_text(out, name, text);
}

static void put_key(struct bytes_buffer *out, const char *name, const uint8_t key[32]) {
    char text[DIGEST_CODE_SIZE];
    digest_fingerprint(text, key);
    put_text(out, name, text);
}

/* What a round can add to a file that names its signer: whether that is the holder it should be. */
static void put_signer(struct bytes_buffer *out, const uint8_t key[32], const struct round *round,
                       int holder) {
    put_key(out, "signed by", key);
    if (!round) {
        put_text(out, "signature", "valid; whether the round knows this key: not checked, give --round");
    } else {
        bool known = memcmp(key, round->holder[holder].sign_key, DIGEST_SIGN_PUBLIC_BYTES) == 0;
        put_text(out, "signature", known ? "valid" : "valid, but not of this round's key holder");
    }
}

static enum fault show_questionnaire(struct bytes_buffer *out, struct bytes content,
                                     const struct round *round) {
    struct questionnaire *questionnaire = NULL;
    uint8_t digest[DIGEST_BYTES];
    (void)round;
    enum fault fault = questionnaire_decode(&questionnaire, content);
    fault = fault ? fault : questionnaire_digest(digest, questionnaire);
    if (!fault) {
        put_hex(out, "digest", digest);
        put_text(out, "name", questionnaire->name);
        put_text(out, "edition", questionnaire->version);
        put_text(out, "title", questionnaire_text_in(&questionnaire->title, 0, NULL));
        put_text(out, "validated", questionnaire->validated ? "yes" : "no");
        put_number(out, "languages", questionnaire->language_count);
        put_number(out, "items", questionnaire->item_count);
        put_number(out, "scales", questionnaire->scale_count);
    }
    questionnaire_free(questionnaire);
    return fault;
}

static enum fault show_holder(struct bytes_buffer *out, struct bytes content, const struct round *round) {
    struct holder holder;
    (void)round;
    enum fault fault = holder_decode(&holder, content);
    if (!fault) {
        put_text(out, "name", holder.name);
        put_key(out, "signing key", holder.sign_key);
        put_key(out, "next box key", holder.box_key);
        put_text(out, "signature", "valid");
    }
    return fault;
}

static enum fault show_keyfile(struct bytes_buffer *out, struct bytes content, const struct round *round) {
    struct keyfile_header header;
    (void)round;
    enum fault fault = keyfile_header_decode(&header, content);
    if (!fault) {
        put_key(out, "signing key", header.sign_key);
        put_text(out, "contents", "secret, wrapped with a passphrase");
    }
    return fault;
}

static enum fault show_enrolment(struct bytes_buffer *out, struct bytes content, const struct round *round) {
    struct enrolment enrolment;
    (void)round;
    enum fault fault = enrolment_decode(&enrolment, content);
    if (!fault) {
        put_text(out, "label", enrolment.label);
        put_key(out, "kiosk key", enrolment.key);
        put_text(out, "signature", "valid");
    }
    return fault;
}

static void put_holder_signatures(struct bytes_buffer *out, const bool is_signed[2]) {
    put_text(out, "signature of holder 0", is_signed[0] ? "valid" : "missing");
    put_text(out, "signature of holder 1", is_signed[1] ? "valid" : "missing");
}

static enum fault show_round(struct bytes_buffer *out, struct bytes content, const struct round *round) {
    static const char *const modes[] = {"", "two machines", "one machine", "solo"};
    struct round *shown = NULL;
    (void)round;
    enum fault fault = round_decode(&shown, content);
    if (!fault) {
        put_hex(out, "digest", shown->digest);
        put_text(out, "school", shown->school);
        put_number(out, "school year", shown->school_year);
        put_number(out, "first day", shown->first_day);
        put_number(out, "last day", shown->last_day);
        put_number(out, "retention day", shown->retention_day);
        put_text(out, "opening mode", modes[shown->mode]);
        put_number(out, "k_unit", shown->k_unit);
        put_number(out, "k_cell", shown->k_cell);
        put_text(out, "questionnaire", shown->questionnaire->name);
        put_hex(out, "questionnaire digest", shown->questionnaire_digest);
        put_hex(out, "layout digest", shown->layout_digest);
        put_number(out, "classes", shown->class_count);
        put_number(out, "pupils asked", round_asked(shown));
        put_number(out, "kiosks", shown->kiosk_count);
        put_key(out, "holder 0", shown->holder[0].sign_key);
        put_key(out, "holder 1", shown->holder[1].sign_key);
        put_holder_signatures(out, shown->is_signed);
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

static enum fault show_bundle(struct bytes_buffer *out, struct bytes content, const struct round *round) {
    struct bundle bundle;
    char code[DIGEST_CODE_SIZE];
    enum fault fault = bundle_decode(&bundle, content);
    if (fault) {
        return fault;
    }
    digest_check_code(code, bundle.digest);
    put_hex(out, "digest", bundle.digest);
    put_text(out, "check code", code);
    put_hex(out, "round digest", bundle.header.round_digest);
    put_key(out, "kiosk key", bundle.header.kiosk_key);
    put_number(out, "class", bundle.header.class_number);
    put_number(out, "present", bundle.header.present);
    put_number(out, "counters", bundle.header.counter_count);
    put_number(out, "records", bundle.header.count);
    put_number(out, "damaged records", count_damaged(&bundle));
    put_number(out, "slots not read back", bundle.header.damaged);
    put_text(out, "clock outside the period", bundle.header.flags & BUNDLE_FLAG_CLOCK ? "yes" : "no");
    put_text(out, "signature", "valid, by its own kiosk key");
    if (round) {
        fault = bundle_belongs(&bundle, round, bundle.header.counter_count);
        put_text(out, "belongs to the round", fault ? fault_name(fault) : "yes");
    }
    return fault;
}

static enum fault show_closing(struct bytes_buffer *out, struct bytes content, const struct round *round) {
    struct closing *closing = NULL;
    if (!round) {
        put_text(out, "contents", "not checked: give --round");
        return FAULT_NONE;
    }
    enum fault fault = closing_decode(&closing, content, round);
    if (!fault) {
        put_hex(out, "digest", closing->digest);
        put_hex(out, "round digest", closing->round_digest);
        put_number(out, "number", closing->number);
        put_number(out, "bundles", closing->bundle_count);
        put_number(out, "records", closing->record_count);
        put_number(out, "classes with accepted surplus", closing->surplus_count);
        put_holder_signatures(out, closing->is_signed);
    }
    closing_free(closing);
    return fault;
}

static enum fault show_prepare(struct bytes_buffer *out, struct bytes content, const struct round *round) {
    struct prepare prepare;
    enum fault fault = prepare_decode(&prepare, content);
    if (!fault) {
        put_hex(out, "digest", prepare.digest);
        put_hex(out, "round digest", prepare.round_digest);
        put_hex(out, "closing digest", prepare.closing_digest);
        put_number(out, "holder", prepare.holder);
        put_hex(out, "own ledger head", prepare.own_head);
        put_hex(out, "other ledger head", prepare.other_head);
        put_number(out, "records that do not open", prepare.unopened.count);
        put_number(out, "records excluded", prepare.excluded.count);
        put_signer(out, prepare.sign_key, round, prepare.holder);
    }
    prepare_release(&prepare);
    return fault;
}

static enum fault show_aggregate(struct bytes_buffer *out, struct bytes content, const struct round *round) {
    struct aggregate_head head;
    struct bytes sealed;
    enum fault fault = aggregate_decode(&head, &sealed, content);
    if (!fault) {
        put_hex(out, "digest", head.digest);
        put_hex(out, "round digest", head.round_digest);
        put_hex(out, "closing digest", head.closing_digest);
        put_hex(out, "ledger head", head.ledger_head);
        put_hex(out, "prepare digest", head.prepare_digest);
        put_number(out, "sealed bytes", sealed.size);
        put_signer(out, head.sign_key, round, 1);
    }
    return fault;
}

static enum fault show_ledger(struct bytes_buffer *out, struct bytes content, const struct round *round) {
    struct ledger ledger;
    uint8_t newest[DIGEST_BYTES];
    (void)round;
    enum fault fault = ledger_decode(&ledger, content);
    if (!fault) {
        ledger_head(newest, &ledger);
        put_key(out, "signing key", ledger.sign_key);
        put_hex(out, "head", newest);
        put_number(out, "entries", ledger.entry_count);
        put_number(out, "bytes of an unfinished entry", ledger.torn);
        for (size_t i = 0; i < ledger.entry_count; i++) {
            const struct ledger_entry *entry = &ledger.entry[i];
            put_hex(out, entry->kind == LEDGER_OPENED ? "opened, round" : "released, round",
                    entry->round_digest);
            put_number(out, "  batches", entry->batch_count);
        }
    }
    ledger_release(&ledger);
    return fault;
}

static enum fault show_release(struct bytes_buffer *out, struct bytes content, const struct round *round) {
    struct release *release = NULL;
    enum fault fault = release_decode(&release, content);
    if (!fault) {
        const struct release_content *held = release_content(release);
        put_hex(out, "digest", release_digest(release));
        put_hex(out, "round digest", held->round_digest);
        put_hex(out, "questionnaire digest", held->questionnaire_digest);
        put_hex(out, "closing digest", held->closing_digest);
        put_text(out, "program", held->program);
        put_number(out, "policy", (uint64_t)held->policy);
        put_number(out, "k_unit", held->k_unit);
        put_number(out, "k_cell", held->k_cell);
        put_number(out, "batches", held->batch_count);
        put_number(out, "records excluded", held->excluded_count);
        put_number(out, "figures", held->figure_count);
        put_signer(out, release_sign_key(release), round, 0);
        if (round) {
            fault = release_belongs(release, round);
            put_text(out, "belongs to the round", fault ? fault_name(fault) : "yes");
        }
    }
    release_free(release);
    return fault;
}

struct kind {
    const char *magic; /* the first seven bytes */
    const char *name;
    enum fault (*show)(struct bytes_buffer *out, struct bytes content, const struct round *round);
};

static const struct kind kinds[] = {
    {"KLBqstn", "questionnaire", show_questionnaire},
    {"KLBhold", "key holder", show_holder},
    {"KLBskey", "secret keys", show_keyfile},
    {"KLBenro", "enrolment", show_enrolment},
    {"KLBrond", "round", show_round},
    {"KLBbndl", "bundle", show_bundle},
    {"KLBclos", "closing list", show_closing},
    {"KLBprep", "prepare statement", show_prepare},
    {"KLBaggr", "aggregate share", show_aggregate},
    {"KLBledg", "ledger", show_ledger},
    {"KLBrele", "release", show_release},
};

enum fault inspect_file(struct bytes_buffer *out, struct bytes content, const struct round *round) {
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (content.size < 8 || memcmp(content.data, kinds[i].magic, 7) != 0 || content.data[7] != '\n') {
            continue;
        }
        put_text(out, "kind", kinds[i].name);
        if (content.size >= 10) {
            put_number(out, "version", content.data[8] + 256u * content.data[9]);
        }
        put_number(out, "bytes", content.size);
        enum fault fault = kinds[i].show(out, content, round);
        return fault ? fault : out->fault;
    }
    return FAULT_MAGIC;
}
