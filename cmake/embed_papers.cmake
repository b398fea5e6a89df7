# SPDX-License-Identifier: Apache-2.0
# Puts the templates of a round's papers into a program, so that it needs no folder of its own to be found at run time.
#
#   embed_papers(target FOLDER)     every .html in FOLDER. Makes papers_data.c in the build folder: the files' bytes and
#                                   the table of aggregator/papers_data.h, by name without .html.

set(EMBED_PAPERS_SCRIPT "${CMAKE_CURRENT_LIST_FILE}")

# Run as a script (cmake -P) by the rule below.
if(CMAKE_SCRIPT_MODE_FILE)
    file(GLOB files "${EMBED_FOLDER}/*.html")
    list(SORT files)
    set(arrays "")
    set(rows "")
    set(number 0)
    foreach(file IN LISTS files)
        cmake_path(GET file STEM name)
        file(READ "${file}" hex HEX)
        string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${hex}")
        string(APPEND arrays "static const unsigned char template_${number}[] = {${bytes}0};\n")
        string(APPEND rows "    {\"${name}\", (const char *)template_${number}},\n")
        math(EXPR number "${number} + 1")
    endforeach()
    file(WRITE "${EMBED_OUT}"
        "/* Made from assets/papers by cmake/embed_papers.cmake. */\n#include \"aggregator/papers_data.h\"\n\n${arrays}\n"
        "const struct papers_data papers_data[] = {\n${rows}    {0, 0},\n};\n")
    return()
endif()

function(embed_papers target folder)
    set(out "${CMAKE_CURRENT_BINARY_DIR}/embedded/papers_data.c")
    file(MAKE_DIRECTORY "${CMAKE_CURRENT_BINARY_DIR}/embedded")
    file(GLOB files CONFIGURE_DEPENDS "${folder}/*.html")
    add_custom_command(
        OUTPUT "${out}"
        COMMAND ${CMAKE_COMMAND} "-DEMBED_FOLDER=${folder}" "-DEMBED_OUT=${out}" -P "${EMBED_PAPERS_SCRIPT}"
        DEPENDS ${files} "${EMBED_PAPERS_SCRIPT}"
        COMMENT "Embedding the papers"
        VERBATIM)
    target_sources(${target} PRIVATE "${out}")
endfunction()
