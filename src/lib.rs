//! gouji
pub mod check;
pub mod cli;
pub mod document;
pub mod fact;
pub mod lex;
pub mod pattern;
pub mod report;
pub mod segment;

/// Everything that is known of one document.
#[derive(Debug)]
pub struct Analysis {
    /// The document.
    pub document: document::Document,
    /// Its normalised view.
    pub view: segment::View,
    /// What was read from it.
    pub reading: fact::Reading,
    /// What was tested.
    pub findings: check::Findings,
}

/// Reads a document and, if asked, verifies it.
pub fn analyze(packs: &pattern::Packs, document: document::Document, verify: bool) -> Analysis {
    let view = segment::View::new(&document.text, &document.tables);
    let segments = segment::segment(&view, document.title.as_deref());
    let reading = fact::read(packs, &view, segments);
    let findings = if verify { check::check(packs, &reading) } else { check::Findings::default() };
    Analysis { document, view, reading, findings }
}
