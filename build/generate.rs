//! Writes what the catalogues become: Rust for the program, a global for the screens.

use std::fmt::Write;

use crate::catalogue::{Catalogue, Entries};

/// Rust: the embedded sources, a key for every text that never varies, a function for every one that does.
pub fn words(catalogues: &[Catalogue]) -> String {
    let mut out = String::from("// Generated from locales/; edit the catalogues instead.\n\n");
    sources(&mut out, catalogues);
    let Some(reference) = catalogues.first() else { return out };
    keys(&mut out, reference);
    arguments(&mut out, reference);
    functions(&mut out, reference);
    out
}

/// Slint: one property for every text that never varies.
pub fn tr_slint(catalogue: &Catalogue) -> String {
    let mut out = String::from("// Generated from locales/; edit the catalogues instead.\nexport global Tr {\n");
    for (id, _) in fixed(catalogue) {
        let _ = writeln!(out, "    in property <string> {id};");
    }
    out.push_str("}\n");
    out
}

/// Rust: sets every property of the global in the language of `words`.
pub fn tr_fill(catalogue: &Catalogue) -> String {
    let mut out = String::from("/// Gives every screen the words of a language.\n");
    out.push_str("pub(super) fn fill_tr(tr: &Tr<'_>, words: &crate::words::Words) {\n    use crate::words::Key;\n");
    for (id, _) in fixed(catalogue) {
        let _ = writeln!(out, "    tr.set_{}(words.text(Key::{}).into());", snake(id), pascal(id));
    }
    out.push_str("}\n");
    out
}

fn sources(out: &mut String, catalogues: &[Catalogue]) {
    out.push_str("/// Every catalogue file, by language, built into the program.\n");
    out.push_str("pub(crate) const SOURCES: &[(&str, &[&str])] = &[\n");
    for catalogue in catalogues {
        let _ = writeln!(out, "    ({:?}, &[", catalogue.language);
        for file in &catalogue.files {
            let _ =
                writeln!(out, "        include_str!(concat!(env!(\"CARGO_MANIFEST_DIR\"), {:?})),", format!("/{file}"));
        }
        out.push_str("    ]),\n");
    }
    out.push_str("];\n\n");
}

fn keys(out: &mut String, catalogue: &Catalogue) {
    out.push_str(
        "/// Every text that never varies.\n#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]\npub enum Key {\n",
    );
    for (id, entry) in fixed(catalogue) {
        let _ = writeln!(out, "    /// `{id}`: {}\n    {},", doc(entry), pascal(id));
    }
    out.push_str("}\n\nimpl Key {\n    /// All keys, sorted by id.\n    pub const ALL: &'static [Self] = &[\n");
    for (id, _) in fixed(catalogue) {
        let _ = writeln!(out, "        Self::{},", pascal(id));
    }
    out.push_str(
        "    ];\n\n    /// The id in the catalogue.\n    pub fn id(self) -> &'static str {\n        match self {\n",
    );
    for (id, _) in fixed(catalogue) {
        let _ = writeln!(out, "            Self::{} => {id:?},", pascal(id));
    }
    out.push_str("        }\n    }\n}\n\n");
}

/// Two values side by side could be swapped unnoticed, so from two on they are named.
fn arguments(out: &mut String, catalogue: &Catalogue) {
    out.push_str("/// Values of texts with more than one.\npub mod args {\n    use fluent_bundle::FluentValue;\n\n");
    for (id, entry) in varying(catalogue).filter(|(_, entry)| entry.variables.len() > 1) {
        let _ = writeln!(out, "    /// Values of `{id}`: {}\n    pub struct {}<'a> {{", doc(entry), pascal(id));
        for variable in &entry.variables {
            let _ = writeln!(out, "        /// `${variable}`\n        pub {}: FluentValue<'a>,", snake(variable));
        }
        out.push_str("    }\n\n");
    }
    out.push_str("}\n\n");
}

fn functions(out: &mut String, catalogue: &Catalogue) {
    out.push_str("impl Words {\n");
    for (id, entry) in varying(catalogue) {
        let single = entry.variables.iter().next().filter(|_| entry.variables.len() == 1);
        let (parameter, set): (String, Vec<String>) = match single {
            Some(name) => (
                format!("{}: impl Into<FluentValue<'a>>", snake(name)),
                vec![format!("        values.set({name:?}, {});\n", snake(name))],
            ),
            None => (
                format!("values_of: args::{}<'a>", pascal(id)),
                entry
                    .variables
                    .iter()
                    .map(|v| format!("        values.set({v:?}, values_of.{});\n", snake(v)))
                    .collect(),
            ),
        };
        let _ = writeln!(out, "    /// `{id}`: {}", doc(entry));
        let _ = writeln!(out, "    pub fn {}<'a>(&self, {parameter}) -> String {{", snake(id));
        let _ = writeln!(out, "        let mut values = FluentArgs::new();\n{}", set.concat().trim_end());
        let _ = writeln!(out, "        self.format({id:?}, Some(&values))\n    }}\n");
    }
    out.push_str("}\n\n");
    out.push_str("/// Every text with values, and the names of its values.\n");
    out.push_str("pub(crate) const VARYING: &[(&str, &[&str])] = &[\n");
    for (id, entry) in varying(catalogue) {
        let _ = writeln!(out, "    ({id:?}, &{:?}),", entry.variables.iter().collect::<Vec<_>>());
    }
    out.push_str("];\n");
}

fn fixed(catalogue: &Catalogue) -> impl Iterator<Item = (&String, &Entries)> {
    catalogue.messages.iter().filter(|(_, entry)| entry.variables.is_empty())
}

fn varying(catalogue: &Catalogue) -> impl Iterator<Item = (&String, &Entries)> {
    catalogue.messages.iter().filter(|(_, entry)| !entry.variables.is_empty())
}

fn doc(entry: &Entries) -> String {
    entry.text.replace(['[', ']', '`', '<', '>'], " ")
}

fn snake(id: &str) -> String {
    id.replace('-', "_")
}

fn pascal(id: &str) -> String {
    let words = id.split('-').map(|word| {
        let mut letters = word.chars();
        letters.next().map_or_else(String::new, |first| first.to_ascii_uppercase().to_string() + letters.as_str())
    });
    words.collect()
}
