//! Compiles the language pack: reads `lang/hi/` once, while the program is built, so that the program need not at every start.
//! A mistake in the data fails the build, with file and line.

// the tables and the folding of spellings are those of the program itself, most of which is of no use here
#[path = "../src/frames.rs"]
#[allow(dead_code)]
mod frames;
#[path = "../src/lang.rs"]
#[allow(dead_code)]
mod lang;
#[path = "../src/record.rs"]
#[allow(dead_code)]
mod record;
#[path = "../src/text.rs"]
#[allow(dead_code)]
mod text;
#[path = "../src/times"]
#[allow(dead_code)]
mod times {
    pub mod pack;
    pub use pack::TimePack;
}

/// Skipped when a pack is written down.
mod tagger {
    #[derive(Debug, Default)]
    pub struct Tagger;
}

#[path = "frames.rs"]
mod frame_files;
mod load;
#[path = "times.rs"]
mod time_files;

use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() {
    println!("cargo::rerun-if-changed=lang/hi");
    if let Err(e) = compile() {
        println!("cargo::error={e}");
    }
}

fn compile() -> Result<(), Box<dyn std::error::Error>> {
    let pack = load::load(Path::new("lang/hi"))?;
    let out = PathBuf::from(env::var("OUT_DIR")?);
    fs::write(out.join("hi.words"), &*pack.vocab.letters)?;
    fs::write(out.join("hi.pack"), postcard::to_stdvec(&pack)?)?;
    Ok(())
}
