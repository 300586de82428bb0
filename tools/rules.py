#!/usr/bin/env python3
"""rules.py: house rules that no compiler knows; exit 1 with one line a breach. SQL only under
storage/, no locale functions, files under 600 lines, TODO only with an issue."""
import os
import re
import sys

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "src")
LOCALE = re.compile(r"\b(std::sto[idlf]+|atoi|atof|strtod|tolower|toupper|isalpha|isdigit|setlocale)\(")
SQL = re.compile(r'"\s*(SELECT|INSERT INTO|UPDATE \w+ SET|DELETE FROM|CREATE TABLE)\b')
DEFAULT = re.compile(r"^\s*default:")
breaches = []
for directory, _, files in os.walk(ROOT):
    for file in sorted(files):
        if not file.endswith((".h", ".cc")):
            continue
        path = os.path.join(directory, file)
        name = os.path.relpath(path, ROOT)
        lines = open(path, encoding="utf-8").read().split("\n")
        test = file.endswith("_test.cc") or name.startswith("testkit/")
        if len(lines) > 600 and not test:
            breaches.append(f"{name}: {len(lines)} lines; is there more than one idea in it?")
        for number, line in enumerate(lines, 1):
            if LOCALE.search(line) and not test:
                breaches.append(f"{name}:{number}: a function that depends on the locale")
            if SQL.search(line) and not name.startswith("storage/") and not test:
                breaches.append(f"{name}:{number}: SQL outside storage/")
            if re.search(r"\b(TODO|FIXME)\b(?!\(#\d+\))", line):
                breaches.append(f"{name}:{number}: TODO without an issue")
print("\n".join(breaches) or "rules: no breach")
sys.exit(1 if breaches else 0)
