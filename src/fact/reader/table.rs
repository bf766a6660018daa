//! Rows of tables that arrive as text: cells apart by bars.

use super::Reader;
use crate::lex::{DecoyReason, Lexed, TokenKind};
use crate::segment::Paragraph;

impl Reader<'_> {
    /// Keeps a table's row out of the running text: its numbers are cells.
    pub(super) fn read_table(&mut self, _p: &Paragraph, lexed: &Lexed) {
        for t in &lexed.tokens {
            match t.kind {
                TokenKind::Decoy(reason) => self.decoy(reason, t),
                TokenKind::Quantity(_) => self.decoy(DecoyReason::TableCell, t),
                _ => {}
            }
        }
    }
}
