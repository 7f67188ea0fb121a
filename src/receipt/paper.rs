//! The lines of a receipt, a draft or a slip. Receipts and drafts are always Chinese: who reads them at the far hospital or
//! the window does. A slip is for its resident, and so is what a receipt repeats of the notice.

use jiff::civil::{Date, DateTime};

use super::draft::Draft;
use super::{CODE_BYTES_MAX, SiteKey, proof};
use crate::domain::ProjectNumber;
use crate::domain::filing::FilingRequest;
use crate::session::{FiledWhat, Language, Slip};
use crate::words::{Words, args};

/// The text of the code; `None` where it would be too dense to be scanned, or wants a signature and there is no key.
pub fn seal(slip: &Slip, key: Option<&SiteKey>) -> Option<String> {
    let words = Words::new(Language::ZhCn);
    let text = match slip {
        Slip::Receipt { number, serial, name, what, at, notice } => {
            let lines = receipt(&words, number, serial.as_deref(), name, what, *at);
            let told = proof::signed(&[&lines[..], &told(notice)].concat(), key?);
            // Better a receipt without the notice than none.
            if told.len() <= CODE_BYTES_MAX { told } else { proof::signed(&lines, key?) }
        }
        Slip::Draft(request) => proof::signed(&draft(&words, request)?, key?),
        // It proves nothing, so there is nothing to sign.
        Slip::ToBring { language, materials } => to_bring(&Words::new(*language), materials).join("\n"),
    };
    Some(text).filter(|text| text.len() <= CODE_BYTES_MAX)
}

fn to_bring(words: &Words, materials: &[String]) -> Vec<String> {
    use crate::words::Key::{ToBringAdvice, ToBringTitle};
    let numbered = (1..).zip(materials).map(|(nth, what)| format!("{nth}. {what}"));
    std::iter::once(words.text(ToBringTitle)).chain(numbered).chain([words.text(ToBringAdvice)]).collect()
}

fn told((language, notice): &(Language, Vec<String>)) -> Vec<String> {
    let title = (!notice.is_empty()).then(|| Words::new(*language).text(crate::words::Key::ReceiptNotice));
    title.into_iter().chain(notice.iter().cloned()).collect()
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
        None => words.receipt_kept(number.query_code()),
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

#[cfg(test)]
mod tests {
    use jiff::civil::{Date, date};
    use qrcode::{Color, EcLevel, QrCode, Version};

    use super::super::{CODE_BYTES_AT_LEVEL_M, DraftError, PublicKey, read_draft, verify};
    use super::*;
    use crate::domain::filing::{
        Agent, Category, CategoryGroup, Commitment, DWELLING_CHARS_MAX, FilingAction, FilingPolicy, Grounds,
        NOTICE_BYTES_MAX, NewFiling, Period, PhoneNumber, Referral, Relation, SERIAL_CHARS_MAX, TravelReason,
        VERSION_CHARS_MAX, WRITTEN_CHARS_MAX,
    };
    use crate::domain::{AreaCode, CertificateNumber, InsuranceType, PersonName};
    use crate::places::Places;
    use crate::session::Route;

    const MADE: DateTime = date(2026, 11, 22).at(9, 30, 12, 0);

    struct Site {
        _folder: tempfile::TempDir,
        key: SiteKey,
    }

    impl Site {
        fn new() -> Self {
            let folder = tempfile::tempdir().unwrap();
            let key = SiteKey::beside(&folder.path().join("ledger.key")).unwrap();
            Self { _folder: folder, key }
        }

        fn keys(&self) -> [PublicKey; 1] {
            [self.key.public()]
        }
    }

    fn receipt_of(serial: Option<&str>, what: FiledWhat) -> Slip {
        let number = ProjectNumber::from_stored("371002A003202611220123456789");
        let notice = (Language::ZhCn, Vec::new());
        Slip::Receipt { number, serial: serial.map(str::to_owned), name: "张*华".into(), what, at: MADE, notice }
    }

    fn route(from: &str, to: &str, end: Option<Date>) -> FiledWhat {
        let period = Period { begin: date(2026, 11, 22), end };
        FiledWhat::New(Route { from: from.into(), to: to.into(), period })
    }

    fn invented() -> CertificateNumber {
        CertificateNumber::parse(&CertificateNumber::complete("37100219480315123").unwrap()).unwrap()
    }

    fn request(grounds: Grounds) -> FilingRequest {
        let address = "内蒙古自治区呼和浩特市新城区试验东路一百二十三号四单元五零六室".to_owned();
        let phone = || PhoneNumber::parse("13800000000").unwrap();
        let name = PersonName::from_text("李试英");
        FilingRequest {
            number: ProjectNumber::from_stored("371002A003202611220123456789"),
            person_number: "37100000000000000000@371002".into(),
            name: PersonName::from_text("张试华"),
            certificate: invented(),
            insurance: InsuranceType::Employee,
            insured_area: AreaCode::parse("371002").unwrap(),
            action: FilingAction::File(Box::new(NewFiling {
                reason: TravelReason::WithChildren,
                category: Category::LongTermResident,
                destination: AreaCode::parse("150100").unwrap(),
                period: Period { begin: date(2026, 11, 22), end: Some(date(2027, 11, 21)) },
                phone: phone(),
                address: Some(address),
                grounds,
                replaces: Some("BA20261122000001".into()),
            })),
            agent: Some(Agent {
                name,
                certificate: invented(),
                phone: Some(phone()),
                relation: Relation::OtherRelative,
            }),
            at: MADE,
        }
    }

    fn promised() -> Grounds {
        Grounds::Commitment(Commitment {
            version: "2026-11-01".into(), text: "我承诺以上属实".into(), accepted: MADE
        })
    }

    /// Draws the text as the screens do and reads it with a decoder that shares nothing with the encoder.
    fn through_a_phone(text: &str) -> String {
        let level = if text.len() > CODE_BYTES_AT_LEVEL_M { EcLevel::L } else { EcLevel::M };
        let code = QrCode::with_error_correction_level(text, level).unwrap();
        let Version::Normal(version) = code.version() else { panic!("a micro code") };
        assert!(version <= 20, "version {version} for {} bytes", text.len());
        let (modules, colors) = (code.width(), code.to_colors());
        let (scale, quiet) = (4, 4);
        let side = (modules + 2 * quiet) * scale;
        let dark = |x: usize, y: usize| {
            let at = |place: usize| (place / scale).checked_sub(quiet).filter(|place| *place < modules);
            at(x).zip(at(y)).is_some_and(|(x, y)| colors[y * modules + x] == Color::Dark)
        };
        let mut image =
            rqrr::PreparedImage::prepare_from_greyscale(side, side, |x, y| if dark(x, y) { 0 } else { 255 });
        let grids = image.detect_grids();
        assert_eq!(grids.len(), 1);
        grids[0].decode().unwrap().1
    }

    fn check(slip: &Slip, says: &[&str]) {
        let site = Site::new();
        let text = seal(slip, Some(&site.key)).expect("not too dense");
        let scanned = through_a_phone(&text);
        assert_eq!(scanned, text);
        let lines = verify(&scanned, &site.keys()).unwrap();
        for words in says {
            assert!(lines.iter().any(|line| line.contains(words)), "{words} is not in\n{text}");
        }
        assert!(!text.contains(invented().expose()), "a full number");
        for line in lines {
            let mark = line.chars().last().unwrap();
            let altered = scanned.replacen(line, &line.replace(mark, "丙"), 1);
            assert!(verify(&altered, &site.keys()).is_err(), "{line}");
        }
    }

    #[test]
    fn receipts_are_read_by_any_scanner_and_proved() {
        let far = route("山东省威海市环翠区", "新疆维吾尔自治区克孜勒苏柯尔克孜自治州", None);
        check(&receipt_of(Some("BA20261122000001"), far), &["备案号：BA20261122000001", "张*华", "长期有效"]);
        let near = route("威海市", "北京市", Some(date(2027, 5, 21)));
        check(&receipt_of(None, near), &["还没办好", "01234 56789", "从威海市到北京市", "2027年5月21日"]);
        check(&receipt_of(Some("BA1"), FiledWhat::Cancelled("北京市".into())), &["取消到北京市的备案"]);
        let extended = FiledWhat::Extended("北京市".into(), date(2027, 8, 1));
        check(&receipt_of(Some("BA1"), extended), &["延长到2027年8月1日"]);
    }

    /// The longest places, serial and notice that can come together.
    #[test]
    fn the_notice_stands_on_every_receipt() {
        let policy = FilingPolicy::national().unwrap();
        let longest = Places::national().destinations().map(|place| Places::national().area_name(&place.code));
        let longest = longest.max_by_key(|name| name.len()).unwrap();
        let site = Site::new();
        for group in [CategoryGroup::LongTerm, CategoryGroup::Temporary] {
            let texts = policy.notice(group);
            for (language, title, sentences) in
                [(Language::ZhCn, "办之前告诉过您：", &texts.zh), (Language::En, "You were told:", &texts.en)]
            {
                let room = NOTICE_BYTES_MAX - sentences.iter().map(|sentence| sentence.len()).sum::<usize>();
                let mut sentences = sentences.clone();
                sentences[0].push_str(&"长".repeat(room / 3));
                let mut slip = receipt_of(
                    Some(&"9".repeat(SERIAL_CHARS_MAX)),
                    route(&longest, &longest, Some(date(2027, 12, 21))),
                );
                if let Slip::Receipt { notice, .. } = &mut slip {
                    *notice = (language, sentences.clone());
                }
                let text = seal(&slip, Some(&site.key)).expect("not too dense");
                let scanned = through_a_phone(&text);
                let lines = verify(&scanned, &site.keys()).unwrap();
                assert_eq!(lines[lines.len() - 1 - sentences.len()], title);
                assert_eq!(lines[lines.len() - sentences.len()..], sentences, "{} bytes", text.len());
            }
        }
    }

    /// A policy from before the limit, or a name as long as a line: the receipt itself is not given up.
    #[test]
    fn a_receipt_without_its_notice_is_better_than_none() {
        let mut slip = receipt_of(Some("BA1"), route("威海市", "北京市", None));
        if let Slip::Receipt { notice, .. } = &mut slip {
            notice.1 = vec!["很".repeat(200)];
        }
        check(&slip, &["备案号：BA1", "从威海市到北京市"]);
    }

    #[test]
    fn a_draft_is_read_back_within_a_day_and_names_nobody() {
        let (number, hospital) = ("ZZ20261122-0001".to_owned(), "威海市第二试验中心医院".to_owned());
        for grounds in [Grounds::Nothing, promised(), Grounds::Referral(Referral { number, hospital })] {
            let (site, request) = (Site::new(), request(grounds));
            let text = seal(&Slip::Draft(Box::new(request.clone())), Some(&site.key)).expect("not too dense");
            let scanned = through_a_phone(&text);
            for hidden in ["张试华", "李试英", "3710000000", invented().expose()] {
                assert!(!scanned.contains(hidden), "{hidden}");
            }
            let read = |text: &str, hours: i64| {
                read_draft(text, &site.keys(), MADE.saturating_add(jiff::SignedDuration::from_hours(hours)))
            };
            assert_eq!(read(&scanned, 23), Ok(Draft::of(&request)));
            assert!(matches!(read(&scanned, 25), Err(DraftError::TooOld(_))));
            assert!(matches!(read(&scanned, -2), Err(DraftError::FromTheFuture(_))));
            assert!(matches!(read(&scanned.replace("150100", "110000"), 1), Err(DraftError::Forged(_))));
        }
    }

    /// The longest of everything a resident can choose and write, and a policy and a platform may say.
    #[test]
    fn every_draft_fits_its_code() {
        let longest =
            Places::national().destinations().max_by_key(|place| Places::national().area_name(&place.code).len());
        let place = longest.unwrap();
        let long = |chars: usize| "鬱".repeat(chars);
        let address = format!(
            "{}{}（{}）",
            Places::national().area_name(&place.code),
            long(WRITTEN_CHARS_MAX),
            long(DWELLING_CHARS_MAX)
        );
        let referral = Referral { number: "8".repeat(30), hospital: long(WRITTEN_CHARS_MAX) };
        let accepted = Commitment { version: "v".repeat(VERSION_CHARS_MAX), text: long(200), accepted: MADE };
        let site = Site::new();
        for (grounds, address) in [
            (Grounds::Nothing, Some(address.clone())),
            (Grounds::Commitment(accepted), Some(address)),
            // The policy asks for no address where it asks for a certificate.
            (Grounds::Referral(referral), None),
        ] {
            for reason in TravelReason::ALL {
                let mut request = request(grounds.clone());
                if let FilingAction::File(new) = &mut request.action {
                    (new.reason, new.category) = (reason, reason.category());
                    new.destination = place.code.clone();
                    new.phone = PhoneNumber::parse("075522220000").unwrap();
                    new.address.clone_from(&address);
                    new.replaces = Some("9".repeat(SERIAL_CHARS_MAX));
                }
                let draft = Slip::Draft(Box::new(request.clone()));
                let text = seal(&draft, Some(&site.key)).unwrap_or_else(|| panic!("{grounds:?} {reason:?}"));
                assert_eq!(read_draft(&through_a_phone(&text), &site.keys(), MADE), Ok(Draft::of(&request)));
            }
        }
    }

    #[test]
    fn what_to_bring_is_plain_text_in_the_language_of_the_screen() {
        let policy = FilingPolicy::national().unwrap();
        for (language, title) in [(Language::ZhCn, "到窗口办"), (Language::En, "Out-of-area filing")] {
            for materials in Category::ALL.iter().filter_map(|category| policy.rule(*category)).map(|r| &r.materials) {
                let materials = if language == Language::En { &materials.en } else { &materials.zh }.clone();
                let text =
                    seal(&Slip::ToBring { language, materials: materials.clone() }, None).expect("not too dense");
                let scanned = through_a_phone(&text);
                assert!(scanned.starts_with(title) && !scanned.contains("YB1"), "{scanned}");
                for (nth, what) in (1..).zip(materials) {
                    assert!(scanned.contains(&format!("\n{nth}. {what}\n")), "{what} is not in\n{scanned}");
                }
            }
        }
    }

    #[test]
    fn without_a_key_nothing_is_said_to_be_proved() {
        let cancelled = FiledWhat::Cancelled("北京市".into());
        assert_eq!(seal(&receipt_of(None, cancelled), None), None);
        assert_eq!(seal(&Slip::Draft(Box::new(request(Grounds::Nothing))), None), None);
    }

    #[test]
    fn a_receipt_is_no_draft_and_too_much_is_no_code() {
        let site = Site::new();
        let receipt = seal(&receipt_of(None, FiledWhat::Cancelled("北京市".into())), Some(&site.key)).unwrap();
        assert_eq!(read_draft(&receipt, &site.keys(), MADE), Err(DraftError::NoDraft));
        let long = FiledWhat::Cancelled("很".repeat(CODE_BYTES_MAX));
        assert_eq!(seal(&receipt_of(None, long), Some(&site.key)), None);
    }
}
