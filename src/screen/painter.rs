//! Puts one view after the other on the glass, changing only what differs, and forgets the last one.

use slint::ComponentHandle;

use crate::session::{Overlay, Screen as Shown, View};
use crate::words::{Trial, Words};

use super::ScreenOptions;
use super::adapters::{self, Setting};
use super::fonts::{Fonts, make_drawable};
use super::forget::forget;
use super::generated::{App, Tr};

include!(concat!(env!("OUT_DIR"), "/tr_fill.rs"));

/// What was shown last, and the words it was shown with.
pub(super) struct Painter {
    options: ScreenOptions,
    fonts: Fonts,
    words: Option<Words>,
    trial: Option<Trial>,
    last: Option<View>,
}

impl Painter {
    /// Nothing shown yet.
    pub(super) fn new(options: ScreenOptions, fonts: Fonts) -> Self {
        Self { options, fonts, words: None, trial: None, last: None }
    }

    /// Shows every view in these words from now on, for the audit.
    pub(super) fn try_out(&mut self, trial: Trial) {
        self.trial = Some(trial);
        self.words = None;
    }

    /// Shows a view; one equal to the last changes nothing.
    pub(super) fn paint(&mut self, app: &App, mut view: View) {
        let language = view.modes.language;
        let other_language = self.words.as_ref().is_none_or(|words| words.language() != language);
        if other_language {
            let words = self.trial.map_or_else(|| Words::new(language), Words::trial);
            fill_tr(&app.global::<Tr<'_>>(), &words);
            self.words = Some(words);
        }
        let Some(words) = &self.words else { return };
        make_drawable(&mut view.screen, &mut self.fonts, words);
        if self.last.as_ref() == Some(&view) {
            forget(&mut view);
            return;
        }
        if other_language {
            adapters::fill_options(app, &self.options, words);
        }
        let idle = covers(&view);
        let same_screen = self.last.as_ref().is_some_and(|last| last.screen == view.screen && covers(last) == idle);
        if other_language || !same_screen {
            adapters::fill(app, &view.screen, Setting { words, options: &self.options, covered: idle });
        }
        adapters::fill_shell(app, &view, words, idle || covered_by_hand(&view.screen));
        self.forget_last();
        self.last = Some(view);
    }

    /// Other public notices from now on.
    pub(super) fn pin_up(&mut self, app: &App, notices: Vec<(String, String)>) {
        self.options.notices = notices;
        adapters::fill_notices(app, &self.options);
    }

    /// Blanks every model and forgets the last view; the next one is painted whole.
    pub(super) fn wipe(&mut self, app: &App) {
        adapters::blank_all_but(app, None);
        app.global::<super::generated::Shell<'_>>().set_caption(slint::SharedString::new());
        self.forget_last();
    }

    fn forget_last(&mut self) {
        if let Some(mut last) = self.last.take() {
            forget(&mut last);
        }
    }
}

fn covers(view: &View) -> bool {
    matches!(view.overlay, Some(Overlay::Idle { .. }))
}

fn covered_by_hand(shown: &Shown) -> bool {
    match shown {
        Shown::Balance(balance) => balance.covered,
        Shown::Movements(movements) => movements.covered,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use slint::Model;

    use super::super::generated::{
        AskModel, BalanceModel, CarryModel, DigitsModel, FiledModel, FilingsModel, InsuredModel, MovementsModel,
        PersonModel, RateModel, ReviewModel, Shell, WritingModel,
    };
    use super::super::window::{Display, Screen};
    use super::super::{ScreenOptions, fixtures};
    use super::*;

    /// Every string that could name a person or an amount, in every model at once.
    fn kept(app: &App) -> Vec<String> {
        let (person, balance) = (app.global::<PersonModel<'_>>(), app.global::<BalanceModel<'_>>());
        let (insured, rate) = (app.global::<InsuredModel<'_>>(), app.global::<RateModel<'_>>());
        let movements = app.global::<MovementsModel<'_>>();
        let single = [
            person.get_name(),
            person.get_number(),
            balance.get_title(),
            balance.get_yuan(),
            balance.get_decimals(),
            balance.get_words(),
            balance.get_main_line(),
            insured.get_title(),
            movements.get_page_text(),
            rate.get_question(),
            app.global::<Shell<'_>>().get_caption(),
        ];
        let (latest, all_lines) = (balance.get_movements(), movements.get_lines());
        let in_pieces = person.get_pieces().iter().map(|piece| piece.text).collect::<Vec<_>>();
        let rows = latest.iter().chain(all_lines.iter()).map(|row| row.what);
        let (others, insurances) = (balance.get_others(), insured.get_accounts());
        let accounts = others.iter().chain(insurances.iter()).map(|row| row.area);
        let filing = filing_kept(app);
        let code = Some(rate.get_phone_code()).filter(|code| code.size().width > 0).map(|_| "a code".into());
        let all = single.into_iter().chain(rows).chain(accounts).chain(code);
        all.chain(filing).chain(in_pieces).filter(|text| !text.is_empty()).map(String::from).collect()
    }

    fn filing_kept(app: &App) -> Vec<slint::SharedString> {
        let (writing, digits) = (app.global::<WritingModel<'_>>(), app.global::<DigitsModel<'_>>());
        let (review, filed) = (app.global::<ReviewModel<'_>>(), app.global::<FiledModel<'_>>());
        let (filings, ask) = (app.global::<FilingsModel<'_>>(), app.global::<AskModel<'_>>());
        let single = [
            writing.get_text(),
            writing.get_letters(),
            writing.get_ink(),
            digits.get_text(),
            digits.get_on_record(),
            review.get_route(),
            filed.get_number(),
            filed.get_what(),
            filed.get_who(),
            filings.get_title(),
        ];
        let rows = review.get_lines().iter().map(|row| row.value).collect::<Vec<_>>();
        let lines = filings.get_lines().iter().map(|row| row.place).collect::<Vec<_>>();
        let choices = ask.get_choices().iter().map(|row| row.title).collect::<Vec<_>>();
        let matches = writing.get_matches().iter().map(|row| row.title).collect::<Vec<_>>();
        let candidates = writing.get_candidates().iter().collect::<Vec<_>>();
        let codes = [filed.get_code(), app.global::<CarryModel<'_>>().get_code()];
        let codes = codes.into_iter().filter(|code| code.size().width > 0).map(|_| "a code".into());
        single.into_iter().chain(codes).chain([rows, lines, choices, matches, candidates].concat()).collect()
    }

    const PERSONAL: [&str; 14] = [
        "who-are-you",
        "balance-several",
        "movements",
        "insured",
        "rate-by-phone",
        "question",
        "ask-relative",
        "writing",
        "writing-pinyin",
        "digits",
        "review-helped",
        "filed",
        "filings-several",
        "carry",
    ];

    fn check(leave: impl Fn(&Screen)) {
        let screen = Screen::open(Display::Still { width: 1080, height: 1920 }, ScreenOptions::default(), |_| {})
            .expect("a window drawn nowhere");
        for name in PERSONAL {
            let fixture = fixtures::all().into_iter().find(|fixture| fixture.name == name).expect("a fixture");
            screen.show_now(fixture.view);
            assert!(!kept(screen.app()).is_empty(), "{name} shows nothing to forget");
            leave(&screen);
            assert_eq!(kept(screen.app()), Vec::<String>::new(), "{name}");
        }
    }

    #[test]
    fn a_screen_that_is_left_is_blank() {
        check(|screen| {
            let mut next = fixtures::all().remove(0).view;
            next.caption = None;
            screen.show_now(next);
        });
    }

    #[test]
    fn a_wipe_blanks_the_screen_that_stays() {
        check(Screen::wipe_now);
    }

    #[test]
    fn a_forgotten_view_holds_nothing() {
        for mut fixture in fixtures::all() {
            forget(&mut fixture.view);
            let debug = format!("{:?}", fixture.view);
            for part in [
                fixtures::NAME,
                fixtures::NUMBER,
                "荣成",
                "威海市",
                "123456",
                "8640",
                "花家地",
                "138 0000",
                "李*英",
                "YB2026",
            ] {
                assert!(!debug.contains(part), "{} keeps {part}", fixture.name);
            }
        }
    }
}
