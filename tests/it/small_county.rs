//! The program, the files of the project, and the small county of `tests/it/compare.rs`.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command as Process, Stdio};

use assert_cmd::Command;

/// The program.
pub fn brigade() -> Command {
    Command::cargo_bin("brigade").unwrap()
}

/// A file or folder of the project.
pub fn project(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// The scenario of the small county, to be read only.
pub fn small_scenario() -> PathBuf {
    project("tests/small-county/scenario.toml")
}

/// Lets the scenario of a county take its calls from `list.csv`.
pub fn takes_calls_from_a_list(county: &Path) {
    let scenario = county.join("scenario.toml");
    let text = fs::read_to_string(&scenario).unwrap();
    let tables = "[tables]\nincidents = \"list.csv\"\n\n[horizon]";
    assert_eq!(text.matches("[horizon]").count(), 1);
    fs::write(&scenario, text.replace("[horizon]", tables)).unwrap();
}

/// A copy of the small county, to be changed.
pub fn small_county(folder: &Path) -> PathBuf {
    let original = project("tests/small-county");
    let county = folder.join("county");
    for sub in ["", "network", "profiles"] {
        fs::create_dir_all(county.join(sub)).unwrap();
        for entry in fs::read_dir(original.join(sub)).unwrap() {
            let path = entry.unwrap().path();
            if path.is_file() {
                fs::copy(&path, county.join(sub).join(path.file_name().unwrap())).unwrap();
            }
        }
    }
    county
}

/// What an independent program of `tests/independent` says, and whether it ended well; `None` with a message where
/// there is no Python.
pub fn independently(program: &str, arguments: &[&OsStr]) -> Option<(bool, String)> {
    let python = Process::new("python3")
        .arg("--version")
        .stdout(Stdio::null())
        .status();
    if !python.is_ok_and(|status| status.success()) {
        eprintln!("skipped: there is no python3 for the independent computation");
        return None;
    }
    let run = Process::new("python3")
        .arg(project("tests/independent").join(program))
        .args(arguments)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&run.stdout).into_owned();
    eprintln!("{said}{}", String::from_utf8_lossy(&run.stderr));
    Some((run.status.success(), said))
}
