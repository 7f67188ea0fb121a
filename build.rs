//! Compiles the catalogues to typed Rust and to the `Tr` global of the screens, then the screens themselves.
//!
//! A catalogue that is not the same in every language does not build.

use std::path::{Path, PathBuf};
use std::{env, fs, process::ExitCode};

#[path = "build/catalogue.rs"]
mod catalogue;
#[path = "build/generate.rs"]
mod generate;

use catalogue::Catalogue;

/// The language every other one is measured by; the first in the list.
const LANGUAGES: [&str; 3] = ["zh-CN", "zh-Hant", "en"];

fn main() -> ExitCode {
    for path in ["build.rs", "build", "locales", "ui", "assets/icons"] {
        println!("cargo:rerun-if-changed={path}");
    }
    match build() {
        Ok(()) => ExitCode::SUCCESS,
        Err(mistakes) => {
            for mistake in mistakes {
                eprintln!("error: {mistake}");
            }
            ExitCode::FAILURE
        }
    }
}

fn build() -> Result<(), Vec<String>> {
    let root = PathBuf::from(variable("CARGO_MANIFEST_DIR")?);
    let out = PathBuf::from(variable("OUT_DIR")?);
    let catalogues = read_catalogues(&root)?;
    let [reference, others @ ..] = catalogues.as_slice() else {
        return Err(vec!["no language is listed in build.rs".into()]);
    };
    let mistakes: Vec<String> = others.iter().flat_map(|other| catalogue::compare(reference, other)).collect();
    if !mistakes.is_empty() {
        return Err(mistakes);
    }
    let screens = out.join("gen");
    fs::create_dir_all(&screens).map_err(|e| vec![format!("{}: {e}", screens.display())])?;
    write(&out.join("words_generated.rs"), &generate::words(&catalogues))?;
    write(&out.join("tr_fill.rs"), &generate::tr_fill(reference))?;
    write(&screens.join("tr.slint"), &generate::tr_slint(reference))?;
    compile_screens(&root, &screens)
}

fn read_catalogues(root: &Path) -> Result<Vec<Catalogue>, Vec<String>> {
    let mut mistakes = Vec::new();
    let mut catalogues = Vec::new();
    for language in LANGUAGES {
        match catalogue::read(root, language) {
            Ok(catalogue) => catalogues.push(catalogue),
            Err(found) => mistakes.extend(found),
        }
    }
    if mistakes.is_empty() { Ok(catalogues) } else { Err(mistakes) }
}

#[cfg(feature = "screen")]
fn compile_screens(root: &Path, generated: &Path) -> Result<(), Vec<String>> {
    if !root.join("ui/app.slint").exists() {
        return Ok(());
    }
    // Names of elements stay in the program: the gallery and the scripted visit find buttons by them.
    let config = slint_build::CompilerConfiguration::new()
        .with_library_paths([("gen".to_owned(), generated.to_path_buf())].into())
        .with_debug_info(true);
    slint_build::compile_with_config("ui/app.slint", config).map_err(|e| vec![e.to_string()])
}

#[cfg(not(feature = "screen"))]
fn compile_screens(_root: &Path, _generated: &Path) -> Result<(), Vec<String>> {
    Ok(())
}

fn variable(name: &str) -> Result<String, Vec<String>> {
    env::var(name).map_err(|e| vec![format!("{name}: {e}")])
}

/// Leaves an unchanged file alone, so that nothing is compiled again for nothing.
fn write(path: &Path, text: &str) -> Result<(), Vec<String>> {
    if fs::read_to_string(path).is_ok_and(|old| old == text) {
        return Ok(());
    }
    fs::write(path, text).map_err(|e| vec![format!("{}: {e}", path.display())])
}
