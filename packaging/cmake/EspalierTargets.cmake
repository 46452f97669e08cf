# The two ways to add code: a core module (one static library with an alias) and a test.

# espalier_module(Graph HEADERS a.h SOURCES a.cpp PUBLIC Espalier::Base PRIVATE Qt6::Gui)
# HEADERS are public: each must compile alone (target all_verify_interface_header_sets).
function(espalier_module name)
  cmake_parse_arguments(arg "" "" "HEADERS;SOURCES;PUBLIC;PRIVATE" ${ARGN})
  string(TOLOWER ${name} lower)
  set(target espalier_${lower})
  add_library(${target} STATIC ${arg_SOURCES})
  add_library(Espalier::${name} ALIAS ${target})
  target_sources(${target} PUBLIC FILE_SET HEADERS BASE_DIRS "${CMAKE_SOURCE_DIR}"
    FILES ${arg_HEADERS})
  target_link_libraries(${target} PUBLIC ${arg_PUBLIC} PRIVATE espalier_options ${arg_PRIVATE})
  set_target_properties(${target} PROPERTIES LINKER_LANGUAGE CXX VERIFY_INTERFACE_HEADER_SETS ON)
  set_property(GLOBAL APPEND PROPERTY ESPALIER_MODULES ${target})
endfunction()

option(ESPALIER_GROUP_TESTS
  "One program for all core tests of a folder instead of one each: fewer to link, more to build" OFF)
add_custom_target(core_tests) # builds all tests labelled core, and only what they need

add_custom_target(thread_tests) # builds all tests that are also labelled threads

# espalier_test(tst_shape LABEL core LIBRARIES Espalier::Base [SOURCES more.cpp] [TIMEOUT 60])
# Builds tst_shape.cpp of the current folder as a QtTest program and registers it. THREADS: it is
# about threads of ours and holds under the thread sanitizer.
function(espalier_test name)
  cmake_parse_arguments(arg "THREADS" "LABEL;TIMEOUT" "LIBRARIES;SOURCES" ${ARGN})
  if(ESPALIER_GROUP_TESTS AND arg_LABEL STREQUAL "core")
    espalier_test_group(program)
    set_property(TARGET ${program} APPEND PROPERTY ESPALIER_TESTS ${name})
    set_property(SOURCE ${name}.cpp APPEND PROPERTY COMPILE_DEFINITIONS "main=${name}_main")
  else()
    set(program ${name})
    add_executable(${program})
  endif()
  target_sources(${program} PRIVATE ${name}.cpp ${arg_SOURCES})
  target_link_libraries(${program} PRIVATE espalier_options Qt6::Test ${arg_LIBRARIES})
  target_include_directories(${program} PRIVATE "${CMAKE_SOURCE_DIR}")
  if(arg_LABEL STREQUAL "core")
    add_dependencies(core_tests ${program})
  endif()
  if(arg_THREADS)
    list(APPEND arg_LABEL threads)
    add_dependencies(thread_tests ${program})
  endif()
  add_test(NAME ${name} COMMAND ${program})
  if(NOT arg_TIMEOUT)
    set(arg_TIMEOUT 120)
  endif()
  set_tests_properties(${name} PROPERTIES LABELS "${arg_LABEL}" TIMEOUT ${arg_TIMEOUT}
    ENVIRONMENT "QT_QPA_PLATFORM=offscreen;ESPALIER_TEST=${name}")
endfunction()

# The program of the current folder; its main() runs the test that ESPALIER_TEST names.
function(espalier_test_group result)
  get_filename_component(folder "${CMAKE_CURRENT_SOURCE_DIR}" NAME)
  set(group core_${folder}_tests)
  set(${result} ${group} PARENT_SCOPE)
  if(TARGET ${group})
    return()
  endif()
  add_executable(${group} "${CMAKE_CURRENT_BINARY_DIR}/${group}.cpp")
  cmake_language(EVAL CODE "cmake_language(DEFER CALL espalier_write_test_group ${group})")
endfunction()

function(espalier_write_test_group group)
  get_target_property(names ${group} ESPALIER_TESTS)
  set(declarations "")
  set(entries "")
  foreach(name IN LISTS names)
    string(APPEND declarations "int ${name}_main(int argc, char* argv[]);\n")
    string(APPEND entries "        {\"${name}\", ${name}_main},\n")
  endforeach()
  configure_file("${CMAKE_SOURCE_DIR}/packaging/cmake/test_group.cpp.in"
    "${CMAKE_CURRENT_BINARY_DIR}/${group}.cpp" @ONLY)
endfunction()
