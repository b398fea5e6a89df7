# SPDX-License-Identifier: Apache-2.0
# Words that have no place in what we publish: promises instead of work, and folders of somebody's machine.
#   cmake -D ROOT=<repository> -D GIT=<git> -P words.cmake
cmake_minimum_required(VERSION 3.25)

# The clone may belong to somebody else, as in a container.
# Written with brackets so that this list does not find itself.
set(words "TO[D]O|FIX[M]E|/wo[r]k/(main|shared)|/ho[m]e/[a-z]|/tm[p]/b[r]ief|lorem ip[s]um")

execute_process(COMMAND "${GIT}" -c safe.directory=* -C "${ROOT}" rev-parse --is-inside-work-tree RESULT_VARIABLE code
    OUTPUT_QUIET ERROR_QUIET)
if(NOT code EQUAL 0)
    message(STATUS "words: not a clone; nothing to look through")
    return()
endif()
execute_process(COMMAND "${GIT}" -c safe.directory=* -C "${ROOT}" grep -n -I -i -E "${words}"
    -- . ":!LICENSE" ":!*.svg" RESULT_VARIABLE code OUTPUT_VARIABLE found ERROR_VARIABLE err)
if(code EQUAL 0)
    message(FATAL_ERROR "words:\n${found}")
elseif(NOT code EQUAL 1)
    message(FATAL_ERROR "words: git grep failed\n${err}")
endif()
message(STATUS "words: none found")
