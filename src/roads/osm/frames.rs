//! Cuts a PBF file into its blocks before anything in them is decoded: a download that broke off is
//! told at once, with the byte where it did.

use std::borrow::Cow;
use std::io::Read;

use flate2::read::ZlibDecoder;
use ruzstd::decoding::StreamingDecoder;

use crate::roads::osm::OsmError;
use crate::roads::osm::opening::not_osm;
use crate::roads::osm::wire::{Holds, Message};

/// The largest block header and the largest block that the format allows.
const MAX_HEADER: usize = 64 * 1024;
const MAX_BLOCK: usize = 32 * 1024 * 1024;

/// One block of the file with its header.
pub(super) struct Frame<'f> {
    /// Where it begins in the file.
    pub(super) begin: usize,
    /// How much of the file its header and content are.
    pub(super) length: usize,
    pub(super) content: Content,
    blob: Message<'f>,
}

/// What is in a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Content {
    /// What a reader has to know before it begins.
    Header,
    /// Nodes, ways and relations.
    Elements,
}

/// Fields of what stands before a block, and of what holds its content, plain or packed (fileformat.proto).
const TYPE: u64 = 1;
const SIZE: u64 = 3;
const RAW: u64 = 1;
const RAW_SIZE: u64 = 2;
const ZLIB_DATA: u64 = 3;
const LZMA_DATA: u64 = 4;
const BZIP2_DATA: u64 = 5;
const LZ4_DATA: u64 = 6;
const ZSTD_DATA: u64 = 7;

const IN_HEADER: [(u64, Holds); 2] = [(TYPE, Holds::Bytes), (SIZE, Holds::Number)];
const IN_BLOB: [(u64, Holds); 7] = [
    (RAW, Holds::Bytes),
    (RAW_SIZE, Holds::Number),
    (ZLIB_DATA, Holds::Bytes),
    (LZMA_DATA, Holds::Bytes),
    (BZIP2_DATA, Holds::Bytes),
    (LZ4_DATA, Holds::Bytes),
    (ZSTD_DATA, Holds::Bytes),
];

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
        let (header, after_header) = after_length.split_at(header_length);
        let header = Message(header);
        let unreadable = || fault("a block header that cannot be read");
        if !header.is_sound(&IN_HEADER) {
            return Err(unreadable());
        }
        let content = match header.bytes(TYPE) {
            Some(b"OSMHeader") => Some(Content::Header),
            Some(b"OSMData") => Some(Content::Elements),
            Some(other) if str::from_utf8(other).is_ok() => None,
            Some(_) => return Err(unreadable()),
            None => return Err(fault("a block header without its type")),
        };
        if begin == 0 && content != Some(Content::Header) {
            return Err(not_pbf());
        }
        let size = header.number(SIZE).map(usize::try_from);
        let size = match size {
            Some(Ok(size)) if size <= MAX_BLOCK => size,
            _ => return Err(damaged(file, begin, "a block of impossible size")),
        };
        let blob = after_header
            .get(..size)
            .ok_or_else(|| damaged(file, begin, "the file ends inside a block"))?;
        let length = 4 + header_length + size;
        // Readers pass over what is neither.
        frames.extend(content.map(|content| Frame {
            begin,
            length,
            content,
            blob: Message(blob),
        }));
        begin += length;
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

impl<'f> Frame<'f> {
    /// The content, unpacked.
    ///
    /// # Errors
    /// What is wrong with it.
    pub(super) fn unpacked(&self, file: &str) -> Result<Cow<'f, [u8]>, OsmError> {
        let damaged = |problem: &str| damaged(file, self.begin, problem);
        if !self.blob.is_sound(&IN_BLOB) {
            return Err(damaged("a block that cannot be read"));
        }
        let packed = |field| self.blob.bytes(field);
        for (field, packer) in [(LZMA_DATA, "lzma"), (BZIP2_DATA, "bzip2")] {
            if packed(field).is_some() {
                return Err(OsmError::Packer {
                    file: file.to_owned(),
                    packer,
                });
            }
        }
        let content = if let Some(packed) = packed(ZLIB_DATA) {
            at_most(MAX_BLOCK, ZlibDecoder::new(packed))
        } else if let Some(packed) = packed(LZ4_DATA) {
            self.of_lz4(packed)
        } else if let Some(packed) = packed(ZSTD_DATA) {
            let unpacking = StreamingDecoder::new(packed).map_err(|error| error.to_string());
            unpacking.and_then(|unpacking| at_most(MAX_BLOCK, unpacking))
        } else {
            let plain = self.blob.bytes(RAW).map(Cow::Borrowed);
            return plain.ok_or_else(|| damaged("a block that is neither plain nor packed"));
        };
        let content = content.map_err(|problem| damaged(&problem))?;
        let announced = self.blob.number(RAW_SIZE);
        if content.len() > MAX_BLOCK || announced.is_some_and(|size| size != content.len() as u64) {
            return Err(damaged(
                "a block that does not unpack to the size it announces",
            ));
        }
        Ok(Cow::Owned(content))
    }

    /// LZ4 does not say in what it has packed how long that was.
    fn of_lz4(&self, packed: &[u8]) -> Result<Vec<u8>, String> {
        let size = self.blob.number(RAW_SIZE).map(usize::try_from);
        // A byte stands for 255 at most: room is made for no more than what can come of it.
        let possible = packed.len().saturating_mul(255).min(MAX_BLOCK);
        match size {
            Some(Ok(size)) if size <= possible => {
                lz4_flex::block::decompress(packed, size).map_err(|error| error.to_string())
            }
            _ => Err("a block that cannot unpack to the size it announces".to_owned()),
        }
    }
}

/// All that is read, and a byte more than is allowed where there is too much.
fn at_most(most: usize, unpacking: impl Read) -> Result<Vec<u8>, String> {
    let mut content = Vec::new();
    let read = unpacking.take(most as u64 + 1).read_to_end(&mut content);
    read.map(|_| content).map_err(|error| error.to_string())
}
