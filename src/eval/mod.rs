//! Stage eight: what the program reads, held against what people say that it
//! should read. Notes annotated by hand give scores and the gaps behind them;
//! slips planted into notes without errors show which of them are found.
//! Changes nothing that it measures.

mod alignment;
mod annotation;
mod comparison;
mod confusions;
mod figure;
pub mod mutation;
mod pool;
mod rate;
mod scores;
mod table;
mod text;

pub use alignment::{Alignment, Place, align};
pub use annotation::{AnnotatedDocument, AnnotatedNote, BadAnnotation, Loaded, Part, WantedRelation, load};
pub use comparison::{Compared, Comparison, FactComparison, RelationComparison, compare};
pub use confusions::Confusion;
pub use figure::{BaseRecord, Field, FigureRecord, ReadFact, ReadNote};
pub use rate::Rate;
pub use scores::{Breakdown, Evaluation, NoteScore, Scores, evaluate};
pub use text::{report, report_mutations};
