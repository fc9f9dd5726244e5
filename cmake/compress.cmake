# Manuals and changelogs lie compressed in a Debian package.
file(GLOB_RECURSE files ${CPACK_TEMPORARY_DIRECTORY}/*.[15] ${CPACK_TEMPORARY_DIRECTORY}/changelog*)
list(FILTER files INCLUDE REGEX "/man/man[15]/|/doc/")
foreach(file IN LISTS files)
    execute_process(COMMAND gzip -9n ${file} COMMAND_ERROR_IS_FATAL ANY)
endforeach()
