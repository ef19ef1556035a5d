//! OpenStreetMap's XML format, read as a stream: as much of it is in memory as is kept.

use std::io::BufRead;

use quick_xml::Reader;
use quick_xml::events::{BytesDecl, BytesStart, Event};

use crate::geography::LonLat;
use crate::roads::osm::gathering::{Elements, FoundWay, Gathered, is_key, position};
use crate::roads::osm::opening::{Input, io_error, not_osm};
use crate::roads::osm::versions::{FoundNode, Numbers, Version, Versioned};
use crate::roads::osm::{MemberKind, OsmError, OsmMember, OsmWay, Tags};

/// An XML file, gone through from its beginning for every pass.
pub(super) struct Xml<'a> {
    pub(super) file: &'a str,
    pub(super) input: &'a Input<'a>,
}

/// A node, way or relation as it stands in the file.
struct Element {
    kind: MemberKind,
    id: i64,
    /// Longitude and latitude, where it has them.
    degrees: Option<[f64; 2]>,
    tags: Vec<(String, String)>,
    refs: Vec<i64>,
    /// Nodes with their positions, where a way says them.
    positions: Vec<(i64, LonLat)>,
    members: Vec<OsmMember>,
    version: Version,
}

impl Elements for Xml<'_> {
    fn gather(&self) -> Result<Gathered, OsmError> {
        let mut all = Gathered::default();
        self.each(&mut |element| {
            let Element {
                kind, id, version, ..
            } = element;
            let tags = Tags(element.tags.into_boxed_slice());
            match kind {
                MemberKind::Node => {
                    let position = element.degrees.and_then(|[lon, lat]| position(lon, lat));
                    all.take_node(id, version, position, tags);
                }
                MemberKind::Way => {
                    all.take_way(version, id, tags, || (element.refs, element.positions));
                }
                MemberKind::Relation => {
                    all.take_relation(version, id, tags, || element.members);
                }
            }
        })?;
        Ok(all)
    }

    fn ways(&self, wanted: &[i64]) -> Result<Vec<Versioned<FoundWay>>, OsmError> {
        let mut ways = Vec::new();
        self.each(&mut |element| {
            let Element {
                kind,
                id,
                refs,
                positions,
                tags,
                version,
                ..
            } = element;
            if kind == MemberKind::Way && wanted.binary_search(&id).is_ok() {
                let tags = Tags(tags.into_boxed_slice());
                let way = OsmWay { id, refs, tags };
                let element = FoundWay { way, positions };
                ways.push(Versioned { version, element });
            }
        })?;
        Ok(ways)
    }

    fn positions(&self, wanted: &[i64]) -> Result<Vec<FoundNode>, OsmError> {
        let mut nodes = Vec::new();
        self.each(&mut |element| {
            let Element { kind, id, .. } = element;
            if kind == MemberKind::Node && wanted.binary_search(&id).is_ok() {
                let position = element.degrees.and_then(|[lon, lat]| position(lon, lat));
                nodes.push(FoundNode::new(id, element.version, position));
            }
        })?;
        Ok(nodes)
    }

    fn versions(&self, wanted: &Numbers) -> Result<Vec<(MemberKind, i64, Version)>, OsmError> {
        let mut versions = Vec::new();
        self.each(&mut |element| {
            let Element {
                kind, id, version, ..
            } = element;
            if wanted.contains(kind, id) {
                versions.push((kind, id, version));
            }
        })?;
        Ok(versions)
    }
}

impl Xml<'_> {
    fn each(&self, take: &mut dyn FnMut(Element)) -> Result<(), OsmError> {
        let mut content = self.input.unpacked(self.file)?;
        let begin = content
            .fill_buf()
            .map_err(|error| io_error(self.file, &error))?;
        if begin.starts_with(b"\xff\xfe") || begin.starts_with(b"\xfe\xff") {
            return Err(self.in_encoding("UTF-16"));
        }
        if begin.starts_with(b"\xef\xbb\xbf") {
            content.consume(3);
        }
        let mut reader = Reader::from_reader(content);
        let mut buffer = Vec::new();
        // Whether the file's own element was opened, and closed again.
        let (mut is_inside, mut is_closed) = (false, false);
        let mut element: Option<Element> = None;
        loop {
            buffer.clear();
            let byte = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
            let damaged = |problem: &str| OsmError::Damaged {
                file: self.file.to_owned(),
                byte,
                problem: problem.to_owned(),
            };
            let event = reader.read_event_into(&mut buffer);
            let event = match event {
                Ok(event) => event,
                Err(quick_xml::Error::Io(error)) => return Err(io_error(self.file, &error)),
                Err(_) if !is_inside => return Err(not_osm(self.file, b"<")),
                Err(error) => return Err(damaged(&error.to_string())),
            };
            let (start, is_empty) = match &event {
                Event::Start(start) => (start, false),
                Event::Empty(start) => (start, true),
                Event::End(end) => {
                    match end.name().as_ref() {
                        "osm" => is_closed = true,
                        "node" | "way" | "relation" => {
                            element.take().map(&mut *take);
                        }
                        _ => {}
                    }
                    continue;
                }
                Event::Decl(declared) => {
                    self.expect_utf_8(declared)?;
                    continue;
                }
                Event::Eof if is_closed => return Ok(()),
                Event::Eof if is_inside => {
                    return Err(damaged("the text ends before its last element, </osm>"));
                }
                Event::Eof => return Err(not_osm(self.file, b"<")),
                _ => continue,
            };
            let name = start.name();
            let name = name.as_ref();
            if !is_inside {
                if name != "osm" {
                    return Err(self.other_root(name));
                }
                is_inside = true;
                is_closed = is_empty;
                continue;
            }
            match name {
                "node" | "way" | "relation" => {
                    let found = begun(name, start).map_err(|problem| damaged(&problem))?;
                    if is_empty {
                        take(found);
                    } else {
                        element = Some(found);
                    }
                }
                // Overpass says there why it stopped.
                "remark" if element.is_none() => {
                    return Err(damaged(
                        "a <remark> says that the server could not finish it; ask for less at once",
                    ));
                }
                _ => {
                    if let Some(element) = &mut element {
                        element
                            .take_child(name, start)
                            .map_err(|problem| damaged(&problem))?;
                    }
                }
            }
        }
    }

    fn expect_utf_8(&self, declared: &BytesDecl<'_>) -> Result<(), OsmError> {
        let Some(Ok(encoding)) = declared.encoding() else {
            return Ok(());
        };
        let is_utf_8 = ["utf-8", "utf8", "us-ascii", "ascii"]
            .iter()
            .any(|known| encoding.eq_ignore_ascii_case(known));
        if is_utf_8 {
            return Ok(());
        }
        Err(self.in_encoding(&encoding))
    }

    fn in_encoding(&self, encoding: &str) -> OsmError {
        let is_name = |letter: char| letter.is_ascii_alphanumeric() || "-_.:".contains(letter);
        OsmError::Encoding {
            file: self.file.to_owned(),
            encoding: encoding.chars().filter(|letter| is_name(*letter)).collect(),
        }
    }

    fn other_root(&self, name: &str) -> OsmError {
        let looks_like = match name {
            "osmChange" => " but one of changes (.osc)".to_owned(),
            "html" | "HTML" => " but a web page".to_owned(),
            "gpx" | "kml" => format!(" but a {} file", name.to_uppercase()),
            _ => " but XML of another kind or a web page".to_owned(),
        };
        OsmError::NotOsm {
            file: self.file.to_owned(),
            looks_like,
        }
    }
}

fn begun(name: &str, start: &BytesStart<'_>) -> Result<Element, String> {
    let mut id = None;
    let (mut lon, mut lat) = (None, None);
    let mut version = Version::default();
    attributes(start, |key, value| {
        match key {
            "id" => {
                let number = value.parse();
                id = Some(number.map_err(|_| format!("<{name} id=\"{value}\">: no whole number"))?);
            }
            "lon" | "lat" => {
                let degrees: f64 = value
                    .parse()
                    .map_err(|_| format!("<{name}> with {key}=\"{value}\", which is no number"))?;
                *(if key == "lon" { &mut lon } else { &mut lat }) = Some(degrees);
            }
            "version" => {
                let number = value.parse::<i64>();
                let number =
                    number.map_err(|_| format!("<{name} version=\"{value}\">: no whole number"))?;
                version.number = Version::known(number);
            }
            "action" => version.is_deleted |= value == "delete",
            "visible" => version.is_deleted |= value == "false",
            _ => {}
        }
        Ok(())
    })?;
    Ok(Element {
        kind: match name {
            "node" => MemberKind::Node,
            "way" => MemberKind::Way,
            _ => MemberKind::Relation,
        },
        id: id.ok_or_else(|| format!("a <{name}> without an id"))?,
        degrees: lon.zip(lat).map(|(lon, lat)| [lon, lat]),
        tags: Vec::new(),
        refs: Vec::new(),
        positions: Vec::new(),
        members: Vec::new(),
        version,
    })
}

impl Element {
    fn take_child(&mut self, name: &str, start: &BytesStart<'_>) -> Result<(), String> {
        let id = self.id;
        let number = |text: &str| {
            text.parse()
                .map_err(|_| format!("<{name} ref=\"{text}\"> in element {id}: no whole number"))
        };
        let [mut key_or_type, mut value_or_role, mut reference] = [const { String::new() }; 3];
        let (mut lon, mut lat) = (None, None);
        attributes(start, |key, value| {
            match key {
                "k" | "type" => value.clone_into(&mut key_or_type),
                "v" | "role" => value.clone_into(&mut value_or_role),
                "ref" => value.clone_into(&mut reference),
                "lon" => lon = value.parse::<f64>().ok(),
                "lat" => lat = value.parse::<f64>().ok(),
                _ => {}
            }
            Ok(())
        })?;
        match name {
            "tag" if is_key(&key_or_type) => self.tags.push((key_or_type, value_or_role)),
            // In a relation, and under a member of one, these are positions of what it groups.
            "nd" if self.kind == MemberKind::Way => {
                let node = number(&reference)?;
                self.refs.push(node);
                let place = lon.zip(lat).and_then(|(lon, lat)| position(lon, lat));
                self.positions.extend(place.map(|place| (node, place)));
            }
            "member" => self.members.push(OsmMember {
                kind: match key_or_type.as_str() {
                    "node" => MemberKind::Node,
                    "way" => MemberKind::Way,
                    "relation" => MemberKind::Relation,
                    other => return Err(format!("a member of type `{other}` in relation {id}")),
                },
                id: number(&reference)?,
                role: value_or_role,
            }),
            _ => {}
        }
        Ok(())
    }
}

fn attributes(
    start: &BytesStart<'_>,
    mut take: impl FnMut(&str, &str) -> Result<(), String>,
) -> Result<(), String> {
    for attribute in start.attributes().with_checks(false) {
        let attribute = attribute.map_err(|error| error.to_string())?;
        let value = attribute
            .normalized_value(quick_xml::XmlVersion::Implicit1_0)
            .map_err(|error| error.to_string())?;
        take(attribute.key.as_ref(), &value)?;
    }
    Ok(())
}
