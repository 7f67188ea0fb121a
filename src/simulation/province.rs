//! The rating system of the province as a kiosk meets it: it reads the real envelope, keeps what it
//! accepts by project number and class, and notices what nobody must ever send it.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::delivery::national::Reply;

/// One record's name: project number and class as the wire calls it.
pub(super) type Key = (String, &'static str);

/// The classes in the order a matter's records come in.
pub(super) const CLASSES: [&str; 3] = ["service", "evaluate", "answers"];

/// What was accepted under one key.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Effect {
    pub object: Value,
    /// How often it had its effect. More than once is the failure this whole room looks for.
    pub times: u32,
}

/// The province's book.
#[derive(Default)]
pub(super) struct Province {
    pub effects: BTreeMap<Key, Effect>,
    /// New matters are refused.
    pub refuses: bool,
    /// It does not notice repeats. No honest province does so; the checks must notice.
    pub forgetful: bool,
    /// What was sent that must never be.
    pub breaches: Vec<String>,
}

impl Province {
    /// Takes a request body and answers it.
    pub fn receive(&mut self, body: &[u8]) -> Reply {
        let Some((key, object)) = opened(body) else {
            self.breaches.push("an envelope that cannot be opened".to_owned());
            return reply(400, json!({ "code": "1", "message": "报文格式错误" }));
        };
        if let Some(earlier) = self.effects.get_mut(&key) {
            if earlier.object != object {
                self.breaches.push(format!("{} {} came again with other content", key.0, key.1));
            }
            if self.forgetful {
                earlier.times += 1;
                return accepted();
            }
            return reply(200, json!({ "code": "1", "message": "请勿重复评价" }));
        }
        if key.1 != CLASSES[0] && !self.effects.contains_key(&(key.0.clone(), CLASSES[0])) {
            self.breaches.push(format!("{} {} came before its service record", key.0, key.1));
        }
        if self.refuses && key.1 == CLASSES[0] {
            return reply(200, json!({ "code": "1", "message": "事项编码不存在" }));
        }
        self.effects.insert(key, Effect { object, times: 1 });
        accepted()
    }
}

fn accepted() -> Reply {
    reply(200, json!({ "code": 0, "message": "ok" }))
}

fn reply(status: u16, body: Value) -> Reply {
    Reply { status, described: None, retry_after_s: None, body: body.to_string().into_bytes() }
}

fn opened(body: &[u8]) -> Option<(Key, Value)> {
    let body: Value = serde_json::from_slice(body).ok()?;
    let params = body.get("txnBodyCom")?.get("params")?.as_object()?;
    let (class, text) = CLASSES.into_iter().find_map(|class| Some((class, params.get(class)?.get(0)?.as_str()?)))?;
    let mut objects: Vec<Value> = serde_json::from_str(text).ok()?;
    let object = objects.pop().filter(|_| objects.is_empty())?;
    let project = object.get("projectNo")?.as_str()?.to_owned();
    Some(((project, class), object))
}
