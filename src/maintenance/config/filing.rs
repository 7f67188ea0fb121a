//! The policy of out-of-area filing: the shipped one, or the site's own file.

use std::path::Path;
use std::sync::Arc;

use super::{ConfigError, RawFiling, suggest};
use crate::domain::filing::{FilingPolicy, PolicyError};

/// The policy this kiosk files by, with the site's own common destinations where it has some; `None` where it does not file.
///
/// # Errors
/// Says which file, which key, and what it must be.
pub(super) fn policy(raw: &RawFiling, common: Option<Vec<String>>) -> Result<Option<Arc<FilingPolicy>>, ConfigError> {
    if !raw.offered {
        return Ok(None);
    }
    let mut policy = match &raw.policy {
        Some(path) => read(path)?,
        None => FilingPolicy::national().map_err(|error| refused("the shipped policy", &error))?,
    };
    if let Some(common) = common {
        policy.common_destinations.value = common;
    }
    Ok(Some(Arc::new(policy)))
}

fn read(path: &Path) -> Result<FilingPolicy, ConfigError> {
    let text =
        std::fs::read_to_string(path).map_err(|reason| ConfigError::Unreadable { path: path.to_owned(), reason })?;
    FilingPolicy::parse(&text).map_err(|error| refused(&path.display().to_string(), &error))
}

fn refused(file: &str, error: &PolicyError) -> ConfigError {
    let message = format!("{file}: {error}");
    let hint = suggest::nearest_key(&message);
    ConfigError::Mistake { message, hint }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::PathBuf;

    /// The shipped policy with one change, as a site's file.
    fn check(change: (&str, &str), expected: Option<&str>) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("policy.toml");
        let shipped = include_str!("../../../assets/policy/national.toml");
        assert!(shipped.contains(change.0), "the shipped policy has no {}", change.0);
        std::fs::write(&path, shipped.replacen(change.0, change.1, 1)).unwrap();
        let found = policy(&RawFiling { policy: Some(path), ..RawFiling::default() }, None);
        match (found, expected) {
            (Ok(Some(policy)), None) => assert_eq!(policy.version, "shandong-1"),
            (Err(error), Some(expected)) => assert!(error.to_string().contains(expected), "{error}"),
            (found, _) => panic!("{found:?}, but expected {expected:?}"),
        }
    }

    #[test]
    fn a_site_has_a_policy_of_its_own() {
        check(("version = \"2026-11-22\"", "version = \"shandong-1\""), None);
        check(("months_min", "month_min"), Some("did you mean `months_min`?"));
        check(("months_min = { value = 6", "months_min = { value = 1"), Some("category.referred.months_min = 1"));
    }

    #[test]
    fn a_kiosk_may_leave_filing_to_the_window() {
        assert_eq!(policy(&RawFiling { offered: false, ..RawFiling::default() }, None).unwrap(), None);
        assert!(policy(&RawFiling::default(), None).unwrap().is_some());
        let missing = RawFiling { policy: Some(PathBuf::from("/nonexistent/policy.toml")), ..RawFiling::default() };
        assert!(policy(&missing, None).expect_err("no such file").to_string().contains("/nonexistent/policy.toml"));
    }
}
