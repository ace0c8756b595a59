#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Checks documents of rcustress against their schema, to the letter: what the schema
does not name is an error here, though readers of a later version are to let it pass.

usage: schema-check.py SCHEMA FILE...
"""
import json
import sys

import jsonschema


def strict(schema):
    """The same schema, with every object closed."""
    if isinstance(schema, list):
        return [strict(s) for s in schema]
    if not isinstance(schema, dict):
        return schema
    closed = {k: strict(v) for k, v in schema.items()}
    if closed.get("type") == "object":
        closed.setdefault("additionalProperties", False)
    return closed


def deepest(error):
    """Of an error in one of several alternatives, the one that says most."""
    while error.context:
        error = max(error.context, key=lambda e: len(e.absolute_path))
    return error


def main():
    with open(sys.argv[1], encoding="utf-8") as f:
        schema = json.load(f)
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(strict(schema))
    failed = False
    for path in sys.argv[2:]:
        with open(path, encoding="utf-8") as f:
            document = json.load(f)
        # By its kind: an error in one of three alternatives says little.
        kind = document.get("kind")
        of_kind = validator.evolve(schema={**validator.schema, "oneOf": [{"$ref": f"#/$defs/{kind}"}]})
        for error in of_kind.iter_errors(document):
            failed = True
            error = deepest(error)
            where = "/".join(str(p) for p in error.absolute_path)
            print(f"{path}: {where}: {error.message[:300]}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
