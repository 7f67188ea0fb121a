//! The national profile against a stand-in over real HTTP, with every kind of wrong answer.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex};

use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::post;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use yibao_kiosk::delivery::national::{AppWord, NationalConfig, NationalProfile};
use yibao_kiosk::domain::Level;
use yibao_kiosk::ledger::Filter;

use crate::delivery::{VirtualClock, run_until};
use crate::support::*;

/// What the stand-in does with one request; when the list is empty it is well-behaved.
#[derive(Clone, Copy, PartialEq)]
enum Mood {
    Well,
    /// Does what it is asked, but the answer never comes.
    LoseReply,
    /// A hall's log-in page, with status 200.
    LogInPage,
    /// The same by redirection.
    Redirect,
    BadGateway,
    HalfJson,
    Refuse,
}

#[derive(Default)]
struct StandIn {
    moods: Mutex<VecDeque<Mood>>,
    /// How often each object had its effect, in order of the first.
    effects: Mutex<Vec<(String, String, Value)>>,
    strayed: Mutex<u32>,
}

impl StandIn {
    fn take(&self, kind: &str, object: Value) -> Response {
        let number = object["projectNo"].as_str().unwrap().to_owned();
        let mut effects = self.effects.lock().unwrap();
        let has = |kind: &str| effects.iter().any(|(k, n, _)| k == kind && *n == number);
        if has(kind) {
            return axum::Json(json!({ "code": "1", "message": "请勿重复评价" })).into_response();
        }
        if kind != "service" && !has("service") {
            return axum::Json(json!({ "code": "1", "message": "办件不存在" })).into_response();
        }
        effects.push((kind.to_owned(), number, object));
        axum::Json(json!({ "code": "0", "message": "成功" })).into_response()
    }
}

async fn receive(State(stand_in): State<Arc<StandIn>>, Path(kind): Path<String>, body: String) -> Response {
    let body: Value = serde_json::from_str(&body).unwrap();
    let common = &body["txnBodyCom"];
    let text = |key: &str| common[key].as_str().unwrap();
    let signed = format!("{}{}a-word", text("time"), text("appMark"));
    assert_eq!(text("sign"), hex::encode(Sha256::digest(signed)));
    let mut objects: Vec<Value> = serde_json::from_str(common["params"][&kind][0].as_str().unwrap()).unwrap();
    let object = objects.remove(0);
    let mood = stand_in.moods.lock().unwrap().pop_front().unwrap_or(Mood::Well);
    match mood {
        Mood::Well => stand_in.take(&kind, object),
        Mood::LoseReply => {
            stand_in.take(&kind, object);
            std::future::pending().await
        }
        Mood::LogInPage => Html("<html><body>请先登录</body></html>").into_response(),
        Mood::Redirect => (StatusCode::TEMPORARY_REDIRECT, [(header::LOCATION, "/stray")]).into_response(),
        Mood::BadGateway => (StatusCode::BAD_GATEWAY, "{\"code\":0}").into_response(),
        Mood::HalfJson => "{\"code\":\"0\",\"mess".into_response(),
        Mood::Refuse => axum::Json(json!({ "code": "1", "message": format!("{NAME}的办件有误") })).into_response(),
    }
}

/// Delivers one matter through a stand-in of these moods; the effects must be the three objects, once, in order.
async fn check(moods: &[Mood], last_receipts: [&str; 3]) -> Arc<StandIn> {
    let stand_in = Arc::new(StandIn { moods: Mutex::new(moods.iter().copied().collect()), ..StandIn::default() });
    let stray = |State(stand_in): State<Arc<StandIn>>| async move { *stand_in.strayed.lock().unwrap() += 1 };
    let app = axum::Router::new()
        .route("/hcp/{kind}", post(receive))
        .route("/stray", post(stray))
        .with_state(stand_in.clone());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base_url = format!("http://{}/", listener.local_addr().unwrap());
    let server = tokio::spawn(async move { axum::serve(listener, app).await });

    let (folder, ledger) = fresh();
    let ledger = Arc::new(ledger);
    for entry in [service(1), rating(1, Level::Dissatisfied), answers(1)] {
        ledger.keep(&entry, at(0)).unwrap();
    }
    let clock = Arc::new(VirtualClock::default());
    let config =
        NationalConfig { base_url, app_word: AppWord::new("a-word"), timeout_ms: 500, ..NationalConfig::default() };
    let profile = NationalProfile::new(config, clock.clone()).unwrap();
    run_until(&ledger, &clock, Box::new(profile), |counts, _| counts.unsent() == 0).await;
    server.abort();

    let effects: Vec<_> = stand_in.effects.lock().unwrap().iter().map(|(kind, ..)| kind.clone()).collect();
    assert_eq!(effects, ["service", "evaluate", "answers"]);
    let rows = ledger.list(Filter::All, 9).unwrap();
    let receipts: Vec<&str> = rows.iter().map(|row| row.receipt.as_deref().unwrap()).collect();
    assert_eq!(receipts, last_receipts);
    assert!(!format!("{rows:?}").contains(NAME));
    drop(folder);
    stand_in
}

const FINE: &str = "code \"0\"";

#[tokio::test]
async fn a_matter_arrives_whole() {
    let stand_in = check(&[], [FINE; 3]).await;
    let effects = stand_in.effects.lock().unwrap();
    let objects: BTreeMap<_, _> = effects.iter().map(|(kind, _, object)| (kind.as_str(), object)).collect();
    assert_eq!(
        (&objects["service"]["userName"], &objects["service"]["certKey"]),
        (&json!(NAME), &json!("371002194803150016"))
    );
    assert_eq!(
        (&objects["evaluate"]["satisfaction"], &objects["evaluate"]["evalDetail"]),
        (&json!("2"), &json!("214"))
    );
    assert_eq!(objects["answers"]["answers"], "0:2");
}

#[tokio::test]
async fn a_lost_answer_is_asked_for_again_and_has_one_effect() {
    check(&[Mood::Well, Mood::LoseReply], [FINE, "请勿重复评价", FINE]).await;
}

#[tokio::test]
async fn foreign_answers_are_no_receipts_and_no_refusals() {
    let moods = [Mood::LogInPage, Mood::BadGateway, Mood::Redirect, Mood::Well, Mood::HalfJson, Mood::LogInPage];
    let stand_in = check(&moods, [FINE; 3]).await;
    assert_eq!(*stand_in.strayed.lock().unwrap(), 0, "a resident's data follows no redirection");
}

#[tokio::test]
async fn a_refusal_is_tried_again_and_its_rating_waits() {
    check(&[Mood::Refuse; 7], [FINE; 3]).await;
}
