#!/usr/bin/env python3
"""The public items of each library crate, one a line, compared with docs/public-api.

    scripts/public_api.py             compares; a difference ends with exit code 1
    scripts/public_api.py --write     writes the lists anew
    scripts/public_api.py --callers   names the items that nothing outside of their crate mentions

Needs cargo and Python alone: rustdoc writes what it knows as JSON (a format of the nightly
compiler, which the stable one writes as well when it is asked with RUSTC_BOOTSTRAP).

An item is a function, a type, a trait or a constant; fields, variants and implemented traits are
listed below their type and not counted. What is `#[doc(hidden)]` is not public: rustdoc leaves it out.
"""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LISTS = ROOT / "docs" / "public-api"
CRATES = {
    "treatyline": "src",
    "treatyline-geodesy": "crates/treatyline-geodesy/src",
    "treatyline-crs": "crates/treatyline-crs/src",
    "treatyline-io": "crates/treatyline-io/src",
    "treatyline-pages": "crates/treatyline-pages/src",
    "treatyline-cli": "crates/treatyline-cli/src",
    # The shipped dossiers.
    **{f"treatyline-{it.parent.name}": f"data/{it.parent.name}" for it in sorted(ROOT.glob("data/*/Cargo.toml"))},
}
# Where a caller from outside may be.
CALLERS = ["README.md", "docs", "examples", "benches", "tests", "src", "crates", "data"]


def rustdoc_json():
    """Has rustdoc write the documents, apart from those in HTML; returns their directory."""
    target = ROOT / "target" / "public-api"
    target.mkdir(parents=True, exist_ok=True)
    # Only rustdoc is asked for the unstable format: with the variable set for the whole build, the
    # compiled dependencies would be thrown away.
    wrapper = target / "rustdoc"
    wrapper.write_text('#!/bin/sh\nRUSTC_BOOTSTRAP=1 exec rustdoc "$@"\n')
    wrapper.chmod(0o755)
    environment = dict(
        os.environ, RUSTDOC=str(wrapper), RUSTDOCFLAGS="-Z unstable-options --output-format json"
    )
    command = ["cargo", "doc", "--quiet", "--workspace", "--no-deps"]
    subprocess.run(command, cwd=ROOT, env=environment, check=True)
    return ROOT / "target" / "doc"


class Crate:
    """The public items of one crate, from rustdoc's description of it."""

    def __init__(self, document):
        self.index = document["index"]
        self.lines = set()
        self.seen = set()
        self.items = []  # (path, bare name) of what counts
        root = self.index[str(document["root"])]
        self.module(root, root["name"])

    def get(self, id):
        return self.index.get(str(id))

    def module(self, item, path):
        self.lines.add(f"mod {path}")
        children = [self.get(id) for id in item["inner"]["module"]["items"]]
        children = [child for child in children if child and child["visibility"] == "public"]
        # What a module has and its parent shows as well is listed in the module.
        for child in sorted(children, key=lambda child: "module" not in child["inner"]):
            self.item(child, path, child["name"])

    def count(self, path, name, line):
        self.lines.add(line)
        self.items.append((path, name))

    def item(self, item, parent, name):
        self.seen.add(item["id"])
        (kind, inner), = item["inner"].items()
        if kind == "use":
            self.reexport(inner, parent)
            return
        path = f"{parent}::{name}"
        if kind == "module":
            self.module(item, path)
        elif kind == "function":
            self.count(path, name, function(path, inner))
        elif kind in ("constant", "static"):
            self.count(path, name, f"{kind} {path}: {show(inner['type'])}")
        elif kind == "type_alias":
            self.count(path, name, f"type {path} = {show(inner['type'])}")
        elif kind == "trait":
            self.trait(inner, path, name)
        elif kind in ("struct", "enum"):
            mark = "#[non_exhaustive] " if "non_exhaustive" in str(item["attrs"]) else ""
            self.count(path, name, f"{mark}{kind} {path}{generics(inner['generics'])}")
            getattr(self, kind)(inner, path)
            self.implementations(inner["impls"], path)
        elif kind in ("macro", "proc_macro"):
            self.count(path, name, f"macro {path}!")
        else:
            raise SystemExit(f"{path}: a kind of item that is not known here: {kind}")

    def reexport(self, inner, parent):
        target = self.get(inner["id"]) if inner["id"] is not None else None
        if inner["is_glob"] and target:
            for id in target["inner"]["module"]["items"]:
                if child := self.get(id):
                    self.item(child, parent, child["name"])
        elif target and target["id"] not in self.seen:
            self.item(target, parent, inner["name"])
        else:  # of another crate, which has a list of its own
            self.lines.add(f"use {parent}::{inner['name']} = {inner['source']}")

    def trait(self, inner, path, name):
        bounds = show_bounds(inner["bounds"])
        self.count(path, name, f"trait {path}{generics(inner['generics'])}{bounds and ': ' + bounds}")
        for id in inner["items"]:
            child = self.get(id)
            (kind, of), = child["inner"].items()
            if kind == "function":
                self.count(f"{path}::{child['name']}", child["name"],
                           function(f"{path}::{child['name']}", of))
            else:
                self.lines.add(f"{kind} {path}::{child['name']}")

    def struct(self, inner, path):
        kind = inner["kind"]
        self.fields(kind, path)

    def fields(self, kind, path):
        if kind == "unit":
            return
        (shape, of), = kind.items() if isinstance(kind, dict) else ((kind, []),)
        ids = of if shape == "tuple" else of["fields"] if shape in ("plain", "struct") else []
        for place, id in enumerate(ids):
            field = self.get(id) if id is not None else None
            if field and field["visibility"] in ("public", "default"):
                name = field["name"] or place
                self.lines.add(f"field {path}::{name}: {show(field['inner']['struct_field'])}")

    def enum(self, inner, path):
        for id in inner["variants"]:
            if variant := self.get(id):
                name = f"{path}::{variant['name']}"
                self.lines.add(f"variant {name}")
                kind = variant["inner"]["variant"]["kind"]
                if kind != "plain":
                    self.fields(kind, name)

    def implementations(self, ids, path):
        traits = set()
        for id in ids:
            item = self.get(id)
            inner = item and item["inner"]["impl"]
            if not inner or inner["is_synthetic"] or inner["blanket_impl"]:
                continue
            if inner["trait"]:
                traits.add(show_path(inner["trait"]))
                continue
            for child in map(self.get, inner["items"]):
                if child and child["visibility"] == "public":
                    (kind, of), = child["inner"].items()
                    name = f"{path}::{child['name']}"
                    if kind == "function":
                        self.count(name, child["name"], function(name, of))
                    else:
                        self.count(name, child["name"], f"const {name}: {show(of['type'])}")
        traits.discard("StructuralPartialEq")  # of the compiler, not of callers
        if traits:
            self.lines.add(f"impl {path}: {', '.join(sorted(traits))}")


def by_path(line):
    path = next(word for word in line.split(" ") if "::" in word or word == line.split(" ")[-1])
    return re.split(r"[^\w:]", path)[0].split("::"), line


def function(path, inner):
    signature = inner["sig"]
    inputs = ", ".join(
        receiver(of) if name == "self" else f"{name}: {show(of)}" for name, of in signature["inputs"]
    )
    output = f" -> {show(signature['output'])}" if signature["output"] else ""
    const = "const " if inner["header"]["is_const"] else ""
    where = " where " + ", ".join(map(predicate, inner["generics"]["where_predicates"])) \
        if inner["generics"]["where_predicates"] else ""
    return f"{const}fn {path}{generics(inner['generics'])}({inputs}){output}{where}"


def predicate(of):
    (kind, inner), = of.items()
    if kind == "bound_predicate":
        return f"{show(inner['type'])}: {show_bounds(inner['bounds'])}"
    return kind


def receiver(of):
    text = show(of)
    return text.replace("Self", "self") if text in ("Self", "&Self", "&mut Self") else f"self: {text}"


def generics(of):
    shown = []
    for parameter in of["params"]:
        (kind, inner), = parameter["kind"].items()
        if kind == "type" and not inner["is_synthetic"]:
            bounds = show_bounds(inner["bounds"])
            shown.append(parameter["name"] + (bounds and ": " + bounds))
        elif kind == "const":
            shown.append(f"const {parameter['name']}: {show(inner['type'])}")
        elif kind == "lifetime":
            shown.append(parameter["name"])
    return f"<{', '.join(shown)}>" if shown else ""


def show_bounds(bounds):
    shown = []
    for bound in bounds:
        (kind, inner), = bound.items()
        if kind == "trait_bound":
            maybe = "?" if inner["modifier"] == "maybe" else ""
            shown.append(maybe + show_path(inner["trait"]))
        elif kind == "outlives":
            shown.append(inner)
    return " + ".join(shown)


def show_path(of):
    return of["path"].rpartition("::")[2] + arguments(of.get("args"))


def arguments(of):
    if not of:
        return ""
    (kind, inner), = of.items()
    if kind == "parenthesized":
        output = f" -> {show(inner['output'])}" if inner["output"] else ""
        return f"({', '.join(map(show, inner['inputs']))}){output}"
    shown = []
    for argument in inner["args"]:
        if argument == "infer":
            shown.append("_")
            continue
        (kind, value), = argument.items()
        shown.append(show(value) if kind == "type" else value if kind == "lifetime" else value["expr"])
    for constraint in inner["constraints"]:
        (kind, value), = constraint["binding"].items()
        is_type = kind == "equality" and "type" in value
        shown.append(f"{constraint['name']} = {show(value['type'])}" if is_type
                     else f"{constraint['name']}: {show_bounds(value)}")
    return f"<{', '.join(shown)}>" if shown else ""


def show(of):
    """A type as it is written."""
    (kind, inner), = of.items()
    if kind in ("primitive", "generic"):
        return inner
    if kind == "resolved_path":
        return show_path(inner)
    if kind == "borrowed_ref":
        mutable = "mut " if inner["is_mutable"] else ""
        lifetime = inner["lifetime"] + " " if inner["lifetime"] else ""
        return f"&{lifetime}{mutable}{show(inner['type'])}"
    if kind == "slice":
        return f"[{show(inner)}]"
    if kind == "array":
        return f"[{show(inner['type'])}; {inner['len']}]"
    if kind == "tuple":
        return f"({', '.join(map(show, inner))})"
    if kind == "impl_trait":
        return f"impl {show_bounds(inner)}"
    if kind == "dyn_trait":
        return "dyn " + " + ".join(show_path(bound["trait"]) for bound in inner["traits"])
    if kind == "qualified_path":
        return f"{show(inner['self_type'])}::{inner['name']}"
    if kind == "function_pointer":
        inputs = ", ".join(show(of) for _, of in inner["sig"]["inputs"])
        output = f" -> {show(inner['sig']['output'])}" if inner["sig"]["output"] else ""
        return f"fn({inputs}){output}"
    raise SystemExit(f"a kind of type that is not known here: {kind}")


def without_callers(crate, source):
    """The items whose names no file outside of their crate mentions."""
    text = []
    for place in CALLERS:
        top = ROOT / place
        for file in [top] if top.is_file() else sorted(top.rglob("*")):
            inside = file.is_relative_to(ROOT / source) or "target" in file.parts
            if file.suffix in (".rs", ".md") and not inside and file.is_file():
                text.append(file.read_text(errors="replace"))
    words = set(re.findall(r"\w+", "\n".join(text)))
    return [path for path, name in crate.items if name not in words]


def main():
    documents = rustdoc_json()
    total, same = 0, True
    for name, source in CRATES.items():
        document = json.loads((documents / f"{name.replace('-', '_')}.json").read_text())
        crate = Crate(document)
        count = len(set(crate.items))
        if name != "treatyline-cli":  # a program; its library is its documents' generator
            total += count
        print(f"{count:5} {name}")
        if "--callers" in sys.argv:
            for path in without_callers(crate, source):
                print(f"      {path}")
            continue
        text = "\n".join(sorted(crate.lines, key=by_path)) + "\n"
        listed = LISTS / f"{name}.txt"
        if "--write" in sys.argv:
            LISTS.mkdir(exist_ok=True)
            listed.write_text(text)
        elif not listed.is_file() or listed.read_text() != text:
            same = False
            subprocess.run(["diff", "-u", str(listed), "-"], input=text, text=True)
    print(f"{total:5} in all library crates")
    if not same:
        sys.exit("public_api: the public items are not those of docs/public-api; where that is "
                 "meant, run scripts/public_api.py --write and look at the difference")


main()
