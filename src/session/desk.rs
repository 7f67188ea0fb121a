//! What every state shares: the devices, the modes, the clock of this event, and the effects so far.
//!
//! No personal data lives here; that belongs to the states and goes with them.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use sha2::{Digest, Sha256};

use super::helped::Helped;
use super::{DeviceBoard, Effect, Loudness, Modes, Now, Pace, Prompt, SessionConfig, Ticket, Tone};
use crate::domain::{CertificateNumber, DeviceKind, DeviceState, Entry, ProjectNumber};

/// The shared part of the machine.
#[derive(Debug)]
pub(crate) struct Desk {
    pub config: SessionConfig,
    pub now: Now,
    pub modes: Modes,
    pub devices: DeviceBoard,
    /// A card lies on the reader, as far as the reader tells.
    pub card_lies: bool,
    pub ledger_works: bool,
    pub platform_works: bool,
    pub handwriting_works: bool,
    pub caption: Option<Prompt>,
    pub speaking: bool,
    /// Headphones are in.
    pub private: bool,
    /// Counts what was said, so that whoever reads out knows that something else came between.
    pub said: u32,
    /// Keys of a pad or keyboard were used in this visit: whoever goes by them needs more time than eyes do.
    pub by_keys: bool,
    /// A list is being read out to somebody.
    pub reads_out: bool,
    effects: Vec<Effect>,
    last_ticket: u64,
    chance: ChaCha8Rng,
    /// Salted digests of the running visit's credentials, to tell its card and code from another's.
    salt: [u8; 16],
    visitor: Vec<[u8; 32]>,
    helped: Helped,
}

impl Desk {
    pub fn new(config: SessionConfig, seed: u64, now: Now) -> Self {
        let mut chance = ChaCha8Rng::seed_from_u64(seed);
        let mut salt = [0; 16];
        chance.fill_bytes(&mut salt);
        let modes = start_modes(&config);
        Self {
            config,
            now,
            modes,
            devices: DeviceBoard::default(),
            card_lies: false,
            ledger_works: true,
            platform_works: true,
            handwriting_works: false,
            caption: None,
            speaking: false,
            private: false,
            said: 0,
            by_keys: false,
            reads_out: false,
            effects: Vec::new(),
            last_ticket: 0,
            chance,
            salt,
            visitor: Vec::new(),
            helped: Helped::default(),
        }
    }

    /// Sets the caption, and says it if voice is on.
    pub fn say(&mut self, prompt: Prompt) {
        self.caption = Some(prompt);
        if self.modes.voice {
            self.say_aloud(prompt);
        }
    }

    /// Says it whether voice is on or not: after a press that asks for it, or for a card left behind.
    pub fn say_aloud(&mut self, prompt: Prompt) {
        self.caption = Some(prompt);
        self.speaking = true;
        self.said = self.said.wrapping_add(1);
        self.effects.push(Effect::Speak(prompt));
    }

    pub fn hush(&mut self) {
        if self.speaking {
            self.speaking = false;
            self.effects.push(Effect::Hush);
        }
    }

    /// Pulled out, they take silence and the picture with them: the next word would be heard by the whole hall.
    pub fn headphones(&mut self, plugged: bool) {
        if self.private && !plugged {
            self.hush();
            self.modes.curtain = false;
        }
        self.private = plugged;
    }

    /// Covers the picture or opens it; only for somebody who can go on without it.
    pub fn draw_curtain(&mut self) {
        self.modes.curtain = !self.modes.curtain && self.listens_alone();
    }

    /// The modes as they show: nobody sits before a covered picture without hearing anything.
    pub fn shown_modes(&self) -> Modes {
        Modes { curtain: self.modes.curtain && self.listens_alone(), ..self.modes }
    }

    /// Whether amounts are said without a press: voice is on, and only one person hears it.
    pub fn listens_alone(&self) -> bool {
        self.private && self.modes.voice
    }

    pub fn tone(&mut self, tone: Tone) {
        self.effects.push(Effect::Tone(tone));
    }

    pub fn effect(&mut self, effect: Effect) {
        self.effects.push(effect);
    }

    pub fn take_effects(&mut self) -> Vec<Effect> {
        std::mem::take(&mut self.effects)
    }

    pub fn ticket(&mut self) -> Ticket {
        self.last_ticket += 1;
        Ticket(self.last_ticket)
    }

    /// The ticket given out last.
    pub fn last_ticket(&self) -> Ticket {
        Ticket(self.last_ticket)
    }

    pub fn store(&mut self, entry: Entry) -> Ticket {
        let ticket = self.ticket();
        self.effects.push(Effect::Store(ticket, entry));
        ticket
    }

    pub fn new_project(&mut self) -> ProjectNumber {
        let chance = self.chance.next_u64();
        ProjectNumber::compose(&self.config.province, &self.config.kiosk, self.now.wall.date(), chance)
    }

    /// Remembers a certificate number or a voucher of the running visit, as a salted digest only.
    pub fn remember_visitor(&mut self, credential: &str) {
        let digest = self.digest(credential);
        self.visitor.push(digest);
    }

    /// Whether this number or voucher belongs to the running visit.
    pub fn same_visitor(&self, credential: &str) -> bool {
        self.visitor.contains(&self.digest(credential))
    }

    /// Whether this helper may file for this relative today, of whom there may be so many.
    pub fn may_help(&mut self, helper: Option<&CertificateNumber>, relative: &CertificateNumber, max: u8) -> bool {
        self.helped.turn_to(self.now.wall.date(), &mut self.chance);
        self.helped.may_help(helper, relative, max)
    }

    /// A filing of this helper for this relative was handed over.
    pub fn note_helped(&mut self, helper: Option<&CertificateNumber>, relative: &CertificateNumber) {
        self.helped.turn_to(self.now.wall.date(), &mut self.chance);
        self.helped.note(helper, relative);
    }

    fn digest(&self, credential: &str) -> [u8; 32] {
        Sha256::new().chain_update(self.salt).chain_update(credential).finalize().into()
    }

    /// Has the runtime wipe every copy of the visit's strings, while the visit still has a rating to give.
    pub fn wipe_copies(&mut self) {
        self.effects.push(Effect::Wipe);
    }

    /// The visit is over: its copies go, and nobody is the same visitor any more.
    pub fn wipe(&mut self) {
        self.visitor.clear();
        self.chance.fill_bytes(&mut self.salt);
        self.wipe_copies();
    }

    /// Modes back to default: the next person chooses for themselves.
    pub fn reset_modes(&mut self) {
        let start = start_modes(&self.config);
        self.set_pace(start.pace);
        self.set_loudness(start.loudness);
        self.modes = start;
        self.by_keys = false;
    }

    /// Speaks at this pace from now on.
    pub fn set_pace(&mut self, pace: Pace) {
        if self.modes.pace != pace {
            self.modes.pace = pace;
            self.effects.push(Effect::Pace(pace));
        }
    }

    /// Sounds this loud from now on.
    pub fn set_loudness(&mut self, loudness: Loudness) {
        if self.modes.loudness != loudness {
            self.modes.loudness = loudness;
            self.effects.push(Effect::Loudness(loudness));
        }
    }

    pub fn device_changed(&mut self, kind: DeviceKind, state: DeviceState) {
        match kind {
            DeviceKind::IdReader => {
                self.devices.id_reader = state.usable();
                if !state.usable() {
                    self.card_lies = false;
                }
            }
            DeviceKind::Scanner => self.devices.scanner = state.usable(),
        }
    }

    /// Large letters, or going by ear.
    fn needs_time(&self) -> bool {
        self.modes.large_font || self.modes.explore || self.by_keys || self.reads_out
    }

    pub fn idle_prompt_ms(&self) -> u64 {
        let limits = &self.config.limits;
        if self.needs_time() { limits.idle_prompt_large_ms } else { limits.idle_prompt_ms }
    }

    pub fn idle_countdown_ms(&self) -> u64 {
        let limits = &self.config.limits;
        if self.needs_time() { limits.idle_countdown_large_ms } else { limits.idle_countdown_ms }
    }

    pub fn debounce_ms(&self) -> u64 {
        let limits = &self.config.limits;
        if self.modes.large_font { limits.debounce_large_ms } else { limits.debounce_ms }
    }
}

fn start_modes(config: &SessionConfig) -> Modes {
    Modes { voice: config.voice_at_start, language: config.language, loudness: config.loudness, ..Modes::default() }
}
