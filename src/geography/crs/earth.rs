//! Which geographic systems are WGS 84 within two metres.
//!
//! EPSG gives each of them a null transformation to WGS 84 of an accuracy of 1 or 2 m: their ellipsoid is
//! GRS 80 (0.1 mm flatter), and they part from WGS 84 as their plates drift.

/// A system whose degrees are taken as they are.
pub(super) struct Earth {
    pub name: &'static str,
    /// EPSG codes of its degrees.
    codes: &'static [u32],
    /// How names of systems and datums spell it, in small letters and figures only.
    spellings: &'static [&'static str],
    /// How far it is from WGS 84.
    within: Within,
}

#[derive(Clone, Copy)]
enum Within {
    Same,
    AMetre,
    TwoMetres,
}

const fn within_two_metres(
    name: &'static str,
    codes: &'static [u32],
    spellings: &'static [&'static str],
) -> Earth {
    Earth {
        name,
        codes,
        spellings,
        within: Within::TwoMetres,
    }
}

#[rustfmt::skip]
const KNOWN: [Earth; 14] = [
    Earth { name: "WGS 84", codes: &[4326, 4979], spellings: &["wgs1984", "wgs84", "worldgeodeticsystem1984"], within: Within::Same },
    Earth { name: "CGCS 2000", codes: &[4490, 4480], spellings: &["cgcs2000", "china2000", "chinageodeticcoordinatesystem2000"], within: Within::AMetre },
    within_two_metres("NAD83", &[4269, 4152, 4617, 4759, 6318], &["northamerican1983", "northamericandatum1983", "nad83", "nad1983"]),
    within_two_metres("ETRS89", &[4258], &["etrs1989", "etrs89", "europeanterrestrialreferencesystem1989"]),
    within_two_metres("GDA94", &[4283], &["gda1994", "gda94", "geocentricdatumofaustralia1994"]),
    within_two_metres("GDA2020", &[7844], &["gda2020", "geocentricdatumofaustralia2020"]),
    within_two_metres("JGD2000", &[4612], &["jgd2000", "japanesegeodeticdatum2000"]),
    within_two_metres("JGD2011", &[6668], &["jgd2011", "japanesegeodeticdatum2011"]),
    within_two_metres("SIRGAS 2000", &[4674], &["sirgas2000", "sistemadereferenciageocentricoparalasamericas2000", "sistemadereferenciageocentricoparaamericadelsur2000"]),
    within_two_metres("NZGD2000", &[4167], &["nzgd2000", "newzealandgeodeticdatum2000"]),
    within_two_metres("Korea 2000", &[4737], &["korea2000", "koreangeodeticdatum2000", "kgd2002", "geocentricdatumofkorea"]),
    within_two_metres("RGF93", &[4171], &["rgf1993", "rgf93", "reseaugeodesiquefrancais1993"]),
    within_two_metres("Hartebeesthoek94", &[4148], &["hartebeesthoek94", "hartebeesthoek1994"]),
    within_two_metres("POSGAR 2007", &[5340], &["posgar2007", "posicionesgeodesicasargentinas2007"]),
];

impl Earth {
    /// The system of an EPSG code of degrees.
    pub(super) fn of_code(code: u32) -> Option<&'static Self> {
        KNOWN.iter().find(|earth| earth.codes.contains(&code))
    }

    /// The system that a name of it, or of its datum, means.
    pub(super) fn named<'n>(names: impl Iterator<Item = &'n str>) -> Option<&'static Self> {
        let plain: Vec<String> = names.map(plain).collect();
        let is_named = |earth: &&Self| {
            let spelt = |spelling: &&str| plain.iter().any(|name| name.contains(*spelling));
            earth.spellings.iter().any(spelt)
        };
        KNOWN.iter().find(is_named)
    }

    /// What a reader is told: the system, where it is said, and how it is taken.
    pub(super) fn words(&self, by: &str) -> String {
        let taken = match self.within {
            Within::Same => "",
            Within::AMetre => "; taken as WGS 84, which it is within a metre",
            Within::TwoMetres => "; taken as WGS 84, which it is within two metres",
        };
        format!("{}, by {by}{taken}", self.name)
    }
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
            ("NAD83(CSRS)", "NAD83"),
            ("D_ETRS_1989", "ETRS89"),
            ("GCS_JGD_2011", "JGD2011"),
            ("D_SIRGAS_2000", "SIRGAS 2000"),
            ("WGS 84", "WGS 84"),
        ] {
            let earth = Earth::named([name].into_iter()).map(|earth| earth.name);
            assert_eq!(earth, Some(means), "{name}");
        }
        for name in ["NAD27", "GCS_Tokyo", "D_European_1950", "GCS_Xian_1980", ""] {
            assert!(Earth::named([name].into_iter()).is_none(), "{name}");
        }
    }
}
