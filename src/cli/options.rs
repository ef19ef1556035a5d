//! What several commands take on the command line.

use std::time::Duration;

use super::failure::{Failure, failed};

/// Works on so many threads from here on; on one for each processor where none are named.
pub(super) fn use_threads(threads: Option<u16>) -> Result<(), Failure> {
    let Some(threads) = threads else {
        return Ok(());
    };
    rayon::ThreadPoolBuilder::new()
        .num_threads(usize::from(threads))
        .build_global()
        .map_err(failed)
}

/// An amount of money on the command line.
pub(super) fn budget(text: &str) -> Result<f64, String> {
    let yuan = text.parse().ok();
    yuan.filter(|yuan: &f64| *yuan > 0.0 && yuan.is_finite())
        .ok_or_else(|| "it should be an amount in yuan above 0, such as 3000000".to_owned())
}

/// How long a search may take at most.
pub(super) fn time_limit(seconds: Option<f64>) -> Result<Option<Duration>, Failure> {
    let limit = |seconds: f64| {
        Duration::try_from_secs_f64(seconds).map_err(|_| {
            let words = "it should be a number of seconds of at least 0, such as 60";
            Failure::Input(format!("--time-limit {seconds}: {words}").into())
        })
    };
    seconds.map(limit).transpose()
}
