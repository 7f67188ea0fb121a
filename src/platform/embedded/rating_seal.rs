//! Who may send to the rating service: a SHA-256 over time, mark and word, or the same encrypted with SM2 for this
//! platform's key. Whoever signs with SM2 must also encrypt what it sends.

use std::borrow::Cow;

use sha2::{Digest, Sha256};
use sm2::SecretKey;
use sm2::pke::{DecryptingKey, Mode};

use super::{APP_MARK, APP_WORD};

/// The example key of GB/T 32918.5 annex C. It protects nothing: everybody behind it is invented.
const SM2_PRIVATE_KEY: &str = "3945208f7b2144b13f36e38ac6d39f95889393692860b51a42fb81ef4df7c5b8";
/// The public key that belongs to it, for the kiosk's configuration.
pub const SM2_PUBLIC_KEY: &str = "0409f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020\
                                  ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13";

/// In which order the parts of a ciphertext have to stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sm2Parts {
    /// Point, digest, text.
    #[default]
    PointDigestText,
    /// Point, text, digest.
    PointTextDigest,
}

/// How a request turned out to be sealed.
pub(super) enum Seal {
    Plain,
    Sm2(Box<DecryptingKey>),
}

impl Seal {
    /// Checks `sign`; the text says what is wrong with it.
    pub(super) fn check(sign: &str, time: &str, parts: Sm2Parts) -> Result<Self, String> {
        let signed = format!("{time}{APP_MARK}{APP_WORD}");
        if sign.len() == 2 * Sha256::output_size() {
            let fits = sign == hex::encode(Sha256::digest(signed));
            return if fits { Ok(Self::Plain) } else { Err("签名校验失败".into()) };
        }
        let key = private_key(parts).ok_or("系统繁忙，请稍后重试")?;
        if decrypted(&key, sign).is_some_and(|text| text == signed) {
            Ok(Self::Sm2(Box::new(key)))
        } else {
            Err("验签失败".into())
        }
    }

    /// What stands in `params`, readable.
    pub(super) fn open<'a>(&self, packed: &'a str) -> Result<Cow<'a, str>, String> {
        match self {
            Self::Plain => Ok(Cow::Borrowed(packed)),
            Self::Sm2(key) => decrypted(key, packed).map(Cow::Owned).ok_or_else(|| "验签失败：参数无法解密".into()),
        }
    }
}

fn private_key(parts: Sm2Parts) -> Option<DecryptingKey> {
    let mode = match parts {
        Sm2Parts::PointDigestText => Mode::C1C3C2,
        Sm2Parts::PointTextDigest => Mode::C1C2C3,
    };
    let secret = SecretKey::from_slice(&hex::decode(SM2_PRIVATE_KEY).ok()?).ok()?;
    Some(DecryptingKey::new_with_mode(secret.to_nonzero_scalar(), mode))
}

fn decrypted(key: &DecryptingKey, digits: &str) -> Option<String> {
    let text = key.decrypt(&hex::decode(digits).ok()?).ok()?;
    String::from_utf8(text).ok()
}
