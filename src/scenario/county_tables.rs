//! What a scenario says of its county: the tables, and how much more often incidents happen in some towns.

use crate::county::boundary::Boundary;
use crate::county::incident_types::{self, IncidentTypeId};
use crate::county::{County, clearances, demand, hydrants, towns};
use crate::scenario::error::ScenarioError;
use crate::scenario::loading::Loader;

impl Loader<'_> {
    /// The county with its rates multiplied.
    pub(super) fn county(&self) -> Result<County, ScenarioError> {
        let tables = &self.wanted.tables;
        let mut types = incident_types::read(
            &self.table(tables.incident_types.as_deref(), "incident_types.csv"),
            &self.table(tables.hours.as_deref(), "hours.csv"),
            self.optional_table(tables.weekdays.as_deref(), "weekdays.csv")
                .as_ref(),
            self.optional_table(tables.months.as_deref(), "months.csv")
                .as_ref(),
            self.optional_table(tables.severities.as_deref(), "severities.csv")
                .as_ref(),
        )?;
        self.bring_people(&mut types)?;
        let towns = towns::read(&self.table(tables.towns.as_deref(), "towns.csv"))?;
        let demand = demand::read(
            &self.table(tables.demand.as_deref(), "demand.csv"),
            &towns,
            &types,
        )?;
        let boundary = Boundary::read(&self.table(tables.boundary.as_deref(), "boundary.geojson"))?;
        let hydrants = self.optional_table(tables.hydrants.as_deref(), "hydrants.csv");
        let hydrants = hydrants.as_ref().map(hydrants::read).transpose()?;
        let kept_clear = self.optional_table(tables.kept_clear.as_deref(), "kept_clear.csv");
        let rules = self.table(tables.clearances.as_deref(), "clearances.csv");
        let clearances = match &kept_clear {
            Some(places) => clearances::read(places, &rules)?,
            // Its rules are checked also where no place has to be kept clear of yet.
            None if rules.is_there() => {
                clearances::distances(&rules)?;
                Vec::new()
            }
            None => Vec::new(),
        };
        let mut county = County {
            in_table: demand.len(),
            nearest_to_places: Vec::new(),
            towns,
            boundary,
            incident_types: types,
            demand,
            hydrants: hydrants.unwrap_or_default(),
            clearances,
        };
        self.multiply_rates(&mut county)?;
        Ok(county)
    }

    fn multiply_rates(&self, county: &mut County) -> Result<(), ScenarioError> {
        for (index, multiplier) in self.wanted.rate_multiplier.iter().enumerate() {
            let key = |part: &str| format!("rate_multiplier[{index}].{part}");
            if !(0.0..=1000.0).contains(&multiplier.factor) {
                return Err(self.key(key("factor"), "it should be from 0 to 1000"));
            }
            let town = self.town(&multiplier.town, &key("town"), county)?;
            let types = self.types(&multiplier.types, &key("types"), county)?;
            for point in county.demand.iter_mut().filter(|point| point.town == town) {
                for id in &types {
                    point.rates[id.index()] *= multiplier.factor;
                }
            }
        }
        Ok(())
    }

    /// The town that a key names.
    pub(super) fn town(
        &self,
        wanted: &str,
        key: &str,
        county: &County,
    ) -> Result<towns::TownId, ScenarioError> {
        towns::find(&county.towns, wanted).ok_or_else(|| {
            let known: Vec<&str> = county.towns.iter().map(|t| t.name.local.as_str()).collect();
            let known = known.join(", ");
            self.key(
                key,
                format!("`{wanted}` is no town of the county; it has {known}"),
            )
        })
    }

    /// The types of the ids that a key gives; every type where it gives none.
    pub(super) fn types(
        &self,
        wanted: &[String],
        key: &str,
        county: &County,
    ) -> Result<Vec<IncidentTypeId>, ScenarioError> {
        let known = &county.incident_types;
        if wanted.is_empty() {
            return Ok(IncidentTypeId::all(known.len()).collect());
        }
        let found = wanted.iter().map(|id| {
            incident_types::find(known, id).ok_or_else(|| {
                let known = incident_types::ids(known).join(", ");
                self.key(
                    key,
                    format!("`{id}` is no type of incident; there are {known}"),
                )
            })
        });
        found.collect()
    }
}
