//! What standard output can show.

use super::args::ColorArg;
use crate::document::Lang;
use crate::report::text::Look;
use anstream::{AutoStream, ColorChoice};
use std::io::{self, IsTerminal};

/// Columns where none are known.
const COLUMNS: usize = 80;

/// How people are talked to.
pub(super) struct Screen {
    pub lang: Lang,
    pub color: ColorArg,
}

impl Screen {
    /// Colour by option, NO_COLOR, CLICOLOR and terminal; width by the terminal,
    /// else COLUMNS.
    pub(super) fn look(&self) -> Look {
        let color = match self.color {
            ColorArg::Always => true,
            ColorArg::Never => false,
            ColorArg::Auto => AutoStream::choice(&io::stdout()) != ColorChoice::Never,
        };
        Look::new(color, columns())
    }
}

fn columns() -> usize {
    let terminal = || {
        let stdout = io::stdout();
        stdout.is_terminal().then(|| terminal_size::terminal_size_of(stdout)).flatten()
    };
    terminal()
        .map(|(width, _)| usize::from(width.0))
        .or_else(|| std::env::var("COLUMNS").ok()?.parse().ok())
        .filter(|width| *width > 0)
        .unwrap_or(COLUMNS)
}
