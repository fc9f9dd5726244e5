#!/usr/bin/env python3
"""declared.py [--program FILE] HEADER...: the functions that public headers declare.

A line for each: its name, `api` or `hidden` as it bears FG_API or not, and the header. With --program, FILE becomes a C program
that takes the address of each, so that it links only if the library exports them all.
"""
import os
import re
import sys


def statements(text):
    """The statements of a header at file scope, without comments, preprocessor lines and what stands in braces."""
    text = re.sub(r"/\*.*?\*/|//[^\n]*", " ", text, flags=re.S)
    text = re.sub(r"^[ \t]*#(?:[^\n]*\\\n)*[^\n]*$", " ", text, flags=re.M)
    text = re.sub(r"\b(?:G_BEGIN_DECLS|G_END_DECLS)\b|\bG_DEFINE_AUTOPTR_CLEANUP_FUNC\([^)]*\)", " ", text)
    while "{" in text:
        text, count = re.subn(r"\{[^{}]*\}", " ", text)
        if count == 0:
            sys.exit("a brace is not closed")
    return [" ".join(statement.split()) for statement in text.split(";")]


def declared(text):
    """Pairs of a function's name and whether its declaration bears FG_API."""
    for statement in statements(text):
        # A pointer to a function, and a type of one, have their name in parentheses of its own.
        name = re.match(r"(?!typedef\b|struct\b[^(]*$)[^(=]*?\b(\w+) ?\(", statement)
        if name and not re.match(r"\( ?\*", statement[name.end() - 1:]) and name[1] != "__attribute__":
            yield name[1], bool(re.search(r"\bFG_API\b", statement[:name.end()]))


def write_program(file, names):
    print('#include "filigrane/filigrane.h"\n\n#include <stdio.h>\n', file=file)
    print("static const struct {\n    const char *name;\n    void (*function)(void);\n} functions[] = {", file=file)
    for name in names:
        print(f'    {{"{name}", (void (*)(void)){name}}},', file=file)
    print("""};

int
main(void)
{
    unsigned missing = 0;
    const unsigned count = sizeof functions / sizeof *functions;
    for (unsigned i = 0; i < count; i++)
        if (!functions[i].function) {
            printf("%s has no address\\n", functions[i].name);
            missing++;
        }
    printf("%u functions of the headers are in the library\\n", count - missing);
    return missing > 0 || count < 50;
}""", file=file)


def main():
    program = sys.argv[2] if sys.argv[1:2] == ["--program"] else None
    headers = sys.argv[3:] if program else sys.argv[1:]
    found = []
    for header in headers:
        with open(header, encoding="utf-8") as file:
            found += [(name, api, os.path.basename(header)) for name, api in declared(file.read())]
    if not program:
        for name, api, header in found:
            print(name, "api" if api else "hidden", header)
        return
    with open(program, "w", encoding="utf-8") as file:
        write_program(file, [name for name, _, _ in found])


if __name__ == "__main__":
    main()
