//! OpenStreetMap's PBF format: a file of blocks, each with nodes, ways or relations.
//!
//! The file was cut into blocks before; here the library decodes what is inside the blocks, many
//! at once. The file is held in memory as it is on disk: a province is some 100 MB; of what is in
//! its blocks only the kept part outlives a block.

use osmpbf::{Blob, BlobDecode, BlobReader, Element, PrimitiveBlock, RelMemberType, Relation};
use rayon::prelude::*;

use crate::geography::LonLat;
use crate::progress::{Unit, Work};
use crate::roads::osm::blocks::{Frame, damaged, frames, quietly};
use crate::roads::osm::gathering::{Elements, Gathered, is_key, position};
use crate::roads::osm::{MemberKind, OsmError, OsmMember, OsmWay, Tags};

/// Features that change nothing for us; a file that requires any other is refused.
const KNOWN_FEATURES: [&str; 2] = ["OsmSchema-V0.6", "DenseNodes"];

/// How often a file is gone through at most.
const PASSES: usize = 3;

/// A PBF file, cut into its blocks.
pub(super) struct Pbf<'f> {
    file: &'f str,
    frames: Vec<Frame<'f>>,
    work: Work,
}

impl<'f> Pbf<'f> {
    /// Cuts the file into blocks.
    ///
    /// # Errors
    /// When it is no PBF or damaged.
    pub(super) fn new(file: &'f str, bytes: &'f [u8]) -> Result<Self, OsmError> {
        Ok(Self {
            file,
            frames: frames(file, bytes)?,
            work: Work::new("reading the map", bytes.len() * PASSES, Unit::Bytes),
        })
    }

    /// What each block gives, in order.
    fn each<T: Send>(
        &self,
        of: impl Fn(&Frame<'f>) -> Result<T, OsmError> + Sync,
    ) -> Result<Vec<T>, OsmError> {
        collect(self.frames.par_iter().map(|frame| {
            let given = of(frame);
            self.work.add(frame.bytes.len());
            given
        }))
    }
}

impl Elements for Pbf<'_> {
    fn gather(&self) -> Result<Gathered, OsmError> {
        let parts = self.each(|frame| frame.gather(self.file))?;
        let mut all = Gathered::default();
        parts.into_iter().for_each(|part| all.add(part));
        Ok(all)
    }

    fn ways(&self, wanted: &[i64]) -> Result<Vec<OsmWay>, OsmError> {
        let ways = self.each(|frame| frame.ways(self.file, wanted))?;
        Ok(ways.into_iter().flatten().collect())
    }

    fn positions(&self, wanted: &[i64]) -> Result<Vec<(i64, LonLat)>, OsmError> {
        let positions = self.each(|frame| frame.positions(self.file, wanted))?;
        // In one piece at once: the largest list of an import does not grow by doubling.
        Ok(positions.concat())
    }
}

/// All results, or the error of the first block that has one, whichever thread was quickest.
fn collect<T: Send>(
    results: impl IndexedParallelIterator<Item = Result<T, OsmError>>,
) -> Result<Vec<T>, OsmError> {
    let results: Vec<_> = results.collect();
    results.into_iter().collect()
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

    fn gather(&self, file: &str) -> Result<Gathered, OsmError> {
        self.decoded(file, |block| {
            let mut part = Gathered::default();
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
                        let tags = block.tags(way.raw_tags())?;
                        part.take_way(way.id(), tags, || way.refs().collect());
                    }
                    Element::Relation(relation) => {
                        let tags = block.tags(relation.raw_tags())?;
                        part.take_relation(relation.id(), tags, || members(&relation));
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

    fn positions(&self, file: &str, wanted: &[i64]) -> Result<Vec<(i64, LonLat)>, OsmError> {
        self.decoded(file, |block| {
            let places = block.elements().filter_map(|element| match element {
                Element::Node(node) => Some((node.id(), position(node.lon(), node.lat())?)),
                Element::DenseNode(node) => Some((node.id(), position(node.lon(), node.lat())?)),
                Element::Way(_) | Element::Relation(_) => None,
            });
            Ok(places
                .filter(|(id, _)| wanted.binary_search(id).is_ok())
                .collect())
        })
    }
}

fn members(relation: &Relation<'_>) -> Vec<OsmMember> {
    let members = relation.members().map(|member| OsmMember {
        kind: match member.member_type {
            RelMemberType::Node => MemberKind::Node,
            RelMemberType::Way => MemberKind::Way,
            RelMemberType::Relation => MemberKind::Relation,
        },
        id: member.member_id,
        role: member.role().unwrap_or_default().to_owned(),
    });
    members.collect()
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
            .map(|string| std::str::from_utf8(string).is_ok_and(is_key))
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
        Ok(Tags(tags.into_boxed_slice()))
    }
}
