//! A handful of invented cards for emulated readers: every layout, an expired one, 长期, names that are hard to show.

use jiff::civil::date;

use super::image::{CardFields, CardImage};
use crate::domain::{CardLayout, CertificateNumber, Expiry, PersonName};

/// The built-in cards. Nobody by these numbers is meant; check characters are right.
pub fn sample_cards() -> Vec<CardImage> {
    let until = |year| Expiry::On(date(year, 6, 30));
    let plain = CardFields { expiry: Expiry::LongTerm, ..resident("张建华", "37100219480315003") };
    let dated = CardFields { expiry: until(2036), ..resident("李秀英", "37068519520911002") };
    let expired = CardFields { expiry: until(2019), ..resident("王德福", "37100219500505011") };
    let long =
        CardFields { nation: 5, ..resident("阿卜杜热西提·麦麦提依明江阿吉", "65310119551001001") };
    let surrogates = resident("𠮷野平", "37100219610808021");
    let private_use = resident("刘\u{E863}芳", "37100219590909022");
    let lone =
        CardFields { name: PersonName::from_utf16(&[0x8D75, 0xD842, 0x660E]), ..resident("赵", "37100219660606031") };
    let permit = CardFields {
        layout: CardLayout::HkMacaoTaiwanPermit,
        expiry: until(2030),
        ..resident("陈大文", "81000019550607001")
    };
    let foreign_2017 = CardFields {
        layout: CardLayout::ForeignResident2017,
        latin_name: "SMITH, ANNA".to_owned(),
        number: "AUS110000000001".to_owned(),
        expiry: until(2028),
        ..resident("安娜", "")
    };
    let foreign_2023 = CardFields {
        layout: CardLayout::ForeignResident2023,
        latin_name: "WOLFESCHLEGELSTEINHAUSENBERGERDORFF, MAXI".to_owned(),
        expiry: until(2033),
        ..resident("", "91103619600229001")
    };
    let moved = CardFields { new_address: Some("示例省示例市新街２号".to_owned()), ..plain.clone() };
    let cards = [plain, dated, expired, long, surrogates, private_use, lone, permit, foreign_2017, foreign_2023, moved];
    cards.iter().map(CardFields::image).collect()
}

fn resident(name: &str, first_17: &str) -> CardFields {
    CardFields::resident(name, &CertificateNumber::complete(first_17).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::super::text::decode;
    use super::*;

    #[test]
    fn every_sample_is_a_card() {
        for card in sample_cards() {
            assert!(decode(card.text()).unwrap().into_card().is_ok(), "{}", card.label());
        }
    }
}
