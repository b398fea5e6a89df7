/* SPDX-License-Identifier: Apache-2.0 */
#include "check.h"

#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include "platform/terminal.h"

/*
 * A child that asks at a terminal of its own; this side is the person: types, reads the screen, sees the exit
 * status.
 */
static int master = -1;
static pid_t child = -1;
static char screen[4096];

static void see(void) {
    size_t size = strlen(screen);
    ssize_t count = read(master, screen + size, sizeof screen - size - 1);
    screen[size + (size_t)(count > 0 ? count : 0)] = '\0';
}

static int see_until(const char *expected) {
    struct pollfd ready = {.fd = master, .events = POLLIN};
    while (!strstr(screen, expected)) {
        if (poll(&ready, 1, 10000) != 1 || !(ready.revents & POLLIN)) {
            return 0;
        }
        see();
    }
    return 1;
}

static void type(const char *keys) {
    assert_int_equal(write(master, keys, strlen(keys)), (ssize_t)strlen(keys));
}

static int exit_status(void) {
    int status = -1;
    struct pollfd ready = {.fd = master, .events = POLLIN};
    while (poll(&ready, 1, 10000) == 1 && (ready.revents & POLLIN)) {
        see();
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    close(master);
    return status;
}

/* The child's exit code is the fault, or 100 plus the length of what it got when that is what was typed. */
static int ask_passphrase(void) {
    char line[12];
    memset(line, 'x', sizeof line);
    enum fault fault = terminal_read_passphrase(line, sizeof line, "Wachtzin: ");
    if (fault) {
        for (size_t i = 0; i < sizeof line; i++) {
            if (line[i] != 0) {
                return 255;
            }
        }
        return (int)fault;
    }
    return strncmp(line, "geheim lang", strlen(line)) == 0 ? 100 + (int)strlen(line) : 254;
}

static int ask_confirmation(void) {
    bool agreed = true;
    enum fault fault = terminal_confirm(&agreed, "Doorgaan? ", "ja");
    return fault ? (int)fault : 100 + agreed;
}

static void begin(int (*question)(void)) {
    screen[0] = '\0';
    child = forkpty(&master, NULL, NULL, NULL);
    assert_true(child >= 0);
    if (child == 0) {
        _exit(question());
    }
}

static int answer(int (*question)(void), const char *prompt, const char *keys) {
    begin(question);
    assert_true(see_until(prompt));
    type(keys);
    int status = exit_status();
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void a_passphrase_is_read_and_never_shown(void **state) {
    (void)state;
    assert_int_equal(answer(ask_passphrase, "Wachtzin: ", "geheim\n"), 106);
    assert_null(strstr(screen, "geheim"));
    assert_int_equal(answer(ask_passphrase, "Wachtzin: ", "geheim lang\n"), 111);
    assert_int_equal(answer(ask_passphrase, "Wachtzin: ", "\n"), 100);
}

static void a_line_that_does_not_fit_is_refused_and_wiped(void **state) {
    (void)state;
    assert_int_equal(answer(ask_passphrase, "Wachtzin: ", "geheim lang!\n"), FAULT_LIMIT);
}

static void the_end_of_the_input_is_a_refusal(void **state) {
    (void)state;
    assert_int_equal(answer(ask_passphrase, "Wachtzin: ", "\004"), FAULT_REFUSED);
    assert_int_equal(answer(ask_confirmation, "Doorgaan? ", "\004"), FAULT_REFUSED);
}

/* The terminal outlives the child when this side holds it open too. */
static void an_interrupted_question_shows_typing_again_before_the_program_ends(void **state) {
    (void)state;
    struct termios seen;
    begin(ask_passphrase);
    assert_true(see_until("Wachtzin: "));
    assert_int_equal(tcgetattr(master, &seen), 0);
    assert_false(seen.c_lflag & ECHO);
    type("half\003");
    int status = -1;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFSIGNALED(status));
    assert_int_equal(WTERMSIG(status), SIGINT);
    assert_int_equal(tcgetattr(master, &seen), 0);
    assert_true(seen.c_lflag & ECHO);
    close(master);
}

static int ask_after_a_stop(void) {
    /* The child leads an orphaned process group, which the kernel does not stop: it goes on at once. */
    (void)signal(SIGTSTP, SIG_DFL);
    return ask_passphrase();
}

static void a_stopped_question_is_asked_again_when_it_goes_on(void **state) {
    (void)state;
    begin(ask_after_a_stop);
    assert_true(see_until("Wachtzin: "));
    type("half\032");
    screen[0] = '\0';
    assert_true(see_until("Wachtzin: "));
    type("geheim\n");
    int status = exit_status();
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 106);
}

static void only_the_asked_word_confirms(void **state) {
    (void)state;
    assert_int_equal(answer(ask_confirmation, "Doorgaan? ", "ja\n"), 101);
    assert_int_equal(answer(ask_confirmation, "Doorgaan? ", "JA\n"), 101);
    assert_int_equal(answer(ask_confirmation, "Doorgaan? ", "j\n"), 100);
    assert_int_equal(answer(ask_confirmation, "Doorgaan? ", "jaa\n"), 100);
    assert_int_equal(answer(ask_confirmation, "Doorgaan? ", "\n"), 100);
    assert_int_equal(answer(ask_confirmation, "Doorgaan? ", "nee\n"), 100);
}

static void without_a_terminal_nothing_is_asked(void **state) {
    (void)state;
    int status = -1;
    pid_t lonely = fork();
    if (lonely == 0) {
        char line[8] = "unasked";
        bool agreed = true;
        (void)setsid();
        _exit(!terminal_is_interactive() &&
                      terminal_read_passphrase(line, sizeof line, "Wachtzin: ") == FAULT_NO_TERMINAL &&
                      terminal_confirm(&agreed, "Doorgaan? ", "ja") == FAULT_NO_TERMINAL && !agreed
                  ? 0
                  : 1);
    }
    assert_int_equal(waitpid(lonely, &status, 0), lonely);
    assert_int_equal(status, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_passphrase_is_read_and_never_shown),
        cmocka_unit_test(a_line_that_does_not_fit_is_refused_and_wiped),
        cmocka_unit_test(the_end_of_the_input_is_a_refusal),
        cmocka_unit_test(an_interrupted_question_shows_typing_again_before_the_program_ends),
        cmocka_unit_test(a_stopped_question_is_asked_again_when_it_goes_on),
        cmocka_unit_test(only_the_asked_word_confirms),
        cmocka_unit_test(without_a_terminal_nothing_is_asked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
