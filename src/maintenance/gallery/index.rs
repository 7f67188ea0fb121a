//! The page to look through the pictures with: thumbnails, and buttons that show only some. Plain HTML and CSS.

use std::collections::BTreeSet;
use std::fmt::Write;

use crate::words::tag;

use super::Shot;

/// Everything but the choices and the pictures.
const HEAD: &str = "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Every screen</title><style>
body { font: 16px sans-serif; margin: 16px; background: #f6f3ec; color: #16202b }
fieldset { display: inline-block; border: 1px solid #857e70; border-radius: 8px; margin: 0 8px 8px 0; background: #fff }
label { margin-right: 10px }
main { display: flex; flex-wrap: wrap; gap: 16px; margin-top: 16px }
figure { margin: 0; width: 270px }
figure.wide { width: 480px }
img { width: 100%; height: auto; border: 1px solid #857e70 }
figcaption { font-size: 13px; overflow-wrap: anywhere }
";

/// The whole page.
pub(super) fn html(shots: &[Shot]) -> String {
    let facts: Vec<[String; 5]> = shots.iter().map(facts).collect();
    let groups = ["panel", "font", "colours", "language", "screen"];
    let mut style = String::new();
    let mut choices = String::new();
    for (place, group) in groups.into_iter().enumerate() {
        let values: BTreeSet<&str> = facts.iter().map(|fact| fact[place].as_str()).collect();
        choose(group, &values, &mut style, &mut choices);
    }
    let mut pictures = String::new();
    for (shot, fact) in shots.iter().zip(&facts) {
        let (width, height) = shot.panel.pixels();
        let classes: Vec<String> = groups.iter().zip(fact).map(|(group, value)| class(group, value)).collect();
        let wide = if width > height { " wide" } else { "" };
        // Writing to a string cannot fail.
        let _ = writeln!(
            pictures,
            "<figure class=\"{}{wide}\"><a href=\"{file}\"><img loading=\"lazy\" src=\"{file}\" width=\"{width}\" \
             height=\"{height}\" alt=\"\"></a><figcaption>{}<br>{}{}</figcaption></figure>",
            classes.join(" "),
            shot.screen,
            fact[..4].join(" · "),
            faults(shot),
            file = shot.file,
        );
    }
    format!(
        "{HEAD}{style}</style></head><body>\n<h1>{} pictures</h1>\n{choices}<main>\n{pictures}</main></body></html>\n",
        shots.len()
    )
}

/// What is wrong with a picture, below it.
fn faults(shot: &Shot) -> String {
    let escaped = |fault: &String| fault.replace('&', "&amp;").replace('<', "&lt;");
    shot.faults.iter().map(|fault| format!("<br><b>{}</b>", escaped(fault))).collect()
}

/// Panel, font, colours, language, screen.
fn facts(shot: &Shot) -> [String; 5] {
    let modes = shot.modes;
    let screen = shot.screen.split('-').next().unwrap_or(&shot.screen);
    [
        shot.panel.name().into(),
        if modes.large_font { "large" } else { "standard" }.into(),
        if modes.contrast { "contrast" } else { "day" }.into(),
        tag(modes.language).into(),
        screen.into(),
    ]
}

/// One group of choices: “all”, or one value. A chosen value hides every picture that is of another.
fn choose(group: &str, values: &BTreeSet<&str>, style: &mut String, choices: &mut String) {
    let _ = write!(
        choices,
        "<fieldset><legend>{group}</legend><label><input type=\"radio\" name=\"{group}\" checked>all</label>"
    );
    for value in values {
        let class = class(group, value);
        let _ = write!(choices, "<label><input type=\"radio\" name=\"{group}\" id=\"{class}\">{value}</label>");
        let _ = writeln!(style, "body:has(#{class}:checked) figure:not(.{class}) {{ display: none }}");
    }
    choices.push_str("</fieldset>\n");
}

/// A value as a name in a style sheet.
fn class(group: &str, value: &str) -> String {
    format!("{group}-{}", value.replace('.', "_"))
}

#[cfg(test)]
mod tests {
    use crate::maintenance::config::Panel;
    use crate::maintenance::screen_audit::{Check, Setting, Violation};
    use crate::session::{Language, Modes};

    use super::*;

    #[test]
    fn every_picture_is_on_the_page_and_can_be_chosen() {
        let modes = [Modes::default(), Modes { large_font: true, language: Language::En, ..Modes::default() }];
        let of = |panel: Panel| modes.map(|modes| Setting { screen: "home", page: 1, panel, modes });
        let settings: Vec<Setting> = Panel::ALL.into_iter().flat_map(of).collect();
        let fault = |setting: Setting| Violation {
            setting,
            check: Check::Fit,
            element: "“<b>”".into(),
            measured: "9 × 9".into(),
            wanted: "more".into(),
        };
        let shots: Vec<Shot> = settings.into_iter().map(|setting| Shot::new(&setting, &[fault(setting)])).collect();
        let page = html(&shots);
        for shot in &shots {
            assert_eq!(page.matches(&format!("src=\"{}\"", shot.file)).count(), 1, "{}", shot.file);
        }
        for part in
            ["id=\"panel-15_6-landscape\"", "figure:not(.language-en)", "loading=\"lazy\"", "home-page-2", "&lt;b>"]
        {
            assert!(page.contains(part), "{part}");
        }
    }
}
