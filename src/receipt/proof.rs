//! The last line of a receipt: the signature over all lines before it, and a short digest of each line.
//!
//! Only the signature proves anything. The digests are for naming the line somebody changed.

use data_encoding::BASE64URL_NOPAD;
use sha2::{Digest, Sha256};

use super::{PublicKey, SiteKey};

/// Begins the last line; another way of signing would begin otherwise.
const MARK: &str = "YB1";
/// What is signed begins with this, so that the key's signatures mean nothing elsewhere.
const PURPOSE: &[u8] = b"yibao-kiosk receipt 1\n";
/// Bytes of a line's digest; four characters.
const DIGEST_BYTES: usize = 3;
const DIGEST_CHARS: usize = 4;
/// Longer texts come from no QR code.
const TEXT_BYTES_MAX: usize = 4_096;

/// Why a text is not what a site signed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Forged {
    /// No proof in its last line.
    #[error("there is no proof in the last line: this is no receipt, or it was cut off")]
    NoProof,
    /// Lines do not fit their digests.
    #[error("altered: {}", .0.join("; "))]
    Lines(Vec<String>),
    /// The number of lines is not that of the digests.
    #[error("altered: lines were added or taken away")]
    Count,
    /// Every line fits, the signature does not.
    #[error("the signature does not fit: it is another site's receipt, or the proof itself was altered")]
    Signature,
}

/// Adds the last line.
pub(super) fn signed(lines: &[String], key: &SiteKey) -> String {
    let text = lines.join("\n");
    let digests: String = lines.iter().map(|line| digest(line)).collect();
    let signature = BASE64URL_NOPAD.encode(&key.sign(&purposed(&text)));
    format!("{text}\n{MARK}.{digests}.{signature}")
}

/// The lines of a text that one of the sites signed.
///
/// # Errors
/// Says what was altered, as far as it can be told.
pub fn verify<'a>(text: &'a str, keys: &[PublicKey]) -> Result<Vec<&'a str>, Forged> {
    if text.len() > TEXT_BYTES_MAX {
        return Err(Forged::NoProof);
    }
    // Phones copy line ends of their own, and a space at an end.
    let mut lines: Vec<&str> = text.trim().lines().map(str::trim_end).collect();
    let proof = lines.pop().and_then(|line| line.strip_prefix(MARK)?.strip_prefix('.')?.split_once('.'));
    let (digests, signature) = proof.ok_or(Forged::NoProof)?;
    let signature = BASE64URL_NOPAD.decode(signature.as_bytes()).ok().and_then(|bytes| bytes.try_into().ok());
    let signature: [u8; 64] = signature.ok_or(Forged::NoProof)?;
    let whole = purposed(&lines.join("\n"));
    if keys.iter().any(|key| key.signed(&whole, &signature)) {
        return Ok(lines);
    }
    Err(altered(&lines, digests))
}

fn altered(lines: &[&str], digests: &str) -> Forged {
    if !digests.is_ascii() || digests.len() != lines.len() * DIGEST_CHARS {
        return Forged::Count;
    }
    let named: Vec<String> = lines
        .iter()
        .enumerate()
        .filter(|(place, line)| digests[place * DIGEST_CHARS..][..DIGEST_CHARS] != digest(line))
        .map(|(place, line)| format!("line {}: {line}", place + 1))
        .collect();
    if named.is_empty() { Forged::Signature } else { Forged::Lines(named) }
}

fn digest(line: &str) -> String {
    BASE64URL_NOPAD.encode(&Sha256::digest(line)[..DIGEST_BYTES])
}

fn purposed(text: &str) -> Vec<u8> {
    [PURPOSE, text.as_bytes()].concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn site(folder: &std::path::Path) -> SiteKey {
        SiteKey::beside(&folder.join("ledger.key")).unwrap()
    }

    fn check(change: impl Fn(&str) -> String, expected: Result<usize, &str>) {
        let folder = tempfile::tempdir().unwrap();
        let key = site(folder.path());
        let text = change(&signed(&["回执".into(), "从威海市到上海市".into(), "长期有效".into()], &key));
        let found = verify(&text, &[key.public()]).map(|lines| lines.len()).map_err(|forged| forged.to_string());
        match (found, expected) {
            (Ok(found), Ok(expected)) => assert_eq!(found, expected, "{text}"),
            (Err(found), Err(expected)) => assert!(found.contains(expected), "{found}"),
            (found, expected) => panic!("{found:?}, not {expected:?}: {text}"),
        }
    }

    #[test]
    fn names_what_was_altered() {
        check(str::to_owned, Ok(3));
        check(|text| format!(" {}\r\n", text.replace('\n', " \r\n")), Ok(3));
        check(|text| text.replace("上海", "北京"), Err("line 2: 从威海市到北京市"));
        check(|text| text.replace("长期有效\n", ""), Err("added or taken away"));
        check(|text| text.replacen('\n', "\n多一行\n", 1), Err("added or taken away"));
        check(|text| text.replace("YB1.", ""), Err("no proof"));
        check(|text| text[..text.len() - 3].to_owned(), Err("no proof"));
        check(|_| String::new(), Err("no proof"));
        let other = |text: &str| {
            let at = text.rfind('.').unwrap() + 1;
            let letter = if &text[at..=at] == "A" { "B" } else { "A" };
            format!("{}{letter}{}", &text[..at], &text[at + 1..])
        };
        check(other, Err("the signature does not fit"));
    }

    /// Whoever changes a line and its digest is still found out, only not by name.
    #[test]
    fn a_changed_digest_helps_nobody() {
        check(
            |text| text.replace("上海", "北京").replace(&digest("从威海市到上海市"), &digest("从威海市到北京市")),
            Err("the signature does not fit"),
        );
    }

    #[test]
    fn the_key_stays_and_another_sites_key_does_not_fit() {
        let (folder, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let text = signed(&["回执".into()], &site(folder.path()));
        let again = site(folder.path()).public();
        assert!(verify(&text, &[site(other.path()).public(), again]).is_ok());
        assert_eq!(verify(&text, &[site(other.path()).public()]), Err(Forged::Signature));
        assert_eq!(again.to_string().parse(), Ok(again));
        assert!("00".parse::<PublicKey>().is_err());
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(folder.path().join("receipt.key")).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in "\\PC{0,60}", proof in "\\PC{0,30}") {
            let folder = tempfile::tempdir().unwrap();
            let key = site(folder.path()).public();
            let signature = "A".repeat(86);
            let forged = format!("{text}\nYB1.{proof}.{signature}");
            prop_assert!(verify(&forged, &[key]).is_err());
        }
    }
}
