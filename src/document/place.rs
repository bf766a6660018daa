//! Where text stands on the pages of a document that has pages.

use serde::{Deserialize, Serialize};

/// Where a stretch of text stands: from [`offset`](Self::offset) up to the
/// next place the text is on this page, in this box.
///
/// A place covers one printed line of a paragraph, or one cell of a table.
///
/// Lengths are hundredths of a point (a point is 1/72 inch) from the top left
/// corner of the page as it is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Place {
    /// The byte of [`Document::text`](super::Document::text) at which it begins.
    pub offset: usize,
    /// The page, from 1.
    pub page: u32,
    /// The left edge of the box.
    pub left: i32,
    /// Its upper edge.
    pub top: i32,
    /// Its right edge.
    pub right: i32,
    /// Its lower edge.
    pub bottom: i32,
}

impl Place {
    pub(super) fn new(offset: usize, page: u32, [left, top, right, bottom]: [i32; 4]) -> Self {
        Self { offset, page, left, top, right, bottom }
    }
}
