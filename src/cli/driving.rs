//! How engines drive, as commands that look at roads alone let the planner say it.

use std::path::{Path, PathBuf};

use super::failure::Failure;
use crate::files::Source;
use crate::roads::access::{Access, AccessPace};
use crate::roads::access_barriers::{AccessBarriers, BarrierError};
use crate::roads::cache::Network;
use crate::roads::graph::RoadGraph;
use crate::roads::lanes::Lanes;
use crate::roads::profile::{Conditions, Profile, ProfileError};
use crate::roads::roadway::Roadway;
use crate::scenario::network::{DrivenProfile, RoadNetwork};
use crate::units::{KmPerHour, Metres};

/// Who drives, and when.
#[derive(Debug, clap::Args)]
pub(super) struct DrivingArgs {
    /// Profile, which says how the engine drives: a name of the county's or the program's (pumper,
    /// light), or a file [default: pumper, or the scenario's]
    #[arg(long, value_name = "PROFILE")]
    profile: Option<String>,

    /// Time band of the profile, such as peak or night
    #[arg(long, value_name = "BAND")]
    band: Option<String>,

    /// Weather of the profile, such as rain
    #[arg(long, value_name = "WEATHER")]
    weather: Option<String>,

    /// Links to close, by link_id
    #[arg(long, value_name = "LINK", value_delimiter = ',', num_args = 1.., allow_negative_numbers = true)]
    close: Vec<String>,

    /// What nobody crosses between a position and its road: rivers and lakes as GeoJSON
    /// [default: none, or the scenario's]
    #[arg(long, value_name = "FILE.geojson")]
    barriers: Option<PathBuf>,

    /// Speed between a position and its road [default: 15 km/h, or the scenario's]
    #[arg(long, value_name = "SPEED")]
    access_speed: Option<KmPerHour>,

    /// A position farther than this from every road has none: past it a crew goes on foot
    /// [default: 500 m, or the scenario's]
    #[arg(long, value_name = "LENGTH")]
    road_limit: Option<Metres>,

    /// Speed on foot [default: 4 km/h, or the scenario's]
    #[arg(long, value_name = "SPEED")]
    on_foot: Option<KmPerHour>,

    /// Length of ways by lanes that the network does not list, over the straight line [default: 1.3, or the
    /// scenario's]
    #[arg(long, value_name = "FACTOR")]
    lane_detour: Option<f64>,

    /// Speed on them [default: 30 km/h, or the scenario's]
    #[arg(long, value_name = "SPEED")]
    lane_speed: Option<KmPerHour>,

    /// Drive listed roads alone, however few there are
    #[arg(long, conflicts_with_all = ["lane_detour", "lane_speed"])]
    no_lanes: bool,
}

impl DrivingArgs {
    /// Whether anything is said.
    pub(super) fn is_given(&self) -> bool {
        self.profile.is_some()
            || self.band.is_some()
            || self.weather.is_some()
            || !self.close.is_empty()
            || self.barriers.is_some()
            || self.access_speed.is_some()
            || self.road_limit.is_some()
            || self.on_foot.is_some()
            || self.lane_detour.is_some()
            || self.lane_speed.is_some()
            || self.no_lanes
    }

    /// The profile that is asked for, or else `usual`; looked for in `folder`, then in the program.
    pub(super) fn profile(&self, folder: &Source, usual: &str) -> Result<Profile, Failure> {
        let wanted = self.profile.as_deref().unwrap_or(usual);
        let file = if Path::new(wanted).extension().is_some_and(|e| e == "toml") {
            Source::Disk(wanted.into())
        } else {
            Profile::find(wanted, folder).ok_or_else(|| {
                Failure::Input(
                    format!(
                        "--profile {wanted}: there is no {} and no such profile in the program; \
                         it has pumper and light",
                        folder.join(format!("{wanted}.toml"))
                    )
                    .into(),
                )
            })?
        };
        Ok(Profile::read(&file)?)
    }

    /// The conditions that are asked for, where they say nothing those of `usual`.
    pub(super) fn conditions(
        &self,
        roads: &RoadGraph,
        usual: Conditions,
    ) -> Result<Conditions, Failure> {
        let closed = roads.roads_of(self.close.iter().map(String::as_str));
        let mut closed = closed.map_err(|link| {
            Failure::Input(
                format!(
                    "--close {link}: the network has no link of this id; see link_id in link.csv"
                )
                .into(),
            )
        })?;
        closed.extend(usual.closed);
        Ok(Conditions {
            band: self.band.clone().or(usual.band),
            weather: self.weather.clone().or(usual.weather),
            closed,
        })
    }

    /// What is named with --barriers, where anything is.
    pub(super) fn barriers(&self) -> Result<Option<AccessBarriers>, Failure> {
        let file = self.barriers.clone().map(Source::Disk);
        let barriers = file.as_ref().map(AccessBarriers::read).transpose();
        barriers.map_err(|error| match error {
            BarrierError::File(error) => error.into(),
            error => Failure::Input(Box::new(error)),
        })
    }

    /// How fast crews are off the roads; where nothing is said as is `usual`.
    pub(super) fn pace(&self, usual: AccessPace) -> AccessPace {
        AccessPace {
            driven: self.access_speed.unwrap_or(usual.driven),
            limit: self.road_limit.unwrap_or(usual.limit),
            on_foot: self.on_foot.unwrap_or(usual.on_foot),
        }
    }

    /// Ways by unlisted lanes; where nothing is said as `usual`.
    pub(super) fn lanes(&self, usual: Lanes) -> Result<Lanes, Failure> {
        if self.no_lanes {
            return Ok(Lanes::NONE);
        }
        let lanes = Lanes {
            detour: self.lane_detour.unwrap_or(usual.detour),
            speed: self.lane_speed.unwrap_or(usual.speed),
            ..usual
        };
        let checked = lanes.check().map(|()| lanes);
        checked.map_err(|(key, problem)| Failure::Input(format!("--lane-{key}: {problem}").into()))
    }

    /// The roads of a scenario, as an engine drives them; where nothing is said one of its profile `usual`.
    pub(super) fn roadway_of(
        &self,
        network: &RoadNetwork,
        usual: &DrivenProfile,
    ) -> Result<Roadway, Failure> {
        let profile = self.profile(&network.profile_folder, &usual.profile.id)?;
        let conditions = self.conditions(&network.roads, network.conditions.clone())?;
        let given = self.barriers()?;
        let access = Access {
            pace: self.pace(network.pace),
            lanes: self.lanes(network.lanes)?,
            barriers: given.as_ref().unwrap_or(&network.barriers),
        };
        let roads = network.roads.clone();
        Ok(Roadway::new(roads, &profile, &conditions, &access)?)
    }

    /// The roads of a network by itself, as an engine drives them.
    pub(super) fn roadway(&self, folder: &Source, network: Network) -> Result<Roadway, Failure> {
        let profiles = folder.join("..").join("profiles");
        let profile = self.profile(&profiles, crate::roads::profile::DEFAULT_PROFILE)?;
        let conditions = self.conditions(&network.roads, Conditions::default())?;
        // What is closed today is not what the next run asks for.
        let cache = network.cache.filter(|_| conditions.closed.is_empty());
        let access = Access {
            pace: self.pace(AccessPace::ASSUMED),
            lanes: self.lanes(Lanes::ASSUMED)?,
            barriers: &self.barriers()?.unwrap_or_default(),
        };
        let roadway = Roadway::new(network.roads, &profile, &conditions, &access)?;
        Ok(roadway.with_cache(cache))
    }
}

impl From<ProfileError> for Failure {
    fn from(error: ProfileError) -> Self {
        match error {
            ProfileError::File(error) => error.into(),
            error => Self::Input(Box::new(error)),
        }
    }
}
