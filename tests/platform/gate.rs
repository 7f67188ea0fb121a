//! The embedded platform against requests made by hand: each breaks one rule of an otherwise good request.

use jiff::Timestamp;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use yibao_kiosk::domain::CertificateNumber;
use yibao_kiosk::domain::china_time;
use yibao_kiosk::platform::embedded::{EmbeddedPlatform, FIXMEDINS_CODE, PAASID, SECRET};

use super::{http, platform, words};

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
