//! Which file says what, where one scenario extends another: an error leads to the file that is to be changed.

use std::collections::BTreeMap;

/// The file of each key of a scenario.
#[derive(Clone, Debug)]
pub struct Origins {
    /// The file that was asked for; what it extends is in `files`.
    file: String,
    /// By key, such as `stages.traffic`; a table stands for what is in it and not named itself.
    files: BTreeMap<String, String>,
}

impl Origins {
    /// Nothing is said yet; what is missing is missing in `file`.
    pub(super) fn new(file: String) -> Self {
        Self {
            file,
            files: BTreeMap::new(),
        }
    }

    /// The same for a file that extends this one.
    pub(super) fn extended_by(self, file: String) -> Self {
        Self { file, ..self }
    }

    /// The file that was asked for says this key, and all that is in it.
    pub(super) fn say(&mut self, key: String) {
        let inside = format!("{key}.");
        self.files.retain(|known, _| !known.starts_with(&inside));
        self.files.insert(key, self.file.clone());
    }

    /// The file that says a key, such as `stages.shift[2].from`, or the table that lacks it.
    pub fn file_of(&self, key: &str) -> &str {
        let ends = key.rmatch_indices(['.', '[', ' ']).map(|(end, _)| end);
        let mut files = std::iter::once(key.len())
            .chain(ends)
            .filter_map(|end| self.files.get(&key[..end]));
        files.next().unwrap_or(&self.file)
    }
}
