//! Lists the pack files so that `Packs::builtin` can carry them in the binary.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?).join("patterns");
    println!("cargo:rerun-if-changed={}", root.display());
    let mut files = Vec::new();
    for kind in ["lexicon", "phrases", "sections", "identities"] {
        let folder = root.join(kind);
        println!("cargo:rerun-if-changed={}", folder.display());
        if let Ok(entries) = fs::read_dir(&folder) {
            files.extend(entries.flatten().map(|e| e.path()).filter(|p| p.extension().is_some_and(|x| x == "toml")));
        }
    }
    files.sort();
    let mut out = String::from("static BUILTIN_FILES: &[(&str, &str)] = &[\n");
    for file in &files {
        println!("cargo:rerun-if-changed={}", file.display());
        let name = file.strip_prefix(&root)?;
        writeln!(out, "    ({:?}, include_str!({:?})),", unix(name), file)?;
    }
    out.push_str("];\n");
    fs::write(PathBuf::from(env::var("OUT_DIR")?).join("built_in.rs"), out)?;
    Ok(())
}

fn unix(path: &Path) -> String {
    path.components().map(|c| c.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}
