//! What happened, as one digest and the last lines of it. Same seed, same bytes.

use std::collections::VecDeque;

use sha2::{Digest, Sha256};

/// So many of the last lines are told with a failure.
const LINES_MAX: usize = 40;
/// The digest is fed in pieces of this size.
const BITE_BYTES: usize = 65_536;

/// The trace of a run. No wall time of the machine, no id drawn by chance and no name ever enters it.
#[derive(Default)]
pub(super) struct Trace {
    digest: Sha256,
    /// Lines not yet in the digest, which takes large bites.
    fresh: String,
    last: VecDeque<String>,
    pub steps: u64,
}

impl Trace {
    /// Writes a line down.
    pub fn line(&mut self, at_ms: u64, text: &str) {
        self.steps += 1;
        let line = format!("{at_ms} {text}");
        self.fresh.push_str(&line);
        self.fresh.push('\n');
        if self.fresh.len() > BITE_BYTES {
            self.digest.update(&self.fresh);
            self.fresh.clear();
        }
        if self.last.len() == LINES_MAX {
            self.last.pop_front();
        }
        self.last.push_back(line);
    }

    /// SHA-256 of all lines, and the last of them.
    pub fn finish(mut self) -> (String, Vec<String>) {
        self.digest.update(&self.fresh);
        (hex::encode(self.digest.finalize()), self.last.into())
    }
}
