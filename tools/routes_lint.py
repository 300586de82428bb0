#!/usr/bin/env python3
"""Reads every src/**/*endpoints.cc and fails when a route asks for a permission that is not in
src/access/permissions.toml, or is not expected in tests/access/expected_routes.csv (method, path and
permission), or stands twice. Routes that src/app/wiring adds by hand (/api, /ws) must be expected too.
`--list` prints the routes found."""
import os
import re
import sys
import tomllib

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")
# {Method::kGet, "/api/queue", "public", …} in the rooms, {"GET", "/api/users", "users.manage", …} in access.
ROUTE = re.compile(r'\{\s*(?:[\w:]*Method::k(?P<k>\w+)|"(?P<m>GET|POST|PUT|DELETE|PATCH)")\s*,\s*'
                   r'"(?P<path>/[^"]*)"\s*,\s*"(?P<permission>[^"]*)"')
# A path opened like a route, whatever follows: finds routes written so that ROUTE misses them.
OPENING = re.compile(r'\{\s*(?:[\w:]*Method::k\w+|"(?:GET|POST|PUT|DELETE|PATCH)")\s*,')

# router.Add(Method::kPost, "/api/login", …) in app/wiring: permission is checked in code beside it.
ADDED = re.compile(r'\bAdd\w*\(\s*(?:http::)?Method::k(\w+)\s*,\s*"(/(?:api|ws)[^"]*)"')


def expected():
    rows = {}
    path = os.path.join(ROOT, "tests", "access", "expected_routes.csv")
    for number, line in enumerate(open(path, encoding="utf-8"), 1):
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        cells = line.split(",")
        if len(cells) != 4:
            sys.exit(f"expected_routes.csv:{number}: four cells, please")
        rows[(cells[0], cells[1])] = cells[2]
    return rows


def sources():
    for directory, _, files in os.walk(os.path.join(ROOT, "src")):
        for file in sorted(files):
            if file.endswith(".cc") and not file.endswith("_test.cc"):
                path = os.path.join(directory, file)
                yield os.path.relpath(path, ROOT), open(path, encoding="utf-8").read()


def found():
    routes, faults = [], []
    for name, text in sources():
        if name.startswith(os.path.join("src", "app", "wiring")):
            routes += [(m.upper(), path, None, name) for m, path in ADDED.findall(text)]
        if not name.endswith("endpoints.cc"):
            continue
        matches = list(ROUTE.finditer(text))
        if len(matches) != len(OPENING.findall(text)):
            faults.append(f"{name}: a route is not written as {{method, \"path\", \"permission\", …")
        for match in matches:
            method = (match["m"] or match["k"]).upper()
            routes.append((method, match["path"], match["permission"], name))
        if not matches:
            faults.append(f"{name}: no route found")
    return routes, faults


def main():
    table = tomllib.load(open(os.path.join(ROOT, "src", "access", "permissions.toml"), "rb"))
    permissions = set(table["use_cases"]) | {"public", "session"}
    wanted = expected()
    routes, faults = found()
    seen = set()
    for method, path, permission, name in sorted(routes, key=lambda route: (route[1], route[0])):
        if "--list" in sys.argv:
            print(method, path, permission)
        if permission is not None and permission not in permissions:
            faults.append(f"{name}: {method} {path}: no permission {permission} in permissions.toml")
        if (method, path) in seen:
            faults.append(f"{name}: {method} {path} stands twice")
        seen.add((method, path))
        if (method, path) not in wanted:
            faults.append(f"{name}: {method} {path} is not in tests/access/expected_routes.csv")
        elif permission is not None and wanted[(method, path)] != permission:
            faults.append(f"{name}: {method} {path} asks for {permission}, "
                          f"expected_routes.csv says {wanted[(method, path)]}")
    print("\n".join(faults) or f"routes: {len(routes)} found, all expected")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
