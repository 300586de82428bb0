#!/usr/bin/env python3
"""Reads src/layers.toml, the plan of who may include whom.

layers.py             checks every include under src/ against the plan; exit 1 with one line a breach
layers.py --cmake F   prints the plan for CMake
layers.py --picture   prints the levels, highest first, for docs/architecture.md
"""
import os
import re
import sys

try:
    import tomllib
except ImportError:
    sys.exit("layers.py needs Python 3.11")

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")


def load(path):
    plan = tomllib.load(open(path, "rb"))["folders"]
    for folder, grants in plan.items():
        for grant in grants:
            if grant not in plan:
                sys.exit(f"layers.toml: {folder} is granted {grant}, which is not listed")
    return plan


def levels(plan):
    level, open_ = {}, []

    def visit(folder):
        if folder in level:
            return level[folder]
        if folder in open_:
            sys.exit("layers.toml: cycle " + " -> ".join(open_ + [folder]))
        open_.append(folder)
        level[folder] = 1 + max((visit(g) for g in plan[folder]), default=-1)
        open_.pop()
        return level[folder]

    for folder in plan:
        visit(folder)
    return level


def owner(path, plan):
    """The longest listed prefix of a path below src/."""
    parts = path.split("/")[:-1]
    while parts:
        name = "/".join(parts)
        if name in plan:
            return name
        parts.pop()
    return None


def in_testkit(folder):
    return folder.split("/")[0] == "testkit"


def check(plan):
    breaches, used = [], set()
    source = os.path.join(ROOT, "src")
    for directory, _, files in os.walk(source):
        for file in sorted(files):
            if not file.endswith((".h", ".cc")):
                continue
            path = os.path.relpath(os.path.join(directory, file), source)
            folder = owner(path, plan)
            if path == "test_main.cc":
                continue
            if folder is None:
                breaches.append(f"{path}: its folder is not in src/layers.toml")
                continue
            test = file.endswith(("_test.cc", "_dbtest.cc", "_for_test.cc", "_for_test.h", "testing.cc",
                                  "testing.h")) or in_testkit(folder)
            text = open(os.path.join(directory, file), encoding="utf-8").read()
            for include in re.findall(r'^\s*#include "([^"]+)"', text, re.M):
                target = owner(include, plan)
                if target is None or target == folder:
                    continue
                used.add((folder, target))
                if target not in plan[folder] and not (test and in_testkit(target)) \
                        and not (test and target in plan["testkit"]):
                    breaches.append(f"{folder} may not include {target} ({path}: {include})")
    for folder, grants in sorted(plan.items()):
        for grant in grants:
            if (folder, grant) not in used and os.path.isdir(os.path.join(source, folder)) \
                    and not in_testkit(folder):
                print(f"unused grant: {folder} -> {grant}")
    print("\n".join(breaches) or f"layers: {len(plan)} folders, no breach")
    return 1 if breaches else 0


if __name__ == "__main__":
    arguments = sys.argv[1:]
    if arguments[:1] == ["--cmake"]:
        plan = load(arguments[1])
        levels(plan)
        for folder, grants in plan.items():
            names = " ".join(g.replace("/", "_") for g in grants)
            print(f'set(TRAM_GRANTS_{folder.replace("/", "_")} {names})')
    else:
        plan = load(os.path.join(ROOT, "src", "layers.toml"))
        level = levels(plan)
        if arguments[:1] == ["--picture"]:
            for number in sorted(set(level.values()), reverse=True):
                print(number, " ".join(sorted(f for f in level if level[f] == number)))
            sys.exit(0)
        sys.exit(check(plan))
