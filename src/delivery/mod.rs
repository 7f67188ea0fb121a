//! From the outbox to the world: one trait, its profiles, and the worker that empties the queue.
//!
//! When and how often to try is a pure rule in [`schedule`]; what the wire looks like belongs to a
//! profile such as [`national`]. No screen, no device, and no SQL: the ledger keeps the order.

#[cfg(feature = "bus")]
pub mod bus;
pub mod clock;
pub mod dispatch;
pub mod filing;
pub mod national;
pub mod schedule;
pub mod worker;

use async_trait::async_trait;

use crate::ledger::Record;
use crate::platform::RefusalText;

/// One way of handing records to the world.
#[async_trait]
pub trait DeliveryProfile: Send + Sync {
    /// Hands one record over. It may have been handed over before with the answer lost, so the
    /// receiver tells by the record's own numbers that it is the same.
    ///
    /// # Errors
    /// Why it is not delivered; the worker decides when to try again.
    async fn deliver(&self, record: &Record) -> Result<Receipt, DeliveryFailure>;

    /// How many matters may be on their way at the same time. Within one, order is kept all the same.
    fn matters_max(&self) -> usize {
        dispatch::MATTERS_MAX
    }

    /// Which records go this way.
    fn queue(&self) -> Queue {
        Queue::Ratings
    }
}

/// The two queues, since there are two receivers: one being away must not hold up the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Queue {
    /// Service records, ratings and answers.
    #[default]
    Ratings,
    /// Filing requests.
    Filings,
}

/// The receiver has the record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// What the receiver said, for the technician's list. No personal data.
    pub text: String,
    /// It had the record from an earlier attempt.
    pub already: bool,
}

/// Why a record is not delivered. No variant holds personal data.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DeliveryFailure {
    /// The receiver did not get to judge the record. Tried again for ever.
    #[error(transparent)]
    Transport(#[from] Transport),
    /// The receiver judged the record and does not want it.
    #[error("refused: {0}")]
    Refused(String),
    /// The receiver decided against it for good, in words for the resident. Only filings end so.
    #[error("decided against")]
    Rejected(RefusalText),
    /// The receiver asks to be left alone for so many milliseconds.
    #[error("asked to wait {after_ms} ms")]
    NotYet {
        /// How long it asks for.
        after_ms: u64,
    },
}

/// What stood between the kiosk and the receiver.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Transport {
    /// No connection: name, route, port or certificate.
    #[error("no connection: check network, address and certificate")]
    Unreachable,
    /// No whole answer in time.
    #[error("no answer in time")]
    TimedOut,
    /// The receiver failed inside, or something before it did.
    #[error("HTTP status {0}")]
    Status(u16),
    /// An answer that is not the receiver's: a proxy's page, half a JSON.
    #[error("the answer is not the platform's: check for a proxy or log-in page")]
    Foreign,
    /// The receiver could not accept the envelope: signature, application mark, clock.
    #[error("the envelope was refused: check application mark, word and the kiosk's clock")]
    Envelope,
    /// The bus knows this kiosk and does not let it say this, or does not know it.
    #[error("the bus does not let this kiosk publish: check its credentials, its number and its permissions")]
    Denied,
    /// The bus has no place for the record at the moment.
    #[error("the bus has no stream for the record: check that most of its servers run and the stream is made")]
    NoStream,
}
