#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Decides the verdicts of documents again from their rounds alone, as the schema says
it is done and without any code of rcustress, and complains where they differ.

usage: redecide.py FILE...
"""
import json
import sys

COMPLETE, THROUGHOUT, ANEW = 1, 2, {"d": 4, "a": 8}


def evidence(rounds):
    """Blocks that count, by twin; and whether the last subject's round backs 'a'."""
    count, throughout, halves = {"d": 0, "a": 0}, False, {}
    for i, arm in enumerate(rounds["arm"]):
        marks, block = rounds["marks"][i], rounds["block"][i]
        if arm == "s":
            throughout = bool(marks & THROUGHOUT)
            for twin in count:
                if marks & ANEW[twin]:
                    count[twin] = 0
        if block == 0 or arm == "r":
            continue
        half = halves.setdefault(block, {})
        half["s" if arm == "s" else "c"] = i
        if len(half) < 2:
            continue
        s, c = half["s"], half["c"]
        twin = rounds["arm"][c]
        whole = rounds["marks"][s] & rounds["marks"][c] & COMPLETE
        counts = (
            whole
            and rounds["hits"][c] > 0
            and rounds["hits"][s] == 0
            and not rounds["marks"][s] & ANEW["d"]
            and (twin == "d" or rounds["marks"][s] & THROUGHOUT)
        )
        count[twin] += bool(counts)
    if not throughout:
        count["a"] = 0
    return count


def hits(rounds, arm):
    return sum(h for h, a in zip(rounds["hits"], rounds["arm"]) if a == arm)


def verdict(cell):
    rounds, p = cell["details"]["rounds"], cell["details"]["p_target"]
    if hits(rounds, "r") > 0:
        return "FAULT", 0
    if hits(rounds, "s") > 0:
        return "BROKEN", 0
    count = evidence(rounds)
    twin = {"delay": "d", "absent": "a"}[cell["twin"]]
    looked = any(e > 0 for e, a in zip(rounds["exposed"], rounds["arm"]) if a == "r")
    enough = looked and any(n > 0 and 2.0**-n <= p for n in count.values())
    return ("HOLDS" if enough else "INCONCLUSIVE"), count[twin]


def main():
    decided = 0
    for path in sys.argv[1:]:
        with open(path, encoding="utf-8") as f:
            document = json.load(f)
        for cell in document["cells"]:
            details = cell["details"]
            if cell["verdict"] in ("SKIPPED", "ALLOWED") or not cell["judged"]:
                continue
            # Of more rounds than are listed, or with an end of another kind, or where a
            # sensitivity was asked for, there is more to it.
            if (
                details["rounds"]["left_out"] > 0
                or details["error"] != "none"
                or details["sensitivity_wanted"] > 0
            ):
                continue
            again, count = verdict(cell)
            name = f"{path}: {cell['barrier']} {cell['test']}"
            if again != cell["verdict"]:
                sys.exit(f"{name}: {cell['verdict']}, but its rounds say {again}")
            if again in ("HOLDS", "INCONCLUSIVE") and count != cell["evidence"]:
                sys.exit(f"{name}: evidence {cell['evidence']}, but its rounds say {count}")
            if again == "HOLDS" and cell["p_missed"] != 2.0**-count:
                sys.exit(f"{name}: P(missed) {cell['p_missed']}, but 2^-{count}")
            decided += 1
    print(f"{decided} verdicts decided again")


if __name__ == "__main__":
    main()
