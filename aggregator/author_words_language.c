/* SPDX-License-Identifier: Apache-2.0 */
#include "aggregator/author_words_language.h"

#include <string.h>

enum { WORDS = 24, PAIRS = 16 };

struct author_words_language {
    char code[3];
    uint8_t share;   /* per cent of the words of Dutch */
    uint8_t lengthy; /* for LIX */
    uint8_t letters[2];
    const char *negation[WORDS];
    const char *negating[WORDS]; /* inside a word, behind this many bytes or more */
    uint8_t negating_behind;
    const char *not_negating[WORDS]; /* words that only look so */
    const char *joiner[WORDS];
    const char
        *whether[WORDS]; /* joiners that after a comma, or after one of `asker`, introduce what is asked */
    const char *asker[WORDS];
    const char *joining; /* prefix that is a joiner */
    const char *not_joining[WORDS];
    const char *pair[PAIRS][2]; /* one thing though joined, in either order */
    const char *agreeing[WORDS];
    const char *agreeing_pair[2]; /* two words in a row, where the second alone has another meaning */
};

static const struct author_words_language LANGUAGE[] = {
    {.code = "nl",
     .share = 100,
     .lengthy = 6,
     .letters = {15, 20},
     .negation = {"niet", "geen", "nooit", "niemand", "niets", "niks", "nergens", "noch", "nauwelijks"},
     .joiner = {"en", "of", "alsook", "evenals", "zowel"},
     .whether = {"of"},
     .asker = {"je", "jij", "u", "jullie", "we", "wij", "ik", "hij", "ze", "zij", "weten"},
     .pair = {{"vader", "moeder"},
              {"papa", "mama"},
              {"juf", "meester"},
              {"jongens", "meisjes"},
              {"broers", "zussen"},
              {"broer", "zus"},
              {"van", "naar"},
              {"af", "toe"},
              {"min", "meer"},
              {"vriend", "vriendin"},
              {"vrienden", "vriendinnen"},
              {"opa", "oma"}},
     .agreeing = {"oneens"},
     .agreeing_pair = {"mee", "eens"}},
    {.code = "en",
     .share = 100,
     .lengthy = 6,
     .letters = {15, 20},
     .negation = {"not", "no", "never", "nobody", "none", "nothing", "nowhere", "neither", "nor", "cannot"},
     .negating = {"n't"},
     .negating_behind = 1,
     .joiner = {"and", "or"},
     .pair = {{"mother", "father"},
              {"mum", "dad"},
              {"boys", "girls"},
              {"brothers", "sisters"},
              {"brother", "sister"},
              {"to", "from"},
              {"more", "less"},
              {"now", "then"},
              {"so", "on"}},
     .agreeing = {"agree", "disagree"}},
    {.code = "tr",
     .share = 75,
     .lengthy = 8,
     .letters = {18, 23},
     .negation = {"değil", "asla", "yok", "hiçbir"},
     .negating = {"mıyor", "miyor", "muyor", "müyor", "madı", "medi", "mamış", "memiş", "mayan", "meyen",
                  "mazsın", "mezsin"},
     .negating_behind = 3,
     .not_negating = {"gömüyor", "gömüyorsun"},
     .joiner = {"ve", "veya", "ya", "yahut"},
     .pair = {{"anne", "baba"},
              {"annen", "baban"},
              {"anneni", "babanı"},
              {"kız", "erkek"},
              {"kızlar", "erkekler"}},
     .agreeing = {"katılıyorum", "katılmıyorum"}},
    {.code = "ar",
     .share = 85,
     .lengthy = 5,
     .letters = {15, 20},
     .negation = {"لا", "لم", "لن", "ليس", "ليست", "لست", "غير", "عدم", "ولا", "ولم", "ألا", "ألم", "أليس"},
     .joiner = {"أو", "و", "أم"},
     .joining = "وال",
     .not_joining = {"والد", "والدك", "والدة", "والدتك", "والدي", "والديك", "والدين", "والدان", "والداك",
                     "والدها", "والده", "والدتي"},
     .pair = {{"الأب", "الأم"}, {"أب", "أم"}, {"معلمك", "معلمتك"}, {"معلمي", "معلمتي"}},
     .agreeing = {"أوافق", "موافق"}},
    {.code = "uk",
     .share = 85,
     .lengthy = 8,
     .letters = {15, 20},
     .negation = {"не", "ні", "ніколи", "ніхто", "нікого", "нікому", "ніким", "нічого", "ніде", "немає",
                  "нема"},
     .joiner = {"і", "й", "та", "або", "чи"},
     .whether = {"чи"},
     .pair = {{"мама", "тато"},
              {"мати", "батько"},
              {"хлопці", "дівчата"},
              {"учитель", "вчителька"},
              {"учні", "учениці"},
              {"знову", "знову"}},
     .agreeing = {"згоден", "згодна", "погоджуюся", "погоджуюсь"}},
    {.code = "pl",
     .share = 85,
     .lengthy = 8,
     .letters = {15, 20},
     .negation = {"nie", "nigdy", "nikt", "nikogo", "nikomu", "nikim", "nic", "niczego", "nigdzie", "żaden",
                  "żadna", "żadne", "żadnego"},
     .joiner = {"i", "oraz", "lub", "albo", "czy"},
     .whether = {"czy"},
     .pair = {{"mama", "tata"},
              {"matka", "ojciec"},
              {"chłopcy", "dziewczęta"},
              {"chłopcy", "dziewczyny"},
              {"nauczyciel", "nauczycielka"},
              {"mniej", "więcej"}},
     .agreeing = {"zgadzam"}},
    {.share = 100, .lengthy = 6, .letters = {15, 20}},
};

static bool is_in(const char *const list[WORDS], const char *word) {
    for (size_t i = 0; i < WORDS && list[i]; i++) {
        if (strcmp(list[i], word) == 0) {
            return true;
        }
    }
    return false;
}

const struct author_words_language *author_words_language_find(const char *code) {
    size_t count = sizeof LANGUAGE / sizeof *LANGUAGE, at = 0;
    while (at + 1 < count &&
           !(strncmp(code, LANGUAGE[at].code, 2) == 0 && (code[2] == '\0' || code[2] == '-'))) {
        at++;
    }
    return &LANGUAGE[at];
}

size_t author_words_language_limit(const struct author_words_language *language,
                                   enum author_words_language_part part, bool young) {
    static const size_t words[AUTHOR_WORDS_PARTS][2] = {
        [AUTHOR_WORDS_QUESTION] = {30, 20}, [AUTHOR_WORDS_HINT] = {30, 25},
        [AUTHOR_WORDS_ANSWER] = {8, 6},     [AUTHOR_WORDS_NOTE] = {80, 60},
        [AUTHOR_WORDS_SENTENCE] = {24, 15},
    };
    return part == AUTHOR_WORDS_ANSWER ? words[part][young] : words[part][young] * language->share / 100;
}

uint16_t author_words_language_letters(const struct author_words_language *language, bool young) {
    return language->letters[!young];
}

uint16_t author_words_language_long(const struct author_words_language *language) {
    return language->lengthy;
}

static bool holds_negation(const struct author_words_language *language, const char *word) {
    for (size_t i = 0; i < WORDS && language->negating[i]; i++) {
        const char *found = strstr(word, language->negating[i]);
        if (found && found - word >= language->negating_behind && !is_in(language->not_negating, word)) {
            return true;
        }
    }
    return false;
}

static bool denies(const struct author_words_language *language, const char *word) {
    return is_in(language->negation, word) || holds_negation(language, word);
}

static bool ends_its_sentence(const struct author_words_text *text, size_t at) {
    return at + 1 == text->count || text->word[at + 1].first;
}

bool author_words_language_negates(const struct author_words_language *language,
                                   const struct author_words_text *text, size_t at) {
    if (at > 0 && ends_its_sentence(text, at) && is_in(language->joiner, text->word[at - 1].folded)) {
        return false;
    }
    return denies(language, text->word[at].folded);
}

static bool is_pair(const struct author_words_language *language, const char *one, const char *other) {
    for (size_t i = 0; i < PAIRS && language->pair[i][0]; i++) {
        const char *const *pair = language->pair[i];
        if ((strcmp(pair[0], one) == 0 && strcmp(pair[1], other) == 0) ||
            (strcmp(pair[1], one) == 0 && strcmp(pair[0], other) == 0)) {
            return true;
        }
    }
    return false;
}

/* The word itself stands between two things. */
static bool stands_between(const struct author_words_language *language, const struct author_words_text *text,
                           size_t at) {
    const struct author_words_text_word *word = &text->word[at];
    if (!is_in(language->joiner, word->folded) || word->first || ends_its_sentence(text, at)) {
        return false;
    }
    const struct author_words_text_word *before = word - 1, *after = word + 1;
    bool asks = is_in(language->whether, word->folded) &&
                (word->after_comma || is_in(language->asker, before->folded));
    bool or_not = denies(language, after->folded) && ends_its_sentence(text, at + 1);
    return !asks && !or_not && !(before->number && after->number) &&
           !is_pair(language, before->folded, after->folded);
}

bool author_words_language_joins(const struct author_words_language *language,
                                 const struct author_words_text *text, size_t at) {
    const struct author_words_text_word *word = &text->word[at];
    if (language->joining && !word->first &&
        strncmp(word->folded, language->joining, strlen(language->joining)) == 0 &&
        !is_in(language->not_joining, word->folded)) {
        return !is_pair(language, word[-1].folded, word->folded + strlen("و"));
    }
    return stands_between(language, text, at);
}

bool author_words_language_agrees(const struct author_words_language *language,
                                  const struct author_words_text *text) {
    const char *const *pair = language->agreeing_pair;
    for (size_t i = 0; i < text->count; i++) {
        bool both = pair[0] && i > 0 && strcmp(text->word[i - 1].folded, pair[0]) == 0 &&
                    strcmp(text->word[i].folded, pair[1]) == 0;
        if (both || is_in(language->agreeing, text->word[i].folded)) {
            return true;
        }
    }
    return false;
}
