# SPDX-License-Identifier: Apache-2.0
# What comes from the system. Each target names the one it needs; nothing is linked to everything.
find_package(PkgConfig REQUIRED)
pkg_check_modules(SODIUM  REQUIRED IMPORTED_TARGET libsodium>=1.0.18)
pkg_check_modules(SQLITE  REQUIRED IMPORTED_TARGET sqlite3>=3.40)
pkg_check_modules(ZIP     REQUIRED IMPORTED_TARGET libzip>=1.7)
pkg_check_modules(EXPAT   REQUIRED IMPORTED_TARGET expat>=2.5)
pkg_check_modules(SDL     REQUIRED IMPORTED_TARGET sdl2>=2.26)
pkg_check_modules(SDL_TTF REQUIRED IMPORTED_TARGET SDL2_ttf>=2.20)
pkg_check_modules(SECCOMP REQUIRED IMPORTED_TARGET libseccomp>=2.5)
pkg_check_modules(FRIBIDI REQUIRED IMPORTED_TARGET fribidi>=1.0)
pkg_check_modules(XLSX    REQUIRED IMPORTED_TARGET xlsxwriter>=1.1)
pkg_check_modules(CMOCKA  REQUIRED IMPORTED_TARGET cmocka>=1.1.5)

# libcsv ships no pkg-config file.
find_path(CSV_INCLUDE_FOLDER csv.h REQUIRED)
find_library(CSV_LIBRARY csv REQUIRED)
add_library(House::Csv UNKNOWN IMPORTED GLOBAL)
set_target_properties(House::Csv PROPERTIES
    IMPORTED_LOCATION "${CSV_LIBRARY}"
    INTERFACE_INCLUDE_DIRECTORIES "${CSV_INCLUDE_FOLDER}")

# Nor does Clp, of which the C interface is used.
find_path(CLP_INCLUDE_FOLDER coin/Clp_C_Interface.h REQUIRED)
find_library(CLP_LIBRARY Clp REQUIRED)
add_library(House::Clp UNKNOWN IMPORTED GLOBAL)
set_target_properties(House::Clp PROPERTIES
    IMPORTED_LOCATION "${CLP_LIBRARY}"
    INTERFACE_INCLUDE_DIRECTORIES "${CLP_INCLUDE_FOLDER}")

# GLPK ships none either. Only the attacker of tests/attacker links with it.
find_path(GLPK_INCLUDE_FOLDER glpk.h REQUIRED)
find_library(GLPK_LIBRARY glpk REQUIRED)
add_library(House::Glpk UNKNOWN IMPORTED GLOBAL)
set_target_properties(House::Glpk PROPERTIES
    IMPORTED_LOCATION "${GLPK_LIBRARY}"
    INTERFACE_INCLUDE_DIRECTORIES "${GLPK_INCLUDE_FOLDER}")

add_library(House::Sodium ALIAS PkgConfig::SODIUM)
add_library(House::Seccomp ALIAS PkgConfig::SECCOMP)
add_library(House::Sqlite ALIAS PkgConfig::SQLITE)
add_library(House::Zip ALIAS PkgConfig::ZIP)
add_library(House::Expat ALIAS PkgConfig::EXPAT)
add_library(House::Xlsx ALIAS PkgConfig::XLSX)
add_library(House::Cmocka ALIAS PkgConfig::CMOCKA)
add_library(House::Screen INTERFACE IMPORTED GLOBAL)
target_link_libraries(House::Screen INTERFACE PkgConfig::SDL_TTF PkgConfig::SDL PkgConfig::FRIBIDI)
