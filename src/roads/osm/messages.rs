//! The messages of OpenStreetMap's PBF format (fileformat.proto, osmformat.proto), as far as they are
//! read here: fields that are not declared are skipped. Those that the format requires are optional here,
//! as one that is missing would otherwise be read as 0.

use prost::Message;

/// What stands before each block.
#[derive(Clone, PartialEq, Message)]
pub(super) struct BlobHeader {
    #[prost(string, optional, tag = "1")]
    pub(super) kind: Option<String>,
    #[prost(int32, optional, tag = "3")]
    pub(super) size: Option<i32>,
}

/// A block, plain or packed.
#[derive(Clone, PartialEq, Message)]
pub(super) struct Blob {
    #[prost(bytes = "vec", optional, tag = "1")]
    pub(super) raw: Option<Vec<u8>>,
    #[prost(int32, optional, tag = "2")]
    pub(super) raw_size: Option<i32>,
    #[prost(bytes = "vec", optional, tag = "3")]
    pub(super) zlib_data: Option<Vec<u8>>,
}

#[derive(Clone, PartialEq, Message)]
pub(super) struct HeaderBlock {
    #[prost(string, repeated, tag = "4")]
    pub(super) required_features: Vec<String>,
}

#[derive(Clone, PartialEq, Message)]
pub(super) struct PrimitiveBlock {
    #[prost(message, optional, tag = "1")]
    pub(super) strings: Option<StringTable>,
    #[prost(message, repeated, tag = "2")]
    pub(super) groups: Vec<PrimitiveGroup>,
    /// Nanodegrees in a unit of a position.
    #[prost(int32, optional, tag = "17", default = "100")]
    pub(super) granularity: Option<i32>,
    #[prost(int64, optional, tag = "19")]
    pub(super) lat_offset: Option<i64>,
    #[prost(int64, optional, tag = "20")]
    pub(super) lon_offset: Option<i64>,
}

#[derive(Clone, PartialEq, Message)]
pub(super) struct StringTable {
    #[prost(bytes = "vec", repeated, tag = "1")]
    pub(super) strings: Vec<Vec<u8>>,
}

#[derive(Clone, PartialEq, Message)]
pub(super) struct PrimitiveGroup {
    #[prost(message, repeated, tag = "1")]
    pub(super) nodes: Vec<Node>,
    #[prost(message, optional, tag = "2")]
    pub(super) dense: Option<DenseNodes>,
    #[prost(message, repeated, tag = "3")]
    pub(super) ways: Vec<Way>,
    #[prost(message, repeated, tag = "4")]
    pub(super) relations: Vec<Relation>,
}

#[derive(Clone, PartialEq, Message)]
pub(super) struct Node {
    #[prost(sint64, optional, tag = "1")]
    pub(super) id: Option<i64>,
    #[prost(uint32, repeated, tag = "2")]
    pub(super) keys: Vec<u32>,
    #[prost(uint32, repeated, tag = "3")]
    pub(super) values: Vec<u32>,
    #[prost(sint64, optional, tag = "8")]
    pub(super) lat: Option<i64>,
    #[prost(sint64, optional, tag = "9")]
    pub(super) lon: Option<i64>,
}

/// Nodes in columns, each number as the difference to the one before.
#[derive(Clone, PartialEq, Message)]
pub(super) struct DenseNodes {
    #[prost(sint64, repeated, tag = "1")]
    pub(super) ids: Vec<i64>,
    #[prost(sint64, repeated, tag = "8")]
    pub(super) lats: Vec<i64>,
    #[prost(sint64, repeated, tag = "9")]
    pub(super) lons: Vec<i64>,
    /// Key and value by turns, and a 0 after each node; empty where no node has a tag.
    #[prost(uint32, repeated, tag = "10")]
    pub(super) tags: Vec<u32>,
}

#[derive(Clone, PartialEq, Message)]
pub(super) struct Way {
    #[prost(int64, optional, tag = "1")]
    pub(super) id: Option<i64>,
    #[prost(uint32, repeated, tag = "2")]
    pub(super) keys: Vec<u32>,
    #[prost(uint32, repeated, tag = "3")]
    pub(super) values: Vec<u32>,
    /// As differences.
    #[prost(sint64, repeated, tag = "8")]
    pub(super) refs: Vec<i64>,
}

#[derive(Clone, PartialEq, Message)]
pub(super) struct Relation {
    #[prost(int64, optional, tag = "1")]
    pub(super) id: Option<i64>,
    #[prost(uint32, repeated, tag = "2")]
    pub(super) keys: Vec<u32>,
    #[prost(uint32, repeated, tag = "3")]
    pub(super) values: Vec<u32>,
    #[prost(uint32, repeated, tag = "8")]
    pub(super) roles: Vec<u32>,
    /// As differences.
    #[prost(sint64, repeated, tag = "9")]
    pub(super) members: Vec<i64>,
    /// 0 for a node, 1 for a way, 2 for a relation.
    #[prost(int32, repeated, tag = "10")]
    pub(super) kinds: Vec<i32>,
}

impl PrimitiveGroup {
    /// What is wrong with it, where something that it has to say is missing.
    pub(super) fn fault(&self) -> Option<&'static str> {
        let has_ids = self.nodes.iter().all(|node| node.id.is_some())
            && self.ways.iter().all(|way| way.id.is_some())
            && self.relations.iter().all(|relation| relation.id.is_some());
        let is_placed = |node: &Node| node.lat.is_some() && node.lon.is_some();
        let is_whole =
            |dense: &DenseNodes| [dense.lats.len(), dense.lons.len()] == [dense.ids.len(); 2];
        let members = |relation: &Relation| {
            [relation.kinds.len(), relation.roles.len()] == [relation.members.len(); 2]
        };
        let tags = (self.nodes.iter().map(|node| (&node.keys, &node.values)))
            .chain(self.ways.iter().map(|way| (&way.keys, &way.values)))
            .chain(
                self.relations
                    .iter()
                    .map(|relation| (&relation.keys, &relation.values)),
            );
        if !has_ids {
            Some("a node, way or relation without its number")
        } else if !self.nodes.iter().all(is_placed) {
            Some("a node without its position")
        } else if !self.dense.iter().all(is_whole)
            || !self.relations.iter().all(members)
            || tags
                .into_iter()
                .any(|(keys, values)| keys.len() != values.len())
        {
            Some("columns of different length")
        } else {
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A node, a way, a relation and a dense node that have all that they must.
    fn whole() -> PrimitiveGroup {
        PrimitiveGroup {
            nodes: vec![Node {
                id: Some(1),
                lat: Some(0),
                lon: Some(0),
                ..Node::default()
            }],
            dense: Some(DenseNodes {
                ids: vec![2],
                lats: vec![0],
                lons: vec![0],
                tags: Vec::new(),
            }),
            ways: vec![Way {
                id: Some(3),
                ..Way::default()
            }],
            relations: vec![Relation {
                id: Some(4),
                ..Relation::default()
            }],
        }
    }

    #[test]
    fn a_group_that_lacks_what_it_must_say_is_damaged() {
        const NUMBER: &str = "a node, way or relation without its number";
        const POSITION: &str = "a node without its position";
        const LENGTH: &str = "columns of different length";
        assert_eq!(whole().fault(), None);
        let fault = |damage: fn(&mut PrimitiveGroup)| {
            let mut group = whole();
            damage(&mut group);
            group.fault()
        };
        assert_eq!(fault(|group| group.nodes[0].id = None), Some(NUMBER));
        assert_eq!(fault(|group| group.ways[0].id = None), Some(NUMBER));
        assert_eq!(fault(|group| group.relations[0].id = None), Some(NUMBER));
        assert_eq!(fault(|group| group.nodes[0].lat = None), Some(POSITION));
        assert_eq!(fault(|group| group.nodes[0].lon = None), Some(POSITION));
        let shorter = fault(|group| {
            group.dense.as_mut().unwrap().lats.pop();
        });
        assert_eq!(shorter, Some(LENGTH));
        assert_eq!(fault(|group| group.nodes[0].keys.push(1)), Some(LENGTH));
        assert_eq!(fault(|group| group.ways[0].values.push(1)), Some(LENGTH));
        assert_eq!(fault(|group| group.relations[0].keys.push(1)), Some(LENGTH));
        assert_eq!(
            fault(|group| group.relations[0].roles.push(1)),
            Some(LENGTH)
        );
    }
}
