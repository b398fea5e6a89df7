# SPDX-License-Identifier: Apache-2.0
# No rule of disclosure control can be switched off in what is installed: the switch of aggregator/disclosure_switch.h is no symbol of it.
#   cmake -D NM=<nm> -D PROGRAM=<binary> -D SWITCHED=<a test program that has it> -P no_switches.cmake
cmake_minimum_required(VERSION 3.25)

function(switches_of out program)
    execute_process(COMMAND "${NM}" "${program}" RESULT_VARIABLE code OUTPUT_VARIABLE all ERROR_VARIABLE err)
    if(NOT code EQUAL 0 OR NOT all MATCHES " T main\n" OR NOT all MATCHES "disclosure_release")
        message(FATAL_ERROR "cannot see the symbols of ${program}; a stripped binary proves nothing\n${err}")
    endif()
    string(REGEX MATCHALL "[ _](disclosure_switch[a-z0-9_]*|batch_least)" found "${all}")
    set(${out} "${found}" PARENT_SCOPE)
endfunction()

switches_of(found "${PROGRAM}")
foreach(symbol IN LISTS found)
    # In a build without optimisation the constant answer is a function of its own, and no harm.
    if(NOT symbol MATCHES "batch_least")
        message(FATAL_ERROR "${PROGRAM} can do without a rule:${found}")
    endif()
endforeach()
switches_of(found "${SWITCHED}")
if(NOT found MATCHES "disclosure_switch_off")
    message(FATAL_ERROR "this look does not even find the switch of ${SWITCHED}")
endif()
message(STATUS "no rule of ${PROGRAM} can be switched off")
