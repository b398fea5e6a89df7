# SPDX-License-Identifier: Apache-2.0
# A binary holds no path of the machine that built it, not even in its debugging notes.
#   cmake -D PROGRAM=<binary> -D FOLDER=<where it was built from> -P no_paths.cmake
cmake_minimum_required(VERSION 3.25)

string(REGEX REPLACE "([][+.*()^$?|\\\\])" "\\\\\\1" pattern "${FOLDER}/")
file(STRINGS "${PROGRAM}" found REGEX "${pattern}" LIMIT_COUNT 5)
if(found)
    list(JOIN found "\n" shown)
    message(FATAL_ERROR "${PROGRAM} holds paths of this machine:\n${shown}")
endif()
message(STATUS "no paths of this machine in ${PROGRAM}")
