#!/usr/bin/env python3
"""generate_search.py DEFINITIONS_DIR OUTPUT_DIR: turns the FHIR R4 search parameters into C++ tables.
Their FHIRPath expressions use a small part of the language (members, `ofType`, `where(x='y')`,
`where(resolve() is T)`, one index), so each becomes paths of JSON member names with the data type at
their end, resolved against the StructureDefinitions here and never at run time. An expression beyond
that part stops the build. Writes OUTPUT_DIR/fhir/search/search_tables.inc.
"""
import json
import os
import re
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from generate_definitions import Model, Pool, Runs, collect_names, load, quoted  # noqa: E402

DATATYPES = {
    "code": "kCode", "string": "kString", "markdown": "kString", "id": "kCode", "boolean": "kBoolean",
    "uri": "kUri", "url": "kUri", "canonical": "kUri", "oid": "kUri", "uuid": "kUri",
    "date": "kDate", "dateTime": "kDate", "instant": "kDate", "Period": "kPeriod", "Timing": "kTiming",
    "integer": "kNumber", "decimal": "kNumber", "positiveInt": "kNumber", "unsignedInt": "kNumber",
    "Quantity": "kQuantity", "Age": "kQuantity", "Duration": "kQuantity", "Count": "kQuantity",
    "Distance": "kQuantity", "SimpleQuantity": "kQuantity", "MoneyQuantity": "kQuantity",
    "Money": "kMoney", "Range": "kRange", "CodeableConcept": "kCodeableConcept", "Coding": "kCoding",
    "Identifier": "kIdentifier", "ContactPoint": "kContactPoint", "HumanName": "kHumanName",
    "Address": "kAddress", "Reference": "kReference", "Resource": "kResource",
    "Location.position": "kPosition", "DECEASED": "kDeceased",
}
# What a choice without a cast is searched by: values of other types have no meaning for the
# parameter. https://hl7.org/fhir/R4/search.html#table
FITTING = {
    "token": {"kCode", "kString", "kBoolean", "kUri", "kCodeableConcept", "kCoding", "kIdentifier",
              "kContactPoint", "kDeceased"},
    "string": {"kString", "kCode", "kHumanName", "kAddress"},
    "date": {"kDate", "kPeriod", "kTiming"},
    "number": {"kNumber", "kRange"},
    "quantity": {"kQuantity", "kMoney", "kRange"},
    "reference": {"kReference", "kUri", "kResource"},
    "uri": {"kUri"},
    "special": {"kPosition"},
}
DECEASED = "Patient.deceased.exists() and Patient.deceased != false"
STEP = re.compile(r"""\.?(?:
    (?:as|ofType)\((?P<cast>\w+)\) |
    where\(resolve\(\)\s+is\s+(?P<target>\w+)\) |
    where\((?P<key>\w+)='(?P<value>[^']*)'\) |
    (?P<name>\w+) )(?:\[(?P<index>\d+)\])?""", re.X)
FIRST, WHERE = 1, 2


def top_level(expression):
    parts, depth, part = [], 0, ""
    for char in expression:
        depth += {"(": 1, ")": -1}.get(char, 0)
        if char == "|" and depth == 0:
            parts.append(part.strip())
            part = ""
        else:
            part += char
    return [p for p in parts + [part.strip()] if p]


def tokens(item):
    """[(name | cast | target | where | index, …)] of one alternative."""
    if item == DECEASED:
        return [("name", "Patient"), ("deceased",)]
    cast = re.fullmatch(r"\(([\w.]+) as (\w+)\)(.*)", item)
    if cast:
        item = f"{cast[1]}.as({cast[2]}){cast[3]}"
    if item.startswith("("):  # "(path.ofType(X)).text"
        item = re.sub(r"^\(([\w.]+(?:\(\w+\))?)\)", r"\1", item)
    out, at = [], 0
    while at < len(item):
        match = STEP.match(item, at)
        assert match and match.end() > at, item
        if match["cast"]:
            out.append(("cast", match["cast"]))
        elif match["target"]:
            out.append(("target", match["target"]))
        elif match["key"]:
            out.append(("where", match["key"], match["value"]))
        else:
            out.append(("name", match["name"]))
        if match["index"]:
            assert match["index"] == "0", item
            out.append(("index",))
        at = match.end()
    return out


class Paths:
    """Resolves expressions to [(steps, leaf type, target)]; a step is (json name, filter, key, value)."""

    def __init__(self, model):
        self.model = model

    def variants(self, type_name, name):
        seen = type_name
        while seen:
            value = self.model.types.get(seen)
            if value is None:
                return []
            for element in value["elements"]:
                if element["name"] == name:
                    return element["variants"]
            seen = value["base"]
        return []

    def resolve(self, steps_in, root_type):
        # States: (steps so far, type); a choice forks until a cast picks one.
        states, target, fork = [((), root_type)], "", False
        for token in steps_in:
            if token[0] == "name":
                states = [(steps + ((json_name, 0, "", ""),), code)
                          for steps, type_name in states
                          for json_name, code in self.variants(type_name, token[1])]
            elif token[0] == "cast":
                states = [s for s in states if s[1].lower() == token[1].lower()]
            elif token[0] == "target":
                target = token[1]
            elif token[0] == "where":
                states = [(steps[:-1] + ((steps[-1][0], WHERE, token[1], token[2]),), t)
                          for steps, t in states]
            elif token[0] == "index":
                states = [(steps[:-1] + ((steps[-1][0], FIRST, "", ""),), t) for steps, t in states]
            elif token[0] == "deceased":
                states = [(steps, "DECEASED") for steps, _ in states]
        return [(steps, code, target) for steps, code in states]

    def of(self, expression, base):
        found = []
        for item in top_level(expression):
            parsed = tokens(item)
            head = parsed[0][1]
            if head in (base, "Resource", "DomainResource"):
                parsed = parsed[1:]
            elif head[0].isupper():
                continue  # the alternative of another type
            found += self.resolve(parsed, base)
        return found


def fitting(paths, kind, where):
    out = []
    for steps, code, target in paths:
        datatype = DATATYPES.get(code)
        if datatype in FITTING[kind]:
            out.append((steps, datatype, target))
    if not out:
        sys.exit(f"generate_search: no indexable value: {where} {paths}")
    return out


class Tables:
    def __init__(self, model):
        names, _ = collect_names(model)
        self.name_id = {name: index for index, name in enumerate(names)}
        self.resource_id = {name: index for index, name in enumerate(model.resource_names)}
        self.steps, self.values, self.paths = Runs(), Pool(), Runs()
        self.values.add("")

    def add_paths(self, paths):
        rows = []
        for steps, datatype, target in paths:
            first, count = self.steps.add(
                (self.name_id[n], f, self.name_id[k], self.values.add(v)) for n, f, k, v in steps)
            rows.append((first, count, f"Datatype::{datatype}", self.resource_id.get(target, -1)))
        return self.paths.add(rows)


def emit(folder):
    model = Model(folder)
    parameters = sorted((r for r in load(folder, "search-parameters.json")
                         if r["resourceType"] == "SearchParameter"), key=lambda p: p["url"])
    assert len(parameters) == 1378, len(parameters)
    for parameter in parameters:
        # The definition names the two parts' parameters the wrong way round: code is a token and
        # target a reference. https://hl7.org/fhir/R4/documentreference.html#search
        if parameter["url"].endswith("/DocumentReference-relationship"):
            first, second = parameter["component"]
            first["definition"], second["definition"] = second["definition"], first["definition"]
    ids = {p["url"]: index + 1 for index, p in enumerate(parameters)}
    assert len(ids) == len(parameters)
    paths, tables = Paths(model), Tables(model)
    types, components = Runs(), Runs()
    rows, by_base, pairs = [], {}, 0
    composite_elements, component_paths = [], []
    kinds = {p["url"]: p["type"] for p in parameters}
    for parameter in parameters:
        common = parameter["base"][0] in ("Resource", "DomainResource")
        bases = types.add(() if common else sorted(tables.resource_id[b] for b in parameter["base"]))
        targets = types.add(sorted(tables.resource_id[t] for t in parameter.get("target", [])
                                   if t in tables.resource_id))
        parts = components.add((ids[c["definition"]], c["expression"])
                               for c in parameter.get("component", []))
        rows.append((parameter, bases, targets, parts))
        for base in parameter["base"]:
            pairs += 1
            expression = parameter.get("expression", "")
            where = f'{base}.{parameter["code"]}'
            key = "" if common else base
            if parameter["type"] == "composite":
                first = len(composite_elements)
                for steps, code, _ in paths.of(expression, base):
                    start = len(component_paths)
                    for part in parameter["component"]:
                        text = part["expression"]
                        from_root = text.startswith("%resource.")
                        found = paths.of(text.removeprefix("%resource."), base if from_root else code)
                        fit = fitting(found, kinds[part["definition"]], where)
                        component_paths.append((from_root, *tables.add_paths(fit)))
                    element = tables.steps.add((tables.name_id[n], f, tables.name_id[k],
                                                tables.values.add(v)) for n, f, k, v in steps)
                    composite_elements.append((*element, start))
                run = (first, len(composite_elements) - first)
            elif expression:
                run = tables.add_paths(fitting(paths.of(expression, base), parameter["type"], where))
            else:
                run = (0, 0)
            by_base.setdefault(key, []).append((parameter["code"], ids[parameter["url"]], *run))
    assert pairs == 1709, pairs

    compartment = {}
    with open(os.path.join(folder, "compartmentdefinition-patient.json"), encoding="utf-8") as file:
        for entry in json.load(file)["resource"]:
            codes = {code: pid for code, pid, _, _ in by_base.get(entry["code"], [])}
            compartment[entry["code"]] = [codes[c] for c in entry.get("param", []) if c in codes]

    def array(declaration, lines):
        return f"constexpr {declaration}[] = {{\n" + ",\n".join(lines) + "};\n"

    out = ["// Generated by tools/generate_search.py from the FHIR R4 search parameters.\n"]
    out.append(array("ResourceType kTypeRuns", (f"ResourceType({t})" for t in types.items)))
    out.append(array("Component kComponents", (f"{{{i},{quoted(e)}}}" for i, e in components.items)))
    out.append(array("ParameterRow kParameterRows", (
        f'{{{quoted(p["code"])},ParameterType::k{p["type"].capitalize()},{quoted(p["url"])},'
        f'{quoted(p.get("expression", ""))},{b[0]},{b[1]},{t[0]},{t[1]},{c[0]},{c[1]}}}'
        for p, b, t, c in rows)))
    out.append(array("std::string_view kFilterValues", (quoted(v) for v in tables.values.items)))
    out.append(array("PathStep kSteps", (
        f"{{{n},Filter({f}),{k},{v}}}" for n, f, k, v in tables.steps.items)))
    out.append(array("ValuePath kPaths", (
        f"{{{first},{count},{datatype},{target}}}" for first, count, datatype, target in tables.paths.items)))
    out.append(array("CompositeElement kCompositeElements", (
        f"{{{a},{b},{c}}}" for a, b, c in composite_elements)))
    out.append(array("ComponentPaths kComponentPaths", (
        f"{{{str(r).lower()},{a},{b}}}" for r, a, b in component_paths)))
    typed, runs, patients, patient_runs = [], [], [], []
    for base in [""] + model.resource_names:
        # Types without parameters of their own still have the common ones.
        own = sorted(by_base.get(base, []))
        runs.append((len(typed), len(own)))
        typed += own
        if base:
            found = compartment.get(base, [])
            patient_runs.append((len(patients), len(found)))
            patients += found
    out.append(array("TypedParameter kTypedParameters", (
        f"{{{i},{a},{b}}}" for _, i, a, b in typed)))
    out.append("// Index 0: the parameters of every type; then by ResourceType + 1.\n")
    out.append(array("Run kTypedRuns", (f"{{{a},{b}}}" for a, b in runs)))
    out.append(array("ParameterId kPatientParameters", (str(p) for p in patients)))
    out.append(array("Run kPatientRuns", (f"{{{a},{b}}}" for a, b in patient_runs)))
    return "".join(out)


def main():
    output = os.path.join(sys.argv[2], "fhir/search")
    os.makedirs(output, exist_ok=True)
    path, text = os.path.join(output, "search_tables.inc"), emit(sys.argv[1])
    if not os.path.exists(path) or open(path, encoding="utf-8").read() != text:
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)


if __name__ == "__main__":
    main()
