//! A mistake in a file of the language pack is told with its place. What reads the files is the build script, so its parts are
//! put together here as `build/main.rs` does.

#![allow(dead_code)]

#[path = "../build/frames.rs"]
mod frame_files;
#[path = "../src/frames.rs"]
mod frames;
#[path = "../src/lang.rs"]
mod lang;
#[path = "../build/load.rs"]
mod load;
#[path = "../src/record.rs"]
mod record;
#[path = "../src/text.rs"]
mod text;
#[path = "../build/times.rs"]
mod time_files;
#[path = "../src/times"]
mod times {
    pub mod pack;
    pub use pack::TimePack;
}

/// Skipped when a pack is written down.
mod tagger {
    #[derive(Debug, Default)]
    pub struct Tagger;
}

use std::fs;
use std::path::{Path, PathBuf};

/// A copy of the pack with an edit in one file.
fn spoilt(name: &str, file: &str, edit: impl Fn(String) -> String) -> PathBuf {
    let (from, to) = (Path::new("lang/hi"), Path::new(env!("CARGO_TARGET_TMPDIR")).join(name));
    fs::create_dir_all(to.join("frames")).unwrap();
    for folder in ["", "frames"] {
        for entry in from.join(folder).read_dir().unwrap().map(|e| e.unwrap()).filter(|e| e.path().is_file()) {
            fs::copy(entry.path(), to.join(folder).join(entry.file_name())).unwrap();
        }
    }
    fs::write(to.join(file), edit(fs::read_to_string(from.join(file)).unwrap())).unwrap();
    to
}

#[test]
fn mistakes_are_told_with_file_and_line() {
    let told = |folder: PathBuf| load::load(&folder).map(drop).unwrap_err().to_string();
    let head = |name, file, head: &str| told(spoilt(name, file, |text| format!("{head}\n{text}")));
    assert_eq!(head("columns", "verbs.tsv", "# verbs\nकर"), "language pack: verbs.tsv:2: 1 columns, 3 expected");
    assert!(head("kind", "bodies.tsv", "\nclub\tक्लब\t-").starts_with("language pack: bodies.tsv:2: unknown variant `club`"));
    assert!(head("key", "contexts.toml", "[[context]]\nnom = 1").starts_with("language pack: contexts.toml:1: missing field"));
    assert_eq!(head("month", "months.tsv", "13\tतेरहवां"), "language pack: months.tsv:1: month and names expected");
    let frame = "\n[[frame]]\nid = \"odd\"\ntype = \"CONSULT\"\nshape = \"mutual\"\nto = [\"nowhere\"]";
    assert_eq!(head("case", "frames/deeds.toml", frame), "language pack: frames/deeds.toml:3: frame odd: no case nowhere");
    let list = |text: String| format!("\n{}", text.replace("[stems]\n", "[stems]\nodd = []\n"));
    let error = told(spoilt("list", "words.toml", list));
    assert!(error.ends_with(": [stems]: the grammar knows no list `odd`") && !error.contains(":0:"), "{error}");
}
