# Warnings, sanitizers, ccache and the linker: the same for every module.
if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Debug)
endif()

# -g1 keeps back-traces and halves the object files; O2 is what we measure and ship.
set(CMAKE_CXX_FLAGS_DEBUG "-O0 -g1")
set(CMAKE_C_FLAGS_DEBUG "-O0 -g1")
set(CMAKE_CXX_FLAGS_RELEASE "-O2 -g1 -DNDEBUG")
set(CMAKE_C_FLAGS_RELEASE "-O2 -g1 -DNDEBUG")

find_program(CCACHE ccache)
if(CCACHE)
  # Relative paths and no directory hash: two build folders share one cache.
  set(ccache_command "${CMAKE_COMMAND}" -E env CCACHE_BASEDIR=/ CCACHE_NOHASHDIR=1
      CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime
      "${CCACHE}")
  set(CMAKE_C_COMPILER_LAUNCHER ${ccache_command})
  set(CMAKE_CXX_COMPILER_LAUNCHER ${ccache_command})
endif()

find_program(MOLD mold)
if(MOLD AND NOT TRAM_FUZZ)
  add_link_options(-fuse-ld=mold)
endif()

add_library(tram_warnings INTERFACE)
target_compile_options(tram_warnings INTERFACE
  -Wall -Wextra -Werror -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual -Wconversion
  -Wno-sign-conversion -Wno-missing-field-initializers -Wimplicit-fallthrough -Wundef)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # GCC 12 reports these falsely through std::variant and std::string in optimised code.
  target_compile_options(tram_warnings INTERFACE
    -Wno-maybe-uninitialized -Wno-restrict -Wno-dangling-pointer -Wno-stringop-overflow
    -Wno-array-bounds -Wno-free-nonheap-object)
  target_compile_options(tram_warnings INTERFACE -fpch-preprocess)
  if(TRAM_SANITIZE MATCHES "thread")
    # Asio uses atomic_thread_fence, which the thread sanitizer does not model.
    target_compile_options(tram_warnings INTERFACE -Wno-tsan)
  endif()
else()
  target_compile_options(tram_warnings INTERFACE -Wno-unused-private-field)
endif()

if(TRAM_SANITIZE)
  add_compile_options(-fsanitize=${TRAM_SANITIZE} -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${TRAM_SANITIZE})
  if(TRAM_SANITIZE MATCHES "undefined")
    add_compile_options(-fno-sanitize-recover=undefined)
  endif()
endif()
