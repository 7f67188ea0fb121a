//! Public notices of the standby screen, each a Markdown file in a folder a hall can edit.
//!
//! The first heading is the title, everything below it the text; emphasis, links and pictures lose their form. Files go
//! by their names. One that cannot be shown is left out and said, the others stand.

use std::io;
use std::path::{Path, PathBuf};

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use crate::words::is_wide;

/// Chinese characters of a title that fit on two lines in large font.
pub const TITLE_CHARACTERS_MAX: usize = 18;
/// Chinese characters of a text that fit below it on the smallest panel.
pub const TEXT_CHARACTERS_MAX: usize = 40;
/// Notices one after the other; nobody waits for more.
pub const NOTICES_MAX: usize = 12;

/// A notice that is left out, and why.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the notice {path:?} is left out: {reason}")]
pub struct WrongNotice {
    /// The file.
    pub path: PathBuf,
    /// What is wrong with it.
    pub reason: String,
}

/// Title and text.
pub type Notice = (String, String);

/// Reads a folder: the notices in the order of the file names, and what is left out.
///
/// # Errors
/// When the folder itself cannot be read.
pub fn read_folder(folder: &Path) -> io::Result<(Vec<Notice>, Vec<WrongNotice>)> {
    let mut paths = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        // An editor's drafts begin with a dot; anything but Markdown is somebody's own.
        let hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
        if !hidden && path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("md")) {
            paths.push(path);
        }
    }
    paths.sort();
    let (mut notices, mut wrong) = (Vec::new(), Vec::new());
    for path in paths {
        let read = std::fs::read_to_string(&path).map_err(|error| error.to_string()).and_then(|text| parse(&text));
        match read {
            Ok(_) if notices.len() == NOTICES_MAX => {
                wrong.push(WrongNotice {
                    path,
                    reason: format!("there are {NOTICES_MAX} before it, the most that are shown"),
                });
            }
            Ok(notice) => notices.push(notice),
            Err(reason) => wrong.push(WrongNotice { path, reason }),
        }
    }
    Ok((notices, wrong))
}

/// Title and text of one notice.
///
/// # Errors
/// Says what is missing or too long.
pub fn parse(markdown: &str) -> Result<Notice, String> {
    let (mut title, mut text) = (String::new(), String::new());
    let (mut in_title, mut skipped) = (false, 0_u32);
    for event in Parser::new_ext(markdown, Options::empty()) {
        let untitled = title.is_empty();
        let into = if in_title { &mut title } else { &mut text };
        match event {
            Event::Start(Tag::Heading { .. }) if untitled => in_title = true,
            Event::End(TagEnd::Heading(_)) if in_title => in_title = false,
            // What stands for a picture is no sentence.
            Event::Start(Tag::Image { .. }) => skipped += 1,
            Event::End(TagEnd::Image) => skipped -= 1,
            Event::Start(Tag::Paragraph | Tag::Item | Tag::Heading { .. }) => apart(into),
            Event::Text(words) | Event::Code(words) if skipped == 0 => into.push_str(words.trim_end_matches('\n')),
            Event::SoftBreak | Event::HardBreak => join(into),
            _ => {}
        }
    }
    let (title, text) = (title.trim().to_owned(), text.trim().to_owned());
    let too_long = |what: &str, words: &str, most: usize| {
        let wide = words.chars().filter(|character| is_wide(*character)).count();
        // Latin letters and figures take half the width.
        let count = wide + (words.chars().count() - wide).div_ceil(2);
        (count > most).then(|| format!("its {what} is {count} characters wide, at most {most} fit on the screen"))
    };
    if title.is_empty() {
        return Err("it has no title; its first line must be a heading: # 标题".into());
    }
    too_long("title", &title, TITLE_CHARACTERS_MAX)
        .or_else(|| too_long("text", &text, TEXT_CHARACTERS_MAX))
        .map_or(Ok((title, text)), Err)
}

/// Another paragraph begins: a new sentence, and in a language with spaces a space before it.
fn apart(text: &mut String) {
    if let Some(last) = text.chars().last() {
        let ended = last.is_whitespace() || "。！？；：，.!?;:,".contains(last);
        text.push_str(match (ended, is_wide(last)) {
            (false, true) => "；",
            (false, false) => "; ",
            (true, true) => "",
            (true, false) => " ",
        });
    }
}

/// A line ends within a sentence; Chinese goes on without a space.
fn join(text: &mut String) {
    if text.chars().last().is_some_and(|last| !is_wide(last)) {
        text.push(' ');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(markdown: &str, title: &str, text: &str) {
        assert_eq!(parse(markdown), Ok((title.to_owned(), text.to_owned())), "{markdown}");
    }

    #[test]
    fn a_heading_and_what_stands_below_it() {
        check("# 缴费开始了\n\n到 12 月 31 日为止，\n可以到窗口缴", "缴费开始了", "到 12 月 31 日为止，可以到窗口缴");
        check("缴费开始了\n===\n**可以**到[窗口](https://example.org)缴", "缴费开始了", "可以到窗口缴");
        check("# 科室\n\n- 一楼：登记\n- 二楼：结算\n", "科室", "一楼：登记；二楼：结算");
        check("# 科室\n\n一楼登记。\n\n二楼结算。", "科室", "一楼登记。二楼结算。");
        check(
            "# Opening hours\n\nMonday to Friday\n9 to 5\n\nClosed on holidays",
            "Opening hours",
            "Monday to Friday 9 to 5; Closed on holidays",
        );
        check("# 只有标题", "只有标题", "");
        check("# 图\n\n![别的](a.png)看得见", "图", "看得见");
    }

    #[test]
    fn what_cannot_be_shown_says_why() {
        let refused = |markdown: &str, why: &str| {
            let reason = parse(markdown).unwrap_err();
            assert!(reason.contains(why), "{reason}");
        };
        refused("没有标题", "no title");
        refused("", "no title");
        refused(&format!("# {}", "长".repeat(19)), "at most 18");
        refused(&format!("# 短\n\n{}", "长".repeat(41)), "at most 40");
        assert!(parse(&format!("# {}", "a".repeat(36))).is_ok());
    }

    #[test]
    fn a_folder_is_read_by_name_and_a_bad_file_keeps_no_good_one_away() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, bytes: &[u8]| std::fs::write(folder.path().join(name), bytes).unwrap();
        write("2.md", "# 二".as_bytes());
        write("1.MD", "# 一".as_bytes());
        write("3.md", b"\xff\xfe no text");
        write(".4.md", "# 没写完".as_bytes());
        write("5.txt", "# 别的".as_bytes());
        let (notices, wrong) = read_folder(folder.path()).unwrap();
        assert_eq!(notices, [("一".to_owned(), String::new()), ("二".to_owned(), String::new())]);
        assert_eq!(wrong.len(), 1);
        assert!(wrong[0].to_string().contains("3.md"), "{}", wrong[0]);
        assert!(read_folder(&folder.path().join("gone")).is_err());
    }

    #[test]
    fn there_is_an_end_to_notices() {
        let folder = tempfile::tempdir().unwrap();
        for number in 10..10 + NOTICES_MAX + 2 {
            std::fs::write(folder.path().join(format!("{number}.md")), format!("# 第{number}条")).unwrap();
        }
        let (notices, wrong) = read_folder(folder.path()).unwrap();
        assert_eq!((notices.len(), wrong.len()), (NOTICES_MAX, 2));
    }
}
