//! gouji
use gouji::document::{Inputs, Lang, read};
fn main() {
    let packs = match gouji::pattern::Packs::builtin() {
        Ok(p) => p,
        Err(e) => {
            for x in e {
                println!("{x}")
            }
            return;
        }
    };
    let paths: Vec<std::path::PathBuf> = std::env::args().skip(4).map(Into::into).collect();
    let mut outs = Vec::new();
    for raw in Inputs::new(&paths) {
        match raw {
            Err(e) => eprintln!("{}", e.message(Lang::En)),
            Ok(raw) => match read(&raw) {
                Err(e) => eprintln!("{}", e.message(Lang::En)),
                Ok(d) => {
                    let a = gouji::analyze(packs, d, true);
                    let o = gouji::report::output(packs, &a.document, &a.view, &a.reading, &a.findings, Lang::Zh);
                    outs.push(serde_json::to_string(&o).unwrap_or_default());
                }
            },
        }
    }
    if outs.len() == 1 {
        println!("{}", outs.join(""));
    } else {
        println!("[{}]", outs.join(",\n"));
    }
}
