//! `gouji.toml`: where it is looked for, and what it says.

mod error;
mod read;

pub(super) use error::{ConfigError, Fault};

use crate::check::Settings;
use crate::pattern::Packs;
use std::path::{Path, PathBuf};

/// The name under which a configuration is looked for.
const NAME: &str = "gouji.toml";

/// A configuration larger than this is none.
const MOST_BYTES: u64 = 1024 * 1024;

/// The settings of a file that is named, else of the nearest `gouji.toml` from
/// `folder` upwards, else the default ones.
///
/// # Errors
///
/// All that is wrong in the file, by line.
pub(super) fn load(named: Option<&Path>, folder: Option<&Path>, packs: &Packs) -> Result<Settings, Vec<ConfigError>> {
    let Some(path) = named.map(Path::to_owned).or_else(|| upwards(folder?)) else {
        return Ok(Settings::default());
    };
    let unreadable = |why: String| vec![ConfigError { path: path.clone(), line: None, fault: Fault::Unreadable(why) }];
    let size = std::fs::metadata(&path).map_err(|e| unreadable(e.to_string()))?.len();
    if size > MOST_BYTES {
        return Err(unreadable(format!("{size} bytes > {MOST_BYTES}")));
    }
    let text = std::fs::read_to_string(&path).map_err(|e| unreadable(e.to_string()))?;
    read::settings(&text, packs)
        .map_err(|all| all.into_iter().map(|(line, fault)| ConfigError { path: path.clone(), line, fault }).collect())
}

fn upwards(folder: &Path) -> Option<PathBuf> {
    folder.ancestors().map(|f| f.join(NAME)).find(|f| f.is_file())
}
