//! Folders: which files in them are articles.

use crate::intake::Input;
use std::io;
use std::path::Path;

/// What browsers and crawlers save beside a page, and what no article is in.
const ASSETS: &[&str] = &[
    "css", "js", "mjs", "map", "png", "jpg", "jpeg", "gif", "webp", "avif", "svg", "ico", "bmp", "woff", "woff2", "ttf", "otf", "eot",
    "mp4", "webm", "mp3", "ogg", "wav", "m4a", "avi", "mov", "pdf", "zip", "tar", "7z", "rar", "db", "sqlite", "cdx", "cdxj", "toml", "md",
    "log",
];

/// The files of a folder and of those in it, ordered by name; there may be none. Hidden ones, assets and links to folders are left out.
pub(crate) fn folder(root: &Path) -> io::Result<Vec<Input>> {
    let mut found = vec![];
    gather(root, root, &mut found)?;
    Ok(found)
}

fn gather(root: &Path, folder: &Path, found: &mut Vec<Input>) -> io::Result<()> {
    let mut paths = vec![];
    for entry in folder.read_dir()? {
        paths.push(entry?.path());
    }
    paths.sort();
    for path in &paths {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if name.starts_with('.') {
            continue;
        }
        if path.is_dir() {
            if !path.is_symlink() && !belongs_to_page(&name, &paths) {
                // a folder that may not be read is told when its turn comes
                if gather(root, path, found).is_err() {
                    found.push(Input::Path { path: path.clone(), id: None });
                }
            }
            continue;
        }
        let extension = path.extension().unwrap_or_default().to_string_lossy().to_ascii_lowercase();
        if !ASSETS.contains(&extension.as_str()) {
            found.push(Input::Path { id: Some(id(root, path)), path: path.clone() });
        }
    }
    Ok(())
}

/// Beside `page.html`, browsers keep its pictures and frames in `page_files`.
fn belongs_to_page(name: &str, siblings: &[std::path::PathBuf]) -> bool {
    let page = name.strip_suffix("_files").or_else(|| name.strip_suffix(".files"));
    page.is_some_and(|page| siblings.iter().any(|s| s.file_stem().is_some_and(|f| f == page) && s.is_file()))
}

/// The path below the folder, without its extension: two folders may both hold an `index.html`.
fn id(root: &Path, path: &Path) -> String {
    let below = path.strip_prefix(root).unwrap_or(path).with_extension("");
    below.to_string_lossy().replace('\\', "/")
}

/// Bytes of a file, or of the files of a folder.
pub(crate) fn size(path: &Path) -> u64 {
    if path.is_dir() {
        let files = folder(path).unwrap_or_default();
        let size = |i: Input| if let Input::Path { path, .. } = i { path.metadata().map_or(0, |m| m.len()) } else { 0 };
        return files.into_iter().map(size).sum();
    }
    path.metadata().map_or(0, |m| m.len())
}
