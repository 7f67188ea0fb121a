//! The way of a filing request to the insurance platform.
//!
//! A filing is not idempotent, so the platform is asked whether it has the request's number before it is sent, every
//! time: an earlier attempt may have arrived although nobody saw its answer, be it before a kill, a power cut or a
//! broken line. A refusal is believed only after the same question, for the request itself may be what stands in its way.

use std::sync::Arc;

use async_trait::async_trait;

use super::{DeliveryFailure, DeliveryProfile, Queue, Receipt, Transport};
use crate::domain::Entry;
use crate::domain::filing::FilingRequest;
use crate::ledger::Record;
use crate::platform::{Defect, FilingPlatform, PlatformError, RefusalText, Standing};

/// Hands filing requests over, each once in effect.
pub struct FilingDelivery {
    platform: Arc<dyn FilingPlatform>,
    later_words: Vec<String>,
}

impl FilingDelivery {
    /// A refusal that holds one of `later_words` is for the moment, not for good.
    pub fn new(platform: Arc<dyn FilingPlatform>, later_words: Vec<String>) -> Self {
        Self { platform, later_words }
    }

    async fn hand_over(&self, request: &FilingRequest) -> Result<Receipt, DeliveryFailure> {
        if let Some(standing) = self.found(request).await? {
            return ended(standing, true);
        }
        match self.platform.submit(request).await {
            Ok(standing) => ended(standing, false),
            Err(PlatformError::NotFound) => self.refused(request, RefusalText::new("")).await,
            Err(PlatformError::Refused { message, .. }) if self.for_good(&message) => {
                self.refused(request, message).await
            }
            Err(error) => Err(failure(&error)),
        }
    }

    async fn found(&self, request: &FilingRequest) -> Result<Option<Standing>, DeliveryFailure> {
        self.platform.find(request).await.map_err(|error| failure(&error))
    }

    async fn refused(&self, request: &FilingRequest, words: RefusalText) -> Result<Receipt, DeliveryFailure> {
        match self.found(request).await? {
            Some(standing) => ended(standing, true),
            None => Err(DeliveryFailure::Rejected(words)),
        }
    }

    /// A refusal for want of a sign-in, or one that says to come back, judges nothing.
    fn for_good(&self, message: &RefusalText) -> bool {
        let says = |word: &str| message.expose().contains(word);
        !(says("签到") || says("sign_no") || self.later_words.iter().any(|word| says(word)))
    }
}

#[async_trait]
impl DeliveryProfile for FilingDelivery {
    async fn deliver(&self, record: &Record) -> Result<Receipt, DeliveryFailure> {
        match &record.entry {
            Entry::Filing(request) => self.hand_over(request).await,
            _ => Err(DeliveryFailure::Refused("only filings go this way".into())),
        }
    }

    fn queue(&self) -> Queue {
        Queue::Filings
    }
}

fn ended(standing: Standing, already: bool) -> Result<Receipt, DeliveryFailure> {
    match standing {
        Standing::Done(serial) => Ok(Receipt { text: serial, already }),
        Standing::Rejected(words) => Err(DeliveryFailure::Rejected(words)),
        Standing::Pending => Err(DeliveryFailure::Refused("received and not decided yet".into())),
    }
}

/// What stood in the way. What is about the line is transport and rests the line; what is about this request is tried
/// again more and more seldom.
fn failure(error: &PlatformError) -> DeliveryFailure {
    match error {
        PlatformError::Unreachable(_) => Transport::Unreachable.into(),
        PlatformError::TimedOut => Transport::TimedOut.into(),
        PlatformError::NotAnAnswer(Defect::Status(status)) => Transport::Status(*status).into(),
        PlatformError::NotAnAnswer(_) => Transport::Foreign.into(),
        PlatformError::SignatureRefused | PlatformError::ClockSkew => Transport::Envelope.into(),
        PlatformError::Refused { infcode, .. } => DeliveryFailure::Refused(format!("infcode {infcode}, to come back")),
        PlatformError::MessageTaken => DeliveryFailure::Refused("message id taken, to come back".into()),
        PlatformError::NotFound | PlatformError::StaleVoucher => DeliveryFailure::Refused("nobody by this".into()),
    }
}
