//! What long work has come to, step by step, in a file, so that work which was ended goes on from there to the same
//! result. As with [`progress`](crate::progress), work deep in the program does not know whether anybody keeps it;
//! where nobody does, a step is worked out and that is all.
//!
//! ```text
//! brigade checkpoint 1\n   question (32 bytes)
//! length (8 bytes)   SHA-256 of what follows   name and result of a step
//! …                                            one whose end is missing or damaged, and all after it, is worked out anew
//! ```

use std::collections::HashMap;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::{Digest as _, Sha256};

const HEAD: &[u8] = b"brigade checkpoint 1\n";
const HASH: usize = 32;
/// Where the first step begins.
const BEGIN: u64 = (HEAD.len() + HASH) as u64;
/// No step is longer: what says so is damaged, and need not be read into memory.
const LONGEST_STEP: u64 = 1 << 30;
/// Work that ends sooner is done again before anybody would notice.
const WORTH_KEEPING: Duration = Duration::from_secs(3);

/// What decides the results of all steps, hashed: of another question, they are worth nothing.
pub type Question = [u8; HASH];

/// What was found where work is to be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// Nothing.
    Nothing,
    /// So many steps of the same question.
    Steps(usize),
    /// Steps of another question, which stay until one of this question takes their place, or this work is done.
    OfAnotherQuestion,
    /// Steps of this question, none of them whole.
    Damaged,
}

/// Where the steps of this process are kept.
#[derive(Debug)]
struct Keeper {
    path: PathBuf,
    question: Question,
    began: Instant,
    worth_keeping: Duration,
    /// Steps of earlier work, by name.
    earlier: HashMap<String, Vec<u8>>,
    /// Where the last whole step ends; 0 before the file is written.
    end: u64,
    file: Option<File>,
    /// Why no more can be kept.
    trouble: Option<io::Error>,
}

static KEEPER: Mutex<Option<Keeper>> = Mutex::new(None);

fn keeper() -> MutexGuard<'static, Option<Keeper>> {
    KEEPER.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Keeps steps in a file from here on. Those that are there already count where they are of the same question and
/// `resume` is wanted.
///
/// # Errors
/// When there is something that cannot be read, or is no checkpoint.
pub fn begin(path: &Path, question: Question, resume: bool) -> io::Result<Found> {
    let (found, new) = Keeper::open(path, question, resume, WORTH_KEEPING)?;
    *keeper() = Some(new);
    Ok(found)
}

/// The result of a step, which its name and the question decide: that of earlier work, or worked out and kept.
///
/// # Errors
/// Those of the work.
pub fn step<T, E>(
    name: impl FnOnce() -> String,
    work: impl FnOnce() -> Result<T, E>,
) -> Result<T, E>
where
    T: Serialize + DeserializeOwned,
{
    if keeper().is_none() {
        return work();
    }
    let name = name();
    let earlier = keeper()
        .as_mut()
        .and_then(|keeper| keeper.earlier.remove(&name));
    let earlier = earlier.and_then(|bytes| postcard::from_bytes(&bytes).ok());
    if let Some(result) = earlier {
        return Ok(result);
    }
    let result = work()?;
    if let Some(keeper) = &mut *keeper() {
        keeper.keep(&name, &result);
    }
    Ok(result)
}

/// Keeps nothing any more, and leaves what is there.
pub fn forget() {
    *keeper() = None;
}

/// Whether there is a file from which work can go on.
pub fn is_kept() -> bool {
    let keeper = keeper();
    keeper.as_ref().is_some_and(|keeper| keeper.end > BEGIN)
}

/// Why the work could not be kept, if it could not: it goes on all the same.
pub fn trouble() -> Option<String> {
    let keeper = keeper();
    let keeper = keeper.as_ref()?;
    let trouble = keeper.trouble.as_ref()?;
    Some(format!("{}: {trouble}", keeper.path.display()))
}

/// The work is done, and nothing of it need be kept, nor of an earlier question: what is there was seen to be a
/// checkpoint.
pub fn end() {
    if let Some(keeper) = keeper().take() {
        let _ = std::fs::remove_file(&keeper.path);
    }
}

impl Keeper {
    fn open(
        path: &Path,
        question: Question,
        resume: bool,
        worth_keeping: Duration,
    ) -> io::Result<(Found, Self)> {
        let mut new = Self {
            path: path.to_owned(),
            question,
            began: Instant::now(),
            worth_keeping,
            earlier: HashMap::new(),
            end: 0,
            file: None,
            trouble: None,
        };
        let mut file = match File::open(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Ok((Found::Nothing, new));
            }
            file => io::BufReader::new(file?),
        };
        let size = file.get_ref().metadata()?.len();
        let mut head = Vec::new();
        file.by_ref().take(BEGIN).read_to_end(&mut head)?;
        if HEAD.starts_with(&head) || head.starts_with(HEAD) && size < BEGIN {
            // It had only just been begun.
            return Ok((Found::Nothing, new));
        }
        if !head.starts_with(HEAD) {
            return Err(io::Error::other(
                "this is no checkpoint of `brigade`; it should be moved away",
            ));
        }
        if head[HEAD.len()..] != question {
            return Ok((Found::OfAnotherQuestion, new));
        }
        let mut steps = HashMap::new();
        let mut end = BEGIN;
        while let Some((length, (name, result))) = next_step(&mut file, size - end)? {
            steps.insert(name, result);
            end += length;
        }
        let found = match steps.len() {
            0 if size > BEGIN => Found::Damaged,
            0 => Found::Nothing,
            steps => Found::Steps(steps),
        };
        if resume {
            new.end = end;
            new.earlier = steps;
        }
        Ok((found, new))
    }

    fn keep(&mut self, name: &str, result: &impl Serialize) {
        let is_short = self.end == 0 && self.began.elapsed() < self.worth_keeping;
        if is_short || self.trouble.is_some() {
            return;
        }
        self.trouble = self.write(name, result).err();
        if self.trouble.is_some() {
            // Where a disk is full, what is left of it is for the result.
            self.file = None;
            self.end = 0;
            let _ = std::fs::remove_file(&self.path);
        }
    }

    fn write(&mut self, name: &str, result: &impl Serialize) -> io::Result<()> {
        let result = postcard::to_stdvec(result).map_err(io::Error::other)?;
        let content = postcard::to_stdvec(&(name, result)).map_err(io::Error::other)?;
        let file = match &mut self.file {
            Some(file) => file,
            none => {
                let open = File::options()
                    .create(true)
                    .truncate(false)
                    .write(true)
                    .open(&self.path)?;
                // A step that was cut off, or another question's.
                open.set_len(self.end)?;
                none.insert(open)
            }
        };
        file.seek(SeekFrom::Start(self.end))?;
        let mut bytes = Vec::new();
        if self.end == 0 {
            bytes.extend([HEAD, &self.question].concat());
        }
        bytes.extend((content.len() as u64).to_le_bytes());
        bytes.extend(Sha256::digest(&content));
        bytes.extend(content);
        file.write_all(&bytes)?;
        // A power cut is to take no more than the step in hand.
        file.sync_data()?;
        self.end += bytes.len() as u64;
        Ok(())
    }
}

/// A name and a result.
type Step = (String, Vec<u8>);

/// The next step and how many bytes it takes, where so many are `left`; `None` where it is not whole.
fn next_step(file: &mut impl Read, left: u64) -> io::Result<Option<(u64, Step)>> {
    let mut begin = [0; 8 + HASH];
    let before = begin.len() as u64;
    let Some(left) = left.checked_sub(before) else {
        return Ok(None);
    };
    file.read_exact(&mut begin)?;
    let (length, hash) = begin.split_at(8);
    let length = length
        .iter()
        .rev()
        .fold(0, |sum, byte| sum << 8 | u64::from(*byte));
    if length > left.min(LONGEST_STEP) {
        return Ok(None);
    }
    let mut content = Vec::new();
    file.take(length).read_to_end(&mut content)?;
    let is_whole = Sha256::digest(&content)[..] == *hash;
    let step = postcard::from_bytes(&content).ok().filter(|_| is_whole);
    Ok(step.map(|step| (before + length, step)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const QUESTION: Question = [7; HASH];

    fn opened(path: &Path, question: Question, resume: bool) -> (Found, Keeper) {
        Keeper::open(path, question, resume, Duration::ZERO).unwrap()
    }

    /// Two steps; cut anywhere or damaged in any byte, the file gives those that are whole, and goes on after them.
    #[test]
    fn whatever_becomes_of_the_file_no_step_is_another() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("checkpoint");
        let (found, mut keeper) = opened(&path, QUESTION, true);
        assert_eq!(found, Found::Nothing);
        keeper.keep("first", &[1.5_f64, f64::INFINITY]);
        keeper.keep("second", &"二");
        drop(keeper);
        let whole = std::fs::read(&path).unwrap();
        let (_, kept) = opened(&path, QUESTION, true);
        let step = |name: &str| kept.earlier[name].clone();
        let first: [f64; 2] = postcard::from_bytes(&step("first")).unwrap();
        assert_eq!(first, [1.5, f64::INFINITY]);

        let mut counts = [0; 3];
        for place in 0..whole.len() {
            for damaged in [whole[..place].to_vec(), {
                let mut other = whole.clone();
                other[place] ^= 1;
                other
            }] {
                std::fs::write(&path, &damaged).unwrap();
                if !damaged.starts_with(HEAD) && !HEAD.starts_with(&damaged) {
                    assert!(Keeper::open(&path, QUESTION, true, Duration::ZERO).is_err());
                    continue;
                }
                let (found, mut again) = opened(&path, QUESTION, true);
                for (name, result) in &again.earlier {
                    assert_eq!(*result, step(name));
                }
                counts[again.earlier.len()] += 1;
                let is_of_another = damaged.len() >= HEAD.len() + HASH && place < HEAD.len() + HASH;
                assert_eq!(found == Found::OfAnotherQuestion, is_of_another);
                again.keep("third", &3);
                let (found, _) = opened(&path, QUESTION, true);
                assert_eq!(found, Found::Steps(again.earlier.len() + 1));
            }
        }
        assert!(
            counts[0] > 0 && counts[1] > 0 && counts[2] == 0,
            "{counts:?}"
        );
    }

    #[test]
    fn steps_of_another_question_or_that_nobody_wants_do_not_count() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("checkpoint");
        opened(&path, QUESTION, true).1.keep("first", &1);
        let (found, other) = opened(&path, [8; HASH], true);
        assert_eq!((found, other.earlier.len()), (Found::OfAnotherQuestion, 0));
        let (found, mut anew) = opened(&path, QUESTION, false);
        assert_eq!((found, anew.earlier.len()), (Found::Steps(1), 0));
        anew.keep("second", &2);
        let (found, kept) = opened(&path, QUESTION, true);
        assert_eq!(found, Found::Steps(1));
        assert!(kept.earlier.contains_key("second"));
    }

    #[test]
    fn what_is_done_at_once_is_not_kept() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("checkpoint");
        let hour = Duration::from_hours(1);
        let (_, mut keeper) = Keeper::open(&path, QUESTION, true, hour).unwrap();
        keeper.keep("first", &1);
        assert!(!path.exists());
    }
}
