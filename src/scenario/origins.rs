//! Which file says what, where one scenario extends another: an error leads to the file that is to be changed.

use std::collections::BTreeMap;

use toml::Value;

/// The file of each key of a scenario.
#[derive(Clone, Debug)]
pub struct Origins {
    /// The file that was asked for; what it extends is in `said`.
    file: String,
    /// By key, such as `stages.traffic`.
    said: BTreeMap<String, Said>,
}

#[derive(Clone, Debug)]
struct Said {
    file: String,
    /// A list, or a figure with its basis, is of one file, and so is what it lacks; the keys of another table may
    /// come from several.
    is_whole: bool,
}

impl Origins {
    /// Nothing is said yet; what is missing is missing in `file`.
    pub(super) fn new(file: String) -> Self {
        Self {
            file,
            said: BTreeMap::new(),
        }
    }

    /// The same for a file that extends this one.
    pub(super) fn extended_by(self, file: String) -> Self {
        Self { file, ..self }
    }

    /// The file that was asked for says this key, and all that is in it.
    pub(super) fn say(&mut self, key: String, value: &Value) {
        let inside = format!("{key}.");
        self.said.retain(|known, _| !known.starts_with(&inside));
        let table = value.as_table();
        let said = Said {
            file: self.file.clone(),
            is_whole: table.is_none_or(|table| table.contains_key("basis")),
        };
        self.said.insert(key, said);
        for (name, value) in table.into_iter().flatten() {
            self.say(format!("{inside}{name}"), value);
        }
    }

    /// The file that was asked for says some of the keys of a table.
    pub(super) fn share(&mut self, table: &str) {
        if let Some(said) = self.said.get_mut(table) {
            said.is_whole = false;
        }
    }

    /// The file that says a key, such as `stages.shift[2].from`. What is missing is missing in the file that was
    /// asked for, unless in something that is of one file.
    pub fn file_of(&self, key: &str) -> &str {
        if let Some(said) = self.said.get(key) {
            return &said.file;
        }
        let ends = key.rmatch_indices(['.', '[', ' ']);
        let mut around = ends.filter_map(|(end, _)| self.said.get(&key[..end]));
        match around.next() {
            Some(said) if said.is_whole => &said.file,
            _ => &self.file,
        }
    }
}
