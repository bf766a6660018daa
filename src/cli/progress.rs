//! A line on standard error that tells how far a long run has come.

use super::pipeline::Done;
use crate::document::{Lang, volume};
use indicatif::{HumanCount, HumanDuration, ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};
use std::fmt::Write;
use std::io::{self, IsTerminal};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::Duration;

/// As many inputs are read in silence.
const HANDFUL: u64 = 8;

/// Counts inputs, and shows the count where it disturbs nothing.
pub(super) struct Progress {
    seen: u64,
    bar: Option<ProgressBar>,
    lang: Lang,
    paths: Option<Vec<PathBuf>>,
    counts: Arc<Counts>,
}

#[derive(Default)]
struct Counts {
    errors: AtomicU64,
    bytes: AtomicU64,
    /// All that there is to read; 0 as long as it is not known.
    total: AtomicU64,
}

impl Progress {
    /// Shows something only on a terminal, and if the rest of it is `quiet`.
    pub(super) fn new(paths: &[PathBuf], quiet: bool, lang: Lang) -> Self {
        let wanted = quiet && io::stderr().is_terminal();
        Self { seen: 0, bar: None, lang, paths: wanted.then(|| paths.to_vec()), counts: Arc::default() }
    }

    /// One more input is done.
    pub(super) fn step(&mut self, done: &Done) {
        self.seen += 1;
        self.counts.bytes.fetch_add(done.size as u64, Ordering::Relaxed);
        self.counts.errors.fetch_add(u64::from(done.error.is_some()), Ordering::Relaxed);
        if self.seen > HANDFUL
            && let Some(paths) = self.paths.take()
        {
            self.bar = Some(start(paths, &self.counts, self.lang));
        }
        if let Some(bar) = &self.bar {
            bar.set_position(self.seen);
        }
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

fn start(paths: Vec<PathBuf>, counts: &Arc<Counts>, lang: Lang) -> ProgressBar {
    // A folder of very many files takes its time: the run does not wait for it.
    let known = counts.clone();
    thread::spawn(move || known.total.store(volume(&paths).unwrap_or(0), Ordering::Relaxed));
    let template = match lang {
        Lang::Zh => "{spinner} 已处理 {human_pos} 份，每秒 {rate} 份{errors}，用时 {elapsed}{left}",
        Lang::En => "{spinner} {human_pos} inputs done, {rate} a second{errors}, {elapsed}{left}",
    };
    let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr_with_hz(10));
    if let Ok(style) = ProgressStyle::with_template(template) {
        let (of_errors, of_left) = (counts.clone(), counts.clone());
        let style = style
            .with_key("rate", |state: &ProgressState, out: &mut dyn Write| {
                let _ = write!(out, "{:.0}", state.per_sec());
            })
            .with_key("errors", move |_: &ProgressState, out: &mut dyn Write| {
                let errors = of_errors.errors.load(Ordering::Relaxed);
                let _ = match lang {
                    _ if errors == 0 => Ok(()),
                    Lang::Zh => write!(out, "，{} 份未能读取", HumanCount(errors)),
                    Lang::En => write!(out, ", {} not read", HumanCount(errors)),
                };
            })
            .with_key("left", move |state: &ProgressState, out: &mut dyn Write| {
                let bytes = of_left.bytes.load(Ordering::Relaxed);
                let total = of_left.total.load(Ordering::Relaxed);
                let _ = match (left(state.elapsed(), bytes, total), lang) {
                    (None, _) => Ok(()),
                    (Some(left), Lang::Zh) => write!(out, "，约剩 {}", chinese(left)),
                    (Some(left), Lang::En) => write!(out, ", about {} left", HumanDuration(left)),
                };
            });
        bar.set_style(style);
    }
    bar.enable_steady_tick(Duration::from_millis(200));
    bar
}

/// How long the rest takes if it goes on as so far; `None` if nobody can know.
fn left(elapsed: Duration, bytes: u64, total: u64) -> Option<Duration> {
    let rest = total.checked_sub(bytes).filter(|_| total > 0)?;
    let millis = elapsed.as_millis().checked_mul(rest.into())?.checked_div(bytes.into())?;
    Some(Duration::from_millis(u64::try_from(millis).ok()?))
}

fn chinese(time: Duration) -> String {
    let seconds = time.as_secs();
    match (seconds / 3600, seconds / 60 % 60) {
        (0, 0) => format!("{seconds} 秒"),
        (0, minutes) => format!("{minutes} 分 {} 秒", seconds % 60),
        (hours, minutes) => format!("{hours} 小时 {minutes} 分"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_left_follows_from_bytes() {
        let seconds = Duration::from_secs;
        assert_eq!(left(seconds(10), 100, 400), Some(seconds(30)));
        assert_eq!(left(seconds(10), 400, 400), Some(seconds(0)));
        assert_eq!(left(seconds(10), 0, 400), None);
        // Standard input, and a file that grows.
        assert_eq!(left(seconds(10), 100, 0), None);
        assert_eq!(left(seconds(10), 500, 400), None);
        assert_eq!(chinese(seconds(59)), "59 秒");
        assert_eq!(chinese(seconds(61)), "1 分 1 秒");
        assert_eq!(chinese(seconds(7320)), "2 小时 2 分");
    }
}
