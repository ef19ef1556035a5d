//! The projected systems of EPSG that are converted here, by their codes: strips of a transverse Mercator
//! projection, whose codes are counted through, and the Mercator of web maps.

/// A strip of a transverse Mercator projection.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Strip {
    pub central_meridian: f64,
    pub scale: f64,
    pub false_easting: f64,
    pub false_northing: f64,
}

/// A run of codes.
struct Run {
    codes: std::ops::RangeInclusive<u32>,
    /// The zone of the first code.
    zone: u32,
    kind: Kind,
    /// Whose ellipsoid and degrees it has: an EPSG code.
    earth: u32,
}

#[derive(Clone, Copy)]
enum Kind {
    Utm {
        south: bool,
    },
    /// Gauss–Krüger of strips so many degrees wide; with the number of the zone before the easting or not.
    GaussKrueger {
        width: u32,
        prefixed: bool,
    },
}

#[rustfmt::skip]
const RUNS: [Run; 12] = [
    Run { codes: 32601..=32660, zone: 1, kind: Kind::Utm { south: false }, earth: 4326 },
    Run { codes: 32701..=32760, zone: 1, kind: Kind::Utm { south: true }, earth: 4326 },
    Run { codes: 25828..=25838, zone: 28, kind: Kind::Utm { south: false }, earth: 4258 },
    Run { codes: 26901..=26923, zone: 1, kind: Kind::Utm { south: false }, earth: 4269 },
    Run { codes: 28348..=28358, zone: 48, kind: Kind::Utm { south: true }, earth: 4283 },
    Run { codes: 7846..=7859, zone: 46, kind: Kind::Utm { south: true }, earth: 7844 },
    Run { codes: 31965..=31976, zone: 11, kind: Kind::Utm { south: false }, earth: 4674 },
    Run { codes: 31977..=31985, zone: 17, kind: Kind::Utm { south: true }, earth: 4674 },
    Run { codes: 4491..=4501, zone: 13, kind: Kind::GaussKrueger { width: 6, prefixed: true }, earth: 4490 },
    Run { codes: 4502..=4512, zone: 13, kind: Kind::GaussKrueger { width: 6, prefixed: false }, earth: 4490 },
    Run { codes: 4513..=4533, zone: 25, kind: Kind::GaussKrueger { width: 3, prefixed: true }, earth: 4490 },
    Run { codes: 4534..=4554, zone: 25, kind: Kind::GaussKrueger { width: 3, prefixed: false }, earth: 4490 },
];

/// The strip of a code, and the code of its degrees.
pub(super) fn strip(code: u32) -> Option<(Strip, u32)> {
    let run = RUNS.iter().find(|run| run.codes.contains(&code))?;
    let zone = run.zone + code - run.codes.start();
    let strip = match run.kind {
        Kind::Utm { south } => Strip {
            central_meridian: f64::from(zone) * 6.0 - 183.0,
            scale: 0.9996,
            false_easting: 500_000.0,
            false_northing: if south { 10_000_000.0 } else { 0.0 },
        },
        Kind::GaussKrueger { width, prefixed } => Strip {
            central_meridian: meridian(zone, width),
            scale: 1.0,
            false_easting: 500_000.0 + if prefixed { f64::from(zone) * 1e6 } else { 0.0 },
            false_northing: 0.0,
        },
    };
    Some((strip, run.earth))
}

/// The central meridian of a Gauss–Krüger zone of 3 or 6 degrees.
pub(super) fn meridian(zone: u32, width: u32) -> f64 {
    f64::from(zone * width) - if width == 6 { 3.0 } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// From the EPSG registry: 32619 is UTM zone 19 north (69° W), 4547 CGCS 2000 of 114° E, 4527 its zone
    /// 39 (117° E), 4498 zone 20 of six degrees (117° E), 31983 UTM zone 23 south (45° W).
    #[test]
    fn codes_lead_to_their_zones() {
        for (code, meridian, easting) in [
            (32619, -69.0, 500_000.0),
            (4547, 114.0, 500_000.0),
            (4527, 117.0, 39_500_000.0),
            (4498, 117.0, 20_500_000.0),
            (31983, -45.0, 500_000.0),
            (28356, 153.0, 500_000.0),
        ] {
            let (strip, _) = strip(code).unwrap();
            assert_eq!(
                (strip.central_meridian, strip.false_easting),
                (meridian, easting),
                "{code}"
            );
        }
        assert_eq!(strip(3735), None);
    }
}
