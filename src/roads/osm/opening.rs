//! What kind of file an extract is, told by its first bytes, and its content unpacked.

use std::borrow::Cow;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;

use bzip2::bufread::MultiBzDecoder;
use flate2::bufread::MultiGzDecoder;

use crate::files::FileError;
use crate::roads::osm::OsmError;

/// An extract before it is read.
pub(super) enum Input<'a> {
    /// A file, read as far as needed.
    Disk(&'a Path),
    /// Bytes at hand.
    Memory(&'a [u8]),
}

/// The formats of an extract, packing apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    /// Blocks of protocol buffers.
    Pbf,
    /// Text.
    Xml,
}

/// The content of a packed extract is some 10 to 20 times its size, in XML up to 50.
const MAX_TIMES: u64 = 200;

/// Small files may be all of one kind: up to this size any ratio is right.
const HARMLESS: u64 = 64 * 1024 * 1024;

impl<'a> Input<'a> {
    /// The format, whatever the name of the file says.
    ///
    /// # Errors
    /// When it is another, or the file cannot be read.
    pub(super) fn format(&self, file: &str) -> Result<Format, OsmError> {
        let mut content = self.unpacked(file)?;
        let mut begin = Vec::new();
        content
            .by_ref()
            .take(4096)
            .read_to_end(&mut begin)
            .map_err(|error| io_error(file, &error))?;
        let text = begin.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&begin);
        match text.trim_ascii_start() {
            [b'<', ..] => Ok(Format::Xml),
            // A block begins with the length of its header, less than 64 KiB.
            _ if begin.starts_with(&[0, 0]) => Ok(Format::Pbf),
            _ => Err(not_osm(file, &begin)),
        }
    }

    /// The unpacked content, from its beginning.
    pub(super) fn unpacked(&self, file: &str) -> Result<Box<dyn BufRead + 'a>, OsmError> {
        let disk = |path: &Path, source| FileError::Io {
            path: path.display().to_string(),
            source,
        };
        let (mut raw, size): (Box<dyn BufRead + 'a>, u64) = match *self {
            Self::Disk(path) => {
                let opened = File::open(path).map_err(|error| disk(path, error))?;
                let size = opened.metadata().map_err(|error| disk(path, error))?.len();
                (Box::new(BufReader::with_capacity(1 << 16, opened)), size)
            }
            Self::Memory(bytes) => (Box::new(bytes), bytes.len() as u64),
        };
        let begin = raw.fill_buf().map_err(|error| io_error(file, &error))?;
        let unpacked: Box<dyn Read + 'a> = match begin {
            [0x1f, 0x8b, ..] => Box::new(MultiGzDecoder::new(raw)),
            [b'B', b'Z', b'h', ..] => Box::new(MultiBzDecoder::new(raw)),
            _ => return Ok(raw),
        };
        let bounded = Bounded {
            unpacked,
            left: size.saturating_mul(MAX_TIMES).max(HARMLESS),
        };
        Ok(Box::new(BufReader::with_capacity(1 << 16, bounded)))
    }

    /// All of the unpacked content.
    pub(super) fn all(&self, file: &str) -> Result<Cow<'a, [u8]>, OsmError> {
        if let Self::Memory(bytes) = *self
            && !matches!(bytes, [0x1f, 0x8b, ..] | [b'B', b'Z', b'h', ..])
        {
            return Ok(Cow::Borrowed(bytes));
        }
        let mut bytes = Vec::new();
        self.unpacked(file)?
            .read_to_end(&mut bytes)
            .map_err(|error| io_error(file, &error))?;
        Ok(Cow::Owned(bytes))
    }
}

/// A packed file that stops before it fills the memory.
struct Bounded<'a> {
    unpacked: Box<dyn Read + 'a>,
    left: u64,
}

/// What [`Bounded`] says when it stops.
#[derive(Debug, thiserror::Error)]
#[error("the file unpacks to more than its size lets expect")]
struct TooMuch;

impl Read for Bounded<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.unpacked.read(buffer)?;
        self.left = self
            .left
            .checked_sub(read as u64)
            .ok_or_else(|| io::Error::other(TooMuch))?;
        Ok(read)
    }
}

/// What a fault while unpacking means.
pub(super) fn io_error(file: &str, error: &io::Error) -> OsmError {
    if error.get_ref().is_some_and(|inner| inner.is::<TooMuch>()) {
        return OsmError::Bomb {
            file: file.to_owned(),
            times: MAX_TIMES,
        };
    }
    OsmError::Compression {
        file: file.to_owned(),
        problem: error.to_string(),
    }
}

/// The error for content that is no extract.
pub(super) fn not_osm(file: &str, content: &[u8]) -> OsmError {
    let looks_like = match content {
        [] => " but an empty one",
        [b'<', ..] => " but XML of another kind or a web page",
        [b'P', b'K', ..] => " but a ZIP file, perhaps of a shapefile",
        [b'{' | b'[', ..] => " but JSON",
        [0x28, 0xb5, 0x2f, 0xfd, ..] | [0xfd, b'7', b'z', ..] | [b'7', b'z', ..] => {
            " but packed by a program that is not known here"
        }
        _ => "",
    };
    OsmError::NotOsm {
        file: file.to_owned(),
        looks_like: looks_like.to_owned(),
    }
}
