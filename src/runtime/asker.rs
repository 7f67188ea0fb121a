//! Asks the platform on behalf of the session, and looks regularly whether it can be reached at all.

use std::sync::Arc;
use std::time::Duration;

use tokio::runtime::Handle;
use tokio::sync::Notify;

use super::Post;
use crate::domain::Credential;
use crate::domain::filing::{FilingsOnRecord, KeptFiling, PlatformFilings};
use crate::ledger::Ledger;
use crate::platform::{FilingPlatform, InsurancePlatform, PlatformError};
use crate::session::{Event, PersonKey, PlatformTrouble, Ticket};

/// How often a platform that answers is looked at.
const PROBE_EVERY: Duration = Duration::from_secs(60);
/// How often one that does not is looked at.
const PROBE_AGAIN: Duration = Duration::from_secs(4);

/// The way from the loop to the platform.
pub(super) struct Asker {
    platform: Arc<dyn InsurancePlatform>,
    /// `None` where the site takes no filings.
    filing: Option<Arc<dyn FilingPlatform>>,
    ledger: Arc<Ledger>,
    tokio: Handle,
    post: Post,
    look_now: Arc<Notify>,
}

impl Asker {
    pub fn start(
        platform: Arc<dyn InsurancePlatform>,
        filing: Option<Arc<dyn FilingPlatform>>,
        ledger: Arc<Ledger>,
        tokio: Handle,
        post: Post,
    ) -> Self {
        let look_now = Arc::new(Notify::new());
        tokio.spawn(probe(Arc::clone(&platform), post.clone(), Arc::clone(&look_now)));
        Self { platform, filing, ledger, tokio, post, look_now }
    }

    pub fn person(&self, ticket: Ticket, credential: Credential) {
        let (platform, post, look_now) = (Arc::clone(&self.platform), self.post.clone(), Arc::clone(&self.look_now));
        self.tokio.spawn(async move {
            let answer = platform.person(&credential).await;
            if let Err(error) = &answer {
                tracing::warn!(%error, "platform: person");
                look_now.notify_one();
            }
            post.event(Event::Person(ticket, answer.map(Box::new).map_err(|error| trouble(&error))));
        });
    }

    pub fn movements(&self, ticket: Ticket, person_number: String) {
        let (platform, post) = (Arc::clone(&self.platform), self.post.clone());
        self.tokio.spawn(async move {
            let person_number = zeroize::Zeroizing::new(person_number);
            // Movements are an extra: without them the balance still stands, so a failure shows none.
            let movements = platform.movements(&person_number).await.unwrap_or_else(|error| {
                tracing::warn!(%error, "platform: movements");
                None
            });
            post.event(Event::Movements(ticket, movements));
        });
    }

    /// Asks the platform and the ledger at the same time; either may fail without the other.
    pub fn filings(&self, ticket: Ticket, key: PersonKey) {
        let (filing, ledger, post) = (self.filing.clone(), Arc::clone(&self.ledger), self.post.clone());
        self.tokio.spawn(async move {
            let certificate = key.certificate.clone();
            let here = tokio::task::spawn_blocking(move || ledger.filings_of(&certificate));
            let (platform, here) = tokio::join!(there(filing, &key.person_number), here);
            let here = here.map_or_else(|_| Vec::new(), |here| here.unwrap_or_else(|error| unread(&error)));
            post.event(Event::Filings(ticket, Box::new(FilingsOnRecord { platform, here })));
        });
    }

    pub fn family(&self, ticket: Ticket, key: PersonKey) {
        let (filing, post) = (self.filing.clone(), self.post.clone());
        self.tokio.spawn(async move {
            let answer = match filing {
                Some(filing) => filing.family(&key.person_number).await,
                None => Ok(Vec::new()),
            };
            if let Err(error) = &answer {
                tracing::warn!(%error, "platform: family");
            }
            post.event(Event::Family(ticket, answer.map_err(|error| trouble(&error))));
        });
    }
}

/// What the platform says; `None` when it cannot be asked, or by nobody's number.
async fn there(filing: Option<Arc<dyn FilingPlatform>>, person_number: &str) -> Option<PlatformFilings> {
    let filing = filing.filter(|_| !person_number.is_empty())?;
    match filing.filings(person_number).await {
        Ok(filings) => Some(filings),
        Err(error) => {
            tracing::warn!(%error, "platform: filings");
            None
        }
    }
}

fn unread(error: &crate::ledger::LedgerError) -> Vec<KeptFiling> {
    tracing::error!(%error, "ledger: filings");
    Vec::new()
}

/// Tells the session whenever the platform goes or comes back.
async fn probe(platform: Arc<dyn InsurancePlatform>, post: Post, look_now: Arc<Notify>) {
    let mut known = None;
    loop {
        let works = match platform.probe().await {
            Ok(()) => true,
            Err(error) => {
                tracing::warn!(%error, "platform: probe");
                false
            }
        };
        if known.replace(works) != Some(works) {
            post.event(Event::Platform(works));
        }
        let pause = if works { PROBE_EVERY } else { PROBE_AGAIN };
        // A question that failed is reason to look at once; a platform that is away is not asked faster for it.
        let early = async { if works { look_now.notified().await } else { std::future::pending().await } };
        tokio::select! { () = tokio::time::sleep(pause) => {}, () = early => {} }
    }
}

/// What a resident can do about it.
fn trouble(error: &PlatformError) -> PlatformTrouble {
    match error {
        PlatformError::NotFound => PlatformTrouble::NotFound,
        PlatformError::StaleVoucher => PlatformTrouble::StaleVoucher,
        PlatformError::Refused { .. } => PlatformTrouble::Refused,
        _ => PlatformTrouble::Unreachable,
    }
}
