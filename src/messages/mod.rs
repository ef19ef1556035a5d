//! The catalogue: every sentence, heading and word that a reader sees, in `data/messages`, one Fluent file
//! for each part of the program and language, Chinese and English side by side.
//!
//! [`text!`](crate::text) looks a message up. Numbers are passed as text where their decimals matter;
//! whole numbers as they are, so that a message can choose between one and many.

use std::sync::OnceLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use include_dir::{Dir, include_dir};

use crate::language::Language;

static FILES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/data/messages");

type Catalogue = FluentBundle<FluentResource>;

/// The name of a message, where it is chosen among several before it is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key(pub &'static str);

/// A message of the catalogue in a language: `text!(language, "key", name = value, …)`.
///
/// A [`Key`] may stand in place of the literal. Values are texts and whole numbers.
#[macro_export]
macro_rules! text {
    ($language:expr, $key:literal $(, $name:ident = $value:expr)* $(,)?) => {
        $crate::text!($language, $crate::messages::Key($key) $(, $name = $value)*)
    };
    ($language:expr, $key:expr $(, $name:ident = $value:expr)* $(,)?) => {
        $crate::messages::say($language, $key, [$((stringify!($name), ($value).into())),*])
    };
}

/// The message `key` in `language`, with its variables; see [`text!`](crate::text).
///
/// A message that the catalogue lacks reads as its key in braces; tests let none through.
pub fn say<const N: usize>(
    language: Language,
    Key(key): Key,
    variables: [(&'static str, FluentValue<'_>); N],
) -> String {
    let catalogue = catalogue(language);
    let Some(pattern) = catalogue
        .get_message(key)
        .and_then(|message| message.value())
    else {
        debug_assert!(false, "no message `{key}` in {language:?}");
        return format!("{{{key}}}");
    };
    let mut arguments = FluentArgs::with_capacity(N);
    for (name, value) in variables {
        arguments.set(name, value);
    }
    let mut problems = Vec::new();
    let said = catalogue.format_pattern(pattern, Some(&arguments), &mut problems);
    debug_assert!(
        problems.is_empty(),
        "message `{key}` in {language:?}: {problems:?}"
    );
    said.into_owned()
}

/// Items in a row: 甲、乙, or a, b.
pub fn list<S: std::borrow::Borrow<str>>(language: Language, items: &[S]) -> String {
    items.join(&crate::text!(language, "between-items"))
}

fn catalogue(language: Language) -> &'static Catalogue {
    static CHINESE: OnceLock<Catalogue> = OnceLock::new();
    static ENGLISH: OnceLock<Catalogue> = OnceLock::new();
    match language {
        Language::Chinese => CHINESE.get_or_init(|| read("zh")),
        Language::English => ENGLISH.get_or_init(|| read("en")),
    }
}

/// Reads the files of one language.
///
/// # Panics
/// When a file is no Fluent, or two messages have one name: the files are part of the program.
fn read(tag: &str) -> Catalogue {
    let locale = tag.parse().expect("a tag of two letters");
    let ending = format!(".{tag}.ftl");
    let mut catalogue = FluentBundle::new_concurrent(vec![locale]);
    // Marks around variables would stand in files that other programs read.
    catalogue.set_use_isolating(false);
    for file in FILES.files() {
        let path = file.path().display();
        if !path.to_string().ends_with(&ending) {
            continue;
        }
        let text = file.contents_utf8().expect("messages are UTF-8");
        let resource = FluentResource::try_new(text.to_owned())
            .unwrap_or_else(|(_, errors)| panic!("{path}: {errors:?}"));
        catalogue
            .add_resource(resource)
            .unwrap_or_else(|errors| panic!("{path}: {errors:?}"));
    }
    catalogue
}

#[cfg(test)]
mod tests;
