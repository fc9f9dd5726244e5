#!/usr/bin/env python3
"""report.py FOLDER [--into PAGE.md]: what benchmarks measured, as tables, plots and one page.

Reads FOLDER/figures/*.tsv (table, row, column, value, unit) and goals.tsv beside this file. Writes FOLDER/TABLE.svg,
FOLDER/index.html and FOLDER/performance.md, and prints the last. --into fills the tables into a page, between
`<!-- figures: TABLE -->` and `<!-- end -->`; what was not measured stays as it is, or is said not to have been.
"""
import html
import operator
import os
import re
import sys

# The tables in their order: title, head of the first column, and what 1 means where values are ratios.
EVEN = "1: as much as the other needs"
TABLES = {
    "publish, photographs": ("31 photographs: CPU beside others", "CPU of filigrane / CPU of …", EVEN),
    "publish, camera": ("8 frames of 20 to 26 megapixels: CPU beside others", "CPU of filigrane / CPU of …", EVEN),
    "publish, photographs, memory": ("31 photographs: the most memory in one process", "peak MiB", None),
    "publish, camera, memory": ("8 frames of 20 to 26 megapixels: the most memory in one process", "peak MiB", None),
    "workers": ("Two workers against one", "", "1: no gain"),
    "limit": ("CPU beside the codecs alone", "CPU of filigrane / codecs alone", "1: nothing but codecs"),
    "profile": ("Where the CPU goes, in units of the codecs alone", "", None),
    "memory": ("The most memory in one process, by photo", "photo", None),
    "scale": ("Growth with the number of photos", "", None),
    "incremental": ("A second run in which nothing changed", "", None),
    "check": ("check, small files: CPU beside others", "CPU of filigrane / CPU of …", EVEN),
    "check, photographs": ("check, whole photographs: CPU beside others", "CPU of filigrane / CPU of …", EVEN),
    "tag": ("tag: CPU beside others", "CPU of filigrane / CPU of …", EVEN),
    "walls": ("The walls of the processes: CPU with them and without", "CPU with walls / CPU …", "1: they cost nothing"),
    "bytes": ("Bytes at equal quality, against libjpeg-turbo q82", "", "1: libjpeg-turbo, optimised"),
}
RELATIONS = {"<=": (operator.le, "≤"), ">=": (operator.ge, "≥"), "<": (operator.lt, "<")}
STYLE = """
text { font: 13px system-ui, sans-serif; fill: #222; } .title { font-size: 16px; font-weight: 600; }
.small { font-size: 11px; fill: #666; } .axis { stroke: #999; stroke-dasharray: 3 3; } .goal { stroke: #c22; stroke-width: 2; }
.bar0 { fill: #2b6cb0; } .bar1 { fill: #7aa7d9; } .bar2 { fill: #b9a15a; } .bar3 { fill: #8a6; } .ground { fill: #fff; }
@media (prefers-color-scheme: dark) { text { fill: #eee; } .small { fill: #aaa; } .ground { fill: #16181b; }
.goal { stroke: #f77; } .bar0 { fill: #6aa9f0; } .bar1 { fill: #3d6a9c; } .bar2 { fill: #d2bb73; } .bar3 { fill: #9c7; } }
"""


class Table:
    """Rows and columns in the order in which they were measured."""

    def __init__(self, name):
        self.name, self.rows, self.columns, self.cells, self.units = name, [], [], {}, {}

    def add(self, row, column, value, unit):
        for known, new in ((self.rows, row), (self.columns, column)):
            if new not in known:
                known.append(new)
        self.cells[row, column] = float(value)
        self.units[column] = unit

    @property
    def title(self):
        return TABLES.get(self.name, (self.name,))[0]

    @property
    def even(self):
        return TABLES.get(self.name, (0, 0, EVEN))[2]


def read_figures(folder):
    tables = {}
    for file in sorted(os.listdir(os.path.join(folder, "figures"))):
        if file.endswith(".tsv"):
            with open(os.path.join(folder, "figures", file), encoding="utf-8") as lines:
                for line in lines:
                    name, *rest = line.rstrip("\n").split("\t")
                    tables.setdefault(name, Table(name)).add(*rest)
    known = list(TABLES)
    return dict(sorted(tables.items(), key=lambda item: known.index(item[0]) if item[0] in known else len(known)))


def read_goals():
    goals = []
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "goals.tsv"), encoding="utf-8") as lines:
        for line in lines:
            if line.strip() and not line.startswith("#"):
                name, row, column, relation, goal = line.rstrip("\n").split("\t")
                goals.append((name, row, column, relation, float(goal)))
    return goals


def shown(value, unit=""):
    """A number with two or three significant digits; a small ratio as a fraction."""
    if value >= 10000:
        return "{:,.0f}".format(value)
    if unit or value >= 10:
        return "%.0f" % value if value >= 10 else "%.1f" % value
    return "%.2f" % value if value >= 0.0995 else "%.3f" % value if value >= 0.02 else "1/%.0f" % (1 / value) if value > 0 else "0"


def exact(value, unit):
    """With the digits that tell it from a goal."""
    return "%.3g" % value if not unit and value >= 0.02 else shown(value, unit)


def markdown(table):
    first = TABLES.get(table.name, ("", ""))[1]
    lines = ["| %s |" % " | ".join([first] + table.columns), "| %s |" % " | ".join(["---"] * (1 + len(table.columns)))]
    for row in table.rows:
        cells = [shown(table.cells[row, column], table.units[column]) if (row, column) in table.cells else ""
                 for column in table.columns]
        lines.append("| %s |" % " | ".join([row] + cells))
    return "\n".join(lines)


def goals_markdown(tables, goals):
    lines = ["| goal | of | to be | is | |", "| --- | --- | --- | --- | --- |"]
    for name, row, column, relation, goal in goals:
        met, sign = RELATIONS[relation]
        table = tables.get(name)
        value = table.cells.get((row, column)) if table else None
        unit = table.units[column] if value is not None else ""
        state = "not measured |" if value is None else "%s | %s" % (exact(value, unit), "met" if met(value, goal) else "missed")
        lines.append("| %s: %s | %s | %s %s | %s |" % (name, row, column, sign, exact(goal, unit), state))
    return "\n".join(lines)


def plot(table, columns, goals):
    """Horizontal bars: a group for each row, a bar for each column, a stroke where the goal is."""
    marks = {(row, column): goal for name, row, column, _, goal in goals if name == table.name}
    values = [table.cells[row, column] for row in table.rows for column in columns if (row, column) in table.cells]
    ratios = not table.units[columns[0]]
    most = max(values + [marks[key] for key in marks if key[1] in columns] + ([1.0] if table.even and ratios else [])) or 1
    left, width, y, parts = 300, 440, 66, []
    for at, column in enumerate(columns):
        parts.append('<rect class="bar%d" x="%d" y="36" width="10" height="10"/><text class="small" x="%d" y="45">%s</text>'
                     % (at % 4, 16 + at * 180, 31 + at * 180, html.escape(column)))
    for row in table.rows:
        cells = [(at, column) for at, column in enumerate(columns) if (row, column) in table.cells]
        if not cells:
            continue
        parts.append('<text x="%d" y="%d" text-anchor="end">%s</text>' % (left - 10, y + 8 * len(cells) + 4, html.escape(row)))
        for at, column in cells:
            value, long = table.cells[row, column], table.cells[row, column] / most * width
            parts.append('<rect class="bar%d" x="%d" y="%d" width="%.1f" height="13"/>' % (at % 4, left, y, max(long, 1)))
            end = max(long, 1)
            if (row, column) in marks:
                x = marks[row, column] / most * width
                parts.append('<path class="goal" d="M%.1f %dv15"/>' % (left + x, y - 1))
                end = x if 0 <= x - end < 60 else end
            parts.append('<text x="%.1f" y="%d">%s</text>' % (left + end + 6, y + 11, shown(value, table.units[column])))
            y += 16
        y += 10
    if table.even and ratios:
        x = left + width / most
        parts.append('<path class="axis" d="M%.1f 58V%d"/><text class="small" x="%.1f" y="%d" text-anchor="%s">%s</text>'
                     % (x, y, x, y + 14, "end" if x > left + width / 2 else "start", html.escape(table.even)))
    if any(key[1] in columns for key in marks):
        parts.append('<path class="goal" d="M16 %dv12"/><text class="small" x="24" y="%d">goal</text>' % (y + 4, y + 14))
    unit = "" if ratios else " (%s)" % table.units[columns[0]]
    return ('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 820 %d" role="img" aria-label="%s"><style>%s</style>'
            '<rect class="ground" width="820" height="%d"/><text class="title" x="16" y="24">%s</text>%s</svg>\n'
            % (y + 24, html.escape(table.title), STYLE, y + 24, html.escape(table.title + unit), "".join(parts)))


def plots(table, goals):
    """One plot for each unit, as (file name, SVG)."""
    units = list(dict.fromkeys(table.units.values()))
    for at, unit in enumerate(units):
        columns = [column for column in table.columns if table.units[column] == unit]
        stem = re.sub(r"[^a-z]+", "-", table.name) + ("-%d" % at if at else "")
        yield stem + ".svg", plot(table, columns, goals)


def write(path, text):
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def page(drawn, machine, folder):
    logs = ""
    for file in sorted(os.listdir(os.path.join(folder, "figures"))):
        log = os.path.join(folder, file[:-4] + ".txt")
        if file.endswith(".tsv") and os.path.exists(log):
            with open(log, encoding="utf-8") as text:
                logs += "<details><summary>%s</summary><pre>%s</pre></details>\n" % (file[:-4], html.escape(text.read()))
    return ('<!doctype html><html lang="en"><meta charset="utf-8"><meta name="color-scheme" content="light dark">'
            "<title>filigrane: benchmarks</title><style>body{font:15px system-ui,sans-serif;max-width:60rem;margin:2rem auto;"
            "padding:0 1rem}svg{width:100%%;margin:1rem 0}pre{overflow-x:auto}</style><h1>Benchmarks</h1><pre>%s</pre>%s<h2>Logs</h2>%s"
            % (html.escape(machine), "".join(drawn), logs))


def fill(path, blocks):
    """Puts each block where the page asks for it."""
    with open(path, encoding="utf-8") as file:
        text = file.read()

    def put(match):
        name = match.group(2)
        body = blocks[name] + "\n" if name in blocks else match.group(3) or "Not measured yet.\n"
        return match.group(1) + body + match.group(4)

    write(path, re.sub(r"(<!-- figures: ([^>]*?) -->\n)(.*?)(<!-- end -->)", put, text, flags=re.S))


def main():
    if len(sys.argv) not in (2, 4) or (len(sys.argv) == 4 and sys.argv[2] != "--into"):
        sys.exit(__doc__)
    folder = sys.argv[1]
    tables, goals, drawn = read_figures(folder), read_goals(), []
    machine_path = os.path.join(folder, "figures", "machine.md")
    machine = ""
    if os.path.exists(machine_path):
        with open(machine_path, encoding="utf-8") as file:
            machine = file.read().rstrip("\n")
    for table in tables.values():
        for name, svg in plots(table, goals):
            write(os.path.join(folder, name), svg)
            drawn.append(svg)
    write(os.path.join(folder, "index.html"), page(drawn, machine, folder))
    blocks = {"machine": machine, "goals": goals_markdown(tables, goals)}
    blocks.update((name, markdown(table)) for name, table in tables.items())
    text = "\n\n".join("<!-- figures: %s -->\n%s\n<!-- end -->" % block for block in blocks.items()) + "\n"
    write(os.path.join(folder, "performance.md"), text)
    if len(sys.argv) == 4:
        fill(sys.argv[3], blocks)
    else:
        print(text, end="")


if __name__ == "__main__":
    main()
