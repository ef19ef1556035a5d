"""An OpenStreetMap extract, PBF or XML, read whole."""

import struct
import xml.etree.ElementTree
import zlib


def varint(data, at):
    value = shift = 0
    while True:
        byte = data[at]
        at += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value, at
        shift += 7


def fields(data):
    """The fields of a protocol buffer: (number, value), a value being a number or bytes."""
    at, end = 0, len(data)
    while at < end:
        key, at = varint(data, at)
        kind = key & 7
        if kind == 0:
            value, at = varint(data, at)
        elif kind == 2:
            size, at = varint(data, at)
            value, at = data[at : at + size], at + size
        else:
            size = {1: 8, 5: 4}[kind]
            value, at = data[at : at + size], at + size
        yield key >> 3, value


def numbers(data):
    value = shift = 0
    for byte in data:
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            yield value
            value = shift = 0
        else:
            shift += 7


def signed(value):
    return (value >> 1) ^ -(value & 1)


def sums(data):
    total = 0
    for value in numbers(data):
        total += signed(value)
        yield total


class Map:
    """Nodes as (lon, lat) and their tags, ways as (nodes, tags), relations as (members, tags)."""

    def __init__(self, path):
        self.position, self.node_tags, self.ways, self.relations = {}, {}, {}, {}
        with open(path, "rb") as file:
            start = file.read(5)
            file.seek(0)
            if start.lstrip().startswith(b"<"):
                self.read_xml(file)
            else:
                self.read_pbf(file)

    def read_xml(self, file):
        for element in xml.etree.ElementTree.parse(file).getroot():
            tags = {tag.get("k"): tag.get("v") for tag in element.findall("tag")}
            number = int(element.get("id", 0))
            if element.tag == "node":
                self.position[number] = float(element.get("lon")), float(element.get("lat"))
                if tags:
                    self.node_tags[number] = tags
            elif element.tag == "way":
                self.ways[number] = [int(nd.get("ref")) for nd in element.findall("nd")], tags
            elif element.tag == "relation":
                members = [
                    (m.get("type"), int(m.get("ref")), m.get("role") or "") for m in element.findall("member")
                ]
                self.relations[number] = members, tags

    def read_pbf(self, file):
        while size := file.read(4):
            header = dict(fields(file.read(struct.unpack(">I", size)[0])))
            blob = dict(fields(file.read(header[3])))
            if header[1] == b"OSMData":
                self.read_block(zlib.decompress(blob[3]) if 3 in blob else blob[1])

    def read_block(self, data):
        block, groups = {}, []
        for number, value in fields(data):
            if number == 2:
                groups.append(value)
            else:
                block[number] = value
        words = [text.decode() for _, text in fields(block[1])]
        unit, lat_0, lon_0 = block.get(17, 100), block.get(19, 0), block.get(20, 0)

        def tags(element):
            keys, values = numbers(element.get(2, b"")), numbers(element.get(3, b""))
            return {words[k]: words[v] for k, v in zip(keys, values)}

        def place(lon, lat):
            return (lon_0 + unit * lon) * 1e-9, (lat_0 + unit * lat) * 1e-9

        for group in groups:
            for number, value in fields(group):
                element = dict(fields(value))
                if number == 1:
                    at = place(signed(element[9]), signed(element[8]))
                    self.position[signed(element[1])] = at
                    if found := tags(element):
                        self.node_tags[signed(element[1])] = found
                elif number == 2:
                    said = numbers(element.get(10, b""))
                    for node, lat, lon in zip(*(sums(element[key]) for key in (1, 8, 9))):
                        self.position[node] = place(lon, lat)
                        found = {}
                        while key := next(said, 0):
                            found[words[key]] = words[next(said)]
                        if found:
                            self.node_tags[node] = found
                elif number == 3:
                    self.ways[element[1]] = list(sums(element.get(8, b""))), tags(element)
                elif number == 4:
                    kinds = [("node", "way", "relation")[k] for k in numbers(element.get(10, b""))]
                    roles = [words[role] for role in numbers(element.get(8, b""))]
                    members = zip(kinds, sums(element.get(9, b"")), roles)
                    self.relations[element[1]] = list(members), tags(element)
