//! What is said, as meaning; the catalogue holds the words and the voice makes the sound.

use jiff::civil::Date;

use crate::domain::filing::{Category, CategoryGroup, TravelReason};
use crate::domain::{DeviceKind, Fen, Level, Service};

use super::{Loudness, Pace, Press, Typed};

/// One utterance.
///
/// Names, numbers and diagnoses have no variant here, so they can never be said. Amounts are
/// said only by [`Prompt::Amount`], which only a press of “念给我听” produces. Where a prompt names a category or its
/// group, it goes on with the sentences the filing policy has for it, which stand on the screen as well.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Prompt {
    /// Standby after somebody pressed “语音”.
    Standby,
    /// First screen.
    Home,
    /// More services, large font.
    MoreServices,
    /// Lay the card down.
    IdentifyByCard,
    /// Show the code.
    IdentifyByVoucher,
    /// A card is being read.
    ReadingCard,
    /// The card was pulled away too early.
    CardPulledAway,
    /// This card is of another kind.
    CardWrongKind,
    /// The card could not be read.
    CardNonsense,
    /// The card has expired.
    CardExpired,
    /// What was scanned is no e-voucher.
    NotAVoucher,
    /// The e-voucher is stale.
    VoucherStale,
    /// Lift the card and lay it down again.
    LiftAndLayAgain,
    /// Is this you?
    WhoAreYou,
    /// Being looked up.
    Waiting,
    /// It takes longer.
    WaitingLonger,
    /// The balance is on the screen; press to have it read.
    BalanceShown,
    /// The balance, after a press only.
    Amount(Fen),
    /// No personal account with this insurance.
    NoPersonalAccount,
    /// No personal account, and the insurance is not in force at the moment.
    AccountNotInForce,
    /// Nobody by this credential is insured.
    NotInsured,
    /// All movements.
    Movements,
    /// Insured areas and statuses.
    InsuredShown,
    /// Are you satisfied?
    Rate,
    /// A level was chosen.
    LevelChosen(Level),
    /// What was not good? Choose at least one.
    AskReason,
    /// Scan with the phone.
    RateByPhone,
    /// A question of the questionnaire.
    Question,
    /// Thank you, and take your card.
    ThanksTakeCard,
    /// Thank you.
    Thanks,
    /// Take your card, without thanks for a rating.
    TakeCard,
    /// Goodbye.
    Goodbye,
    /// Still there?
    StillHere,
    /// A device cannot work.
    DeviceFault(DeviceKind),
    /// No device works that could tell who somebody is.
    NoDevice,
    /// It works again.
    DeviceBack(DeviceKind),
    /// No way to the platform.
    PlatformFault,
    /// The rating could not be kept.
    NotKept,
    /// This service is done elsewhere.
    Elsewhere(Service),
    /// What to bring.
    Guide,
    /// Staff has been called.
    HelpCalled,
    /// Staff cannot be called from here; where to go.
    HelpAtWindow,
    /// What 12393 is.
    Hotline,
    /// Choose a language.
    Languages,
    /// The machine is out of service.
    OutOfService,
    /// Why do you go away for treatment?
    WhyAway,
    /// This reason was chosen.
    ReasonChosen(TravelReason),
    /// Which insurance?
    WhichInsurance,
    /// Have you got the referral certificate?
    HaveReferral,
    /// How does your relative show who they are?
    HowHelped,
    /// Your relative's card, please.
    RelativesCard,
    /// Your relative's e-voucher, please.
    RelativesVoucher,
    /// Is this your relative?
    IsThisRelative,
    /// Which of your relatives?
    WhichRelative,
    /// What are you to them?
    WhichRelation,
    /// There is a filing to another place; change it?
    Conflict,
    /// Cancel it? And what that means.
    CancelIt(CategoryGroup),
    /// Extend it?
    ExtendIt,
    /// Is somebody telling you on the phone to do this?
    Scam,
    /// Where do you live there?
    WhichDwelling,
    /// Where do you go? Provinces.
    WhereTo,
    /// Which city?
    WhichCity,
    /// Write with a finger.
    WriteByHand,
    /// A character that was taken on the pad, in a field everybody may hear: of a place or a hospital.
    Character(Typed),
    /// Type letters.
    WriteByPinyin,
    /// From when?
    FromWhen,
    /// From when and for how many months?
    FromWhenAndHowLong,
    /// Your phone number.
    PhoneNumber,
    /// The number of the certificate.
    ReferralNumber,
    /// These digits are no number.
    DigitsWrong,
    /// Please check everything; and the commitment, where the category rests on one.
    Review(Category),
    /// Please accept the commitment first; and the commitment.
    PromiseFirst,
    /// It is being submitted.
    Submitting,
    /// Done; and what to do at the far hospital.
    FilingDone(CategoryGroup),
    /// Kept, not done yet.
    FilingKept,
    /// Refused.
    FilingRejected,
    /// Cancelled.
    FilingCancelled,
    /// Extended.
    FilingExtended,
    /// The filing could not be kept.
    FilingNotKept,
    /// Filings on record.
    FilingsShown,
    /// None on record, a new one may be begun.
    NoFilings,
    /// Emergency care counts as filed.
    EmergencyIsFiled,
    /// Please read what the filing means; and what it means (一次性告知).
    FilingNotice(CategoryGroup),
    /// What to bring to the window for this category.
    BringToWindow(Category),
    /// Please talk to staff first.
    TalkToStaff,
    /// No more relatives now.
    NoMoreRelatives,
    /// No filing from here.
    CannotFile,
    /// Nobody is bound to the family account.
    NoFamily,
    /// Photograph the code.
    TakeAlong,
    /// Hospitals: in which city?
    HospitalsWhere,
    /// Hospitals: write its name.
    HospitalsName,
    /// A hospital is shown.
    HospitalShown,
    /// Large font on or off.
    LargeFont(bool),
    /// Something that can be pressed on the present view, with what a look at it would tell.
    Offer(Press),
    /// How to hear it again and how to get help; for somebody at the keys by the names of the keys.
    WaysOn {
        /// Keys are used.
        by_keys: bool,
    },
    /// How the voice sounds, to be changed.
    VoicePanel,
    /// The pace is this now.
    Pace(Pace),
    /// It is this loud now.
    Loudness(Loudness),
    /// What was pressed is chosen now, or no longer.
    Chosen(bool),
    /// Amounts are covered now, or no longer.
    Covered(bool),
    /// The filing begins on this day.
    BeginsOn(Date),
    /// It holds for so many months.
    ForMonths(u8),
}
