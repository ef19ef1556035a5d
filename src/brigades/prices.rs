//! What brigades cost: unit prices, and what a brigade of each class needs. Two tables that a county
//! brings; without them nothing is said of money.

use crate::basis::Basis;
use crate::brigades::Station;
use crate::brigades::crew::Crew;
use crate::files::Source;
use crate::language::{Language, Name};
use crate::messages::Key;
use crate::table::{Row, Table, TableError};
use crate::text;

/// A unit price with how it is known.
#[derive(Clone, Debug, PartialEq)]
pub struct Price {
    /// In yuan, for the unit of its item.
    pub value: f64,
    /// After so many years it has to be bought again; `None` for what lasts or is paid every year.
    pub life_years: Option<f64>,
    /// How it is known.
    pub basis: Basis,
    /// Why it is so.
    pub reason: String,
}

/// What is priced, in the order in which the entries below say how it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Item {
    /// A square metre of land.
    Land,
    /// A square metre of building.
    Building,
    Engine,
    /// Protective gear and tools of one person.
    Equipment,
    /// A year of a person of a full-time crew.
    CrewFullTime,
    /// A year of a person of a part-time crew.
    CrewPartTime,
    /// A year of a volunteer.
    CrewVolunteer,
    /// A year of a station without its engines and people.
    UpkeepStation,
    /// A year of an engine.
    UpkeepEngine,
    /// By how much a yuan next year is worth less.
    DiscountRate,
    /// Years for which the present value is worked out.
    Period,
}

/// How an item is written in the table, its unit, and whether the table may be without it.
struct Entry {
    item: Item,
    key: &'static str,
    unit: &'static str,
    name: Key,
    has_life: bool,
    is_optional: bool,
}

const fn entry(item: Item, key: &'static str, unit: &'static str, name: Key) -> Entry {
    Entry {
        item,
        key,
        unit,
        name,
        has_life: false,
        is_optional: false,
    }
}

const fn with_life(entry: Entry) -> Entry {
    Entry {
        has_life: true,
        ..entry
    }
}

const fn optional(entry: Entry) -> Entry {
    Entry {
        is_optional: true,
        ..entry
    }
}

const PERSON_YEAR: &str = "yuan_per_person_year";

/// All items.
const ITEMS: [Entry; 11] = [
    entry(Item::Land, "land", "yuan_per_m2", Key("price-land")),
    with_life(entry(
        Item::Building,
        "building",
        "yuan_per_m2",
        Key("price-building"),
    )),
    with_life(entry(Item::Engine, "engine", "yuan", Key("price-engine"))),
    with_life(entry(
        Item::Equipment,
        "equipment",
        "yuan_per_person",
        Key("price-equipment"),
    )),
    entry(
        Item::CrewFullTime,
        "crew_full_time",
        PERSON_YEAR,
        Key("price-crew-full-time"),
    ),
    optional(entry(
        Item::CrewPartTime,
        "crew_part_time",
        PERSON_YEAR,
        Key("price-crew-part-time"),
    )),
    optional(entry(
        Item::CrewVolunteer,
        "crew_volunteer",
        PERSON_YEAR,
        Key("price-crew-volunteer"),
    )),
    entry(
        Item::UpkeepStation,
        "upkeep_station",
        "yuan_per_year",
        Key("price-upkeep-station"),
    ),
    entry(
        Item::UpkeepEngine,
        "upkeep_engine",
        "yuan_per_year",
        Key("price-upkeep-engine"),
    ),
    entry(
        Item::DiscountRate,
        "discount_rate",
        "per_year",
        Key("price-discount-rate"),
    ),
    entry(Item::Period, "period", "years", Key("price-period")),
];

/// What a brigade of a class needs.
#[derive(Clone, Debug, PartialEq)]
pub struct Class {
    pub name: Name,
    /// It has so many engines at least.
    pub engines: u16,
    /// People for these engines on duty around the clock, all shifts together.
    pub people: f64,
    /// People for each engine beyond.
    pub people_per_further_engine: f64,
    /// Land in square metres.
    pub land: f64,
    /// Building in square metres.
    pub building: f64,
    /// How it is known.
    pub basis: Basis,
    /// Where it stands.
    pub reason: String,
}

/// All prices of a county.
#[derive(Clone, Debug, PartialEq)]
pub struct Prices {
    /// By [`Item`]; the last two are no prices.
    prices: Vec<Option<Price>>,
    /// The smallest class first.
    pub classes: Vec<Class>,
}

impl Prices {
    /// Reads `prices.csv` (`item,unit,value,life_years,basis,reason`, one row an item) and
    /// `brigade_classes.csv` (`class,name,name_en,engines,people,people_per_further_engine,land_m2,
    /// building_m2,basis,reason`).
    ///
    /// # Errors
    /// When a row cannot be used, or an item is missing.
    pub fn read(prices: &Source, classes: &Source) -> Result<Self, TableError> {
        let table = Table::read(prices)?;
        table.require_columns(&["item", "unit", "value", "life_years", "basis", "reason"])?;
        table.require_unique("item")?;
        let mut found: Vec<Option<Price>> = vec![None; ITEMS.len()];
        for row in table.rows() {
            let key = row.text("item")?;
            let Some(place) = ITEMS.iter().position(|entry| entry.key == key) else {
                let known: Vec<&str> = ITEMS.iter().map(|entry| entry.key).collect();
                return Err(row.bad_value("item", &format!("one of {}", known.join(", "))));
            };
            found[place] = Some(price(&row, &ITEMS[place])?);
        }
        let missing = |entry: &&Entry| !entry.is_optional && found[entry.item as usize].is_none();
        if let Some(entry) = ITEMS.iter().find(missing) {
            return Err(TableError::NoRow {
                file: table.file().to_owned(),
                row: entry.key.to_owned(),
                hint: format!("its unit is {}", entry.unit),
            });
        }
        Ok(Self {
            prices: found,
            classes: read_classes(classes)?,
        })
    }

    /// The price of an item; `None` where the table has none, which only a crew may lack.
    pub fn of(&self, item: Item) -> Option<&Price> {
        self.prices[item as usize].as_ref()
    }

    /// The value of an item that every table has.
    fn value(&self, item: Item) -> f64 {
        self.of(item).map_or(0.0, |price| price.value)
    }

    /// By how much a yuan next year is worth less.
    pub fn discount_rate(&self) -> f64 {
        self.value(Item::DiscountRate)
    }

    /// Years for which the present value is worked out.
    pub fn period(&self) -> f64 {
        self.value(Item::Period)
    }

    /// The item that a person of a crew costs.
    pub fn crew_item(crew: Crew) -> Item {
        match crew {
            Crew::FullTime => Item::CrewFullTime,
            Crew::PartTime => Item::CrewPartTime,
            Crew::Volunteer => Item::CrewVolunteer,
        }
    }

    /// The class of a station: the largest for which it has engines enough, or the smallest of all.
    pub fn class_of(&self, station: &Station) -> &Class {
        let fits = |class: &&Class| class.engines <= station.engines;
        let class = self.classes.iter().rev().find(fits);
        class.unwrap_or(&self.classes[0])
    }

    /// Every row with its name in Chinese and English and how it is known.
    pub fn rows(&self) -> impl Iterator<Item = (Name, Basis, &str)> {
        let prices = ITEMS.iter().zip(&self.prices).filter_map(|(entry, price)| {
            let price = price.as_ref()?;
            let name = Name::said(|language| {
                text!(
                    language,
                    "note-price",
                    item = text!(language, entry.name),
                    value = price.value.to_string(),
                    unit = unit_words(entry.unit, language)
                )
            });
            Some((name, price.basis, &price.reason[..]))
        });
        let classes = self.classes.iter().map(|class| {
            let name = Name::said(|language| {
                text!(
                    language,
                    "note-class",
                    name = class.name.in_language(language),
                    people = class.people.to_string(),
                    land = class.land.to_string(),
                    building = class.building.to_string()
                )
            });
            (name, class.basis, &class.reason[..])
        });
        prices.chain(classes)
    }
}

/// A unit in words, as the table writes it where there are none.
fn unit_words(unit: &'static str, language: Language) -> String {
    let key = match unit {
        "yuan" => Key("price-unit-yuan"),
        "yuan_per_m2" => Key("price-unit-yuan-per-m2"),
        "yuan_per_person" => Key("price-unit-yuan-per-person"),
        PERSON_YEAR => Key("price-unit-yuan-per-person-year"),
        "yuan_per_year" => Key("price-unit-yuan-per-year"),
        "share" => return String::new(),
        other => return other.to_owned(),
    };
    text!(language, key)
}

fn price(row: &Row<'_>, entry: &Entry) -> Result<Price, TableError> {
    if row.text("unit")? != entry.unit {
        return Err(row.bad_value("unit", entry.unit));
    }
    let value = row.non_negative("value")?;
    let life: Option<f64> = row.parse_optional("life_years", "a number of years")?;
    match (entry.has_life, life) {
        (true, Some(years)) if years > 0.0 && years.is_finite() => {}
        (true, _) => {
            return Err(row.bad_value("life_years", "the years after which it is bought again"));
        }
        (false, Some(_)) => return Err(row.bad_value("life_years", "nothing for this item")),
        (false, None) => {}
    }
    match entry.item {
        Item::DiscountRate if value >= 1.0 => {
            Err(row.bad_value("value", "a share below 1, such as 0.05 for 5 %"))
        }
        Item::Period if !(1.0..=100.0).contains(&value) => {
            Err(row.bad_value("value", "from 1 to 100 years"))
        }
        _ => Ok(Price {
            value,
            life_years: life,
            basis: row.basis()?,
            reason: row.optional("reason").unwrap_or_default().to_owned(),
        }),
    }
}

fn read_classes(source: &Source) -> Result<Vec<Class>, TableError> {
    let table = Table::read(source)?;
    table.require_columns(&[
        "class",
        "name",
        "engines",
        "people",
        "people_per_further_engine",
        "land_m2",
        "building_m2",
        "basis",
        "reason",
    ])?;
    table.require_rows("each row is a class of brigade")?;
    table.require_unique("class")?;
    table.require_unique("engines")?;
    let classes = table.rows().map(|row| {
        Ok(Class {
            name: row.name()?,
            engines: row.parse("engines", "a whole number of engines")?,
            people: row.non_negative("people")?,
            people_per_further_engine: row.non_negative("people_per_further_engine")?,
            land: row.non_negative("land_m2")?,
            building: row.non_negative("building_m2")?,
            basis: row.basis()?,
            reason: row.optional("reason").unwrap_or_default().to_owned(),
        })
    });
    let mut classes = classes.collect::<Result<Vec<Class>, TableError>>()?;
    classes.sort_by_key(|class| class.engines);
    Ok(classes)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::files::Source;

    const CLASSES: &str = "class,name,engines,people,people_per_further_engine,land_m2,building_m2,\
                           basis,reason\nI,one,2,15,5,1100,700,assumed,\nII,two,1,10,0,775,500,assumed,\n";

    fn read(change: impl Fn(String) -> String, classes: &str) -> Result<Prices, String> {
        let folder = tempfile::tempdir().unwrap();
        let [prices_file, classes_file] =
            ["prices.csv", "classes.csv"].map(|name| folder.path().join(name));
        let embedded = Source::Embedded("data/wuhua/prices.csv".into());
        fs::write(&prices_file, change(embedded.read_text().unwrap())).unwrap();
        fs::write(&classes_file, classes).unwrap();
        Prices::read(&Source::Disk(prices_file), &Source::Disk(classes_file))
            .map_err(|error| error.to_string())
    }

    #[test]
    fn every_item_stands_at_its_own_place() {
        for (place, entry) in ITEMS.iter().enumerate() {
            assert_eq!(entry.item as usize, place, "{}", entry.key);
        }
    }

    #[test]
    fn a_station_has_the_largest_class_for_which_it_has_engines() {
        let prices = read(|text| text, CLASSES).unwrap();
        let people = |engines: u16| {
            let station = Station {
                id: String::new(),
                name: Name {
                    local: String::new(),
                    english: String::new(),
                },
                position: crate::geography::LonLat::default(),
                engines,
                apparatus: Vec::new(),
                crew: Crew::FullTime,
                profile: None,
                basis: Basis::Assumed,
                reason: String::new(),
            };
            prices.class_of(&station).people
        };
        assert_eq!([1, 2, 3].map(people), [10.0, 15.0, 15.0]);
    }

    #[test]
    fn what_is_wrong_with_a_price_is_named() {
        let wrong = |from: &str, to: &str, said: &str| {
            let error = read(|text| text.replacen(from, to, 1), CLASSES).unwrap_err();
            assert!(error.contains(said), "{error}");
        };
        wrong("engine,yuan,900000", "engine,wan_yuan,90", "column `unit`");
        wrong("engine,yuan,", "helicopter,yuan,", "column `item`");
        wrong("900000,15", "900000,", "column `life_years`");
        wrong("300,,", "300,70,", "column `life_years`");
        wrong("900000", "-1", "column `value`");
        wrong("per_year,0.05", "per_year,5", "a share below 1");
        let without = |text: String| -> String {
            let lines = text.lines().filter(|line| !line.starts_with("land,"));
            lines.map(|line| format!("{line}\n")).collect()
        };
        let error = read(without, CLASSES).unwrap_err();
        assert!(
            error.contains("there is no row `land`; its unit is yuan_per_m2"),
            "{error}"
        );
    }
}
