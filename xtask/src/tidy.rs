//! What the compiler cannot check. Each check gives its findings as lines `file: what is wrong`.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Prints all findings; true when there are none.
pub fn run(root: &Path) -> bool {
    let files = match tracked(root) {
        Ok(files) => files,
        Err(e) => {
            eprintln!("tidy: cannot list the files of the project ({e}); git is needed");
            return false;
        }
    };
    let findings: Vec<String> = [
        no_hindi_in_code(root, &files),
        architecture_names_every_module(root, &files),
        pack_is_well_formed(root, &files),
        changelog_is_open(root),
        no_paths_of_one_machine(root, &files),
    ]
    .concat();
    for f in &findings {
        println!("{f}");
    }
    println!("tidy: {} files, {} findings", files.len(), findings.len());
    findings.is_empty()
}

/// Files of the project, as paths from its root: those under version control and those about to be.
fn tracked(root: &Path) -> Result<Vec<PathBuf>, String> {
    let git = ["ls-files", "--cached", "--others", "--exclude-standard", "-z"];
    let out = Command::new("git").args(git).current_dir(root).output().map_err(|e| e.to_string())?;
    if !out.status.success() {
        return Err(String::from_utf8_lossy(&out.stderr).trim().to_string());
    }
    let list = String::from_utf8(out.stdout).map_err(|e| e.to_string())?;
    Ok(list.split('\0').filter(|f| !f.is_empty() && root.join(f).is_file()).map(PathBuf::from).collect())
}

fn text(root: &Path, file: &Path) -> String {
    String::from_utf8_lossy(&fs::read(root.join(file)).unwrap_or_default()).into_owned()
}

/// What is Hindi stands in the language pack. Tests and comments may show Hindi; code may not hold any.
fn no_hindi_in_code(root: &Path, files: &[PathBuf]) -> Vec<String> {
    let mut bad = vec![];
    for file in files.iter().filter(|f| f.starts_with("crates/mulaqat/src") && f.extension().is_some_and(|e| e == "rs")) {
        let source = text(root, file);
        for (n, line) in source.lines().enumerate().take_while(|(_, l)| l.trim() != "#[cfg(test)]") {
            let code = line.split("//").next().unwrap_or_default();
            if code.contains(|c| matches!(c, '\u{900}'..='\u{97f}')) {
                bad.push(format!("{}:{}: Devanagari in code; move it to lang/", file.display(), n + 1));
            }
        }
    }
    bad
}

/// ARCHITECTURE.md has a section for each crate, which names each of its modules and none that is gone.
fn architecture_names_every_module(root: &Path, files: &[PathBuf]) -> Vec<String> {
    let doc = text(root, Path::new("ARCHITECTURE.md"));
    let mut bad = vec![];
    let crates: HashSet<&Path> =
        files.iter().filter(|f| f.ends_with("Cargo.toml") && f.starts_with("crates")).filter_map(|f| f.parent()).collect();
    for folder in crates {
        let heading = format!("## `{}`", folder.display());
        let Some(section) = doc.split_once(&heading).map(|(_, rest)| rest.split("\n## ").next().unwrap_or(rest)) else {
            bad.push(format!("ARCHITECTURE.md: no section {heading}"));
            continue;
        };
        let src = folder.join("src");
        let modules: HashSet<String> = files
            .iter()
            .filter_map(|f| f.strip_prefix(&src).ok())
            .map(|f| f.to_string_lossy().into_owned())
            .filter(|f| f.ends_with(".rs") && f != "lib.rs" && f != "main.rs")
            .collect();
        let named: HashSet<String> =
            section.split('`').skip(1).step_by(2).filter(|w| w.ends_with(".rs") && !w.contains(' ')).map(str::to_string).collect();
        for m in modules.difference(&named) {
            bad.push(format!("ARCHITECTURE.md: {heading} does not name `{m}`"));
        }
        let exists = |m: &str| files.iter().any(|f| *f == src.join(m) || *f == folder.join(m));
        for m in named.iter().filter(|m| !exists(m)) {
            bad.push(format!("ARCHITECTURE.md: {heading} names `{m}`, which does not exist"));
        }
    }
    bad
}

/// The README of a pack lists every file of it, and tells the columns that each TSV file has.
fn pack_is_well_formed(root: &Path, files: &[PathBuf]) -> Vec<String> {
    let mut bad = vec![];
    let pack = Path::new("crates/mulaqat/lang/hi");
    let readme = text(root, &pack.join("README.md"));
    let rows: Vec<(&str, &str)> = readme.lines().filter_map(|l| l.strip_prefix("| ")?.split_once(" | ")).collect();
    for file in files {
        let Ok(name) = file.strip_prefix(pack) else { continue };
        if name == Path::new("README.md") {
            continue;
        }
        let listed = match name.parent().filter(|p| !p.as_os_str().is_empty()) {
            Some(folder) => format!("`{}/*.", folder.display()),
            None => format!("`{}`", name.display()),
        };
        let Some((_, columns)) = rows.iter().find(|(cell, _)| cell.contains(&listed)) else {
            bad.push(format!("{}: not in the table of the pack's README", file.display()));
            continue;
        };
        if name.extension().is_some_and(|e| e == "tsv") {
            let lines = word_list(&text(root, file), columns.matches(" · ").count() + 1);
            bad.extend(lines.into_iter().map(|(n, what)| format!("{}:{n}: {what}", file.display())));
        }
    }
    bad
}

/// What is wrong with a TSV file, by line.
fn word_list(list: &str, columns: usize) -> Vec<(usize, String)> {
    let mut bad = vec![];
    let mut seen = HashSet::new();
    if !list.is_empty() && !list.ends_with('\n') {
        bad.push((list.lines().count(), "no end of line at the end of the file".to_string()));
    }
    for (n, line) in list.split('\n').enumerate().filter(|(_, l)| !l.is_empty() && !l.starts_with('#')) {
        let cells: Vec<&str> = line.split('\t').collect();
        if cells.len() != columns {
            bad.push((n + 1, format!("{} columns, {columns} expected", cells.len())));
        }
        if !seen.insert(line) {
            bad.push((n + 1, "stands here twice".to_string()));
        }
        for cell in cells {
            let mut names = HashSet::new();
            for name in cell.split('|') {
                if name.is_empty() {
                    bad.push((n + 1, format!("empty name in «{cell}»; an empty column is written -")));
                } else if name.trim() != name || name.contains("  ") || name.contains('\r') {
                    bad.push((n + 1, format!("stray space in «{name}»")));
                } else if !names.insert(name) {
                    bad.push((n + 1, format!("«{name}» twice in one column")));
                }
            }
        }
    }
    bad
}

fn changelog_is_open(root: &Path) -> Vec<String> {
    let open = text(root, Path::new("CHANGELOG.md")).lines().any(|l| l == "## [Unreleased]");
    if open { vec![] } else { vec!["CHANGELOG.md: no section ## [Unreleased]".to_string()] }
}

/// Absolute paths of the machine on which something was written mean nothing on another.
fn no_paths_of_one_machine(root: &Path, files: &[PathBuf]) -> Vec<String> {
    let folders = ["work", "tmp", "home", "root"].map(|f| format!("/{f}/"));
    let mut bad = vec![];
    for file in files.iter().filter(|f| !f.ends_with("Cargo.lock")) {
        for (n, line) in text(root, file).lines().enumerate() {
            let absolute = |folder: &String| {
                line.match_indices(folder)
                    .any(|(i, _)| !line[..i].ends_with(|c: char| c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | '/' | '}')))
            };
            if let Some(folder) = folders.iter().find(|f| absolute(f)) {
                bad.push(format!("{}:{}: a path under {folder}, which other machines lack", file.display(), n + 1));
            }
        }
    }
    bad
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn word_lists() {
        assert_eq!(word_list("# note\na|b\t-\n\nc\td\n", 2), []);
        let bad = word_list("a\na\t \nb|b\tc\na\t|", 2);
        let lines: Vec<_> = bad.iter().map(|(n, _)| *n).collect();
        assert_eq!(lines, [4, 1, 2, 3, 4, 4], "{bad:?}");
        assert_eq!(word_list("a\tb\na\tb\n", 2).len(), 1);
    }
}
