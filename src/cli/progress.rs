//! A line on standard error that tells how far a long run has come.

use crate::document::Lang;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};
use std::io::{self, IsTerminal};
use std::time::Duration;

/// As many inputs are read in silence.
const HANDFUL: u64 = 8;

/// Counts inputs, and shows the count where it disturbs nothing.
pub(super) struct Progress {
    seen: u64,
    bar: Option<ProgressBar>,
    lang: Lang,
    wanted: bool,
}

impl Progress {
    pub(super) fn new(lang: Lang) -> Self {
        // A report on the same terminal shows well enough how far it is.
        let wanted = io::stderr().is_terminal() && !io::stdout().is_terminal();
        Self { seen: 0, bar: None, lang, wanted }
    }

    /// One more input is done.
    pub(super) fn step(&mut self) {
        self.seen += 1;
        if !self.wanted || self.seen <= HANDFUL {
            return;
        }
        let lang = self.lang;
        let bar = self.bar.get_or_insert_with(|| start(lang));
        bar.set_position(self.seen);
    }

    /// Writes something to standard error while the line is out of the way.
    pub(super) fn around(&self, write: impl FnOnce()) {
        match &self.bar {
            Some(bar) => bar.suspend(write),
            None => write(),
        }
    }

    /// Takes the line away.
    pub(super) fn end(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

fn start(lang: Lang) -> ProgressBar {
    let template = match lang {
        Lang::Zh => "{spinner} 已处理 {human_pos} 份，每秒 {rate} 份，用时 {elapsed}",
        Lang::En => "{spinner} {human_pos} inputs done, {rate} a second, {elapsed}",
    };
    let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr_with_hz(10));
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style.with_key("rate", |state: &ProgressState, out: &mut dyn std::fmt::Write| {
            let _ = write!(out, "{:.0}", state.per_sec());
        }));
    }
    bar.enable_steady_tick(Duration::from_millis(200));
    bar
}
