//! SM2 between the kiosk's own client and the embedded platform: both orders, and everything that does not fit.

use std::sync::Arc;

use jiff::civil::date;
use yibao_kiosk::delivery::national::{AppWord, NationalConfig, NationalProfile, Signature, Sm2Order};
use yibao_kiosk::delivery::{DeliveryFailure, DeliveryProfile, Receipt, Transport};
use yibao_kiosk::domain::{Entry, Level, Matter, ProjectNumber, Rating, Service};
use yibao_kiosk::ledger::{Class, Lane, Record, RecordId};
use yibao_kiosk::platform::embedded::{
    APP_MARK, APP_WORD, EmbeddedOptions, EmbeddedPlatform, SM2_PUBLIC_KEY, Sm2Parts, start,
};
use yibao_kiosk::runtime::Clock;

use crate::rating;

/// A point of the curve whose secret the platform does not have: the generator.
const STRANGER: &str = "32c4ae2c1f1981195f9904466a39c9948fe30bbff2660be1715a4589334c74c7\
                        bc3736a2f4f6779c59bdcee36b692153d0a9877cc62a474002df32e52139f0a0";

fn records() -> [Record; 2] {
    let (project, at) = (ProjectNumber::from_stored("37S1"), date(2026, 11, 21).at(9, 0, 0, 0));
    let matter = Matter { project: project.clone(), service: Service::Balance, started: at, finished: at };
    let service = Entry::Service { matter, name: "测试甲".into(), certificate: String::new() };
    let rating = Entry::Rating { project, rating: Rating::new(Level::Satisfied, vec![]).unwrap(), at };
    [(Class::Service, service), (Class::Rating, rating)].map(|(class, entry)| Record {
        id: RecordId::from_text(format!("e-{class}")),
        class,
        matter: ProjectNumber::from_stored("37S1"),
        entry,
        lane: Lane::Normal,
        tries: 0,
        refusals: 0,
    })
}

async fn deliver(
    platform: &EmbeddedPlatform,
    change: impl FnOnce(&mut NationalConfig),
) -> Vec<Result<Receipt, DeliveryFailure>> {
    let mut config = NationalConfig {
        base_url: platform.base_url(),
        app_mark: APP_MARK.into(),
        app_word: AppWord::new(APP_WORD),
        signature: Signature::Sm2,
        sm2_public_key: SM2_PUBLIC_KEY.into(),
        ..NationalConfig::default()
    };
    change(&mut config);
    let profile = NationalProfile::new(config, Arc::new(Clock::start())).unwrap();
    let mut answers = Vec::new();
    for record in &records() {
        answers.push(profile.deliver(record).await);
    }
    answers
}

/// Both records arrive once, or both envelopes are refused: transport, so that nothing goes to the slow lane.
async fn check(parts: Sm2Parts, change: impl FnOnce(&mut NationalConfig), arrives: bool) {
    let options = EmbeddedOptions { sm2_parts: parts, population: 1, ..EmbeddedOptions::default() };
    let platform = start(options).await.unwrap();
    for answer in deliver(&platform, change).await {
        match answer {
            Ok(receipt) => assert!(arrives && !receipt.already),
            Err(failure) => assert_eq!((failure, arrives), (Transport::Envelope.into(), false)),
        }
    }
    let arrived = usize::from(arrives);
    assert_eq!((platform.services().len(), platform.ratings().len()), (arrived, arrived));
    if arrives {
        assert_eq!(platform.services()[0]["userName"], "测试甲");
    }
    platform.stop().await;
}

#[tokio::test]
async fn sm2_arrives_in_the_order_that_was_agreed() {
    check(Sm2Parts::PointDigestText, |_| {}, true).await;
    check(Sm2Parts::PointTextDigest, |config| config.sm2_order = Sm2Order::C1c2c3, true).await;
}

#[tokio::test]
async fn a_seal_that_does_not_fit_blames_the_envelope() {
    check(Sm2Parts::PointTextDigest, |_| {}, false).await;
    check(Sm2Parts::PointDigestText, |config| config.sm2_order = Sm2Order::C1c2c3, false).await;
    check(Sm2Parts::PointDigestText, |config| config.sm2_public_key = STRANGER.into(), false).await;
    check(Sm2Parts::PointDigestText, |config| config.app_word = AppWord::new("another"), false).await;
    let another = |config: &mut NationalConfig| {
        (config.signature, config.app_word) = (Signature::Sha256, AppWord::new("another"));
    };
    check(Sm2Parts::PointDigestText, another, false).await;
}

#[tokio::test]
async fn whoever_signs_with_sm2_encrypts_too() {
    let platform = crate::platform().await;
    let mut body = rating::packed("service", &rating::service("37A"));
    let sealed = sm2_of(&format!("{}{APP_MARK}{APP_WORD}", body["txnBodyCom"]["time"].as_str().unwrap()));
    body["txnBodyCom"]["sign"] = sealed.into();
    assert_eq!(rating::post(&platform, "service", &body).await.unwrap(), "验签失败：参数无法解密");
    assert!(platform.services().is_empty());
}

fn sm2_of(text: &str) -> String {
    let key = sm2::pke::EncryptingKey::from_sec1_bytes(&hex::decode(SM2_PUBLIC_KEY).unwrap()).unwrap();
    hex::encode(key.encrypt(&mut rand::rngs::SysRng, text.as_bytes()).unwrap())
}
