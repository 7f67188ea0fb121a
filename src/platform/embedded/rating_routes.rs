//! The rating service (好差评): service records, ratings, and the embedded profile's questionnaire answers.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use serde_json::{Map, Value, json};

use super::gate::{CLOCK_DIFFERENCE_S_MAX, check_fields, text};
use super::rating_book::{Key, RatingBook, Shelf};
use super::rating_seal::{Seal, Sm2Parts};
use super::server::{Shared, parse_object};
use super::{APP_MARK, Fault};
use crate::domain::china_time;
use crate::domain::indicator;

/// An SM2 ciphertext of time, mark and word is far longer than a digest.
const SIGN_CHARACTERS_MAX: usize = 512;

/// The book behind an address and the name of its parameter.
pub(super) fn book(path: &str) -> Option<(Shelf, &'static str)> {
    match path {
        "/hcp/service" => Some((Shelf::Services, "service")),
        "/hcp/evaluate" => Some((Shelf::Ratings, "evaluate")),
        "/hcp/answers" => Some((Shelf::Answers, "answers")),
        _ => None,
    }
}

/// The answer to one request; always with status 200, as the national service does.
pub(super) fn answer(shared: &Shared, shelf: Shelf, parameter: &str, body: &[u8]) -> Value {
    let outcome = match shared.faults.current() {
        Some(Fault::RefuseBusiness(words)) => Err(words),
        _ => open(body, parameter, shared.now(), shared.options.sm2_parts)
            .and_then(|record| file(&mut shared.book(), shelf, record)),
    };
    match outcome {
        Ok(()) => json!({"code": "0", "message": "success"}),
        Err(message) => json!({"code": "1", "message": message}),
    }
}

/// Checks the signature and takes the one record out.
fn open(body: &[u8], parameter: &str, now: Timestamp, parts: Sm2Parts) -> Result<Map<String, Value>, String> {
    let request = parse_object(body).ok_or("请求报文不是JSON对象")?;
    let txn = request.get("txnBodyCom").and_then(Value::as_object).ok_or("缺少必填项txnBodyCom")?;
    if !request.get("txnCommCom").is_some_and(Value::is_object) {
        return Err("缺少必填项txnCommCom".into());
    }
    check_fields(txn, &[("appMark", 64, true), ("time", 14, true), ("sign", SIGN_CHARACTERS_MAX, true)])?;
    let time = text(txn, "time");
    let moment = DateTime::strptime("%Y%m%d%H%M%S", time).map_err(|_| "time格式错误")?;
    let off = china_time(now).datetime().duration_since(moment).as_secs().abs();
    if off > CLOCK_DIFFERENCE_S_MAX {
        return Err("时间戳超出允许范围".into());
    }
    if text(txn, "appMark") != APP_MARK {
        return Err("签名校验失败".into());
    }
    let seal = Seal::check(text(txn, "sign"), time, parts)?;
    let packed = txn.get("params").and_then(|p| p.get(parameter)?.as_array()?.first()?.as_str());
    let packed = seal.open(packed.ok_or_else(|| format!("缺少必填项params.{parameter}"))?)?;
    match serde_json::from_str::<Vec<Map<String, Value>>>(&packed).as_deref() {
        Ok([record]) => Ok(record.clone()),
        _ => Err(format!("{parameter}应为只含一个对象的JSON数组")),
    }
}

fn file(book: &mut RatingBook, shelf: Shelf, record: Map<String, Value>) -> Result<(), String> {
    let (fields, number) = match shelf {
        Shelf::Services => (SERVICE, "serviceNumber"),
        Shelf::Ratings => (EVALUATE, "assessNumber"),
        Shelf::Answers => (ANSWERS, ""),
    };
    for (name, rule) in fields {
        check_value(name, rule, record.get(*name))?;
    }
    let number = if number.is_empty() { 1 } else { count(&record, number) };
    let key: Key = (text(&record, "projectNo").to_owned(), number);
    if shelf == Shelf::Ratings {
        check_indicators(&record)?;
    }
    if shelf != Shelf::Services && book.find(Shelf::Services, &key).is_none() {
        return Err("未找到对应办件".into());
    }
    let record = Value::Object(record);
    match (book.find(shelf, &key), shelf) {
        (Some(_), Shelf::Ratings) => Err("请勿重复评价".into()),
        (Some(known), _) if *known == record => Ok(()),
        (Some(_), Shelf::Services) => Err("办件编号重复".into()),
        (Some(_), Shelf::Answers) => Err("请勿重复提交".into()),
        (None, _) => book.accept(shelf, key, record).map_err(|_| "系统繁忙，请稍后重试".into()),
    }
}

/// What a field has to be.
enum Rule {
    /// Text of at most so many characters, not empty.
    Text(usize),
    /// Text of at most so many characters, may be empty.
    Maybe(usize),
    /// Exactly this text.
    Is(&'static str),
    /// Digits.
    Digits,
    /// One of the digits 1 to 5.
    Level,
    /// A number from 1, as number or as digits.
    Count,
    /// `yyyy-MM-dd HH:mm:ss`.
    Moment,
    /// The same, or the date alone.
    MomentOrDay,
    /// Pairs of question and choice: `0:2,1:0`.
    Choices,
}

const SERVICE: &[(&str, Rule)] = &[
    ("taskCode", Rule::Text(50)),
    ("taskName", Rule::Text(200)),
    ("projectNo", Rule::Text(50)),
    ("proStatus", Rule::Is("3")),
    ("areaCode", Rule::Digits),
    ("orgcode", Rule::Text(50)),
    ("orgName", Rule::Text(200)),
    ("userProp", Rule::Is("1")),
    ("userName", Rule::Text(50)),
    ("userPageType", Rule::Is("111")),
    ("certKey", Rule::Maybe(50)),
    ("acceptDate", Rule::MomentOrDay),
    ("serviceName", Rule::Text(200)),
    ("serviceNumber", Rule::Count),
    ("serviceTime", Rule::MomentOrDay),
    ("resultDate", Rule::MomentOrDay),
    ("projectType", Rule::Is("1")),
    ("proChannel", Rule::Is("2")),
];

const EVALUATE: &[(&str, Rule)] = &[
    ("projectNo", Rule::Text(50)),
    ("pf", Rule::Is("5")),
    ("satisfaction", Rule::Level),
    ("evalDetail", Rule::Maybe(200)),
    ("writingEvaluation", Rule::Maybe(500)),
    ("assessTime", Rule::Moment),
    ("assessNumber", Rule::Count),
    ("userName", Rule::Text(50)),
    ("isdefault", Rule::Is("0")),
    ("effectivEvalua", Rule::Is("1")),
    ("appStatus", Rule::Is("0")),
    ("dataSource", Rule::Text(3)),
    ("anonymityFlag", Rule::Text(1)),
];

const ANSWERS: &[(&str, Rule)] =
    &[("projectNo", Rule::Text(50)), ("answers", Rule::Choices), ("answerTime", Rule::Moment)];

fn check_value(name: &str, rule: &Rule, value: Option<&Value>) -> Result<(), String> {
    let missing = || format!("缺少必填项{name}");
    let value = value.filter(|v| !v.is_null()).ok_or_else(missing)?;
    if let Rule::Count = rule {
        return if as_count(value).is_some() { Ok(()) } else { Err(format!("{name}应为从1起的序号")) };
    }
    let text = value.as_str().ok_or_else(|| format!("{name}应为字符串"))?;
    if text.is_empty() && !matches!(rule, Rule::Maybe(_)) {
        return Err(missing());
    }
    let moment = || DateTime::strptime("%Y-%m-%d %H:%M:%S", text).is_ok();
    let kept = match rule {
        Rule::Text(characters_max) | Rule::Maybe(characters_max) => text.chars().count() <= *characters_max,
        Rule::Is(expected) => text == *expected,
        Rule::Digits => text.bytes().all(|b| b.is_ascii_digit()),
        Rule::Level => matches!(text, "1" | "2" | "3" | "4" | "5"),
        Rule::Moment => moment(),
        Rule::MomentOrDay => moment() || Date::strptime("%Y-%m-%d", text).is_ok(),
        Rule::Choices => text.split(',').all(is_choice),
        Rule::Count => true,
    };
    if kept { Ok(()) } else { Err(format!("{name}取值错误")) }
}

fn is_choice(pair: &str) -> bool {
    pair.split_once(':')
        .is_some_and(|(question, choice)| question.parse::<u8>().is_ok() && choice.parse::<u8>().is_ok())
}

fn as_count(value: &Value) -> Option<u64> {
    let number = value.as_u64().or_else(|| value.as_str()?.parse().ok())?;
    (number >= 1).then_some(number)
}

fn count(record: &Map<String, Value>, name: &str) -> u64 {
    record.get(name).and_then(as_count).unwrap_or_default()
}

/// Reasons belong to the level and are in use; the two bad levels need one, or words.
fn check_indicators(record: &Map<String, Value>) -> Result<(), String> {
    let (level, detail) = (text(record, "satisfaction"), text(record, "evalDetail"));
    if matches!(level, "1" | "2") && detail.is_empty() && text(record, "writingEvaluation").is_empty() {
        return Err("不满意须填写原因".into());
    }
    let of_this_level = |code: &str| code.starts_with(level) && code.parse().is_ok_and(|c| indicator(c).is_some());
    if detail.is_empty() || detail.split(',').all(of_this_level) { Ok(()) } else { Err("评价指标不存在".into()) }
}
