//! The client of the national interface against the embedded platform, over real HTTP on the loopback; and the
//! embedded platform against requests made by hand, one broken rule at a time.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::http::{StatusCode, header};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use yibao_kiosk::domain::{
    AccountStatus, CardLayout, CertificateNumber, Credential, EVoucher, Fen, InsuranceType, PersonName, PersonRecord,
};
use yibao_kiosk::platform::embedded::{
    APP_MARK, APP_WORD, EmbeddedOptions, EmbeddedPlatform, FIXMEDINS_CODE, Fault, Kind, PAASID, Person, SECRET, start,
};
use yibao_kiosk::platform::fsi::{FsiClient, FsiConfig, HexCase, MovementsProfile, Secret, UrlStyle, china_time};
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
        c.area_names.insert("371002".into(), "环翠".into());
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

// ---- Requests made by hand: each breaks one rule of an otherwise good request.

fn http() -> reqwest::Client {
    let _ = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::builder().no_proxy().tls_certs_only([]).timeout(DEADLINE).build().unwrap()
}

struct ByHand {
    path: &'static str,
    headers: Vec<(&'static str, String)>,
    body: Value,
}

fn signed_headers(timestamp: i64, nonce: &str) -> Vec<(&'static str, String)> {
    let signature = hex::encode(Sha256::digest(format!("{timestamp}{SECRET}{nonce}{timestamp}")));
    vec![
        ("x-tif-paasid", PAASID.into()),
        ("x-tif-timestamp", timestamp.to_string()),
        ("x-tif-nonce", nonce.into()),
        ("x-tif-signature", signature),
    ]
}

impl ByHand {
    fn new(path: &'static str, body: Value) -> Self {
        let nonce = format!("{:032x}", rand::random::<u128>());
        Self { path, headers: signed_headers(Timestamp::now().as_second(), &nonce), body }
    }

    fn envelope(path: &'static str, infno: &str, sign_no: &str, input: Value) -> Self {
        let now = china_time(Timestamp::now());
        // A day of its own and chance for the moment of the id: hundreds of requests a second must not meet.
        let moment = format!("20250101{:02}{:02}{:02}", rand::random::<u8>() % 24, rand::random::<u8>() % 60, 7);
        let body = json!({"infno": infno, "mdtrtarea_admvs": "371002", "insuplc_admdvs": "371002",
            "msgid": format!("{FIXMEDINS_CODE}{moment}{:04}", rand::random::<u16>() % 10_000),
            "recer_sys_code": "YBXT", "infver": "V1.0", "opter_type": "2", "opter": "K", "opter_name": "机",
            "inf_time": now.strftime("%Y-%m-%d %H:%M:%S").to_string(), "fixmedins_code": FIXMEDINS_CODE,
            "fixmedins_name": "厅", "sign_no": sign_no, "input": input});
        Self::new(path, body)
    }

    async fn send(self, platform: &EmbeddedPlatform) -> Value {
        let mut request = http().post(format!("{}{}", platform.base_url(), self.path)).json(&self.body);
        for (name, value) in self.headers {
            request = request.header(name, value);
        }
        serde_json::from_slice(&request.send().await.unwrap().bytes().await.unwrap()).unwrap()
    }
}

/// The words of refusal, or `ok`.
fn words(answer: &Value) -> String {
    let refused = answer.get("err_msg").or(answer.get("message")).and_then(Value::as_str).unwrap_or_default();
    let fine = answer["infcode"] == "0" || answer["code"] == 0 || answer["code"] == "0";
    if fine { "ok".into() } else { refused.into() }
}

const SIGN_IN: &str = "/fsi/api/signInSignOutService/signIn";
const PERSON: &str = "/fsi/api/fsiPsnInfoService/queryPsnInfo";
const MOVEMENTS: &str = "/fsi/api/embeddedService/queryAccountMovements";

fn sign_in() -> ByHand {
    ByHand::envelope(SIGN_IN, "9001", "", json!({"signIn": {"opter_no": "K", "mac": "", "ip": "127.0.0.1"}}))
}

async fn signed_in(platform: &EmbeddedPlatform) -> String {
    let answer = sign_in().send(platform).await;
    answer["output"]["signinoutb"]["sign_no"].as_str().unwrap().to_owned()
}

async fn check_by_hand(platform: &EmbeddedPlatform, request: ByHand, expected: &str) {
    let answer = words(&request.send(platform).await);
    assert!(answer.contains(expected), "“{answer}” should say “{expected}”");
}

fn set(request: &mut ByHand, name: &'static str, value: &str) {
    request.headers.retain(|h| h.0 != name);
    request.headers.push((name, value.into()));
}

#[tokio::test]
async fn the_gate_checks_every_header() {
    let platform = platform().await;
    check_by_hand(&platform, sign_in(), "ok").await;
    let check = async |change: &dyn Fn(&mut ByHand), expected: &str| {
        let mut request = sign_in();
        change(&mut request);
        check_by_hand(&platform, request, expected).await;
    };
    for name in ["x-tif-paasid", "x-tif-timestamp", "x-tif-nonce", "x-tif-signature"] {
        check(&|r| r.headers.retain(|h| h.0 != name), &format!("缺少请求头{name}")).await;
    }
    check(&|r| set(r, "x-tif-paasid", "other"), "paasid").await;
    check(&|r| set(r, "x-tif-signature", &"0".repeat(64)), "签名校验失败").await;
    check(&|r| set(r, "x-tif-nonce", &"0".repeat(32)), "签名校验失败").await;
    check(&|r| set(r, "x-tif-nonce", "0"), "长度").await;
    check(&|r| set(r, "x-tif-timestamp", "1700000000000"), "时间戳格式").await;
    let now = Timestamp::now().as_second();
    check(&|r| r.headers = signed_headers(now - 310, "nonce-of-the-past"), "时间戳超出").await;
    check(&|r| r.headers = signed_headers(now + 330, "nonce-of-the-future"), "时间戳超出").await;
    check(&|r| r.headers = signed_headers(now, "nonce-used-twice"), "ok").await;
    check(&|r| r.headers = signed_headers(now, "nonce-used-twice"), "重复").await;
    check(&|r| r.body = json!([]), "不是JSON对象").await;
}

#[tokio::test]
async fn the_gate_checks_every_field_of_the_envelope() {
    let platform = platform().await;
    let check = async |name: &str, value: Value, expected: &str| {
        let mut request = sign_in();
        request.body[name] = value;
        check_by_hand(&platform, request, expected).await;
    };
    let required = "infno msgid mdtrtarea_admvs recer_sys_code infver opter_type opter opter_name inf_time \
        fixmedins_code fixmedins_name input";
    for name in required.split(' ') {
        check(name, Value::Null, &format!("缺少必填项{name}")).await;
    }
    let longest = "infno 6 msgid 30 mdtrtarea_admvs 6 insuplc_admdvs 6 recer_sys_code 10 dev_no 100 \
        dev_safe_info 2000 cainfo 1024 signtype 10 infver 6 opter_type 3 opter 30 opter_name 50 inf_time 19 \
        fixmedins_code 30 fixmedins_name 200 sign_no 30";
    let longest: Vec<_> = longest.split(' ').collect();
    for pair in longest.chunks(2) {
        let characters_max: usize = pair[1].parse().unwrap();
        check(pair[0], json!("9".repeat(characters_max + 1)), &format!("{}超长", pair[0])).await;
    }
    check("opter", json!(1), "应为字符串").await;
    check("infno", json!("1101"), "infno与服务地址不符").await;
    check("opter_type", json!("1"), "opter_type").await;
    check("mdtrtarea_admvs", json!("3710"), "mdtrtarea_admvs").await;
    check("fixmedins_code", json!("H37100200002"), "fixmedins_code").await;
    check("inf_time", json!("2026/11/21 08:00:00"), "inf_time").await;
    check("msgid", json!("H371002000012026112108000"), "msgid格式").await;
    check("msgid", json!(format!("{FIXMEDINS_CODE}202613210800000001")), "msgid格式").await;
    check("msgid", json!("X37100200001202611210800000001"), "msgid格式").await;
    check("msgid", json!(format!("{FIXMEDINS_CODE}202611210800000001")), "ok").await;
    check("msgid", json!(format!("{FIXMEDINS_CODE}202611210800000001")), "msgid重复").await;
    check("input", json!({"signIn": {"opter_no": "K", "ip": "1", "x": "长".repeat(40_000)}}), "input超长").await;
    check("input", json!({"signIn": {"opter_no": "K", "ip": ""}}), "缺少必填项ip").await;
    check("input", json!({"signIn": {"opter_no": "0".repeat(21), "ip": "1"}}), "opter_no超长").await;
    check("input", json!({}), "缺少必填项signIn").await;
}

#[tokio::test]
async fn a_person_is_told_only_to_who_asks_rightly() {
    let platform = platform().await;
    let sign_no = signed_in(&platform).await;
    let number = platform.population().people()[0].number.as_str();
    let check = async |data: Value, expected: &str| {
        let request = ByHand::envelope(PERSON, "1101", &sign_no, json!({"data": data}));
        check_by_hand(&platform, request, expected).await;
    };
    let whole = json!({"mdtrt_cert_type": "02", "mdtrt_cert_no": number, "psn_name": "张建华", "certno": number});
    check(json!({"mdtrt_cert_type": "02", "mdtrt_cert_no": number}), "ok").await;
    check(whole, "ok").await;
    check(json!({"mdtrt_cert_no": number}), "缺少必填项mdtrt_cert_type").await;
    check(json!({"mdtrt_cert_type": "02"}), "缺少必填项mdtrt_cert_no").await;
    check(json!({"mdtrt_cert_type": "09", "mdtrt_cert_no": number}), "mdtrt_cert_type").await;
    check(json!({"mdtrt_cert_type": "02", "mdtrt_cert_no": "1"}), "格式错误").await;
    check(json!({"mdtrt_cert_type": "02", "mdtrt_cert_no": number, "certno": "1"}), "不符").await;
    check(json!({"mdtrt_cert_type": "02", "mdtrt_cert_no": number, "psn_name": "李四"}), "姓名").await;
    check(json!({"mdtrt_cert_type": "01", "mdtrt_cert_no": "no-token"}), "ecToken").await;
    check(json!({"mdtrt_cert_type": "03", "mdtrt_cert_no": "X1"}), "card_sn").await;
    let nobody = CertificateNumber::complete("11010119000101001").unwrap();
    check(json!({"mdtrt_cert_type": "02", "mdtrt_cert_no": nobody}), "未查询到人员信息").await;
    let data = json!({"data": {"mdtrt_cert_type": "02", "mdtrt_cert_no": number}});
    check_by_hand(&platform, ByHand::envelope(PERSON, "1101", "", data.clone()), "sign_no").await;
    check_by_hand(&platform, ByHand::envelope(PERSON, "1101", "QD0", data), "sign_no").await;

    let data = json!({"data": {"psn_no": "37100000000000000000"}});
    let mut request = ByHand::envelope(MOVEMENTS, "KX01", &sign_no, data.clone());
    request.body["insuplc_admdvs"] = json!("");
    check_by_hand(&platform, request, "insuplc_admdvs必填").await;
    check_by_hand(&platform, ByHand::envelope(MOVEMENTS, "KX01", &sign_no, data), "ok").await;
}

#[tokio::test]
async fn the_decoder_checks_every_field() {
    let platform = platform().await;
    let check = async |place: &str, value: Value, expected: &str| {
        let code = platform.fresh_voucher(0).unwrap();
        let mut body = json!({"orgId": FIXMEDINS_CODE, "transType": "ec.query", "extra": "", "data": {
            "orgId": FIXMEDINS_CODE, "businessType": "01301", "operatorId": "K", "operatorName": "机",
            "officeId": "1", "officeName": "厅", "deviceType": "SelfService", "ecQrCode": code}});
        if !place.is_empty() {
            *body.pointer_mut(place).unwrap() = value;
        }
        check_by_hand(&platform, ByHand::new("/fsi/api/hsecfc/localQrCodeQuery", body), expected).await;
    };
    check("", Value::Null, "ok").await;
    let fields = "orgId businessType operatorId operatorName officeId officeName deviceType ecQrCode";
    for place in fields.split(' ') {
        check(&format!("/data/{place}"), Value::Null, &format!("缺少必填项{place}")).await;
    }
    check("/transType", json!("ec.other"), "transType").await;
    check("/orgId", json!("other"), "orgId").await;
    check("/data/deviceType", json!("PC"), "deviceType").await;
    check("/data/businessType", json!("balan"), "businessType").await;
    check("/data/ecQrCode", json!("5241111222233334444566330000"), "请使用医保电子凭证二维码").await;
    check("/data/ecQrCode", json!("https://pay.example/1"), "请使用医保电子凭证二维码").await;
}

// ---- The rating service.

fn service(project: &str) -> Value {
    json!({"taskCode": "T1", "taskName": "医保账户余额查询", "projectNo": project, "proStatus": "3",
        "areaCode": "371002000000", "orgcode": "O1", "orgName": "某医保局", "userProp": "1", "userName": "某人",
        "userPageType": "111", "certKey": "", "acceptDate": "2026-11-21 09:00:00", "serviceName": "余额查询",
        "serviceNumber": 1, "serviceTime": "2026-11-21 09:01:00", "resultDate": "2026-11-21 09:01:00",
        "projectType": "1", "proChannel": "2"})
}

fn rating(project: &str) -> Value {
    json!({"projectNo": project, "pf": "5", "satisfaction": "5", "evalDetail": "510,517", "writingEvaluation": "",
        "assessTime": "2026-11-21 09:02:00", "assessNumber": 1, "userName": "某人", "isdefault": "0",
        "effectivEvalua": "1", "appStatus": "0", "dataSource": "165", "anonymityFlag": "0"})
}

fn packed(parameter: &str, record: &Value) -> Value {
    let time = china_time(Timestamp::now()).strftime("%Y%m%d%H%M%S").to_string();
    let sign = hex::encode(Sha256::digest(format!("{time}{APP_MARK}{APP_WORD}")));
    let list = json!([record]).to_string();
    json!({"txnBodyCom": {"appMark": APP_MARK, "time": time, "sign": sign, "params": {parameter: [list]}},
        "txnCommCom": {}})
}

async fn post(platform: &EmbeddedPlatform, path: &str, body: &Value) -> reqwest::Result<String> {
    let answer = http().post(format!("{}/hcp/{path}", platform.base_url())).json(body).send().await?;
    assert_eq!(answer.status(), 200);
    Ok(words(&serde_json::from_slice(&answer.bytes().await?).unwrap()))
}

async fn check_rating(platform: &EmbeddedPlatform, path: &str, record: &Value, expected: &str) {
    assert_eq!(post(platform, path, &packed(path, record)).await.unwrap(), expected, "{record}");
}

#[tokio::test]
async fn a_rating_is_taken_once_and_after_its_service() {
    let platform = platform().await;
    check_rating(&platform, "evaluate", &rating("37A"), "未找到对应办件").await;
    check_rating(&platform, "service", &service("37A"), "ok").await;
    check_rating(&platform, "service", &service("37A"), "ok").await;
    let mut other = service("37A");
    other["taskName"] = json!("别的事");
    check_rating(&platform, "service", &other, "办件编号重复").await;
    check_rating(&platform, "evaluate", &rating("37A"), "ok").await;
    check_rating(&platform, "evaluate", &rating("37A"), "请勿重复评价").await;
    let answers = json!({"projectNo": "37A", "answers": "0:2,1:0", "answerTime": "2026-11-21 09:03:00"});
    check_rating(&platform, "answers", &answers, "ok").await;
    check_rating(&platform, "answers", &answers, "ok").await;
    let others = json!({"projectNo": "37A", "answers": "0:1", "answerTime": "2026-11-21 09:03:00"});
    check_rating(&platform, "answers", &others, "请勿重复提交").await;
    assert_eq!(platform.services(), [service("37A")]);
    assert_eq!(platform.ratings(), [rating("37A")]);
    assert_eq!(platform.answers(), [answers]);
}

#[tokio::test]
async fn the_rating_service_checks_every_field() {
    let platform = platform().await;
    check_rating(&platform, "service", &service("37A"), "ok").await;
    let check = async |path: &str, name: &str, value: Value, expected: &str| {
        let mut record = if path == "service" { service("37B") } else { rating("37A") };
        record[name] = value;
        check_rating(&platform, path, &record, expected).await;
    };
    for (path, whole) in [("service", service("37B")), ("evaluate", rating("37A"))] {
        for name in whole.as_object().unwrap().keys() {
            check(path, name, Value::Null, &format!("缺少必填项{name}")).await;
        }
    }
    let fixed = "proStatus 2 userProp 2 userPageType 1 projectType 2 proChannel 1 areaCode 威海 acceptDate 21.11.2026";
    let fixed: Vec<_> = fixed.split(' ').collect();
    for pair in fixed.chunks(2) {
        check("service", pair[0], json!(pair[1]), &format!("{}取值错误", pair[0])).await;
    }
    check("service", "serviceNumber", json!(0), "serviceNumber应为从1起的序号").await;
    let fixed = "pf 1 satisfaction 6 isdefault 1 effectivEvalua 0 appStatus 1 assessTime 20261121";
    let fixed: Vec<_> = fixed.split(' ').collect();
    for pair in fixed.chunks(2) {
        check("evaluate", pair[0], json!(pair[1]), &format!("{}取值错误", pair[0])).await;
    }
    for detail in ["417", "501", "5", "510,", "510,410"] {
        check("evaluate", "evalDetail", json!(detail), "评价指标不存在").await;
    }
    check("evaluate", "assessNumber", json!(2), "未找到对应办件").await;
    for level in ["1", "2"] {
        let mut bad = rating("37A");
        bad["satisfaction"] = json!(level);
        bad["evalDetail"] = json!("");
        check_rating(&platform, "evaluate", &bad, "不满意须填写原因").await;
    }
    let answers = json!({"projectNo": "37A", "answers": "0-2", "answerTime": "2026-11-21 09:03:00"});
    check_rating(&platform, "answers", &answers, "answers取值错误").await;
    assert!(platform.ratings().is_empty() && platform.answers().is_empty());
}

#[tokio::test]
async fn the_rating_service_checks_who_sends() {
    let platform = platform().await;
    let check = async |place: &str, value: Value, expected: &str| {
        let mut body = packed("service", &service("37A"));
        *body.pointer_mut(place).unwrap() = value;
        assert_eq!(post(&platform, "service", &body).await.unwrap(), expected, "{place}");
    };
    check("/txnBodyCom/sign", json!("0".repeat(64)), "签名校验失败").await;
    check("/txnBodyCom/appMark", json!("other"), "签名校验失败").await;
    check("/txnBodyCom/time", json!("20200101000000"), "时间戳超出允许范围").await;
    check("/txnBodyCom/time", json!("now"), "time格式错误").await;
    check("/txnBodyCom/params", json!({}), "缺少必填项params.service").await;
    check("/txnBodyCom/params/service", json!(["[]"]), "service应为只含一个对象的JSON数组").await;
    check("/txnCommCom", Value::Null, "缺少必填项txnCommCom").await;
    check("/txnBodyCom", Value::Null, "缺少必填项txnBodyCom").await;
    assert!(platform.services().is_empty());
}

#[tokio::test]
async fn a_dropped_reply_has_its_effect_exactly_once() {
    let platform = platform().await;
    platform.faults().set(Fault::DropReply);
    assert!(post(&platform, "service", &packed("service", &service("37A"))).await.is_err());
    assert!(post(&platform, "evaluate", &packed("evaluate", &rating("37A"))).await.is_err());
    platform.faults().clear();
    check_rating(&platform, "service", &service("37A"), "ok").await;
    check_rating(&platform, "evaluate", &rating("37A"), "请勿重复评价").await;
    assert_eq!((platform.services().len(), platform.ratings().len()), (1, 1));
    platform.faults().set(Fault::RefuseBusiness("系统维护".into()));
    check_rating(&platform, "service", &service("37C"), "系统维护").await;
}

#[tokio::test]
async fn what_was_accepted_survives_the_platform() {
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("ratings.jsonl");
    let options = || EmbeddedOptions { store: Some(store.clone()), population: 1, ..EmbeddedOptions::default() };
    let first = start(options()).await.unwrap();
    check_rating(&first, "service", &service("37A"), "ok").await;
    check_rating(&first, "evaluate", &rating("37A"), "ok").await;
    within(first.stop()).await;

    // A line that was being written when the machine stopped was never answered for.
    let mut text = std::fs::read_to_string(&store).unwrap();
    assert_eq!(text.lines().count(), 2);
    text.push_str(r#"{"kind":"evaluate","projectNo":"37B","#);
    std::fs::write(&store, text).unwrap();

    let second = start(options()).await.unwrap();
    assert_eq!((second.services(), second.ratings()), (vec![service("37A")], vec![rating("37A")]));
    check_rating(&second, "evaluate", &rating("37A"), "请勿重复评价").await;
    check_rating(&second, "service", &service("37B"), "ok").await;
    within(second.stop()).await;
    let third = start(options()).await.unwrap();
    assert_eq!(third.services().len(), 2);

    std::fs::write(folder.path().join("broken.jsonl"), "no json\n").unwrap();
    let broken = EmbeddedOptions { store: Some(folder.path().join("broken.jsonl")), ..EmbeddedOptions::default() };
    assert!(start(broken).await.is_err());
}
