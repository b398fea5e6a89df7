# SPDX-License-Identifier: Apache-2.0
# The few functions that make every CMakeLists.txt read like a table of contents. All flags live here.
#
#   house_library(name SOURCES a.c b.c LINK x y)      a static library
#   house_program(name SOURCES main.c  LINK x y)      a program
#   house_test(module [SOURCES extra.c] LINK x y [WRAP write fsync] [TIMEOUT seconds] [ARGUMENTS a b])
#                                                     test_<module> from test_<module>.c, run by ctest; calls
#                                                     of a wrapped function f reach the test's __wrap_f
#   house_fuzz(parser [SOURCES extra.c] [CORPUS dir] LINK x)
#                                                     fuzz_<parser> from fuzz_<parser>.c; outside the fuzz
#                                                     preset it replays tests/vectors/<parser> as a test
#   house_bench(what [SOURCES extra.c] LINK x y)      bench_<what> from bench_<what>.c
#
# A target without sources is not made, so that a new folder configures before its first file exists.

set(CMAKE_C_STANDARD 11)
set(CMAKE_C_STANDARD_REQUIRED ON)
set(CMAKE_C_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)

include(CheckPIESupported)
check_pie_supported(LANGUAGES C)

if(KLANKBORD_FUZZ AND NOT CMAKE_C_COMPILER_ID STREQUAL "Clang")
    message(FATAL_ERROR "libFuzzer comes with clang: use `cmake --preset fuzz`")
endif()

function(house_flags target)
    target_compile_options(${target} PRIVATE
        -Wall -Wextra -Wpedantic -Wconversion -Wsign-conversion -Wshadow
        -Wmissing-prototypes -Wstrict-prototypes -Wvla -Wformat=2 -Wundef -Wswitch-enum
        $<$<BOOL:${KLANKBORD_WERROR}>:-Werror>
        -fstack-protector-strong
        # No path of the machine that built it goes into a binary.
        "-ffile-prefix-map=${CMAKE_SOURCE_DIR}/="
        $<$<CONFIG:RelWithDebInfo,Release>:-U_FORTIFY_SOURCE>
        $<$<CONFIG:RelWithDebInfo,Release>:-D_FORTIFY_SOURCE=2>)
    target_compile_definitions(${target} PRIVATE KLANKBORD_VERSION="${PROJECT_VERSION}")
    target_include_directories(${target} PRIVATE "${CMAKE_SOURCE_DIR}")
    target_link_options(${target} PRIVATE -Wl,-z,relro -Wl,-z,now)

    if(KLANKBORD_SANITIZE)
        set(checkers -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
        target_compile_options(${target} PRIVATE ${checkers})
        target_link_options(${target} PUBLIC ${checkers})
    endif()
    if(KLANKBORD_FUZZ)
        target_compile_options(${target} PRIVATE -fsanitize=fuzzer-no-link)
    endif()
endfunction()

function(house_library name)
    cmake_parse_arguments(PARSE_ARGV 1 house "" "" "SOURCES;LINK")
    if(NOT house_SOURCES)
        return()
    endif()
    add_library(${name} STATIC ${house_SOURCES})
    target_link_libraries(${name} PUBLIC ${house_LINK})
    house_flags(${name})
endfunction()

function(house_program name)
    cmake_parse_arguments(PARSE_ARGV 1 house "" "" "SOURCES;LINK")
    if(NOT house_SOURCES)
        return()
    endif()
    add_executable(${name} ${house_SOURCES})
    target_link_libraries(${name} PRIVATE ${house_LINK})
    house_flags(${name})
    set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/bin")
endfunction()

# What a test loads into another program (LD_PRELOAD).
function(house_module name source)
    add_library(${name} MODULE ${source})
    house_flags(${name})
    target_compile_definitions(${name} PRIVATE _GNU_SOURCE)
    set_target_properties(${name} PROPERTIES LIBRARY_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/bin" PREFIX "")
endfunction()

function(house_test module)
    cmake_parse_arguments(PARSE_ARGV 1 house "" "TIMEOUT" "SOURCES;LINK;WRAP;ARGUMENTS")
    if(NOT house_TIMEOUT)
        set(house_TIMEOUT 120)
    endif()
    house_program(test_${module} SOURCES test_${module}.c ${house_SOURCES} LINK ${house_LINK} House::Cmocka)
    foreach(call IN LISTS house_WRAP)
        target_link_options(test_${module} PRIVATE -Wl,--wrap=${call})
    endforeach()
    target_compile_definitions(test_${module} PRIVATE _GNU_SOURCE
        TEST_SOURCE_FOLDER="${CMAKE_SOURCE_DIR}" TEST_BUILD_FOLDER="${CMAKE_BINARY_DIR}")
    add_test(NAME ${module} COMMAND test_${module} ${house_ARGUMENTS} WORKING_DIRECTORY "${CMAKE_CURRENT_BINARY_DIR}")
    set_tests_properties(${module} PROPERTIES TIMEOUT ${house_TIMEOUT} LABELS unit)
endfunction()

function(house_fuzz parser)
    cmake_parse_arguments(PARSE_ARGV 1 house "" "CORPUS" "SOURCES;LINK")
    set(target fuzz_${parser})
    if(NOT house_CORPUS)
        set(house_CORPUS "${CMAKE_SOURCE_DIR}/tests/vectors/${parser}")
    endif()
    if(KLANKBORD_FUZZ)
        house_program(${target} SOURCES ${target}.c ${house_SOURCES} LINK ${house_LINK})
        target_link_options(${target} PRIVATE -fsanitize=fuzzer)
        add_dependencies(fuzzers ${target})
        file(WRITE "${CMAKE_BINARY_DIR}/bin/${target}.corpus" "${house_CORPUS}\n") # for ./dev fuzz
        return()
    endif()
    house_program(${target} SOURCES ${target}.c replay.c ${house_SOURCES} LINK ${house_LINK})
    add_test(NAME ${target} COMMAND ${target} "${house_CORPUS}")
    set_tests_properties(${target} PROPERTIES TIMEOUT 120 LABELS fuzz)
endfunction()

function(house_bench what)
    cmake_parse_arguments(PARSE_ARGV 1 house "" "" "SOURCES;LINK")
    house_program(bench_${what} SOURCES bench_${what}.c ${house_SOURCES} LINK ${house_LINK})
    add_dependencies(benches bench_${what})
endfunction()
