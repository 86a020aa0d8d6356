# One line a module: cellwarden_module(core.relays FREESTANDING SOURCES relays.cpp TESTS relays_test.cpp DEPS core.units)
# SPDX-License-Identifier: Apache-2.0
option(CELLWARDEN_GATEWAY "Build the Linux gateway" ON)
option(CELLWARDEN_TESTS "Build the tests (needs GoogleTest and rapidcheck)" ON)
option(CELLWARDEN_BENCH "Build the benchmarks (needs Google Benchmark)" OFF)
option(CELLWARDEN_FUZZ "Build the libFuzzer targets (needs clang)" OFF)
option(CELLWARDEN_COVERAGE "Count executed lines and branches" OFF)
set(CELLWARDEN_SANITIZE "" CACHE STRING "Value of -fsanitize=, e.g. address,undefined")

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/bin")
find_program(CELLWARDEN_CCACHE ccache)
if(CELLWARDEN_CCACHE)
  # Paths below the source folder are cached as relative ones: a second clone builds from the first.
  set(CMAKE_CXX_COMPILER_LAUNCHER env "CCACHE_BASEDIR=${CMAKE_SOURCE_DIR}" CCACHE_NOHASHDIR=1
    "${CELLWARDEN_CCACHE}")
endif()

# Every target links this one: the project's include root and its warnings, all of them errors.
add_library(cellwarden_options INTERFACE)
target_include_directories(cellwarden_options INTERFACE "${CMAKE_SOURCE_DIR}")
target_compile_options(cellwarden_options INTERFACE
  -Wall -Wextra -Wpedantic -Werror -Wconversion -Wsign-conversion -Wshadow -Wold-style-cast
  -Wswitch-enum -Wdouble-promotion -Wnon-virtual-dtor -ffp-contract=off)
if(CELLWARDEN_SANITIZE)
  target_compile_options(cellwarden_options INTERFACE
    -fsanitize=${CELLWARDEN_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(cellwarden_options INTERFACE -fsanitize=${CELLWARDEN_SANITIZE})
endif()
if(CELLWARDEN_FUZZ)
  target_compile_options(cellwarden_options INTERFACE -fsanitize=fuzzer-no-link)
endif()
if(CELLWARDEN_COVERAGE)
  # -fno-exceptions-only branches are what FREESTANDING code has; atomic counts keep forks honest.
  target_compile_options(cellwarden_options INTERFACE --coverage -O0 -fno-inline)
  target_link_options(cellwarden_options INTERFACE --coverage)
endif()

if(CELLWARDEN_TESTS)
  enable_testing()
  find_package(GTest REQUIRED)
  find_package(rapidcheck REQUIRED)
  include(GoogleTest)
endif()

# QUICK: a simulated year runs through it, so it is optimised for time (not under sanitizers, whose
# builds are for finding bugs).
# Targets are called like the module with "_" for "."; TESTS become one program with one ctest
# entry per TEST().
function(cellwarden_module name)
  cmake_parse_arguments(arg "FREESTANDING;TEST_PATHS;QUICK" "" "SOURCES;TESTS;DEPS;TEST_DEPS" ${ARGN})
  string(REPLACE "." "_" target ${name})
  list(TRANSFORM arg_DEPS REPLACE "\\." "_")
  list(TRANSFORM arg_TEST_DEPS REPLACE "\\." "_")
  if(arg_SOURCES)
    add_library(${target} STATIC ${arg_SOURCES})
    set(scope PUBLIC)
    if(arg_QUICK AND NOT CELLWARDEN_SANITIZE)
      # A struct copied in one piece when it was just written in many waits for the writes.
      target_compile_options(${target} PRIVATE $<$<CONFIG:RelWithDebInfo>:-O3>
        -fno-tree-slp-vectorize)
    endif()
    if(arg_FREESTANDING)
      target_compile_options(${target} PRIVATE -ffreestanding -fno-exceptions -fno-rtti)
      # Who links a board's logic also links where its failed asserts go, behind it.
      target_link_libraries(${target} INTERFACE core_assert_host)
    endif()
  else()
    add_library(${target} INTERFACE)
    set(scope INTERFACE)
  endif()
  target_link_libraries(${target} ${scope} cellwarden_options ${arg_DEPS})
  if(arg_TESTS AND CELLWARDEN_TESTS)
    if(arg_TEST_PATHS)
      set(paths PATHS)
    else()
      set(paths)
    endif()
    cellwarden_test(${target}_test ${paths} SOURCES ${arg_TESTS} DEPS ${target} ${arg_TEST_DEPS})
  endif()
endfunction()

# A test program of its own, for what crosses modules. With PATHS it is told where the source and
# the build folder are, for golden files and programs; only then, because it ties the object to one
# clone.
function(cellwarden_test name)
  cmake_parse_arguments(arg "PATHS" "" "SOURCES;DEPS" ${ARGN})
  list(TRANSFORM arg_DEPS REPLACE "\\." "_")
  add_executable(${name} ${arg_SOURCES})
  target_link_libraries(${name} PRIVATE cellwarden_options ${arg_DEPS} core_assert_host
    GTest::gtest GTest::gtest_main rapidcheck)
  if(arg_PATHS)
    target_compile_definitions(${name} PRIVATE
      CELLWARDEN_SOURCE_DIR="${CMAKE_SOURCE_DIR}" CELLWARDEN_BINARY_DIR="${CMAKE_BINARY_DIR}")
  endif()
  if(CELLWARDEN_SANITIZE)
    # What is tested stays optimised; optimising rapidcheck's templates with sanitizers in them
    # would take three times as long to compile.
    target_compile_options(${name} PRIVATE -O0)
  endif()
  # gtest's and rapidcheck's own headers are not held to our warnings.
  gtest_discover_tests(${name} DISCOVERY_TIMEOUT 60 PROPERTIES TIMEOUT 300)
endfunction()

# One libFuzzer program: cellwarden_fuzz(frame_reader DEPS wire.extended_frame) builds NAME_fuzz.cpp.
# Only with CELLWARDEN_FUZZ; ./test runs everything called fuzz_*.
function(cellwarden_fuzz name)
  cmake_parse_arguments(arg "" "" "DEPS" ${ARGN})
  list(TRANSFORM arg_DEPS REPLACE "\\." "_")
  add_executable(fuzz_${name} ${name}_fuzz.cpp)
  target_link_libraries(fuzz_${name} PRIVATE cellwarden_options ${arg_DEPS})
  target_link_options(fuzz_${name} PRIVATE -fsanitize=fuzzer)
endfunction()

# One benchmark: cellwarden_bench(wire GOOGLE DEPS wire.extended_frame) builds NAME_bench.cpp into
# bench_NAME, with SOURCES beside it. With GOOGLE it is written with Google Benchmark; without, it is
# a program that prints a markdown table. bench/run knows which by the list written here.
function(cellwarden_bench name)
  cmake_parse_arguments(arg "GOOGLE" "" "SOURCES;DEPS" ${ARGN})
  list(TRANSFORM arg_DEPS REPLACE "\\." "_")
  add_executable(bench_${name} ${name}_bench.cpp ${arg_SOURCES})
  target_link_libraries(bench_${name} PRIVATE cellwarden_options ${arg_DEPS})
  set(kind plain)
  if(arg_GOOGLE)
    target_link_libraries(bench_${name} PRIVATE benchmark::benchmark_main)
    set(kind google)
  endif()
  file(APPEND "${CMAKE_BINARY_DIR}/benchmarks.txt" "${name} ${kind}\n")
endfunction()
