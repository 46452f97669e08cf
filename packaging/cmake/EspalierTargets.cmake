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

# espalier_test(tst_shape LABEL core LIBRARIES Espalier::Base [SOURCES more.cpp] [TIMEOUT 60])
# Builds tst_shape.cpp of the current folder as a QtTest program and registers it.
function(espalier_test name)
  cmake_parse_arguments(arg "" "LABEL;TIMEOUT" "LIBRARIES;SOURCES" ${ARGN})
  add_executable(${name} ${name}.cpp ${arg_SOURCES})
  target_link_libraries(${name} PRIVATE espalier_options Qt6::Test ${arg_LIBRARIES})
  target_include_directories(${name} PRIVATE "${CMAKE_SOURCE_DIR}")
  add_test(NAME ${name} COMMAND ${name})
  if(NOT arg_TIMEOUT)
    set(arg_TIMEOUT 120)
  endif()
  set_tests_properties(${name} PROPERTIES LABELS "${arg_LABEL}" TIMEOUT ${arg_TIMEOUT}
    ENVIRONMENT "QT_QPA_PLATFORM=offscreen")
endfunction()
