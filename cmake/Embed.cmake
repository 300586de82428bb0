# tram_embed(TARGET NAMESPACE::NAME FILES...): compiles files into the program as
# `extern const std::string_view`s, looked up by file name.
function(tram_embed target function_name)
  set(output "${CMAKE_CURRENT_BINARY_DIR}/${target}_embedded.cc")
  add_custom_command(
    OUTPUT "${output}"
    COMMAND python3 "${CMAKE_SOURCE_DIR}/tools/embed.py" "${output}" "${function_name}" ${ARGN}
    DEPENDS "${CMAKE_SOURCE_DIR}/tools/embed.py" ${ARGN}
    WORKING_DIRECTORY "${CMAKE_CURRENT_SOURCE_DIR}"
    COMMENT "Embedding data of ${target}")
  target_sources(${target} PRIVATE "${output}")
  set_source_files_properties("${output}" PROPERTIES SKIP_PRECOMPILE_HEADERS ON)
endfunction()
