# `cpack -G DEB` in a build tree that was configured with -DCMAKE_INSTALL_PREFIX=/usr makes the three packages that Debian's
# users expect: the program, the library it runs on, and what a program of one's own is built with.
set(version ${PROJECT_VERSION}-1)
set(packages filigrane libfiligrane0 libfiligrane-dev)
install(FILES README.md README.fr.md DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(FILES CHANGELOG.md DESTINATION ${CMAKE_INSTALL_DOCDIR} RENAME changelog)
install(FILES docs/library.md examples/publish.c DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/libfiligrane-dev/examples
        COMPONENT libfiligrane-dev EXCLUDE_FROM_ALL)

# Debian has a changelog of its own in each package; it points to ours.
file(TIMESTAMP CHANGELOG.md date "%a, %d %b %Y %H:%M:%S +0000" UTC)
foreach(package IN LISTS packages)
    string(TOUPPER ${package} id)
    set(CPACK_DEBIAN_${id}_PACKAGE_NAME ${package})
    file(CONFIGURE OUTPUT package/${package}/changelog.Debian @ONLY CONTENT
"filigrane (@version@) unstable; urgency=medium

  * The changelog of the program, in the package filigrane, tells what is new.

 -- filigrane maintainers <maintainers@filigrane.example>  @date@
")
    install(FILES ${CMAKE_CURRENT_BINARY_DIR}/package/${package}/changelog.Debian
            DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/${package} COMPONENT ${package} EXCLUDE_FROM_ALL)
    install(FILES LICENSE DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/${package} RENAME copyright
            COMPONENT ${package} EXCLUDE_FROM_ALL)
endforeach()

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME filigrane)
set(CPACK_PACKAGE_CONTACT "filigrane maintainers <maintainers@filigrane.example>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "publish photos that stay yours")
set(CPACK_STRIP_FILES ON)
set(CPACK_VERBATIM_VARIABLES ON)
set(CPACK_PRE_BUILD_SCRIPTS ${PROJECT_SOURCE_DIR}/cmake/compress.cmake)
set(CPACK_POST_BUILD_SCRIPTS ${PROJECT_SOURCE_DIR}/cmake/unscript.cmake)
set(CPACK_COMPONENTS_ALL ${packages})
set(CPACK_COMPONENTS_GROUPING IGNORE)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_ENABLE_COMPONENT_DEPENDS ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_RELEASE 1)

set(CPACK_COMPONENT_FILIGRANE_DEPENDS libfiligrane0)
set(CPACK_DEBIAN_FILIGRANE_DESCRIPTION "filigrane takes the photos of a shoot and makes what goes on the web: resized,
visibly marked, tagged with copyright in EXIF, IPTC and XMP, and free of
location, serial numbers, names and every other personal trace. It never
touches an original.
.
It also checks, tags and scrubs files as they are, and writes what a site
needs beside its pictures.")
set(CPACK_DEBIAN_FILIGRANE_PACKAGE_SECTION graphics)
set(CPACK_DEBIAN_FILIGRANE_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS_PRIVATE_DIRS ${CMAKE_BINARY_DIR})

set(CPACK_DEBIAN_LIBFILIGRANE0_DESCRIPTION "The library of filigrane: plans, makes and checks marked, tagged and clean
derivatives of photos.")
set(CPACK_DEBIAN_LIBFILIGRANE0_PACKAGE_SECTION libs)
set(CPACK_DEBIAN_LIBFILIGRANE0_PACKAGE_MULTIARCH same)
set(CPACK_DEBIAN_LIBFILIGRANE0_PACKAGE_SHLIBDEPS ON)
# A mark wants a font; the built-in profiles ask for this one.
set(CPACK_DEBIAN_LIBFILIGRANE0_PACKAGE_DEPENDS fonts-dejavu-core)
file(WRITE ${CMAKE_BINARY_DIR}/package/triggers "activate-noawait ldconfig\n")
file(WRITE ${CMAKE_BINARY_DIR}/package/shlibs "libfiligrane 0 libfiligrane0 (>= ${PROJECT_VERSION})\n")
set(CPACK_DEBIAN_LIBFILIGRANE0_PACKAGE_CONTROL_EXTRA ${CMAKE_BINARY_DIR}/package/triggers
    ${CMAKE_BINARY_DIR}/package/shlibs)

set(CPACK_COMPONENT_LIBFILIGRANE-DEV_DEPENDS libfiligrane0)
set(CPACK_DEBIAN_LIBFILIGRANE-DEV_DESCRIPTION "Headers, pkg-config file and an example for programs that use the library of
filigrane.")
set(CPACK_DEBIAN_LIBFILIGRANE-DEV_PACKAGE_SECTION libdevel)
set(CPACK_DEBIAN_LIBFILIGRANE-DEV_PACKAGE_DEPENDS libglib2.0-dev)
include(CPack)
