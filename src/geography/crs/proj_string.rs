//! A system as a string of PROJ: `+proj=utm +zone=50 +datum=WGS84`. What would move its positions is accepted
//! or refused, never passed over.

use crate::geography::crs::earth::{self, Earth, is_near_ellipsoid};
use crate::geography::crs::meaning::{Degrees, SaidBy};

#[derive(Clone, Copy, Debug)]
pub(super) struct ProjString<'t>(&'t str);

/// The keys that say how large and how flat the earth is.
const OF_THE_EARTH: [&str; 8] = ["+datum", "+ellps", "+a", "+b", "+rf", "+f", "+es", "+e"];

impl<'t> ProjString<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self(text)
    }

    pub(super) fn text(&self) -> &'t str {
        self.0
    }

    fn parts(&self) -> impl Iterator<Item = (&'t str, Option<&'t str>)> {
        self.0.split_whitespace().map(|part| {
            let pair = part.split_once('=');
            pair.map_or((part, None), |(key, value)| (key, Some(value)))
        })
    }

    pub(super) fn has(&self, key: &str) -> bool {
        self.parts().any(|(found, _)| found == key)
    }

    pub(super) fn value(&self, key: &str) -> Option<&'t str> {
        let of_key = self.parts().find(|(found, _)| *found == key);
        of_key.and_then(|(_, value)| value)
    }

    pub(super) fn number(&self, key: &str) -> Option<f64> {
        self.value(key)?.parse().ok()
    }

    /// The part of it that says how large and how flat the earth is.
    pub(super) fn ellipsoid(&self) -> String {
        let parts = self.0.split_whitespace().filter(|part| {
            let key = part.split_once('=').map_or(*part, |(key, _)| key);
            OF_THE_EARTH.contains(&key)
        });
        parts.collect::<Vec<_>>().join(" ")
    }

    pub(super) fn is_degrees(&self) -> bool {
        matches!(
            self.value("+proj"),
            Some("longlat" | "latlong" | "lonlat" | "latlon")
        )
    }

    /// What its degrees are, if they are WGS 84 within a few metres, east of Greenwich.
    ///
    /// # Errors
    /// In words, when they are not, or when nothing says what they are.
    pub(super) fn degrees(&self, by: SaidBy) -> Result<Degrees, String> {
        self.no_other_earth()?;
        self.no_other_meridian()?;
        self.east_and_north()?;
        if self.is_degrees() {
            self.plain_degrees()?;
        }
        if self.is_web_mercator() {
            // The sphere of its formulas is no statement about the earth.
            return Ok(wgs84(by));
        }
        match self.value("+datum") {
            Some(datum) => {
                let earth = Earth::named(datum).map(|earth| earth.degrees(by));
                earth.ok_or_else(|| {
                    format!("its datum {datum} is not WGS 84, nor near it by a known distance")
                })
            }
            None => Ok(Degrees::OfEllipsoid { by }),
        }
    }

    /// The Mercator of web maps takes degrees of WGS 84 for those of a sphere.
    pub(super) fn is_web_mercator(&self) -> bool {
        const RADIUS: f64 = 6_378_137.0;
        match self.value("+proj") {
            Some("webmerc") => true,
            Some("merc") => ["+a", "+b"].map(|key| self.number(key)) == [Some(RADIUS); 2],
            _ => false,
        }
    }

    fn no_other_earth(&self) -> Result<(), String> {
        let is_none = |shift: &str| shift.split(',').all(|part| part.trim().parse() == Ok(0.0));
        if self.value("+towgs84").is_some_and(|shift| !is_none(shift)) {
            return Err("its earth is not WGS 84 but moved against it (+towgs84), by more than is converted \
                        here"
                .to_owned());
        }
        if let Some(grids) = self.value("+nadgrids")
            && grids != "@null"
        {
            return Err(format!(
                "its earth is not WGS 84: the grid {grids} would be needed, which is not here"
            ));
        }
        if let Some((key, _)) = self.parts().find(|(key, _)| key.starts_with("+R")) {
            return Err(format!(
                "its earth is a sphere ({key}), and positions are on an ellipsoid; of spheres only that of \
                 web maps is converted (+proj=merc +a=6378137 +b=6378137)"
            ));
        }
        if self.is_web_mercator() {
            return Ok(());
        }
        let older = || {
            "its ellipsoid is not that of WGS 84 or GRS 80, so that it is an older survey, of which the parameters \
             would be needed"
                .to_owned()
        };
        let is_named = match self.value("+ellps") {
            Some("WGS84" | "GRS80") => true,
            Some(_) => return Err(older()),
            None => self.has("+datum"),
        };
        let Some(longer) = self.value("+a") else {
            let has_shape = OF_THE_EARTH[3..].iter().any(|key| self.has(key));
            return match (is_named, has_shape) {
                (true, false) => Ok(()),
                (_, true) => Err(older()),
                (false, false) => Err(
                    "nothing says what its earth is; it should have +datum=WGS84 or +ellps=GRS80, for example"
                        .to_owned(),
                ),
            };
        };
        let axes = longer.parse().ok().and_then(|longer: f64| {
            let shorter = self.number("+b");
            let shorter = shorter.or_else(|| Some(longer * (1.0 - self.number("+f")?)));
            let shorter = shorter.or_else(|| Some(earth::axes(longer, self.number("+rf")?)[1]));
            Some([longer, shorter?])
        });
        match axes {
            Some(axes) if is_near_ellipsoid(axes) => Ok(()),
            _ => Err(older()),
        }
    }

    fn no_other_meridian(&self) -> Result<(), String> {
        match self.value("+pm") {
            Some(meridian)
                if !meridian.eq_ignore_ascii_case("greenwich") && meridian.parse() != Ok(0.0) =>
            {
                Err(format!(
                    "its meridian is not that of Greenwich (+pm={meridian})"
                ))
            }
            _ => Ok(()),
        }
    }

    /// Its numbers are east and north, in this order, on a map or in degrees.
    fn east_and_north(&self) -> Result<(), String> {
        if let Some(axes) = self.value("+axis").filter(|axes| !axes.starts_with("en")) {
            return Err(format!(
                "its numbers are not east and north, in this order (+axis={axes})"
            ));
        }
        match self.value("+proj") {
            Some("geocent" | "cart") => {
                Err("its numbers are measured from the centre of the earth".to_owned())
            }
            _ => Ok(()),
        }
    }

    /// Nothing makes other numbers of its degrees.
    fn plain_degrees(&self) -> Result<(), String> {
        let is_plain = |(key, value): &(&str, Option<&str>)| match *key {
            "+units" => matches!(*value, Some("deg" | "degree" | "degrees")),
            "+to_meter" => value.is_some_and(|value| value.parse() == Ok(1.0)),
            "+lon_0" => value.is_some_and(|value| value.parse() == Ok(0.0)),
            "+geoc" => false,
            _ => true,
        };
        match self.parts().find(|part| !is_plain(part)) {
            None => Ok(()),
            Some((key, value)) => Err(format!(
                "its degrees are changed by {key}{}{}, which is not done here",
                if value.is_some() { "=" } else { "" },
                value.unwrap_or_default()
            )),
        }
    }
}

fn wgs84(by: SaidBy) -> Degrees {
    let earth = Earth::of_code(4326).expect("WGS 84 is among the systems that are known");
    earth.degrees(by)
}
