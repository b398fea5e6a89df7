# SPDX-License-Identifier: Apache-2.0
# Who may include whom (docs/architecture.md). Names every offending line and the rule it breaks.
#   cmake -D ROOT=<repository> -P layers.cmake
cmake_minimum_required(VERSION 3.25)

set(c_headers assert complex ctype errno fenv float inttypes iso646 limits locale math setjmp signal stdalign stdarg
    stdatomic stdbool stddef stdint stdio stdlib stdnoreturn string tgmath threads time uchar wchar wctype)
list(TRANSFORM c_headers APPEND .h)

# Layer, and the layers it may include besides itself.
set(layers core platform kiosk aggregator)
set(may_core "")
set(may_platform core)
set(may_kiosk core platform)
set(may_aggregator core platform)

# Header (regular expression), files that may include it (regular expression), the rule in words.
set(kept_headers
    "^(SDL2/)?SDL.*" "^(kiosk/ui/|tests/screens/)" "SDL belongs in kiosk/ui/"
    "^sqlite3\\.h$" "^(kiosk/ballot_box|aggregator/workspace)(_[a-z]+)?\\.c$"
        "SQLite belongs in kiosk/ballot_box.c and aggregator/workspace.c"
    "^fribidi" "^kiosk/ui/bidi\\.c$" "FriBidi belongs in kiosk/ui/bidi.c"
    "^xlsxwriter\\.h$" "^aggregator/(author_save|report_xlsx)(_[a-z]+)?\\.c$" "libxlsxwriter belongs in aggregator/author_save.c and report_xlsx.c"
    "^zip\\.h$" "^aggregator/xlsx_zip\\.c$" "libzip belongs in aggregator/xlsx_zip.c"
    "^expat\\.h$" "^aggregator/xlsx_xml\\.c$" "Expat belongs in aggregator/xlsx_xml.c"
    "^csv\\.h$" "^aggregator/" "libcsv belongs in aggregator/"
    "^sodium" "^(core/|aggregator/|kiosk/ballot_box(_[a-z]+)?\\.c$)"
        "libsodium belongs in core/, aggregator/ and kiosk/ballot_box.c")

set(offences "")

macro(offend file line text reason)
    string(STRIP "${text}" offending_text)
    list(APPEND offences "${file}:${line}: ${offending_text}: ${reason}")
endmacro()

# The layer of an included header: its first folder, the includer's own for a bare name, "" for what is not ours.
function(layer_of out header includer_layer)
    set(${out} "" PARENT_SCOPE)
    if(header MATCHES "^([a-z]+)/")
        set(${out} "${CMAKE_MATCH_1}" PARENT_SCOPE)
    else()
        set(${out} "${includer_layer}" PARENT_SCOPE)
    endif()
endfunction()

function(check_kept file number text header)
    list(LENGTH kept_headers count)
    math(EXPR last "${count} - 1")
    foreach(i RANGE 0 ${last} 3)
        list(SUBLIST kept_headers ${i} 3 kept)
        list(POP_FRONT kept pattern allowed reason)
        if(header MATCHES "${pattern}" AND NOT file MATCHES "${allowed}")
            offend(${file} ${number} "${text}" "${reason}")
        endif()
    endforeach()
    set(offences "${offences}" PARENT_SCOPE)
endfunction()

function(check_quoted layer file number text header)
    if(header MATCHES "(^|/)\\.\\./")
        offend(${file} ${number} "${text}" "a path goes down from the top of the repository, never up")
    else()
        layer_of(other "${header}" ${layer})
        if(NOT other STREQUAL layer AND NOT other IN_LIST may_${layer} AND NOT header MATCHES "^ui/")
            offend(${file} ${number} "${text}" "${layer}/ may not include ${other}/")
        endif()
    endif()
    set(offences "${offences}" PARENT_SCOPE)
endfunction()

function(check_bracketed layer file number text header)
    if(layer STREQUAL core AND NOT header IN_LIST c_headers AND NOT header STREQUAL "sodium.h")
        offend(${file} ${number} "${text}" "core/ includes only C, libsodium and its own headers")
    elseif(header MATCHES "^(core|platform|kiosk|aggregator|tests)/")
        offend(${file} ${number} "${text}" "our own headers are included with quotation marks")
    elseif(layer MATCHES "^(kiosk|aggregator)$" AND header MATCHES
        "^(sys/|unistd|fcntl|termios|dirent|poll|pthread|pwd|grp|netdb|netinet|arpa/|windows)")
        offend(${file} ${number} "${text}" "calls to the operating system belong in platform/")
    endif()
    set(offences "${offences}" PARENT_SCOPE)
endfunction()

function(check_file layer file)
    # Only lines with an include survive, so that semicolons and brackets elsewhere cannot disturb the list.
    file(STRINGS "${ROOT}/${file}" lines)
    set(number 0)
    file(READ "${ROOT}/${file}" content)
    string(REGEX REPLACE "[;]" " " content "${content}")
    string(REGEX REPLACE "[][]" " " content "${content}")
    string(REPLACE "\\" " " content "${content}")
    string(REPLACE "\n" ";" lines "${content}")
    foreach(text IN LISTS lines)
        math(EXPR number "${number} + 1")
        if(text MATCHES "^[ \t]*#[ \t]*include[ \t]*\"([^\"]+)\"")
            set(header "${CMAKE_MATCH_1}")
            check_kept(${file} ${number} "${text}" "${header}")
            check_quoted(${layer} ${file} ${number} "${text}" "${header}")
        elseif(text MATCHES "^[ \t]*#[ \t]*include[ \t]*<([^>]+)>")
            set(header "${CMAKE_MATCH_1}")
            check_kept(${file} ${number} "${text}" "${header}")
            check_bracketed(${layer} ${file} ${number} "${text}" "${header}")
        elseif(text MATCHES "^[ \t]*#[ \t]*include")
            offend(${file} ${number} "${text}" "an include names its header")
        endif()
    endforeach()
    set(offences "${offences}" PARENT_SCOPE)
endfunction()

set(seen 0)
foreach(layer IN LISTS layers)
    file(GLOB_RECURSE files RELATIVE "${ROOT}" "${ROOT}/${layer}/*.c" "${ROOT}/${layer}/*.h")
    foreach(file IN LISTS files)
        math(EXPR seen "${seen} + 1")
        if(file MATCHES "/unseal[^/]*$" AND NOT layer STREQUAL aggregator)
            offend(${file} 1 "unseal" "what opens sealed shares lives in aggregator/")
        endif()
        check_file(${layer} ${file})
    endforeach()
endforeach()

if(seen EQUAL 0)
    message(FATAL_ERROR "layers: no source found under ${ROOT}")
endif()
if(offences)
    list(JOIN offences "\n" shown)
    message(FATAL_ERROR "layers:\n${shown}\n")
endif()
message(STATUS "layers: ${seen} files keep to their layer")
