# What an installation holds; the packages of packaging/ are made of it. On Windows: the programs.

set(ESPALIER_PAGE "" CACHE STRING
  "Web address below which resources/screenshots can be seen; the metainfo names them by it")

if(WIN32)
  install(TARGETS espalier espalier-cli RUNTIME DESTINATION .)
  return()
endif()

include(GNUInstallDirs)
install(TARGETS espalier espalier-cli RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})

set(common "${CMAKE_SOURCE_DIR}/packaging/common")
set(generated "${CMAKE_BINARY_DIR}/packaging")

# Who makes the packages and when the version was made stand in the changelog alone.
file(READ "${CMAKE_SOURCE_DIR}/packaging/deb/changelog" changelog)
string(REGEX MATCH "-- ([^\n]*)  ..., ([0-9]+) ([A-Z][a-z][a-z]) ([0-9]+)" found "${changelog}")
set(maintainer "${CMAKE_MATCH_1}")
set(months Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec)
list(FIND months "${CMAKE_MATCH_3}" month)
math(EXPR month "${month} + 101")
string(SUBSTRING ${month} 1 2 month)
set(date "${CMAKE_MATCH_4}-${month}-${CMAKE_MATCH_2}")

function(espalier_metainfo out)
  set(version ${PROJECT_VERSION})
  set(screenshots "")
  if(ESPALIER_PAGE)
    set(captions "datasets|The table of a dataset with a histogram for each feature"
      "modeling|A network of blocks, and what is still to be done"
      "evaluation|Training and validation over the epochs"
      "predictions|A confusion matrix and the examples behind one of its cells"
      "compare|Two experiments, what differs, and the difference matrix")
    set(type " type=\"default\"")
    foreach(caption IN LISTS captions)
      string(REPLACE "|" ";" caption "${caption}")
      list(GET caption 0 name)
      list(GET caption 1 text)
      string(APPEND screenshots "    <screenshot${type}>\n      <caption>${text}</caption>\n"
        "      <image>${ESPALIER_PAGE}/resources/screenshots/${name}-light.png</image>\n"
        "    </screenshot>\n")
      set(type "")
    endforeach()
    set(screenshots "  <screenshots>\n${screenshots}  </screenshots>\n")
  endif()
  configure_file("${common}/espalier.metainfo.xml.in" "${out}" @ONLY)
endfunction()

espalier_metainfo("${generated}/org.espalier.Espalier.metainfo.xml")
install(FILES "${generated}/org.espalier.Espalier.metainfo.xml" DESTINATION share/metainfo)
install(FILES "${common}/espalier.desktop" DESTINATION share/applications)
install(FILES "${common}/espalier-mime.xml" DESTINATION share/mime/packages RENAME espalier.xml)
install(FILES "${common}/espalier.svg" DESTINATION share/icons/hicolor/scalable/apps)
install(FILES "${common}/copyright" DESTINATION share/doc/espalier)

# Debian wants these compressed, and the same input always gives the same bytes.
function(espalier_install_compressed source destination name)
  set(out "${generated}/${name}.gz")
  add_custom_command(OUTPUT "${out}" DEPENDS "${source}" VERBATIM
    COMMAND sh -c "gzip -9n < \"$1\" > \"$2\"" sh "${source}" "${out}")
  set_property(GLOBAL APPEND PROPERTY ESPALIER_COMPRESSED "${out}")
  install(FILES "${out}" DESTINATION ${destination})
endfunction()

espalier_install_compressed("${CMAKE_SOURCE_DIR}/packaging/deb/changelog" share/doc/espalier changelog)
espalier_install_compressed("${common}/espalier.1" share/man/man1 espalier.1)
espalier_install_compressed("${common}/espalier-cli.1" share/man/man1 espalier-cli.1)
get_property(compressed GLOBAL PROPERTY ESPALIER_COMPRESSED)
add_custom_target(espalier_documents ALL DEPENDS ${compressed})

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME espalier)
set(CPACK_PACKAGE_CONTACT "${maintainer}")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "Workbench for point-and-click deep learning")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION science)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
# Plugins and kernels that are loaded by name, which no tool can find out.
set(CPACK_DEBIAN_PACKAGE_DEPENDS
  "libqt6sql6-sqlite, qt6-image-formats-plugins, libopenblas0-openmp | libopenblas0")
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "fonts-inter, qt6-wayland, ca-certificates")
set(CPACK_DEBIAN_PACKAGE_DESCRIPTION
  "Import a dataset, split and version it, build a network from blocks, train it,
compare experiments: in a window or on the command line, on your own machine,
without an account or a cloud. Data and models stay in open files.")
include(CPack)
