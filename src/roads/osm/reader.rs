//! Reads an extract in OpenStreetMap's PBF format: a file of blocks, each with nodes, ways or
//! relations.
//!
//! The file was cut into blocks before; here the library decodes what is inside the
//! blocks, many at once. The first pass takes ways, relations, and nodes that are something
//! themselves; the second takes the nodes along the kept ways, which stand before the ways in
//! the file. The whole file is held in memory meanwhile: a province is some 100 MB.

use osmpbf::{Blob, BlobDecode, BlobReader, Element, PrimitiveBlock, RelMemberType};
use rayon::prelude::*;

use crate::files::Source;
use crate::geography::LonLat;
use crate::roads::osm::blocks::{Frame, damaged, frames, quietly};
use crate::roads::osm::places::PlaceKind;
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

    // The outlines that a relation groups carry no tags of their own.
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
                        if tags.get("highway").is_some() || is_outlined(&tags) {
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
                        if is_outlined(&tags) {
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

/// Whether a way or relation of these tags is the edge of a fire station or a settlement.
fn is_outlined(tags: &Tags) -> bool {
    stations::is_station(tags) || PlaceKind::of(tags).is_some()
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

#[cfg(test)]
#[path = "reader_tests.rs"]
mod tests;
