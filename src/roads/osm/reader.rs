//! Reads an extract in OpenStreetMap's PBF format: a file of blocks, each with nodes, ways or
//! relations.
//!
//! The blocks are cut apart here, so that a file that ends too early or claims a block of
//! impossible size is refused before anything is decoded; the library decodes what is inside
//! them, many blocks at once. The first pass takes ways, relations, and nodes that are something
//! themselves; the second takes the nodes along the kept ways, which stand before the ways in
//! the file. The whole file is held in memory meanwhile: a province is some 100 MB.

use std::cell::Cell;
use std::io::Cursor;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Once;

use osmpbf::{Blob, BlobDecode, BlobReader, Element, PrimitiveBlock, RelMemberType};
use rayon::prelude::*;

use crate::files::Source;
use crate::geography::LonLat;
use crate::roads::osm::{
    OsmError, OsmExtract, OsmNode, OsmRelation, OsmWay, ReadCounts, Tags, stations, tags,
};

/// The keys that the rules ask for; all others are left in the file.
const KEYS: [&str; 20] = [
    "abandoned",
    "access",
    "amenity",
    "area",
    "disused",
    "emergency",
    "highway",
    "junction",
    "maxspeed",
    "motor_vehicle",
    "name",
    "name:en",
    "oneway",
    "place",
    "population",
    "ref",
    "ruins",
    "tracktype",
    "type",
    "vehicle",
];

/// The largest block header and the largest block that the format allows.
const MAX_HEADER: usize = 64 * 1024;
const MAX_BLOCK: usize = 32 * 1024 * 1024;

/// Features that change nothing for us; a file that requires any other is refused.
const KNOWN_FEATURES: [&str; 2] = ["OsmSchema-V0.6", "DenseNodes"];

/// Reads an extract.
///
/// # Errors
/// When the file is missing, not a PBF, damaged, or of a kind that is not read here.
pub fn read(source: &Source) -> Result<OsmExtract, OsmError> {
    let bytes = source.read()?;
    parse(&source.to_string(), &bytes)
}

/// Reads an extract from memory; `file` is the name used in errors.
///
/// # Errors
/// As [`read`].
pub fn parse(file: &str, bytes: &[u8]) -> Result<OsmExtract, OsmError> {
    let frames = frames(file, bytes)?;
    let first: Vec<FirstPass> = collect(frames.par_iter().map(|frame| frame.first_pass(file)))?;

    let mut extract = OsmExtract::default();
    let mut holds_nodes = Vec::with_capacity(first.len());
    for part in first {
        holds_nodes.push(part.read.nodes > 0);
        extract.read.nodes += part.read.nodes;
        extract.read.ways += part.read.ways;
        extract.read.relations += part.read.relations;
        extract.read.nodes_without_position += part.read.nodes_without_position;
        extract.nodes.extend(part.nodes);
        extract.ways.extend(part.ways);
        extract.relations.extend(part.relations);
    }

    // Outlines of stations that are relations carry no tags of their own.
    let mut outlines: Vec<i64> = extract
        .relations
        .iter()
        .flat_map(|relation| relation.outer_ways.iter().copied())
        .collect();
    outlines.sort_unstable();
    if !outlines.is_empty() {
        extract.ways.extend(collect_flat(
            frames.par_iter().map(|frame| frame.ways(file, &outlines)),
        )?);
    }
    extract.ways.sort_by_key(|way| way.id);
    extract.ways.dedup_by_key(|way| way.id);
    extract.relations.sort_by_key(|relation| relation.id);
    extract.relations.dedup_by_key(|relation| relation.id);

    let mut wanted: Vec<i64> = extract
        .ways
        .iter()
        .filter(|way| tags::road(&way.tags).is_ok() || way.tags.get("highway").is_none())
        .flat_map(|way| way.refs.iter().copied())
        .collect();
    wanted.par_sort_unstable();
    wanted.dedup();
    extract.nodes.extend(collect_flat(
        frames
            .par_iter()
            .zip(&holds_nodes)
            .filter(|(_, holds_nodes)| **holds_nodes)
            .map(|(frame, _)| frame.nodes(file, &wanted)),
    )?);
    // The sort is stable: a node with tags comes before its copy from the second pass.
    extract.nodes.sort_by_key(|node| node.id);
    extract.nodes.dedup_by_key(|node| node.id);
    Ok(extract)
}

/// All results, or the error of the first block that has one, whichever thread was quickest.
fn collect<T: Send>(
    results: impl IndexedParallelIterator<Item = Result<T, OsmError>>,
) -> Result<Vec<T>, OsmError> {
    let results: Vec<_> = results.collect();
    results.into_iter().collect()
}

fn collect_flat<T: Send>(
    results: impl ParallelIterator<Item = Result<Vec<T>, OsmError>>,
) -> Result<Vec<T>, OsmError> {
    let results: Vec<_> = results.collect();
    let parts: Vec<Vec<T>> = results.into_iter().collect::<Result<_, _>>()?;
    Ok(parts.into_iter().flatten().collect())
}

/// One block of the file with its header.
struct Frame<'f> {
    begin: usize,
    bytes: &'f [u8],
}

/// Cuts the file into blocks.
fn frames<'f>(file: &str, bytes: &'f [u8]) -> Result<Vec<Frame<'f>>, OsmError> {
    let not_pbf = || OsmError::NotPbf {
        file: file.to_owned(),
        looks_like: match bytes {
            [] => " but an empty one",
            [b'<', ..] => " but XML or a web page",
            [0x1f, 0x8b, ..] | [b'B', b'Z', b'h', ..] | [b'P', b'K', ..] => {
                " but a compressed file, perhaps .osm.bz2 or a shapefile"
            }
            [b'{', ..] => " but JSON",
            _ => "",
        },
    };
    let mut frames = Vec::new();
    let mut begin = 0;
    while begin < bytes.len() {
        // Until a header of the right kind was seen, the fault is that this is another file.
        let fault = |problem: &str| {
            if begin == 0 {
                not_pbf()
            } else {
                damaged(file, begin, problem)
            }
        };
        let rest = &bytes[begin..];
        let Some((length, after_length)) = rest.split_first_chunk::<4>() else {
            return Err(fault("a block header of less than 4 bytes"));
        };
        let header_length = u32::from_be_bytes(*length) as usize;
        if header_length == 0 || header_length >= MAX_HEADER {
            return Err(fault("a block header of impossible size"));
        }
        if header_length > after_length.len() {
            return Err(fault("the file ends inside a block header"));
        }
        let header = &rest[..4 + header_length];
        let (block_length, is_file_header) = quietly(|| {
            let (header, _) = BlobReader::new_seekable(Cursor::new(header))
                .ok()?
                .next_header_skip_blob()?
                .ok()?;
            let is_file_header = header.blob_type() == osmpbf::BlobType::OsmHeader;
            Some((header.get_blob_size(), is_file_header))
        })
        .flatten()
        .ok_or_else(|| fault("a block header that cannot be read"))?;
        if begin == 0 && !is_file_header {
            return Err(not_pbf());
        }
        let block_length = usize::try_from(block_length)
            .ok()
            .filter(|length| *length <= MAX_BLOCK)
            .ok_or_else(|| damaged(file, begin, "a block of impossible size"))?;
        let frame = rest
            .get(..4 + header_length + block_length)
            .ok_or_else(|| damaged(file, begin, "the file ends inside a block"))?;
        frames.push(Frame {
            begin,
            bytes: frame,
        });
        begin += frame.len();
    }
    if frames.is_empty() {
        return Err(not_pbf());
    }
    Ok(frames)
}

fn damaged(file: &str, byte: usize, problem: &str) -> OsmError {
    OsmError::Damaged {
        file: file.to_owned(),
        byte,
        problem: problem.to_owned(),
    }
}

/// What the first pass takes from one block.
#[derive(Default)]
struct FirstPass {
    read: ReadCounts,
    nodes: Vec<OsmNode>,
    ways: Vec<OsmWay>,
    relations: Vec<OsmRelation>,
}

impl Frame<'_> {
    /// Decodes the block and hands it to `take`.
    fn decoded<T: Default>(
        &self,
        file: &str,
        take: impl FnOnce(&Block) -> Result<T, &'static str>,
    ) -> Result<T, OsmError> {
        let damaged = |problem: &str| damaged(file, self.begin, problem);
        // The library checks the format, but adds up ids and positions unchecked and panics on a
        // kind of relation member that it does not know; it offers no way to look first.
        let outcome = quietly(|| {
            let blob: Blob = match BlobReader::new(self.bytes).next() {
                Some(Ok(blob)) => blob,
                Some(Err(error)) => return Err(damaged(&error.to_string())),
                None => return Err(damaged("the block is empty")),
            };
            match blob.decode().map_err(|error| damaged(&error.to_string()))? {
                BlobDecode::OsmData(block) => take(&Block::new(block)).map_err(damaged),
                BlobDecode::OsmHeader(header) => {
                    let unknown = header
                        .required_features()
                        .iter()
                        .find(|feature| !KNOWN_FEATURES.contains(&feature.as_str()));
                    match unknown {
                        None => Ok(T::default()),
                        Some(feature) => Err(OsmError::Feature {
                            file: file.to_owned(),
                            feature: feature.clone(),
                        }),
                    }
                }
                BlobDecode::Unknown(_) => Ok(T::default()),
            }
        });
        outcome.unwrap_or_else(|| Err(damaged("a block whose content makes no sense")))
    }

    fn first_pass(&self, file: &str) -> Result<FirstPass, OsmError> {
        self.decoded(file, |block| {
            let mut part = FirstPass::default();
            for element in block.elements() {
                match element {
                    Element::Node(node) => {
                        let position = position(node.lon(), node.lat());
                        part.take_node(node.id(), position, block.tags(node.raw_tags())?);
                    }
                    Element::DenseNode(node) => {
                        let position = position(node.lon(), node.lat());
                        let tags =
                            block.tags(node.raw_tags().map(|(k, v)| (k as u32, v as u32)))?;
                        part.take_node(node.id(), position, tags);
                    }
                    Element::Way(way) => {
                        part.read.ways += 1;
                        let tags = block.tags(way.raw_tags())?;
                        if tags.get("highway").is_some() || stations::is_station(&tags) {
                            part.ways.push(OsmWay {
                                id: way.id(),
                                refs: way.refs().collect(),
                                tags,
                            });
                        }
                    }
                    Element::Relation(relation) => {
                        part.read.relations += 1;
                        let tags = block.tags(relation.raw_tags())?;
                        if stations::is_station(&tags) {
                            let outer_ways = relation
                                .members()
                                .filter(|member| member.member_type == RelMemberType::Way)
                                .filter(|member| matches!(member.role(), Ok("outer" | "")))
                                .map(|member| member.member_id)
                                .collect();
                            part.relations.push(OsmRelation {
                                id: relation.id(),
                                outer_ways,
                                tags,
                            });
                        }
                    }
                }
            }
            Ok(part)
        })
    }

    fn ways(&self, file: &str, wanted: &[i64]) -> Result<Vec<OsmWay>, OsmError> {
        self.decoded(file, |block| {
            let mut ways = Vec::new();
            for element in block.elements() {
                if let Element::Way(way) = element
                    && wanted.binary_search(&way.id()).is_ok()
                {
                    ways.push(OsmWay {
                        id: way.id(),
                        refs: way.refs().collect(),
                        tags: block.tags(way.raw_tags())?,
                    });
                }
            }
            Ok(ways)
        })
    }

    fn nodes(&self, file: &str, wanted: &[i64]) -> Result<Vec<OsmNode>, OsmError> {
        self.decoded(file, |block| {
            let places = block.elements().filter_map(|element| match element {
                Element::Node(node) => Some((node.id(), position(node.lon(), node.lat())?)),
                Element::DenseNode(node) => Some((node.id(), position(node.lon(), node.lat())?)),
                Element::Way(_) | Element::Relation(_) => None,
            });
            Ok(places
                .filter(|(id, _)| wanted.binary_search(id).is_ok())
                .map(|(id, position)| OsmNode {
                    id,
                    position,
                    tags: Tags::default(),
                })
                .collect())
        })
    }
}

impl FirstPass {
    fn take_node(&mut self, id: i64, position: Option<LonLat>, tags: Tags) {
        self.read.nodes += 1;
        match position {
            None => self.read.nodes_without_position += 1,
            Some(position) => {
                if tags.get("place").is_some() || stations::is_station(&tags) {
                    self.nodes.push(OsmNode { id, position, tags });
                }
            }
        }
    }
}

/// `None` for a position that is not on the earth: deleted nodes come out at latitude 214.7.
fn position(lon: f64, lat: f64) -> Option<LonLat> {
    Some(LonLat { lon, lat }).filter(|position| position.is_valid())
}

/// A block of elements, and which strings of its table are keys that we ask for.
struct Block {
    block: PrimitiveBlock,
    is_key: Vec<bool>,
}

impl Block {
    fn new(block: PrimitiveBlock) -> Self {
        let is_key = block
            .raw_stringtable()
            .iter()
            .map(|string| KEYS.iter().any(|key| key.as_bytes() == string.as_slice()))
            .collect();
        Self { block, is_key }
    }

    fn elements(&self) -> osmpbf::BlockElementsIter<'_> {
        self.block.elements()
    }

    /// The tags with the keys that we ask for.
    ///
    /// Resolved here because the library's own iterator ends without a word at the first string
    /// that is missing or not UTF-8, and with it the tags after it.
    fn tags(&self, raw: impl Iterator<Item = (u32, u32)>) -> Result<Tags, &'static str> {
        let strings = self.block.raw_stringtable();
        let mut tags = Vec::new();
        for (key, value) in raw {
            let key = key as usize;
            let (Some(is_key), Some(value)) = (self.is_key.get(key), strings.get(value as usize))
            else {
                return Err("a tag that points past the block's table of strings");
            };
            if *is_key {
                let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
                tags.push((text(&strings[key]), text(value)));
            }
        }
        Ok(Tags(tags))
    }
}

thread_local! {
    static QUIET: Cell<bool> = const { Cell::new(false) };
}

/// The outcome of `job`, or `None` when it panicked, without a message on the terminal.
fn quietly<T>(job: impl FnOnce() -> T) -> Option<T> {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let loud = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if !QUIET.get() {
                loud(info);
            }
        }));
    });
    let before = QUIET.replace(true);
    let outcome = panic::catch_unwind(AssertUnwindSafe(job));
    QUIET.set(before);
    outcome.ok()
}

#[cfg(test)]
#[path = "reader_tests.rs"]
mod tests;
