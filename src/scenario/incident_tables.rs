//! What a scenario says of incidents: the years that are simulated, special days, incidents that are
//! listed one by one.

use jiff::civil::Date;

use crate::basis::Basis;
use crate::county::County;
use crate::county::incident_list::{self, IncidentList, ListedIncident};
use crate::scenario::error::ScenarioError;
use crate::scenario::file::{HorizonKey, SpecialDayKey};
use crate::scenario::incidents::{Horizon, Incidents, SpecialDay};
use crate::scenario::loading::Loader;
use crate::table::{Columns, Table};

impl Loader<'_> {
    /// What is simulated.
    pub(super) fn incidents(&self, county: &mut County) -> Result<Incidents, ScenarioError> {
        let horizon = self.horizon(&self.wanted.horizon)?;
        let calendar = self.calendar()?;
        let special_days = self.wanted.special_day.iter();
        let special_days =
            special_days.map(|day| self.special_day(day, &calendar, county, horizon));
        let special_days = special_days.collect::<Result<_, _>>()?;
        let lists = self.lists(county, horizon)?;
        let mut listed: Vec<ListedIncident> = lists
            .iter()
            .flat_map(|list| list.incidents.iter().copied())
            .collect();
        listed.sort_by_key(|incident| incident.received);
        Ok(Incidents {
            horizon,
            special_days,
            listed,
            lists,
            is_replay: self.wanted.tables.incidents.is_some(),
        })
    }

    fn horizon(&self, wanted: &HorizonKey) -> Result<Horizon, ScenarioError> {
        if !(1..=100).contains(&wanted.years) {
            return Err(self.key("horizon.years", "it should be from 1 to 100"));
        }
        if !(1..=100_000).contains(&wanted.replications) {
            return Err(self.key("horizon.replications", "it should be from 1 to 100,000"));
        }
        let start = self.date(&wanted.start, "horizon.start")?;
        let end = start
            .checked_add(jiff::Span::new().years(wanted.years))
            .map_err(|_| self.key("horizon.start", "it is too late in the calendar"))?;
        let days = days_between(start, end);
        if wanted.warm_up_days >= days {
            let problem = format!("it should be less than the {days} days that are simulated");
            return Err(self.key("horizon.warm_up_days", problem));
        }
        if let Some(batches) = wanted.batches {
            let most = days - wanted.warm_up_days;
            if batches < 2 || batches > most {
                let problem = format!("it should be from 2 to {most}, the days that are counted");
                return Err(self.key("horizon.batches", problem));
            }
            if wanted.replications != 1 {
                let problem = "batches are parts of one long run; it should be 1";
                return Err(self.key("horizon.replications", problem));
            }
        }
        Ok(Horizon {
            start,
            years: wanted.years,
            days,
            warm_up_days: wanted.warm_up_days,
            batches: wanted.batches,
            replications: wanted.replications,
        })
    }

    fn date(&self, date: &toml::value::Datetime, key: &str) -> Result<Date, ScenarioError> {
        let date = match date.date {
            Some(day) if date.time.is_none() => Date::new(
                i16::try_from(day.year).unwrap_or(i16::MAX),
                i8::try_from(day.month).unwrap_or(i8::MAX),
                i8::try_from(day.day).unwrap_or(i8::MAX),
            )
            .ok(),
            _ => None,
        };
        date.ok_or_else(|| self.key(key, "it should be a day such as 2027-01-01, without quotes"))
    }

    /// Days whose dates move from year to year, by `date,name`.
    fn calendar(&self) -> Result<Vec<(Date, String)>, ScenarioError> {
        let table = self.optional_table(self.wanted.tables.calendar.as_deref(), "calendar.csv");
        let Some(table) = table else {
            return Ok(Vec::new());
        };
        let table = Table::read(&table, &Columns::of(&["date", "name"]))?;
        let days = table.each(&[], |row| {
            let date: Date = row.parse("date", "a day such as 2027-02-06")?;
            Ok((date, row.text("name")?.to_owned()))
        });
        Ok(days?)
    }

    fn special_day(
        &self,
        wanted: &SpecialDayKey,
        calendar: &[(Date, String)],
        county: &County,
        horizon: Horizon,
    ) -> Result<SpecialDay, ScenarioError> {
        let key = |part: &str| format!("special_day `{}`: {part}", wanted.name);
        if !(1.0..=10_000.0).contains(&wanted.factor) {
            return Err(self.key(
                key("factor"),
                "it should be from 1 to 10,000: the rate of such a day over that of an ordinary \
                 one",
            ));
        }
        let mut dates = Vec::new();
        for date in &wanted.dates {
            dates.push(self.date(date, &key("dates"))?);
        }
        if let Some(name) = &wanted.calendar {
            let named = calendar.iter().filter(|(_, of)| of == name);
            let before = dates.len();
            dates.extend(named.map(|(date, _)| *date));
            if dates.len() == before {
                let mut known: Vec<&str> = calendar.iter().map(|(_, of)| of.as_str()).collect();
                known.sort_unstable();
                known.dedup();
                return Err(self.key(
                    key("calendar"),
                    format!(
                        "the calendar has no day `{name}`; it has {}",
                        if known.is_empty() {
                            "none at all".to_owned()
                        } else {
                            known.join(", ")
                        }
                    ),
                ));
            }
        }
        let mut days = Vec::new();
        for day in dates {
            // A table of dates may reach beyond the years of this horizon.
            if day >= horizon.start && days_between(horizon.start, day) < horizon.days {
                days.push(days_between(horizon.start, day));
            }
        }
        days.sort_unstable();
        days.dedup();
        if days.is_empty() {
            return Err(self.key(
                key("dates"),
                format!(
                    "none of the days lies within the {} years from {}",
                    horizon.years, horizon.start
                ),
            ));
        }
        let town = wanted
            .town
            .as_ref()
            .map(|town| self.town(town, &key("town"), county))
            .transpose()?;
        Ok(SpecialDay {
            name: wanted.name.clone(),
            days,
            town,
            types: self.types(&wanted.types, &key("types"), county)?,
            factor: wanted.factor,
        })
    }

    /// Incidents that are listed one by one: calls of record are observed, calls that are feared assumed, unless
    /// the list says otherwise.
    fn lists(
        &self,
        county: &mut County,
        horizon: Horizon,
    ) -> Result<Vec<IncidentList>, ScenarioError> {
        let tables = &self.wanted.tables;
        let mut lists = Vec::new();
        for (file, basis) in [
            (&tables.incidents, Basis::Observed),
            (&tables.extra_incidents, Basis::Assumed),
        ] {
            if let Some(file) = file {
                let table = self.folder.join(file);
                let (start, days) = (horizon.start, horizon.days);
                lists.push(incident_list::read(&table, county, start, days, basis)?);
            }
        }
        Ok(lists)
    }
}

/// Days from `start` to a day that is not before it.
fn days_between(start: Date, end: Date) -> u32 {
    u32::try_from(start.duration_until(end).as_hours() / 24).unwrap_or(0)
}
