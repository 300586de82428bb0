# A folder becomes a library, linked exactly as src/layers.toml grants.
#
#   tram_module(SOURCES a.cc b.cc TESTS a_test.cc LIBS dep_icu TEST_LIBS ...)
#
# in src/fhir/path makes the library tram_fhir_path and the test program fhir_path_test.
execute_process(
  COMMAND python3 "${CMAKE_SOURCE_DIR}/tools/layers.py" --cmake "${CMAKE_SOURCE_DIR}/src/layers.toml"
  OUTPUT_FILE "${CMAKE_BINARY_DIR}/layers.cmake"
  RESULT_VARIABLE layers_result)
if(NOT layers_result EQUAL 0)
  message(FATAL_ERROR "src/layers.toml cannot be read; run tools/layers.py to see why")
endif()
include("${CMAKE_BINARY_DIR}/layers.cmake")
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/src/layers.toml")

function(tram_module)
  cmake_parse_arguments(ARG "" "" "SOURCES;TESTS;LIBS;TEST_LIBS" ${ARGN})
  file(RELATIVE_PATH folder "${CMAKE_SOURCE_DIR}/src" "${CMAKE_CURRENT_SOURCE_DIR}")
  string(REPLACE "/" "_" id "${folder}")
  set(target "tram_${id}")

  set(granted "")
  foreach(grant IN LISTS TRAM_GRANTS_${id})
    list(APPEND granted "$<TARGET_NAME_IF_EXISTS:tram_${grant}>")
  endforeach()

  if(ARG_SOURCES)
    add_library(${target} STATIC ${ARG_SOURCES})
    target_include_directories(${target} PUBLIC "${CMAKE_SOURCE_DIR}/src")
    target_link_libraries(${target} PUBLIC ${granted} ${ARG_LIBS} PRIVATE tram_warnings)
    if(folder STREQUAL "base")
      target_precompile_headers(${target} PRIVATE "${CMAKE_SOURCE_DIR}/cmake/precompiled.h")
    else()
      target_precompile_headers(${target} REUSE_FROM tram_base)
    endif()
  else()
    add_library(${target} INTERFACE)
    target_include_directories(${target} INTERFACE "${CMAKE_SOURCE_DIR}/src")
    target_link_libraries(${target} INTERFACE ${granted} ${ARG_LIBS})
  endif()

  if(ARG_TESTS)
    add_executable(${id}_test ${ARG_TESTS})
    target_link_libraries(${id}_test PRIVATE ${target} tram_warnings
      "$<TARGET_NAME_IF_EXISTS:tram_testkit>" ${ARG_TEST_LIBS} GTest::gtest GTest::gmock tram_test_main)
    target_precompile_headers(${id}_test REUSE_FROM tram_base)
    add_test(NAME ${folder} COMMAND ${id}_test)
    set_tests_properties(${folder} PROPERTIES
      LABELS "${folder}" TIMEOUT 600
      ENVIRONMENT "TRAM_SOURCE_DIR=${CMAKE_SOURCE_DIR}")
  endif()
endfunction()
