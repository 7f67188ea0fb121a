//! The lines of a receipt or a draft. Always Chinese: who reads them at the far hospital or the window does.

use jiff::civil::{Date, DateTime};

use super::draft::Draft;
use super::{CODE_BYTES_MAX, SiteKey, proof};
use crate::domain::ProjectNumber;
use crate::domain::filing::FilingRequest;
use crate::session::{FiledWhat, Language, Slip};
use crate::words::{Words, args};

/// The text of the code; `None` where it would be too dense to be scanned.
pub fn seal(slip: &Slip, key: &SiteKey) -> Option<String> {
    let words = Words::new(Language::ZhCn);
    let lines = match slip {
        Slip::Receipt { number, serial, name, what, at } => receipt(&words, number, serial.as_deref(), name, what, *at),
        Slip::Draft(request) => draft(&words, request)?,
    };
    Some(proof::signed(&lines, key)).filter(|text| text.len() <= CODE_BYTES_MAX)
}

fn receipt(
    words: &Words,
    number: &ProjectNumber,
    serial: Option<&str>,
    name: &str,
    what: &FiledWhat,
    at: DateTime,
) -> Vec<String> {
    let state = match serial {
        Some(serial) => words.receipt_done(serial.to_owned()),
        None => words.receipt_kept(query_code(number)),
    };
    let mut lines = vec![words.text(crate::words::Key::ReceiptTitle), state, words.receipt_name(name.to_owned())];
    match what {
        FiledWhat::New(route) => {
            let (from, to) = (route.from.clone().into(), route.to.clone().into());
            lines.push(words.receipt_route(args::ReceiptRoute { from, to }));
            let begin = day(words, route.period.begin);
            lines.push(match route.period.end {
                None => words.receipt_open_ended(begin),
                Some(end) => {
                    words.receipt_until(args::ReceiptUntil { begin: begin.into(), end: day(words, end).into() })
                }
            });
        }
        FiledWhat::Cancelled(place) => lines.push(words.receipt_cancelled(place.clone())),
        FiledWhat::Extended(place, until) => {
            let (place, until) = (place.clone().into(), day(words, *until).into());
            lines.push(words.receipt_extended(args::ReceiptExtended { place, until }));
        }
    }
    lines.push(words.receipt_number(number.as_str().to_owned()));
    let time = at.strftime("%H:%M").to_string();
    lines.push(words.receipt_made(args::ReceiptMade { day: day(words, at.date()).into(), time: time.into() }));
    lines
}

fn draft(words: &Words, request: &FilingRequest) -> Option<Vec<String>> {
    use crate::words::Key::{DraftAdvice, DraftTitle};
    let content = serde_json::to_string(&Draft::of(request)).ok()?;
    Some(vec![words.text(DraftTitle), words.text(DraftAdvice), content])
}

fn day(words: &Words, day: Date) -> String {
    let part = |number: i16| number.to_string().into();
    words.receipt_date(args::ReceiptDate {
        year: part(day.year()),
        month: part(day.month().into()),
        day: part(day.day().into()),
    })
}

/// The tail of a number, in two groups.
fn query_code(number: &ProjectNumber) -> String {
    let number = number.as_str();
    let tail = &number[number.len().saturating_sub(10)..];
    format!("{} {}", &tail[..tail.len() / 2], &tail[tail.len() / 2..])
}
