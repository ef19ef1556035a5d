//! Which geographic systems are taken as WGS 84, and how far they are from it.
//!
//! The table holds every system to which EPSG (version 11.022) gives a null transformation to WGS 84, with
//! the accuracy of that; its ellipsoid is GRS 80 or WGS 84 (0.1 mm apart), and it parts from WGS 84 as its
//! plate drifts. For CGCS 2000 (ITRF97 at 2000.0) EPSG has none: the metre is what China has drifted since.

use std::sync::LazyLock;

use crate::geography::crs::meaning::{Degrees, SaidBy};

/// `data/near-wgs84.csv`: the name, metres from WGS 84, the transformation of EPSG that says so, the codes of
/// its degrees, and how names of the system and its datum spell it, in small letters and figures only.
const TABLE: &str = include_str!("../../../data/near-wgs84.csv");

static KNOWN: LazyLock<Vec<Earth>> = LazyLock::new(|| TABLE.lines().skip(1).map(row).collect());

/// A system whose degrees are taken as they are.
#[derive(Debug)]
pub(super) struct Earth {
    name: &'static str,
    /// How far it is from WGS 84.
    metres: f64,
    codes: Vec<u32>,
    spellings: Vec<&'static str>,
}

fn row(line: &'static str) -> Earth {
    let mut fields = line.split(',');
    let mut field = || fields.next().unwrap_or_default();
    let [name, metres, _transformation, codes, spellings] = [(); 5].map(|()| field());
    Earth {
        name,
        metres: metres
            .parse()
            .expect("a test reads the table of the program"),
        codes: codes
            .split(' ')
            .filter_map(|code| code.parse().ok())
            .collect(),
        spellings: spellings.split(' ').collect(),
    }
}

impl Earth {
    /// The system of an EPSG code of degrees.
    pub(super) fn of_code(code: u32) -> Option<&'static Self> {
        KNOWN.iter().find(|earth| earth.codes.contains(&code))
    }

    /// The system that a name of it, or of its datum, means: the whole name, not a part of it, since that of a
    /// projected system holds the name of its degrees.
    pub(super) fn named(name: &str) -> Option<&'static Self> {
        let whole = plain(name);
        // As ESRI begins names of systems and datums.
        let rest = ["GCS_", "D_"]
            .into_iter()
            .find_map(|prefix| name.strip_prefix(prefix));
        let rest = rest.map(plain);
        let is_named = |earth: &&Self| {
            let mut names = [Some(&whole), rest.as_ref()].into_iter().flatten();
            names.any(|name| earth.spellings.contains(&name.as_str()))
        };
        KNOWN.iter().find(is_named)
    }

    pub(super) fn degrees(&self, by: SaidBy) -> Degrees {
        Degrees::Near {
            name: self.name.to_owned(),
            metres: self.metres,
            by,
        }
    }
}

/// GRS 80's half axes; those of WGS 84 differ by 0.1 mm.
const AXES: [f64; 2] = [6_378_137.0, 6_356_752.314_14];
/// So far off, an ellipsoid is still the same one, rounded: the next one (NWL 9D, WGS 72) is 2 m smaller.
const ROUNDED: f64 = 0.2;

/// Whether an ellipsoid of these half axes is that of WGS 84 or GRS 80.
pub(super) fn is_near_ellipsoid(axes: [f64; 2]) -> bool {
    let is_near = |(axis, near): (f64, f64)| (axis - near).abs() <= ROUNDED;
    axes.into_iter().zip(AXES).all(is_near)
}

/// The half axes of an ellipsoid by its longer one and its inverse flattening, where 0 stands for a sphere.
pub(super) fn axes(longer: f64, inverse_flattening: f64) -> [f64; 2] {
    let flattening = if inverse_flattening == 0.0 {
        0.0
    } else {
        1.0 / inverse_flattening
    };
    [longer, longer * (1.0 - flattening)]
}

/// Letters and figures alone, in small letters.
pub(super) fn plain(name: &str) -> String {
    let kept = name.chars().filter(|c| c.is_alphanumeric());
    kept.flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_means_its_own_system_and_no_other() {
        for (name, means) in [
            ("GCS_North_American_1983", "NAD83"),
            ("NAD83(CSRS)", "NAD83(CSRS)"),
            ("D_ETRS_1989", "ETRS89"),
            ("GCS_JGD_2011", "JGD2011"),
            ("D_SIRGAS_2000", "SIRGAS 2000"),
            ("WGS 84", "WGS 84"),
            ("D_China_2000", "CGCS 2000"),
            ("RGF93", "RGF93 v1"),
        ] {
            let earth = Earth::named(name).map(|earth| earth.name);
            assert_eq!(earth, Some(means), "{name}");
        }
        for name in [
            "NAD27",
            "GCS_Tokyo",
            "D_European_1950",
            "GCS_Xian_1980",
            "",
            "NAD_1983_StatePlane_Texas_North_Central_FIPS_4202",
            "WGS 84 / UTM zone 33N",
            "WGS_1984_Web_Mercator_Auxiliary_Sphere",
        ] {
            assert!(Earth::named(name).is_none(), "{name}");
        }
    }

    /// 1188 of EPSG says 4 m for NAD83, 1150 and 8450 say 3 m for GDA94 and GDA2020, 1149 1 m for ETRS89.
    #[test]
    fn each_system_has_its_distance_and_no_name_stands_for_two() {
        for (code, metres) in [
            (4269, 4.0),
            (4283, 3.0),
            (7844, 3.0),
            (4258, 1.0),
            (4326, 0.0),
        ] {
            assert_eq!(Earth::of_code(code).unwrap().metres, metres, "{code}");
        }
        let mut names: Vec<&str> = KNOWN
            .iter()
            .flat_map(|earth| earth.spellings.clone())
            .collect();
        let all = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), all);
        assert!(KNOWN.iter().all(|earth| !earth.codes.is_empty()));
    }

    #[test]
    fn the_ellipsoids_of_older_surveys_are_others() {
        assert!(is_near_ellipsoid(axes(6_378_137.0, 298.257_223_563)));
        assert!(is_near_ellipsoid(axes(6_378_137.0, 298.26)));
        for (name, longer, inverse) in [
            ("Xian 1980", 6_378_140.0, 298.257),
            ("Krasovsky", 6_378_245.0, 298.3),
            ("WGS 72", 6_378_135.0, 298.26),
            ("a sphere", 6_378_137.0, 0.0),
        ] {
            assert!(!is_near_ellipsoid(axes(longer, inverse)), "{name}");
        }
    }
}
