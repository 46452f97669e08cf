# What every target of the project shares: language level, warnings, sanitizers, Qt's strict modes.

option(ESPALIER_WARNINGS_AS_ERRORS "Treat compiler warnings as errors (CI does)" OFF)
option(ESPALIER_SANITIZE "Build with the address and undefined-behaviour sanitizers" OFF)
option(ESPALIER_SANITIZE_THREADS "Build with the thread sanitizer" OFF)
option(ESPALIER_FUZZ "Make the library of fuzz targets a libFuzzer program (clang alone has it)" OFF)

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_AUTOMOC ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/bin")
if(NOT CMAKE_BUILD_TYPE AND NOT CMAKE_CONFIGURATION_TYPES)
  set(CMAKE_BUILD_TYPE Release)
endif()

find_program(ESPALIER_CCACHE ccache)
if(ESPALIER_CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER "${ESPALIER_CCACHE}")
endif()

add_library(espalier_options INTERFACE)
target_compile_definitions(espalier_options INTERFACE
  QT_NO_KEYWORDS QT_NO_FOREACH QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII
  QT_DISABLE_DEPRECATED_BEFORE=0x060400)
if(MSVC)
  target_compile_options(espalier_options INTERFACE /W4 /utf-8 /permissive-
    $<$<BOOL:${ESPALIER_WARNINGS_AS_ERRORS}>:/WX>)
else()
  target_compile_options(espalier_options INTERFACE -Wall -Wextra -Wpedantic -Wshadow
    -Wnon-virtual-dtor -Woverloaded-virtual
    $<$<BOOL:${ESPALIER_WARNINGS_AS_ERRORS}>:-Werror>)
endif()
if(ESPALIER_SANITIZE)
  target_compile_definitions(espalier_options INTERFACE _GLIBCXX_ASSERTIONS)
  target_compile_options(espalier_options INTERFACE
    -fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer)
  target_link_options(espalier_options INTERFACE -fsanitize=address,undefined)
endif()
if(ESPALIER_SANITIZE_THREADS)
  target_compile_options(espalier_options INTERFACE -fsanitize=thread -fno-omit-frame-pointer)
  target_link_options(espalier_options INTERFACE -fsanitize=thread)
endif()
# Programs tell libgomp how long threads spin (app/linux/thread_waiting.cpp).
set(ESPALIER_SHORT_SPINNING OFF)
if(CMAKE_SYSTEM_NAME STREQUAL "Linux" AND NOT ESPALIER_SANITIZE AND NOT ESPALIER_SANITIZE_THREADS)
  set(ESPALIER_SHORT_SPINNING ON)
endif()
if(ESPALIER_FUZZ)
  target_compile_options(espalier_options INTERFACE -fsanitize=fuzzer-no-link)
endif()
