# `cpack -G DEB` in a build tree that was configured with -DCMAKE_INSTALL_PREFIX=/usr makes the three packages that Debian's
# users expect: the program, the library it runs on, and what a program of one's own is built with.
# A release of Debian tells its packages from the other's by the suffix of a stable rebuild, as 0.2.0-1~deb12u1: that sorts
# below the same version of Debian's own, and below what the next release has.
file(STRINGS /etc/os-release os_release)
set(suffix "")
set(distribution unstable)
if("ID=debian" IN_LIST os_release AND os_release MATCHES "VERSION_ID=\"?([0-9]+)")
    set(suffix "~deb${CMAKE_MATCH_1}u1")
    if(os_release MATCHES "VERSION_CODENAME=([a-z]+)")
        set(distribution ${CMAKE_MATCH_1})
    endif()
endif()
set(FG_DEBIAN_SUFFIX "${suffix}" CACHE STRING "What follows the revision in the version of the Debian packages")
set(revision "1${FG_DEBIAN_SUFFIX}")
set(version ${PROJECT_VERSION}-${revision})
set(packages filigrane libfiligrane0 libfiligrane-dev)
install(FILES README.md README.fr.md DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(FILES CHANGELOG.md DESTINATION ${CMAKE_INSTALL_DOCDIR} RENAME changelog)
install(FILES docs/library.md examples/publish.c DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/libfiligrane-dev/examples
        COMPONENT libfiligrane-dev EXCLUDE_FROM_ALL)

# Debian has a changelog of its own in each package; it points to ours.
set(format "%a, %d %b %Y %H:%M:%S +0000")
if(DEFINED ENV{SOURCE_DATE_EPOCH}) # Only string() heeds it.
    string(TIMESTAMP date ${format} UTC)
else()
    file(TIMESTAMP CHANGELOG.md date ${format} UTC)
endif()
foreach(package IN LISTS packages)
    string(TOUPPER ${package} id)
    set(CPACK_DEBIAN_${id}_PACKAGE_NAME ${package})
    file(CONFIGURE OUTPUT package/${package}/changelog.Debian @ONLY CONTENT
"filigrane (@version@) @distribution@; urgency=medium

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
set(CPACK_DEBIAN_PACKAGE_RELEASE ${revision})

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
# A mark wants a font; the built-in profiles ask for this one. The codecs of AVIF and HEIC are packages of their own since
# libheif 1.16, which apt installs by itself only where recommended packages are wanted.
set(CPACK_DEBIAN_LIBFILIGRANE0_PACKAGE_DEPENDS "fonts-dejavu-core, libheif-plugin-aomenc | libheif1 (<< 1.16), \
libheif-plugin-dav1d | libheif-plugin-aomdec | libheif1 (<< 1.16), libheif-plugin-libde265 | libheif1 (<< 1.16)")
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
