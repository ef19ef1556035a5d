//! How fast a fire engine drives on each class of road.

use std::collections::BTreeMap;

use crate::basis::Basis;
use crate::files::Source;
use crate::roads::class::RoadClass;
use crate::roads::graph::RoadGraph;
use crate::roads::road::Road;
use crate::table::{Table, TableError};
use crate::units::{KmPerHour, Millis};

/// The speed of a fire engine by class of road: an average over the whole length, bends and
/// junctions included.
#[derive(Clone, Debug)]
pub struct SpeedTable {
    file: String,
    by_class: BTreeMap<RoadClass, (KmPerHour, Basis)>,
}

impl SpeedTable {
    /// Reads `speeds.csv`: `facility_type,speed,basis`, the speed with its unit.
    ///
    /// # Errors
    /// When the table cannot be read, names an unknown class, or names a class twice.
    pub fn read(source: &Source) -> Result<Self, TableError> {
        let table = Table::read(source)?;
        table.require_columns(&["facility_type", "speed", "basis"])?;
        table.require_rows("each row is a class of road: facility_type,speed,basis")?;
        table.require_unique("facility_type")?;
        let mut by_class = BTreeMap::new();
        for row in table.rows() {
            let class: RoadClass =
                row.parse("facility_type", &format!("one of {}", RoadClass::known()))?;
            let speed = row.parse("speed", "a speed with its unit, such as `40 km/h`")?;
            by_class.insert(class, (speed, row.basis()?));
        }
        Ok(Self {
            file: table.file().to_owned(),
            by_class,
        })
    }

    /// The name of the file the table came from.
    #[must_use]
    pub fn file(&self) -> &str {
        &self.file
    }

    /// The speed and how it is known, class by class.
    pub fn rows(&self) -> impl Iterator<Item = (RoadClass, KmPerHour, Basis)> {
        self.by_class
            .iter()
            .map(|(class, (speed, basis))| (*class, *speed, *basis))
    }

    /// A class of road in the network that the table does not give a speed for.
    #[must_use]
    pub fn missing_class(&self, roads: &RoadGraph) -> Option<RoadClass> {
        roads
            .roads()
            .iter()
            .map(|road| road.class)
            .find(|class| !self.by_class.contains_key(class))
    }

    /// The time to drive the whole of a road: at the speed of its class, or at the posted limit
    /// where that is lower. `NEVER` for a class without a speed.
    #[must_use]
    pub fn time(&self, road: &Road) -> Millis {
        let Some((speed, _)) = self.by_class.get(&road.class) else {
            return Millis::NEVER;
        };
        let limit = road
            .free_speed
            .forwards
            .map_or(f64::INFINITY, |limit| limit.0);
        KmPerHour(speed.0.min(limit)).time_for(road.length)
    }
}
