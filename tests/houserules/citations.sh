#!/usr/bin/env bash
# What the tree cites is there: each section of docs/spec, and each file of ours that a comment or a page names.
# The one form of a citation: docs/spec/PAGE.md §1.2, §3 (docs/spec/README.md). Ends with trees of faults, each of which
# must be told, so that the check is known to look.
set -euo pipefail
exec python3 -B - "${FG_SOURCE_DIR:?}" <<'PYTHON'
import os, re, sys, tempfile

FOLDERS = 'src include tests tools cmake docs man completions profiles samples po examples .ci'.split()
STARRED = ('.c', '.h', '.def', '.js', '.css')
HASHED = ('.sh', '.py', '.bats', '.bash', '.cmake', '.txt', '.yaml', '.yml')
# Names that are ours to the eye alone: headers of others, placeholders, files that an example makes.
FOREIGN = {'vips.h', 'stdio.h', 'ROOM.h', 'ROOM_private.h', 'NAME.c', 'bench_NAME.sh', 'PAGE.md', 'AREA.py', 'guard.sh', 'section.md',
           'removal_attack.py', 'make_hostile.py'}
NAME = re.compile(r'(?<![\w./{}$*<>-])((?:\.\./)*(?:[\w-]+/)*[\w-]+\.(?:c|h|md|sh|py|bats|cmake|def))(?![\w./])')
CITED = re.compile(r'docs/spec/([a-z-]+|README)\.md((?:,? §[\d.]*\d)*)')
LOOSE = re.compile(r'\b([A-Z]{5,}(?:\.md)?,? §|docs/spec/[a-z-]+\.md,? (?:sections?|sec\.|"))')


def files(root):
    for folder in FOLDERS:
        for at, folders, names in os.walk(os.path.join(root, folder)):
            folders[:] = [f for f in folders if f not in ('corpus', '__pycache__')]
            yield from (os.path.relpath(os.path.join(at, name), root) for name in names)
    yield from (name for name in os.listdir(root) if os.path.isfile(os.path.join(root, name)))


def prose(path, text):
    """What people read of a file, on one line each: its comments, or the page without its blocks of code."""
    if path.endswith(STARRED):
        found = re.findall(r'/\*.*?\*/', text, re.S)
    elif path.endswith('.md'):
        text = re.sub(r'^```.*?^```$', '', text, flags=re.S | re.M)
        found = re.sub(r'^    .*$', '', text, flags=re.M).split('\n\n')
    elif path.endswith(HASHED) or path in ('dev', 'src/FLOORS', 'src/LAYERS'):
        found = re.findall(r'(?:^[ \t]*#.*\n)+|"""[\s\S]*?"""', text, re.M)
    else:
        return []
    return [' '.join(re.sub(r'\n[ \t]*(?:\*|#)?[ \t]*', '\n', piece).split()) for piece in found]


def complaints(root):
    told, sections, texts = [], {}, {}
    for path in files(root):
        try:
            with open(os.path.join(root, path), encoding='utf-8') as file:
                texts[path] = file.read()
        except UnicodeDecodeError:
            texts[path] = ''
    for path, text in texts.items():
        if path.startswith('docs/spec/'):
            sections[os.path.basename(path)[:-3]] = set(re.findall(r'^#+ (\d[\d.]*?)\.? ', text, re.M))
    names = set(texts) | {os.path.basename(path) for path in texts}
    for path, text in sorted(texts.items()):
        page = os.path.basename(path)[:-3] if path.startswith('docs/spec/') else None
        if path.endswith(('.c', '.h')) and (own := re.match(r'/\* ([\w/]+\.[ch]):', text)):
            if os.path.basename(own[1]) != os.path.basename(path):
                told.append(f'{path}: calls itself {own[1]}')
        for piece in prose(path, text):
            for loose in LOOSE.findall(piece):
                told.append(f'{path}: "{loose}" is no citation: docs/spec/PAGE.md §1.2')
            for cited in CITED.finditer(piece):
                if cited[1] not in sections:
                    told.append(f'{path}: there is no page {cited[0]}')
                    continue
                numbers = re.findall(r'§([\d.]*\d)', cited[2])
                if not numbers and path.endswith(('.c', '.h')) and not LOOSE.match(piece, cited.start()):
                    told.append(f'{path}: {cited[0]} without a section')
                for number in numbers:
                    if number not in sections[cited[1]]:
                        told.append(f'{path}: docs/spec/{cited[1]}.md has no §{number}')
            if page in sections and page != 'README':
                for number in re.findall(r'§([\d.]*\d)', CITED.sub('', piece)):
                    if number not in sections[page]:
                        told.append(f'{path}: it has no §{number} itself')
            for name in NAME.findall(piece.replace('FOLDER/', '')):
                base, beside = os.path.basename(name), os.path.normpath(os.path.join(os.path.dirname(path), name))
                known = name in texts or beside in texts or any(other.endswith('/' + name) for other in texts)
                if not known and base not in FOREIGN and not CITED.match(name):
                    told.append(f'{path}: names {name}, which is not there')
    return told, len(texts)


def faults_are_told():
    spec = '# X\n\n## 1. One\n\n### 1.2 Two\n\nSee §1.2.\n'
    wrong = {
        '/* docs/spec/x.md §1.3 */': 'has no §1.3',
        '/* docs/spec/x.md §1,\n * §7 */': 'has no §7',
        '/* docs/spec/y.md §1 */': 'no page',
        '/* docs/spec/x.md says */': 'without a section',
        '/* docs/spec/x.md section 1 */': 'no citation',
        '/* METADATA §1.8 */': 'no citation',
        '/* as METADATA.md, "Fields", has it */': 'names METADATA.md',
        '/* gone.c did that */': 'names gone.c',
        '/* b.c: the subject */': 'calls itself b.c',
    }
    for text, expected in wrong.items():
        with tempfile.TemporaryDirectory() as root:
            for path, content in {'docs/spec/x.md': spec, 'src/a.c': text, 'src/b.c': '/* b.c: docs/spec/x.md §1, §1.2 */'}.items():
                os.makedirs(os.path.dirname(os.path.join(root, path)), exist_ok=True)
                with open(os.path.join(root, path), 'w', encoding='utf-8') as file:
                    file.write(content)
            told = complaints(root)[0]
            if len(told) != 1 or expected not in told[0] or not told[0].startswith('src/a.c'):
                sys.exit(f'the check does not see {text!r}: {told}')


told, count = complaints(sys.argv[1])
print('\n'.join(told) or f'{count} files cite what is there')
faults_are_told()
sys.exit(bool(told) or count < 200)
PYTHON
