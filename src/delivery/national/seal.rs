//! What vouches for an envelope: the digest that the embedded platform and many provinces take, or SM2 (GB/T 32918),
//! where mark, word and every object are encrypted for the province's public key. The curve is a library's.

use rand::rngs::SysRng;
use serde::Deserialize;
use sha2::{Digest, Sha256};
use sm2::pke::{EncryptingKey, Mode};
use sm2::{PublicKey, elliptic_curve::rand_core::TryCryptoRng};

use super::{NationalConfig, NationalConfigError};
use crate::delivery::{DeliveryFailure, Transport};

/// How an envelope is vouched for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Signature {
    /// `sign` is the SHA-256 of time, mark and word; objects go as they are.
    #[default]
    Sha256,
    /// `sign` and objects are encrypted for the province with SM2.
    Sm2,
}

/// In which order the parts of an SM2 ciphertext stand: point, digest, text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Sm2Order {
    /// GB/T 32918.4 of 2016.
    #[default]
    C1c3c2,
    /// The draft of 2010, still in use.
    C1c2c3,
}

/// What a site's signature settings come to.
pub(super) enum Seal {
    Sha256,
    Sm2(EncryptingKey),
}

impl Seal {
    /// Reads the key, so that a wrong one is found at the start and not at the first rating.
    pub(super) fn new(config: &NationalConfig) -> Result<Self, NationalConfigError> {
        match config.signature {
            Signature::Sha256 => Ok(Self::Sha256),
            Signature::Sm2 => {
                let key = public_key(&config.sm2_public_key).ok_or(NationalConfigError::Sm2PublicKey)?;
                let mode = match config.sm2_order {
                    Sm2Order::C1c3c2 => Mode::C1C3C2,
                    Sm2Order::C1c2c3 => Mode::C1C2C3,
                };
                Ok(Self::Sm2(EncryptingKey::new_with_mode(key, mode)))
            }
        }
    }

    /// The field `sign` over time, mark and word.
    pub(super) fn sign(&self, signed: &str) -> Result<String, DeliveryFailure> {
        match self {
            Self::Sha256 => Ok(hex::encode(Sha256::digest(signed))),
            Self::Sm2(key) => encrypted(key, &mut SysRng, signed),
        }
    }

    /// An array of objects as it stands inside `params`.
    pub(super) fn pack(&self, objects: String) -> Result<String, DeliveryFailure> {
        match self {
            Self::Sha256 => Ok(objects),
            Self::Sm2(key) => encrypted(key, &mut SysRng, &objects),
        }
    }
}

/// Hexadecimal digits of both coordinates, with or without the leading 04.
fn public_key(digits: &str) -> Option<PublicKey> {
    let mut point = hex::decode(digits.trim()).ok()?;
    if point.len() == 64 {
        point.insert(0, 4);
    }
    PublicKey::from_sec1_bytes(&point).ok().filter(|_| point.len() == 65)
}

/// Only a machine without chance fails here, and it may have some later.
fn encrypted(key: &EncryptingKey, rng: &mut impl TryCryptoRng, text: &str) -> Result<String, DeliveryFailure> {
    key.encrypt(rng, text.as_bytes()).map(hex::encode).map_err(|_| Transport::Envelope.into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use sm2::elliptic_curve::rand_core::{TryCryptoRng, TryRng};
    use std::convert::Infallible;

    /// GB/T 32918.5 annex C: public key, chance and the three parts for “encryption standard”.
    const X: &str = "09f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020";
    const Y: &str = "ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13";
    const CHANCE: &str = "59276e27d506861a16680f3ad9c02dccef3cc1fa3cdbe4ce6d54b80deac1bc21";
    const C1: &str = "0404ebfc718e8d1798620432268e77feb6415e2ede0e073c0f4f640ecd2e149a73\
                      e858f9d81e5430a57b36daab8f950a3c64e6ee6a63094d99283aff767e124df0";
    const C2: &str = "21886ca989ca9c7d58087307ca93092d651efa";
    const C3: &str = "59983c18f809e262923c53aec295d30383b54e39d609d160afcb1908d0bd8766";

    /// The standard's number instead of chance.
    struct Standard;

    impl TryRng for Standard {
        type Error = Infallible;

        fn try_next_u32(&mut self) -> Result<u32, Infallible> {
            unreachable!("the curve asks for whole scalars")
        }

        fn try_next_u64(&mut self) -> Result<u64, Infallible> {
            unreachable!("the curve asks for whole scalars")
        }

        fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
            hex::decode_to_slice(CHANCE, bytes).expect("a scalar");
            Ok(())
        }
    }

    impl TryCryptoRng for Standard {}

    fn config(order: Sm2Order, key: &str) -> NationalConfig {
        NationalConfig {
            signature: Signature::Sm2,
            sm2_order: order,
            sm2_public_key: key.into(),
            ..NationalConfig::default()
        }
    }

    fn check(order: Sm2Order, expected: &str) {
        let Seal::Sm2(key) = Seal::new(&config(order, &format!("{X}{Y}"))).unwrap() else { panic!("SM2 is set") };
        assert_eq!(encrypted(&key, &mut Standard, "encryption standard").unwrap(), expected);
    }

    #[test]
    fn the_standards_own_example_comes_out_in_both_orders() {
        check(Sm2Order::C1c3c2, &format!("{C1}{C3}{C2}"));
        check(Sm2Order::C1c2c3, &format!("{C1}{C2}{C3}"));
    }

    #[test]
    fn a_key_that_is_no_point_is_refused_at_the_start() {
        for (key, fits) in [
            (format!("04{X}{Y}"), true),
            (format!("{X}{Y}\n").to_uppercase(), true),
            (format!("{Y}{X}"), false),
            (format!("04{X}"), false),
            (format!("02{X}"), false),
            ("00".into(), false),
            ("SM2".into(), false),
            (String::new(), false),
        ] {
            assert_eq!(Seal::new(&config(Sm2Order::C1c3c2, &key)).is_ok(), fits, "{key}");
        }
    }
}
