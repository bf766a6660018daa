//! Names of members: which charset they are in, and what is no note by its name.

use encoding_rs::GB18030;

/// The longest name that is shown.
const MAX_CHARS: usize = 400;

/// A name as it reads. Chinese programs write them in GBK and say nothing of it.
pub(super) fn decoded(raw: &[u8]) -> String {
    let name = match std::str::from_utf8(raw) {
        Ok(name) => name.to_owned(),
        Err(_) => GB18030.decode_without_bom_handling(raw).0.into_owned(),
    };
    // A name goes into messages and output: one line, slashes as everywhere.
    let plain = |c: char| match c {
        '\\' => '/',
        c if c.is_control() => '\u{fffd}',
        c => c,
    };
    name.chars().take(MAX_CHARS).map(plain).collect()
}

/// Whether a member is no note by its name: a picture, a font, what a system
/// or program leaves behind.
pub(super) fn is_junk(name: &str) -> bool {
    const EXTENSIONS: [&str; 38] = [
        "png",
        "jpg",
        "jpeg",
        "gif",
        "bmp",
        "tif",
        "tiff",
        "webp",
        "ico",
        "svg",
        "emf",
        "wmf",
        "psd",
        "heic",
        "mp3",
        "mp4",
        "avi",
        "mov",
        "wav",
        "wma",
        "wmv",
        "flv",
        "ttf",
        "otf",
        "ttc",
        "woff",
        "woff2",
        "css",
        "js",
        "db",
        "ini",
        "lnk",
        "url",
        "tmp",
        "bak",
        "log",
        "crdownload",
        "ofdkey",
    ];
    let mut last = "";
    for part in name.split('/') {
        // `.DS_Store`, `._说明.docx`, `.git/…`; but not `../说明.docx`.
        if part == "__MACOSX" || (part.starts_with('.') && !part.trim_matches('.').is_empty()) {
            return true;
        }
        last = part;
    }
    // Word keeps `~$说明.docx` while a document is open.
    last.starts_with("~$")
        || last
            .rsplit_once('.')
            .is_some_and(|(_, extension)| EXTENSIONS.iter().any(|known| extension.eq_ignore_ascii_case(known)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_gbk() {
        let (gbk, ..) = GB18030.encode("附件\\2024年说明.docx");
        assert_eq!(decoded(&gbk), "附件/2024年说明.docx");
        assert_eq!(decoded("附件/说明.docx".as_bytes()), "附件/说明.docx");
        assert_eq!(decoded(b"a\nb.txt"), "a\u{fffd}b.txt");
    }

    #[test]
    fn junk_is_known_by_name() {
        for junk in ["__MACOSX/._说明.docx", "a/.DS_Store", "a/~$说明.docx", "图1.PNG", "Thumbs.db", "a/.git/x.txt"]
        {
            assert!(is_junk(junk), "{junk}");
        }
        for note in ["说明.docx", "a/b/说明.txt", "../说明.html", "a", "程序.exe", "./说明.txt"] {
            assert!(!is_junk(note), "{note}");
        }
    }
}
