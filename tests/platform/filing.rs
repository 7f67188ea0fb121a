//! Filings over real HTTP: what the stand-in knows, every rule it holds requests to, and a lost answer that must not
//! become a second filing.

use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};
use std::time::Instant;

use jiff::civil::{Date, date};
use jiff::{Timestamp, ToSpan};
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use tokio::sync::{Notify, watch};
use yibao_kiosk::delivery::filing::FilingDelivery;
use yibao_kiosk::delivery::worker::{Notice, Worker};
use yibao_kiosk::delivery::{DeliveryFailure, DeliveryProfile, Receipt};
use yibao_kiosk::domain::filing::{
    Agent, Category, Commitment, FiledStatus, FilingAction, FilingOutcome, FilingRequest, Grounds, KeptStatus,
    NewFiling, Period, PhoneNumber, Referral, Relation, TravelReason,
};
use yibao_kiosk::domain::{AreaCode, CertificateNumber, Entry, InsuranceType, PersonName, ProjectNumber, china_time};
use yibao_kiosk::ledger::{Class, Ledger, Moment, Options, Record};
use yibao_kiosk::places::{Places, SiteAreas};
use yibao_kiosk::platform::FilingPlatform;
use yibao_kiosk::platform::embedded::{EmbeddedOptions, EmbeddedPlatform, FILING_SUBMIT, Fault, Person, Resubmit};
use yibao_kiosk::platform::fsi::{FilingProfile, FsiClient};
use yibao_kiosk::runtime::Clock;

use super::{DEADLINE, client, platform, start, within};

fn today() -> Date {
    china_time(Timestamp::now()).date()
}

fn number(person: &Person) -> CertificateNumber {
    CertificateNumber::parse(&person.number).or_else(|_| CertificateNumber::parse_foreign_2017(&person.number)).unwrap()
}

/// A long-term filing of a person to Shanghai, good in every respect.
fn request(person: &Person, tail: u32) -> FilingRequest {
    let at = today().at(9, 30, 0, 0);
    let promise = Commitment { version: "2026-1".into(), text: "我承诺以上属实".into(), accepted: at };
    FilingRequest {
        number: ProjectNumber::from_stored(format!("371002A00320261122000000{tail:04}")),
        person_number: format!("{}@{}", person.psn_no, person.insurances[0].area),
        name: PersonName::from_text(&person.name),
        certificate: number(person),
        insurance: InsuranceType::from_code(person.insurances[0].insutype),
        insured_area: AreaCode::parse(person.insurances[0].area).unwrap(),
        action: FilingAction::File(Box::new(NewFiling {
            reason: TravelReason::WithChildren,
            category: Category::LongTermResident,
            destination: AreaCode::parse("310000").unwrap(),
            period: Period { begin: today(), end: None },
            phone: PhoneNumber::parse("13800000000").unwrap(),
            address: Some("试路1号".into()),
            grounds: Grounds::Commitment(promise),
            replaces: None,
        })),
        agent: None,
        at,
    }
}

fn changed(mut request: FilingRequest, change: impl FnOnce(&mut NewFiling)) -> FilingRequest {
    if let FilingAction::File(new) = &mut request.action {
        change(new);
    }
    request
}

fn record(request: FilingRequest) -> Record {
    let folder = tempfile::tempdir().unwrap();
    let ledger = ledger(folder.path());
    ledger.keep(&Entry::Filing(Box::new(request)), moment(1)).unwrap();
    ledger.due_filings(moment(1), 1).unwrap().remove(0)
}

fn ledger(folder: &Path) -> Ledger {
    Ledger::open(Options::new(folder.join("a.db"), folder.join("a.key"))).unwrap()
}

fn moment(tick_ms: u64) -> Moment {
    Moment { wall: date(2026, 11, 22).at(9, 0, 0, 0), tick_ms }
}

fn delivery(client: FsiClient) -> FilingDelivery {
    FilingDelivery::new(Arc::new(client), FilingProfile::default().later_words)
}

async fn deliver(platform: &EmbeddedPlatform, request: FilingRequest) -> Result<Receipt, DeliveryFailure> {
    let record = record(request);
    within(delivery(client(platform, |_| {})).deliver(&record)).await
}

async fn check(platform: &EmbeddedPlatform, request: FilingRequest, expected: &str) {
    let outcome = deliver(platform, request).await;
    let said = match &outcome {
        Ok(_) => "done",
        Err(DeliveryFailure::Rejected(words)) => words.expose(),
        Err(other) => panic!("{other}, not {expected}"),
    };
    assert!(said.contains(expected), "“{said}” should say “{expected}”");
}

#[tokio::test]
async fn a_filing_is_filed_listed_extended_and_cancelled() {
    let platform = platform().await;
    let person = platform.population().people()[0].clone();
    let asking = client(&platform, |_| {});
    let key = request(&person, 1).person_number.clone();
    assert!(within(asking.filings(&key)).await.unwrap().filings.is_empty());
    let until = today().saturating_add(6.months());
    let temporary = changed(request(&person, 1), |new| {
        (new.category, new.grounds) = (Category::OtherTemporary, Grounds::Nothing);
        new.period.end = Some(until);
    });
    let receipt = deliver(&platform, temporary).await.unwrap();
    let known = within(asking.filings(&key)).await.unwrap();
    let filed = &known.filings[0];
    assert_eq!((&filed.serial, filed.status, filed.period.end), (&receipt.text, FiledStatus::Valid, Some(until)));
    assert_eq!(filed.request, Some(request(&person, 1).number.clone()));
    assert_eq!(known.phone.map(|phone| phone.number.masked()), Some("138****0000".into()));

    let later = until.saturating_add(3.months());
    let mut longer = request(&person, 2);
    longer.action = FilingAction::Extend { serial: receipt.text.clone(), until: later };
    assert_eq!(deliver(&platform, longer).await.unwrap().text, receipt.text);
    assert_eq!(within(asking.filings(&key)).await.unwrap().filings[0].period.end, Some(later));

    let mut over = request(&person, 3);
    over.action = FilingAction::Cancel { serial: receipt.text };
    assert!(deliver(&platform, over).await.is_ok());
    assert_eq!(within(asking.filings(&key)).await.unwrap().filings[0].status, FiledStatus::Cancelled);
}

/// A platform that counts a city otherwise than GB/T 2260 is filed to and read in its own codes.
#[tokio::test]
async fn destinations_are_written_in_the_platforms_own_codes() {
    let platform = platform().await;
    let person = platform.population().people()[0].clone();
    let list = "code,name,division\n659000,上海市,310000\n";
    let areas = Arc::new(SiteAreas::parse(list.as_bytes(), Places::national()).unwrap());
    let own_codes = client(&platform, |config| config.site_areas = Arc::clone(&areas));
    let request = request(&person, 1);
    let key = request.person_number.clone();
    within(delivery(own_codes).deliver(&record(request))).await.unwrap();
    let check = async |asking: FsiClient, expected: &str| {
        let told = within(asking.filings(&key)).await.unwrap();
        assert_eq!(told.filings[0].destination.as_str(), expected);
    };
    check(client(&platform, |_| {}), "659000").await;
    check(client(&platform, |config| config.site_areas = Arc::clone(&areas)), "310000").await;
}

#[tokio::test]
async fn the_office_holds_every_request_to_its_rules() {
    let platform = platform().await;
    let people = platform.population().people().to_vec();
    let good = |tail| request(&people[0], tail);
    let place = |code: &str| AreaCode::parse(code).unwrap();
    check(&platform, changed(good(1), |new| new.category = Category::Emergency), "急诊抢救视同已备案").await;
    check(&platform, changed(good(2), |new| new.destination = place("990000")), "行政区划不存在").await;
    check(&platform, changed(good(3), |new| new.destination = place("310101")), "行政区划不存在").await;
    check(&platform, changed(good(4), |new| new.destination = place("371000")), "就医地与参保地相同").await;
    check(&platform, changed(good(5), |new| new.period.end = Some(today().yesterday().unwrap())), "早于开始日期").await;
    check(&platform, changed(good(6), |new| new.grounds = Grounds::Nothing), "缺少个人承诺书").await;
    let temporary = |new: &mut NewFiling| {
        (new.category, new.grounds) = (Category::OtherTemporary, Grounds::Nothing);
        new.period.end = Some(today().saturating_add(6.months()).saturating_sub(2.days()));
    };
    check(&platform, changed(good(7), temporary), "不足6个月").await;
    check(
        &platform,
        changed(good(8), |new| {
            temporary(new);
            new.period.end = None;
        }),
        "须有结束日期",
    )
    .await;
    check(
        &platform,
        changed(good(9), |new| {
            temporary(new);
            new.period.end = Some(today().saturating_add(6.months()));
            new.category = Category::Referred;
        }),
        "缺少转诊转院证明",
    )
    .await;
    check(
        &platform,
        changed(good(10), |new| {
            new.category = Category::Referred;
            new.period.end = Some(today().saturating_add(12.months()));
            let (number, hospital) = ("ZZ2026-1".to_owned(), "威海市立医院".to_owned());
            new.grounds = Grounds::Referral(Referral { number, hospital });
        }),
        "done",
    )
    .await;
    let mut half = request(&people[1], 11);
    half.agent = Some(Agent {
        name: PersonName::from_text(&people[0].name),
        certificate: number(&people[1]),
        phone: None,
        relation: Relation::Child,
    });
    check(&platform, half, "代办人不能是本人").await;
    let mut other = request(&people[1], 12);
    other.name = PersonName::from_text("某人");
    check(&platform, other, "姓名与证件号码不符").await;
    check(&platform, request(&people[9], 13), "参保状态异常").await;
}

#[tokio::test]
async fn an_overlap_is_refused_unless_the_old_one_is_replaced() {
    let platform = platform().await;
    // Person 5 is away for some months from the start.
    let person = platform.population().people()[5].clone();
    let asking = client(&platform, |_| {});
    let key = request(&person, 1).person_number.clone();
    let old = within(asking.filings(&key)).await.unwrap().filings.remove(0);
    check(&platform, request(&person, 1), "时间重叠").await;
    let replacing = changed(request(&person, 2), |new| new.replaces = Some(old.serial.clone()));
    check(&platform, replacing, "done").await;
    let filings = within(asking.filings(&key)).await.unwrap().filings;
    let before = filings.iter().find(|filed| filed.serial == old.serial).unwrap();
    assert_eq!(before.period.end, Some(today().yesterday().unwrap()), "the old one ends the day before");
    assert_eq!(filings.len(), 2);
}

#[tokio::test]
async fn a_helper_is_written_down_and_a_certificate_alone_is_enough() {
    let platform = platform().await;
    let people = platform.population().people().to_vec();
    let mut helped = request(&people[1], 1);
    helped.person_number = String::new();
    helped.agent = Some(Agent {
        name: PersonName::from_text(&people[0].name),
        certificate: number(&people[0]),
        phone: None,
        relation: Relation::Spouse,
    });
    check(&platform, helped, "done").await;
    assert_eq!(platform.filings()[0].agent, people[0].number);
    let family = within(client(&platform, |_| {}).family(&request(&people[0], 1).person_number)).await.unwrap();
    let bound: Vec<_> = family.iter().map(|member| (member.certificate.expose(), member.relation)).collect();
    assert_eq!(bound[0], (people[1].number.as_str(), Relation::Spouse));
    assert!(family.iter().any(|member| member.bound > today().saturating_sub(7.days())), "one was bound lately");
}

/// A kiosk's filing line: ledger, worker and client, and what the session would be told.
struct FilingLine {
    folder: tempfile::TempDir,
    ledger: Arc<Ledger>,
    told: Receiver<FilingOutcome>,
    stop: watch::Sender<bool>,
    worker: tokio::task::JoinHandle<()>,
}

impl FilingLine {
    fn start(platform: &EmbeddedPlatform, folder: tempfile::TempDir, began: Instant) -> Self {
        let ledger = Arc::new(ledger(folder.path()));
        let (tell, told) = channel();
        let (stop, stopped) = watch::channel(false);
        let worker = Worker {
            ledger: Arc::clone(&ledger),
            profile: Arc::new(delivery(client(platform, |config| config.total_ms_max = 2_000))),
            clock: Arc::new(Clock::counting_from(began)),
            kick: Arc::new(Notify::new()),
            observer: Arc::new(move |notice| {
                if let Notice::Filing { outcome, .. } = notice {
                    let _ = tell.send(outcome);
                }
            }),
            rng: ChaCha8Rng::seed_from_u64(7),
        };
        let worker = tokio::spawn(worker.run(stopped));
        Self { folder, ledger, told, stop, worker }
    }

    async fn next(&mut self) -> FilingOutcome {
        let until = Instant::now() + DEADLINE;
        loop {
            if let Ok(outcome) = self.told.try_recv() {
                return outcome;
            }
            assert!(Instant::now() < until, "nobody was told what became of the filing");
            tokio::time::sleep(std::time::Duration::from_millis(10)).await;
        }
    }

    /// The program ends as a killed one does: nothing it knew is left but the file.
    async fn end(self) -> tempfile::TempDir {
        let Self { folder, ledger, stop, worker, .. } = self;
        stop.send_replace(true);
        worker.await.unwrap();
        drop(ledger);
        folder
    }
}

/// The clock of a program that has run for an hour: what waits for a quiet moment is due.
fn an_hour_ago() -> Instant {
    Instant::now().checked_sub(std::time::Duration::from_secs(3_600)).unwrap_or_else(Instant::now)
}

/// Loses something about the first send, starts the program anew, and counts filings and tells their end.
async fn check_lost(fault: Fault, resubmit: Resubmit) {
    let options = EmbeddedOptions { resubmit, ..EmbeddedOptions::default() };
    let platform = start(options).await.unwrap();
    let person = platform.population().people()[0].clone();
    let folder = tempfile::tempdir().unwrap();
    ledger(folder.path()).keep(&Entry::Filing(Box::new(request(&person, 1))), moment(1)).unwrap();
    platform.faults().set(fault.clone());
    let mut line = FilingLine::start(&platform, folder, an_hour_ago());
    assert_eq!(line.next().await, FilingOutcome::NotYet, "{fault:?}: the resident is told at once that it is not done");
    let kept = line.ledger.filings_of(&number(&person)).unwrap();
    assert_eq!(kept[0].status, KeptStatus::Waiting, "{fault:?}");
    let folder = line.end().await;
    platform.faults().clear();
    let mut line = FilingLine::start(&platform, folder, an_hour_ago());
    let FilingOutcome::Done { serial } = line.next().await else { panic!("{fault:?}: not done") };
    assert_eq!(platform.filings().len(), 1, "{fault:?} {resubmit:?}: one filing, not two");
    assert_eq!(platform.filings()[0].serial, serial);
    assert_eq!(line.ledger.filings_of(&number(&person)).unwrap()[0].status, KeptStatus::Done(serial));
    let listed = line.ledger.list(yibao_kiosk::ledger::Filter::All, 9).unwrap();
    assert_eq!((listed[0].class.as_str(), listed[0].body_bytes), (Class::Filing.as_str(), 0), "nothing of it stays");
    line.end().await;
}

#[tokio::test]
async fn a_lost_answer_gives_one_filing_not_two() {
    for resubmit in [Resubmit::FiledTwice, Resubmit::Refused] {
        check_lost(Fault::ReplyLost(FILING_SUBMIT), resubmit).await;
    }
}

#[tokio::test]
async fn a_lost_request_gives_one_filing_not_none() {
    check_lost(Fault::RequestLost(FILING_SUBMIT), Resubmit::FiledTwice).await;
    check_lost(Fault::Down, Resubmit::FiledTwice).await;
    check_lost(Fault::ServerError(502), Resubmit::FiledTwice).await;
    check_lost(Fault::Html, Resubmit::FiledTwice).await;
    check_lost(Fault::Silent, Resubmit::FiledTwice).await;
    check_lost(Fault::RefuseBusiness("系统维护中，请稍后重试".into()), Resubmit::FiledTwice).await;
    check_lost(Fault::MessageTaken(FILING_SUBMIT), Resubmit::FiledTwice).await;
}

/// The stand-in would file it twice; this is what the question before sending is for.
#[tokio::test]
async fn sending_without_asking_would_file_twice() {
    let options = EmbeddedOptions { resubmit: Resubmit::FiledTwice, ..EmbeddedOptions::default() };
    let platform = start(options).await.unwrap();
    let wanted = request(&platform.population().people()[0], 1);
    let asking = client(&platform, |_| {});
    for _ in 0..2 {
        assert!(within(asking.submit(&wanted)).await.is_ok());
    }
    assert_eq!(platform.filings().len(), 2);
}

#[tokio::test]
async fn a_rejection_is_kept_for_its_person() {
    let platform = platform().await;
    let person = platform.population().people()[3].clone();
    let folder = tempfile::tempdir().unwrap();
    ledger(folder.path()).keep(&Entry::Filing(Box::new(request(&person, 1))), moment(1)).unwrap();
    let mut line = FilingLine::start(&platform, folder, an_hour_ago());
    let FilingOutcome::Rejected(words) = line.next().await else { panic!("not rejected") };
    assert!(words.contains("时间重叠"), "{words}");
    assert_eq!(line.ledger.filings_of(&number(&person)).unwrap()[0].status, KeptStatus::Rejected(words));
    assert_eq!(line.ledger.counts().unwrap().unsent(), 0, "it does not wait for ever");
    line.end().await;
}
