//! The line to the province: what can happen to a request and to its answer.

use rand::RngExt;
use rand_chacha::ChaCha8Rng;

use crate::delivery::national::Reply;
use crate::delivery::{DeliveryFailure, Transport};

/// A whole request with its answer takes no longer; then it counts as lost.
const TIMEOUT_MS: u64 = 30_000;

/// What becomes of one request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    /// Arrives and is answered.
    Through,
    /// Arrives twice and is answered once.
    Twice,
    /// Never arrives.
    RequestLost,
    /// Arrives; the answer never does.
    ReplyLost,
    /// Arrives long after it was given up.
    ArrivesLate,
    /// Arrives; the answer drips in until the patience is over.
    DripsTooSlowly,
    /// Arrives and works, and still a gateway answers 502.
    GatewayFailsAfter,
    /// A gateway answers in the province's stead.
    GatewayFails,
    /// A log-in page answers in the province's stead.
    LogInPage,
    /// Half an answer.
    HalfAnswer,
    /// It is asked to come back later.
    NotYet,
}

const CLUMSY: [Fate; 10] = [
    Fate::Twice,
    Fate::RequestLost,
    Fate::ReplyLost,
    Fate::ArrivesLate,
    Fate::DripsTooSlowly,
    Fate::GatewayFailsAfter,
    Fate::GatewayFails,
    Fate::LogInPage,
    Fate::HalfAnswer,
    Fate::NotYet,
];

/// What the kiosk gets to see in the end.
pub(super) enum Seen {
    /// This answer, to be judged.
    Reply(Reply),
    /// Nothing, or nothing in time.
    Nothing(Transport),
}

impl Fate {
    /// Three requests in ten go wrong somehow.
    pub fn draw(chance: &mut ChaCha8Rng) -> Self {
        if chance.random_bool(0.3) { CLUMSY[chance.random_range(0..CLUMSY.len())] } else { Self::Through }
    }

    /// When it arrives after it was sent, if it does; a second arrival for a duplicate.
    pub fn arrivals_ms(self, chance: &mut ChaCha8Rng) -> Vec<u64> {
        let soon_ms = chance.random_range(5..800);
        match self {
            Self::RequestLost | Self::GatewayFails | Self::LogInPage | Self::NotYet => vec![],
            Self::Twice => vec![soon_ms, soon_ms + chance.random_range(1..5_000)],
            Self::ArrivesLate => vec![TIMEOUT_MS + chance.random_range(1..600_000)],
            _ => vec![soon_ms],
        }
    }

    /// How long after it was sent the kiosk knows what became of it.
    pub fn known_ms(self, chance: &mut ChaCha8Rng) -> u64 {
        match self {
            Self::RequestLost | Self::ReplyLost | Self::ArrivesLate | Self::DripsTooSlowly => TIMEOUT_MS,
            _ => chance.random_range(800..3_000),
        }
    }

    /// What is seen when the province answered this, or was never asked.
    pub fn seen(self, answer: Option<Reply>) -> Seen {
        let page = |status, body: &str, retry_after_s| {
            Seen::Reply(Reply { status, described: None, retry_after_s, body: body.as_bytes().to_vec() })
        };
        match (self, answer) {
            (Self::Through | Self::Twice, Some(answer)) => Seen::Reply(answer),
            (Self::HalfAnswer, Some(mut answer)) => {
                answer.body.truncate(answer.body.len() / 2);
                Seen::Reply(answer)
            }
            (Self::GatewayFailsAfter | Self::GatewayFails, _) => page(502, "<html>502 Bad Gateway</html>", None),
            (Self::LogInPage, _) => page(200, "<html>请登录</html>", None),
            (Self::NotYet, _) => page(503, "", Some(20)),
            _ => Seen::Nothing(Transport::TimedOut),
        }
    }
}

/// What a line that is down gives at once.
pub(super) fn unreachable() -> DeliveryFailure {
    Transport::Unreachable.into()
}
