//! The client: signs in, asks, signs in again when told to, and keeps every question within its time.

use std::future::Future;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, LazyLock};
use std::time::Duration;

use async_trait::async_trait;
use jiff::Timestamp;
use serde::Serialize;
use tokio::sync::Mutex;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use super::envelope::{Envelope, Stamp, Transaction};
use super::gateway::{Gateway, Reached};
use super::{Clock, FsiConfig, FsiConfigError, MovementsProfile, refusal, voucher, wire};
use crate::domain::{Credential, EVoucher, Movement, PersonRecord};
use crate::platform::{Defect, InsurancePlatform, PlatformError};

/// The running number of messages, one for the whole program: two clients in one second must not use the same. It starts
/// at random, which keeps ids apart when the program restarts within a second.
static SEQUENCE: LazyLock<AtomicU32> = LazyLock::new(|| AtomicU32::new(u32::from(rand::random::<u16>())));

/// A kiosk's line to the national interface.
pub struct FsiClient {
    config: FsiConfig,
    gateway: Gateway,
    clock: Clock,
    sign_number: Mutex<Option<String>>,
}

impl FsiClient {
    /// Checks the settings and sets the client up; nothing is sent yet.
    ///
    /// # Errors
    /// Names the setting that cannot be used.
    pub fn new(config: FsiConfig) -> Result<Self, FsiConfigError> {
        config.validate()?;
        let clock: Clock = Arc::new(Timestamp::now);
        let gateway = Gateway::new(&config, clock.clone())?;
        Ok(Self { config, gateway, clock, sign_number: Mutex::new(None) })
    }

    /// The same client with another source of time.
    #[must_use]
    pub fn with_clock(mut self, clock: Clock) -> Self {
        self.gateway.set_clock(clock.clone());
        self.clock = clock;
        self
    }

    pub(super) fn config(&self) -> &FsiConfig {
        &self.config
    }

    pub(super) async fn bounded<T>(
        &self,
        work: impl Future<Output = Result<T, PlatformError>>,
    ) -> Result<T, PlatformError> {
        let limit = Duration::from_millis(self.config.total_ms_max);
        tokio::time::timeout(limit, work).await.unwrap_or(Err(PlatformError::TimedOut))
    }

    /// Asks with the session number at hand; if that is refused, signs in and asks once more.
    pub(super) async fn ask<I: Serialize + Sync, T>(
        &self,
        transaction: Transaction<'_>,
        insured_area: &str,
        input: &I,
        read: fn(&[u8]) -> Result<T, PlatformError>,
    ) -> Result<T, PlatformError> {
        let number = self.signed_in(None).await?;
        match self.ask_once(transaction, insured_area, &number, input, read).await {
            Err(error) if refusal::asks_for_sign_in(&error) => {
                let number = self.signed_in(Some(&number)).await?;
                self.ask_once(transaction, insured_area, &number, input, read).await
            }
            other => other,
        }
    }

    /// One question under one session number. Kiosks of one institution can meet on a message id, for it has four digits
    /// a second; a question is then asked again under another. What changes something is not: the message that came
    /// first may have been this very one, carried twice on the way.
    async fn ask_once<I: Serialize + Sync, T>(
        &self,
        transaction: Transaction<'_>,
        insured_area: &str,
        sign_no: &str,
        input: &I,
        read: fn(&[u8]) -> Result<T, PlatformError>,
    ) -> Result<T, PlatformError> {
        match self.exchange(transaction, insured_area, sign_no, input).await.and_then(|bytes| read(&bytes)) {
            Err(PlatformError::MessageTaken) if !transaction.changes_something() => {
                self.exchange(transaction, insured_area, sign_no, input).await.and_then(|bytes| read(&bytes))
            }
            other => other,
        }
    }

    /// The session number, by a fresh sign-in if there is none or if it is the `refused` one.
    async fn signed_in(&self, refused: Option<&str>) -> Result<String, PlatformError> {
        let mut held = self.sign_number.lock().await;
        if let Some(number) = held.as_deref().filter(|number| Some(*number) != refused) {
            return Ok(number.to_owned());
        }
        *held = None;
        let sign_in = SignIn { opter_no: &self.config.opter, mac: &self.config.mac, ip: &self.config.ip };
        let input = SignInInput { sign_in };
        let number = self.ask_once(Transaction::SignIn, "", "", &input, wire::read_sign_in_answer).await?;
        tracing::info!("signed in to the insurance platform");
        *held = Some(number.clone());
        Ok(number)
    }

    /// One exchange; repeated once, with a new message id, if the connection failed. Queries change nothing, so that is
    /// safe; what changes something is repeated only if nobody was reached.
    async fn exchange<I: Serialize + Sync>(
        &self,
        transaction: Transaction<'_>,
        insured_area: &str,
        sign_no: &str,
        input: &I,
    ) -> Result<Zeroizing<Vec<u8>>, PlatformError> {
        let url = transaction.url(&self.config);
        let body = || {
            let stamp = Stamp { at: (self.clock)(), sequence: SEQUENCE.fetch_add(1, Ordering::Relaxed) };
            let envelope = Envelope::new(&self.config, transaction, stamp, insured_area, sign_no, input);
            Zeroizing::new(serde_json::to_vec(&envelope).unwrap_or_default())
        };
        match self.gateway.post(&url, body()).await {
            Err(failed)
                if failed.reached == Reached::Nobody
                    || failed.reached == Reached::Perhaps && !transaction.changes_something() =>
            {
                self.gateway.post(&url, body()).await.map_err(|f| f.error)
            }
            other => other.map_err(|f| f.error),
        }
    }

    /// A code can be used once, so a request that may have arrived is not repeated.
    async fn decode(&self, code: &EVoucher) -> Result<voucher::Decoded, PlatformError> {
        let url = format!("{}{}", self.config.base_url.trim_end_matches('/'), self.config.voucher_path);
        let bytes = match self.gateway.post(&url, voucher::request(&self.config, code)).await {
            Err(failed) if failed.reached == Reached::Nobody => {
                self.gateway.post(&url, voucher::request(&self.config, code)).await
            }
            other => other,
        };
        voucher::read_answer(&bytes.map_err(|f| f.error)?)
    }

    async fn look_up(&self, credential: &Credential) -> Result<PersonRecord, PlatformError> {
        let question = match credential {
            Credential::IdCard { name, number } => PersonQuestion::by_card(name.to_text(), number.expose()),
            Credential::EVoucher(code) => PersonQuestion::by_voucher(&self.decode(code).await?),
        };
        let input = PersonInput { data: &question };
        let mut record = self.ask(Transaction::Person, "", &input, wire::read_person_answer).await?;
        if !record.number.expose().eq_ignore_ascii_case(question.certno.trim()) {
            return Err(PlatformError::NotAnAnswer(Defect::SomebodyElse));
        }
        for account in &mut record.accounts {
            let listed = account.area.as_ref().and_then(|code| self.config.site_areas.area(code));
            if let Some(area) = listed {
                account.area_name.clone_from(&area.name);
            }
        }
        Ok(record)
    }
}

#[async_trait]
impl InsurancePlatform for FsiClient {
    async fn person(&self, credential: &Credential) -> Result<PersonRecord, PlatformError> {
        self.bounded(self.look_up(credential)).await
    }

    async fn movements(&self, person_number: &str) -> Result<Option<Vec<Movement>>, PlatformError> {
        if self.config.movements == MovementsProfile::None {
            return Ok(None);
        }
        let (psn_no, area) = person_number.split_once('@').unwrap_or((person_number, ""));
        let input = MovementsInput { data: MovementsQuestion { psn_no } };
        self.bounded(self.ask(Transaction::Movements, area, &input, wire::read_movements_answer)).await.map(Some)
    }

    async fn probe(&self) -> Result<(), PlatformError> {
        let medinsinfo =
            Institution { fixmedins_type: "1", fixmedins_name: "", fixmedins_code: &self.config.fixmedins_code };
        let input = InstitutionInput { medinsinfo };
        self.bounded(self.ask(Transaction::Institution, "", &input, wire::read_acknowledgement)).await
    }
}

#[derive(Serialize)]
struct SignInInput<'a> {
    #[serde(rename = "signIn")]
    sign_in: SignIn<'a>,
}

#[derive(Serialize)]
struct SignIn<'a> {
    opter_no: &'a str,
    mac: &'a str,
    ip: &'a str,
}

#[derive(Serialize)]
struct PersonInput<'a> {
    data: &'a PersonQuestion,
}

#[derive(Serialize, Zeroize, ZeroizeOnDrop)]
struct PersonQuestion {
    mdtrt_cert_type: String,
    mdtrt_cert_no: String,
    card_sn: String,
    begntime: String,
    psn_cert_type: String,
    certno: String,
    psn_name: String,
}

impl PersonQuestion {
    fn by_card(name: String, number: &str) -> Self {
        Self::new("02", number, certificate_kind(number), number, name)
    }

    /// Some provinces want name and number besides the token, none minds them.
    fn by_voucher(decoded: &voucher::Decoded) -> Self {
        Self::new("01", &decoded.token, &decoded.number_kind, &decoded.number, decoded.name.clone())
    }

    fn new(kind: &str, credential: &str, certificate_kind: &str, certificate: &str, name: String) -> Self {
        Self {
            mdtrt_cert_type: kind.to_owned(),
            mdtrt_cert_no: credential.to_owned(),
            card_sn: String::new(),
            begntime: String::new(),
            psn_cert_type: certificate_kind.to_owned(),
            certno: certificate.to_owned(),
            psn_name: name,
        }
    }
}

/// `psn_cert_type`: 17 for the residence permit of people from Hong Kong, Macao and Taiwan, 07 for foreigners, else 01.
pub(super) fn certificate_kind(number: &str) -> &'static str {
    match number.as_bytes() {
        [b'8', b'1'..=b'3', ..] => "17",
        [b'9' | b'A'..=b'Z', ..] => "07",
        _ => "01",
    }
}

#[derive(Serialize)]
struct MovementsInput<'a> {
    data: MovementsQuestion<'a>,
}

#[derive(Serialize)]
struct MovementsQuestion<'a> {
    psn_no: &'a str,
}

#[derive(Serialize)]
struct InstitutionInput<'a> {
    medinsinfo: Institution<'a>,
}

#[derive(Serialize)]
struct Institution<'a> {
    fixmedins_type: &'static str,
    fixmedins_name: &'static str,
    fixmedins_code: &'a str,
}
