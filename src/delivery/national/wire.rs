//! The bytes of the national interface: the signed envelope and the three objects in it.
//!
//! Field names are the interface's own, slips included (`effectivEvalua`).

use jiff::civil::DateTime;
use serde_json::{Value, json};

use super::config::{NationalConfig, Scale};
use super::seal::Seal;
use crate::delivery::DeliveryFailure;
use crate::domain::{Entry, Matter, ProjectNumber, Rating};
use crate::ledger::{Class, Record};

/// Ratings go without a name; the field itself must not be empty.
const ANONYMOUS: &str = "匿名";
/// 政务大厅其他(自助)终端 among the ways a rating can come.
const RATED_AT_A_TERMINAL: &str = "5";

/// The last part of the address, which is also the key inside `params`.
pub(super) fn path(class: Class) -> &'static str {
    match class {
        Class::Service => "service",
        Class::Rating => "evaluate",
        Class::Answers => "answers",
        // Goes another way and never comes here; `envelope` refuses it.
        Class::Filing => "filing",
    }
}

/// The whole request body. `now` is the time of sending, not of the record.
pub(super) fn envelope(
    config: &NationalConfig,
    seal: &Seal,
    record: &Record,
    now: DateTime,
) -> Result<Vec<u8>, DeliveryFailure> {
    let time = now.strftime("%Y%m%d%H%M%S").to_string();
    let signed = format!("{time}{}{}", config.app_mark, config.app_word.expose());
    let object = match &record.entry {
        Entry::Service { matter, name, certificate } => service(config, matter, name, certificate),
        Entry::Rating { project, rating, at } => evaluate(config, project, rating, *at),
        Entry::Answers { project, answers, at } => answered(project, answers, *at),
        Entry::Filing(_) => {
            return Err(DeliveryFailure::Refused("a filing is no business of the rating system".into()));
        }
    };
    let body = json!({
        "txnBodyCom": {
            "appMark": config.app_mark,
            "time": time,
            "sign": seal.sign(&signed)?,
            // The interface wants the array as text inside an array.
            "params": { path(record.class): [seal.pack(Value::Array(vec![object]).to_string())?] },
        },
        "txnCommCom": {},
    });
    Ok(body.to_string().into_bytes())
}

fn service(config: &NationalConfig, matter: &Matter, name: &str, certificate: &str) -> Value {
    let task = config.task(matter.service);
    json!({
        "taskCode": task.code,
        "taskName": task.name,
        "projectNo": matter.project.as_str(),
        "proStatus": "3",
        "areaCode": config.area_code,
        "orgcode": config.org_code,
        "orgName": config.org_name,
        "userProp": "1",
        "userName": name,
        "userPageType": "111",
        "certKey": certificate,
        "acceptDate": clock_text(matter.started),
        "serviceName": task.name,
        "serviceNumber": 1,
        "serviceTime": clock_text(matter.finished),
        "resultDate": clock_text(matter.finished),
        "projectType": "1",
        "proChannel": "2",
    })
}

fn evaluate(config: &NationalConfig, project: &ProjectNumber, rating: &Rating, at: DateTime) -> Value {
    let satisfaction = match config.scale {
        Scale::National => rating.level().national_code(),
        Scale::Gbt39046 => rating.level().gbt_39046_code(),
    };
    let reasons: Vec<String> = rating.reasons().iter().map(u16::to_string).collect();
    json!({
        "projectNo": project.as_str(),
        "pf": RATED_AT_A_TERMINAL,
        "satisfaction": satisfaction.to_string(),
        "evalDetail": reasons.join(","),
        "writingEvaluation": "",
        "assessTime": clock_text(at),
        "assessNumber": 1,
        "userName": ANONYMOUS,
        "anonymityFlag": "1",
        "isdefault": "0",
        "effectivEvalua": "1",
        "appStatus": "0",
        "dataSource": config.data_source,
        "areaCode": config.area_code,
    })
}

fn answered(project: &ProjectNumber, answers: &[(u8, u8)], at: DateTime) -> Value {
    let pairs: Vec<String> = answers.iter().map(|(question, choice)| format!("{question}:{choice}")).collect();
    json!({ "projectNo": project.as_str(), "answers": pairs.join(","), "answerTime": clock_text(at) })
}

fn clock_text(at: DateTime) -> String {
    at.strftime("%Y-%m-%d %H:%M:%S").to_string()
}

/// A clumsy platform may quote the resident in its refusal; the queue must not keep that.
pub(super) fn redacted(failure: DeliveryFailure, record: &Record) -> DeliveryFailure {
    match (failure, &record.entry) {
        (DeliveryFailure::Refused(why), Entry::Service { name, certificate, .. }) => {
            let secrets = [name, certificate].into_iter().filter(|secret| !secret.is_empty());
            DeliveryFailure::Refused(secrets.fold(why, |text, secret| text.replace(secret.as_str(), "…")))
        }
        (failure, _) => failure,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::delivery::national::AppWord;
    use crate::domain::{Level, Service};
    use crate::ledger::{Lane, RecordId};
    use jiff::civil::date;
    use sha2::{Digest, Sha256};

    fn record(class: Class, entry: Entry) -> Record {
        let (id, matter) = (RecordId::from_text("e-1"), ProjectNumber::from_stored("37K1"));
        Record { id, class, matter, entry, lane: Lane::Normal, tries: 0, refusals: 0 }
    }

    fn service_record() -> Record {
        let at = date(2026, 3, 9).at(9, 5, 7, 123_000_000);
        let matter = Matter {
            project: ProjectNumber::from_stored("37K1"),
            service: Service::Balance,
            started: at,
            finished: at,
        };
        record(Class::Service, Entry::Service { matter, name: "张试".into(), certificate: "37100219480315".into() })
    }

    fn config() -> NationalConfig {
        NationalConfig { app_mark: "mark".into(), app_word: AppWord::new("word"), ..NationalConfig::default() }
    }

    /// The object inside the envelope, after the envelope was checked.
    fn opened(config: &NationalConfig, record: &Record) -> Value {
        let body = envelope(config, &Seal::Sha256, record, date(2026, 12, 31).at(23, 59, 8, 0)).unwrap();
        let body: Value = serde_json::from_slice(&body).unwrap();
        let common = &body["txnBodyCom"];
        assert_eq!((&common["time"], &common["appMark"]), (&json!("20261231235908"), &json!("mark")));
        assert_eq!(common["sign"], hex::encode(Sha256::digest("20261231235908markword")));
        assert_eq!(body["txnCommCom"], json!({}));
        let text = common["params"][path(record.class)][0].as_str().unwrap();
        let mut objects: Vec<Value> = serde_json::from_str(text).unwrap();
        assert_eq!(objects.len(), 1);
        objects.remove(0)
    }

    #[test]
    fn a_service_record_says_what_was_done_for_whom() {
        let object = opened(&config(), &service_record());
        assert_eq!(object["projectNo"], "37K1");
        assert_eq!(object["userName"], "张试");
        assert_eq!(object["acceptDate"], "2026-03-09 09:05:07");
        assert_eq!((&object["proStatus"], &object["serviceNumber"]), (&json!("3"), &json!(1)));
        assert_eq!(object.as_object().unwrap().len(), 18);
    }

    #[test]
    fn a_rating_is_anonymous_and_follows_the_scale() {
        let rating = Rating::new(Level::Dissatisfied, vec![214, 213]).unwrap();
        let entry =
            Entry::Rating { project: ProjectNumber::from_stored("37K1"), rating, at: date(2026, 3, 9).at(9, 6, 0, 0) };
        let record = record(Class::Rating, entry);
        for (scale, satisfaction) in [(Scale::National, "2"), (Scale::Gbt39046, "4")] {
            let object = opened(&NationalConfig { scale, ..config() }, &record);
            assert_eq!((&object["satisfaction"], &object["evalDetail"]), (&json!(satisfaction), &json!("213,214")));
            assert_eq!(
                (&object["pf"], &object["userName"], &object["isdefault"]),
                (&json!("5"), &json!(ANONYMOUS), &json!("0"))
            );
        }
    }

    #[test]
    fn answers_are_pairs() {
        let entry = Entry::Answers {
            project: ProjectNumber::from_stored("37K1"),
            answers: vec![(0, 2), (1, 0)],
            at: date(2026, 3, 9).at(9, 6, 0, 0),
        };
        assert_eq!(
            opened(&config(), &record(Class::Answers, entry)),
            json!({ "projectNo": "37K1", "answers": "0:2,1:0", "answerTime": "2026-03-09 09:06:00" })
        );
    }

    #[test]
    fn a_refusal_that_quotes_the_resident_is_cut() {
        let quoted = DeliveryFailure::Refused("张试(37100219480315)不存在".into());
        assert_eq!(redacted(quoted, &service_record()), DeliveryFailure::Refused("…(…)不存在".into()));
    }
}
