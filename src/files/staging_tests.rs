#[cfg(unix)]
use std::process::Command;

use super::*;

fn staging(out: &Path) -> Staging {
    Staging::for_folder(out, Product::Comparison).unwrap()
}

fn write(out: &Path, files: &[(&str, &str)]) -> Result<Vec<PathBuf>, FileError> {
    let staging = staging(out);
    for (path, content) in files {
        staging.write(path, content.as_bytes()).unwrap();
    }
    staging.publish()
}

/// Every file below a folder but the manifest, with its content.
fn files(folder: &Path) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            match path.is_dir() {
                true => folders.push(path),
                false if path.ends_with(MANIFEST) => {}
                false => found.push((
                    path.strip_prefix(folder).unwrap().display().to_string(),
                    fs::read_to_string(&path).unwrap(),
                )),
            }
        }
    }
    found.sort();
    found
}

fn of(files: &[(&str, &str)]) -> Vec<(String, String)> {
    let owned = |(path, content): &(&str, &str)| ((*path).to_owned(), (*content).to_owned());
    files.iter().map(owned).collect()
}

#[test]
fn dropped_staging_leaves_the_earlier_output_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    write(&out, &[("a.txt", "earlier")]).unwrap();
    let half = staging(&out);
    half.write("a.txt", b"half").unwrap();
    drop(half);
    assert_eq!(files(folder.path()), of(&[("out/a.txt", "earlier")]));
    drop(staging(&folder.path().join("new/inner")));
    assert!(!folder.path().join("new").exists());
}

/// A folder of somebody else stands where one of the files is to go.
#[test]
fn no_file_is_moved_where_one_cannot_be() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    write(&out, &[("a.csv", "earlier")]).unwrap();
    fs::create_dir(out.join("b.csv")).unwrap();
    for left_out in [false, true] {
        let staging = staging(&out);
        staging.write("a.csv", b"new").unwrap();
        let content = (!left_out).then_some("new");
        staging.write_or_leave_out("b.csv", content).unwrap();
        let error = staging.publish().unwrap_err();
        assert!(error.to_string().contains("b.csv"), "{error}");
        assert_eq!(files(&out), of(&[("a.csv", "earlier")]));
    }
}

/// A file stands where a folder of the output goes, which shows only when files are being moved.
#[test]
fn what_was_moved_is_put_back_when_the_rest_cannot_be() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    write(&out, &[("a.csv", "earlier"), ("z.csv", "earlier")]).unwrap();
    fs::write(out.join("charts"), "somebody's").unwrap();
    let there = files(&out);
    let new = [("a.csv", "new"), ("b.csv", "new"), ("charts/c.svg", "new")];
    let error = write(&out, &new).unwrap_err().to_string();
    assert!(error.contains("charts"), "{error}");
    assert_eq!(files(&out), there);
}

#[test]
fn what_an_earlier_run_wrote_and_this_one_does_not_goes() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path();
    write(
        out,
        &[("a.csv", "1"), ("charts/b.svg", "1"), ("map/c.json", "1")],
    )
    .unwrap();
    fs::write(out.join("charts/mine.svg"), "mine").unwrap();
    write(out, &[("a.csv", "2")]).unwrap();
    assert_eq!(
        files(out),
        of(&[("a.csv", "2"), ("charts/mine.svg", "mine")])
    );
    assert!(!out.join("map").exists());
    // What another command wrote stays.
    let coverage = Staging::for_folder(out, Product::Coverage).unwrap();
    coverage.write("d.csv", b"3").unwrap();
    coverage.publish().unwrap();
    assert!(out.join("a.csv").is_file());
}

#[test]
fn what_somebody_changed_or_put_there_is_lost_by_order_only() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path();
    write(out, &[("a.csv", "1"), ("b.csv", "1")]).unwrap();
    for (changed, new) in [
        ("a.csv", [("a.csv", "2"), ("b.csv", "2")]),
        // It would go, as the run does not write it.
        ("b.csv", [("a.csv", "2"), ("c.csv", "2")]),
        ("d.csv", [("a.csv", "2"), ("d.csv", "2")]),
    ] {
        fs::write(out.join(changed), "mine").unwrap();
        let there = files(out);
        let error = write(out, &new).unwrap_err().to_string();
        assert!(
            error.contains(changed) && error.contains("--force"),
            "{error}"
        );
        assert_eq!(files(out), there);
        if changed != "d.csv" {
            assert!(staging(out).refuse_changed(&[""; 0]).is_err());
            fs::write(out.join(changed), "1").unwrap();
        }
    }
    let forced = staging(out).overwriting(true);
    forced.write("d.csv", b"2").unwrap();
    forced.publish().unwrap();
    assert_eq!(files(out), of(&[("d.csv", "2")]));
    // Another command's file is somebody's too.
    let other = Staging::for_folder(out, Product::County).unwrap();
    other.write("d.csv", b"3").unwrap();
    assert!(other.publish().is_err());
}

#[test]
fn what_a_run_might_write_and_somebody_put_there_is_in_the_way() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path();
    fs::write(out.join("turns.csv"), "mine").unwrap();
    let without = staging(out);
    without
        .write_or_leave_out("turns.csv", None::<&str>)
        .unwrap();
    assert!(
        without
            .publish()
            .unwrap_err()
            .to_string()
            .contains("turns.csv")
    );
    assert_eq!(files(out), of(&[("turns.csv", "mine")]));
}

#[test]
fn what_is_kept_stays_though_somebody_changed_it() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path();
    write(out, &[("answer.json", "1"), ("page.html", "1")]).unwrap();
    fs::write(out.join("answer.json"), "mine").unwrap();
    let mut again = staging(out);
    again.keep("answer.json");
    again.refuse_changed(&[""; 0]).unwrap();
    again.write("page.html", b"2").unwrap();
    again.publish().unwrap();
    assert_eq!(
        files(out),
        of(&[("answer.json", "mine"), ("page.html", "2")])
    );
}

#[test]
fn two_runs_do_not_write_into_one_folder() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path();
    let first = staging(out);
    let second = Staging::for_folder(out, Product::Coverage).unwrap_err();
    assert!(second.to_string().contains("another run is writing here"));
    // One file beside it is another output.
    let file = out.join("m.csv");
    let (single, name) = Staging::for_file(&file).unwrap();
    assert!(Staging::for_file(&file).is_err());
    single.write(name, b"1").unwrap();
    single.publish().unwrap();
    first.write("a.csv", b"1").unwrap();
    first.publish().unwrap();
    assert_eq!(
        files(out),
        of(&[
            (
                ".m.csv.brigade.json",
                &fs::read_to_string(out.join(".m.csv.brigade.json")).unwrap()
            ),
            ("a.csv", "1"),
            ("m.csv", "1")
        ])
    );
}

/// Of the run below: `a`, `c/d` and `e/f` come with the content 2, `b` goes.
fn journal() -> String {
    let folder = tempfile::tempdir().unwrap();
    let new = folder.path().join("new");
    fs::write(&new, "2").unwrap();
    let comes = serde_json::to_string(&Content::of(&new).unwrap()).unwrap();
    let change = |path: &str, replaces: bool, comes: &str| {
        format!(r#"{{"path":"{path}","replaces":{replaces},"comes":{comes}}}"#)
    };
    let moves = [
        change("a", true, &comes),
        change("c/d", true, &comes),
        change("e/f", false, &comes),
        change("b", true, "null"),
    ];
    format!(r#"{{"moves":[{}],"made":["e"]}}"#, moves.join(","))
}

/// A run is ended after each of its moves in turn: whoever comes next finds all of the earlier output.
///
/// ```text
/// earlier   a  b  c/d          new   a  c/d  e/f       b goes
/// ```
#[test]
fn a_run_that_was_ended_while_it_moved_files_is_taken_back() {
    let earlier = [("a", "1"), ("b", "1"), ("c/d", "1")];
    let folder = tempfile::tempdir().unwrap();
    for moved in 0..=7 {
        let out = folder.path().join(moved.to_string());
        write(&out, &earlier).unwrap();
        let there = files(&out);
        let run = out.join(".brigade-run");
        for path in ["new/a", "new/c/d", "new/e/f", "old/b", "old/c/x"] {
            make_folder_of(&run.join(path)).unwrap();
        }
        for path in ["a", "c/d", "e/f"] {
            fs::write(run.join("new").join(path), "2").unwrap();
        }
        fs::write(run.join("journal.json"), journal()).unwrap();
        let steps: [(&str, &str); 7] = [
            ("", "e"),
            ("a", ".brigade-run/old/a"),
            (".brigade-run/new/a", "a"),
            ("c/d", ".brigade-run/old/c/d"),
            (".brigade-run/new/c/d", "c/d"),
            (".brigade-run/new/e/f", "e/f"),
            ("b", ".brigade-run/old/b"),
        ];
        for (from, to) in &steps[..moved] {
            match from.is_empty() {
                true => fs::create_dir(out.join(to)).unwrap(),
                false => fs::rename(out.join(from), out.join(to)).unwrap(),
            }
        }
        if moved % 2 == 0 {
            // By who reads a file there.
            crate::files::Source::Disk(out.join("a")).read().unwrap();
        } else {
            drop(staging(&out));
        }
        assert_eq!(files(&out), there, "after {moved} moves");
        assert!(!out.join("e").exists());
    }
}

#[test]
fn an_account_that_leads_out_of_the_folder_moves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    fs::create_dir_all(out.join(".brigade-run")).unwrap();
    fs::write(folder.path().join("mine"), "mine").unwrap();
    let journal = journal().replace("\"a\"", "\"../mine\"");
    fs::write(out.join(".brigade-run/journal.json"), journal).unwrap();
    assert!(Staging::for_folder(&out, Product::Comparison).is_err());
    let manifest = r#"{"program":"","about":"","files":{"../mine":{"product":"comparison","bytes":4,"sha256":""}}}"#;
    let other = folder.path().join("other");
    fs::create_dir(&other).unwrap();
    fs::write(other.join(MANIFEST), manifest).unwrap();
    write(&other, &[("a", "1")]).unwrap();
    assert!(folder.path().join("mine").is_file());
}

#[cfg(unix)]
#[test]
fn who_may_read_a_file_stays_as_it_was() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    let secret = folder.path().join("a.csv");
    write(folder.path(), &[("a.csv", "one")]).unwrap();
    fs::set_permissions(&secret, fs::Permissions::from_mode(0o600)).unwrap();
    write(folder.path(), &[("a.csv", "two"), ("b.csv", "new")]).unwrap();
    let mode = |path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&secret), 0o600);
    assert_eq!(fs::read_to_string(&secret).unwrap(), "two");
    assert_ne!(mode(&folder.path().join("b.csv")), 0o600);
}

#[cfg(unix)]
#[test]
fn a_link_under_the_name_of_the_runs_folder_is_followed_by_nobody() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    let mine = folder.path().join("mine");
    fs::create_dir_all(&out).unwrap();
    fs::create_dir(&mine).unwrap();
    fs::write(mine.join("a"), "mine").unwrap();
    std::os::unix::fs::symlink(&mine, out.join(".brigade-run")).unwrap();
    assert!(Staging::for_folder(&out, Product::Comparison).is_err());
    std::os::unix::fs::symlink("nowhere", out.join("a.csv")).unwrap();
    fs::remove_file(out.join(".brigade-run")).unwrap();
    assert!(write(&out, &[("a.csv", "1")]).is_err());
    let pipe = out.join("pipe");
    assert!(
        Command::new("mkfifo")
            .arg(&pipe)
            .status()
            .unwrap()
            .success()
    );
    assert!(Staging::for_file(&pipe).is_err());
    assert!(crate::files::Source::Disk(pipe).read().is_err());
    assert_eq!(files(&mine), of(&[("a", "mine")]));
    // Nor one between: what is behind it lies elsewhere.
    std::os::unix::fs::symlink(&mine, out.join("charts")).unwrap();
    let error = write(&out, &[("charts/b.svg", "1")]).unwrap_err();
    assert!(error.to_string().contains("link to elsewhere"), "{error}");
    let manifest = r#"{"program":"","about":"","files":{"charts/a":{"product":"comparison","bytes":4,"sha256":""}}}"#;
    fs::write(out.join(MANIFEST), manifest).unwrap();
    write(&out, &[("b.csv", "1")]).unwrap_err();
    assert_eq!(files(&mine), of(&[("a", "mine")]));
}

/// All had been moved when the run was ended, and somebody worked on it before the program came again.
#[test]
fn what_somebody_did_after_a_run_was_ended_is_not_taken_back() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    write(&out, &[("a", "1"), ("b", "1"), ("c/d", "1")]).unwrap();
    let run = out.join(".brigade-run");
    for (path, content) in [("old/a", "1"), ("old/b", "1"), ("old/c/d", "1")] {
        make_folder_of(&run.join(path)).unwrap();
        fs::write(run.join(path), content).unwrap();
    }
    fs::write(run.join("journal.json"), journal()).unwrap();
    fs::write(out.join("a"), "mine").unwrap();
    fs::write(out.join("b"), "mine").unwrap();
    fs::create_dir(out.join("e")).unwrap();
    fs::write(out.join("e/f"), "mine").unwrap();
    fs::remove_dir_all(out.join("c")).unwrap();
    drop(staging(&out));
    let left = [("a", "mine"), ("b", "mine"), ("c/d", "1"), ("e/f", "mine")];
    assert_eq!(files(&out), of(&left));
}

/// One file is written into a folder in which a run was ended: what is taken back there comes before.
#[test]
fn a_single_file_is_not_undone_by_what_comes_after_it() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    write(&out, &[("a", "1"), ("b", "1"), ("c/d", "1")]).unwrap();
    let run = out.join(".brigade-run");
    fs::create_dir_all(run.join("old")).unwrap();
    fs::rename(out.join("a"), run.join("old/a")).unwrap();
    fs::write(run.join("journal.json"), journal()).unwrap();
    let file = out.join("a");
    let (single, name) = Staging::for_file(&file).unwrap();
    let single = single.overwriting(true);
    single.write(name, b"3").unwrap();
    single.publish().unwrap();
    drop(staging(&out));
    assert_eq!(fs::read_to_string(file).unwrap(), "3");
}

#[test]
fn something_else_under_the_name_of_the_manifest_is_lost_by_order_only() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path();
    let record = out.join(MANIFEST);
    fs::write(&record, "my own notes").unwrap();
    let error = write(out, &[("a", "1")]).unwrap_err().to_string();
    assert!(error.contains(MANIFEST), "{error}");
    assert_eq!(fs::read_to_string(&record).unwrap(), "my own notes");
    fs::remove_file(&record).unwrap();
    fs::create_dir(&record).unwrap();
    fs::write(record.join("mine"), "mine").unwrap();
    write(out, &[("a", "1")]).unwrap_err();
    assert!(record.join("mine").is_file());
}

#[test]
fn a_persons_files_under_the_name_of_the_runs_folder_are_not_cleared() {
    let folder = tempfile::tempdir().unwrap();
    let run = folder.path().join(".brigade-run");
    fs::create_dir(&run).unwrap();
    fs::write(run.join("notes.txt"), "mine").unwrap();
    let error = Staging::for_folder(folder.path(), Product::Comparison).unwrap_err();
    assert!(error.to_string().contains("move it"), "{error}");
    assert!(run.join("notes.txt").is_file());
}

/// Somebody moves the output folder, or clears the run's, while it writes.
#[test]
fn a_part_of_an_output_is_never_published() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    for is_moved in [false, true] {
        let half = staging(&out);
        half.write("a", b"1").unwrap();
        match is_moved {
            true => fs::rename(&out, folder.path().join("elsewhere")).unwrap(),
            false => fs::remove_dir_all(out.join(".brigade-run")).unwrap(),
        }
        let error = half.write("b", b"1").unwrap_err();
        assert!(
            error.to_string().contains("was moved or cleared"),
            "{error}"
        );
        // Another run may be there by now, and is not disturbed.
        let other = staging(&out);
        other.write("c", b"1").unwrap();
        half.publish().unwrap_err();
        other.publish().unwrap();
        assert_eq!(files(&out), of(&[("c", "1")]));
    }
}
