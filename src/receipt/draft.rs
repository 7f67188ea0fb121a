//! A draft as it lies in the code: all fields of a request but name, certificate number and person number, for the card
//! is laid down again at the window.

use jiff::SignedDuration;
use jiff::civil::{Date, DateTime};
use serde::{Deserialize, Serialize};

use super::{Forged, PublicKey, verify};
use crate::domain::AreaCode;
use crate::domain::filing::{FilingAction, FilingRequest, Grounds, NewFiling, Relation, TravelReason};
use crate::places::Places;

/// Older drafts are not read: what they say may no longer be meant.
const AGE_MAX: SignedDuration = SignedDuration::from_hours(24);
/// Two clocks may differ by so much.
const CLOCK_DIFFERENCE_MAX: SignedDuration = SignedDuration::from_mins(5);

/// What was filled in. The window's machine reads it as JSON under these names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Draft {
    /// When it was made, local time.
    pub at: DateTime,
    /// 险种.
    pub insutype: String,
    /// 参保地.
    pub area: String,
    /// A new filing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<DraftFiling>,
    /// Number of the filing to be cancelled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cancel: Option<String>,
    /// Number of the filing to be extended, and its new last day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extend: Option<(String, Date)>,
    /// Who does it for them: phone and relation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agent: Option<(String, Relation)>,
}

/// The content of a new filing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DraftFiling {
    /// The answer to the plain question, which decides the category ([`TravelReason::category`]).
    pub why: TravelReason,
    /// 就医地.
    pub to: String,
    /// First day.
    pub begin: Date,
    /// Last day; left out for 长期.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end: Option<Date>,
    /// Where the office can call.
    pub tel: String,
    /// 居外地址 within the 就医地, whose name it does not repeat.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// Version of the commitment that was accepted. The window has the text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub commitment: Option<String>,
    /// Number and hospital of the referral certificate.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub referral: Option<(String, String)>,
    /// Number of the filing it takes the place of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaces: Option<String>,
}

impl Draft {
    pub(super) fn of(request: &FilingRequest) -> Self {
        let (file, cancel, extend) = match &request.action {
            FilingAction::File(new) => (Some(DraftFiling::of(new)), None, None),
            FilingAction::Cancel { serial } => (None, Some(serial.clone()), None),
            FilingAction::Extend { serial, until } => (None, None, Some((serial.clone(), *until))),
        };
        let phone = |agent: &crate::domain::filing::Agent| {
            agent.phone.as_ref().map_or_else(String::new, |phone| phone.expose().to_owned())
        };
        Self {
            at: to_the_minute(request.at),
            insutype: request.insurance.code().to_owned(),
            area: request.insured_area.as_str().to_owned(),
            file,
            cancel,
            extend,
            agent: request.agent.as_ref().map(|agent| (phone(agent), agent.relation)),
        }
    }
}

impl DraftFiling {
    fn of(new: &NewFiling) -> Self {
        let (commitment, referral) = match &new.grounds {
            Grounds::Nothing => (None, None),
            Grounds::Commitment(accepted) => (Some(accepted.version.clone()), None),
            Grounds::Referral(referral) => (None, Some((referral.number.clone(), referral.hospital.clone()))),
        };
        Self {
            why: new.reason,
            to: new.destination.as_str().to_owned(),
            begin: new.period.begin,
            end: new.period.end,
            tel: new.phone.expose().to_owned(),
            address: new.address.as_deref().map(|address| within(&new.destination, address)),
            commitment,
            referral,
            replaces: new.replaces.clone(),
        }
    }
}

/// An address without the name of its place, which the code of the place says as well.
fn within(place: &AreaCode, address: &str) -> String {
    let name = Places::national().area_name(place);
    address.strip_prefix(&name).unwrap_or(address).to_owned()
}

/// Fractions of seconds are a line of digits nobody needs.
fn to_the_minute(at: DateTime) -> DateTime {
    at.date().at(at.hour(), at.minute(), 0, 0)
}

/// Why a text is not read as a draft.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DraftError {
    /// Not what a site signed.
    #[error(transparent)]
    Forged(#[from] Forged),
    /// A receipt, or a draft of a later version.
    #[error("this is signed, and no draft: it holds nothing to be filled in")]
    NoDraft,
    /// Too old.
    #[error("the draft was made on {0}; drafts are good for one day, so it has to be made anew")]
    TooOld(DateTime),
    /// Made in the future.
    #[error("the draft is from the future ({0}): set the clock of this machine or of the kiosk")]
    FromTheFuture(DateTime),
}

/// Reads a draft that one of these sites signed within a day before `now`.
///
/// # Errors
/// Says why it must not be used.
pub fn read_draft(text: &str, keys: &[PublicKey], now: DateTime) -> Result<Draft, DraftError> {
    let lines = verify(text, keys)?;
    let content = lines.iter().find(|line| line.starts_with('{')).ok_or(DraftError::NoDraft)?;
    let draft: Draft = serde_json::from_str(content).map_err(|_| DraftError::NoDraft)?;
    let age = now.duration_since(draft.at);
    if age > AGE_MAX {
        return Err(DraftError::TooOld(draft.at));
    }
    if age < -CLOCK_DIFFERENCE_MAX {
        return Err(DraftError::FromTheFuture(draft.at));
    }
    Ok(draft)
}
