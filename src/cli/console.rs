//! How much the program says beside its result: nothing with `--quiet`, times with `--verbose`.

use std::borrow::Cow;
use std::io::{ErrorKind, IsTerminal as _, Write as _, stderr};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use indicatif::{HumanCount, ProgressBar, ProgressState, ProgressStyle};

use super::failure::Failure;
use super::interruption;
use crate::language::Language;
use crate::planning::instance::Decimal;
use crate::progress::{self, Search, Told, Unit, Work};
use crate::report::basis_words::input_words;
use crate::report::warning_words::{network_words, warning_words};
use crate::roads::cache::Network;
use crate::scenario::Scenario;
use crate::scenario::warnings::Warning;

static QUIET: AtomicBool = AtomicBool::new(false);
static VERBOSE: AtomicBool = AtomicBool::new(false);

/// The line of the phase that is under way.
static LINE: Mutex<Option<ProgressBar>> = Mutex::new(None);

fn line() -> MutexGuard<'static, Option<ProgressBar>> {
    LINE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// How much is said from here on.
pub(super) fn set_up(quiet: bool, verbose: bool) {
    progress::listen(Box::new(show));
    QUIET.store(quiet, Ordering::Relaxed);
    VERBOSE.store(verbose, Ordering::Relaxed);
}

/// Writes a result to standard output.
///
/// # Errors
/// When it cannot be written, or nobody reads it any more (`| head`): then the command ends, and what
/// belongs into files is there by then.
pub(super) fn result(words: std::fmt::Arguments<'_>) -> Result<(), Failure> {
    std::io::stdout()
        .write_all(shown(&words.to_string()).as_bytes())
        .map_err(|error| match error.kind() {
            ErrorKind::BrokenPipe => Failure::NobodyReads,
            _ => Failure::Run(format!("the result cannot be written: {error}").into()),
        })
}

/// Writes a line to standard error. Where nobody reads it, the work goes on: `eprintln!` would panic.
pub fn say(words: std::fmt::Arguments<'_>) {
    let _ = writeln!(stderr(), "{}", shown(&words.to_string()));
}

/// A text as a terminal may show it: what would be an order to it, or would turn the text around, stands as its code,
/// as JSON writes it.
fn shown(text: &str) -> Cow<'_, str> {
    let is_order = |letter: char| letter.is_control() && !matches!(letter, '\n' | '\t');
    let turns = |letter: char| matches!(letter, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let has_code = |letter: char| is_order(letter) || turns(letter);
    if !text.contains(has_code) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len());
    for letter in text.chars() {
        match has_code(letter) {
            true => shown += &format!("\\u{:04x}", u32::from(letter)),
            false => shown.push(letter),
        }
    }
    Cow::Owned(shown)
}

/// A count before its noun: `1 file`, `2 files`.
pub(super) fn counted(count: usize, noun: &str) -> String {
    number_of(count as u64, [noun, &format!("{noun}s")])
}

/// So many, in the words for one and for several.
pub(super) fn number_of(count: u64, [one, several]: [&str; 2]) -> String {
    format!("{count} {}", if count == 1 { one } else { several })
}

/// Says something about the run on standard error.
pub(super) fn note(text: &str) {
    if !QUIET.load(Ordering::Relaxed) {
        say(format_args!("{text}"));
    }
}

/// Says what a planner should look at.
pub(super) fn warn(text: &str) {
    note(&format!("warning: {text}"));
}

/// Says all of it.
pub(super) fn warn_of(warnings: &[Warning], language: Language) {
    for warning in warnings {
        warn(&warning_words(warning, language));
    }
}

/// Says which calls are listed, and how far they are from their roads.
pub(super) fn note_of_lists(scenario: &Scenario, language: Language) {
    for list in scenario.listed_calls() {
        note(&input_words(&list.input(), language));
    }
}

/// Says how a network was read, and what went wrong beside it.
pub(super) fn warn_of_network(network: &mut Network, language: Language) {
    for note in network.account.notes() {
        warn(&network_words(&note, language));
    }
    if let Some(warning) = network.warning.take() {
        warn(&warning);
    }
}

/// Does one phase of a command with its name and time shown while it lasts, where a person is watching;
/// with its rate and the time that is left, where the work tells how far it is.
pub(super) fn phase<T>(name: &'static str, work: impl FnOnce() -> T) -> T {
    let started = Instant::now();
    let shown = new_line();
    shown.set_message(name);
    *line() = Some(shown.clone());
    let done = interruption::during(name, work);
    *line() = None;
    shown.finish_and_clear();
    if VERBOSE.load(Ordering::Relaxed) {
        say(format_args!(
            "{name}: {:.2} s",
            started.elapsed().as_secs_f64()
        ));
    }
    done
}

/// A line on how far it has come, where a person is watching.
fn new_line() -> ProgressBar {
    if QUIET.load(Ordering::Relaxed) || !stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let line = ProgressBar::new_spinner();
    if let Ok(style) = ProgressStyle::with_template("{spinner} {elapsed} {msg}") {
        line.set_style(style);
    }
    line.enable_steady_tick(Duration::from_millis(200));
    line
}

/// Shows on the line of the phase how far its work is.
fn show(told: Told<'_>) {
    interruption::hear(&told);
    let Some(line) = &*line() else {
        return;
    };
    match told {
        Told::Work(work) => show_work(line, work),
        Told::Search(search, value, bound) => {
            line.set_message(search_message(search, value, bound));
        }
    }
}

/// The best so far and its bound, or how far they are apart where their units say nothing.
fn search_message(search: Search, value: Option<u64>, bound: u64) -> String {
    let Search { name, decimals } = search;
    if let Some(places) = decimals {
        let figure = |units: u64| Decimal {
            units: units.into(),
            places,
        };
        let value = value.map_or_else(|| "–".to_owned(), |value| figure(value).to_string());
        return format!("{name}: best {value}, bound {}", figure(bound));
    }
    let Some(value) = value else {
        return name.to_owned();
    };
    let gap = value.abs_diff(bound) as f64 / bound.max(1) as f64 * 100.0;
    format!("{name}, at most {gap:.3}% from the best")
}

fn show_work(line: &ProgressBar, work: &Work) {
    if line.length() != Some(work.of) {
        let counts = match work.unit {
            Unit::Count(things) => format!("{{human_pos}}/{{human_len}} {things}, {{rate}}"),
            Unit::Bytes => "{bytes}/{total_bytes}, {bytes_per_sec}".to_owned(),
        };
        let template = format!("{{msg}} {{bar:20}} {counts}, {{eta}} left");
        if let Ok(style) = ProgressStyle::with_template(&template) {
            line.set_style(style.with_key("rate", write_rate));
        }
        // A second piece of work within the phase begins anew, with a rate of its own.
        line.set_position(0);
        line.reset_eta();
        line.set_length(work.of);
        line.set_message(work.name);
    }
    line.set_position(work.done());
}

/// Whole pieces a second.
fn write_rate(state: &ProgressState, text: &mut dyn std::fmt::Write) {
    let rate = HumanCount(state.per_sec() as u64);
    // Nobody hears of what cannot be written on the line.
    write!(text, "{rate}/s").unwrap_or_default();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn orders_to_a_terminal_stand_as_their_codes() {
        for (text, as_shown) in [
            ("五华\tWest\n", "五华\tWest\n"),
            ("\u{1b}[2JPWNED\r", "\\u001b[2JPWNED\\u000d"),
            (
                "\u{9b}31m\u{202e}abc\u{2069}",
                "\\u009b31m\\u202eabc\\u2069",
            ),
        ] {
            assert_eq!(shown(text), as_shown);
        }
        let json: String = serde_json::from_str(&shown("\"a\u{202e}b\"")).unwrap();
        assert_eq!(json, "a\u{202e}b");
    }
}
