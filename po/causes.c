/* Never compiled: what the C library, GLib and the codecs say of a failure, which stands at the end of messages of ours.
 * po/extract reads it. */

/* errno, as the C locale says it. */
N_("Operation not permitted")
N_("No such file or directory")
N_("Interrupted system call")
N_("Input/output error")
N_("Bad file descriptor")
N_("Resource temporarily unavailable")
N_("Cannot allocate memory")
N_("Permission denied")
N_("Device or resource busy")
N_("File exists")
N_("Invalid cross-device link")
N_("No such device")
N_("Not a directory")
N_("Is a directory")
N_("Invalid argument")
N_("Too many open files in system")
N_("Too many open files")
N_("File too large")
N_("No space left on device")
N_("Read-only file system")
N_("Broken pipe")
N_("File name too long")
N_("Directory not empty")
N_("Too many levels of symbolic links")
N_("Operation not supported")
N_("Stale file handle")
N_("Disk quota exceeded")

/* GLib, of the list of paths that --from0 reads. */
N_("Failed to open file “%s”: %s")
N_("Failed to read from file “%s”: %s")

/* libjpeg, of a damaged file. */
N_("Premature end of JPEG file")
N_("Premature end of input file")
N_("Corrupt JPEG data: premature end of data segment")
N_("Corrupt JPEG data: bad Huffman code")
N_("Corrupt JPEG data: %u extraneous bytes before marker 0x%02x")
N_("Corrupt JPEG data: found marker 0x%02x instead of RST%d")
N_("Unsupported marker type 0x%02x")
N_("more than %d scans")

/* Remarks whose words are a constant of a header, and one whose place stands before it in a choice. */
N_("its usage terms, licensor or web statement were somebody else's: yours stand there alone now")
N_("another program saved this while a run was killed; compare it, then delete or rename it")
N_("%s: another program saved this while a run was killed; compare it, then delete or rename it")
N_("The file names the AI system that it was made with: %s.")
N_("The file's Content Credentials, whose signature was not verified, say how it was made: %s.")
N_("its Content Credentials (C2PA) do not stay in it: c2pa.removed")
N_("The file's Content Credentials can't be read whole.")
