//! Packs the articles of the corpus for `mulaqat demo`, which must work from the program alone: texts only, the program reads them itself.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() {
    let root = Path::new(&env::var_os("CARGO_MANIFEST_DIR").expect("cargo says where we are")).join("../../corpus/dev");
    println!("cargo::rerun-if-changed={}", root.display());
    let mut files: Vec<PathBuf> = fs::read_dir(&root)
        .unwrap_or_else(|e| panic!("{}: {e}", root.display()))
        .filter_map(|e| Some(e.ok()?.path()))
        .filter(|p| p.extension().is_some_and(|e| e == "json"))
        .collect();
    files.sort();
    let out = Path::new(&env::var_os("OUT_DIR").expect("cargo says where to write")).join("demo.jsonl.gz");
    let mut packed =
        flate2::write::GzEncoder::new(fs::File::create(out).expect("the build folder can be written"), flate2::Compression::best());
    for file in files {
        println!("cargo::rerun-if-changed={}", file.display());
        let text = fs::read(&file).unwrap_or_else(|e| panic!("{}: {e}", file.display()));
        let record: serde_json::Value = serde_json::from_slice(&text).unwrap_or_else(|e| panic!("{}: {e}", file.display()));
        writeln!(packed, "{}", record["document"]).expect("the build folder can be written");
    }
    packed.finish().expect("the build folder can be written");
}
