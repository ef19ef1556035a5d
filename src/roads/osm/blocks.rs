//! Cuts a PBF file into its blocks before anything in them is decoded.
//!
//! The library can do this too, but takes a file that ends inside the length of a header for one
//! that is whole, and reads as far as the file goes when a block announces more than there is. A
//! download that broke off should be told at once, with the byte where it did.

use std::cell::Cell;
use std::io::Cursor;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Once;

use osmpbf::{BlobReader, BlobType};

use crate::roads::osm::OsmError;
use crate::roads::osm::opening::not_osm;

/// The largest block header and the largest block that the format allows.
const MAX_HEADER: usize = 64 * 1024;
const MAX_BLOCK: usize = 32 * 1024 * 1024;

/// One block of the file with its header.
pub(super) struct Frame<'f> {
    /// Where it begins in the file.
    pub(super) begin: usize,
    /// Its header and content.
    pub(super) bytes: &'f [u8],
}

/// Cuts the file into blocks.
///
/// # Errors
/// When it is no PBF, ends inside a block, or announces a block of impossible size.
pub(super) fn frames<'f>(file: &str, bytes: &'f [u8]) -> Result<Vec<Frame<'f>>, OsmError> {
    let not_pbf = || not_osm(file, bytes);
    let mut frames = Vec::new();
    let mut begin = 0;
    while begin < bytes.len() {
        // Until a header of the right kind was seen, the fault is that this is another file.
        let fault = |problem: &str| {
            if begin == 0 {
                not_pbf()
            } else {
                damaged(file, begin, problem)
            }
        };
        let rest = &bytes[begin..];
        let Some((length, after_length)) = rest.split_first_chunk::<4>() else {
            return Err(fault("a block header of less than 4 bytes"));
        };
        let header_length = u32::from_be_bytes(*length) as usize;
        if header_length == 0 || header_length >= MAX_HEADER {
            return Err(fault("a block header of impossible size"));
        }
        if header_length > after_length.len() {
            return Err(fault("the file ends inside a block header"));
        }
        let header = &rest[..4 + header_length];
        let (block_length, is_file_header) = quietly(|| {
            let (header, _) = BlobReader::new_seekable(Cursor::new(header))
                .ok()?
                .next_header_skip_blob()?
                .ok()?;
            let is_file_header = header.blob_type() == BlobType::OsmHeader;
            Some((header.get_blob_size(), is_file_header))
        })
        .flatten()
        .ok_or_else(|| fault("a block header that cannot be read"))?;
        if begin == 0 && !is_file_header {
            return Err(not_pbf());
        }
        let block_length = usize::try_from(block_length)
            .ok()
            .filter(|length| *length <= MAX_BLOCK)
            .ok_or_else(|| damaged(file, begin, "a block of impossible size"))?;
        let frame = rest
            .get(..4 + header_length + block_length)
            .ok_or_else(|| damaged(file, begin, "the file ends inside a block"))?;
        frames.push(Frame {
            begin,
            bytes: frame,
        });
        begin += frame.len();
    }
    if frames.is_empty() {
        return Err(not_pbf());
    }
    Ok(frames)
}

/// The error for a block that begins at `byte`.
pub(super) fn damaged(file: &str, byte: usize, problem: &str) -> OsmError {
    OsmError::Damaged {
        file: file.to_owned(),
        byte,
        problem: problem.to_owned(),
    }
}

thread_local! {
    static QUIET: Cell<bool> = const { Cell::new(false) };
}

/// The outcome of `job`, or `None` when it panicked, without a message on the terminal.
pub(super) fn quietly<T>(job: impl FnOnce() -> T) -> Option<T> {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let loud = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if !QUIET.get() {
                loud(info);
            }
        }));
    });
    let before = QUIET.replace(true);
    let outcome = panic::catch_unwind(AssertUnwindSafe(job));
    QUIET.set(before);
    outcome.ok()
}
