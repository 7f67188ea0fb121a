//! Scripted visits without a screen, one after the other: the real loop, ledger, devices' drivers and delivery on
//! the stand, and a line for every rating that was thanked for.
//!
//! For those who kill the program and count afterwards. Nothing is drawn and nothing is said aloud here.

use std::collections::BTreeSet;
use std::io::Write;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context, ensure};

use super::stand::Stand;
use super::{Kiosk, Mailbox, NoScreen, Post, Watch, Watched};
use crate::domain::{Level, Service};
use crate::ledger::{Class, Filter, Ledger};
use crate::maintenance::config::VoiceEngine;
use crate::session::{Event, IdentifyBy, Press, Screen, View};

/// What to rehearse.
#[derive(Debug, Clone, clap::Args)]
pub struct RehearsalOptions {
    /// Folder of the stand: ledger, key, and what its rating system accepted
    #[arg(long)]
    data: PathBuf,
    /// So many visits; afterwards everything is delivered
    #[arg(long, default_value_t = 1)]
    visits: u64,
}

/// A resident looks before pressing; the kiosk takes no press right after a screen came.
const LOOK: Duration = Duration::from_millis(420);
/// No step of a visit takes longer.
const STEP_MAX: Duration = Duration::from_secs(60);
/// How long delivery may take when the visits are over.
const DELIVERY_MAX: Duration = Duration::from_secs(60);
/// The invented resident who comes every time.
const RESIDENT: usize = 0;

/// `kiosk rehearse`. Says `ready`, then `thanked <record> <project>` for every rating the screen gave thanks for,
/// and `delivered` when the province has everything.
///
/// # Errors
/// The step that was not reached in time, or what did not start.
pub fn run(options: &RehearsalOptions, mut output: impl Write) -> anyhow::Result<()> {
    let stand = Stand::start(&options.data).with_context(|| format!("the stand in {}", options.data.display()))?;
    let mut config = stand.config()?;
    config.voice.engine = VoiceEngine::None;
    let mailbox = Mailbox::default();
    let post = mailbox.post();
    let (door, watch) = Watched::new(NoScreen);
    let kiosk = Kiosk::start(&config, Arc::new(door), mailbox)?;
    let mut said = ratings(kiosk.ledger())?;
    writeln!(output, "ready")?;
    for visit in 0..options.visits {
        let resident = Resident { stand: &stand, post: &post, by_voucher: visit % 2 == 1 };
        resident.visit(&watch, || {
            // Thanks are on the screen, so the rating is in the ledger; its row is the one not seen before.
            let now = ratings(kiosk.ledger())?;
            for (id, project) in now.difference(&said) {
                writeln!(output, "thanked {id} {project}")?;
            }
            ensure!(now.len() > said.len(), "thanks for a rating that is not in the ledger");
            said = now;
            Ok(output.flush()?)
        })?;
    }
    wait_delivered(kiosk.ledger())?;
    writeln!(output, "delivered")?;
    Ok(())
}

/// Id and project number of every rating the ledger has.
fn ratings(ledger: &Ledger) -> anyhow::Result<BTreeSet<(String, String)>> {
    let rows = ledger.list(Filter::All, u32::MAX)?;
    let ratings = rows.into_iter().filter(|row| row.class == Class::Rating.as_str());
    Ok(ratings.map(|row| (row.id.to_string(), row.matter)).collect())
}

fn wait_delivered(ledger: &Ledger) -> anyhow::Result<()> {
    let until = Instant::now() + DELIVERY_MAX;
    while ledger.counts()?.unsent() > 0 {
        ensure!(Instant::now() < until, "not everything was delivered within {DELIVERY_MAX:?}");
        std::thread::sleep(LOOK);
    }
    Ok(())
}

/// Somebody who follows the screen to the thanks and takes the card along.
struct Resident<'a> {
    stand: &'a Stand,
    post: &'a Post,
    by_voucher: bool,
}

impl Resident<'_> {
    fn visit(&self, watch: &Watch, mut thanked: impl FnMut() -> anyhow::Result<()>) -> anyhow::Result<()> {
        let (mut last, mut until, mut told) = ("", Instant::now() + STEP_MAX, false);
        loop {
            let view = watch.wait_for(|_| true, STEP_MAX)?;
            let screen = view.screen.name();
            if screen != last {
                (last, until) = (screen, Instant::now() + STEP_MAX);
            }
            ensure!(Instant::now() < until, "still at {screen}");
            let thanks = matches!(view.screen, Screen::Question { .. } | Screen::Thanks { rated: true, .. });
            if thanks && !std::mem::replace(&mut told, true) {
                thanked()?;
            }
            if told && matches!(view.screen, Screen::Standby(_) | Screen::Home { .. }) {
                return Ok(());
            }
            self.follow(&view);
            // A screen that stays is pressed again: a press right after a change counts for nothing.
            let _ = watch.wait_for(|next| next.screen.name() != screen, LOOK);
        }
    }

    /// What the screen asks for.
    fn follow(&self, view: &View) {
        match &view.screen {
            Screen::Standby(_) => self.press(Press::Start),
            Screen::Home { .. } => self.press(Press::Service(Service::Balance)),
            Screen::Identify(identify) => self.identify(identify.by),
            Screen::WhoAreYou { .. } => self.press(Press::ItIsMe),
            Screen::Balance(_) | Screen::NotInsured | Screen::Insured { .. } => self.press(Press::Finish),
            Screen::Rate(rate) if rate.storing => {}
            Screen::Rate(rate) if rate.complete => self.press(Press::SubmitRating),
            Screen::Rate(_) => self.press(Press::Level(Level::VerySatisfied)),
            Screen::Question { .. } => self.press(Press::SkipRating),
            Screen::Thanks { card_left: true, .. } => self.stand.lift(),
            Screen::Thanks { .. } => self.press(Press::Finish),
            Screen::Fault(_) => self.press(Press::TryAgain),
            _ => {}
        }
    }

    fn identify(&self, by: IdentifyBy) {
        match (by, self.by_voucher) {
            (IdentifyBy::IdCard, true) => self.press(Press::ByEVoucher),
            (IdentifyBy::EVoucher, true) => drop(self.stand.show(RESIDENT)),
            (IdentifyBy::IdCard, false) => drop(self.stand.lay(RESIDENT)),
            (IdentifyBy::EVoucher, false) => self.press(Press::ByIdCard),
        }
    }

    fn press(&self, press: Press) {
        self.post.event(Event::Press(press));
    }
}
