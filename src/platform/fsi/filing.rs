//! Filings over the national envelope. Which transactions they are, the site says; no public standard numbers them.

use async_trait::async_trait;
use serde::Serialize;

use super::client::FsiClient;
use super::config::{FilingCall, FilingProfile};
use super::envelope::Transaction;
use super::filing_wire::{Question, Row, read_family, read_filings, read_found, read_submitted, split};
use crate::domain::filing::{FamilyMember, FilingRequest, PlatformFilings};
use crate::places::Places;
use crate::platform::{FilingPlatform, PlatformError, RefusalText, Standing};

#[derive(Serialize)]
struct Input<'a, T> {
    data: &'a T,
}

impl FsiClient {
    fn filing_profile(&self) -> Result<&FilingProfile, PlatformError> {
        // Whoever starts the filing line looked at the settings; this is for a caller who did not.
        let none = || PlatformError::Refused { infcode: "none".into(), message: RefusalText::new("") };
        self.config().filing.as_ref().ok_or_else(none)
    }

    async fn question<T>(
        &self,
        call: &FilingCall,
        area: &str,
        question: &Question,
        read: fn(&[u8]) -> Result<T, PlatformError>,
    ) -> Result<T, PlatformError> {
        let transaction = Transaction::Filing { call, once: false };
        self.bounded(self.ask(transaction, area, &Input { data: question }, read)).await
    }
}

#[async_trait]
impl FilingPlatform for FsiClient {
    async fn filings(&self, person_number: &str) -> Result<PlatformFilings, PlatformError> {
        let question = Question::about(person_number, None);
        let list = &self.filing_profile()?.list;
        let mut told = self.question(list, split(person_number).1, &question, read_filings).await?;
        for filing in &mut told.filings {
            if let Some(place) = self.config().site_areas.place_of(&filing.destination, Places::national()) {
                filing.destination = place.code.clone();
            }
        }
        Ok(told)
    }

    async fn family(&self, person_number: &str) -> Result<Vec<FamilyMember>, PlatformError> {
        let question = Question::about(person_number, None);
        self.question(&self.filing_profile()?.family, split(person_number).1, &question, read_family).await
    }

    async fn find(&self, request: &FilingRequest) -> Result<Option<Standing>, PlatformError> {
        let question = Question::about(&request.person_number, Some(&request.number));
        self.question(&self.filing_profile()?.find, request.insured_area.as_str(), &question, read_found).await
    }

    async fn submit(&self, request: &FilingRequest) -> Result<Standing, PlatformError> {
        let row = Row::of(request, &self.config().site_areas);
        let transaction = Transaction::Filing { call: &self.filing_profile()?.submit, once: true };
        self.bounded(self.ask(transaction, request.insured_area.as_str(), &Input { data: &row }, read_submitted)).await
    }
}
