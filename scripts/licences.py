#!/usr/bin/env python3
"""Whether every crate in the tree has a licence that deny.toml allows; ends with exit code 1 where one
has not. The same as `cargo deny check licenses`, with cargo and Python alone."""

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def allows(expression, allowed):
    """An SPDX expression: OR needs one side, AND both; WITH belongs to the licence before it."""
    tokens = re.findall(r"\(|\)|[^\s()]+", expression.replace("/", " OR "))

    def alternatives():
        good = conjunction()
        while tokens and tokens[0] == "OR":
            tokens.pop(0)
            good |= conjunction()
        return good

    def conjunction():
        good = licence()
        while tokens and tokens[0] == "AND":
            tokens.pop(0)
            good &= licence()
        return good

    def licence():
        token = tokens.pop(0)
        if token == "(":
            good = alternatives()
            tokens.pop(0)
            return good
        if tokens and tokens[0] == "WITH":
            token = " ".join([token, *(tokens.pop(0) for _ in range(2))])
        return token in allowed

    return alternatives()


def main():
    rules = tomllib.loads((ROOT / "deny.toml").read_text())["licenses"]
    exceptions = {rule["crate"]: rule["allow"] for rule in rules["exceptions"]}
    clarified = {rule["crate"]: rule["expression"] for rule in rules["clarify"]}
    command = ["cargo", "metadata", "--format-version", "1", "--all-features"]
    packages = json.loads(subprocess.check_output(command, cwd=ROOT))["packages"]
    wrong = []
    for package in packages:
        name = package["name"]
        expression = clarified.get(name) or package["license"]
        allowed = set(rules["allow"]) | set(exceptions.get(name, []))
        if not expression or not allows(expression, allowed):
            wrong.append(f"{name} {package['version']}: {expression or 'no licence stated'}")
    print(f"licences: {len(packages)} crates")
    if wrong:
        sys.exit("licences: not allowed by deny.toml:\n" + "\n".join(wrong))


# What the parser must tell apart.
assert allows("(MIT OR Apache-2.0) AND Zlib", {"MIT", "Zlib"})
assert not allows("(MIT OR Apache-2.0) AND Zlib", {"MIT"})
assert not allows("GPL-3.0-only", {"MIT"})
main()
