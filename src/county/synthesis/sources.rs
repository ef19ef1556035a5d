//! The source tables of the county, as the procedure needs them.

use std::collections::{HashMap, HashSet};

use geo::{Contains, MultiPolygon, Point};

use crate::basis::Basis;
use crate::files::Source;
use crate::geography::LonLat;
use crate::geography::{crs, geojson_crs};
use crate::roads::class::RoadClass;
use crate::table::{Columns, Row, Table, TableError};

use super::error::SynthesisError;
use super::parameters::Parameters;

/// A town and its seat.
#[derive(Clone, Debug)]
pub struct Town {
    /// Official code.
    pub id: String,
    /// Chinese name.
    pub name: String,
    /// Name in Latin letters.
    pub name_en: String,
    pub seat: LonLat,
    /// How the seat is known.
    pub seat_basis: Basis,
    /// People who live in the town.
    pub residents: u64,
    /// How their number is known.
    pub residents_basis: Basis,
}

/// A town that was merged into another: a community of that town, at its own market place.
#[derive(Clone, Copy, Debug)]
pub struct FormerTown {
    /// Index of the community that bears its name.
    pub community: usize,
    /// Index of the town to which it belongs now.
    pub town: usize,
    /// Where its market place is, where that is known.
    pub position: Option<LonLat>,
}

/// A village or urban community: its name is known, its position is not.
#[derive(Clone, Debug)]
pub struct VillageName {
    /// Official code.
    pub id: String,
    /// Chinese name.
    pub name: String,
    /// Index of its town.
    pub town: usize,
}

impl VillageName {
    /// Whether this is an urban community (居民委员会) and no village (村民委员会).
    pub fn is_community(&self) -> bool {
        self.name.ends_with("居委会") || self.name.ends_with("居民委员会")
    }
}

/// A junction of the table of main roads.
#[derive(Clone, Debug)]
pub struct TrunkNode {
    pub id: String,
    /// Where it is, to 0.001°.
    pub position: LonLat,
}

/// A road between two ends; an end is the id of a junction or the code of a town.
#[derive(Clone, Debug)]
pub struct TrunkRoad {
    /// Where it begins.
    pub from: String,
    /// Where it ends.
    pub to: String,
    /// Its class; `None` takes the default of the procedure.
    pub class: Option<RoadClass>,
    /// Its name, empty when not known.
    pub name: String,
    /// How it is known that there is a road.
    pub basis: Basis,
}

/// Everything that the procedure reads.
#[derive(Clone, Debug)]
pub struct Sources {
    /// The figures of the procedure.
    pub parameters: Parameters,
    /// Towns in the order of the table.
    pub towns: Vec<Town>,
    /// Towns that were merged into others.
    pub former_towns: Vec<FormerTown>,
    /// Villages in the order of the table.
    pub villages: Vec<VillageName>,
    /// Junctions of main roads.
    pub nodes: Vec<TrunkNode>,
    /// Main roads, then those that other published facts add.
    pub roads: Vec<TrunkRoad>,
    /// Ids of the junctions where an expressway can be entered.
    pub gates: Vec<String>,
    /// Outline of the county.
    pub outline: MultiPolygon,
    /// The file of the outline, as it is.
    pub boundary: Vec<u8>,
}

impl Sources {
    /// Reads the source tables of a folder.
    ///
    /// # Errors
    /// When a table is missing or a row cannot be used.
    pub fn read(folder: &Source) -> Result<Self, SynthesisError> {
        let parameters = Parameters::read(&folder.join("synthesis.toml"))?;
        let towns = towns(&folder.join("towns.csv"))?;
        let town_of: HashMap<&str, usize> = towns
            .iter()
            .enumerate()
            .map(|(index, town)| (town.id.as_str(), index))
            .collect();
        let nodes = nodes(&folder.join("trunk_nodes.csv"))?;
        let ends: HashSet<&str> = nodes
            .iter()
            .map(|node| node.id.as_str())
            .chain(towns.iter().map(|town| town.id.as_str()))
            .collect();
        let mut roads = trunk_roads(folder, &ends)?;
        roads.extend(added_roads(&folder.join("added_roads.csv"), &ends)?);
        let gates = Table::read(
            &folder.join("toll_gates.csv"),
            &Columns::of(&["node"]).and(&["name"]),
        )?
        .each(&[], |row| end(row, "node", &ends))?;
        let boundary_file = folder.join("boundary.geojson");
        let boundary = boundary_file.read()?.into_owned();
        let outline = outline(&boundary_file)?;
        let villages = villages(&folder.join("villages.csv"), &town_of)?;
        Ok(Self {
            former_towns: former_towns(&folder.join("former_towns.csv"), &villages, &town_of)?,
            villages,
            parameters,
            nodes,
            roads,
            gates,
            outline,
            boundary,
            towns,
        })
    }

    /// Whether a position lies in the county.
    pub fn is_inside(&self, position: LonLat) -> bool {
        self.outline
            .contains(&Point::new(position.lon, position.lat))
    }
}

fn towns(source: &Source) -> Result<Vec<Town>, TableError> {
    let required = [
        "adcode",
        "name",
        "name_en",
        "lon",
        "lat",
        "position",
        "population_2020",
        "population",
    ];
    let columns = Columns::of(&required).and(&["area_km2", "villages"]);
    let table = Table::read(source, &columns)?;
    table.require_rows("each row is a town: adcode,name,name_en,lon,lat,…")?;
    table.each(&["adcode"], |row| {
        let basis = |column| row.parse(column, Basis::WORDS);
        Ok(Town {
            id: row.text("adcode")?.to_owned(),
            name: row.text("name")?.to_owned(),
            name_en: row.text("name_en")?.to_owned(),
            seat: row.position()?,
            seat_basis: basis("position")?,
            residents: row.parse("population_2020", "a whole number of people")?,
            residents_basis: basis("population")?,
        })
    })
}

fn town(row: &Row<'_>, column: &str, town_of: &HashMap<&str, usize>) -> Result<usize, TableError> {
    town_of
        .get(row.text(column)?)
        .copied()
        .ok_or_else(|| row.bad_value(column, "an adcode of towns.csv"))
}

fn former_towns(
    source: &Source,
    villages: &[VillageName],
    town_of: &HashMap<&str, usize>,
) -> Result<Vec<FormerTown>, TableError> {
    let columns = Columns::of(&["community", "now_in", "lon", "lat", "basis"]).and(&["name"]);
    Table::read(source, &columns)?.each(&["community"], |row| {
        let code = row.text("community")?;
        let community = villages
            .iter()
            .position(|village| village.id == code && village.is_community());
        let community = community.ok_or_else(|| {
            row.bad_value(
                "community",
                "the code of an urban community of villages.csv",
            )
        })?;
        let town = town(row, "now_in", town_of)?;
        if town != villages[community].town {
            return Err(row.bad_value("now_in", "the town of its community in villages.csv"));
        }
        row.basis()?;
        let is_known = row.optional("lon").is_some() || row.optional("lat").is_some();
        Ok(FormerTown {
            community,
            town,
            position: is_known.then(|| row.position()).transpose()?,
        })
    })
}

fn villages(
    source: &Source,
    town_of: &HashMap<&str, usize>,
) -> Result<Vec<VillageName>, TableError> {
    let table = Table::read(source, &Columns::of(&["code", "name", "town_adcode"]))?;
    table.require_rows("each row is a village: code,name,town_adcode")?;
    table.each(&["code"], |row| {
        Ok(VillageName {
            id: row.text("code")?.to_owned(),
            name: row.text("name")?.to_owned(),
            town: town(row, "town_adcode", town_of)?,
        })
    })
}

fn nodes(source: &Source) -> Result<Vec<TrunkNode>, TableError> {
    let table = Table::read(
        source,
        &Columns::of(&["id", "lon", "lat"]).and(&["in_county"]),
    )?;
    table.require_rows("each row is a junction: id,lon,lat")?;
    table.each(&["id"], |row| {
        Ok(TrunkNode {
            id: row.text("id")?.to_owned(),
            position: row.position()?,
        })
    })
}

fn end(row: &Row<'_>, column: &str, ends: &HashSet<&str>) -> Result<String, TableError> {
    let id = row.text(column)?;
    if ends.contains(id) {
        Ok(id.to_owned())
    } else {
        Err(row.bad_value(column, "an id of trunk_nodes.csv or an adcode of towns.csv"))
    }
}

fn class(row: &Row<'_>) -> Result<RoadClass, TableError> {
    row.parse("facility_type", &format!("one of {}", RoadClass::known()))
}

/// The roads of `trunk_edges.csv`, with what `road_facts.csv` knows of them.
fn trunk_roads(folder: &Source, ends: &HashSet<&str>) -> Result<Vec<TrunkRoad>, TableError> {
    let edges = Table::read(
        &folder.join("trunk_edges.csv"),
        &Columns::of(&["from", "to"]).and(&["straight_km"]),
    )?;
    edges.require_rows("each row is a road: from,to")?;
    let mut roads = Vec::new();
    let mut road_of: HashMap<(String, String), usize> = HashMap::new();
    edges.each(&[], |row| {
        let (from, to) = (end(row, "from", ends)?, end(row, "to", ends)?);
        for key in [(from.clone(), to.clone()), (to.clone(), from.clone())] {
            road_of.insert(key, roads.len());
        }
        roads.push(TrunkRoad {
            from,
            to,
            class: None,
            name: String::new(),
            basis: Basis::Observed,
        });
        Ok(())
    })?;
    let columns = Columns::of(&["from", "to", "facility_type", "basis"]).and(&["name"]);
    Table::read(&folder.join("road_facts.csv"), &columns)?.each(&[], |row| {
        // The basis here is that of the class and the name; that the road exists is observed.
        row.basis()?;
        let key = (row.text("from")?.to_owned(), row.text("to")?.to_owned());
        let road = *road_of
            .get(&key)
            .ok_or_else(|| row.bad_value("to", "the other end of a road of trunk_edges.csv"))?;
        roads[road].class = Some(class(row)?);
        row.optional("name")
            .unwrap_or_default()
            .clone_into(&mut roads[road].name);
        Ok(())
    })?;
    Ok(roads)
}

fn added_roads(source: &Source, ends: &HashSet<&str>) -> Result<Vec<TrunkRoad>, TableError> {
    let columns = Columns::of(&["from", "to", "facility_type", "basis"]).and(&["name"]);
    Table::read(source, &columns)?.each(&[], |row| {
        Ok(TrunkRoad {
            from: end(row, "from", ends)?,
            to: end(row, "to", ends)?,
            class: Some(class(row)?),
            name: row.optional("name").unwrap_or_default().to_owned(),
            basis: row.basis()?,
        })
    })
}

/// All polygons of the file together.
fn outline(source: &Source) -> Result<MultiPolygon, SynthesisError> {
    let bad = |problem: String| SynthesisError::Boundary {
        file: source.to_string(),
        problem,
    };
    let document: geojson::GeoJson = source
        .read_text()?
        .parse()
        .map_err(|error: geojson::Error| bad(error.to_string()))?;
    if !geojson_crs::of_document(&document, None)
        .map_err(bad)?
        .is_degrees()
    {
        return Err(bad(crs::REPROJECT.to_owned()));
    }
    let parsed: geojson::FeatureCollection =
        TryInto::try_into(document).map_err(|error: geojson::Error| bad(error.to_string()))?;
    let mut polygons = Vec::new();
    for geometry in parsed
        .features
        .into_iter()
        .filter_map(|feature| feature.geometry)
    {
        match geo::Geometry::<f64>::try_from(geometry).map_err(|error| bad(error.to_string()))? {
            geo::Geometry::Polygon(polygon) => polygons.push(polygon),
            geo::Geometry::MultiPolygon(several) => polygons.extend(several),
            _ => return Err(bad("the outline is a Polygon or a MultiPolygon".to_owned())),
        }
    }
    if polygons.is_empty() {
        return Err(bad(
            "there is no outline; it is a Polygon or a MultiPolygon".to_owned(),
        ));
    }
    Ok(MultiPolygon::new(polygons))
}
