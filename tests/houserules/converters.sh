#!/usr/bin/env bash
# Nothing converts text by modules that the C library opens: behind the sandbox there are none. libxml2 would
# ask for them, too, for a character set that a document declares.
set -euo pipefail
cd "${FG_SOURCE_DIR:?}"
bad=0
if hits=$(grep -rnE '\b(iconv(_open|_close)?|g_iconv[a-z_]*|g_convert[a-z_]*|g_charset_converter_new|g_locale_(to|from)_utf8|g_filename_(to|from)_utf8|g_filename_display_[a-z]+|xml(FindCharEncodingHandler|OpenCharEncodingHandler|SwitchEncoding[A-Za-z]*|GetCharEncodingHandler)|mb[s]?r?towcs?|wc[s]?r?tombs?)[ ]*\(' src include); then
    printf 'conversions that open files, for which unicode.h has others:\n%s\n' "$hits"
    bad=1
fi
while read -r file; do
    documents=$(grep -cE '\bxml(Ctxt)?(Read|Parse)(Memory|Doc|File|Fd|IO)[ ]*\(' "$file" || true)
    [ "$documents" -le "$(grep -cE '\bXML_PARSE_IGNORE_ENC\b' "$file" || true)" ] || {
        printf '%s: libxml2 reads a document without XML_PARSE_IGNORE_ENC\n' "$file"
        bad=1
    }
done < <(grep -rlE 'libxml/parser\.h' src)
exit $bad
