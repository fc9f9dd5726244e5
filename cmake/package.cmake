# `cpack -G DEB` in a build tree that was configured with -DCMAKE_INSTALL_PREFIX=/usr makes one Debian package.
install(FILES README.md README.fr.md CHANGELOG.md DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(FILES LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR} RENAME copyright)

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME filigrane)
set(CPACK_PACKAGE_CONTACT "filigrane maintainers <maintainers@filigrane.example>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "publish photos that stay yours")
set(CPACK_PACKAGE_DESCRIPTION
    "filigrane takes the photos of a shoot and makes what goes on the web: resized,
visibly marked, tagged with copyright in EXIF, IPTC and XMP, and free of
location, serial numbers, names and every other personal trace. It never
touches an original.
.
It also checks, tags and scrubs files as they are, and writes what a site
needs beside its pictures. The library and its headers are in this package.")
set(CPACK_STRIP_FILES ON)
set(CPACK_VERBATIM_VARIABLES ON)
set(CPACK_PRE_BUILD_SCRIPTS ${PROJECT_SOURCE_DIR}/cmake/compress.cmake)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION graphics)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
# A mark wants a font; the built-in profiles ask for this one.
set(CPACK_DEBIAN_PACKAGE_DEPENDS fonts-dejavu-core)
set(CPACK_DEBIAN_PACKAGE_SUGGESTS libglib2.0-dev)
file(WRITE ${CMAKE_BINARY_DIR}/package/triggers "activate-noawait ldconfig\n")
file(WRITE ${CMAKE_BINARY_DIR}/package/shlibs "libfiligrane 0 filigrane (>= ${PROJECT_VERSION})\n")
set(CPACK_DEBIAN_PACKAGE_CONTROL_EXTRA ${CMAKE_BINARY_DIR}/package/triggers ${CMAKE_BINARY_DIR}/package/shlibs)
include(CPack)
