//! What can keep an input from being read, said so that its owner can mend it.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::io;
use zip::result::ZipError;

/// The language of a message for people.
///
/// ```
/// use gouji::document::Lang;
/// assert_ne!(Lang::Zh, Lang::En);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Lang {
    /// Chinese (中文).
    Zh,
    /// English.
    En,
}

/// A kind of file that is recognised by its first bytes and not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub enum FileKind {
    /// An archive where a document is wanted.
    Archive,
    /// Excel workbook in the binary form (`.xlsb`).
    Xlsb,
    /// PowerPoint presentation (`.pptx`).
    Pptx,
    /// The older Office container with something else than a document or workbook.
    Ole,
    /// A document of Word before 97.
    OldWord,
    /// A workbook of Excel before 5.
    OldExcel,
    /// 7-Zip archive.
    SevenZip,
    /// gzip archive.
    Gzip,
    /// PNG picture.
    Png,
    /// JPEG picture.
    Jpeg,
    /// GIF picture.
    Gif,
    /// TIFF picture.
    Tiff,
    /// A web page saved as one MIME archive (`.mht`, `.mhtml`).
    Mhtml,
    /// A JSON document that is not JSON Lines.
    Json,
    /// JSON Lines in UTF-16.
    JsonLinesUtf16,
    /// Bytes that are no text in any known charset.
    Unknown,
}

impl FileKind {
    /// The kind's name, and what turns it into something that is read.
    fn name_and_cure(self, lang: Lang) -> (&'static str, &'static str) {
        const ARCHIVE: (&str, &str) = ("unpack it and name the folder", "请先解压，再指定文件夹");
        const PICTURE: (&str, &str) =
            ("recognise its text (OCR) and save it as a .txt file", "请先识别文字（OCR）并另存为 .txt");
        const OFFICE: (&str, &str) =
            ("save it as plain text or as a web page (.html)", "请另存为纯文本（.txt）或网页（.html）");
        let (en, zh, cure) = match self {
            Self::Archive => ("an archive", "压缩包", ARCHIVE),
            Self::Xlsb => (
                "a binary Excel workbook (xlsb)",
                "二进制 Excel 工作簿（xlsb）",
                ("save it as .xlsx", "请另存为 .xlsx"),
            ),
            Self::Pptx => ("a presentation (pptx)", "演示文稿（pptx）", OFFICE),
            Self::Ole => (
                "a compound file without a document or workbook",
                "不含文档或工作簿的复合文件",
                ("save it as .docx or .xlsx", "请另存为 .docx 或 .xlsx"),
            ),
            Self::OldWord => {
                ("a document of Word before 97", "Word 97 以前的文档", ("save it as .docx", "请另存为 .docx"))
            }
            Self::OldExcel => {
                ("a workbook of Excel before 5", "Excel 5 以前的工作簿", ("save it as .xlsx", "请另存为 .xlsx"))
            }
            Self::SevenZip => ("a 7-Zip archive", "7-Zip 压缩包", ARCHIVE),
            Self::Gzip => ("a gzip archive", "gzip 压缩包", ARCHIVE),
            Self::Png => ("a PNG picture", "PNG 图片", PICTURE),
            Self::Jpeg => ("a JPEG picture", "JPEG 图片", PICTURE),
            Self::Gif => ("a GIF picture", "GIF 图片", PICTURE),
            Self::Tiff => ("a TIFF picture", "TIFF 图片", PICTURE),
            Self::Mhtml => ("a web archive (mht)", "网页存档（mht）", OFFICE),
            Self::Json => (
                "a JSON document",
                "JSON 文档",
                (
                    "write one record a line (JSON Lines), e.g. with jq -c",
                    "请改成每行一条记录（JSON Lines），例如用 jq -c",
                ),
            ),
            Self::JsonLinesUtf16 => {
                ("JSON Lines in UTF-16", "UTF-16 编码的 JSON Lines", ("convert it to UTF-8", "请转成 UTF-8"))
            }
            Self::Unknown => (
                "binary data",
                "二进制数据",
                ("give the note as text, HTML or JSON Lines", "请提供文本、HTML 或 JSON Lines"),
            ),
        };
        match lang {
            Lang::En => (en, cure.0),
            Lang::Zh => (zh, cure.1),
        }
    }
}

/// Why an input could not be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub enum Problem {
    /// There is nothing at the path.
    NotFound,
    /// The path is a symbolic link to nothing.
    BrokenLink,
    /// A folder links back to itself.
    LinkLoop,
    /// The path may not be read.
    PermissionDenied,
    /// 0 bytes, only whitespace, or a page without any text.
    Empty,
    /// A PDF of pictures: scanned pages without a text layer.
    NoTextLayer,
    /// A PDF whose fonts do not tell which characters their glyphs are.
    UnknownCharacters,
    /// A file that only a password opens.
    Encrypted,
    /// A PDF that is cut off or damaged so that no page of it is found.
    DamagedPdf,
    /// A kind of file that this version does not read.
    NotSupported(FileKind),
    /// Longer than [`MAX_DOCUMENT_BYTES`](super::MAX_DOCUMENT_BYTES).
    TooLarge {
        /// The size in bytes, where known.
        size: Option<u64>,
        /// The limit in bytes.
        limit: u64,
    },
    /// A line of JSON Lines is not JSON.
    MalformedJson {
        /// The byte column in the line, from 1.
        column: usize,
        /// What the JSON reader expected.
        reason: String,
        /// The line ends before the record does.
        cut_off: bool,
    },
    /// A record has neither `text` nor `html`.
    RecordWithoutText,
    /// `text` or `html` of a record is not a string.
    TextNotAString,
    /// A folder has no file that is read.
    FolderWithoutNotes,
    /// The file is broken, or not what it seems to be.
    Damaged {
        /// Where and how, as the reader says.
        reason: String,
    },
    /// What is packed in it is more than is read.
    UnpacksTooLarge {
        /// The limit in bytes.
        limit: u64,
    },
    /// An archive has too many members, or unpacks to too much: the rest is
    /// not read.
    ArchiveTooLarge {
        /// The limit of members.
        members: u64,
        /// The limit of all unpacked bytes.
        bytes: u64,
    },
    /// Archives in archives, deeper than is read.
    NestedTooDeep {
        /// The limit of levels.
        limit: u64,
    },
    /// Reading took too long and was stopped.
    TimedOut {
        /// The limit in seconds.
        seconds: u64,
    },
    /// Reading needed more memory than it may take.
    OutOfMemory {
        /// The limit in bytes, where there is one.
        limit: Option<u64>,
    },
    /// The reader broke down on it.
    Crashed {
        /// How, as the system says.
        reason: String,
    },
    /// Reading failed.
    Io(String),
}

impl Problem {
    /// Bytes of a container could not be had: the memory did not suffice, or it is damaged (`part`: where).
    pub(super) fn of_bytes(part: Option<&str>, error: &io::Error) -> Self {
        match (error.kind(), part) {
            (io::ErrorKind::OutOfMemory, _) => Self::OutOfMemory { limit: None },
            (_, Some(part)) => Self::Damaged { reason: format!("{part}: {error}") },
            (_, None) => Self::Damaged { reason: error.to_string() },
        }
    }

    /// A zip archive, or a document packed like one, could not be opened.
    pub(super) fn of_zip(error: &ZipError) -> Self {
        match error {
            ZipError::InvalidPassword => Self::Encrypted,
            ZipError::UnsupportedArchive(reason) if reason.contains("assword") => Self::Encrypted,
            error => Self::Damaged { reason: error.to_string() },
        }
    }

    /// The same, with the limit that the memory was held to.
    pub(crate) fn within(self, memory: Option<u64>) -> Self {
        match self {
            Self::OutOfMemory { limit: None } => Self::OutOfMemory { limit: memory },
            other => other,
        }
    }
}

/// An input that could not be read: what, where, why, and how to mend it.
///
/// ```
/// use gouji::document::{InputError, Lang, Problem};
/// let error = InputError::new("预算/说明.txt", None, Problem::NotFound);
/// assert_eq!(error.to_string(), "预算/说明.txt: not found; check the path");
/// assert_eq!(error.message(Lang::Zh), "预算/说明.txt：不存在；请检查路径");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InputError {
    /// The path as it was named, `-` for standard input.
    pub input: String,
    /// The line of a JSON Lines file, from 1.
    pub line: Option<u64>,
    /// Why it could not be read.
    pub problem: Problem,
}

/// The error of [`read`](super::read); the same as that of [`Inputs`](super::Inputs).
pub type ReadError = InputError;

impl InputError {
    /// Puts an error together.
    pub fn new(input: impl Into<String>, line: Option<u64>, problem: Problem) -> Self {
        Self { input: input.into(), line, problem }
    }

    /// The error of an operating system call.
    pub(crate) fn from_io(input: impl Into<String>, line: Option<u64>, error: &io::Error) -> Self {
        let problem = match error.kind() {
            io::ErrorKind::NotFound => Problem::NotFound,
            io::ErrorKind::PermissionDenied => Problem::PermissionDenied,
            _ => Problem::Io(error.to_string()),
        };
        Self::new(input, line, problem)
    }

    /// The message in the given language: what, where, why, how to mend it.
    ///
    /// ```
    /// use gouji::document::{FileKind, InputError, Lang, Problem};
    /// let error = InputError::new("决算.pptx", None, Problem::NotSupported(FileKind::Pptx));
    /// assert!(error.message(Lang::En).contains("a presentation (pptx) is not supported by this version"));
    /// assert!(error.message(Lang::Zh).contains("本版本不支持演示文稿"));
    /// ```
    #[must_use]
    pub fn message(&self, lang: Lang) -> String {
        let Self { input, line, .. } = self;
        let place = match (lang, line) {
            (_, None) => input.clone(),
            (Lang::En, Some(line)) => format!("{input}, line {line}"),
            (Lang::Zh, Some(line)) => format!("{input} 第 {line} 行"),
        };
        match lang {
            Lang::En => format!("{place}: {}", self.reason(lang)),
            Lang::Zh => format!("{place}：{}", self.reason(lang)),
        }
    }

    /// The message without the input's place: why, and how to mend it.
    ///
    /// ```
    /// use gouji::document::{InputError, Lang, Problem};
    /// let error = InputError::new("预算/说明.txt", None, Problem::NotFound);
    /// assert_eq!(error.reason(Lang::En), "not found; check the path");
    /// ```
    #[must_use]
    pub fn reason(&self, lang: Lang) -> String {
        match lang {
            Lang::En => english(&self.problem),
            Lang::Zh => chinese(&self.problem),
        }
    }
}

fn english(problem: &Problem) -> String {
    match problem {
        Problem::NotFound => "not found; check the path".into(),
        Problem::BrokenLink => "broken link: its target is missing; restore the target or remove the link".into(),
        Problem::LinkLoop => "not read: the link leads back to a folder above it; remove the link".into(),
        Problem::PermissionDenied => "permission denied; allow reading it (chmod +r)".into(),
        Problem::Empty => "is empty: no text in it; was it saved or downloaded whole?".into(),
        Problem::NoTextLayer => {
            "no text layer: scanned pages; recognise their text (OCR) and save it as a PDF with text or as .txt".into()
        }
        Problem::UnknownCharacters => {
            "no characters: the fonts of the PDF do not tell which they are; recognise its text (OCR) or save it anew from its source".into()
        }
        Problem::Encrypted => "encrypted: it opens with a password only; save it without one".into(),
        Problem::DamagedPdf => "damaged: no page can be found in the PDF; was it saved or downloaded whole?".into(),
        Problem::NotSupported(kind) => {
            let (name, cure) = kind.name_and_cure(Lang::En);
            format!("not read: {name} is not supported by this version; {cure}")
        }
        Problem::TooLarge { size, limit } => {
            let size = size.map_or_else(String::new, |size| format!(" ({})", mebibytes(size)));
            format!("too large{size}: a document may have {} at most; split it", mebibytes(*limit))
        }
        Problem::MalformedJson { column, cut_off: true, .. } => {
            format!("malformed JSON: the line ends at column {column} inside the record; write each record whole on one line")
        }
        Problem::MalformedJson { column, reason, .. } => {
            format!("malformed JSON at column {column}: {reason}; write one JSON object a line")
        }
        Problem::RecordWithoutText => {
            "the record has neither `text` nor `html`; put the note into one of them".into()
        }
        Problem::TextNotAString => {
            "`text` or `html` of the record is not a string; put the note there as a string".into()
        }
        Problem::FolderWithoutNotes => {
            "folder without notes: no text, web page, PDF, office document, JSON Lines or archive in it (by its name); name a file of another name itself".into()
        }
        Problem::Damaged { reason } => {
            format!("is damaged ({reason}); open it in its program and save it anew, or fetch it again")
        }
        Problem::UnpacksTooLarge { limit } => {
            format!("holds too much: more than {} when unpacked; split it", mebibytes(*limit))
        }
        Problem::ArchiveTooLarge { members, bytes } => format!(
            "the rest of it was not read: an archive may have {members} members and unpack to {} at most; unpack it and name the folder",
            mebibytes(*bytes)
        ),
        Problem::NestedTooDeep { limit } => {
            format!("not read: archives lie in archives, more than {limit} deep; unpack it and name the folder")
        }
        Problem::TimedOut { seconds } => {
            format!("not read: stopped after {seconds} s; if it is sound, allow more with --doc-timeout")
        }
        Problem::OutOfMemory { limit: None } => "not read: the memory did not suffice; close other programs".into(),
        Problem::OutOfMemory { limit: Some(limit) } => {
            format!("not read: needs more than {} of memory; if it is sound, allow more with --doc-memory", mebibytes(*limit))
        }
        Problem::Crashed { reason } => {
            format!("not read: the reader broke down on it ({reason}); open it in its program and save it anew")
        }
        Problem::Io(reason) => format!("could not be read: {reason}"),
    }
}

fn chinese(problem: &Problem) -> String {
    match problem {
        Problem::NotFound => "不存在；请检查路径".into(),
        Problem::BrokenLink => "链接失效：所指文件不存在；请恢复该文件或删除链接".into(),
        Problem::LinkLoop => "未读取：链接指回上级文件夹；请删除该链接".into(),
        Problem::PermissionDenied => "没有读取权限；请放开权限（chmod +r）".into(),
        Problem::Empty => "是空的：没有文字；请确认保存或下载是否完整".into(),
        Problem::NoTextLayer => "没有文字层：是扫描的页面；请先识别文字（OCR），另存为带文字的 PDF 或 .txt".into(),
        Problem::UnknownCharacters => {
            "读不出文字：PDF 的字体没有说明字形对应的文字；请先识别文字（OCR），或从原稿重新导出".into()
        }
        Problem::Encrypted => "已加密：需要密码才能打开；请另存为不加密的文件".into(),
        Problem::DamagedPdf => "已损坏：PDF 中找不到页面；请确认保存或下载是否完整".into(),
        Problem::NotSupported(kind) => {
            let (name, cure) = kind.name_and_cure(Lang::Zh);
            let space = if name.starts_with(|c: char| c.is_ascii()) { " " } else { "" };
            format!("未读取：本版本不支持{space}{name}；{cure}")
        }
        Problem::TooLarge { size, limit } => {
            let size = size.map_or_else(String::new, |size| format!("（{}）", mebibytes(size)));
            format!("太大{size}：一份文件最多 {}；请拆分", mebibytes(*limit))
        }
        Problem::MalformedJson { column, cut_off: true, .. } => {
            format!("JSON 有误：记录未写完，行在第 {column} 列就结束了；请把每条记录完整写在一行")
        }
        Problem::MalformedJson { column, reason, .. } => {
            format!("JSON 有误：第 {column} 列（{reason}）；请每行写一个 JSON 对象")
        }
        Problem::RecordWithoutText => "记录里既没有 text 也没有 html；请把说明放进其中之一".into(),
        Problem::TextNotAString => "记录的 text 或 html 不是字符串；请以字符串写入说明".into(),
        Problem::FolderWithoutNotes => {
            "文件夹里没有文本、网页、PDF、Office 文档、JSON Lines 或压缩包（按扩展名）；其他名称的文件请直接指定".into()
        }
        Problem::Damaged { reason } => {
            format!("文件已损坏（{reason}）；请用原程序打开后另存，或重新下载")
        }
        Problem::UnpacksTooLarge { limit } => {
            format!("内容太大：展开后超过 {}；请拆分", mebibytes(*limit))
        }
        Problem::ArchiveTooLarge { members, bytes } => {
            format!("其余部分未读取：压缩包最多 {members} 个文件、展开后最多 {}；请解压后指定文件夹", mebibytes(*bytes))
        }
        Problem::NestedTooDeep { limit } => {
            format!("未读取：压缩包层层嵌套超过 {limit} 层；请解压后指定文件夹")
        }
        Problem::TimedOut { seconds } => {
            format!("未读取：超过 {seconds} 秒仍未读完；如文件确实无误，可用 --doc-timeout 放宽")
        }
        Problem::OutOfMemory { limit: None } => "未读取：内存不足；请关闭其他程序后重试".into(),
        Problem::OutOfMemory { limit: Some(limit) } => {
            format!("未读取：所需内存超过 {}；如文件确实无误，可用 --doc-memory 放宽", mebibytes(*limit))
        }
        Problem::Crashed { reason } => {
            format!("未读取：读取程序在该文件上出错（{reason}）；请用原程序打开后另存")
        }
        Problem::Io(reason) => format!("无法读取：{reason}"),
    }
}

fn mebibytes(bytes: u64) -> String {
    const MIB: u64 = 1024 * 1024;
    if bytes < MIB {
        return format!("{bytes} B");
    }
    let tenths = bytes.saturating_mul(10) / MIB;
    match tenths % 10 {
        0 => format!("{} MiB", tenths / 10),
        tenth => format!("{}.{tenth} MiB", tenths / 10),
    }
}

impl fmt::Display for InputError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message(Lang::En))
    }
}

impl std::error::Error for InputError {}

#[cfg(test)]
mod tests {
    use super::*;

    fn every_problem() -> Vec<Problem> {
        let mut all = vec![
            Problem::NotFound,
            Problem::BrokenLink,
            Problem::LinkLoop,
            Problem::PermissionDenied,
            Problem::Empty,
            Problem::NoTextLayer,
            Problem::UnknownCharacters,
            Problem::Encrypted,
            Problem::DamagedPdf,
            Problem::TooLarge { size: Some(40 << 20), limit: 32 << 20 },
            Problem::TooLarge { size: None, limit: 32 << 20 },
            Problem::MalformedJson { column: 7, reason: "expected value".into(), cut_off: false },
            Problem::MalformedJson { column: 7, reason: "EOF".into(), cut_off: true },
            Problem::RecordWithoutText,
            Problem::TextNotAString,
            Problem::FolderWithoutNotes,
            Problem::Io("broken".into()),
            Problem::Damaged { reason: "byte 7".into() },
            Problem::UnpacksTooLarge { limit: 64 << 20 },
            Problem::ArchiveTooLarge { members: 9, bytes: 64 << 20 },
            Problem::NestedTooDeep { limit: 3 },
            Problem::TimedOut { seconds: 60 },
            Problem::OutOfMemory { limit: None },
            Problem::OutOfMemory { limit: Some(1 << 30) },
            Problem::Crashed { reason: "signal 11".into() },
        ];
        use FileKind::*;
        all.extend(
            [
                Archive,
                Xlsb,
                Pptx,
                Ole,
                OldWord,
                OldExcel,
                SevenZip,
                Gzip,
                Png,
                Jpeg,
                Gif,
                Tiff,
                Mhtml,
                Json,
                JsonLinesUtf16,
                Unknown,
            ]
            .map(Problem::NotSupported),
        );
        all
    }

    #[test]
    fn every_message_says_where_in_both_languages() {
        for problem in every_problem() {
            let error = InputError::new("甲.jsonl", Some(12), problem);
            let en = error.message(Lang::En);
            let zh = error.message(Lang::Zh);
            assert!(en.starts_with("甲.jsonl, line 12: "), "{en}");
            assert!(zh.starts_with("甲.jsonl 第 12 行："), "{zh}");
            let why = en.trim_start_matches("甲.jsonl, line 12: ");
            assert!(why.starts_with(|c: char| c.is_lowercase() || c == '`'), "{en}");
            assert!(zh.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c)));
        }
    }

    #[test]
    fn sizes_are_readable() {
        assert_eq!(mebibytes(32 << 20), "32 MiB");
        assert_eq!(mebibytes((32 << 20) + (1 << 19)), "32.5 MiB");
        assert_eq!(mebibytes(10), "10 B");
    }
}
