#!/usr/bin/env python3
"""Fuzzing of every reader, guided by coverage (libFuzzer, on the stable toolchain).

    benches/fuzz/run.py --brigade PROGRAM              100,000 inputs, spread over all readers
    benches/fuzz/run.py --brigade PROGRAM --inputs N   as many as N
    benches/fuzz/run.py --brigade PROGRAM osm times    those readers whose name has one of these words

PROGRAM makes the answers that are read back. Begins from good inputs: the county beside this, maps of the tests, a layer
and a map that are written here. Prints for each reader how many inputs it read, how many of its places were reached by
the good inputs and in the end, and what was found. Ends with code 1 when an input makes a reader panic, take longer
than 20 s or need more than 2 GB; the input stays in the folder that is named, and becomes a test.
"""

import argparse
import os
import pathlib
import random
import re
import shutil
import struct
import subprocess
import sys
import time
import zlib

HERE = pathlib.Path(__file__).resolve().parent
PROJECT = HERE.parents[1]
TARGET = "x86_64-unknown-linux-gnu"
# What cargo-fuzz gives to rustc, without a sanitizer: those need another toolchain, and there is no unsafe code.
FLAGS = " ".join(["--cfg fuzzing", "-Cpasses=sancov-module", "-Cllvm-args=-sanitizer-coverage-level=4",
                  "-Cllvm-args=-sanitizer-coverage-inline-8bit-counters",
                  "-Cllvm-args=-sanitizer-coverage-pc-table",
                  "-Cllvm-args=-sanitizer-coverage-trace-compares", "-Ccodegen-units=16"])


def varint(number):
    out = bytearray()
    while number > 127:
        out.append(number & 127 | 128)
        number >>= 7
    return bytes(out + bytes([number]))


def field(number, value):
    """A field of a protobuf message: whole numbers, or bytes."""
    if isinstance(value, int):
        return varint(number << 3) + varint(value)
    return varint(number << 3 | 2) + varint(len(value)) + value


def signed(numbers):
    """Packed differences, as zigzag."""
    last, out = 0, b""
    for number in numbers:
        step, last = number - last, number
        out += varint(step << 1 if step >= 0 else (-step << 1) - 1)
    return out


def blob(kind, content):
    packed = field(2, len(content)) + field(3, zlib.compress(content))
    header = field(1, kind) + field(3, len(packed))
    return struct.pack(">I", len(header)) + header + packed


def map_pbf():
    """Three nodes, a road over them and a place."""
    strings = [b"", b"highway", b"primary", b"place", b"town", b"name", b"Lower", b"oneway", b"yes"]
    table = b"".join(field(1, text) for text in strings)
    dense = field(1, signed([1, 2, 3])) + field(8, signed([0, 0, 1000])) + field(9, signed([0, 100_000, 200_000]))
    dense += field(10, bytes([3, 4, 5, 6, 0, 0, 0]))
    way = field(1, 10) + field(2, bytes([1, 7])) + field(3, bytes([2, 8])) + field(8, signed([1, 2, 3]))
    block = field(1, table) + field(2, field(2, dense)) + field(2, field(3, way))
    header = field(4, b"OsmSchema-V0.6") + field(4, b"DenseNodes")
    return blob(b"OSMHeader", header) + blob(b"OSMData", block)


def shapefile():
    """One line of two points with one attribute: .shx, .dbf, .shp, each after its length, and no .prj."""
    box = struct.pack("<4d", 115.0, 0.0, 115.1, 0.0)
    line = struct.pack("<i", 3) + box + struct.pack("<3i", 1, 2, 0) + struct.pack("<4d", 115.0, 0.0, 115.1, 0.0)
    header = lambda words: struct.pack(">7i", 9994, 0, 0, 0, 0, 0, words) + struct.pack("<2i", 1000, 3) + box + bytes(32)
    shp = header((100 + 8 + len(line)) // 2) + struct.pack(">2i", 1, len(line) // 2) + line
    shx = header(54) + struct.pack(">2i", 50, len(line) // 2)
    column = b"class".ljust(11, b"\0") + b"C" + bytes(4) + bytes([8, 0]) + bytes(14)
    dbf = bytes([3, 126, 1, 1]) + struct.pack("<IHH", 1, 32 + 32 + 1, 9) + bytes(20) + column + b"\r" + b" primary \x1a"
    return b"".join(struct.pack("<I", len(file)) + file for file in (shx, dbf, shp))


def good_inputs(program, scratch):
    """The readers, with the inputs to begin with."""
    county = HERE / "county"
    inputs = {path.relative_to(county).as_posix(): [path.read_bytes()]
              for path in sorted(county.rglob("*")) if path.is_file()}
    rules = [path.read_bytes() for path in sorted((PROJECT / "tests/osm-rules").glob("*.osm"))]
    inputs["osm"] = rules + [map_pbf()]
    inputs["boundary"] = inputs["boundary.geojson"]
    inputs["barriers"] = inputs["barriers.geojson"]
    inputs["layer.geojson"] = [
        b'{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"class":"primary"},'
        b'"geometry":{"type":"LineString","coordinates":[[115,0],[115.1,0]]}}]}']
    inputs["mapping"] = [path.read_bytes() for path in sorted((PROJECT / "data/mappings").glob("*.toml"))]
    inputs["shapefile"] = [shapefile()]
    nodes, links = (county / "network" / name for name in ("node.csv", "link.csv"))
    inputs["network"] = [nodes.read_bytes() + b"\0" + links.read_bytes()]
    inputs["locate/demand"] = [b"id,weight\na,1\nb,2.5\n"]
    inputs["locate/sites"] = [b"id,group,fixed\nm,new,yes\ne,new,\n"]
    inputs["locate/times"] = [b"origin,destination,seconds\nm,a,10\nm,b,20.5\ne,a,\ne,b,7\n"]
    answers = scratch / "answers"
    # As it is read back, from the project.
    for command in (["compare", "scenario.toml"], ["optimize", "scenario.toml", "--within", "B", "--simulate", "1"]):
        subprocess.run([program, "-q", *command, "--replications", "2", "--force", "--output", answers / command[0]],
                       cwd=county, stdout=subprocess.DEVNULL, check=False)
    for name, path in (("comparison", "compare/comparison.json"), ("optimization", "optimize/optimization.json")):
        if (answers / path).is_file():
            inputs[name] = [(answers / path).read_bytes()]
    return inputs


# What readers are likely to take badly.
ODD = [b"-", b"-1", b"0", b"nan", b"inf", b"-inf", b"1e308", b"1e-320", b"65536", b"4294967296", b"9" * 20, b'"', b"\n",
           b",", b",,", b";", b"\xef\xbb\xbf", b"\xef\xbf\xbe", b"=", b"'", b"[", b"{", b"null", b"true", b"..", b"/", b"180", b"-180"]


def dictionary(good):
    """Words to put in: those of the good inputs and odd ones."""
    words = set()
    for content in good:
        words.update(word for word in re.split(rb'[^\w.:+-]+', content) if 1 < len(word) <= 32)
    quoted = lambda word: '"' + "".join(f"\\x{byte:02x}" for byte in word) + '"\n'
    return "".join(map(quoted, ODD + sorted(words)[:400]))


def variants(content, most):
    """The same text with one word in the place of another, or with a minus before it: so many of them, always the same."""
    if b"\0" in content:
        return []
    places = [word.span() for word in re.finditer(rb'[^\s,;"=\[\]{}]+', content)]
    draws, made = random.Random(20), []
    every = [(place, other) for place in places for other in (None, b"", *ODD)]
    for (begin, end), other in draws.sample(every, min(most, len(every))):
        word = b"-" + content[begin:end] if other is None else other
        made.append(content[:begin] + word + content[end:])
    return made


def not_read(program, scratch):
    """The files of the county that the program does not read: it takes them though they are no text."""
    county, names = HERE / "county", []
    for path in sorted(path for path in county.rglob("*") if path.is_file()):
        name = path.relative_to(county)
        copy = scratch / "not-read"
        shutil.copytree(county, copy)
        (copy / name).write_bytes(b"\x01no text")
        run = subprocess.run([program, "check", copy / "scenario.toml"], capture_output=True, check=False)
        if run.returncode != 2:
            names.append(name.as_posix())
        shutil.rmtree(copy)
    return names


def built():
    folder = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", PROJECT / "target")) / "fuzz"
    environment = {**os.environ, "RUSTFLAGS": FLAGS, "CARGO_TARGET_DIR": str(folder)}
    subprocess.run(["cargo", "build", "--release", "--locked", "--target", TARGET], cwd=HERE, env=environment, check=True)
    return folder, folder / TARGET / "release/brigade-fuzz"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("words", nargs="*")
    parser.add_argument("--brigade", required=True, type=pathlib.Path)
    parser.add_argument("--inputs", type=int, default=100_000)
    options = parser.parse_args()
    folder, fuzzer = built()
    scratch = folder / "scratch"
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir(parents=True)
    readers = good_inputs(options.brigade.resolve(), scratch)
    unread = not_read(options.brigade.resolve(), scratch)
    if unread:
        sys.exit(f"of the county these are not read: {', '.join(unread)}")
    missing = {"comparison", "optimization"} - readers.keys()
    if missing:
        sys.exit(f"the program made no {' and no '.join(sorted(missing))}")
    if options.words:
        readers = {name: good for name, good in readers.items() if any(word in name for word in options.words)}
    each = -(-options.inputs // max(len(readers), 1))
    begin, total, faulty = time.monotonic(), 0, []
    for name, good in readers.items():
        corpus = scratch / "corpus" / name.replace("/", "-")
        corpus.mkdir(parents=True)
        of_one = each // 2 // len(good)
        for number, content in enumerate(good + [other for one in good for other in variants(one, of_one)]):
            (corpus / f"{number}").write_bytes(content)
        found = folder / "found" / name.replace("/", "-")
        found.mkdir(parents=True, exist_ok=True)
        words = scratch / "words.dict"
        words.write_text(dictionary(good), encoding="ascii")
        arguments = [f"-runs={each}", f"-dict={words}", "-seed=20", "-timeout=20", "-rss_limit_mb=2048", "-len_control=0",
                     f"-max_len={max(map(len, good)) * 2 + 64}", f"-artifact_prefix={found}/", "-print_final_stats=1"]
        files = scratch / "files"
        files.mkdir(exist_ok=True)
        run = subprocess.run([fuzzer, *arguments, corpus], env={**os.environ, "READER": name, "SCRATCH": str(files),
                             "RUST_BACKTRACE": "0"}, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False)
        said = run.stderr.decode(errors="replace")
        places = [int(count) for count in re.findall(r" cov: (\d+)", said)]
        runs = re.search(r"stat::number_of_executed_units:\s*(\d+)", said)
        runs = int(runs[1]) if runs else 0
        total += runs
        verdict = "nothing found"
        if run.returncode:
            faulty.append(name)
            panic = re.search(r"panicked at [^\n]*\n[^\n]*", said)
            verdict = (panic[0] if panic else said[-300:]).replace("\n", " ") + f" (see {found})"
        reached = f"{places[0]} to {places[-1]} places" if places else "no places"
        print(f"{name:28} {runs:8,} inputs, {reached}: {verdict}", flush=True)
    print(f"{total:,} inputs in {time.monotonic() - begin:.0f} s; {len(faulty)} of {len(readers)} readers with a fault")
    sys.exit(1 if faulty else 0)


if __name__ == "__main__":
    main()
