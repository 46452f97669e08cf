# Third-party libraries; the README says what each is for. packaging/bootstrap.sh installs them.

find_package(Qt6 6.4 REQUIRED COMPONENTS Core Gui Network Concurrent Sql Widgets Charts Svg)
if(BUILD_TESTING OR NOT DEFINED BUILD_TESTING)
  find_package(Qt6 6.4 REQUIRED COMPONENTS Test)
endif()
find_package(tl-expected REQUIRED)
find_package(spdlog REQUIRED)
find_package(QuaZip-Qt6 REQUIRED)

find_path(LIBCSV_INCLUDE_DIR csv.h REQUIRED)
find_library(LIBCSV_LIBRARY csv REQUIRED)
add_library(Csv::Csv UNKNOWN IMPORTED)
set_target_properties(Csv::Csv PROPERTIES IMPORTED_LOCATION "${LIBCSV_LIBRARY}"
  INTERFACE_INCLUDE_DIRECTORIES "${LIBCSV_INCLUDE_DIR}")

find_package(Torch REQUIRED)
# Torch arrives as variables; one target keeps its flags and its noisy headers in one place.
add_library(espalier_torch INTERFACE)
add_library(Torch::Torch ALIAS espalier_torch)
target_link_libraries(espalier_torch INTERFACE ${TORCH_LIBRARIES})
target_include_directories(espalier_torch SYSTEM INTERFACE ${TORCH_INCLUDE_DIRS})

# The kernels of the compiled engine, and the threads that they work on.
# (Its own package file wants the headers of OpenCL, which nothing here needs.)
find_path(DNNL_INCLUDE_DIR oneapi/dnnl/dnnl.hpp REQUIRED)
find_library(DNNL_LIBRARY dnnl REQUIRED)
add_library(Dnnl::Dnnl UNKNOWN IMPORTED)
set_target_properties(Dnnl::Dnnl PROPERTIES IMPORTED_LOCATION "${DNNL_LIBRARY}"
  INTERFACE_INCLUDE_DIRECTORIES "${DNNL_INCLUDE_DIR}")
find_package(OpenMP REQUIRED COMPONENTS CXX)
