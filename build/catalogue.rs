//! Reads one language's Fluent files and tells what is wrong with them, with file and line.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use fluent_syntax::ast::{CallArguments, Entry, Expression, InlineExpression, Message, Pattern, PatternElement};
use fluent_syntax::parser;

/// The only attribute in use: what is said where it differs from what is shown.
const SPOKEN: &str = "spoken";

/// All messages of one language.
pub struct Catalogue {
    /// Its tag, which is its folder's name.
    pub language: String,
    /// Its files, from the root of the package, sorted.
    pub files: Vec<String>,
    /// Its messages by id.
    pub messages: BTreeMap<String, Entries>,
    terms: BTreeSet<String>,
}

/// What is known of one message.
pub struct Entries {
    /// `file:line` of its id.
    pub place: String,
    /// Its text as written, one line, for a doc comment.
    pub text: String,
    /// Variables of its value.
    pub variables: BTreeSet<String>,
    /// Whether it has `.spoken`.
    pub spoken: bool,
}

/// Reads every `.ftl` file of a language; the error lists all mistakes at once.
pub fn read(root: &Path, language: &str) -> Result<Catalogue, Vec<String>> {
    let mut catalogue =
        Catalogue { language: language.into(), files: Vec::new(), messages: BTreeMap::new(), terms: BTreeSet::new() };
    let mut mistakes = Vec::new();
    let mut uses = Vec::new();
    for path in list(&root.join("locales").join(language))? {
        let file = path.strip_prefix(root).unwrap_or(&path).to_string_lossy().replace('\\', "/");
        let source = fs::read_to_string(&path).map_err(|e| vec![format!("{file}: {e}")])?;
        read_file(&mut catalogue, &file, &source, &mut uses, &mut mistakes);
        catalogue.files.push(file);
    }
    for (place, term) in uses {
        if !catalogue.terms.contains(&term) {
            mistakes.push(format!("{place}: the term -{term} does not exist"));
        }
    }
    if mistakes.is_empty() { Ok(catalogue) } else { Err(mistakes) }
}

/// What the second language lacks or has too much, measured by the first.
pub fn compare(reference: &Catalogue, other: &Catalogue) -> Vec<String> {
    let mut mistakes = missing(reference, other);
    mistakes.extend(missing(other, reference));
    for (id, ours) in &reference.messages {
        let Some(theirs) = other.messages.get(id) else { continue };
        if ours.variables != theirs.variables {
            mistakes.push(format!(
                "{}: {id} uses the variables {:?}, but {} uses {:?}",
                theirs.place, theirs.variables, ours.place, ours.variables
            ));
        }
        if ours.spoken != theirs.spoken {
            let (with, without) = if ours.spoken { (ours, theirs) } else { (theirs, ours) };
            mistakes.push(format!("{}: {id} lacks .spoken, which {} has", without.place, with.place));
        }
    }
    mistakes
}

fn missing(from: &Catalogue, of: &Catalogue) -> Vec<String> {
    let lacking = from.messages.iter().filter(|(id, _)| !of.messages.contains_key(*id));
    lacking.map(|(id, entry)| format!("{}: locales/{} lacks the message {id}", entry.place, of.language)).collect()
}

fn list(folder: &Path) -> Result<Vec<PathBuf>, Vec<String>> {
    let failed = |e: std::io::Error| vec![format!("{}: {e}", folder.display())];
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        if path.extension().is_some_and(|extension| extension == "ftl") {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

fn read_file(
    catalogue: &mut Catalogue,
    file: &str,
    source: &str,
    uses: &mut Vec<(String, String)>,
    mistakes: &mut Vec<String>,
) {
    let resource = match parser::parse(source) {
        Ok(resource) => resource,
        Err((_, errors)) => {
            mistakes.extend(errors.iter().map(|e| format!("{file}:{}: {e}", line_at(source, e.pos.start))));
            return;
        }
    };
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for entry in &resource.body {
        match entry {
            Entry::Message(message) => {
                let nth = seen.entry(message.id.name).or_default();
                let place = format!("{file}:{}", line_of(source, message.id.name, *nth));
                *nth += 1;
                read_message(catalogue, message, &place, uses, mistakes);
            }
            Entry::Term(term) => {
                catalogue.terms.insert(term.id.name.to_owned());
            }
            _ => {}
        }
    }
}

fn read_message(
    catalogue: &mut Catalogue,
    message: &Message<&str>,
    place: &str,
    uses: &mut Vec<(String, String)>,
    mistakes: &mut Vec<String>,
) {
    let id = message.id.name;
    if !id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-') {
        mistakes.push(format!("{place}: {id}: an id is written in lower case with hyphens"));
    }
    let Some(value) = &message.value else {
        mistakes.push(format!("{place}: {id} has no text"));
        return;
    };
    let mut found = Found::default();
    found.pattern(value);
    for attribute in &message.attributes {
        let mut inside = Found::default();
        inside.pattern(&attribute.value);
        if attribute.id.name != SPOKEN || !inside.variables.is_empty() || !found.variables.is_empty() {
            mistakes.push(format!("{place}: {id}: only .spoken is allowed, and only where nothing varies"));
        }
        found.terms.append(&mut inside.terms);
    }
    if !found.messages.is_empty() {
        mistakes.push(format!("{place}: {id} refers to another message; use a term (-name) instead"));
    }
    uses.extend(found.terms.into_iter().map(|term| (place.to_owned(), term)));
    let entry = Entries {
        place: place.to_owned(),
        text: as_written(value),
        variables: found.variables,
        spoken: !message.attributes.is_empty(),
    };
    if let Some(first) = catalogue.messages.insert(id.to_owned(), entry) {
        mistakes.push(format!("{place}: {id} exists already at {}", first.place));
    }
}

#[derive(Default)]
struct Found {
    variables: BTreeSet<String>,
    terms: BTreeSet<String>,
    messages: BTreeSet<String>,
}

impl Found {
    fn pattern(&mut self, pattern: &Pattern<&str>) {
        for element in &pattern.elements {
            if let PatternElement::Placeable { expression } = element {
                self.expression(expression);
            }
        }
    }

    fn expression(&mut self, expression: &Expression<&str>) {
        match expression {
            Expression::Inline(inline) => self.inline(inline),
            Expression::Select { selector, variants } => {
                self.inline(selector);
                variants.iter().for_each(|variant| self.pattern(&variant.value));
            }
        }
    }

    fn inline(&mut self, inline: &InlineExpression<&str>) {
        match inline {
            InlineExpression::VariableReference { id } => {
                self.variables.insert(id.name.to_owned());
            }
            InlineExpression::MessageReference { id, .. } => {
                self.messages.insert(id.name.to_owned());
            }
            InlineExpression::TermReference { id, arguments, .. } => {
                self.terms.insert(id.name.to_owned());
                arguments.iter().for_each(|arguments| self.arguments(arguments));
            }
            InlineExpression::FunctionReference { arguments, .. } => self.arguments(arguments),
            InlineExpression::Placeable { expression } => self.expression(expression),
            InlineExpression::StringLiteral { .. } | InlineExpression::NumberLiteral { .. } => {}
        }
    }

    fn arguments(&mut self, arguments: &CallArguments<&str>) {
        arguments.positional.iter().for_each(|argument| self.inline(argument));
        arguments.named.iter().for_each(|argument| self.inline(&argument.value));
    }
}

fn as_written(pattern: &Pattern<&str>) -> String {
    let pieces = pattern.elements.iter().map(|element| match element {
        PatternElement::TextElement { value } => value.replace('\n', " "),
        PatternElement::Placeable { .. } => "…".into(),
    });
    pieces.collect()
}

fn line_at(source: &str, position: usize) -> usize {
    source.bytes().take(position).filter(|b| *b == b'\n').count() + 1
}

/// The parser keeps no places of messages; an id stands at the head of its line.
fn line_of(source: &str, id: &str, nth: usize) -> usize {
    let heads = source
        .lines()
        .enumerate()
        .filter(|(_, line)| line.strip_prefix(id).is_some_and(|rest| rest.trim_start().starts_with('=')));
    heads.map(|(index, _)| index + 1).nth(nth).unwrap_or(1)
}
