//! Runs that are killed, at a random moment or just while they move their files: the folder holds all of the earlier
//! output or all of the new one as soon as the program has been in it again, never a mix.
//!
//! `BRIGADE_KILLS` says how often each command is killed in each of the two ways (2 where it is not set; `.ci/full`
//! takes 25).

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use brigade::files::Source;
use rand::rngs::SmallRng;
use rand::{RngExt as _, SeedableRng as _};

use crate::optimize;
use crate::outputs::{self, crossing, without_turn};
use crate::small_county::project;

/// Every file of an output, by its path.
type Files = BTreeMap<PathBuf, Vec<u8>>;

/// A command that writes twice into one place, the second time something else.
struct Case {
    name: &'static str,
    /// Its arguments, but for where to write.
    earlier: Vec<String>,
    later: Vec<String>,
    /// The output inside the folder: that itself, or a file in it.
    output: &'static str,
}

fn kills() -> u32 {
    let kills = std::env::var("BRIGADE_KILLS").ok();
    kills.and_then(|kills| kills.parse().ok()).unwrap_or(2)
}

/// The files of a folder but for those of a run that is under way, or that was killed and can go on.
fn files(folder: &Path) -> Files {
    let of_run = |path: &Path| {
        path.iter().any(|part| {
            let part = part.to_string_lossy();
            part.ends_with(".brigade-run") || part.starts_with(".brigade-checkpoint-")
        })
    };
    let files = outputs::files(folder).into_iter();
    files.filter(|(path, _)| !of_run(path)).collect()
}

fn write(folder: &Path, files: &Files) {
    for (path, content) in files {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }
}

fn start(arguments: &[String], output: &Path) -> Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_brigade"));
    let quiet = command.arg("--quiet").args(arguments).arg("--output");
    let silent = quiet.arg(output).stdout(Stdio::null());
    silent.spawn().unwrap()
}

fn run(arguments: &[String], output: &Path) {
    assert!(start(arguments, output).wait().unwrap().success());
}

/// Shorter than a sleep can be.
fn wait(span: Duration) {
    let begin = Instant::now();
    while begin.elapsed() < span {
        std::hint::spin_loop();
    }
}

/// Waits for the account of what is moved, until the run has ended.
fn wait_for_moves(child: &mut Child, run: &Path) {
    let account = run.join("journal.json");
    while !account.exists() && child.try_wait().unwrap().is_none() {
        std::hint::spin_loop();
    }
}

/// Kills the later run of a command again and again.
fn kill_again_and_again(case: &Case, folder: &Path) {
    let at = |of: &str| match case.output {
        "" => folder.join(of),
        file => folder.join(of).join(file),
    };
    run(&case.earlier, &at("both"));
    let earlier = files(&folder.join("both"));
    let begin = Instant::now();
    run(&case.later, &at("both"));
    let lasts = begin.elapsed();
    let later = files(&folder.join("both"));
    assert_ne!(earlier, later, "{}", case.name);
    let mut draws = SmallRng::seed_from_u64(20);
    // Ended while it moved files, and what was found.
    let (mut caught, mut found) = (0, [0; 2]);
    for kill in 0..2 * kills() {
        let name = format!("killed-{kill}");
        write(&folder.join(&name), &earlier);
        let mut child = start(&case.later, &at(&name));
        let run = match case.output {
            "" => folder.join(&name).join(".brigade-run"),
            file => folder.join(&name).join(format!(".{file}.brigade-run")),
        };
        if kill % 2 == 0 {
            wait_for_moves(&mut child, &run);
            wait(Duration::from_micros(draws.random_range(0..200)));
        } else {
            sleep(lasts.mul_f64(draws.random_range(0.0..1.0)));
        }
        child.kill().unwrap();
        child.wait().unwrap();
        caught += u32::from(run.join("journal.json").exists());
        // As any command does that reads there; which file need not be there.
        let _ = Source::Disk(at(&name).join("any")).read();
        if !case.output.is_empty() {
            let _ = Source::Disk(at(&name)).read();
        }
        let now = files(&folder.join(&name));
        let which = [&earlier, &later].iter().position(|files| now == **files);
        let Some(which) = which else {
            let of = |path: &PathBuf| match now.get(path) {
                None => "missing",
                there if there == earlier.get(path) => "earlier",
                there if there == later.get(path) => "later",
                _ => "other",
            };
            let mut paths: Vec<_> = earlier
                .keys()
                .chain(later.keys())
                .chain(now.keys())
                .collect();
            paths.dedup();
            let mix: Vec<_> = paths.iter().map(|path| (path, of(path))).collect();
            panic!("{}, kill {kill}: a mix of two runs: {mix:?}", case.name);
        };
        found[which] += 1;
        fs::remove_dir_all(folder.join(&name)).unwrap();
    }
    let [before, after] = found;
    println!(
        "{}: {} kills, {caught} of them while files were moved: {before} times the earlier output, {after} times the \
         later one, no mix",
        case.name,
        2 * kills()
    );
}

fn words(text: &str) -> Vec<String> {
    text.split_whitespace().map(str::to_owned).collect()
}

fn case(name: &'static str, [earlier, later]: [String; 2], output: &'static str) -> Case {
    let [earlier, later] = [earlier, later].map(|text| words(&format!("{name} {text}")));
    Case {
        name,
        earlier,
        later,
        output,
    }
}

#[test]
fn a_killed_run_leaves_the_earlier_output_or_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let county = optimize::county(folder.path());
    let scenario = county.join("scenario.toml").display().to_string();
    let answer = folder.path().join("answer");
    run(
        &words(&format!("compare {scenario} --replications 2")),
        &answer,
    );
    let ends = county.join("ends.csv");
    fs::write(&ends, "id,node_id\na,west\nb,east\n").unwrap();
    let (ends, network) = (ends.display(), county.join("network"));
    let profile = county.join("profiles/pumper.toml");
    let matrix = |more: &str| {
        format!(
            "--network {} --profile {} --origins {ends} --destinations {ends} {more}",
            network.display(),
            profile.display()
        )
    };
    let maps = [crossing(), without_turn()];
    let maps: Vec<_> = maps
        .iter()
        .enumerate()
        .map(|(number, map)| {
            let path = folder.path().join(format!("{number}.osm"));
            fs::write(&path, map).unwrap();
            format!("osm {}", path.display())
        })
        .collect();
    let optimize = format!("{scenario} --simulate 2 --replications 2");
    let answer = answer.display();
    let cases = [
        case(
            "compare",
            ["1", "2"].map(|seed| format!("{scenario} --replications 2 --seed {seed}")),
            "",
        ),
        case(
            "coverage",
            ["4,8", "3,6,9"].map(|bands| format!("{scenario} --bands {bands}")),
            "",
        ),
        case(
            "simulate",
            ["1", "2"].map(|seed| format!("{scenario} --replications 2 --seed {seed}")),
            "",
        ),
        case(
            "optimize",
            ["1", "2"].map(|seed| format!("{optimize} --seed {seed}")),
            "",
        ),
        case(
            "report",
            ["zh", "en"].map(|language| format!("{answer} --language {language}")),
            "",
        ),
        case("import", [maps[0].clone(), maps[1].clone()], ""),
        case("matrix", [matrix(""), matrix("--close 1")], "times.csv"),
    ];
    for case in &cases {
        let of_case = folder.path().join(case.name);
        kill_again_and_again(case, &of_case);
    }
}

/// The cache is no output, and another run must not be led astray by what a killed one left of it.
#[test]
fn a_run_that_is_killed_while_it_keeps_its_network_leaves_no_wrong_times() {
    let folder = tempfile::tempdir().unwrap();
    let county = folder.path().join("county");
    run(&words("synthesize --junctions 12000"), &county);
    let network = county.join("network");
    let stations = county.join("towns.csv");
    let matrix = words(&format!(
        "matrix --network {} --profile {} --origins {stations} --destinations {stations}",
        network.display(),
        project("data/profiles/pumper.toml").display(),
        stations = stations.display()
    ));
    let times = folder.path().join("times.csv");
    let begin = Instant::now();
    run(&matrix, &times);
    let lasts = begin.elapsed();
    let right = fs::read(&times).unwrap();
    let kept = network.join(".brigade");
    assert!(kept.is_dir());
    let mut draws = SmallRng::seed_from_u64(21);
    for kill in 0..2 * kills() {
        let name = folder.path().join(format!("{kill}.csv"));
        fs::remove_dir_all(&kept).unwrap();
        let mut child = start(&matrix, &name);
        if kill % 2 == 0 {
            while !kept.exists() && child.try_wait().unwrap().is_none() {
                std::hint::spin_loop();
            }
            sleep(Duration::from_micros(draws.random_range(0..20_000)));
        } else {
            sleep(lasts.mul_f64(draws.random_range(0.0..1.0)));
        }
        child.kill().unwrap();
        child.wait().unwrap();
        run(&matrix, &name);
        assert_eq!(fs::read(&name).unwrap(), right, "kill {kill}");
        let left = fs::read_dir(&kept)
            .unwrap()
            .map(|entry| entry.unwrap().file_name());
        let left: Vec<_> = left
            .filter(|name| name.to_string_lossy().starts_with('.'))
            .collect();
        assert!(left.is_empty(), "{left:?} is left over");
    }
}
