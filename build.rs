//! Lists the pack files so that `Packs::builtin` can carry them in the binary.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?).join("patterns");
    println!("cargo:rerun-if-changed={}", root.display());
    let mut files = Vec::new();
    for kind in ["lexicon", "phrases", "sections", "identities", "topics"] {
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
    println!("cargo:rustc-env=GOUJI_BUILD={:016x}", fingerprint()?);
    Ok(())
}

/// Of everything that the program is made of: results of another build are not
/// taken for results of this one.
fn fingerprint() -> Result<u64, Box<dyn std::error::Error>> {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?);
    // FNV-1a, 64 bits.
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    let mut files = Vec::new();
    for part in ["src", "patterns", "Cargo.toml", "Cargo.lock"] {
        println!("cargo:rerun-if-changed={}", root.join(part).display());
        collect(&root.join(part), &mut files)?;
    }
    files.sort();
    for file in files {
        let name = unix(file.strip_prefix(&root)?);
        for byte in name.into_bytes().into_iter().chain([0]).chain(fs::read(&file)?).chain([0]) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    Ok(hash)
}

fn collect(path: &Path, files: &mut Vec<PathBuf>) -> std::io::Result<()> {
    if path.is_dir() {
        for entry in fs::read_dir(path)? {
            collect(&entry?.path(), files)?;
        }
    } else if path.is_file() {
        files.push(path.to_owned());
    }
    Ok(())
}

fn unix(path: &Path) -> String {
    path.components().map(|c| c.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}
