//! What the user named, as a stream of bytes or all of them at once, decompressed.

mod again;

use std::borrow::Cow;
use std::fmt;
use std::fs::File;
use std::io::{BufRead, BufReader, Cursor, Read};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use super::compression::Compression;
use super::limits::{Limited, fault};
use super::{Condition, Format, Limits, digest, foreign, geojson, utf16};
use crate::problem::{Fault, Problem};

/// Something that can be read: a file, a stream such as standard input, or bytes in memory. Input
/// compressed by gzip or Zstandard is decompressed while it is read; the first bytes decide that,
/// not the name.
///
/// ```
/// use treatyline_io::{Input, read};
///
/// let text = br#"{"type": "LineString", "coordinates": [[80, 45], [80, 46]]}"#;
/// let data = read(&Input::bytes("a degree", &text[..]))?;
/// assert_eq!(data.features.len(), 1);
/// # Ok::<(), treatyline_io::problem::Problems>(())
/// ```
#[derive(Debug, Clone)]
pub struct Input {
    /// How the user named it.
    pub(crate) name: String,
    /// How much may come out of it.
    pub(crate) limits: Limits,
    /// [`Input::with_layer`].
    pub(crate) layer: Option<String>,
    /// [`Input::with_strictness`].
    pub(crate) strict: bool,
    /// The encoding of text that is not UTF-8, as in `windows-1251`, where the file does not
    /// state it or states another one.
    pub(crate) encoding: Option<String>,
    /// [`Input::with_crs`].
    pub(crate) crs: Option<String>,
    /// [`Input::with_operation`].
    pub(crate) operation: Option<String>,
    /// Whether attributes are what is wanted: a table that cannot be read is then refused, and
    /// otherwise left out.
    #[cfg_attr(not(feature = "shapefile"), allow(dead_code, reason = "of shapefiles"))]
    pub(crate) needs_attributes: bool,
    /// Conditions that all features must meet that are wanted ([`Condition::all_hold`]).
    pub(crate) conditions: Vec<Condition>,
    /// [`Input::on_threads`].
    pub(crate) threads: Option<usize>,
    /// [`Input::in_chunks_of`].
    pub(crate) chunk: Option<usize>,
    content: Content,
}

#[derive(Clone)]
enum Content {
    Path(PathBuf),
    Bytes(Arc<[u8]>),
    /// Can be read once.
    Stream(Arc<Mutex<Option<Box<dyn Read + Send>>>>),
}

impl fmt::Debug for Content {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Path(path) => path.fmt(f),
            Self::Bytes(bytes) => write!(f, "{} bytes", bytes.len()),
            Self::Stream(_) => write!(f, "a stream"),
        }
    }
}

impl From<&Input> for Input {
    fn from(input: &Self) -> Self {
        input.clone()
    }
}

/// Bytes that can be read in any order.
#[cfg(feature = "geotiff")]
pub(super) trait Seekable: Read + std::io::Seek + Send {}

#[cfg(feature = "geotiff")]
impl<T: Read + std::io::Seek + Send> Seekable for T {}

/// All bytes of an input.
pub(super) struct Loaded {
    pub(super) input: Input,
    /// Decompressed.
    pub(super) bytes: Vec<u8>,
    /// SHA-256 of the bytes as they lie in the file.
    pub(super) digest: String,
    /// Where it lies in an archive, if it does.
    #[cfg(feature = "archive")]
    pub(super) member: Option<super::archive::Member>,
}

impl Loaded {
    pub(super) fn problem(&self, place: impl Into<String>, fault: impl Into<Fault>) -> Problem {
        self.input.problem(place, fault.into())
    }

    /// Whether it is a file in an archive, and the layer that the user names is this file.
    #[cfg_attr(not(feature = "archive"), allow(clippy::unused_self, reason = "as with it"))]
    pub(super) fn is_layer(&self) -> bool {
        #[cfg(feature = "archive")]
        if let (Some(member), Some(layer)) = (&self.member, &self.input.layer) {
            return member.is_named(layer);
        }
        false
    }

    /// The text, for formats that are text, without a byte order mark.
    pub(super) fn text(&self) -> Result<Cow<'_, str>, Problem> {
        match std::str::from_utf8(&self.bytes) {
            Ok(text) => Ok(text.strip_prefix('\u{feff}').unwrap_or(text).into()),
            Err(error) => self.text_in_another_encoding(error.valid_up_to()).map(Cow::Owned),
        }
    }

    /// The text in the encoding that the user or its XML declaration names.
    #[cfg_attr(not(feature = "encodings"), allow(clippy::unused_self, reason = "as with it"))]
    fn text_in_another_encoding(&self, offset: usize) -> Result<String, Problem> {
        #[cfg(feature = "encodings")]
        {
            use super::encoding::{Encoding, asked};
            let head = String::from_utf8_lossy(self.bytes.get(..200).unwrap_or(&self.bytes));
            let declared = head.starts_with("<?xml").then(|| head.split("encoding=").nth(1));
            let declared =
                declared.flatten().and_then(|rest| rest.get(1..)?.split(['"', '\'']).next());
            let encoding = match &self.input.encoding {
                Some(name) => Some(asked(name).map_err(|fault| self.problem("", fault))?),
                None => declared.and_then(Encoding::named),
            };
            if let Some(text) = encoding.and_then(|encoding| encoding.decoded(&self.bytes)) {
                return Ok(text);
            }
        }
        Err(self.problem("", Fault::NotUtf8 { offset }))
    }

    #[cfg(any(feature = "shapefile", feature = "geopackage"))]
    /// The bytes of the companion file: the same name with another ending. `None` where there
    /// is no such file.
    pub(super) fn companion(&self, ending: &str) -> Result<Option<Vec<u8>>, Problem> {
        #[cfg(feature = "archive")]
        if let Some(member) = &self.member {
            let stem = member.name.rsplit_once('.').map_or(&*member.name, |(stem, _)| stem);
            let Some(name) = member.archive.named(&format!("{stem}.{ending}")) else {
                return Ok(None);
            };
            return member.archive.bytes(self, name).map(Some);
        }
        let Content::Path(path) = &self.input.content else { return Ok(None) };
        let endings = [ending.to_owned(), ending.to_uppercase()];
        let paths = endings.map(|ending| path.with_extension(ending));
        let Some(path) = paths.into_iter().find(|path| path.is_file()) else { return Ok(None) };
        let companion = Input { limits: self.input.limits, ..Input::path(&path) };
        let mut bytes = Vec::new();
        let outcome = companion.raw()?.read_to_end(&mut bytes);
        outcome.map_err(|error| companion.problem("", fault(&error)))?;
        Ok(Some(bytes))
    }
}

impl Input {
    /// A file.
    #[must_use]
    pub fn path(path: &Path) -> Self {
        Self::with_content(path.display().to_string(), Content::Path(path.to_owned()))
    }

    /// Bytes that are in memory already.
    #[must_use]
    pub fn bytes(name: impl Into<String>, bytes: impl Into<Arc<[u8]>>) -> Self {
        Self::with_content(name.into(), Content::Bytes(bytes.into()))
    }

    /// A stream; it can be read once.
    #[must_use]
    pub fn stream(name: impl Into<String>, stream: impl Read + Send + 'static) -> Self {
        Self::with_content(
            name.into(),
            Content::Stream(Arc::new(Mutex::new(Some(Box::new(stream))))),
        )
    }

    fn with_content(name: String, content: Content) -> Self {
        Self {
            name,
            limits: Limits::default(),
            layer: None,
            strict: false,
            encoding: None,
            crs: None,
            operation: None,
            needs_attributes: false,
            conditions: Vec::new(),
            threads: None,
            chunk: None,
            content,
        }
    }

    /// The same, named otherwise in messages.
    #[doc(hidden)]
    #[must_use]
    pub fn with_name(self, name: impl Into<String>) -> Self {
        Self { name: name.into(), ..self }
    }

    /// The only layer that is wanted of a file that may have several; `None` is all of them.
    ///
    /// ```
    /// use treatyline_io::{Condition, Input, read};
    ///
    /// let input = Input::path("countries.gpkg".as_ref())
    ///     .with_layer(Some("land".into()))
    ///     .with_conditions(vec![Condition::parse("name=Kazakhstan")?]);
    /// assert!(read(&input).is_err(), "there is no such file");
    /// # Ok::<(), treatyline_io::ConditionFault>(())
    /// ```
    #[must_use]
    pub fn with_layer(self, layer: Option<String>) -> Self {
        Self { layer, ..self }
    }

    /// Conditions that all features must meet that are wanted; of several `NAME=VALUE` with one
    /// name, one. A table of attributes that cannot be read is then refused.
    #[must_use]
    pub fn with_conditions(self, conditions: Vec<Condition>) -> Self {
        Self { needs_attributes: !conditions.is_empty(), conditions, ..self }
    }

    /// The encoding of text that is not UTF-8, as in `windows-1251`, where the file does not state
    /// it or states another one.
    #[must_use]
    pub fn with_encoding(self, encoding: Option<String>) -> Self {
        Self { encoding, ..self }
    }

    /// The coordinate system of the file, whatever it states: a code (`EPSG:28415`), WKT, PROJJSON
    /// or a PROJ string.
    #[must_use]
    pub fn with_crs(self, crs: Option<String>) -> Self {
        Self { crs, ..self }
    }

    /// The operation that brings its coordinates to WGS 84, `EPSG:1291`, instead of the one that
    /// the rules choose.
    #[must_use]
    pub fn with_operation(self, operation: Option<String>) -> Self {
        Self { operation, ..self }
    }

    /// How much may come out of it: a limit for the bytes after decompression, and for the bytes
    /// of the features made from them; 1 GiB unless it is set. So neither a small archive nor a
    /// small table of repetitions can fill the memory.
    ///
    /// # Units
    /// Bytes.
    #[must_use]
    pub fn with_limit(self, bytes: u64) -> Self {
        Self { limits: Limits { bytes }, ..self }
    }

    /// Whether anything that would have to be changed or left out is refused.
    #[must_use]
    pub fn with_strictness(self, strict: bool) -> Self {
        Self { strict, ..self }
    }

    /// Whether attributes are what is wanted: a table that cannot be read is then refused, and
    /// otherwise left out.
    #[doc(hidden)]
    #[must_use]
    pub fn with_attributes(self, needed: bool) -> Self {
        Self { needs_attributes: needed, ..self }
    }

    /// How the user named it.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The conditions that are set.
    #[doc(hidden)]
    #[must_use]
    pub fn conditions(&self) -> &[Condition] {
        &self.conditions
    }

    /// Whether anything that would have to be changed or left out is refused.
    #[doc(hidden)]
    #[must_use]
    pub const fn is_strict(&self) -> bool {
        self.strict
    }

    /// A problem in it.
    #[doc(hidden)]
    #[must_use]
    pub fn problem<F>(&self, place: impl Into<String>, fault: F) -> Problem<F> {
        Problem { file: self.name.clone(), place: place.into(), fault }
    }

    /// The problem behind an error of a reader of [`Input::open`].
    #[doc(hidden)]
    #[must_use]
    pub fn failed(&self, error: &std::io::Error) -> Problem {
        self.problem("", fault(error))
    }

    /// Opens it as a stream of decompressed bytes. An uncompressed file has no limit: nothing read
    /// from it is larger than the file.
    ///
    /// # Errors
    /// A [`Problem`] for a file that is missing, a directory or unreadable. What goes wrong
    /// later is an error of the stream; [`Input::failed`] says what it means.
    #[doc(hidden)]
    pub fn open(&self) -> Result<Box<dyn BufRead + Send>, Problem> {
        let mut plain = BufReader::with_capacity(1 << 16, self.plain()?);
        let head = plain.fill_buf().map_err(|error| self.failed(&error))?;
        Ok(match Compression::recognise(head) {
            None => Box::new(plain),
            Some(compression) => {
                let stream = compression.reader(plain).map_err(|fault| self.problem("", fault))?;
                Box::new(BufReader::with_capacity(1 << 16, Limited::new(stream, self.limits)))
            }
        })
    }

    /// Opens it, to be read as a stream if it is GeoJSON.
    ///
    /// # Errors
    /// As [`Input::open`].
    pub(super) fn begin(&self) -> Result<Opened, Problem> {
        let mut stream = self.open()?;
        let head = stream.fill_buf().map_err(|error| self.failed(&error))?;
        if let Some(fault) = foreign::fault(head, &self.name) {
            return Err(self.problem("", fault));
        }
        let is_utf8 = self.encoding.is_none() && !utf16::begins(head);
        let is_wgs84 =
            self.crs.is_none() && self.operation.is_none() && !geojson::states_another_system(head);
        if is_utf8 && is_wgs84 && Format::recognise(head, &self.name) == Format::GeoJson {
            self.check_layer(Format::GeoJson)?;
            return Ok(Opened::GeoJson(stream));
        }
        if !matches!(self.content, Content::Stream(_)) {
            return Ok(Opened::Other(self.clone()));
        }
        let mut bytes = Vec::new();
        let outcome = Limited::new(stream, self.limits).read_to_end(&mut bytes);
        outcome.map_err(|error| self.failed(&error))?;
        Ok(Opened::Other(Self { content: Content::Bytes(bytes.into()), ..self.clone() }))
    }

    /// Refuses the layer that the user names, if the format has no layers.
    pub(super) fn check_layer(&self, format: Format) -> Result<(), Problem> {
        match &self.layer {
            Some(layer) if !format.has_layers() => {
                let fault = Fault::NoLayer { name: layer.clone(), known: Vec::new() };
                Err(self.problem("", fault))
            }
            _ => Ok(()),
        }
    }

    /// All of it.
    pub(super) fn load(&self) -> Result<Loaded, Problem> {
        let mut bytes = Vec::new();
        self.raw()?.read_to_end(&mut bytes).map_err(|error| self.failed(&error))?;
        let digest = digest([&bytes]);
        if let Some(compression) = Compression::recognise(&bytes) {
            let mut inner = Vec::new();
            let stream = compression.reader(Cursor::new(bytes));
            let stream = stream.map_err(|fault| self.problem("", fault))?;
            Limited::new(stream, self.limits)
                .read_to_end(&mut inner)
                .map_err(|error| self.failed(&error))?;
            bytes = inner;
        }
        let (input, bytes) = self.as_utf8(bytes)?;
        Ok(Loaded {
            input,
            bytes,
            digest,
            #[cfg(feature = "archive")]
            member: None,
        })
    }

    /// Bytes of UTF-16 as UTF-8, with an input that is in no other encoding any more.
    pub(super) fn as_utf8(&self, bytes: Vec<u8>) -> Result<(Self, Vec<u8>), Problem> {
        let mut input = self.clone();
        let is_binary = |bytes: &[u8]| Format::from_binary(bytes).is_some();
        let (bytes, was_utf16) = utf16::decoded(bytes, self.encoding.as_deref(), is_binary)
            .map_err(|fault| self.problem("", fault))?;
        if was_utf16 {
            input.encoding = None;
        }
        if bytes.iter().all(u8::is_ascii_whitespace) {
            return Err(self.problem("", Fault::Empty));
        }
        Ok((input, bytes))
    }

    /// Its bytes in any order, for formats of which only some places are read. A plain file stays
    /// on the disk and has no limit. Everything else is loaded within the limits, and the digest of
    /// the bytes as they are in the file is returned as well.
    #[cfg(feature = "geotiff")]
    pub(super) fn seekable(&self) -> Result<(Box<dyn Seekable>, Option<String>), Problem> {
        if let Content::Path(path) = &self.content
            && path.is_file()
        {
            let mut file = File::open(path).map_err(|error| self.failed(&error))?;
            let mut head = Vec::new();
            file.by_ref().take(4).read_to_end(&mut head).map_err(|error| self.failed(&error))?;
            if head.is_empty() {
                return Err(self.problem("", Fault::Empty));
            }
            if Compression::recognise(&head).is_none() {
                return Ok((Box::new(file), None));
            }
        }
        let loaded = self.load()?;
        Ok((Box::new(Cursor::new(loaded.bytes)), Some(loaded.digest)))
    }

    /// Its bytes as they are, up to the limit.
    fn raw(&self) -> Result<Limited<Box<dyn Read + Send>>, Problem> {
        Ok(Limited::new(self.plain()?, self.limits))
    }

    fn plain(&self) -> Result<Box<dyn Read + Send>, Problem> {
        Ok(match &self.content {
            Content::Path(path) if path.is_dir() => {
                return Err(self.problem("", directory(path)));
            }
            Content::Path(path) => Box::new(File::open(path).map_err(|error| self.failed(&error))?),
            Content::Bytes(bytes) => Box::new(Cursor::new(Arc::clone(bytes))),
            Content::Stream(stream) => {
                let taken = stream.lock().ok().and_then(|mut stream| stream.take());
                let again = || Fault::Unreadable { reason: "it has been read already".to_owned() };
                taken.ok_or_else(|| self.problem("", again()))?
            }
        })
    }
}

/// What is wrong with a directory: some formats are one.
fn directory(path: &Path) -> Fault {
    if path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("gdb")) {
        let what = "an Esri file geodatabase".to_owned();
        return Fault::Foreign { what, hint: "convert it: ogr2ogr new.gpkg FILE" };
    }
    Fault::Directory
}

/// An input that has been opened.
pub(super) enum Opened {
    /// GeoJSON, as a stream of decompressed bytes.
    GeoJson(Box<dyn BufRead + Send>),
    /// Another format, from its beginning.
    Other(Input),
}

#[cfg(test)]
mod tests {
    use super::*;

    fn opened(input: &Input) -> Result<String, Problem> {
        let mut text = String::new();
        input.open()?.read_to_string(&mut text).map_err(|error| input.failed(&error))?;
        Ok(text)
    }

    #[test]
    fn a_stream_is_read_once() {
        let input = Input::stream("standard input", &b"text"[..]);
        assert_eq!(opened(&input).unwrap(), "text");
        assert!(opened(&input).unwrap_err().to_string().contains("read already"));
    }

    #[test]
    fn what_cannot_be_read_says_why() {
        let fault = |path: &str| opened(&Input::path(Path::new(path))).unwrap_err().fault;
        assert_eq!(fault("no/such/file"), Fault::Missing);
        assert_eq!(fault("src"), Fault::Directory);
    }
}
