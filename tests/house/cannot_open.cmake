# SPDX-License-Identifier: Apache-2.0
# The kiosk cannot open what it sealed: its binary holds no unseal_ symbol and does not ask libsodium to open one.
#   cmake -D NM=<nm> -D PROGRAM=<binary> [-D OPENER=<a binary that can>] -P cannot_open.cmake
cmake_minimum_required(VERSION 3.25)

function(symbols_of out program)
    execute_process(COMMAND "${NM}" "${program}" RESULT_VARIABLE code OUTPUT_VARIABLE all ERROR_VARIABLE err)
    execute_process(COMMAND "${NM}" -D "${program}" OUTPUT_VARIABLE imported)
    if(NOT code EQUAL 0 OR NOT all MATCHES " T main\n")
        message(FATAL_ERROR "cannot see the symbols of ${program}; a stripped binary proves nothing\n${err}")
    endif()
    string(REGEX MATCHALL "[ _](unseal_[a-z0-9_]*|crypto_box_seal_open[a-z0-9_]*)" found "${all}\n${imported}")
    list(REMOVE_DUPLICATES found)
    set(${out} "${found}" PARENT_SCOPE)
endfunction()

symbols_of(found "${PROGRAM}")
if(found)
    message(FATAL_ERROR "${PROGRAM} can open sealed shares:${found}")
endif()
# The same look at a program that can open must find it, or it would find nothing anywhere.
if(OPENER)
    symbols_of(found "${OPENER}")
    if(NOT found MATCHES "unseal_" OR NOT found MATCHES "crypto_box_seal_open")
        message(FATAL_ERROR "this look does not even find the opening code of ${OPENER}:${found}")
    endif()
endif()
message(STATUS "no opening code in ${PROGRAM}")
