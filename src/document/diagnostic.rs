//! Remarks on a document that was read all the same.

use super::error::Lang;
use serde::{Deserialize, Deserializer, Serialize};

/// A remark on how a document was read: nothing was refused, but something
/// about the bytes is worth knowing.
///
/// ```
/// use gouji::document::{Lang, Raw, read};
/// // A download that broke off inside the last character.
/// let bytes = "本年支出预算20万元".as_bytes();
/// let raw = Raw::File { path: "甲.txt".into(), bytes: bytes[..bytes.len() - 1].to_vec() };
/// let document = read(&raw)?;
/// assert_eq!(document.diagnostics[0].code, "charset/cut-off");
/// assert!(document.diagnostics[0].message(Lang::Zh).contains("截断"));
/// # Ok::<(), gouji::document::ReadError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnostic {
    /// A stable name: `charset/declared-wrong`, `charset/cut-off`,
    /// `charset/bad-bytes`, `charset/guessed`, `text/nul-removed`,
    /// `json/lone-surrogate`, `json/field-ignored`, `html/too-deep`,
    /// `html/too-many-elements`, `html/too-many-attributes`,
    /// `html/spans-ignored`, `html/hidden-shown`, `office/embedded-not-read`,
    /// `office/hidden-sheets`, `office/formulas-without-value`,
    /// `office/spans-ignored`.
    #[serde(deserialize_with = "known")]
    pub code: Code,
    /// Where in [`Document::text`](super::Document::text), in bytes, if at one place.
    pub offset: Option<usize>,
    zh: String,
    en: String,
}

impl Diagnostic {
    pub(crate) fn new(code: &'static str, offset: Option<usize>, zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { code, offset, zh: zh.into(), en: en.into() }
    }

    pub(crate) fn without_offset(self) -> Self {
        Self { offset: None, ..self }
    }

    /// The remark in the given language.
    #[must_use]
    pub fn message(&self, lang: Lang) -> &str {
        match lang {
            Lang::Zh => &self.zh,
            Lang::En => &self.en,
        }
    }
}

/// A stable name of a remark, such as `charset/cut-off`.
pub type Code = &'static str;

/// The codes of binary formats, which travel between processes.
const TRAVELLING: [&str; 9] = [
    "office/embedded-not-read",
    "office/formulas-without-value",
    "office/hidden-sheets",
    "office/spans-ignored",
    "pdf/cut-off",
    "pdf/pages-without-text",
    "pdf/slanted-text",
    "pdf/too-much",
    "pdf/unknown-characters",
];

fn known<'de, D: Deserializer<'de>>(input: D) -> Result<&'static str, D::Error> {
    let code = String::deserialize(input)?;
    let known = TRAVELLING.into_iter().find(|known| *known == code);
    known.ok_or_else(|| serde::de::Error::custom(format!("no such code: {code}")))
}
