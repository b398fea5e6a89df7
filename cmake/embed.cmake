# SPDX-License-Identifier: Apache-2.0
# Puts text files into a program at build time, so that it needs no folder of its own to be found at run time.
#
#   embed_strings(target FOLDER)    the interface's texts, one file a language. Makes, in the build folder,
#                                   strings_keys.h: an X-macro of the keys of the first language (nl), so that a
#                                   key that does not exist does not compile, each with who reads it;
#                                   and strings_data.c: the files' bytes.

set(EMBED_SCRIPT "${CMAKE_CURRENT_LIST_FILE}")

# Run as a script (cmake -P) by the rule below.
function(embed_bytes out file name)
    file(READ "${file}" hex HEX)
    string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${hex}")
    set(${out} "const unsigned char ${name}[] = {${bytes}0};\n" PARENT_SCOPE)
endfunction()

# What pupils see stands above this line in the first language's file.
set(EMBED_MENTOR_LINE "# For the mentor, from here on.")
set(EMBED_LANGUAGES nl en tr ar uk pl) # in the order of enum strings_language

function(embed_keys out file)
    file(READ "${file}" text)
    string(FIND "${text}" "${EMBED_MENTOR_LINE}" mentor)
    if(mentor LESS 0)
        message(FATAL_ERROR "${file}: no line \"${EMBED_MENTOR_LINE}\"")
    endif()
    string(REGEX MATCHALL "(^|\n)[a-z][a-z0-9._]* =" lines "${text}")
    set(entries "")
    foreach(line IN LISTS lines)
        string(FIND "${text}" "${line}" at)
        set(reader STRINGS_FOR_PUPILS)
        if(at GREATER mentor)
            set(reader STRINGS_FOR_MENTOR)
        endif()
        string(REGEX REPLACE "[\n =]" "" key "${line}")
        string(REGEX REPLACE "[.]" "_" constant "${key}")
        string(TOUPPER "STRINGS_${constant}" constant)
        string(APPEND entries " \\\n    X(${constant}, \"${key}\", ${reader})")
    endforeach()
    set(${out} "#define STRINGS_KEYS(X)${entries}\n" PARENT_SCOPE)
endfunction()

if(CMAKE_SCRIPT_MODE_FILE)
    set(note "/* Made from assets/strings by cmake/embed.cmake. */\n")
    embed_keys(keys "${EMBED_FOLDER}/nl.strings")
    file(WRITE "${EMBED_OUT}/strings_keys.h" "${note}${keys}")
    set(all "")
    set(names "")
    foreach(language IN LISTS EMBED_LANGUAGES)
        embed_bytes(bytes "${EMBED_FOLDER}/${language}.strings" "data_${language}")
        string(APPEND all "static ${bytes}")
        string(APPEND names "data_${language}, ")
    endforeach()
    file(WRITE "${EMBED_OUT}/strings_data.c"
        "${note}#include \"kiosk/strings_data.h\"\n\n${all}\nconst unsigned char *const strings_data[] = {${names}};\n")
    return()
endif()

function(embed_strings target folder)
    set(out "${CMAKE_CURRENT_BINARY_DIR}/embedded")
    file(MAKE_DIRECTORY "${out}")
    list(TRANSFORM EMBED_LANGUAGES REPLACE "(.+)" "${folder}/\\1.strings" OUTPUT_VARIABLE files)
    add_custom_command(
        OUTPUT "${out}/strings_keys.h" "${out}/strings_data.c"
        COMMAND ${CMAKE_COMMAND} "-DEMBED_FOLDER=${folder}" "-DEMBED_OUT=${out}" -P "${EMBED_SCRIPT}"
        DEPENDS ${files} "${EMBED_SCRIPT}"
        COMMENT "Embedding the interface's texts"
        VERBATIM)
    target_sources(${target} PRIVATE "${out}/strings_keys.h" "${out}/strings_data.c")
    target_include_directories(${target} PUBLIC "${out}")
endfunction()
