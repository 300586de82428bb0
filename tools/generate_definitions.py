#!/usr/bin/env python3
"""generate_definitions.py DEFINITIONS_DIR OUTPUT_DIR: turns the FHIR R4 StructureDefinitions into C++
tables, so that the program parses no definitions when it starts. Writes into OUTPUT_DIR/fhir/model:
  resource_type_list.inc  enumerators of ResourceType, alphabetical, values for ever
  type_list.inc           enumerators of TypeId: every type, backbone elements included
  definitions_tables.inc  names, types, elements, members, variants, targets, constraints, bindings
"""
import json
import os
import sys

UNBOUNDED = 0xFFFF
FHIR_TYPE = "http://hl7.org/fhir/StructureDefinition/structuredefinition-fhir-type"
REGEX = "http://hl7.org/fhir/StructureDefinition/regex"
PROFILE = "http://hl7.org/fhir/StructureDefinition/"


def load(folder, name):
    with open(os.path.join(folder, name), encoding="utf-8") as file:
        return [entry["resource"] for entry in json.load(file)["entry"]]


def quoted(text):
    """A C++ string literal; ?? would be a trigraph, other bytes go as octal escapes."""
    out = []
    for byte in text.encode("utf-8"):
        char = chr(byte)
        if char in '"\\?':
            out.append("\\" + char)
        elif 32 <= byte < 127:
            out.append(char)
        else:
            out.append(f"\\{byte:03o}")
    return '"' + "".join(out) + '"'


def enumerator(type_name):
    return "k" + "".join(part[0].upper() + part[1:] for part in type_name.split("."))


def fnv1a(text):
    value = 2166136261
    for byte in text.encode("utf-8"):
        value = ((value ^ byte) * 16777619) & 0xFFFFFFFF
    return value


class Pool:
    """Distinct values in the order they were first seen."""

    def __init__(self):
        self.items, self.index = [], {}

    def add(self, value):
        if value not in self.index:
            self.index[value] = len(self.items)
            self.items.append(value)
        return self.index[value]


class Runs:
    """A flat table of which others hold (first, count); equal runs are stored once."""

    def __init__(self):
        self.items, self.seen = [], {}

    def add(self, run):
        run = tuple(run)
        if not run:
            return 0, 0
        if run not in self.seen:
            self.seen[run] = len(self.items)
            self.items.extend(run)
        return self.seen[run], len(run)


def type_code(element, type_entry, resource_names):
    code = type_entry["code"]
    if code == "http://hl7.org/fhirpath/System.String":
        code = "string"  # unless the extension below says better
    for extension in type_entry.get("extension", []):
        if extension["url"] == FHIR_TYPE:
            code = extension["valueUrl"]
    # R4 calls Resource.id a string in its own definition and an id everywhere else.
    # https://hl7.org/fhir/R4/resource-definitions.html#Resource.id
    parent, _, name = element["path"].rpartition(".")
    return "id" if name == "id" and parent in resource_names else code


class Model:
    def __init__(self, folder):
        resources = load(folder, "valuesets.json")
        wanted = next(r for r in resources if r["resourceType"] == "CodeSystem"
                      and r.get("url") == "http://hl7.org/fhir/resource-types")
        self.resource_names = sorted(concept["code"] for concept in wanted["concept"])
        assert len(self.resource_names) == 148, len(self.resource_names)
        self.types, self.constraints = {}, Pool()
        for file in ("profiles-types.json", "profiles-resources.json"):
            for definition in load(folder, file):
                if definition["resourceType"] == "StructureDefinition":
                    self.add_definition(definition)
        for value in self.types.values():
            for element in value["elements"]:
                for variant in element["variants"]:
                    assert variant[1] in self.types, (element["path"], variant)

    def add_definition(self, definition):
        name, kind = definition["name"], definition["kind"]
        if definition.get("derivation") == "constraint" or kind == "logical":
            return
        if kind == "resource" and name not in self.resource_names:
            return  # types of later FHIR versions that the package mixes in
        kind = {"primitive-type": "kPrimitive", "complex-type": "kComplex", "resource": "kResource"}[kind]
        base = definition.get("baseDefinition", "").rsplit("/", 1)[-1]
        snapshot = definition["snapshot"]["element"]
        parents = {element["path"].rpartition(".")[0] for element in snapshot} - {""}
        for element in snapshot:
            path = element["path"]
            if path == name:
                self.types[name] = {"kind": kind, "base": base, "abstract": definition["abstract"],
                                    "elements": [], "regex": "", "max_length": 0,
                                    "constraints": self.constraint_ids(element)}
                continue
            parent, _, last = path.rpartition(".")
            if kind == "kPrimitive" and last == "value":
                self.types[name]["regex"] = next(
                    (e["valueString"] for t in element["type"] for e in t.get("extension", [])
                     if e["url"] == REGEX), "")
                self.types[name]["max_length"] = element.get("maxLength", 0)
                continue
            if path in parents:
                self.types[path] = {"kind": "kBackbone", "base": element["type"][0]["code"],
                                    "abstract": False, "elements": [], "regex": "", "max_length": 0,
                                    "constraints": ()}
            self.types[parent]["elements"].append(self.element(element, path in parents))

    def constraint_ids(self, element):
        return tuple(self.constraints.add((c["key"], c["severity"], c["human"], c.get("expression", "")))
                     for c in element.get("constraint", []))

    def element(self, element, is_backbone):
        path = element["path"]
        name = path.rsplit(".", 1)[1]
        choice = name.endswith("[x]")
        name = name.removesuffix("[x]")
        targets = []
        if "contentReference" in element:
            variants = [(name, element["contentReference"].rsplit("#", 1)[1])]
        elif is_backbone:
            variants = [(name, path)]
        else:
            variants = []
            for entry in element["type"]:
                code = type_code(element, entry, self.resource_names)
                variants.append((name + code[0].upper() + code[1:] if choice else name, code))
                targets += [t.rsplit("/", 1)[1] for t in entry.get("targetProfile", [])
                            if t.startswith(PROFILE)]
        binding = element.get("binding", {})
        flags = [flag for flag, present in (
            ("kChoice", choice), ("kSummary", element.get("isSummary")),
            ("kModifier", element.get("isModifier"))) if present]
        return {
            "path": path, "name": name, "choice": choice, "flags": flags, "variants": variants,
            "targets": sorted({t for t in targets if t in self.resource_names}),
            "min": element["min"], "max": UNBOUNDED if element["max"] == "*" else int(element["max"]),
            "array": element.get("base", {}).get("max", element["max"]) not in ("0", "1"),
            "strength": binding.get("strength", "none"),
            "value_set": binding.get("valueSet", "").split("|")[0],
            "constraints": self.constraint_ids(element),
        }


class CodeLists:
    """The codes of value sets that the definitions enumerate in full."""

    def __init__(self, folder):
        self.systems, self.sets = {}, {}
        for file in ("valuesets.json", "v3-codesystems.json", "v2-tables.json"):
            for resource in load(folder, file):
                if resource["resourceType"] == "CodeSystem":
                    self.systems[resource.get("url", "")] = resource
                elif resource["resourceType"] == "ValueSet":
                    self.sets[resource.get("url", "")] = resource

    def codes(self, url):
        """Sorted (code, system), or None if the set is open, filtered or from outside (languages,
        MIME types, SNOMED CT)."""
        compose = self.sets.get(url.split("|")[0], {}).get("compose")
        if compose is None or "exclude" in compose:
            return None
        found = set()
        for include in compose["include"]:
            part = self.included(include)
            if part is None:
                return None
            found |= part
        return sorted(found)

    def included(self, include):
        if "filter" in include:
            return None
        parts = []
        if "system" in include:
            system = include["system"]
            if "concept" in include:
                parts.append({(concept["code"], system) for concept in include["concept"]})
            else:
                definition = self.systems.get(system)
                if definition is None or definition.get("content") != "complete":
                    return None
                parts.append({(code, system) for code in self.all_codes(definition)})
        for url in include.get("valueSet", []):
            codes = self.codes(url)
            if codes is None:
                return None
            parts.append(set(codes))
        return set.intersection(*parts) if parts else None

    def all_codes(self, node):
        for concept in node.get("concept", []):
            yield concept["code"]
            yield from self.all_codes(concept)


def collect_names(model):
    names, shadowed = {"", "resourceType"}, set()
    for value in model.types.values():
        for element in value["elements"]:
            names.add(element["name"])
            for json_name, code in element["variants"]:
                names.add(json_name)
                if model.types[code]["kind"] == "kPrimitive":
                    shadowed.add(json_name)
    shadowed.discard("")
    return sorted(names | {"_" + name for name in shadowed}), shadowed


def emit(model, code_lists):
    names, shadowed = collect_names(model)
    name_id = {name: index for index, name in enumerate(names)}
    type_names = sorted(model.types)
    enumerators = [enumerator(name) for name in type_names]
    assert len(set(enumerators)) == len(enumerators)
    type_id = {name: index + 1 for index, name in enumerate(type_names)}
    value_sets = Pool()
    value_sets.add("")
    variants, targets, constraint_runs = Runs(), Runs(), Runs()
    types, elements, members = [], [], []
    for name in type_names:
        value = model.types[name]
        first_element, own = len(elements), []
        for element in value["elements"]:
            index = len(elements)
            first, count = variants.add((name_id[n], type_id[t]) for n, t in element["variants"])
            target, target_count = targets.add(type_id[t] for t in element["targets"])
            constraint, constraint_count = constraint_runs.add(element["constraints"])
            flags = "|".join("ElementInfo::" + f for f in element["flags"]) or "0"
            if element["array"]:
                flags = "ElementInfo::kArray|" + flags
            strength = "k" + element["strength"].capitalize()
            single = type_id[element["variants"][0][1]] if not element["choice"] else 0
            elements.append(
                f'{{{quoted(element["path"])},{name_id[element["name"]]},TypeId({single}),'
                f'{element["min"]},{element["max"]},{flags},BindingStrength::{strength},'
                f'{value_sets.add(element["value_set"])},{first},{count},{target},{target_count},'
                f'{constraint},{constraint_count}}}')
            if element["choice"]:
                own.append((name_id[element["name"]], index, 0))
            own += [(name_id[n], index, type_id[t]) for n, t in element["variants"]]
        own.sort()
        assert len({n for n, _, _ in own}) == len(own), name
        constraint, constraint_count = constraint_runs.add(value["constraints"])
        types.append(
            f'{{{quoted(name)},TypeKind::{value["kind"]},{str(value["abstract"]).lower()},'
            f'TypeId({type_id.get(value["base"], 0)}),{first_element},{len(elements) - first_element},'
            f'{len(members)},{len(own)},{constraint},{constraint_count},{quoted(value["regex"])},'
            f'{value["max_length"]}}}')
        members += [f"{{{n},{i},TypeId({t})}}" for n, i, t in own]

    # Only bindings that must hold are checked, so only their codes are kept.
    required = {element["value_set"] for value in model.types.values() for element in value["elements"]
                if element["strength"] == "required"}
    systems, code_runs, ranges = Pool(), Runs(), []
    for url in value_sets.items:
        codes = code_lists.codes(url) if url in required else None
        first, count = code_runs.add((code, systems.add(system)) for code, system in codes or [])
        ranges.append(f"{{{first},{count}}}")

    slots = 1 << (len(names) * 2).bit_length()
    table = [UNBOUNDED] * slots
    for index, name in enumerate(names):
        slot = fnv1a(name) & (slots - 1)
        while table[slot] != UNBOUNDED:
            slot = (slot + 1) & (slots - 1)
        table[slot] = index

    def array(declaration, rows, per_line=1):
        rows = list(rows)
        lines = [",".join(rows[i:i + per_line]) for i in range(0, len(rows), per_line)]
        return f"constexpr {declaration}[] = {{\n" + ",\n".join(lines) + "};\n"

    out = ["// Generated by tools/generate_definitions.py from the FHIR R4 definitions.\n"]
    out.append(array("std::string_view kNames", (quoted(n) for n in names), 8))
    out.append(array("NameId kShadowNames", (str(name_id["_" + n] if n in shadowed else 0) for n in names), 24))
    out.append(array("uint16_t kNameSlots", (str(slot) for slot in table), 24))
    out.append(array("std::string_view kResourceNames", (quoted(n) for n in model.resource_names), 8))
    out.append(array("TypeId kResourceTypeIds", (f"TypeId({type_id[n]})" for n in model.resource_names), 8))
    # Index 0 is TypeId::kNone.
    out.append(array("TypeInfo kTypes", ["{}"] + types))
    out.append(array("ElementInfo kElements", elements))
    out.append(array("Member kMembers", members, 8))
    out.append(array("Variant kVariants", (f"{{{n},TypeId({t})}}" for n, t in variants.items), 12))
    out.append(array("TypeId kTargets", (f"TypeId({t})" for t in targets.items), 12))
    out.append(array("uint16_t kConstraintRuns", (str(c) for c in constraint_runs.items), 24))
    out.append(array("Constraint kConstraints", (
        f'{{{quoted(key)},{str(severity == "error").lower()},{quoted(human)},{quoted(expression)}}}'
        for key, severity, human, expression in model.constraints.items)))
    out.append(array("std::string_view kValueSets", (quoted(v) for v in value_sets.items)))
    out.append(array("CodeRange kValueSetCodes", ranges, 12))
    out.append(array("ValueSetCode kCodes", (f"{{{quoted(c)},{s}}}" for c, s in code_runs.items), 4))
    out.append(array("std::string_view kCodeSystems", (quoted(s) for s in systems.items)))
    return {
        "resource_type_list.inc": "".join(
            f"k{name} = {value},\n" for value, name in enumerate(model.resource_names)),
        "type_list.inc": "kNone = 0,\n" + "".join(
            f"{e} = {index + 1},\n" for index, e in enumerate(enumerators)),
        "definitions_tables.inc": "".join(out),
    }


def main():
    source, output = sys.argv[1], os.path.join(sys.argv[2], "fhir/model")
    os.makedirs(output, exist_ok=True)
    for name, text in emit(Model(source), CodeLists(source)).items():
        path = os.path.join(output, name)
        # Unchanged files keep their time, so that nothing is rebuilt for them.
        if not os.path.exists(path) or open(path, encoding="utf-8").read() != text:
            with open(path, "w", encoding="utf-8") as file:
                file.write(text)


if __name__ == "__main__":
    main()
