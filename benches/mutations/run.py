#!/usr/bin/env python3
"""Mutation bench of `brigade verify`: one fault at a time is put into a copy of the simulator, and the
checks of `verify` have to find it.

    benches/mutations/run.py              every fault of faults.toml
    benches/mutations/run.py queue travel those whose name has one of these words
    benches/mutations/run.py --list       their names

Prints for each fault the figure of `verify` that is furthest off. Ends with code 1 when a fault is not
caught, or when the program without any is found wrong; with code 2 when a fault does not fit the sources.
The copy has the rooms that are simulated with and no others, so that it is built quickly; what is built is
kept in the folder that CARGO_TARGET_DIR names, or in target/mutations.
"""

import argparse
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib

HERE = pathlib.Path(__file__).resolve().parent
PROJECT = HERE.parents[1]
# Rooms above the simulation, of which `verify` needs nothing to find a fault.
LEFT_OUT = {"cli", "report", "charts", "planning", "messages", "siting"}
KEPT_OF_EVALUATION = {"estimate", "verification"}
# Parts of other rooms that only the rooms above use.
ALSO_LEFT_OUT = {"roads": {"osm", "lines"}, "county": {"synthesis"}}
# What only the rooms that are left out depend on.
UNUSED = {"askama", "comfy-table", "ctrlc", "docx-rs", "fluent-bundle", "indicatif", "plotters", "png",
          "resvg", "rust_xlsxwriter", "terminal_size", "ttf-parser", "unicode-width"}
PROFILE = """
[profile.dev]
opt-level = 1
debug = false
debug-assertions = false
overflow-checks = false
incremental = true

[profile.dev.package."*"]
opt-level = 2
"""
MODULE = re.compile(r"^(?:pub )?mod (\w+);\n", re.MULTILINE)


def without_modules(text, left_out):
    return MODULE.sub(lambda module: "" if left_out(module[1]) else module[0], text)


def copy_project(copy):
    shutil.copytree(PROJECT / "src", copy / "src", ignore=shutil.ignore_patterns("main.rs", *LEFT_OUT))
    for folder in ("data", "scenarios"):
        (copy / folder).symlink_to(PROJECT / folder)
    shutil.copy(PROJECT / "Cargo.lock", copy)
    manifest = (PROJECT / "Cargo.toml").read_text()
    package, dependencies = re.match(r"(\[package\].*?)(\[dependencies\]\n.*?\n)\n", manifest, re.DOTALL).groups()
    kept = [line for line in dependencies.splitlines() if line.split(" ")[0] not in UNUSED]
    package = package.replace('readme = "README.md"\n', "")
    (copy / "Cargo.toml").write_text(package + "\n".join(kept) + "\n" + PROFILE)
    also = [(f"{room}/mod.rs", parts.__contains__) for room, parts in ALSO_LEFT_OUT.items()]
    for file, left_out in [("lib.rs", LEFT_OUT.__contains__), *also,
                           ("evaluation/mod.rs", lambda module: module not in KEPT_OF_EVALUATION)]:
        path = copy / "src" / file
        text = re.sub(r"^#!\[.*\n", "", path.read_text(), flags=re.MULTILINE)
        path.write_text(without_modules(text, left_out))
    shutil.copy(HERE / "checks.rs", copy / "src/main.rs")


def read_faults():
    with (HERE / "faults.toml").open("rb") as file:
        return tomllib.load(file)["fault"]


def place_of(copy, fault):
    """The file of a fault and its text with the fault in it."""
    path = copy / "src" / fault["file"]
    text = path.read_text() if path.is_file() else ""
    count = text.count(fault["old"])
    if count != 1:
        raise ValueError(f"faults.toml: `{fault['name']}`: its old text stands {count} times in src/{fault['file']}; "
                         "it should stand there once")
    return path, text.replace(fault["old"], fault["new"])


def build_and_check(copy, arguments):
    """The figures that are off, the furthest first; or None when the copy does not build."""
    built = subprocess.run(["cargo", "build", "--quiet"], cwd=copy, capture_output=True, text=True)
    if built.returncode != 0:
        print(built.stderr[-4000:])
        return None
    target = pathlib.Path(os.environ["CARGO_TARGET_DIR"])
    # A fault may also end the program, or keep it from ending.
    try:
        ran = subprocess.run([target / "debug/brigade", *arguments], cwd=copy, capture_output=True, text=True, timeout=600)
    except subprocess.TimeoutExpired:
        return ["it does not end"]
    if ran.returncode not in (0, 1):
        return [(ran.stderr.strip().splitlines() or ["it ended"])[0]]
    return ran.stdout.splitlines()


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("words", nargs="*", help="only faults whose name has one of these words")
    parser.add_argument("--list", action="store_true", help="print the names of the faults and end")
    parser.add_argument("--seed", default="1", help="seed of the checks")
    options = parser.parse_args()
    faults = [fault for fault in read_faults()
              if not options.words or any(word in fault["name"] for word in options.words)]
    if options.list:
        print("\n".join(fault["name"] for fault in faults))
        return 0
    os.environ.setdefault("CARGO_TARGET_DIR", str(PROJECT / "target/mutations"))
    with tempfile.TemporaryDirectory(prefix="mutations-") as folder:
        copy = pathlib.Path(folder) / "brigade"
        copy.mkdir()
        copy_project(copy)
        try:
            for fault in faults:
                place_of(copy, fault)
        except ValueError as error:
            print(error, file=sys.stderr)
            return 2
        missed = []
        off = build_and_check(copy, [options.seed])
        print(f"{'no fault':44} {'found wrong: ' + off[0] if off else 'agrees'}" if off is not None
              else "the program without a fault does not build", flush=True)
        if off is None or off:
            return 1
        for fault in faults:
            path, text = place_of(copy, fault)
            original = path.read_text()
            path.write_text(text)
            off = build_and_check(copy, [options.seed])
            path.write_text(original)
            if not off:
                missed.append(fault["name"])
            caught = ("does not build" if off is None else
                      f"caught by {off[0]} (and {len(off) - 1} more)" if off else "NOT CAUGHT")
            print(f"{fault['name']:44} {caught}", flush=True)
    print(f"{len(faults) - len(missed)} of {len(faults)} faults are caught")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
