//! Writes PBF files for tests and benches, byte by byte.
//!
//! A protocol buffer is a row of fields, each a varint `number << 3 | kind` and a value: kind 0 is
//! a varint, kind 2 a length and bytes. Signed numbers are zigzagged (0, -1, 1, -2, …).

use std::collections::HashMap;
use std::io::Write;

use flate2::Compression;
use flate2::write::ZlibEncoder;

/// A tag as key and value.
pub type Tag<'t> = (&'t str, &'t str);

/// A file in the making; every call adds one block.
pub struct PbfWriter {
    /// What has been written so far.
    pub bytes: Vec<u8>,
    /// Whether blocks are packed, as published extracts are.
    is_packed: bool,
}

impl PbfWriter {
    /// A file that requires `features`.
    pub fn requiring(features: &[&str]) -> Self {
        let mut header = Vec::new();
        for feature in features {
            bytes_field(&mut header, 4, feature.as_bytes());
        }
        let mut file = Self::without_header();
        file.blob("OSMHeader", &header);
        file
    }

    /// A file that begins with its first block, as no right one does.
    pub fn without_header() -> Self {
        Self {
            bytes: Vec::new(),
            is_packed: false,
        }
    }

    /// The same file with the blocks that follow packed.
    pub fn packed(mut self) -> Self {
        self.is_packed = true;
        self
    }

    /// A file of the usual kind.
    pub fn new() -> Self {
        Self::requiring(&["OsmSchema-V0.6", "DenseNodes"])
    }

    /// Adds one blob of any content.
    pub fn blob(&mut self, kind: &str, content: &[u8]) {
        if self.is_packed {
            let mut packer = ZlibEncoder::new(Vec::new(), Compression::default());
            packer.write_all(content).unwrap();
            self.packed_blob(kind, content.len() as u64, &packer.finish().unwrap());
        } else {
            let mut blob = Vec::new();
            bytes_field(&mut blob, 1, content);
            self.framed(kind, &blob);
        }
    }

    /// Adds one blob that says that `packed` unpacks to so many bytes.
    pub fn packed_blob(&mut self, kind: &str, unpacked_size: u64, packed: &[u8]) {
        self.blob_packed_by(3, kind, unpacked_size, packed);
    }

    /// The same, packed by what the field stands for: 3 zlib, 4 lzma, 5 bzip2, 6 lz4, 7 zstd.
    pub fn blob_packed_by(&mut self, field: u64, kind: &str, unpacked_size: u64, packed: &[u8]) {
        let mut blob = Vec::new();
        varint_field(&mut blob, 2, unpacked_size);
        bytes_field(&mut blob, field, packed);
        self.framed(kind, &blob);
    }

    /// Adds a blob after a header that says how long it is.
    fn framed(&mut self, kind: &str, blob: &[u8]) {
        let mut header = Vec::new();
        bytes_field(&mut header, 1, kind.as_bytes());
        varint_field(&mut header, 3, blob.len() as u64);
        self.bytes
            .extend(u32::try_from(header.len()).unwrap().to_be_bytes());
        self.bytes.extend(header);
        self.bytes.extend_from_slice(blob);
    }

    /// Nodes in the compressed form: number, degrees east, degrees north, tags.
    pub fn dense_nodes(mut self, nodes: &[(i64, f64, f64, &[Tag<'_>])]) -> Self {
        let mut strings = Strings::new();
        let mut tags = Vec::new();
        for (_, _, _, pairs) in nodes {
            for (key, value) in *pairs {
                varint(&mut tags, strings.place(key));
                varint(&mut tags, strings.place(value));
            }
            varint(&mut tags, 0);
        }
        let units = |degrees: f64| (degrees * 1e7).round() as i64;
        let mut dense = Vec::new();
        bytes_field(&mut dense, 1, &deltas(nodes.iter().map(|node| node.0)));
        bytes_field(&mut dense, 8, &deltas(nodes.iter().map(|n| units(n.2))));
        bytes_field(&mut dense, 9, &deltas(nodes.iter().map(|n| units(n.1))));
        bytes_field(&mut dense, 10, &tags);
        self.block(&strings, 2, &[dense]);
        self
    }

    /// A node in the plain form.
    pub fn node(mut self, id: i64, lon: f64, lat: f64, tags: &[Tag<'_>]) -> Self {
        let mut strings = Strings::new();
        let mut node = Vec::new();
        varint_field(&mut node, 1, zigzag(id));
        strings.tag_fields(&mut node, tags);
        varint_field(&mut node, 8, zigzag((lat * 1e7).round() as i64));
        varint_field(&mut node, 9, zigzag((lon * 1e7).round() as i64));
        self.block(&strings, 1, &[node]);
        self
    }

    /// A way.
    pub fn way(self, id: i64, refs: &[i64], tags: &[Tag<'_>]) -> Self {
        self.ways(&[(id, refs, tags)])
    }

    /// Ways of one block: number, nodes, tags.
    pub fn ways(mut self, ways: &[(i64, &[i64], &[Tag<'_>])]) -> Self {
        let mut strings = Strings::new();
        let mut elements = Vec::with_capacity(ways.len());
        for (id, refs, tags) in ways {
            let mut way = Vec::new();
            varint_field(&mut way, 1, *id as u64);
            strings.tag_fields(&mut way, tags);
            bytes_field(&mut way, 8, &deltas(refs.iter().copied()));
            elements.push(way);
        }
        self.block(&strings, 3, &elements);
        self
    }

    /// A way in a version, which may be one that deletes it.
    pub fn way_version(
        mut self,
        id: i64,
        (version, is_visible): (u64, bool),
        refs: &[i64],
        tags: &[Tag<'_>],
    ) -> Self {
        let mut strings = Strings::new();
        let (mut way, mut info) = (Vec::new(), Vec::new());
        varint_field(&mut way, 1, id as u64);
        strings.tag_fields(&mut way, tags);
        varint_field(&mut info, 1, version);
        varint_field(&mut info, 6, u64::from(is_visible));
        bytes_field(&mut way, 4, &info);
        bytes_field(&mut way, 8, &deltas(refs.iter().copied()));
        self.block(&strings, 3, &[way]);
        self
    }

    /// A node in the compressed form in a version.
    pub fn node_version(
        mut self,
        id: i64,
        (version, is_visible): (u64, bool),
        [lon, lat]: [f64; 2],
    ) -> Self {
        let units = |degrees: f64| (degrees * 1e7).round() as i64;
        let (mut dense, mut info, mut number) = (Vec::new(), Vec::new(), Vec::new());
        varint(&mut number, version);
        bytes_field(&mut info, 1, &number);
        bytes_field(&mut info, 6, &[u8::from(is_visible)]);
        bytes_field(&mut dense, 1, &deltas([id].into_iter()));
        bytes_field(&mut dense, 5, &info);
        bytes_field(&mut dense, 8, &deltas([units(lat)].into_iter()));
        bytes_field(&mut dense, 9, &deltas([units(lon)].into_iter()));
        self.block(&Strings::new(), 2, &[dense]);
        self
    }

    /// A way that says where its nodes are: number, degrees east, degrees north.
    pub fn located_way(mut self, id: i64, nodes: &[(i64, f64, f64)], tags: &[Tag<'_>]) -> Self {
        let mut strings = Strings::new();
        let mut way = Vec::new();
        let units = |degrees: f64| (degrees * 1e7).round() as i64;
        varint_field(&mut way, 1, id as u64);
        strings.tag_fields(&mut way, tags);
        bytes_field(&mut way, 8, &deltas(nodes.iter().map(|node| node.0)));
        bytes_field(&mut way, 9, &deltas(nodes.iter().map(|n| units(n.2))));
        bytes_field(&mut way, 10, &deltas(nodes.iter().map(|n| units(n.1))));
        self.block(&strings, 3, &[way]);
        self
    }

    /// A relation; each member is a role, a number and a kind (0 node, 1 way, 2 relation).
    pub fn relation(mut self, id: i64, members: &[(&str, i64, u64)], tags: &[Tag<'_>]) -> Self {
        let mut strings = Strings::new();
        let mut relation = Vec::new();
        varint_field(&mut relation, 1, id as u64);
        strings.tag_fields(&mut relation, tags);
        let (mut roles, mut kinds) = (Vec::new(), Vec::new());
        for (role, _, kind) in members {
            varint(&mut roles, strings.place(role));
            varint(&mut kinds, *kind);
        }
        bytes_field(&mut relation, 8, &roles);
        bytes_field(&mut relation, 9, &deltas(members.iter().map(|m| m.1)));
        bytes_field(&mut relation, 10, &kinds);
        self.block(&strings, 4, &[relation]);
        self
    }

    /// The bytes of the file.
    pub fn finish(self) -> Vec<u8> {
        self.bytes
    }

    /// Adds a block of one group with these elements, each in the group's field `kind`.
    fn block(&mut self, strings: &Strings, kind: u64, elements: &[Vec<u8>]) {
        let mut table = Vec::new();
        for string in &strings.table {
            bytes_field(&mut table, 1, string.as_bytes());
        }
        let mut group = Vec::new();
        for element in elements {
            bytes_field(&mut group, kind, element);
        }
        let mut block = Vec::new();
        bytes_field(&mut block, 1, &table);
        bytes_field(&mut block, 2, &group);
        self.blob("OSMData", &block);
    }
}

/// The table of strings of one block; its first place stays empty, as the format wants it.
struct Strings {
    table: Vec<String>,
    places: HashMap<String, u64>,
}

impl Strings {
    fn new() -> Self {
        Self {
            table: vec![String::new()],
            places: HashMap::new(),
        }
    }

    fn place(&mut self, text: &str) -> u64 {
        if let Some(place) = self.places.get(text) {
            return *place;
        }
        let place = self.table.len() as u64;
        self.table.push(text.to_owned());
        self.places.insert(text.to_owned(), place);
        place
    }

    fn tag_fields(&mut self, element: &mut Vec<u8>, tags: &[Tag<'_>]) {
        let (mut keys, mut values) = (Vec::new(), Vec::new());
        for (key, value) in tags {
            varint(&mut keys, self.place(key));
            varint(&mut values, self.place(value));
        }
        bytes_field(element, 2, &keys);
        bytes_field(element, 3, &values);
    }
}

fn varint(bytes: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

fn zigzag(number: i64) -> u64 {
    ((number << 1) ^ (number >> 63)) as u64
}

fn varint_field(bytes: &mut Vec<u8>, field: u64, value: u64) {
    varint(bytes, field << 3);
    varint(bytes, value);
}

fn bytes_field(bytes: &mut Vec<u8>, field: u64, content: &[u8]) {
    varint(bytes, field << 3 | 2);
    varint(bytes, content.len() as u64);
    bytes.extend_from_slice(content);
}

/// The differences between neighbours, packed.
fn deltas(numbers: impl Iterator<Item = i64>) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut before = 0i64;
    for number in numbers {
        varint(&mut bytes, zigzag(number.wrapping_sub(before)));
        before = number;
    }
    bytes
}
