# Libraries from Debian, and the SQLite that script/bootstrap took from npm.
find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
find_package(OpenSSL 3 REQUIRED)
find_package(Boost 1.81 REQUIRED)
find_package(GTest REQUIRED)

foreach(spec
    "icu;icu-uc icu-i18n" "fmt;fmt" "argon2;libargon2" "re2;re2" "zstd;libzstd" "expat;expat"
    "qrencode;libqrencode" "simdjson;simdjson" "brotli;libbrotlienc libbrotlidec" "zlib;zlib"
    "bzip2;bzip2" "libpq;libpq" "minizip;minizip")
  list(GET spec 0 name)
  list(GET spec 1 modules)
  separate_arguments(modules)
  pkg_check_modules(${name} QUIET IMPORTED_TARGET ${modules})
  if(TARGET PkgConfig::${name})
    # base links the threads library; the flag would only part a module from the precompiled header.
    get_target_property(options PkgConfig::${name} INTERFACE_COMPILE_OPTIONS)
    if(options)
      list(REMOVE_ITEM options -pthread)
      set_target_properties(PkgConfig::${name} PROPERTIES INTERFACE_COMPILE_OPTIONS "${options}")
    endif()
    add_library(dep_${name} ALIAS PkgConfig::${name})
  endif()
endforeach()
if(NOT TARGET dep_bzip2)  # Debian's libbz2 has no pkg-config file
  find_package(BZip2 REQUIRED)
  add_library(dep_bzip2 ALIAS BZip2::BZip2)
endif()

# SQLite with SQLite3 Multiple Ciphers, never Debian's SQLite (docs/adr/0005).
add_library(dep_sqlite STATIC "${TRAM_DEPS_DIR}/sqlite3mc/sqlite3.c")
target_include_directories(dep_sqlite SYSTEM PUBLIC "${TRAM_DEPS_DIR}/sqlite3mc")
target_compile_definitions(dep_sqlite PRIVATE
  SQLITE_THREADSAFE=2 SQLITE_DQS=0 SQLITE_DEFAULT_FOREIGN_KEYS=1 SQLITE_TEMP_STORE=2
  SQLITE_SECURE_DELETE SQLITE_ENABLE_FTS5 SQLITE_ENABLE_RTREE SQLITE_ENABLE_STAT4
  SQLITE_ENABLE_SESSION SQLITE_ENABLE_PREUPDATE_HOOK SQLITE_ENABLE_DBSTAT_VTAB
  SQLITE_ENABLE_COLUMN_METADATA SQLITE_ENABLE_DBPAGE_VTAB)
# Optimised and unsanitized in every build: it is not ours to test, and it is slow otherwise.
target_compile_options(dep_sqlite PRIVATE -O2 -g0 -w -fno-sanitize=all -fvisibility=hidden)
if(CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|AMD64")
  target_compile_options(dep_sqlite PRIVATE -msse4.2 -maes)
endif()
target_link_libraries(dep_sqlite PUBLIC Threads::Threads ${CMAKE_DL_LIBS} m)
