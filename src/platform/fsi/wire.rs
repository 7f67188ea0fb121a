//! Answers of the national interface: bytes in, typed values or the reason why not out. Pure, never panics.

use std::fmt;

use jiff::civil::Date;
use serde::Deserialize;
use serde::de::{DeserializeOwned, Deserializer, Visitor};
use zeroize::{Zeroize, ZeroizeOnDrop};

use super::refusal;
use crate::domain::{
    Account, AccountStatus, AreaCode, CertificateNumber, Fen, InsuranceType, Movement, PersonName, PersonRecord,
};
use crate::places::Places;
use crate::platform::{Defect, PlatformError};

/// More rows than this no person has; the rest of an answer is a fault or an attack.
pub(super) const ROWS_MAX: usize = 500;

/// The answer to 1101.
///
/// `person_number` of the record is `psn_no@insuplc_admdvs`: later questions need both, and nothing else may keep them.
///
/// # Errors
/// [`PlatformError::NotAnAnswer`] for anything that is not a whole answer, else what the refusal means.
pub fn read_person_answer(bytes: &[u8]) -> Result<PersonRecord, PlatformError> {
    let output: PersonOutput = output(bytes)?;
    let person = &output.baseinfo;
    let number = certificate(&person.certno.0)?;
    if person.psn_no.0.is_empty() {
        return Err(field("psn_no"));
    }
    let rows = output.insuinfo.as_deref().unwrap_or_default();
    if rows.len() > ROWS_MAX {
        return Err(field("insuinfo"));
    }
    let mut accounts = rows.iter().map(account).collect::<Result<Vec<_>, _>>()?;
    accounts.sort_by_key(|a| (a.insurance != InsuranceType::Employee, a.area.clone(), a.insurance));
    let area = accounts.iter().find_map(|a| a.area.as_ref()).map_or("", |a| a.as_str()).to_owned();
    Ok(PersonRecord {
        person_number: format!("{}@{area}", person.psn_no.0),
        name: PersonName::from_text(&person.psn_name.0),
        number,
        accounts,
    })
}

/// The answer to KX01, latest first.
///
/// # Errors
/// As [`read_person_answer`].
pub fn read_movements_answer(bytes: &[u8]) -> Result<Vec<Movement>, PlatformError> {
    let output: MovementsOutput = output(bytes)?;
    if output.acctflow.len() > ROWS_MAX {
        return Err(field("acctflow"));
    }
    let mut movements = output.acctflow.iter().map(movement).collect::<Result<Vec<_>, _>>()?;
    movements.sort_by_key(|m| std::cmp::Reverse(m.on));
    Ok(movements)
}

/// The answer to 9001: the session number.
///
/// # Errors
/// As [`read_person_answer`].
pub fn read_sign_in_answer(bytes: &[u8]) -> Result<String, PlatformError> {
    let output: SignInOutput = output(bytes)?;
    let number = output.signinoutb.sign_no.0.clone();
    if number.is_empty() || number.len() > 30 { Err(field("sign_no")) } else { Ok(number) }
}

/// Any answer of which only success matters.
///
/// # Errors
/// As [`read_person_answer`].
pub fn read_acknowledgement(bytes: &[u8]) -> Result<(), PlatformError> {
    output::<serde::de::IgnoredAny>(bytes).map(|_| ())
}

pub(super) fn certificate(text: &str) -> Result<CertificateNumber, PlatformError> {
    let mut upper = text.trim().to_ascii_uppercase();
    let number = CertificateNumber::parse(&upper).or_else(|_| CertificateNumber::parse_foreign_2017(&upper));
    upper.zeroize();
    number.map_err(|_| field("certno"))
}

fn account(row: &InsuranceRow) -> Result<Account, PlatformError> {
    let insurance = InsuranceType::from_code(&row.insutype.0);
    let area = AreaCode::parse(&row.insuplc_admdvs.0);
    let name_of = |area: &AreaCode| Places::national().area_name(area);
    Ok(Account {
        insurance,
        status: AccountStatus::from_code(&row.psn_insu_stas.0),
        area_name: area.as_ref().map_or_else(|| row.insuplc_admdvs.0.clone(), name_of),
        area,
        balance: balance(insurance, &row.balc.0)?,
        since: day(&row.psn_insu_date.0),
        employer: row.emp_name.0.clone(),
    })
}

/// Residents' insurance keeps no personal account; platforms say so with an empty text or with 0.
fn balance(insurance: InsuranceType, text: &str) -> Result<Option<Fen>, PlatformError> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    let amount = yuan(text).ok_or_else(|| field("balc"))?;
    let keeps_none = insurance == InsuranceType::Resident && amount == Fen(0);
    Ok((!keeps_none).then_some(amount))
}

/// Decimal yuan; zeros beyond the second decimal are no reason to refuse an amount, other digits are.
fn yuan(text: &str) -> Option<Fen> {
    let text = text.trim();
    let shortened = match text.split_once('.') {
        Some((_, decimals)) if decimals.len() > 2 => {
            let surplus = decimals.get(2..)?;
            surplus.bytes().all(|b| b == b'0').then(|| &text[..text.len() - surplus.len()])?
        }
        _ => text,
    };
    Fen::parse_yuan(shortened)
}

pub(super) fn day(text: &str) -> Option<Date> {
    Date::strptime("%Y-%m-%d", text.get(..10)?).ok()
}

fn movement(row: &MovementRow) -> Result<Movement, PlatformError> {
    Ok(Movement {
        on: day(&row.chg_date.0).ok_or_else(|| field("chg_date"))?,
        what: row.chg_type_name.0.clone(),
        place: row.fixmedins_name.0.clone(),
        amount: yuan(&row.chg_amt.0).ok_or_else(|| field("chg_amt"))?,
    })
}

pub(super) fn field(name: &'static str) -> PlatformError {
    PlatformError::NotAnAnswer(Defect::Field(name))
}

/// Reads the head first, so that a refusal whose `output` is anything at all still says why it refuses.
pub(super) fn output<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, PlatformError> {
    let head: Head = parse(bytes)?;
    if let Some(infcode) = &head.infcode {
        accepted(infcode, &head.err_msg)?;
        return parse::<Direct<T>>(bytes).map(|d| d.output).map_err(|_| field("output"));
    }
    let code = head.code.as_ref().ok_or_else(|| field("infcode"))?;
    if !matches!(code.0.as_str(), "0" | "200") {
        return Err(refusal::classify(&code.0, &head.message.0));
    }
    let inner = parse::<Wrapped<Head>>(bytes).map_err(|_| field("data"))?.data;
    accepted(inner.infcode.as_ref().ok_or_else(|| field("infcode"))?, &inner.err_msg)?;
    parse::<Wrapped<Direct<T>>>(bytes).map(|w| w.data.output).map_err(|_| field("output"))
}

fn accepted(infcode: &Text, err_msg: &Text) -> Result<(), PlatformError> {
    if infcode.0 == "0" { Ok(()) } else { Err(refusal::classify(&infcode.0, &err_msg.0)) }
}

pub(super) fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, PlatformError> {
    serde_json::from_slice(bytes).map_err(|_| {
        let start = bytes.iter().find(|b| !b.is_ascii_whitespace());
        PlatformError::NotAnAnswer(if start == Some(&b'<') { Defect::WebPage } else { Defect::BrokenJson })
    })
}

/// Text that platforms also send as a number, or as null for empty. Wiped on drop.
#[derive(Default, Zeroize, ZeroizeOnDrop)]
pub(super) struct Text(pub(super) String);

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(TextVisitor)
    }
}

struct TextVisitor;

impl Visitor<'_> for TextVisitor {
    type Value = Text;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("text, a number or null")
    }

    fn visit_str<E>(self, text: &str) -> Result<Text, E> {
        Ok(Text(text.to_owned()))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Text, E> {
        Ok(Text(number.to_string()))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Text, E> {
        Ok(Text(number.to_string()))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Text, E> {
        Ok(Text(number.to_string()))
    }

    fn visit_unit<E>(self) -> Result<Text, E> {
        Ok(Text::default())
    }
}

#[derive(Deserialize)]
struct Head {
    infcode: Option<Text>,
    #[serde(default)]
    err_msg: Text,
    code: Option<Text>,
    #[serde(default)]
    message: Text,
}

#[derive(Deserialize)]
struct Direct<T> {
    output: T,
}

#[derive(Deserialize)]
struct Wrapped<T> {
    data: T,
}

#[derive(Deserialize)]
struct PersonOutput {
    baseinfo: PersonRow,
    insuinfo: Option<Vec<InsuranceRow>>,
}

#[derive(Deserialize)]
struct PersonRow {
    #[serde(default)]
    psn_no: Text,
    #[serde(default)]
    certno: Text,
    #[serde(default)]
    psn_name: Text,
}

#[derive(Deserialize)]
#[serde(default)]
#[derive(Default)]
struct InsuranceRow {
    balc: Text,
    insutype: Text,
    psn_insu_stas: Text,
    psn_insu_date: Text,
    insuplc_admdvs: Text,
    emp_name: Text,
}

#[derive(Deserialize)]
struct MovementsOutput {
    acctflow: Vec<MovementRow>,
}

#[derive(Deserialize)]
struct MovementRow {
    chg_date: Text,
    chg_type_name: Text,
    #[serde(default)]
    fixmedins_name: Text,
    chg_amt: Text,
}

#[derive(Deserialize)]
struct SignInOutput {
    signinoutb: SignInRow,
}

#[derive(Deserialize)]
struct SignInRow {
    sign_no: Text,
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn answer(infcode: &str, rows: &str) -> String {
        let number = CertificateNumber::complete("37100219480315123").unwrap().to_lowercase();
        format!(
            r#"{{"infcode":{infcode},"err_msg":null,"output":{{"baseinfo":{{"psn_no":3710,"certno":"{number}","psn_name":"某人"}},"insuinfo":{rows}}}}}"#
        )
    }

    fn check(rows: &str, expected: &[(InsuranceType, Option<i64>)]) {
        let record = read_person_answer(answer("0", rows).as_bytes()).unwrap();
        let seen: Vec<_> = record.accounts.iter().map(|a| (a.insurance, a.balance.map(|f| f.0))).collect();
        assert_eq!(seen, expected, "{rows}");
    }

    #[test]
    fn reads_balances_as_platforms_write_them() {
        use InsuranceType::{Employee, Resident};
        check("null", &[]);
        check(r#"[{"insutype":"310","balc":1234.56}]"#, &[(Employee, Some(123_456))]);
        check(r#"[{"insutype":310,"balc":"1234.5600"}]"#, &[(Employee, Some(123_456))]);
        check(r#"[{"insutype":"310","balc":0}]"#, &[(Employee, Some(0))]);
        check(r#"[{"insutype":"390","balc":0},{"insutype":"310","balc":""}]"#, &[(Employee, None), (Resident, None)]);
        check(r#"[{"insutype":"390","balc":"12.00"}]"#, &[(Resident, Some(1_200))]);
    }

    #[test]
    fn never_shows_half_an_amount() {
        for balc in [r#""1234.567""#, r#""1,234""#, "1e300", r#""一千""#, "1.234"] {
            let rows = format!(r#"[{{"insutype":"310","balc":{balc}}}]"#);
            assert_eq!(read_person_answer(answer("0", &rows).as_bytes()), Err(field("balc")), "{balc}");
        }
    }

    #[test]
    fn takes_the_infcode_as_number_or_text_and_the_wrapper() {
        for infcode in ["0", r#""0""#] {
            let plain = answer(infcode, "[]");
            assert!(read_person_answer(plain.as_bytes()).is_ok());
            let wrapped = format!(r#"{{"code":0,"type":"success","message":"","data":{plain}}}"#);
            assert!(read_person_answer(wrapped.as_bytes()).is_ok());
        }
        for infcode in ["-1", r#""-1""#] {
            let refused = format!(r#"{{"infcode":{infcode},"err_msg":"未查询到人员信息","output":""}}"#);
            assert_eq!(read_person_answer(refused.as_bytes()), Err(PlatformError::NotFound));
        }
    }

    #[test]
    fn tells_what_is_no_answer() {
        let defect = |text: &str| read_person_answer(text.as_bytes()).unwrap_err();
        assert_eq!(defect(" <html>"), PlatformError::NotAnAnswer(Defect::WebPage));
        assert_eq!(defect(r#"{"infcode":0,"outp"#), PlatformError::NotAnAnswer(Defect::BrokenJson));
        assert_eq!(defect("{}"), field("infcode"));
        assert_eq!(defect(r#"{"infcode":0}"#), field("output"));
        assert_eq!(defect(r#"{"code":0,"data":"x"}"#), field("data"));
    }

    #[test]
    fn employee_insurance_comes_first_then_the_areas() {
        let rows = r#"[{"insutype":"390","insuplc_admdvs":"370100"},{"insutype":"310","insuplc_admdvs":"371002","balc":"1"},
            {"insutype":"310","insuplc_admdvs":"110000","balc":"2"}]"#;
        let record = read_person_answer(answer("0", rows).as_bytes()).unwrap();
        let areas: Vec<_> = record.accounts.iter().map(|a| a.area.as_ref().unwrap().as_str()).collect();
        assert_eq!(areas, ["110000", "371002", "370100"]);
        assert_eq!(record.person_number, "3710@110000");
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            let _ = (read_person_answer(&bytes), read_movements_answer(&bytes), read_sign_in_answer(&bytes));
        }

        #[test]
        fn no_damaged_answer_makes_it_panic(place in 0usize..200, byte in any::<u8>(), cut in 0usize..300) {
            let mut bytes = answer("0", r#"[{"insutype":"310","balc":"1.00","psn_insu_date":"2001-01-01"}]"#).into_bytes();
            let place = place % bytes.len();
            bytes[place] = byte;
            bytes.truncate(cut.max(1));
            let _ = read_person_answer(&bytes);
        }

        #[test]
        fn no_text_in_a_field_makes_it_panic(text in "\\PC{0,40}") {
            let quoted = serde_json::to_string(&text).unwrap();
            let rows = format!(r#"[{{"insutype":"310","balc":{quoted},"psn_insu_date":{quoted},"insuplc_admdvs":{quoted}}}]"#);
            let _ = read_person_answer(answer("0", &rows).as_bytes());
            prop_assert!(yuan(&text).is_none() || text.trim().starts_with(|c: char| c.is_ascii_digit() || c == '-'));
        }
    }
}
