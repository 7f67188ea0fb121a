//! Where the large files are that the scripts under `install/` fetch: the handwriting model, the font of rare
//! characters. Knows folders only; what is in the files is known where they are used.

use std::env;
use std::path::{Path, PathBuf};

/// Where a package puts such files, a folder for each kind.
const PACKAGED: &str = "/usr/share/yibao-kiosk";
/// The kiosk's part of a user's cache, which the scripts fill.
const CACHED: &str = "yibao-kiosk";

/// The folder that holds `file`: the one `variable` names if it is set, else the package's, else the one in the user's
/// cache. `kind` is the folder's name in both. `None` when the file is in none of them.
pub(crate) fn folder(variable: &str, kind: &str, file: &str) -> Option<PathBuf> {
    let has_it = |folder: &PathBuf| folder.join(file).is_file();
    if let Some(folder) = env::var_os(variable) {
        return Some(PathBuf::from(folder)).filter(has_it);
    }
    let cache = env::var_os("XDG_CACHE_HOME")
        .map(PathBuf::from)
        .or_else(|| env::var_os("HOME").map(|home| Path::new(&home).join(".cache")))
        .map(|cache| cache.join(CACHED).join(kind));
    [Some(Path::new(PACKAGED).join(kind)), cache].into_iter().flatten().find(has_it)
}
