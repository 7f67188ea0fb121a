//! The embedded platform's rating service: order, repeats, every field, lost replies, and what survives a restart.

use jiff::Timestamp;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use yibao_kiosk::domain::china_time;
use yibao_kiosk::platform::embedded::{APP_MARK, APP_WORD, EmbeddedOptions, EmbeddedPlatform, Fault, start};

use super::{http, platform, within, words};

pub fn service(project: &str) -> Value {
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

pub fn packed(parameter: &str, record: &Value) -> Value {
    let time = china_time(Timestamp::now()).strftime("%Y%m%d%H%M%S").to_string();
    let sign = hex::encode(Sha256::digest(format!("{time}{APP_MARK}{APP_WORD}")));
    let list = json!([record]).to_string();
    json!({"txnBodyCom": {"appMark": APP_MARK, "time": time, "sign": sign, "params": {parameter: [list]}},
        "txnCommCom": {}})
}

pub async fn post(platform: &EmbeddedPlatform, path: &str, body: &Value) -> reqwest::Result<String> {
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
