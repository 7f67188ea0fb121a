//! 异地就医备案: who files what for whom, from where to where, since when and on what grounds.
//!
//! Categories and materials follow 医保发〔2022〕22号 and its annex 跨省异地就医直接结算经办规程, articles 7 and 8.

pub mod calendar;
mod category;
mod kept;
mod period;
mod phone;
mod policy;
mod request;

pub use category::{Category, CategoryGroup, TravelReason};
pub use kept::{
    FamilyMember, FiledRecord, FiledStatus, FilingOutcome, FilingsOnRecord, KeptFiling, KeptStatus, PhoneOnRecord,
    PlatformFilings, SERIAL_CHARS_MAX,
};
pub use period::Period;
pub use phone::{PhoneNumber, PhoneNumberError};
pub use policy::{
    ByGroup, CategoryRule, CommitmentText, DWELLING_CHARS_MAX, DwellingWords, FilingPolicy, Months, NOTICE_BYTES_MAX,
    PolicyError, Sentence, Sentences, Sourced, VERSION_CHARS_MAX,
};
pub use request::{
    Agent, Commitment, FilingAction, FilingRequest, Grounds, NewFiling, Referral, Relation, WRITTEN_CHARS_MAX,
};
