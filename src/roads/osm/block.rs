//! A block of a PBF file (osmformat.proto): its elements, read where they lie.

use crate::geography::LonLat;
use crate::roads::osm::gathering::{is_key, position};
use crate::roads::osm::versions::Version;
use crate::roads::osm::wire::{Holds, Message};
use crate::roads::osm::{MemberKind, OsmMember, Tags};

/// Fields of a block, a table of strings, and a group of elements.
const STRING_TABLE: u64 = 1;
const GROUPS: u64 = 2;
const GRANULARITY: u64 = 17;
const LAT_OFFSET: u64 = 19;
const LON_OFFSET: u64 = 20;
const STRINGS: u64 = 1;
const NODES: u64 = 1;
const DENSE: u64 = 2;
const WAYS: u64 = 3;
const RELATIONS: u64 = 4;

/// Fields of an element.
const ID: u64 = 1;
const KEYS: u64 = 2;
const VALUES: u64 = 3;
const INFO: u64 = 4;
const DENSE_INFO: u64 = 5;
const LAT: u64 = 8;
const LON: u64 = 9;
/// Where the nodes of a way are, in files with `LocationsOnWays`.
const WAY_LAT: u64 = 9;
const WAY_LON: u64 = 10;
const DENSE_TAGS: u64 = 10;
const REFS: u64 = 8;
const ROLES: u64 = 8;
const MEMBERS: u64 = 9;
const MEMBER_TYPES: u64 = 10;

/// Fields of what is said about an element, alone or of all nodes of a table.
const VERSION: u64 = 1;
const VISIBLE: u64 = 6;

/// What the fields hold that are asked for in a block, in its table, in a group and in elements.
const IN_BLOCK: [(u64, Holds); 5] = [
    (STRING_TABLE, Holds::Bytes),
    (GROUPS, Holds::Bytes),
    (GRANULARITY, Holds::Number),
    (LAT_OFFSET, Holds::Number),
    (LON_OFFSET, Holds::Number),
];
const IN_TABLE: [(u64, Holds); 1] = [(STRINGS, Holds::Bytes)];
const IN_GROUP: [(u64, Holds); 4] = [
    (NODES, Holds::Bytes),
    (DENSE, Holds::Bytes),
    (WAYS, Holds::Bytes),
    (RELATIONS, Holds::Bytes),
];
const IN_DENSE: [(u64, Holds); 5] = [
    (ID, Holds::Numbers),
    (DENSE_INFO, Holds::Bytes),
    (LAT, Holds::Numbers),
    (LON, Holds::Numbers),
    (DENSE_TAGS, Holds::Numbers),
];
const IN_DENSE_INFO: [(u64, Holds); 2] = [(VERSION, Holds::Numbers), (VISIBLE, Holds::Numbers)];
const IN_INFO: [(u64, Holds); 2] = [(VERSION, Holds::Number), (VISIBLE, Holds::Number)];
const IN_ELEMENT: [(u64, Holds); 4] = [
    (ID, Holds::Number),
    (INFO, Holds::Bytes),
    (KEYS, Holds::Numbers),
    (VALUES, Holds::Numbers),
];
const IN_NODE: [(u64, Holds); 2] = [(LAT, Holds::Number), (LON, Holds::Number)];
const IN_WAY: [(u64, Holds); 3] = [
    (REFS, Holds::Numbers),
    (WAY_LAT, Holds::Numbers),
    (WAY_LON, Holds::Numbers),
];
const IN_RELATION: [(u64, Holds); 3] = [
    (ROLES, Holds::Numbers),
    (MEMBERS, Holds::Numbers),
    (MEMBER_TYPES, Holds::Numbers),
];

/// More strings than a block of the customary 8000 elements needs, and more members than the 32 000 that
/// OpenStreetMap allows. Both are kept in more bytes than they have in the file, so a hostile one could fill the
/// memory with them.
const MAX_STRINGS: usize = 1 << 20;
const MAX_MEMBERS: usize = 1 << 18;

/// A block of elements, and which strings of its table are keys that we ask for.
pub(super) struct Block<'b> {
    message: Message<'b>,
    strings: Vec<&'b [u8]>,
    is_key: Vec<bool>,
    /// Nanodegrees in a unit, and those of unit 0.
    granularity: i64,
    lon_offset: i64,
    lat_offset: i64,
}

impl<'b> Block<'b> {
    /// # Errors
    /// What is wrong with the block or an element in it.
    pub(super) fn new(content: &'b [u8]) -> Result<Self, &'static str> {
        let message = Message(content);
        if !message.is_sound(&IN_BLOCK) {
            return Err(UNREADABLE);
        }
        let mut tables = message.messages(STRING_TABLE);
        let table = tables.next().ok_or("a block without a table of strings")?;
        if tables.next().is_some() {
            return Err("a block with two tables of strings");
        }
        if !table.is_sound(&IN_TABLE) {
            return Err(UNREADABLE);
        }
        if table.each(STRINGS).count() > MAX_STRINGS {
            return Err("a table of more strings than a block can need");
        }
        message.messages(GROUPS).try_for_each(check_group)?;
        let strings: Vec<&[u8]> = table.each(STRINGS).collect();
        let is_key = strings
            .iter()
            .map(|string| std::str::from_utf8(string).is_ok_and(is_key))
            .collect();
        let offset = |field| message.number(field).unwrap_or(0) as i64;
        Ok(Self {
            message,
            strings,
            is_key,
            granularity: message.number(GRANULARITY).unwrap_or(100) as i64,
            lon_offset: offset(LON_OFFSET),
            lat_offset: offset(LAT_OFFSET),
        })
    }

    fn groups(&self) -> impl Iterator<Item = Message<'b>> {
        self.message.messages(GROUPS)
    }

    /// All nodes, without their tags.
    pub(super) fn nodes(&self) -> impl Iterator<Item = Node> {
        self.groups().flat_map(|group| {
            let dense = group.messages(DENSE);
            let nodes = group.messages(NODES);
            dense
                .flat_map(|dense| self.dense(dense))
                .chain(nodes.map(|node| self.node(node)))
        })
    }

    /// Hands all nodes with their tags to `take`.
    ///
    /// # Errors
    /// When a tag is none.
    pub(super) fn each_node(&self, mut take: impl FnMut(Node, Tags)) -> Result<(), &'static str> {
        for group in self.groups() {
            for dense in group.messages(DENSE) {
                // Key and value by turns, and a 0 after each node; nothing where no node has a tag.
                let mut tags = dense.numbers(DENSE_TAGS);
                for node in self.dense(dense) {
                    let of_node = std::iter::from_fn(|| {
                        let key = tags.next().filter(|key| *key != 0)?;
                        Some([key, tags.next()?])
                    });
                    take(node, self.tags(of_node)?);
                }
            }
            for node in group.messages(NODES) {
                take(self.node(node), self.tags(pairs(node))?);
            }
        }
        Ok(())
    }

    pub(super) fn ways(&self) -> impl Iterator<Item = Element<'_>> {
        self.elements(WAYS)
    }

    pub(super) fn relations(&self) -> impl Iterator<Item = Element<'_>> {
        self.elements(RELATIONS)
    }

    fn elements(&self, field: u64) -> impl Iterator<Item = Element<'_>> {
        let messages = self.groups().flat_map(move |group| group.messages(field));
        messages.map(|message| Element {
            block: self,
            message,
        })
    }

    fn dense(&self, dense: Message<'b>) -> impl Iterator<Item = Node> {
        let info = dense.bytes(DENSE_INFO).map(Message);
        let column = move |field| info.into_iter().flat_map(move |info| info.numbers(field));
        let numbers = column(VERSION).map(Some).chain(std::iter::repeat(None));
        let visible = column(VISIBLE).map(Some).chain(std::iter::repeat(None));
        let versions = numbers.zip(visible);
        dense
            .sums(ID)
            .zip(dense.sums(LON).zip(dense.sums(LAT)))
            .zip(versions)
            .map(|((id, (lon, lat)), (number, visible))| Node {
                id,
                version: version(number, visible),
                position: self.position(lon, lat),
            })
    }

    fn node(&self, node: Message<'b>) -> Node {
        let number = |field| node.signed(field).unwrap_or(0);
        Node {
            id: number(ID),
            version: version_of(node),
            position: self.position(number(LON), number(LAT)),
        }
    }

    /// Where a node is, in a damaged file perhaps nowhere.
    fn position(&self, lon: i64, lat: i64) -> Option<LonLat> {
        let degrees = |units: i64, offset: i64| {
            1e-9 * offset.wrapping_add(self.granularity.wrapping_mul(units)) as f64
        };
        position(degrees(lon, self.lon_offset), degrees(lat, self.lat_offset))
    }

    /// The tags with the keys that we ask for.
    fn tags(&self, raw: impl Iterator<Item = [u64; 2]>) -> Result<Tags, &'static str> {
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
                tags.push((text(self.strings[key]), text(value)));
            }
        }
        Ok(Tags(tags.into_boxed_slice()))
    }
}

/// A node of a block.
pub(super) struct Node {
    pub(super) id: i64,
    pub(super) version: Version,
    pub(super) position: Option<LonLat>,
}

/// The version of an element by itself.
fn version_of(element: Message<'_>) -> Version {
    let info = element.bytes(INFO).map(Message);
    let number = |field| info.and_then(|info| info.number(field));
    version(number(VERSION), number(VISIBLE))
}

/// What is not said to be invisible is there.
fn version(number: Option<u64>, visible: Option<u64>) -> Version {
    Version {
        // Of 64 bits with a sign, as the format has it.
        number: number.map_or(0, |number| Version::known(number.cast_signed())),
        is_deleted: visible == Some(0),
    }
}

/// A way or relation of a block.
pub(super) struct Element<'b> {
    block: &'b Block<'b>,
    message: Message<'b>,
}

impl Element<'_> {
    pub(super) fn id(&self) -> i64 {
        self.message.number(ID).unwrap_or(0) as i64
    }

    /// # Errors
    /// When a tag is none.
    pub(super) fn tags(&self) -> Result<Tags, &'static str> {
        self.block.tags(pairs(self.message))
    }

    /// The nodes of a way.
    pub(super) fn refs(&self) -> Vec<i64> {
        self.message.sums(REFS).collect()
    }

    /// The nodes of a way with their positions, where the file says them in the way.
    pub(super) fn positions(&self) -> Vec<(i64, LonLat)> {
        let places = self.message.sums(WAY_LON).zip(self.message.sums(WAY_LAT));
        self.message
            .sums(REFS)
            .zip(places)
            .filter_map(|(id, (lon, lat))| Some((id, self.block.position(lon, lat)?)))
            .collect()
    }

    pub(super) fn version(&self) -> Version {
        version_of(self.message)
    }

    /// The members of a relation.
    pub(super) fn members(&self) -> Vec<OsmMember> {
        let types_and_roles = (self.message.numbers(MEMBER_TYPES)).zip(self.message.numbers(ROLES));
        self.message
            .sums(MEMBERS)
            .zip(types_and_roles)
            .map(|(id, (kind, role))| {
                let role = self.block.strings.get(role as usize);
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
}

/// Keys and values of an element.
fn pairs(element: Message<'_>) -> impl Iterator<Item = [u64; 2]> {
    let values = element.numbers(VALUES);
    (element.numbers(KEYS).zip(values)).map(|(key, value)| [key, value])
}

const UNREADABLE: &str = "a message that cannot be read";

/// Finds what the elements of a group lack, which would be read as 0 otherwise, and what cannot be read.
fn check_group(group: Message<'_>) -> Result<(), &'static str> {
    if !group.is_sound(&IN_GROUP) {
        return Err(UNREADABLE);
    }
    // The numbers of a second would go on from those of the first; nobody writes such.
    if group.messages(DENSE).count() > 1 {
        return Err("a group with two tables of nodes");
    }
    for dense in group.messages(DENSE) {
        if !dense.is_sound(&IN_DENSE) {
            return Err(UNREADABLE);
        }
        of_one_length(dense, [ID, LAT, LON])?;
        for info in dense.messages(DENSE_INFO) {
            if !info.is_sound(&IN_DENSE_INFO) {
                return Err(UNREADABLE);
            }
            absent_or_as_long(dense, ID, info, [VERSION, VISIBLE])?;
        }
    }
    for field in [NODES, WAYS, RELATIONS] {
        let mut elements = group.messages(field);
        elements.try_for_each(|element| check_element(field, element))?;
    }
    Ok(())
}

/// The same of a node, way or relation, as the field of its group says.
fn check_element(field: u64, element: Message<'_>) -> Result<(), &'static str> {
    let own: &[_] = match field {
        NODES => &IN_NODE,
        WAYS => &IN_WAY,
        _ => &IN_RELATION,
    };
    if !element.is_sound(&IN_ELEMENT) || !element.is_sound(own) {
        return Err(UNREADABLE);
    }
    if !element.messages(INFO).all(|info| info.is_sound(&IN_INFO)) {
        return Err(UNREADABLE);
    }
    if element.number(ID).is_none() {
        return Err("a node, way or relation without its number");
    }
    of_one_length(element, [KEYS, VALUES])?;
    match field {
        NODES if element.number(LAT).is_none() || element.number(LON).is_none() => {
            Err("a node without its position")
        }
        WAYS => absent_or_as_long(element, REFS, element, [WAY_LAT, WAY_LON]),
        RELATIONS => {
            of_one_length(element, [MEMBERS, ROLES, MEMBER_TYPES])?;
            if element.count(MEMBERS) > MAX_MEMBERS {
                return Err("a relation of more members than it can have");
            }
            match element.numbers(MEMBER_TYPES).all(|of| of <= 2) {
                true => Ok(()),
                false => Err("a member of a relation whose type makes no sense"),
            }
        }
        _ => Ok(()),
    }
}

fn of_one_length<const N: usize>(
    message: Message<'_>,
    columns: [u64; N],
) -> Result<(), &'static str> {
    let lengths = columns.map(|column| message.count(column));
    match lengths.iter().all(|length| *length == lengths[0]) {
        true => Ok(()),
        false => Err("columns of different length"),
    }
}

/// Of columns that need not be there, each has a value for every one of another column.
fn absent_or_as_long<const N: usize>(
    message: Message<'_>,
    column: u64,
    others: Message<'_>,
    optional: [u64; N],
) -> Result<(), &'static str> {
    let length = message.count(column);
    let fits = |column: &u64| [0, length].contains(&others.count(*column));
    match optional.iter().all(fits) {
        true => Ok(()),
        false => Err("columns of different length"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is wrong with a group of this element alone.
    fn fault(field: u64, element: &[u8]) -> Option<&'static str> {
        let mut group = vec![(field << 3) as u8 | 2, element.len() as u8];
        group.extend(element);
        check_group(Message(&group)).err()
    }

    /// Varints with one byte each: `number << 3`, value; packed: `number << 3 | 2`, length, values.
    #[test]
    fn an_element_that_lacks_what_it_must_say_is_damaged() {
        const NUMBER: Option<&str> = Some("a node, way or relation without its number");
        const POSITION: Option<&str> = Some("a node without its position");
        const LENGTHS: Option<&str> = Some("columns of different length");
        let node = [0x08, 1, 0x40, 0, 0x48, 0];
        assert_eq!(fault(NODES, &node), None);
        assert_eq!(fault(NODES, &node[2..]), NUMBER);
        assert_eq!(fault(NODES, &node[..4]), POSITION);
        assert_eq!(fault(NODES, &[&node[..], &[0x12, 1, 7]].concat()), LENGTHS);
        assert_eq!(fault(WAYS, &[0x08, 1]), None);
        assert_eq!(fault(WAYS, &[]), NUMBER);
        assert_eq!(fault(WAYS, &[0x08, 1, 0x1a, 1, 7]), LENGTHS);
        assert_eq!(fault(WAYS, &[0x08, 1, 0x42, 1, 0x80]), Some(UNREADABLE));
        let relation = [0x08, 1, 0x42, 1, 0, 0x4a, 1, 2, 0x52, 1, 1];
        assert_eq!(fault(RELATIONS, &relation), None);
        assert_eq!(fault(RELATIONS, &relation[2..]), NUMBER);
        assert_eq!(fault(RELATIONS, &relation[..8]), LENGTHS);
        assert_eq!(fault(RELATIONS, &relation[..10]), Some(UNREADABLE));
        let dense = [0x0a, 1, 2, 0x42, 1, 0, 0x4a, 1, 0];
        assert_eq!(fault(DENSE, &dense), None);
        assert_eq!(fault(DENSE, &dense[..6]), LENGTHS);
    }

    #[test]
    fn a_field_of_another_type_is_damaged_and_not_absent() {
        // A latitude, a number and references as four bytes each; a number as a text.
        let fixed = [0x08, 1, 0x45, 0, 0, 0, 0, 0x48, 0];
        assert_eq!(fault(NODES, &fixed), Some(UNREADABLE));
        assert_eq!(fault(WAYS, &fixed[..7]), Some(UNREADABLE));
        assert_eq!(fault(DENSE, &[0x0d, 0, 0, 0, 0]), Some(UNREADABLE));
        assert_eq!(fault(WAYS, &[0x0a, 1, 1]), Some(UNREADABLE));
        // A table of no strings, and a granularity that is a text.
        let block = |bytes: &[u8]| Block::new(bytes).err();
        assert_eq!(block(&[0x0a, 0]), None);
        assert_eq!(block(&[0x0a, 0, 0x8a, 1, 1, 100]), Some(UNREADABLE));
    }

    #[test]
    fn what_may_stand_once_is_not_read_twice() {
        let twice = Block::new(&[0x0a, 0, 0x0a, 0]).err();
        assert_eq!(twice, Some("a block with two tables of strings"));
        let twice = check_group(Message(&[0x12, 0, 0x12, 0])).err();
        assert_eq!(twice, Some("a group with two tables of nodes"));
    }
}
