//! What brigades cost: unit prices, and what a brigade of each class needs. Two tables that a county
//! brings; without them nothing is said of money.

use std::collections::BTreeMap;

use crate::basis::Basis;
use crate::brigades::Station;
use crate::brigades::classes::{self, Class};
use crate::brigades::crew::Crew;
use crate::files::Source;
use crate::table::{Columns, Row, Table, TableError};

/// A unit price with how it is known.
#[derive(Clone, Debug, PartialEq)]
pub struct Price {
    /// In yuan, for the unit of its item.
    pub value: f64,
    /// Between what it may lie, where the table says it.
    pub range: Option<[f64; 2]>,
    /// After so many years it has to be bought again; `None` for what lasts or is paid every year.
    pub life_years: Option<f64>,
    /// How it is known.
    pub basis: Basis,
    /// Why it is so.
    pub reason: String,
}

/// What is priced, as the table writes it.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize,
)]
#[serde(rename_all = "snake_case")]
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

/// Every item with its key and unit in the table.
const ITEMS: [(Item, &str, &str); 11] = [
    (Item::Land, "land", "yuan_per_m2"),
    (Item::Building, "building", "yuan_per_m2"),
    (Item::Engine, "engine", "yuan"),
    (Item::Equipment, "equipment", "yuan_per_person"),
    (Item::CrewFullTime, "crew_full_time", "yuan_per_person_year"),
    (Item::CrewPartTime, "crew_part_time", "yuan_per_person_year"),
    (
        Item::CrewVolunteer,
        "crew_volunteer",
        "yuan_per_person_year",
    ),
    (Item::UpkeepStation, "upkeep_station", "yuan_per_year"),
    (Item::UpkeepEngine, "upkeep_engine", "yuan_per_year"),
    (Item::DiscountRate, "discount_rate", "per_year"),
    (Item::Period, "period", "years"),
];

impl Item {
    /// What the table calls it, and its unit there.
    pub fn key_and_unit(self) -> (&'static str, &'static str) {
        let known = ITEMS.iter().find(|(item, ..)| *item == self);
        known.map_or(("", ""), |(_, key, unit)| (key, unit))
    }

    /// Whether it has to be bought again after some years.
    fn wears_out(self) -> bool {
        matches!(self, Self::Building | Self::Engine | Self::Equipment)
    }

    /// Whether it is paid; the other items say how payments of several years are added up.
    fn is_price(self) -> bool {
        !matches!(self, Self::DiscountRate | Self::Period)
    }

    /// Whether the table may be without it: a county need not have such a crew.
    fn is_optional(self) -> bool {
        matches!(self, Self::CrewPartTime | Self::CrewVolunteer)
    }
}

/// All prices of a county.
#[derive(Clone, Debug, PartialEq)]
pub struct Prices {
    /// The last two items are no prices.
    prices: BTreeMap<Item, Price>,
    /// The smallest class first.
    pub classes: Vec<Class>,
}

impl Prices {
    /// Reads `prices.csv` (`item,unit,value,life_years,basis,reason`, one row an item; `low` and `high` where it is
    /// known between what the value may lie) and
    /// `brigade_classes.csv` (`class,name,name_en,engines,people,people_per_further_engine,land_m2,
    /// building_m2,basis,reason`).
    ///
    /// # Errors
    /// When a row cannot be used, or an item is missing.
    pub fn read(prices: &Source, classes: &Source) -> Result<Self, TableError> {
        let columns = ["item", "unit", "value", "life_years", "basis", "reason"];
        let table = Table::read(prices, &Columns::of(&columns).and(&["low", "high"]))?;
        let found = table.each(&["item"], |row| {
            let key = row.text("item")?;
            let Some((item, _, unit)) = ITEMS.iter().find(|(_, known, _)| *known == key) else {
                let known = ITEMS.map(|(_, key, _)| key).join(", ");
                return Err(row.bad_value("item", &format!("one of {known}")));
            };
            Ok((*item, price(row, *item, unit)?))
        })?;
        let found = BTreeMap::from_iter(found);
        let mut missing = ITEMS.iter().filter(|(item, ..)| !found.contains_key(item));
        if let Some((_, key, unit)) = missing.find(|(item, ..)| !item.is_optional()) {
            return Err(TableError::NoRow {
                file: table.file().to_owned(),
                row: (*key).to_owned(),
                hint: format!("its unit is {unit}"),
            });
        }
        Ok(Self {
            prices: found,
            classes: classes::read(classes)?,
        })
    }

    /// The price of an item; `None` where the table has none, which only a crew may lack.
    pub fn of(&self, item: Item) -> Option<&Price> {
        self.prices.get(&item)
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

    /// Every item that the table has, with its price.
    pub fn items(&self) -> impl Iterator<Item = (Item, &Price)> {
        self.prices.iter().map(|(item, price)| (*item, price))
    }
}

fn price(row: &Row<'_>, item: Item, unit: &str) -> Result<Price, TableError> {
    if row.text("unit")? != unit {
        return Err(row.bad_value("unit", unit));
    }
    let value = row.non_negative("value")?;
    let life: Option<f64> = row.parse_optional("life_years", "a number of years")?;
    match (item.wears_out(), life) {
        (true, Some(years)) if years > 0.0 && years.is_finite() => {}
        (true, _) => {
            return Err(row.bad_value("life_years", "the years after which it is bought again"));
        }
        (false, Some(_)) => return Err(row.bad_value("life_years", "nothing for this item")),
        (false, None) => {}
    }
    match item {
        Item::DiscountRate if value >= 1.0 => {
            Err(row.bad_value("value", "a share below 1, such as 0.05 for 5%"))
        }
        Item::Period if !(1.0..=100.0).contains(&value) => {
            Err(row.bad_value("value", "from 1 to 100 years"))
        }
        _ => Ok(Price {
            value,
            range: range(row, item, value)?,
            life_years: life,
            basis: row.basis()?,
            reason: row.optional("reason").unwrap_or_default().to_owned(),
        }),
    }
}

/// The columns `low` and `high`: both or neither, with the value between them.
fn range(row: &Row<'_>, item: Item, value: f64) -> Result<Option<[f64; 2]>, TableError> {
    let given = ["low", "high"].map(|column| row.optional(column).is_some());
    match given {
        [false, false] => return Ok(None),
        [false, true] => return Err(row.bad_value("low", "a number too, as `high` is one")),
        [true, false] => return Err(row.bad_value("high", "a number too, as `low` is one")),
        [true, true] if !item.is_price() => {
            return Err(row.bad_value("low", "nothing for this item"));
        }
        [true, true] => {}
    }
    let [low, high] = [row.non_negative("low")?, row.non_negative("high")?];
    if low > value {
        return Err(row.bad_value("low", &format!("at most the value, {value}")));
    }
    if high < value {
        return Err(row.bad_value("high", &format!("at least the value, {value}")));
    }
    Ok(Some([low, high]))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::language::Name;

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
    fn an_item_has_one_key_in_tables_and_answers() {
        for (item, key, _) in ITEMS {
            assert_eq!(serde_json::to_value(item).unwrap(), key);
        }
    }

    /// A table without the two columns is read as before.
    #[test]
    fn a_price_has_a_range_where_the_table_gives_one() {
        let range = |prices: &Prices, item| prices.of(item).unwrap().range;
        let prices = read(|text| text, CLASSES).unwrap();
        assert_eq!(range(&prices, Item::Engine), Some([400_000.0, 900_000.0]));
        assert_eq!(range(&prices, Item::DiscountRate), None);
        let without = |text: String| -> String {
            let lines = text
                .lines()
                .map(|line| line.split(',').collect::<Vec<&str>>());
            lines
                .map(|of| [&of[..3], &of[5..]].concat().join(",") + "\n")
                .collect()
        };
        let prices = read(without, CLASSES).unwrap();
        assert_eq!(range(&prices, Item::Engine), None);
        assert_eq!(prices.of(Item::Engine).unwrap().value, 650_000.0);
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
        wrong("engine,yuan,650000", "engine,wan_yuan,65", "column `unit`");
        wrong("engine,yuan,", "helicopter,yuan,", "column `item`");
        wrong(
            "650000,400000,900000,15",
            "650000,400000,900000,",
            "column `life_years`",
        );
        wrong("300,0,600,,", "300,0,600,70,", "column `life_years`");
        wrong("650000", "-1", "column `value`");
        wrong("per_year,0.05", "per_year,5", "a share below 1");
        // The row of engines is the fourth line.
        let low = "prices.csv:4: column `low`: `650001`";
        wrong("650000,400000", "650000,650001", low);
        wrong(
            "650000,400000",
            "650000,650001",
            "at most the value, 650000",
        );
        let high = "prices.csv:4: column `high`: `649999`";
        wrong("400000,900000", "400000,649999", high);
        wrong("400000,900000", "400000,", "a number too, as `low` is one");
        wrong("400000,900000", ",900000", "a number too, as `high` is one");
        wrong("400000,900000", "-5,900000", "column `low`: `-5`");
        wrong(
            "per_year,0.05,,",
            "per_year,0.05,0.03,0.08",
            "nothing for this item",
        );
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
