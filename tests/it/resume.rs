//! A run that was ended goes on from where it was, to the same bytes; and many alternatives are the same in brief as in
//! detail.

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use serde_json::Value;

use crate::outputs::files;
use crate::small_county::brigade;

fn quiet() -> Command {
    let mut run = brigade();
    run.arg("--quiet");
    run
}

fn answer(folder: &Path) -> Value {
    serde_json::from_slice(&fs::read(folder.join("comparison.json")).unwrap()).unwrap()
}

/// The county's own list in detail, and the best three of it in detail and the others in brief: the same three, and of
/// each other the same place and figures. Without its costs a row of the table has nothing that a brief lacks.
#[test]
fn what_is_shown_in_brief_is_what_would_be_shown_in_detail() {
    let folder = tempfile::tempdir().unwrap();
    let of = |detail: &str| {
        let out = folder.path().join(detail);
        quiet()
            .args(["compare", "--replications", "8", "--rank-by", "p90"])
            .args(["--detail", detail, "--output"])
            .arg(&out)
            .assert()
            .success();
        (
            answer(&out),
            fs::read_to_string(out.join("alternatives.csv")).unwrap(),
        )
    };
    let [(all, table), (some, table_of_some)] = ["50", "3"].map(of);
    // And the rest is published again byte for byte.
    let out = folder.path().join("3");
    let before = files(&out);
    quiet().arg("report").arg(&out).assert().success();
    for ((path, before), (_, after)) in before.iter().zip(&files(&out)) {
        assert!(before == after, "{}", path.display());
    }
    let list = |answer: &Value, key: &str| answer[key].as_array().cloned().unwrap_or_default();
    let [detailed, kept] = [&all, &some].map(|answer| list(answer, "alternatives"));
    let in_brief = list(&some, "in_brief");
    assert_eq!(list(&all, "in_brief"), [Value::Null; 0]);
    assert_eq!((kept.len(), in_brief.len()), (4, detailed.len() - 4));
    for of in &kept {
        assert!(detailed.contains(of), "{}", of["id"]);
    }
    for brief in &in_brief {
        let whole = detailed.iter().find(|of| of["id"] == brief["id"]).unwrap();
        for key in [
            "rank",
            "ties_with_best",
            "told_apart_from_best",
            "probability_best",
            "replications",
        ] {
            assert_eq!(brief[key], whole[key], "{key} of {}", brief["id"]);
        }
        let p90 = |part: &str| &whole[part]["p90_response_seconds"];
        assert_eq!(&brief["figure"], p90("county"));
        for key in ["difference_from_baseline", "difference_from_best"] {
            assert_eq!(&brief[key], p90(key));
        }
        for (key, yuan) in brief["cost"].as_object().unwrap() {
            assert_eq!(*yuan, whole["cost"][key]);
        }
    }
    // A row says what is known of the alternative, and nothing else.
    let rows = |table: &str| -> Vec<Vec<String>> {
        let mut reader = csv::Reader::from_reader(table.as_bytes());
        let rows = reader
            .records()
            .map(|row| row.unwrap().iter().map(str::to_owned).collect());
        rows.collect()
    };
    let [whole, brief] = [&table, &table_of_some].map(|table| rows(table));
    assert_eq!(whole.len(), brief.len());
    for (whole, brief) in whole.iter().zip(&brief) {
        let alike = whole
            .iter()
            .zip(brief)
            .filter(|(whole, brief)| whole == brief)
            .count();
        let empty = brief.iter().filter(|field| field.is_empty()).count();
        assert!(alike + empty >= brief.len() && alike > 10, "{brief:?}");
    }
}

#[cfg(unix)]
mod unix {
    use super::*;
    use crate::outputs::unix::interrupted;
    use std::path::PathBuf;

    const CHECKPOINT: &str = ".brigade-checkpoint-";

    fn kept_in(out: &Path, command: &str) -> PathBuf {
        out.join(format!("{CHECKPOINT}{command}"))
    }

    /// Ended, gone on with, and all at once: the same bytes, and nothing is left beside them. What was kept of one
    /// question is worth nothing for another.
    fn goes_on(arguments: &[&str], other: &[&str]) {
        let folder = tempfile::tempdir().unwrap();
        let [out, whole] = ["out", "whole"].map(|name| folder.path().join(name));
        let file = kept_in(&out, arguments[0]);
        // On many processors it would be done before anything is worth keeping.
        let alone = [arguments, &["--threads", "1"]].concat();
        let said = interrupted(&alone, &out, "-TERM", || file.exists());
        assert!(said.contains("--resume"), "{said}");
        let left: Vec<_> = fs::read_dir(&out)
            .unwrap()
            .flatten()
            .map(|of| of.file_name())
            .collect();
        assert_eq!(left, [file.file_name().unwrap()]);
        let kept = fs::read(&file).unwrap();

        let refused = Command::new(env!("CARGO_BIN_EXE_brigade"))
            .args(other)
            .args(["--resume", "--output"])
            .arg(&out)
            .assert()
            .code(2);
        let said = String::from_utf8_lossy(&refused.get_output().stderr).into_owned();
        assert!(said.contains("another question"), "{said}");
        assert!(fs::read(&file).unwrap() == kept);

        let resumed = Command::new(env!("CARGO_BIN_EXE_brigade"))
            .args(arguments)
            .args(["--threads", "1", "--resume", "--output"])
            .arg(&out)
            .assert()
            .success();
        let said = String::from_utf8_lossy(&resumed.get_output().stderr).into_owned();
        assert!(said.contains("going on after"), "{said}");
        quiet()
            .args(arguments)
            .arg("--output")
            .arg(&whole)
            .assert()
            .success();
        let [resumed, whole] = [&out, &whole].map(|folder| files(folder));
        let names = |files: &[(PathBuf, Vec<u8>)]| -> Vec<_> {
            files.iter().map(|(path, _)| path.clone()).collect()
        };
        assert_eq!(names(&resumed), names(&whole));
        for ((path, resumed), (_, whole)) in resumed.iter().zip(&whole) {
            assert!(resumed == whole, "{}", path.display());
        }
    }

    #[test]
    fn a_comparison_that_was_ended_goes_on_to_the_same_bytes() {
        for more in [
            &["--detail", "1"][..],
            &["--rank-by", "p90"],
            &["--until-sure", "--indifference", "0.02"],
        ] {
            let arguments = [&["compare", "--replications", "130"], more].concat();
            goes_on(&arguments, &[&arguments[..], &["--seed", "7"]].concat());
        }
    }

    #[test]
    fn a_simulation_that_was_ended_goes_on_to_the_same_bytes() {
        let arguments = ["simulate", "--replications", "1000"];
        goes_on(&arguments, &[&arguments[..], &["--worst", "3"]].concat());
    }

    #[test]
    fn a_choice_of_sites_that_was_ended_goes_on_to_the_same_bytes() {
        let arguments = ["optimize", "--replications", "500", "--frontier", "2"];
        goes_on(&arguments, &[&arguments[..], &["--engines", "3"]].concat());
    }

    /// What was kept of a question that nobody asks any more goes with the answer to the next; what is damaged is said to
    /// be.
    #[test]
    fn what_was_kept_of_another_question_goes_when_the_next_is_answered() {
        let out = tempfile::tempdir().unwrap();
        let file = kept_in(out.path(), "compare");
        let compare = ["compare", "--replications", "130"];
        let said = interrupted(&compare, out.path(), "-TERM", || file.exists());
        assert!(said.contains("--resume"), "{said}");
        let mut kept = fs::read(&file).unwrap();
        let run = |more: &[&str]| {
            let done = Command::new(env!("CARGO_BIN_EXE_brigade"))
                .args(["compare", "--replications"])
                .args(more)
                .arg("--output")
                .arg(out.path())
                .assert()
                .success();
            String::from_utf8_lossy(&done.get_output().stderr).into_owned()
        };
        assert!(run(&["2"]).contains("another question"));
        assert!(!file.exists());
        // Where the first step's content begins.
        kept[21 + 32 + 8 + 32] ^= 1;
        fs::write(&file, &kept).unwrap();
        assert!(run(&["130", "--resume"]).contains("damaged"));
    }

    /// What a person put where work is kept is neither read nor replaced.
    #[test]
    fn a_file_of_that_name_is_left_alone() {
        let out = tempfile::tempdir().unwrap();
        let file = kept_in(out.path(), "compare");
        fs::write(&file, "a person's").unwrap();
        for more in [&[][..], &["--resume"]] {
            quiet()
                .args(["compare", "--replications", "2"])
                .args(more)
                .arg("--output")
                .arg(out.path())
                .assert()
                .code(2);
            assert_eq!(fs::read_to_string(&file).unwrap(), "a person's");
        }
    }
}
