//! The client of the national interface against the embedded platform, over real HTTP on the loopback; `gate`,
//! `rating` and `seal` hold the embedded platform itself to its rules.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

#[path = "platform/filing.rs"]
mod filing;
#[path = "platform/gate.rs"]
mod gate;
#[path = "platform/kiosk.rs"]
mod kiosk;
#[path = "platform/rating.rs"]
mod rating;
#[path = "platform/seal.rs"]
mod seal;

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::http::{StatusCode, header};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use yibao_kiosk::domain::china_time;
use yibao_kiosk::domain::{
    AccountStatus, CardLayout, CertificateNumber, Credential, EVoucher, Fen, InsuranceType, PersonName, PersonRecord,
};
use yibao_kiosk::places::{Places, SiteAreas};
use yibao_kiosk::platform::embedded::{EmbeddedOptions, EmbeddedPlatform, Fault, Kind, Person, start};
use yibao_kiosk::platform::fsi::{FsiClient, FsiConfig, HexCase, MovementsProfile, Secret, UrlStyle};
use yibao_kiosk::platform::{Defect, InsurancePlatform, PlatformError};

/// Nothing here may take longer; a test that reaches it has found something without a limit.
const DEADLINE: Duration = Duration::from_secs(30);

async fn platform() -> EmbeddedPlatform {
    start(EmbeddedOptions::default()).await.unwrap()
}

fn client(platform: &EmbeddedPlatform, change: impl FnOnce(&mut FsiConfig)) -> FsiClient {
    let mut config = platform.fsi_config();
    change(&mut config);
    FsiClient::new(config).unwrap()
}

fn card(person: &Person) -> Credential {
    let number = match person.layout {
        CardLayout::ForeignResident2017 => CertificateNumber::parse_foreign_2017(&person.number),
        _ => CertificateNumber::parse(&person.number),
    };
    let name = PersonName::from_text(person.foreign_name.unwrap_or(&person.name));
    Credential::IdCard { name, number: number.unwrap() }
}

fn voucher(code: &str) -> Credential {
    Credential::EVoucher(EVoucher::parse(code).unwrap())
}

async fn within<T>(work: impl Future<Output = T>) -> T {
    tokio::time::timeout(DEADLINE, work).await.expect("a question without an end")
}

fn check_record(person: &Person, answer: Result<PersonRecord, PlatformError>) {
    if person.kind == Kind::Unknown {
        assert_eq!(answer, Err(PlatformError::NotFound), "{person:?}");
        return;
    }
    let record = answer.unwrap_or_else(|e| panic!("{person:?}: {e}"));
    assert_eq!(record.name, PersonName::from_text(&person.name), "{person:?}");
    assert_eq!(record.number.expose(), person.number, "{person:?}");
    let of = |insurance| record.accounts.iter().find(|a| a.insurance == insurance).map(|a| (a.status, a.balance));
    let (employee, resident) = (of(InsuranceType::Employee), of(InsuranceType::Resident));
    let balance = person.balance();
    let expected = match person.kind {
        Kind::Retired | Kind::Working => (Some((AccountStatus::Active, balance)), None),
        Kind::Resident => (None, Some((AccountStatus::Active, None))),
        Kind::TwoAreas => (Some((AccountStatus::Active, balance)), Some((AccountStatus::Active, None))),
        Kind::Suspended => (Some((AccountStatus::Suspended, balance)), None),
        Kind::NotInsured => (Some((AccountStatus::NotInsured, None)), None),
        Kind::Unknown => unreachable!(),
    };
    assert_eq!((employee, resident), expected, "{person:?}");
    assert_eq!(record.insured(), person.kind != Kind::NotInsured, "{person:?}");
    assert!(record.accounts.iter().all(|a| a.area.is_some() && !a.area_name.is_empty()), "{person:?}");
    if employee.is_some() {
        assert_eq!(record.accounts[0].insurance, InsuranceType::Employee, "{person:?}");
    }
}

#[tokio::test]
async fn everybody_is_known_by_their_card() {
    let platform = platform().await;
    let client = client(&platform, |_| {});
    for person in platform.population().people() {
        check_record(person, within(client.person(&card(person))).await);
    }
}

#[tokio::test]
async fn everybody_is_known_by_their_voucher() {
    let platform = platform().await;
    let client = client(&platform, |_| {});
    for person in platform.population().people() {
        check_record(person, within(client.person(&voucher(&person.voucher))).await);
    }
}

#[tokio::test]
async fn the_first_person_and_their_movements() {
    let platform = platform().await;
    let told = client(&platform, |_| {});
    let person = &platform.population().people()[0];
    let record = within(told.person(&card(person))).await.unwrap();
    let account = record.main_account().unwrap();
    assert_eq!((account.balance, account.area_name.as_str()), (Some(Fen(123_456)), "山东省威海市环翠区"));
    let movements = within(told.movements(&record.person_number)).await.unwrap().unwrap();
    assert_eq!(movements, person.movements(china_time(Timestamp::now()).date()));
    assert!(movements.len() >= 6 && movements.iter().any(|m| m.amount == Fen(-8_640)));

    let silent = client(&platform, |c| {
        c.movements = MovementsProfile::None;
        let list = "code,name\n371002,环翠\n";
        c.site_areas = Arc::new(SiteAreas::parse(list.as_bytes(), Places::national()).unwrap());
    });
    assert_eq!(within(silent.movements(&record.person_number)).await, Ok(None));
    assert_eq!(within(silent.person(&card(person))).await.unwrap().accounts[0].area_name, "环翠");
}

#[tokio::test]
async fn a_voucher_is_good_once_and_for_its_time() {
    let platform = platform().await;
    let asking = client(&platform, |_| {});
    let check = async |code: &str, expected: Result<usize, PlatformError>| {
        let answer = within(asking.person(&voucher(code))).await;
        let number = |index: usize| platform.population().people()[index].number.clone();
        assert_eq!(answer.map(|r| r.number.expose().to_owned()), expected.map(number));
    };
    let first = platform.population().people()[0].voucher.clone();
    check(&first, Ok(0)).await;
    check(&first, Err(PlatformError::StaleVoucher)).await;
    let fresh = platform.fresh_voucher(4).unwrap();
    check(&fresh, Ok(4)).await;
    check(&fresh, Err(PlatformError::StaleVoucher)).await;
    check("4249999999999999999999370000", Err(PlatformError::StaleVoucher)).await;
    assert_eq!(platform.fresh_voucher(400), None);

    let brief = EmbeddedOptions { voucher_lifetime: Duration::ZERO, ..EmbeddedOptions::default() };
    let brief = start(brief).await.unwrap();
    let aged = voucher(&brief.fresh_voucher(0).unwrap());
    let answer = within(client(&brief, |_| {}).person(&aged)).await;
    assert_eq!(answer, Err(PlatformError::StaleVoucher));
}

#[tokio::test]
async fn a_scanner_in_another_process_gets_fresh_vouchers_too() {
    let platform = platform().await;
    let get = |index: &str| http().get(format!("{}/embedded/voucher/{index}", platform.base_url())).send();
    let code = get("7").await.unwrap().text().await.unwrap();
    let record = within(client(&platform, |_| {}).person(&voucher(&code))).await.unwrap();
    assert_eq!(record.number.expose(), platform.population().people()[7].number);
    assert_eq!(get("400").await.unwrap().status(), 404);
}

#[tokio::test]
async fn every_province_variant_is_understood() {
    for bits in 0..16 {
        let bit = |place: u32| bits >> place & 1 == 1;
        let options = EmbeddedOptions {
            wrapped: bit(0),
            infcode_as_number: bit(1),
            hex_case: if bit(2) { HexCase::Upper } else { HexCase::Lower },
            population: 1,
            ..EmbeddedOptions::default()
        };
        let platform = start(options).await.unwrap();
        let style = if bit(3) { UrlStyle::Number } else { UrlStyle::Paths };
        let client = client(&platform, |c| c.url_style = style);
        let person = &platform.population().people()[0];
        check_record(person, within(client.person(&card(person))).await);
        assert_eq!(within(client.probe()).await, Ok(()), "variant {bits:04b}");
    }
}

async fn check_fault(fault: Fault, expected: PlatformError) {
    let platform = platform().await;
    let waits = matches!(fault, Fault::Silent | Fault::SlowDrip);
    let patience_ms = if waits { 300 } else { 10_000 };
    let failing = client(&platform, |c| c.total_ms_max = patience_ms);
    let mending = client(&platform, |_| {});
    let person = &platform.population().people()[0];
    platform.faults().set(fault.clone());
    let (by_card, by_voucher) = (card(person), voucher(&person.voucher));
    assert_eq!(within(failing.probe()).await, Err(expected.clone()), "{fault:?}");
    assert_eq!(within(failing.person(&by_card)).await, Err(expected.clone()), "{fault:?}");
    assert_eq!(within(failing.person(&by_voucher)).await, Err(expected.clone()), "{fault:?}");
    assert_eq!(within(failing.movements("1@371002")).await, Err(expected), "{fault:?}");
    platform.faults().clear();
    assert_eq!(within(mending.probe()).await, Ok(()), "{fault:?}");
    check_record(person, within(mending.person(&by_card)).await);
    within(platform.stop()).await;
}

#[tokio::test]
async fn every_fault_has_its_name_and_its_end() {
    use PlatformError::{ClockSkew, NotAnAnswer, TimedOut, Unreachable};
    check_fault(Fault::Down, Unreachable("the connection broke")).await;
    check_fault(Fault::DropReply, Unreachable("the connection broke")).await;
    check_fault(Fault::Silent, TimedOut).await;
    check_fault(Fault::SlowDrip, TimedOut).await;
    check_fault(Fault::Html, NotAnAnswer(Defect::WebPage)).await;
    check_fault(Fault::ServerError(503), NotAnAnswer(Defect::Status(503))).await;
    check_fault(Fault::ClockSkew(330), ClockSkew).await;
    check_fault(Fault::ClockSkew(-3_600), ClockSkew).await;
}

#[tokio::test]
async fn a_refusal_keeps_its_words_to_itself() {
    let platform = platform().await;
    let client = client(&platform, |_| {});
    assert_eq!(within(client.probe()).await, Ok(()));
    platform.faults().set(Fault::RefuseBusiness("张建华的业务已冻结".into()));
    let error = within(client.probe()).await.unwrap_err();
    assert!(!format!("{error} {error:?}").contains("张"), "{error}");
    match error {
        PlatformError::Refused { infcode, message } => {
            assert_eq!((infcode.as_str(), message.expose()), ("-1", "张建华的业务已冻结"));
        }
        other => panic!("{other:?}"),
    }
}

/// Kiosks of one institution share a second's ten thousand message ids.
#[tokio::test]
async fn a_question_whose_message_id_is_taken_is_asked_under_another() {
    let platform = platform().await;
    let person = &platform.population().people()[0];
    let by_card = card(person);
    for transaction in ["9001", "1101"] {
        platform.faults().set(Fault::MessageTaken(transaction));
        check_record(person, within(client(&platform, |_| {}).person(&by_card)).await);
        assert_eq!(platform.faults().current(), None, "{transaction} was refused once");
    }
}

#[tokio::test]
async fn a_stopped_platform_is_unreachable_until_it_is_back() {
    let platform = platform().await;
    let listen = platform.address();
    let client = client(&platform, |_| {});
    let person = card(&platform.population().people()[0]);
    assert!(within(client.person(&person)).await.is_ok());
    within(platform.stop()).await;
    assert_eq!(within(client.person(&person)).await, Err(PlatformError::Unreachable("no connection")));
    let back = start(EmbeddedOptions { listen, ..EmbeddedOptions::default() }).await.unwrap();
    assert!(within(client.person(&person)).await.is_ok(), "it has to sign in anew by itself");
    within(back.stop()).await;
}

#[tokio::test]
async fn a_lost_sign_in_is_renewed_once() {
    let lasting = platform().await;
    let asking = client(&lasting, |_| {});
    let person = card(&lasting.population().people()[0]);
    for _ in 0..3 {
        assert!(within(asking.person(&person)).await.is_ok());
        lasting.forget_sign_ins();
    }
    assert!(within(asking.movements("37100000000000000000@371002")).await.is_ok());

    let none = EmbeddedOptions { sign_in_lifetime: Duration::ZERO, ..EmbeddedOptions::default() };
    let none = start(none).await.unwrap();
    let answer = within(client(&none, |_| {}).person(&person)).await;
    assert!(matches!(answer, Err(PlatformError::Refused { .. })), "{answer:?}");
}

#[tokio::test]
async fn wrong_settings_are_told_apart() {
    let platform = platform().await;
    let check = async |change: fn(&mut FsiConfig), expected: PlatformError| {
        assert_eq!(within(client(&platform, change).probe()).await, Err(expected));
    };
    check(|c| c.secret = Some(Secret::new("other")), PlatformError::SignatureRefused).await;
    check(|c| c.hex_case = HexCase::Upper, PlatformError::SignatureRefused).await;
    check(|c| c.paasid = "other".into(), PlatformError::SignatureRefused).await;
    let not_found = PlatformError::NotAnAnswer(Defect::Status(404));
    check(|c| c.base_url.push_str("/elsewhere"), not_found).await;

    for seconds in [-400, 400] {
        let shifted = move || Timestamp::now() + SignedDuration::from_secs(seconds);
        let client = client(&platform, |_| {}).with_clock(Arc::new(shifted));
        assert_eq!(within(client.probe()).await, Err(PlatformError::ClockSkew), "{seconds}");
    }
}

async fn check_stub(status: u16, kind: &'static str, body: String, expected: PlatformError) {
    let status = StatusCode::from_u16(status).unwrap();
    let reply = move || async move { (status, [(header::CONTENT_TYPE, kind)], body) };
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base_url = format!("http://{}", listener.local_addr().unwrap());
    let server = tokio::spawn(async move { axum::serve(listener, Router::new().fallback(reply)).await });
    let embedded = platform().await;
    let asking = client(&embedded, |c| c.base_url = base_url);
    let answer = within(asking.person(&card(&embedded.population().people()[0]))).await;
    assert_eq!(answer, Err(expected));
    server.abort();
}

#[tokio::test]
async fn what_is_no_answer_is_never_taken_for_one() {
    let other = CertificateNumber::complete("37100219500101123").unwrap();
    let somebody = json!({"infcode": 0, "output": {"signinoutb": {"sign_no": "1"},
        "baseinfo": {"psn_no": "1", "certno": other, "psn_name": "某人"}, "insuinfo": []}});
    let wrong = PlatformError::NotAnAnswer;
    check_stub(200, "application/json", somebody.to_string(), wrong(Defect::SomebodyElse)).await;
    check_stub(302, "application/json", "{}".into(), wrong(Defect::Redirect(302))).await;
    check_stub(200, "text/html", "<html>".into(), wrong(Defect::WebPage)).await;
    check_stub(200, "application/json", " \n<html>".into(), wrong(Defect::WebPage)).await;
    check_stub(200, "application/json", String::new(), wrong(Defect::BrokenJson)).await;
    check_stub(200, "application/json", r#"{"infcode":0,"output":{"#.into(), wrong(Defect::BrokenJson)).await;
    check_stub(200, "application/json", "x".repeat(2 << 20), wrong(Defect::TooLarge)).await;
    check_stub(502, "text/plain", "bad gateway".into(), wrong(Defect::Status(502))).await;
}

fn http() -> reqwest::Client {
    let _ = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::builder().no_proxy().tls_certs_only([]).timeout(DEADLINE).build().unwrap()
}

/// The words of refusal, or `ok`.
fn words(answer: &Value) -> String {
    let refused = answer.get("err_msg").or(answer.get("message")).and_then(Value::as_str).unwrap_or_default();
    let fine = answer["infcode"] == "0" || answer["code"] == 0 || answer["code"] == "0";
    if fine { "ok".into() } else { refused.into() }
}
