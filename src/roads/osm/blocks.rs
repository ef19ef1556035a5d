//! Cuts a PBF file into its blocks before anything in them is decoded: a download that broke off is
//! told at once, with the byte where it did.

use std::io::Read as _;

use flate2::read::ZlibDecoder;
use prost::Message as _;

use crate::roads::osm::OsmError;
use crate::roads::osm::messages::{Blob, BlobHeader};
use crate::roads::osm::opening::not_osm;

/// The largest block header and the largest block that the format allows.
const MAX_HEADER: usize = 64 * 1024;
const MAX_BLOCK: usize = 32 * 1024 * 1024;

/// One block of the file with its header.
pub(super) struct Frame<'f> {
    /// Where it begins in the file.
    pub(super) begin: usize,
    /// How much of the file its header and content are.
    pub(super) length: usize,
    /// What is in it.
    pub(super) kind: FrameKind,
    blob: &'f [u8],
}

/// What is in a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FrameKind {
    /// What a reader has to know before it begins.
    Header,
    /// Nodes, ways and relations.
    Data,
    /// What no reader needs.
    Other,
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
        let (header, after_header) = after_length.split_at(header_length);
        let header =
            BlobHeader::decode(header).map_err(|_| fault("a block header that cannot be read"))?;
        let kind = match header.kind.as_deref() {
            Some("OSMHeader") => FrameKind::Header,
            Some("OSMData") => FrameKind::Data,
            Some(_) => FrameKind::Other,
            None => return Err(fault("a block header without its type")),
        };
        if begin == 0 && kind != FrameKind::Header {
            return Err(not_pbf());
        }
        let size = usize::try_from(header.size.unwrap_or(-1))
            .ok()
            .filter(|size| *size <= MAX_BLOCK)
            .ok_or_else(|| damaged(file, begin, "a block of impossible size"))?;
        let blob = after_header
            .get(..size)
            .ok_or_else(|| damaged(file, begin, "the file ends inside a block"))?;
        let length = 4 + header_length + size;
        frames.push(Frame {
            begin,
            length,
            kind,
            blob,
        });
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

impl Frame<'_> {
    /// The content, unpacked.
    ///
    /// # Errors
    /// What is wrong with it.
    pub(super) fn content(&self) -> Result<Vec<u8>, String> {
        let blob = Blob::decode(self.blob).map_err(|error| error.to_string())?;
        let Some(packed) = blob.zlib_data else {
            let plain = blob.raw;
            return plain.ok_or_else(|| "a block that is neither plain nor packed by zlib".into());
        };
        let mut content = Vec::new();
        // A byte more than is allowed shows that there is too much.
        ZlibDecoder::new(&packed[..])
            .take(MAX_BLOCK as u64 + 1)
            .read_to_end(&mut content)
            .map_err(|error| error.to_string())?;
        let announced = blob.raw_size.map(usize::try_from);
        if content.len() > MAX_BLOCK || announced.is_some_and(|size| size != Ok(content.len())) {
            return Err("a block that does not unpack to the size it announces".to_owned());
        }
        Ok(content)
    }
}
