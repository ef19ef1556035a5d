#!/usr/bin/env python3
"""Mutation bench of `brigade verify`: one fault at a time is put into a copy of the simulator, and the
checks of `verify` have to find it.

    benches/mutations/run.py              every fault of faults.toml
    benches/mutations/run.py queue travel those whose name has one of these words
    benches/mutations/run.py --list       their names

Prints for each fault the figure of `verify` that is furthest off. Ends with code 1 when a fault is not
caught, or when the program without any is found wrong; with code 2 when a fault does not fit the sources.

The copy has the rooms that are simulated with and no others, so that it is built quickly. All faults are built together, each
behind a switch (mutant schemata: Untch, Offutt and Harrold 1993), and put in force one at a time. What is built is kept in the
folder that CARGO_TARGET_DIR names, or in target/mutations.
"""

import argparse
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib

HERE = pathlib.Path(__file__).resolve().parent
PROJECT = HERE.parents[1]
# Rooms above the simulation, of which `verify` needs nothing to find a fault.
LEFT_OUT = {"cli", "report", "charts", "planning", "messages", "siting"}
KEPT_OF_EVALUATION = {"estimate", "verification"}
# Parts of other rooms that only the rooms above use.
ALSO_LEFT_OUT = {"roads": {"osm", "lines"}, "county": {"synthesis"}}
# What only the rooms that are left out depend on.
UNUSED = {"askama", "comfy-table", "docx-rs", "fluent-bundle", "indicatif", "plotters", "png",
          "resvg", "rust_xlsxwriter", "signal-hook", "terminal_size", "ttf-parser", "unicode-width"}
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
# So few that a queue that grows for ever is soon at its end.
FEW_CALLS = "2000"
# What is true while a fault is in force, as faults.toml writes it, and as the copy knows it.
WORD = re.compile(r"\bFAULT\b")
SWITCH = """
/// Whether a fault is in force: the one whose number the variable FAULT of the environment has.
#[inline]
pub(crate) fn fault(number: u32) -> bool {
    static NUMBER: std::sync::OnceLock<u32> = std::sync::OnceLock::new();
    let read = || std::env::var("FAULT").ok().and_then(|number| number.parse().ok()).unwrap_or(0);
    *NUMBER.get_or_init(read) == number
}
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
    of_unix = re.search(r"\[target\.'cfg\(unix\)'\.dependencies\]\n.*?\n\n", manifest, re.DOTALL)[0]
    kept = [line for line in (dependencies + of_unix).splitlines() if line.split(" ")[0] not in UNUSED]
    package = package.replace('readme = "README.md"\n', "")
    (copy / "Cargo.toml").write_text(package + "\n".join(kept) + "\n" + PROFILE)
    also = [(f"{room}/mod.rs", parts.__contains__) for room, parts in ALSO_LEFT_OUT.items()]
    for file, left_out in [("lib.rs", LEFT_OUT.__contains__), *also,
                           ("evaluation/mod.rs", lambda module: module not in KEPT_OF_EVALUATION)]:
        path = copy / "src" / file
        text = re.sub(r"^#!\[.*?\)\]\n", "", path.read_text(), flags=re.MULTILINE | re.DOTALL)
        path.write_text(without_modules(text, left_out))
    with (copy / "src/lib.rs").open("a") as lib:
        lib.write(SWITCH)
    shutil.copy(HERE / "checks.rs", copy / "src/main.rs")


def read_faults():
    with (HERE / "faults.toml").open("rb") as file:
        faults = tomllib.load(file)["fault"]
    for number, fault in enumerate(faults, 1):
        fault["number"] = number
    return faults


def put_in(copy, fault):
    """Puts a fault into its file, behind its switch."""
    if not WORD.search(fault["new"]):
        raise ValueError(f"faults.toml: `{fault['name']}`: its new text should say where the fault is in force: FAULT")
    path = copy / "src" / fault["file"]
    text = path.read_text() if path.is_file() else ""
    count = text.count(fault["old"])
    if count != 1:
        raise ValueError(f"faults.toml: `{fault['name']}`: its old text stands {count} times in src/{fault['file']}; "
                         "it should stand there once")
    path.write_text(text.replace(fault["old"], WORD.sub(f"crate::fault({fault['number']})", fault["new"])))


def build(copy):
    built = subprocess.run(["cargo", "build", "--quiet"], cwd=copy, capture_output=True, text=True)
    if built.returncode != 0:
        print(built.stderr[-4000:])
    return built.returncode == 0


def check(copy, seed, patience, number=0, calls=()):
    """The figures that are off, the furthest first. A run that takes more than `patience` seconds never ends, as where
    queues grow for ever: then one with fewer calls tells by which figure."""
    program = pathlib.Path(os.environ["CARGO_TARGET_DIR"]) / "debug/brigade"
    # A fault may also end the program, or keep it from ending.
    try:
        ran = subprocess.run([program, seed, *calls], cwd=copy, capture_output=True, text=True, timeout=patience,
                             env={**os.environ, "FAULT": str(number)})
    except subprocess.TimeoutExpired:
        few = [] if calls else check(copy, seed, patience, number, (FEW_CALLS,))
        return [f"a run that does not end; with {FEW_CALLS} calls, {few[0]}", *few[1:]] if few \
            else ["a run that does not end"]
    if ran.returncode not in (0, 1):
        return [(ran.stderr.strip().splitlines() or ["a run that breaks off"])[0]]
    return ran.stdout.splitlines()


def report(fault, off):
    caught = f"caught by {off[0]} (and {len(off) - 1} more)" if off else "NOT CAUGHT"
    print(f"{fault['name']:42} {caught}", flush=True)
    return bool(off)


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
    caught = 0
    with tempfile.TemporaryDirectory(prefix="mutations-") as folder:
        copy = pathlib.Path(folder) / "brigade"
        copy.mkdir()
        copy_project(copy)
        try:
            for fault in faults:
                put_in(copy, fault)
        except ValueError as error:
            print(error, file=sys.stderr)
            return 2
        if not build(copy):
            return 1
        begin = time.monotonic()
        off = check(copy, options.seed, 3600)
        # Ten times as long as without a fault; machines are shared.
        patience = 60 + 10 * (time.monotonic() - begin)
        if off:
            print(f"the program without a fault is found wrong by {off[0]}")
            return 1
        print(f"{'no fault':42} nothing is off", flush=True)
        for fault in faults:
            caught += report(fault, check(copy, options.seed, patience, fault["number"]))
    print(f"{caught} of {len(faults)} faults are caught")
    return 0 if caught == len(faults) else 1


if __name__ == "__main__":
    sys.exit(main())
