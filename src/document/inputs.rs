//! The inputs that a command line names, one after another: files, folders,
//! standard input, lines of JSON Lines.

use super::MAX_DOCUMENT_BYTES;
use super::archive::{From, Here, Member, Members, Packed, Unpacker};
use super::error::{FileKind, InputError, Problem};
use super::sniff::{self, Kind};
use std::collections::VecDeque;
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use walkdir::WalkDir;

/// The undecoded bytes of one document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Raw {
    /// A file of its own.
    File {
        /// The path as named or found, `-` for standard input; of a member of
        /// an archive `archive.zip!/member`.
        path: String,
        /// The file's bytes.
        bytes: Vec<u8>,
    },
    /// A record of JSON Lines.
    JsonLine {
        /// The path of the file, `-` for standard input.
        path: String,
        /// The line, from 1.
        line: u64,
        /// The line's bytes without its line break.
        bytes: Vec<u8>,
    },
}

impl Raw {
    /// The path that the bytes came from.
    ///
    /// ```
    /// use gouji::document::Raw;
    /// let raw = Raw::File { path: "甲.txt".into(), bytes: vec![] };
    /// assert_eq!(raw.path(), "甲.txt");
    /// ```
    #[must_use]
    pub fn path(&self) -> &str {
        match self {
            Self::File { path, .. } | Self::JsonLine { path, .. } => path,
        }
    }
}

const NOTES: [&str; 21] = [
    "txt", "html", "htm", "shtml", "pdf", "jsonl", "ndjson", "docx", "docm", "doc", "wps", "rtf", "odt", "xlsx",
    "xlsm", "xls", "et", "ods", "ofd", "zip", "rar",
];
/// Enough to tell what a file is.
const HEAD: u64 = 64 * 1024;

fn extension(path: &Path) -> Option<String> {
    Some(path.extension()?.to_str()?.to_ascii_lowercase())
}

pub(super) fn is_note(path: &Path) -> bool {
    extension(path).is_some_and(|extension| NOTES.contains(&extension.as_str()))
}

fn is_lines(path: &Path) -> bool {
    extension(path).is_some_and(|extension| extension == "jsonl" || extension == "ndjson")
}

/// Every input behind the named paths, in an order that never changes: paths
/// as named, a folder's files by name, lines as they stand.
///
/// Nothing is read ahead: a folder is walked and a JSON Lines file read as the
/// iterator goes, and at most one document is in memory. What cannot be read
/// is an error in its place; the rest goes on.
///
/// ```
/// use gouji::document::{Inputs, Problem};
/// let mut inputs = Inputs::new(&["没有的文件.txt".into()]);
/// let error = inputs.next().expect("one path, one item").expect_err("no such file");
/// assert_eq!(error.problem, Problem::NotFound);
/// assert!(inputs.next().is_none());
/// ```
pub struct Inputs {
    paths: VecDeque<PathBuf>,
    stdin: Option<Box<dyn Read + Send>>,
    folder: Option<Folder>,
    lines: Option<Lines>,
    members: Option<Members>,
    unpacker: Arc<dyn Unpacker>,
    skipped: Skipped,
}

/// How many members of archives were passed over: pictures and the like.
#[derive(Debug, Clone, Default)]
pub struct Skipped(Arc<AtomicU64>);

impl Skipped {
    /// The count so far.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

struct Folder {
    root: String,
    walk: walkdir::IntoIter,
    found: bool,
}

impl Inputs {
    /// The inputs of these paths; `-` is standard input.
    ///
    /// ```
    /// use gouji::document::Inputs;
    /// assert_eq!(Inputs::new(&[]).count(), 0);
    /// ```
    #[must_use]
    pub fn new(paths: &[PathBuf]) -> Self {
        Self::with_stdin(paths, io::stdin())
    }

    /// As [`Self::new`], with another reader for `-`.
    ///
    /// ```
    /// use gouji::document::{Inputs, Raw};
    /// let lines = "{\"text\": \"收入12万元\"}\n{\"text\": \"支出12万元\"}\n".as_bytes();
    /// let raws: Vec<Raw> = Inputs::with_stdin(&["-".into()], lines).collect::<Result<_, _>>()?;
    /// assert!(matches!(raws[1], Raw::JsonLine { line: 2, .. }));
    /// # Ok::<(), gouji::document::InputError>(())
    /// ```
    #[must_use]
    pub fn with_stdin(paths: &[PathBuf], stdin: impl Read + Send + 'static) -> Self {
        Self {
            paths: paths.iter().cloned().collect(),
            stdin: Some(Box::new(stdin)),
            folder: None,
            lines: None,
            members: None,
            unpacker: Arc::new(Here),
            skipped: Skipped::default(),
        }
    }

    /// The same inputs, with archives gone through by `unpacker` and not in
    /// this process.
    #[must_use]
    pub fn unpacked_by(self, unpacker: Arc<dyn Unpacker>) -> Self {
        Self { unpacker, ..self }
    }

    /// How many members of archives are passed over, counted as they are met.
    #[must_use]
    pub fn skipped(&self) -> Skipped {
        self.skipped.clone()
    }

    fn open_named(&mut self, path: &Path) -> Option<Result<Raw, InputError>> {
        let name = path.display().to_string();
        if name == "-" {
            let stdin = self.stdin.take()?;
            return self.start(name, stdin, None, None);
        }
        let metadata = match fs::metadata(path) {
            Ok(metadata) => metadata,
            Err(error) => {
                let broken = error.kind() == io::ErrorKind::NotFound && fs::symlink_metadata(path).is_ok();
                return Some(Err(if broken {
                    InputError::new(name, None, Problem::BrokenLink)
                } else {
                    InputError::from_io(name, None, &error)
                }));
            }
        };
        if metadata.is_dir() {
            let walk = WalkDir::new(path).follow_links(true).sort_by_file_name().into_iter();
            self.folder = Some(Folder { root: name, walk, found: false });
            return None;
        }
        self.open_file(path, &metadata)
    }

    fn open_file(&mut self, path: &Path, metadata: &fs::Metadata) -> Option<Result<Raw, InputError>> {
        let name = path.display().to_string();
        let size = metadata.is_file().then_some(metadata.len());
        match File::open(path) {
            Ok(file) => self.start(name, Box::new(file), size, Some(path)),
            Err(error) => Some(Err(InputError::from_io(name, None, &error))),
        }
    }

    /// Begins on an opened input: the whole of it, or its first line.
    fn start(
        &mut self,
        name: String,
        mut input: Box<dyn Read + Send>,
        size: Option<u64>,
        path: Option<&Path>,
    ) -> Option<Result<Raw, InputError>> {
        let mut bytes = Vec::new();
        if let Err(error) = input.by_ref().take(HEAD).read_to_end(&mut bytes) {
            return Some(Err(InputError::from_io(name, None, &error)));
        }
        let named_lines = path.is_some_and(is_lines);
        if sniff::is_archive(&bytes) {
            return self.start_packed(name, bytes, input, path);
        }
        if let Some(Kind::Refused(kind)) = sniff::kind(&bytes) {
            return Some(Err(InputError::new(name, None, Problem::NotSupported(kind))));
        }
        if named_lines && (bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff")) {
            return Some(Err(InputError::new(name, None, Problem::NotSupported(FileKind::JsonLinesUtf16))));
        }
        if named_lines || sniff::is_json_lines(&bytes) {
            let reader = BufReader::with_capacity(256 * 1024, Cursor::new(bytes).chain(input));
            self.lines = Some(Lines { name, reader: Box::new(reader), line: 0, found: false });
            return None;
        }
        let too_large = |size| {
            Some(Err(InputError::new(name.clone(), None, Problem::TooLarge { size, limit: MAX_DOCUMENT_BYTES })))
        };
        if size.is_some_and(|size| size > MAX_DOCUMENT_BYTES) {
            return too_large(size);
        }
        if let Some(rest) = size.and_then(|size| usize::try_from(size).ok()?.checked_sub(bytes.len())) {
            bytes.reserve_exact(rest.saturating_add(1));
        }
        let read = bytes.len() as u64;
        // One more than allowed tells that there is more: a file may grow, a pipe has no size.
        let rest = (MAX_DOCUMENT_BYTES + 1).saturating_sub(read);
        if let Err(error) = input.take(rest).read_to_end(&mut bytes) {
            return Some(Err(InputError::from_io(name, None, &error)));
        }
        if bytes.len() as u64 > MAX_DOCUMENT_BYTES {
            return too_large(None);
        }
        Some(Ok(Raw::File { path: name, bytes }))
    }

    /// Begins on what is packed: a document, or an archive.
    fn start_packed(
        &mut self,
        name: String,
        mut bytes: Vec<u8>,
        input: Box<dyn Read + Send>,
        path: Option<&Path>,
    ) -> Option<Result<Raw, InputError>> {
        let rest = (MAX_DOCUMENT_BYTES + 1).saturating_sub(bytes.len() as u64);
        if let Err(error) = input.take(rest).read_to_end(&mut bytes) {
            return Some(Err(InputError::from_io(name, None, &error)));
        }
        let whole = bytes.len() as u64 <= MAX_DOCUMENT_BYTES;
        let file = path.filter(|_| !whole);
        let kind = match file.map(File::open) {
            None => sniff::kind(&bytes),
            Some(Ok(mut file)) => Some(sniff::kind_of_file(&mut file, &bytes)),
            Some(Err(error)) => return Some(Err(InputError::from_io(name, None, &error))),
        };
        match kind {
            Some(Kind::Archive(kind)) if whole || file.is_some() => {
                let from = file.map_or_else(|| From::Memory(bytes), |file| From::File(file.to_owned()));
                self.members = Some(self.unpacker.members(Packed { kind, name, from }));
                None
            }
            Some(Kind::Refused(kind)) => Some(Err(InputError::new(name, None, Problem::NotSupported(kind)))),
            _ if whole => Some(Ok(Raw::File { path: name, bytes })),
            _ => {
                let problem = Problem::TooLarge { size: None, limit: MAX_DOCUMENT_BYTES };
                Some(Err(InputError::new(name, None, problem)))
            }
        }
    }

    /// Begins on a member of an archive.
    fn start_member(&mut self, member: Member) -> Option<Result<Raw, InputError>> {
        match member {
            Member::File { name, bytes } => {
                let path = PathBuf::from(&name);
                let size = bytes.len() as u64;
                // Archives in archives are unpacked already.
                if sniff::is_archive(&bytes) {
                    return Some(Ok(Raw::File { path: name, bytes }));
                }
                self.start(name, Box::new(Cursor::new(bytes)), Some(size), Some(&path))
            }
            Member::Unread(error) => Some(Err(error)),
            Member::Skipped => {
                self.skipped.0.fetch_add(1, Ordering::Relaxed);
                None
            }
        }
    }

    fn next_in_folder(&mut self) -> Option<Result<Raw, InputError>> {
        loop {
            let folder = self.folder.as_mut()?;
            let Some(entry) = folder.walk.next() else {
                let folder = self.folder.take()?;
                if folder.found {
                    return None;
                }
                return Some(Err(InputError::new(folder.root, None, Problem::FolderWithoutNotes)));
            };
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => match folder_error(&folder.root, &error) {
                    Some(error) => {
                        folder.found = true;
                        return Some(Err(error));
                    }
                    None => continue,
                },
            };
            let hidden = entry.depth() > 0 && entry.file_name().as_encoded_bytes().starts_with(b".");
            if entry.file_type().is_dir() {
                if hidden {
                    folder.walk.skip_current_dir();
                }
                continue;
            }
            // A pipe or a device in a folder would block.
            if hidden || !entry.file_type().is_file() || !is_note(entry.path()) {
                continue;
            }
            folder.found = true;
            let item = match entry.metadata() {
                Ok(metadata) => self.open_file(entry.path(), &metadata),
                Err(error) => folder_error(&entry.path().display().to_string(), &error).map(Err),
            };
            if item.is_some() || self.lines.is_some() || self.members.is_some() {
                return item;
            }
        }
    }
}

/// `None` for what concerns no note: a broken link of another kind of file.
fn folder_error(root: &str, error: &walkdir::Error) -> Option<InputError> {
    let path = error.path();
    let hidden = path.and_then(Path::file_name).is_some_and(|name| name.as_encoded_bytes().starts_with(b"."));
    let name = path.map_or_else(|| root.to_owned(), |path| path.display().to_string());
    if error.loop_ancestor().is_some() {
        return (!hidden).then(|| InputError::new(name, None, Problem::LinkLoop));
    }
    let Some(cause) = error.io_error() else {
        return Some(InputError::new(name, None, Problem::Io(error.to_string())));
    };
    if cause.kind() == io::ErrorKind::NotFound {
        return path
            .is_some_and(|path| is_note(path) && !hidden)
            .then(|| InputError::new(name, None, Problem::BrokenLink));
    }
    (!hidden).then(|| InputError::from_io(name, None, cause))
}

impl Iterator for Inputs {
    type Item = Result<Raw, InputError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(lines) = &mut self.lines {
                match lines.next() {
                    Some(item) => return Some(item),
                    None => self.lines = None,
                }
            } else if let Some(members) = &mut self.members {
                match members.next() {
                    Some(member) => {
                        if let Some(item) = self.start_member(member) {
                            return Some(item);
                        }
                    }
                    None => self.members = None,
                }
            } else if self.folder.is_some() {
                if let Some(item) = self.next_in_folder() {
                    return Some(item);
                }
            } else {
                let path = self.paths.pop_front()?;
                if let Some(item) = self.open_named(&path) {
                    return Some(item);
                }
            }
        }
    }
}

/// The lines of a JSON Lines file.
struct Lines {
    name: String,
    reader: Box<dyn BufRead + Send>,
    line: u64,
    found: bool,
}

/// What one line turned out to be.
enum Line {
    Whole(Vec<u8>),
    TooLong(u64),
    End,
}

impl Lines {
    fn next(&mut self) -> Option<Result<Raw, InputError>> {
        loop {
            self.line += 1;
            let at = Some(self.line);
            match self.read_line() {
                Ok(Line::End) if self.found => return None,
                Ok(Line::End) => {
                    self.found = true;
                    return Some(Err(InputError::new(self.name.clone(), None, Problem::Empty)));
                }
                Ok(Line::TooLong(size)) => {
                    self.found = true;
                    let problem = Problem::TooLarge { size: Some(size), limit: MAX_DOCUMENT_BYTES };
                    return Some(Err(InputError::new(self.name.clone(), at, problem)));
                }
                Ok(Line::Whole(mut bytes)) => {
                    if self.line == 1 && bytes.starts_with(b"\xef\xbb\xbf") {
                        bytes.drain(..3);
                    }
                    if bytes.trim_ascii().is_empty() {
                        continue;
                    }
                    self.found = true;
                    return Some(Ok(Raw::JsonLine { path: self.name.clone(), line: self.line, bytes }));
                }
                Err(error) => {
                    // Nothing after a failed read can be trusted.
                    self.reader = Box::new(io::empty());
                    self.found = true;
                    return Some(Err(InputError::from_io(self.name.clone(), at, &error)));
                }
            }
        }
    }

    /// Reads to the next line break; keeps no more than the limit.
    fn read_line(&mut self) -> io::Result<Line> {
        let mut bytes = Vec::new();
        let mut size = 0_u64;
        loop {
            let available = match self.reader.fill_buf() {
                Ok(available) => available,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            if available.is_empty() && size == 0 {
                return Ok(Line::End);
            }
            let end = memchr::memchr(b'\n', available);
            let part = available.get(..end.unwrap_or(available.len())).unwrap_or_default();
            let used = part.len() + usize::from(end.is_some());
            size += part.len() as u64;
            if size <= MAX_DOCUMENT_BYTES {
                bytes.extend_from_slice(part);
            } else {
                bytes = Vec::new();
            }
            let last = end.is_some() || available.is_empty();
            self.reader.consume(used);
            if last {
                if size > MAX_DOCUMENT_BYTES {
                    return Ok(Line::TooLong(size));
                }
                if bytes.last() == Some(&b'\r') {
                    bytes.pop();
                }
                return Ok(Line::Whole(bytes));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicU32, Ordering};

    /// A folder that goes away with the test.
    struct Scratch(PathBuf);

    impl Scratch {
        fn new() -> Self {
            static NEXT: AtomicU32 = AtomicU32::new(0);
            let number = NEXT.fetch_add(1, Ordering::Relaxed);
            let path = std::env::temp_dir().join(format!("gouji-inputs-{}-{number}", std::process::id()));
            fs::create_dir_all(&path).unwrap();
            Self(path)
        }

        fn put(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
            let path = self.0.join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(&path, bytes).unwrap();
            path
        }

        fn names(&self, inputs: Inputs) -> Vec<String> {
            let root = format!("{}/", self.0.display());
            inputs
                .map(|item| match item {
                    Ok(Raw::File { path, .. }) => path.replace(&root, ""),
                    Ok(Raw::JsonLine { path, line, .. }) => {
                        format!("{}:{line}", path.replace(&root, ""))
                    }
                    Err(error) => error.to_string().replace(&root, ""),
                })
                .collect()
        }
    }

    impl Drop for Scratch {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    fn problems(inputs: Inputs) -> Vec<(Option<u64>, Problem)> {
        inputs.filter_map(Result::err).map(|error| (error.line, error.problem)).collect()
    }

    fn stdin(bytes: impl Into<Vec<u8>>) -> Inputs {
        Inputs::with_stdin(&["-".into()], Cursor::new(bytes.into()))
    }

    #[test]
    fn a_folder_is_walked_by_name() {
        let scratch = Scratch::new();
        for name in
            ["b.txt", "a.HTML", "c/2.htm", "c/1.shtml", "d.pdf", "d.png", ".hidden.txt", ".git/x.txt", "e.ndjson"]
        {
            scratch.put(name, "{\"text\":\"a\"}\n\n{\"text\":\"b\"}");
        }
        let names = scratch.names(Inputs::new(std::slice::from_ref(&scratch.0)));
        // Content decides: these are all JSON Lines.
        assert_eq!(
            names,
            [
                "a.HTML:1",
                "a.HTML:3",
                "b.txt:1",
                "b.txt:3",
                "c/1.shtml:1",
                "c/1.shtml:3",
                "c/2.htm:1",
                "c/2.htm:3",
                "d.pdf:1",
                "d.pdf:3",
                "e.ndjson:1",
                "e.ndjson:3"
            ]
        );
    }

    #[test]
    fn a_named_file_is_read_whatever_its_name() {
        let scratch = Scratch::new();
        let one = scratch.put("说明.doc.bak", "收入12万元");
        let two = scratch.put(".hidden", "支出12万元");
        assert_eq!(scratch.names(Inputs::new(&[two, one])), [".hidden", "说明.doc.bak"]);
    }

    #[test]
    fn what_is_not_there_is_said() {
        let scratch = Scratch::new();
        let empty = scratch.0.join("空");
        fs::create_dir(&empty).unwrap();
        let picture = scratch.put("a.png", b"\x89PNG\r\n\x1a\n");
        let missing = scratch.0.join("missing.txt");
        let found = problems(Inputs::new(&[empty, picture, missing]));
        assert_eq!(
            found.into_iter().map(|(_, problem)| problem).collect::<Vec<_>>(),
            [Problem::FolderWithoutNotes, Problem::NotSupported(FileKind::Png), Problem::NotFound]
        );
    }

    #[cfg(unix)]
    #[test]
    fn links() {
        use std::os::unix::fs::symlink;
        let scratch = Scratch::new();
        scratch.put("a.txt", "收入");
        symlink("nowhere", scratch.0.join("b.txt")).unwrap();
        symlink("nowhere", scratch.0.join("c.png")).unwrap();
        symlink(&scratch.0, scratch.0.join("loop")).unwrap();
        symlink(scratch.0.join("a.txt"), scratch.0.join("z.txt")).unwrap();
        let names = scratch.names(Inputs::new(std::slice::from_ref(&scratch.0)));
        assert_eq!(names.len(), 4, "{names:?}");
        assert_eq!((&*names[0], &*names[3]), ("a.txt", "z.txt"));
        assert!(names[1].starts_with("b.txt: broken link"), "{names:?}");
        assert!(names[2].starts_with("loop: not read: the link leads back"), "{names:?}");
        let named = problems(Inputs::new(&[scratch.0.join("b.txt")]));
        assert_eq!(named, [(None, Problem::BrokenLink)]);
    }

    #[test]
    fn permission_denied() {
        let error = io::Error::from(io::ErrorKind::PermissionDenied);
        assert_eq!(InputError::from_io("a", None, &error).problem, Problem::PermissionDenied);
    }

    #[test]
    fn stdin_is_told_by_content() {
        assert_eq!(stdin("收入").next(), Some(Ok(Raw::File { path: "-".into(), bytes: "收入".into() })));
        let lines: Vec<_> = stdin("\u{feff}{\"text\":\"a\"}\r\n \n{\"text\":\"b\"}").map(Result::unwrap).collect();
        assert_eq!(
            lines,
            [(1, "{\"text\":\"a\"}"), (3, "{\"text\":\"b\"}")].map(|(line, bytes)| Raw::JsonLine {
                path: "-".into(),
                line,
                bytes: bytes.into()
            })
        );
        // A second `-` has nothing left to read.
        let twice = Inputs::with_stdin(&["-".into(), "-".into()], Cursor::new("收入"));
        assert_eq!(twice.count(), 1);
    }

    #[test]
    fn an_empty_list_of_lines_is_said() {
        let scratch = Scratch::new();
        let path = scratch.put("a.jsonl", "\n\n");
        assert_eq!(problems(Inputs::new(&[path])), [(None, Problem::Empty)]);
        let path = scratch.put("b.jsonl", "\u{ff}\u{fe}");
        assert_eq!(Inputs::new(&[path]).count(), 1);
        let path = scratch.put("c.jsonl", b"\xff\xfe{\0");
        assert_eq!(problems(Inputs::new(&[path])), [(None, Problem::NotSupported(FileKind::JsonLinesUtf16))]);
    }

    /// Never ends on its own; counts what was taken.
    struct Endless(u64, u64);

    impl Read for Endless {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let left = usize::try_from(self.1 - self.0).unwrap_or(usize::MAX);
            let count = buffer.len().min(left);
            buffer[..count].fill(b'x');
            self.0 += count as u64;
            Ok(count)
        }
    }

    #[test]
    fn too_large_is_not_loaded() {
        let all = problems(Inputs::with_stdin(&["-".into()], Endless(0, u64::MAX)));
        assert!(matches!(all[..], [(None, Problem::TooLarge { size: None, .. })]));

        let scratch = Scratch::new();
        let path = scratch.put("big.txt", "");
        File::options().write(true).open(&path).unwrap().set_len(MAX_DOCUMENT_BYTES + 1).unwrap();
        let all = problems(Inputs::new(&[path]));
        assert!(matches!(all[..], [(None, Problem::TooLarge { size: Some(_), .. })]), "{all:?}");
    }

    #[test]
    fn a_line_that_is_too_long_is_skipped() {
        let first = Cursor::new("{\"text\":\"a\"}\n{\"text\":\"");
        let long = Endless(0, MAX_DOCUMENT_BYTES + 5);
        let last = Cursor::new("\"}\n{\"text\":\"c\"}\n");
        let items: Vec<_> = Inputs::with_stdin(&["-".into()], first.chain(long).chain(last)).collect();
        assert!(matches!(items[0], Ok(Raw::JsonLine { line: 1, .. })));
        let error = items[1].as_ref().unwrap_err();
        assert_eq!(error.line, Some(2));
        assert!(matches!(error.problem, Problem::TooLarge { .. }));
        assert!(matches!(items[2], Ok(Raw::JsonLine { line: 3, .. })));
        assert_eq!(items.len(), 3);
    }

    #[test]
    fn a_failing_read_ends_the_file() {
        struct Failing;
        impl Read for Failing {
            fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
                Err(io::Error::other("disk gone"))
            }
        }
        let pad = " ".repeat(70_000);
        let lines = Cursor::new(format!("{{\"text\":\"a\"}}\n{pad}"));
        let items: Vec<_> = Inputs::with_stdin(&["-".into()], lines.chain(Failing)).collect();
        assert_eq!(items.len(), 2);
        assert!(matches!(&items[1], Err(error) if error.problem == Problem::Io("disk gone".into())));
        assert_eq!(Inputs::with_stdin(&["-".into()], Failing).filter(Result::is_err).count(), 1);
    }
}
