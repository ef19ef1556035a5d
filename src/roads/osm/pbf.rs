//! OpenStreetMap's PBF format: a file of blocks, each with nodes, ways or relations.
//!
//! The file was cut into blocks before; here what is inside the blocks is decoded, many at once. The
//! file is held in memory as it is on disk: a province is some 100 MB; of what is in its blocks only
//! the kept part outlives a block.

use prost::Message as _;
use rayon::prelude::*;

use crate::geography::LonLat;
use crate::progress::{Unit, Work};
use crate::roads::osm::blocks::{Frame, FrameKind, damaged, frames};
use crate::roads::osm::gathering::{Elements, Gathered, is_key, position};
use crate::roads::osm::messages::{HeaderBlock, PrimitiveBlock, PrimitiveGroup, Relation};
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
            self.work.add(frame.length);
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
    /// Decodes the block and hands it to `take`; a block without elements gives nothing.
    fn decoded<T: Default>(
        &self,
        file: &str,
        take: impl FnOnce(&Block) -> Result<T, &'static str>,
    ) -> Result<T, OsmError> {
        let damaged = |problem: &str| damaged(file, self.begin, problem);
        let content = || self.content().map_err(|problem| damaged(&problem));
        let undecodable = |error: prost::DecodeError| damaged(&error.to_string());
        match self.kind {
            FrameKind::Other => Ok(T::default()),
            FrameKind::Header => {
                let header = HeaderBlock::decode(&content()?[..]).map_err(undecodable)?;
                let mut required = header.required_features.into_iter();
                match required.find(|feature| !KNOWN_FEATURES.contains(&&feature[..])) {
                    None => Ok(T::default()),
                    Some(feature) => Err(OsmError::Feature {
                        file: file.to_owned(),
                        feature,
                    }),
                }
            }
            FrameKind::Data => {
                let block = PrimitiveBlock::decode(&content()?[..]).map_err(undecodable)?;
                Block::new(block)
                    .and_then(|block| take(&block))
                    .map_err(damaged)
            }
        }
    }

    fn gather(&self, file: &str) -> Result<Gathered, OsmError> {
        self.decoded(file, |block| {
            let mut part = Gathered::default();
            for group in &block.groups {
                for node in block.nodes(group) {
                    part.take_node(node.id, node.position, block.tags(node.tags)?);
                }
                for way in &group.ways {
                    let tags = block.tags(pairs(&way.keys, &way.values))?;
                    part.take_way(way.id(), tags, || sums(&way.refs).collect());
                }
                for relation in &group.relations {
                    let tags = block.tags(pairs(&relation.keys, &relation.values))?;
                    if relation.kinds.iter().any(|kind| !(0..=2).contains(kind)) {
                        return Err("a member of a relation whose kind makes no sense");
                    }
                    part.take_relation(relation.id(), tags, || block.members(relation));
                }
            }
            Ok(part)
        })
    }

    fn ways(&self, file: &str, wanted: &[i64]) -> Result<Vec<OsmWay>, OsmError> {
        self.decoded(file, |block| {
            let ways = block.groups.iter().flat_map(|group| &group.ways);
            ways.filter(|way| wanted.binary_search(&way.id()).is_ok())
                .map(|way| {
                    Ok(OsmWay {
                        id: way.id(),
                        refs: sums(&way.refs).collect(),
                        tags: block.tags(pairs(&way.keys, &way.values))?,
                    })
                })
                .collect()
        })
    }

    fn positions(&self, file: &str, wanted: &[i64]) -> Result<Vec<(i64, LonLat)>, OsmError> {
        self.decoded(file, |block| {
            let nodes = block.groups.iter().flat_map(|group| block.nodes(group));
            Ok(nodes
                .filter(|node| wanted.binary_search(&node.id).is_ok())
                .filter_map(|node| Some((node.id, node.position?)))
                .collect())
        })
    }
}

/// Numbers from their differences. In a damaged file they may wrap around: then they are not found.
fn sums(differences: &[i64]) -> impl Iterator<Item = i64> {
    differences.iter().scan(0_i64, |sum, difference| {
        *sum = sum.wrapping_add(*difference);
        Some(*sum)
    })
}

/// Keys and values as tags.
fn pairs<'b>(keys: &'b [u32], values: &'b [u32]) -> impl Iterator<Item = [u32; 2]> {
    keys.iter().zip(values).map(|(key, value)| [*key, *value])
}

/// The tags of the next dense node, taken from those that are left: as far as the next key is 0.
fn next_tags(left: &mut &[u32]) -> Vec<[u32; 2]> {
    let (all, _) = left.as_chunks::<2>();
    let tags: Vec<_> = all
        .iter()
        .copied()
        .take_while(|[key, _]| *key != 0)
        .collect();
    *left = left.get(2 * tags.len() + 1..).unwrap_or_default();
    tags
}

/// A node, its tags as places in the table of strings.
struct NodeOfBlock {
    id: i64,
    position: Option<LonLat>,
    tags: Vec<[u32; 2]>,
}

/// A block of elements, and which strings of its table are keys that we ask for.
struct Block {
    groups: Vec<PrimitiveGroup>,
    strings: Vec<Vec<u8>>,
    is_key: Vec<bool>,
    /// Nanodegrees in a unit, and those of unit 0 by longitude and latitude.
    granularity: i64,
    offset: [i64; 2],
}

impl Block {
    fn new(block: PrimitiveBlock) -> Result<Self, &'static str> {
        let granularity = i64::from(block.granularity());
        let offset = [block.lon_offset(), block.lat_offset()];
        let table = block.strings.ok_or("a block without a table of strings")?;
        if let Some(fault) = block.groups.iter().find_map(PrimitiveGroup::fault) {
            return Err(fault);
        }
        let is_key = table
            .strings
            .iter()
            .map(|string| std::str::from_utf8(string).is_ok_and(is_key))
            .collect();
        Ok(Self {
            groups: block.groups,
            strings: table.strings,
            is_key,
            granularity,
            offset,
        })
    }

    /// The nodes of a group of the block, in whichever form.
    fn nodes<'b>(&'b self, group: &'b PrimitiveGroup) -> impl Iterator<Item = NodeOfBlock> + 'b {
        let dense = group.dense.iter().flat_map(move |dense| {
            let places = sums(&dense.lons).zip(sums(&dense.lats));
            let mut left = &dense.tags[..];
            sums(&dense.ids)
                .zip(places)
                .map(move |(id, (lon, lat))| NodeOfBlock {
                    id,
                    position: self.position(lon, lat),
                    tags: next_tags(&mut left),
                })
        });
        dense.chain(group.nodes.iter().map(move |node| NodeOfBlock {
            id: node.id(),
            position: self.position(node.lon(), node.lat()),
            tags: pairs(&node.keys, &node.values).collect(),
        }))
    }

    /// Where a node is, in a damaged file perhaps nowhere.
    fn position(&self, lon: i64, lat: i64) -> Option<LonLat> {
        let [lon, lat] = [(lon, self.offset[0]), (lat, self.offset[1])].map(|(units, offset)| {
            1e-9 * offset.wrapping_add(self.granularity.wrapping_mul(units)) as f64
        });
        position(lon, lat)
    }

    fn members(&self, relation: &Relation) -> Vec<OsmMember> {
        let kinds_and_roles = relation.kinds.iter().zip(&relation.roles);
        sums(&relation.members)
            .zip(kinds_and_roles)
            .map(|(id, (kind, role))| {
                let role = self.strings.get(*role as usize);
                let role = role.and_then(|role| str::from_utf8(role).ok());
                OsmMember {
                    kind: match kind {
                        0 => MemberKind::Node,
                        1 => MemberKind::Way,
                        _ => MemberKind::Relation,
                    },
                    id,
                    role: role.unwrap_or_default().to_owned(),
                }
            })
            .collect()
    }

    /// The tags with the keys that we ask for.
    fn tags(&self, raw: impl IntoIterator<Item = [u32; 2]>) -> Result<Tags, &'static str> {
        let mut tags = Vec::new();
        for [key, value] in raw {
            let key = key as usize;
            let (Some(is_key), Some(value)) =
                (self.is_key.get(key), self.strings.get(value as usize))
            else {
                return Err("a tag that points past the block's table of strings");
            };
            if *is_key {
                let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
                tags.push((text(&self.strings[key]), text(value)));
            }
        }
        Ok(Tags(tags.into_boxed_slice()))
    }
}
