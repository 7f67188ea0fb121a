//! What a visit leaves behind on purpose: the entries the ledger keeps and the province receives.

use super::filing::FilingRequest;
use super::{Matter, ProjectNumber, Rating};

/// What the ledger keeps.
#[derive(Clone, PartialEq, Eq)]
pub enum Entry {
    /// A finished matter (服务数据). It reaches the province before its rating does.
    Service {
        /// The matter.
        matter: Matter,
        /// For whom, as the national interface requires (userName, certKey).
        name: String,
        /// Certificate number of the resident; empty where the credential carried none.
        certificate: String,
    },
    /// The rating of a finished matter.
    Rating {
        /// The matter rated.
        project: ProjectNumber,
        /// The rating.
        rating: Rating,
        /// When it was given, local time.
        at: jiff::civil::DateTime,
    },
    /// Answers to the questionnaire of a matter: question number, choice number.
    Answers {
        /// The matter asked about.
        project: ProjectNumber,
        /// Pairs of question and choice, each counted from 0.
        answers: Vec<(u8, u8)>,
        /// When the last was given, local time.
        at: jiff::civil::DateTime,
    },
    /// A request about an out-of-area filing. It has a number of its own and waits for nothing of its visit.
    Filing(Box<FilingRequest>),
}

impl Drop for Entry {
    fn drop(&mut self) {
        use zeroize::Zeroize;
        if let Self::Service { name, certificate, .. } = self {
            name.zeroize();
            certificate.zeroize();
        }
    }
}

/// Says which matter, never whose.
impl std::fmt::Debug for Entry {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Service { matter, .. } => f.debug_struct("Service").field("matter", matter).finish_non_exhaustive(),
            Self::Rating { project, rating, at } => {
                f.debug_struct("Rating").field("project", project).field("rating", rating).field("at", at).finish()
            }
            Self::Answers { project, answers, at } => {
                f.debug_struct("Answers").field("project", project).field("answers", answers).field("at", at).finish()
            }
            Self::Filing(request) => f.debug_tuple("Filing").field(request).finish(),
        }
    }
}
