//! Nobody has pressed for a while: the prompt, the countdown, and the end.

use super::Overlay;
use super::desk::Desk;
use super::states::IdleRule;

/// How long nobody has touched anything, and what follows from it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Idle {
    last_touch_ms: u64,
    counting_since_ms: Option<u64>,
}

/// What the passing of time calls for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum IdleStep {
    /// Nothing.
    Wait,
    /// The prompt appears now.
    Ask,
    /// The countdown has run out.
    End,
}

impl Idle {
    pub fn new(now_ms: u64) -> Self {
        Self { last_touch_ms: now_ms, counting_since_ms: None }
    }

    /// Somebody is here.
    pub fn touch(&mut self, now_ms: u64) {
        *self = Self::new(now_ms);
    }

    pub fn counting(&self) -> bool {
        self.counting_since_ms.is_some()
    }

    pub fn step(&mut self, rule: IdleRule, desk: &Desk) -> IdleStep {
        let now_ms = desk.now.tick_ms;
        if rule == IdleRule::Never {
            self.touch(now_ms);
            return IdleStep::Wait;
        }
        match self.counting_since_ms {
            None if now_ms.saturating_sub(self.last_touch_ms) >= desk.idle_prompt_ms() => {
                self.counting_since_ms = Some(now_ms);
                IdleStep::Ask
            }
            Some(since_ms) if now_ms.saturating_sub(since_ms) >= desk.idle_countdown_ms() => IdleStep::End,
            None | Some(_) => IdleStep::Wait,
        }
    }

    /// The countdown as it stands, for the overlay.
    pub fn overlay(&self, desk: &Desk) -> Option<Overlay> {
        let since_ms = self.counting_since_ms?;
        let of_ms = desk.idle_countdown_ms();
        let left_ms = of_ms.saturating_sub(desk.now.tick_ms.saturating_sub(since_ms));
        Some(Overlay::Idle { left_s: left_ms.div_ceil(1000), of_s: of_ms / 1000 })
    }
}
