//! OpenStreetMap's PBF format: a file of blocks, each with nodes, ways or relations.
//!
//! The file was cut into blocks before; here what is inside the blocks is decoded, many at once. The
//! file is held in memory as it is on disk: a province is some 100 MB; of what is in its blocks only
//! the kept part outlives a block.

use rayon::prelude::*;

use crate::progress::{Unit, Work};
use crate::roads::osm::block::Block;
use crate::roads::osm::frames::{Content, Frame, damaged, frames};
use crate::roads::osm::gathering::{Elements, FoundWay, Gathered};
use crate::roads::osm::versions::{FoundNode, Numbers, Version, Versioned};
use crate::roads::osm::wire::{Holds, Message};
use crate::roads::osm::{MemberKind, OsmError, OsmWay};

/// Features that are read here, or change nothing; a file that requires any other is refused.
const KNOWN_FEATURES: [&str; 4] = [
    "OsmSchema-V0.6",
    "DenseNodes",
    "HistoricalInformation",
    "LocationsOnWays",
];

/// The field of a header that says them.
const REQUIRED_FEATURES: u64 = 4;

/// How often a file is gone through at most.
const PASSES: usize = 4;

const BLOCKS_OF_A_PIECE: usize = 8;

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

    /// What the blocks give, in order, as far as `read` adds it: of a few blocks in one piece, as a hostile file
    /// has more blocks than a reader should remember one by one.
    fn each<T: Default + Send>(
        &self,
        read: impl Fn(&Block<'_>, &mut T) -> Result<(), &'static str> + Sync,
    ) -> Result<Vec<T>, OsmError> {
        let pieces: Vec<_> = self
            .frames
            .par_chunks(BLOCKS_OF_A_PIECE)
            .map(|frames| {
                let mut piece = T::default();
                for frame in frames {
                    let done = self.read_frame(frame, |block| read(block, &mut piece));
                    self.work.add(frame.length);
                    done?;
                }
                Ok(piece)
            })
            .collect();
        // All, or the error of the first block that has one, whichever thread was quickest.
        pieces.into_iter().collect()
    }

    /// Hands the elements of a block to `read`; a header is checked.
    fn read_frame(
        &self,
        frame: &Frame<'_>,
        read: impl FnOnce(&Block<'_>) -> Result<(), &'static str>,
    ) -> Result<(), OsmError> {
        let damaged = |problem: &str| damaged(self.file, frame.begin, problem);
        let content = frame.unpacked(self.file)?;
        match frame.content {
            Content::Header => {
                let header = Message(&content);
                if !header.is_sound(&[(REQUIRED_FEATURES, Holds::Bytes)]) {
                    return Err(damaged("a header that cannot be read"));
                }
                let mut required = header.each(REQUIRED_FEATURES).map(String::from_utf8_lossy);
                match required.find(|feature| !KNOWN_FEATURES.contains(&&feature[..])) {
                    None => Ok(()),
                    Some(feature) => Err(OsmError::Feature {
                        file: self.file.to_owned(),
                        feature: feature.into_owned(),
                    }),
                }
            }
            Content::Elements => {
                let block = Block::new(&content).map_err(damaged)?;
                read(&block).map_err(damaged)
            }
        }
    }
}

impl Elements for Pbf<'_> {
    fn gather(&self) -> Result<Gathered, OsmError> {
        let pieces = self.each(|block, piece: &mut Gathered| {
            block.each_node(|node, tags| {
                piece.take_node(node.id, node.version, node.position, tags);
            })?;
            for way in block.ways() {
                piece.take_way(way.version(), way.id(), way.tags()?, || {
                    (way.refs(), way.positions())
                });
            }
            for relation in block.relations() {
                let version = relation.version();
                piece.take_relation(version, relation.id(), relation.tags()?, || {
                    relation.members()
                });
            }
            Ok(())
        })?;
        let mut all = Gathered::default();
        pieces.into_iter().for_each(|piece| all.add(piece));
        Ok(all)
    }

    fn ways(&self, wanted: &[i64]) -> Result<Vec<Versioned<FoundWay>>, OsmError> {
        let ways = self.each(|block, piece: &mut Vec<Versioned<FoundWay>>| {
            let ways = block.ways();
            for way in ways.filter(|way| wanted.binary_search(&way.id()).is_ok()) {
                piece.push(Versioned {
                    version: way.version(),
                    element: FoundWay {
                        positions: way.positions(),
                        way: OsmWay {
                            id: way.id(),
                            refs: way.refs(),
                            tags: way.tags()?,
                        },
                    },
                });
            }
            Ok(())
        })?;
        Ok(ways.into_iter().flatten().collect())
    }

    fn positions(&self, wanted: &[i64]) -> Result<Vec<FoundNode>, OsmError> {
        let nodes = self.each(|block, piece: &mut Vec<FoundNode>| {
            piece.extend(
                block
                    .nodes()
                    .filter(|node| wanted.binary_search(&node.id).is_ok())
                    .map(|node| FoundNode::new(node.id, node.version, node.position)),
            );
            Ok(())
        })?;
        // In one piece at once: the largest list of an import does not grow by doubling.
        Ok(nodes.concat())
    }

    fn versions(&self, wanted: &Numbers) -> Result<Vec<(MemberKind, i64, Version)>, OsmError> {
        let versions = self.each(|block, piece: &mut Vec<(MemberKind, i64, Version)>| {
            let nodes = block.nodes();
            let nodes = nodes.map(|node| (MemberKind::Node, node.id, node.version));
            let ways = block.ways();
            let ways = ways.map(|way| (MemberKind::Way, way.id(), way.version()));
            let relations = block.relations().map(|relation| {
                let version = relation.version();
                (MemberKind::Relation, relation.id(), version)
            });
            let all = nodes.chain(ways).chain(relations);
            piece.extend(all.filter(|(kind, id, _)| wanted.contains(*kind, *id)));
            Ok(())
        })?;
        Ok(versions.concat())
    }
}
