# SPDX-License-Identifier: Apache-2.0
# Puts text files into a program at build time, so that it needs no folder of its own to be found at run time.
#
#   embed_strings(target FOLDER)    the interface's texts, one file a language. Makes, in the build folder,
#                                   strings_keys.h: an X-macro of the keys of the first language (nl), so that a
#                                   key that does not exist does not compile; and strings_data.c: the files' bytes.

set(EMBED_SCRIPT "${CMAKE_CURRENT_LIST_FILE}")

# Run as a script (cmake -P) by the rule below.
function(embed_bytes out file name)
    file(READ "${file}" hex HEX)
    string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${hex}")
    set(${out} "const unsigned char ${name}[] = {${bytes}0};\n" PARENT_SCOPE)
endfunction()

function(embed_keys out file)
    file(READ "${file}" text)
    string(REGEX MATCHALL "(^|\n)[a-z][a-z0-9._]* =" lines "${text}")
    set(entries "")
    foreach(line IN LISTS lines)
        string(REGEX REPLACE "[\n =]" "" key "${line}")
        string(REGEX REPLACE "[.]" "_" constant "${key}")
        string(TOUPPER "STRINGS_${constant}" constant)
        string(APPEND entries " \\\n    X(${constant}, \"${key}\")")
    endforeach()
    set(${out} "#define STRINGS_KEYS(X)${entries}\n" PARENT_SCOPE)
endfunction()

if(CMAKE_SCRIPT_MODE_FILE)
    set(note "/* Made from assets/strings by cmake/embed.cmake. */\n")
    embed_keys(keys "${EMBED_FOLDER}/nl.strings")
    file(WRITE "${EMBED_OUT}/strings_keys.h" "${note}${keys}")
    embed_bytes(nl "${EMBED_FOLDER}/nl.strings" strings_data_nl)
    embed_bytes(en "${EMBED_FOLDER}/en.strings" strings_data_en)
    file(WRITE "${EMBED_OUT}/strings_data.c" "${note}#include \"kiosk/strings_data.h\"\n\n${nl}${en}")
    return()
endif()

function(embed_strings target folder)
    set(out "${CMAKE_CURRENT_BINARY_DIR}/embedded")
    file(MAKE_DIRECTORY "${out}")
    add_custom_command(
        OUTPUT "${out}/strings_keys.h" "${out}/strings_data.c"
        COMMAND ${CMAKE_COMMAND} "-DEMBED_FOLDER=${folder}" "-DEMBED_OUT=${out}" -P "${EMBED_SCRIPT}"
        DEPENDS "${folder}/nl.strings" "${folder}/en.strings" "${EMBED_SCRIPT}"
        COMMENT "Embedding the interface's texts"
        VERBATIM)
    target_sources(${target} PRIVATE "${out}/strings_keys.h" "${out}/strings_data.c")
    target_include_directories(${target} PUBLIC "${out}")
endfunction()
