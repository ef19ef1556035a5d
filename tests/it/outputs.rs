//! What a run leaves in its folder: all of its own, nothing of an earlier run, everything of anybody else.

use std::fs;
use std::path::{Path, PathBuf};

use predicates::prelude::PredicateBooleanExt;
use predicates::str::contains;

use crate::small_county::{brigade, small_county, small_scenario};

/// ```text
///     4
///     |12
/// 1-10+-11-3      all meet at 2; from 1 nobody turns to 4
///     |13
///     5
/// ```
pub(crate) fn crossing() -> String {
    map(
        "<relation id='20'><member type='way' ref='10' role='from'/><member type='node' ref='2' role='via'/>\
         <member type='way' ref='12' role='to'/><tag k='type' v='restriction'/>\
         <tag k='restriction' v='no_left_turn'/></relation>",
    )
}

/// The same, where everybody may turn.
pub(crate) fn without_turn() -> String {
    map("")
}

fn map(more: &str) -> String {
    let nodes = [
        "0.00' lat='0.01",
        "0.01' lat='0.01",
        "0.02' lat='0.01",
        "0.01' lat='0.02",
        "0.01' lat='0.00",
    ];
    let nodes = (1..)
        .zip(nodes)
        .map(|(id, at)| format!("<node id='{id}' lon='{at}'/>"));
    let ways = [(10, 1, 2), (11, 2, 3), (12, 2, 4), (13, 2, 5)];
    let ways = ways.map(|(id, from, to)| {
        format!("<way id='{id}'><nd ref='{from}'/><nd ref='{to}'/><tag k='highway' v='residential'/></way>")
    });
    let (nodes, ways) = (nodes.collect::<String>(), ways.concat());
    format!("<?xml version='1.0'?><osm version='0.6'>{nodes}{ways}{more}</osm>")
}

/// The names and contents of all files below a folder.
pub(crate) fn files(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            match path.is_dir() {
                true => folders.push(path),
                false => found.push((
                    path.strip_prefix(folder).unwrap().to_owned(),
                    fs::read(&path).unwrap(),
                )),
            }
        }
    }
    found.sort();
    found
}

fn compare(scenario: &Path, out: &Path, more: &[&str]) -> assert_cmd::assert::Assert {
    let mut run = brigade();
    run.args(["--quiet", "compare", "--replications", "2", "--output"]);
    run.arg(out).arg(scenario).args(more).assert()
}

/// The embedded county has charts that the small one has not.
#[test]
fn a_folder_holds_the_last_answer_and_nothing_of_those_before() {
    let folder = tempfile::tempdir().unwrap();
    let [out, fresh] = ["out", "fresh"].map(|name| folder.path().join(name));
    compare(Path::new("wuhua"), &out, &[]).success();
    let earlier = files(&out).len();
    compare(&small_scenario(), &out, &[]).success();
    compare(&small_scenario(), &fresh, &[]).success();
    assert_eq!(files(&out), files(&fresh));
    assert!(files(&out).len() < earlier);
}

#[test]
fn a_map_without_a_restriction_leaves_none_of_an_earlier_import() {
    let folder = tempfile::tempdir().unwrap();
    let import = |map: &str, out: &str| {
        fs::write(folder.path().join("map.osm"), map).unwrap();
        let mut run = brigade();
        run.current_dir(folder.path())
            .args(["import", "osm", "map.osm", "--output", out]);
        run.assert().success();
    };
    import(&crossing(), "a");
    assert!(
        folder
            .path()
            .join("a/network/turn_restriction.csv")
            .is_file()
    );
    import(&without_turn(), "a");
    import(&without_turn(), "b");
    assert_eq!(
        files(&folder.path().join("a")),
        files(&folder.path().join("b"))
    );
}

#[test]
fn what_a_planner_changed_is_not_replaced_without_force() {
    let folder = tempfile::tempdir().unwrap();
    let county = folder.path().join("county");
    let synthesize = |more: &[&str]| {
        let mut run = brigade();
        run.args(["synthesize", "--output"])
            .arg(&county)
            .args(more)
            .assert()
    };
    synthesize(&[]).success();
    let demand = county.join("demand.csv");
    let edited = fs::read_to_string(&demand).unwrap() + "\n";
    fs::write(&demand, &edited).unwrap();
    let there = files(&county);
    let refused = contains("demand.csv would be lost").and(contains("--force"));
    synthesize(&[]).code(2).stderr(refused);
    assert_eq!(files(&county), there);
    synthesize(&["--force"]).success();
    assert_ne!(fs::read_to_string(&demand).unwrap(), edited);

    // A report of somebody's own, and a county whose towns.csv is no answer.
    let out = folder.path().join("out");
    fs::create_dir(&out).unwrap();
    fs::write(out.join("report.xlsx"), "mine").unwrap();
    compare(&small_scenario(), &out, &[])
        .code(2)
        .stderr(contains("report.xlsx would be lost"));
    assert_eq!(
        files(&out),
        [(PathBuf::from("report.xlsx"), b"mine".to_vec())]
    );
    let small = small_county(folder.path().join("small").as_path());
    let there = files(&small);
    compare(&small.join("scenario.toml"), &small, &[])
        .code(2)
        .stderr(contains("towns.csv would be lost"));
    assert_eq!(files(&small), there);
}

/// Whoever is given a scenario by another sees what it makes the program read.
#[test]
fn a_check_names_the_files_that_are_read_outside_the_folder_of_the_scenario() {
    let folder = tempfile::tempdir().unwrap();
    let county = small_county(folder.path());
    let scenario = county.join("scenario.toml");
    let check = || brigade().arg("check").arg(&scenario).assert().success();
    check().stdout(contains("outside the folder of the scenario").not());
    fs::rename(
        county.join("demand.csv"),
        folder.path().join("elsewhere.csv"),
    )
    .unwrap();
    let text = fs::read_to_string(&scenario).unwrap();
    let tables = "[tables]\ndemand = \"../elsewhere.csv\"\n\n[horizon]";
    fs::write(&scenario, text.replace("[horizon]", tables)).unwrap();
    check().stdout(contains(
        "../elsewhere.csv is read, outside the folder of the scenario",
    ));
}

/// A chart of somebody's own under a name that the program's has is seen before the work, whether the chart would be
/// drawn this time or not; and so is a file that is named by itself.
#[test]
fn a_file_of_somebodys_own_is_refused_before_the_work() {
    let folder = tempfile::tempdir().unwrap();
    for (command, file, phase) in [
        ("compare", "charts/first-water.png", "simulation: "),
        ("compare", "map/roads.geojson", "simulation: "),
        ("optimize", "charts/frontier.svg", "siting: "),
        ("optimize", "robustness.csv", "siting: "),
        ("coverage", "charts/critical-links.png", "coverage: "),
        ("coverage", "isochrones.geojson", "coverage: "),
    ] {
        let out = folder.path().join(command).join(file.replace('/', "-"));
        let own = out.join(file);
        fs::create_dir_all(own.parent().unwrap()).unwrap();
        fs::write(&own, "mine").unwrap();
        let name = Path::new(file).file_name().unwrap().to_str().unwrap();
        brigade()
            .args([command, "--verbose", "--output"])
            .arg(&out)
            .assert()
            .code(2)
            .stderr(
                contains(name)
                    .and(contains("would be lost"))
                    .and(contains(phase).not()),
            );
        assert_eq!(fs::read(&own).unwrap(), b"mine");
    }
}

/// An answer that somebody changed is refused by the next `compare` before its work, and read by `report`.
#[test]
fn an_answer_that_was_changed_is_published_again_and_not_replaced() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    compare(&small_scenario(), &out, &[]).success();
    let answer = out.join("comparison.json");
    fs::write(&answer, fs::read_to_string(&answer).unwrap() + "\n").unwrap();
    compare(&small_scenario(), &out, &[])
        .code(2)
        .stderr(contains("comparison.json would be lost"));
    brigade()
        .args(["report", "--language", "en", "--force"])
        .arg(&out)
        .assert()
        .success();
    let page = fs::read_to_string(out.join("report.html")).unwrap();
    assert!(page.contains("lang=\"en\""), "published again");
    let other = folder.path().join("other");
    brigade()
        .args(["report", "--force"])
        .arg(&out)
        .arg("--output")
        .arg(&other)
        .assert()
        .success();
    assert!(!other.join("comparison.json").exists());
}

#[cfg(unix)]
pub(crate) mod unix {
    use std::os::unix::fs::PermissionsExt as _;
    use std::process::{Child, Command, Stdio};
    use std::thread::sleep;
    use std::time::Duration;

    use super::*;

    /// Only the folder of a file need be writable, whoever owns those above; none for whom may write anywhere.
    #[test]
    fn an_ordinary_user_writes_into_a_folder_of_his_own() {
        let folder = tempfile::tempdir().unwrap();
        let (above, own) = (folder.path().join("above"), folder.path().join("above/own"));
        fs::create_dir_all(&own).unwrap();
        let small = small_county(&own);
        fs::write(small.join("ends.csv"), "id,node_id\na,west\nb,east\n").unwrap();
        let mode = |path: &Path, mode| {
            fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
        };
        mode(&above, 0o555);
        mode(&own, 0o777);
        mode(folder.path(), 0o755);
        let program = own.join("brigade");
        fs::copy(env!("CARGO_BIN_EXE_brigade"), &program).unwrap();
        let is_root = Command::new("id").arg("-u").output().unwrap().stdout == b"0\n";
        let mut run = match is_root {
            true => {
                let mut run = Command::new("setpriv");
                run.args(["--reuid=65534", "--regid=65534", "--clear-groups"])
                    .arg(&program);
                run
            }
            false => Command::new(&program),
        };
        run.current_dir(&own)
            .args(["matrix", "--network", "county/network", "--profile"]);
        run.args([
            "county/profiles/pumper.toml",
            "--origins",
            "county/ends.csv",
        ]);
        let done = run
            .args(["--destinations", "county/ends.csv", "--output", "m.csv"])
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&done.stderr);
        assert!(done.status.success(), "{said}");
        assert!(own.join("m.csv").is_file());
        mode(&above, 0o755);
    }

    #[test]
    fn pipes_devices_and_long_names_are_refused_with_a_sentence() {
        let folder = tempfile::tempdir().unwrap();
        let small = small_county(folder.path());
        let matrix = |ends: &Path, output: &Path| {
            let mut run = brigade();
            run.arg("matrix")
                .arg("--network")
                .arg(small.join("network"));
            run.arg("--profile").arg(small.join("profiles/pumper.toml"));
            run.arg("--origins")
                .arg(ends)
                .arg("--destinations")
                .arg(ends)
                .arg("--output")
                .arg(output);
            run.timeout(Duration::from_mins(1)).assert()
        };
        let ends = folder.path().join("ends.csv");
        fs::write(&ends, "id,node_id\na,west\nb,east\n").unwrap();
        let out = folder.path().join("m.csv");
        let pipe = folder.path().join("pipe.csv");
        assert!(
            Command::new("mkfifo")
                .arg(&pipe)
                .status()
                .unwrap()
                .success()
        );
        let refused = || contains("this is a pipe or a device");
        matrix(&pipe, &out).code(2).stderr(refused());
        matrix(&ends, &pipe).code(2).stderr(refused());
        matrix(&ends, Path::new("/dev/full"))
            .code(2)
            .stderr(refused());
        let long = folder.path().join("很".repeat(100) + ".csv");
        matrix(&ends, &long)
            .code(2)
            .stderr(contains("很.csv: the name is too long"));
        // A table that a scenario may have and need not.
        let turns = small.join("network/turn_restriction.csv");
        assert!(
            Command::new("mkfifo")
                .arg(&turns)
                .status()
                .unwrap()
                .success()
        );
        matrix(&ends, &out).code(2).stderr(refused());
        assert!(!out.exists());
    }

    /// Whoever named it can mend it.
    #[test]
    fn an_output_that_cannot_be_made_is_refused_as_wrong_input_with_a_sentence() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("file");
        fs::write(&file, "").unwrap();
        let long = folder.path().join("很".repeat(100));
        for (output, said) in [
            (file.join("sub"), "a part of this path is a file"),
            (long, "the name is too long"),
            ("/proc/brigade".into(), "no folder or file can be made here"),
            ("/sys/brigade".into(), "may be written here"),
        ] {
            if output.parent().is_some_and(Path::is_dir) || output.starts_with(folder.path()) {
                compare(&small_scenario(), &output, &[])
                    .code(2)
                    .stderr(contains(said).and(contains("name another output")));
            }
        }
    }

    /// What a run has begun, where it ends by a signal as soon as `is_there` is.
    pub(crate) fn interrupted(
        arguments: &[&str],
        out: &Path,
        signal: &str,
        is_there: impl Fn() -> bool,
    ) -> String {
        let mut run = Command::new(env!("CARGO_BIN_EXE_brigade"));
        run.args(arguments).arg("--output").arg(out);
        let mut child = run
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        while !is_there() {
            assert!(
                child.try_wait().unwrap().is_none(),
                "{arguments:?} ended before it was interrupted"
            );
            sleep(Duration::from_millis(1));
        }
        sleep(Duration::from_millis(300));
        send(&child, signal);
        // Long beside the second that is promised: the machine may be busy.
        for _ in 0..1000 {
            if child.try_wait().unwrap().is_some() {
                let done = child.wait_with_output().unwrap();
                assert_eq!(done.status.code(), Some(130));
                return String::from_utf8_lossy(&done.stderr).into_owned();
            }
            sleep(Duration::from_millis(10));
        }
        child.kill().unwrap();
        panic!("{arguments:?} goes on 10 s after {signal}");
    }

    /// Ctrl-C, or where it is ignored already, as it is for what runs in the background of a script, another.
    fn interrupt() -> &'static str {
        let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
        let ignored = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
        let ignored = ignored.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok());
        match ignored.unwrap_or(0) & 0b10 {
            0 => "-INT",
            _ => "-TERM",
        }
    }

    /// What runs under `nohup` outlasts its terminal, and ends when it is told to.
    #[test]
    fn a_run_under_nohup_does_not_end_with_its_terminal() {
        let folder = tempfile::tempdir().unwrap();
        let lock = folder.path().join("out/.brigade-run/lock");
        let mut run = Command::new("nohup");
        run.arg(env!("CARGO_BIN_EXE_brigade"))
            .args(["compare", "--replications", "90000"]);
        run.current_dir(folder.path())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        let mut child = run.spawn().unwrap();
        while !lock.exists() {
            assert!(child.try_wait().unwrap().is_none(), "it ended");
            sleep(Duration::from_millis(1));
        }
        send(&child, "-HUP");
        sleep(Duration::from_secs(2));
        assert!(
            child.try_wait().unwrap().is_none(),
            "it ended with its terminal"
        );
        send(&child, "-TERM");
        assert_eq!(child.wait().unwrap().code(), Some(130));
        assert!(!folder.path().join("out").exists());
    }

    fn send(child: &Child, signal: &str) {
        let sent = Command::new("kill")
            .args([signal, &child.id().to_string()])
            .status();
        assert!(sent.unwrap().success());
    }

    #[test]
    fn an_interrupted_run_ends_leaves_the_earlier_result_and_says_how_far_it_came() {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("out");
        compare(&small_scenario(), &out, &[]).success();
        let there = files(&out);
        let run = out.join(".brigade-run");
        for (arguments, signal, begun, said) in [
            (
                &["compare", "--replications", "90000"][..],
                interrupt(),
                run.join("lock"),
                "incidents",
            ),
            (
                &["compare", "--replications", "2", "--language", "en"],
                "-TERM",
                run.join("new/comparison.json"),
                "drawing and writing",
            ),
            (
                &["optimize", "--engines", "6", "--replications", "90000"],
                interrupt(),
                run.join("lock"),
                "nothing was written",
            ),
            (
                &["simulate", "--replications", "90000"],
                "-TERM",
                run.join("lock"),
                "nothing was written",
            ),
        ] {
            let words = interrupted(arguments, &out, signal, || begun.exists());
            let last = words.lines().last().unwrap_or_default();
            assert!(last.starts_with("stopped in the phase \""), "{words}");
            assert!(words.contains(said), "{arguments:?}: {words}");
            assert!(
                words.contains("earlier results are as they were"),
                "{words}"
            );
            assert_eq!(files(&out), there, "{arguments:?}");
        }
        let new = folder.path().join("new");
        let lock = new.join(".brigade-run/lock");
        interrupted(
            &["compare", "--replications", "90000"],
            &new,
            interrupt(),
            || lock.exists(),
        );
        assert!(!new.exists());
    }
}

/// A log inside the output folder is a part of the output, and goes with the next run that writes none.
#[test]
fn a_trace_inside_the_output_folder_appears_and_goes_with_it() {
    let folder = tempfile::tempdir().unwrap();
    let county = small_county(folder.path());
    let out = folder.path().join("out");
    let simulate = |more: &[&str]| {
        let mut run = brigade();
        run.arg("simulate").arg(county.join("scenario.toml"));
        run.arg("--output")
            .arg(&out)
            .args(["--replications", "2"])
            .args(more);
        run.assert()
    };
    let first = out.join("first.csv");
    simulate(&["--trace", first.to_str().unwrap()]).success();
    assert!(first.is_file());
    let second = out.join("second.csv");
    simulate(&["--trace", second.to_str().unwrap(), "--seed", "9"]).success();
    assert!(second.is_file() && !first.exists());
    let kept = fs::read_to_string(&second).unwrap();
    fs::write(&second, format!("{kept}mine\n")).unwrap();
    simulate(&[]).code(2).stderr(contains("second.csv"));
    assert!(second.is_file());
    fs::write(&second, kept).unwrap();
    simulate(&[]).success();
    assert!(!second.exists());
    let names: Vec<_> = fs::read_dir(&out)
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    assert_eq!(names.len(), 2, "{names:?}");
}
