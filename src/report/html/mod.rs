//! The report for a browser: one file that needs nothing else, to be sent to the unit concerned.
//!
//! [`pack`] makes a document's part of it, on any thread; [`Page`] puts the parts together: an overview, what
//! documents say of each other, then the documents. Only counts are kept in memory, the parts wait on disk.
//!
//! | file | concern |
//! |---|---|
//! | `writer.rs`, `policy.rs` | text that stays text; what a browser may run |
//! | `page.rs`, `plot.rs` | the page around the parts, the overview |
//! | `document.rs`, `finding.rs`, `excerpt.rs`, `arithmetic.rs` | a document and its findings |
//! | `text.rs`, `card.rs` | the full note with its figures |
//! | `across.rs` | findings between documents |
//! | `words.rs` | the words |

mod across;
mod arithmetic;
mod card;
mod document;
mod excerpt;
mod finding;
mod page;
mod plot;
mod policy;
mod text;
mod words;
mod writer;

pub use document::pack;
pub use page::Page;
