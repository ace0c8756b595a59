#!/usr/bin/python3
# SPDX-License-Identifier: BSD-2-Clause
# Is every object of these YAML files one of Kubernetes? Strictly: a field that is unknown,
# lacks, or is of another type is an error. Members and types are those of Kubernetes' own
# OpenAPI description, from which the classes of its Python client (Debian's
# python3-kubernetes) are generated.
#
#   kubernetes-check.py FILE…
import re
import sys

import kubernetes.client as api
import yaml

PLAIN = {"str": str, "int": int, "bool": bool, "object": object, "float": (int, float)}


def check(kind, value, where):
    """Errors of a value that is to be of this type, as the client writes types."""
    if inner := re.fullmatch(r"list\[(.*)\]", kind):
        if not isinstance(value, list):
            return [f"{where}: {value!r} is no list"]
        return [e for i, one in enumerate(value) for e in check(inner[1], one, f"{where}[{i}]")]
    if inner := re.fullmatch(r"dict\(str, (.*)\)", kind):
        if not isinstance(value, dict):
            return [f"{where}: {value!r} is no mapping"]
        return [e for key, one in value.items() for e in check(inner[1], one, f"{where}.{key}")]
    if kind in PLAIN:
        fits = isinstance(value, PLAIN[kind]) and (kind != "int" or not isinstance(value, bool))
        return [] if fits else [f"{where}: {value!r} is no {kind}"]
    return check_object(getattr(api, kind), value, where)


def check_object(model, value, where):
    if not isinstance(value, dict):
        return [f"{where}: {value!r} is no {model.__name__}"]
    names = {json: name for name, json in model.attribute_map.items()}
    errors = [f"{where}: unknown field {key!r}" for key in value if key not in names]
    given = {key: one for key, one in value.items() if key in names}
    for key, one in given.items():
        errors += check(model.openapi_types[names[key]], one, f"{where}.{key}")
    try:
        model(**{names[key]: one for key, one in given.items()})
    except ValueError as error:
        errors.append(f"{where}: {error}")
    return errors


def model_of(value):
    group, _, version = str(value.get("apiVersion")).rpartition("/")
    name = version.capitalize() + str(value.get("kind"))
    known = group in ("", "apps", "batch", "policy")
    return getattr(api, name, None) if known else None


def main():
    failed, seen = False, 0
    for path in sys.argv[1:]:
        with open(path, encoding="utf-8") as file:
            for value in yaml.safe_load_all(file):
                seen += 1
                model = model_of(value)
                errors = check_object(model, value, path) if model else [f"{path}: of no known kind"]
                failed = failed or bool(errors)
                print("\n".join(errors), end="\n" if errors else "")
    print(f"{seen} objects")
    return 1 if failed or not seen else 0


sys.exit(main())
