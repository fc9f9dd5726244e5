#!/usr/bin/env python3
"""Counts circles of calls between the files of a module, by the symbols of their objects.

    circles.py BUILD            one line a circle; 1 when one is larger than a pair, or a module's front is called within it
    circles.py BUILD --all      also who calls whom within each circle

A file whose functions call, by whatever way, back into it can be understood only together with all on that way. Pairs are let
be where two files are one parser written in two. Objects of files that are gone don't count. Ends with a graph of its own, whose circle must be found.
"""
import collections
import os
import subprocess
import sys


def symbols(paths):
    """For each object the global symbols that it defines, and those that it wants."""
    found = {path: (set(), set()) for path in paths}
    for line in subprocess.run(["nm", "-gA", *paths], capture_output=True, text=True, check=True).stdout.splitlines():
        path, _, rest = line.partition(":")
        kind, name = rest.split()[-2:]
        found[path][kind == "U"].add(name)
    return found


def calls(folder, sources):
    """For each file of a module the set of its other files that it calls, and by which functions."""
    paths = [os.path.join(root, name) for root, _, names in os.walk(folder) for name in names
             if name.endswith(".c.o") and os.path.exists(os.path.join(sources, name.removesuffix(".o")))]
    objects = {os.path.basename(path).removesuffix(".o"): found for path, found in symbols(paths).items()}
    home = {symbol: name for name, (defined, _) in objects.items() for symbol in defined if symbol.startswith("fg_")}
    graph = {name: collections.defaultdict(list) for name in objects}
    for name, (_, wanted) in objects.items():
        for symbol in wanted:
            if home.get(symbol, name) != name:
                graph[name][home[symbol]].append(symbol)
    return graph


def circles(graph):
    """The strongly connected sets of more than one file, largest first (Tarjan 1972)."""
    index, low, stack, on, found = {}, {}, [], set(), []

    def visit(at):
        index[at] = low[at] = len(index)
        stack.append(at)
        on.add(at)
        for to in graph[at]:
            if to not in index:
                visit(to)
                low[at] = min(low[at], low[to])
            elif to in on:
                low[at] = min(low[at], index[to])
        if low[at] == index[at]:
            one = set()
            while not one or at not in one:
                one.add(stack.pop())
            on.difference_update(one)
            if len(one) > 1:
                found.append(sorted(one))

    for name in graph:
        if name not in index:
            visit(name)
    return sorted(found, key=len, reverse=True)


def judge(module, graph, every):
    """Prints the circles of a module; how many faults it has."""
    faults = 0
    for circle in circles(graph):
        large = len(circle) > 2
        faults += large
        print(f"{module}: {len(circle)} files{' of 2' if large else ''}: {' '.join(circle)}")
        for name in circle if every or large else []:
            for to, names in sorted(graph[name].items()):
                if to in circle:
                    print(f"    {name} -> {to}: {' '.join(sorted(names))}")
    callers = sorted(name for name in graph if f"{module}.c" in graph[name])
    if callers:
        faults += 1
        print(f"{module}: {module}.c is called by {' '.join(callers)}")
    return faults


def main():
    build, every = sys.argv[1], "--all" in sys.argv
    top = os.environ.get("FG_SOURCE_DIR", ".")
    objects = os.path.join(build, "CMakeFiles")
    modules = sorted(name[3:-4] for name in os.listdir(objects) if name.startswith("fg_") and name.endswith(".dir")
                     and not name.startswith("fg_module_"))
    faults = 0
    for module in modules + ["cli"]:
        folder = os.path.join(objects, f"fg_{module}.dir" if module != "cli" else "filigrane.dir", "src", module)
        faults += judge(module, calls(folder, os.path.join(top, "src", module)), every)
    known = {"a.c": {"b.c": ["fg_b"]}, "b.c": {"c.c": ["fg_c"]}, "c.c": {"a.c": ["fg_a"]}, "d.c": {"a.c": ["fg_a"]}}
    if circles(known) != [["a.c", "b.c", "c.c"]] or len(modules) < 10:
        sys.exit("circles.py finds no circle where there is one")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
