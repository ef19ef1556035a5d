//! From the scenario file and the tables it names to a [`Scenario`], with every complaint naming
//! file and key.

use std::path::Path;
use std::sync::Arc;

use crate::brigades::prices::Prices;
use crate::brigades::{self, MAX_ENGINES, Site, Station};
use crate::county::County;
use crate::files::{FileError, Source, embedded_files};
use crate::language::Name;
use crate::roads::access_barriers::AccessBarriers;
use crate::roads::cache;
use crate::scenario::about::About;
use crate::scenario::error::ScenarioError;
use crate::scenario::file::{IndifferenceKey, ScenarioFile, SitingKey};
use crate::scenario::network::{Bands, RoadNetwork};
use crate::scenario::origins::Origins;
use crate::scenario::plausibility::ScenarioTables;
use crate::scenario::rules::Rules;
use crate::scenario::stages::{StageError, Stages};
use crate::scenario::stations::Stations;
use crate::scenario::warnings::Warning;
use crate::scenario::written::Written;
use crate::scenario::{
    Scenario, alternatives, basis_notes, checks, extending, joining, lookalikes, standards,
};

/// The scenario that is run when none is named.
pub const DEFAULT_SCENARIO: &str = "scenarios/wuhua.toml";

/// The scenario file that an argument means: a path on disk, the name of an embedded scenario
/// (`spring-festival`), or the default when there is no argument.
pub fn locate(argument: Option<&Path>) -> Source {
    let Some(path) = argument else {
        return Source::Embedded(DEFAULT_SCENARIO.into());
    };
    if !path.exists() && path.components().count() == 1 {
        let name = path.to_string_lossy();
        let stem = name.strip_suffix(".toml").unwrap_or(&name);
        let embedded = Source::Embedded(format!("scenarios/{stem}.toml").into());
        if embedded.is_there() {
            return embedded;
        }
    }
    Source::Disk(path.to_owned())
}

/// Of a name that is no file and no scenario of the program either, those are named.
fn with_embedded_names(source: &Source, error: ScenarioError) -> ScenarioError {
    let is_name = matches!(source, Source::Disk(path) if path.components().count() == 1);
    match error {
        ScenarioError::File(FileError::Missing { path, hint }) if is_name => {
            let files = embedded_files().into_iter().map(|(path, _)| path);
            let scenarios = files.filter_map(|path| {
                let inside = path.strip_prefix("scenarios").ok()?;
                let name = inside.to_str()?.strip_suffix(".toml")?;
                Some(name.to_owned())
            });
            let names = scenarios.collect::<Vec<_>>().join(", ");
            let hint = format!("{hint}; the scenarios of the program are {names}");
            ScenarioError::File(FileError::Missing { path, hint })
        }
        other => other,
    }
}

impl Scenario {
    /// Reads a scenario and everything it names.
    ///
    /// # Errors
    /// When anything in it cannot be used.
    pub fn load(source: &Source) -> Result<Self, ScenarioError> {
        Self::load_changed(source, |_| {})
    }

    /// Reads a scenario as if its file said something else.
    ///
    /// # Errors
    /// When anything in it cannot be used.
    pub fn load_changed(
        source: &Source,
        change: impl FnOnce(&mut ScenarioFile),
    ) -> Result<Self, ScenarioError> {
        let file = source.to_string();
        let (mut wanted, written, origins) =
            extending::read(source).map_err(|error| with_embedded_names(source, error))?;
        change(&mut wanted);
        Loader {
            folder: source.folder(),
            county_folder: source.folder().join(&wanted.county),
            file,
            written,
            origins,
            wanted: &wanted,
        }
        .load()
    }
}

/// A scenario file and where its tables are.
pub(super) struct Loader<'w> {
    file: String,
    written: Written,
    origins: Origins,
    pub(super) folder: Source,
    county_folder: Source,
    pub(super) wanted: &'w ScenarioFile,
}

impl Loader<'_> {
    fn load(&self) -> Result<Scenario, ScenarioError> {
        let wanted = self.wanted;
        let tables = &wanted.tables;
        let mut county = self.county()?;
        let incidents = self.incidents(&mut county)?;
        let network = self.table(tables.network.as_deref(), "network");
        let opened = cache::open(&network)?;
        let barriers_table = self.table(tables.barriers.as_deref(), "barriers.geojson");
        // A county without rivers has no such file.
        let barriers = self.optional_table(tables.barriers.as_deref(), "barriers.geojson");
        let barriers = barriers
            .map(|table| AccessBarriers::read(&table))
            .transpose()?;
        let barriers = barriers.unwrap_or_default();
        let stations_table = self.table(tables.stations.as_deref(), "stations.csv");
        let stations = brigades::read_stations(&stations_table)?;
        let sites_tables = self.candidate_tables();
        let sites = brigades::read_sites(&sites_tables)?;
        if stations.is_empty() && sites.is_empty() {
            return Err(self.key(
                "tables.stations",
                format!(
                    "{stations_table} has no rows, and no site is listed: give a station, or a site in candidates.csv \
                     where the first may be built"
                ),
            ));
        }
        if let Some(site) = sites
            .iter()
            .find(|site| stations.iter().any(|s| s.id == site.station.id))
        {
            return Err(self.key(
                "tables.candidates",
                format!(
                    "the id `{}` is also that of an existing station in {stations_table}; give \
                     each its own",
                    site.station.id
                ),
            ));
        }
        let neighbours = self.mutual_aid(&stations, &sites)?;
        let profiles = self.table(tables.profiles.as_deref(), "profiles");
        let site_tables: Vec<String> = sites_tables.iter().map(Source::to_string).collect();
        let bands = Bands::new(&wanted.roads).map_err(|(key, problem)| self.key(key, problem))?;
        let joined = joining::join(
            &opened,
            &wanted.roads,
            &bands,
            &joining::Tables {
                network,
                profiles: profiles.clone(),
                stations: stations_table.to_string(),
                sites: site_tables.join(", "),
                demand: self
                    .table(tables.demand.as_deref(), "demand.csv")
                    .to_string(),
                lists: incidents
                    .lists
                    .iter()
                    .map(|list| list.file.clone())
                    .collect::<Vec<_>>()
                    .join(", "),
                barriers: barriers_table.to_string(),
                mutual_aid: self.origins.file_of("mutual_aid").to_owned(),
            },
            &barriers,
            &joining::Owners {
                stations: &stations,
                sites: &sites,
                neighbours: &neighbours,
            },
            &county,
        )?;

        let alternatives = alternatives::enumerate(&wanted.alternatives, &sites)
            .map_err(|problem| self.key("alternatives", problem))?;
        let apparatus = self.apparatus(&county, &stations, &sites)?;
        let stages = Stages::new(&wanted.stages, &self.folder).map_err(|error| match error {
            StageError::Key(key, problem) => self.key(key, problem),
            StageError::Table(error) => error.into(),
        })?;
        let all = stations
            .iter()
            .chain(sites.iter().map(|site| &site.station));
        self.check_stages(&stages, all, &apparatus, &county)?;
        let prices = self.prices(&sites)?;
        let mut scenario = Scenario {
            about: About {
                file: self.file.clone(),
                origins: self.origins.clone(),
                written: self.written.clone(),
                name: Name {
                    local: wanted.name.clone(),
                    english: wanted.name_en.as_ref().unwrap_or(&wanted.name).clone(),
                },
                seed: wanted.seed,
                attribution: wanted.attribution.clone(),
                map_review_number: wanted.map_review_number.clone(),
                data_basis: Vec::new(),
                warnings: Vec::new(),
            },
            rules: Rules {
                standards: standards::read(
                    &self.table(tables.standards.as_deref(), "standards.csv"),
                )?,
                stages,
                indifference: self.indifference()?,
                prices,
                siting: self.siting()?,
                dispatch: self.dispatch(&county)?,
            },
            incidents,
            stations: Stations {
                apparatus,
                known_times: self.known_times(&stations, &sites, county.demand_points())?,
                running_cards: self.running_cards(&stations, &sites, &county)?,
                existing: stations,
                sites,
                neighbours,
                driving: joined.driving,
            },
            network: RoadNetwork {
                roads: opened.roads,
                tables: opened.tables,
                account: opened.account,
                conditions: joined.conditions,
                bands,
                pace: wanted.roads.pace(),
                lanes: joined.lanes,
                barriers,
                profile_folder: profiles,
                profiles: Arc::new(joined.profiles),
            },
            county,
            alternatives,
        };
        self.check_amount(&scenario)?;
        scenario.about.data_basis = basis_notes::collect(&scenario, wanted);
        scenario.about.warnings = checks::warnings(&scenario, &self.tables());
        let look_alike = lookalikes::tables(&self.county_folder, tables);
        scenario.about.warnings.extend(look_alike);
        let never_chosen = lookalikes::groups(&scenario, &wanted.alternatives);
        scenario.about.warnings.extend(never_chosen);
        let not_kept = opened.warning.map(Warning::NotKept);
        scenario.about.warnings.extend(not_kept);
        Ok(scenario)
    }

    /// Complains of a stage that a station needs and the scenario lacks, or the other way round.
    fn check_stages<'s>(
        &self,
        stages: &Stages,
        stations: impl Iterator<Item = &'s Station>,
        apparatus: &[String],
        county: &County,
    ) -> Result<(), ScenarioError> {
        for station in stations {
            if stages.turnout_of(station.crew).is_none() {
                let crew = station.crew.key();
                return Err(self.key(
                    format!("stages.turnout_{crew}"),
                    format!(
                        "it is missing, and `{}` has the crew {crew}; say how long such a crew takes \
                         to leave",
                        station.id
                    ),
                ));
            }
        }
        if stages.water.is_some() && county.incident_types.iter().all(|of| !of.needs_water) {
            return Err(self.key(
                "stages.water",
                "no type of incident needs water; give the table of types a column `needs_water` \
                 with `yes` for fires",
            ));
        }
        if let Some((tender, _)) = stages
            .water
            .as_ref()
            .and_then(|water| water.tender.as_ref())
            && !apparatus.contains(tender)
        {
            return Err(self.key(
                "stages.water.tender",
                format!(
                    "no station or site has the apparatus `{tender}`; the column `apparatus` \
                     names {}",
                    if apparatus.is_empty() {
                        "none".to_owned()
                    } else {
                        apparatus.join(", ")
                    }
                ),
            ));
        }
        Ok(())
    }

    /// A table that the scenario names (beside itself), or else the county's.
    pub(super) fn table(&self, named: Option<&str>, usual: &str) -> Source {
        match named {
            Some(path) => self.folder.join(path),
            None => self.county_folder.join(usual),
        }
    }

    /// Where every table was read.
    fn tables(&self) -> ScenarioTables {
        let tables = &self.wanted.tables;
        let optional = |named: &Option<String>, usual| self.optional_table(named.as_deref(), usual);
        let table = |named: &Option<String>, usual| self.table(named.as_deref(), usual);
        let travel_times = tables.travel_times.as_ref();
        ScenarioTables {
            towns: table(&tables.towns, "towns.csv"),
            boundary: table(&tables.boundary, "boundary.geojson"),
            demand: table(&tables.demand, "demand.csv"),
            hydrants: optional(&tables.hydrants, "hydrants.csv"),
            kept_clear: optional(&tables.kept_clear, "kept_clear.csv"),
            stations: table(&tables.stations, "stations.csv"),
            sites: self.candidate_tables(),
            incident_types: table(&tables.incident_types, "incident_types.csv"),
            prices: optional(&tables.prices, "prices.csv"),
            travel_times: travel_times.map(|file| self.folder.join(file)),
            network: table(&tables.network, "network"),
        }
    }

    /// A table that a county need not have; one that is named has to be there.
    pub(super) fn optional_table(&self, named: Option<&str>, usual: &str) -> Option<Source> {
        let table = self.table(named, usual);
        (named.is_some() || table.is_there()).then_some(table)
    }

    fn candidate_tables(&self) -> Vec<Source> {
        match &self.wanted.tables.candidates {
            Some(paths) => {
                let paths = paths.names().iter();
                paths.map(|path| self.folder.join(path)).collect()
            }
            // A county without candidates can still be asked for its baseline.
            None => Some(self.county_folder.join("candidates.csv"))
                .filter(|table| table.is_there() || !self.wanted.alternatives.choose.is_empty())
                .into_iter()
                .collect(),
        }
    }

    pub(super) fn key(&self, key: impl Into<String>, problem: impl Into<String>) -> ScenarioError {
        let key = key.into();
        ScenarioError::Key {
            file: self.origins.file_of(&key).to_owned(),
            key,
            problem: problem.into(),
        }
    }

    /// Where sites are looked for; towns, candidates and standards are found when it is asked.
    fn siting(&self) -> Result<SitingKey, ScenarioError> {
        let siting = self.wanted.siting.clone();
        match siting.engines {
            Some(engines) if !(1..=MAX_ENGINES).contains(&engines) => Err(self.key(
                "siting.engines",
                format!("it should be from 1 to {MAX_ENGINES}"),
            )),
            _ => Ok(siting),
        }
    }

    /// Differences between alternatives that do not matter.
    fn indifference(&self) -> Result<IndifferenceKey, ScenarioError> {
        let indifference = self.wanted.ranking.indifference;
        let shares = [
            ("ranking.indifference.share", indifference.share),
            ("ranking.indifference.lost", indifference.lost),
        ];
        match shares
            .iter()
            .find(|(_, share)| !(0.0..=1.0).contains(share))
        {
            None => Ok(indifference),
            Some((key, _)) => Err(self.key(
                *key,
                "it should be a share from 0 to 1, such as 0.005 for half a percentage point",
            )),
        }
    }

    /// Unit prices and classes of brigade, where the county has them.
    fn prices(&self, sites: &[Site]) -> Result<Option<Prices>, ScenarioError> {
        let tables = &self.wanted.tables;
        let Some(table) = self.optional_table(tables.prices.as_deref(), "prices.csv") else {
            return Ok(None);
        };
        let classes = self.table(tables.brigade_classes.as_deref(), "brigade_classes.csv");
        let prices = Prices::read(&table, &classes)?;
        let without = sites
            .iter()
            .find(|site| prices.of(Prices::crew_item(site.station.crew)).is_none());
        if let Some(Site { station, .. }) = without {
            let problem = format!(
                "{table} has no row `crew_{}`, and `{}` has such a crew",
                station.crew.key(),
                station.id
            );
            return Err(self.key("tables.prices", problem));
        }
        Ok(Some(prices))
    }

    fn check_amount(&self, scenario: &Scenario) -> Result<(), ScenarioError> {
        let expected = scenario.expected_incidents();
        if expected <= 0.0 {
            return Err(self.key(
                "county",
                "no incidents are expected: all rates are 0; give residents, or rates in the table \
                 of demand",
            ));
        }
        if expected > MAX_INCIDENTS {
            return Err(self.key(
                "horizon.years",
                format!(
                    "{expected:.0} incidents are expected in each replication, and at most \
                     {MAX_INCIDENTS:.0} fit; simulate fewer years, or check the rates: they are \
                     incidents a year"
                ),
            ));
        }
        Ok(())
    }
}

/// As many incidents of one replication are held in memory at once.
const MAX_INCIDENTS: f64 = 20_000_000.0;
