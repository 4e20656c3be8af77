//! The bucket that files lie in, as the operator set it.

use std::fmt;

use axum::http::Uri;

use super::SettingsError;

/// Where most of those that speak like S3 say that they are, and where S3 began.
const REGION: &str = "us-east-1";

/// A bucket and the way to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct BucketSettings {
    pub(crate) name: String,
    /// What the names of our files in it begin with; it may be empty.
    pub(crate) prefix: String,
    /// The address of whoever runs it; empty means Amazon.
    pub(crate) endpoint: String,
    pub(crate) region: String,
    pub(crate) key: String,
    pub(crate) secret: Hidden,
}

#[cfg(all(test, feature = "s3"))]
impl BucketSettings {
    /// Those of a bucket with a prefix, an address, and a key with its secret.
    pub(crate) fn new(
        (name, prefix): (&str, &str),
        endpoint: &str,
        (key, secret): (&str, &str),
    ) -> Self {
        Self {
            name: name.to_owned(),
            prefix: prefix.to_owned(),
            endpoint: endpoint.to_owned(),
            region: REGION.to_owned(),
            key: key.to_owned(),
            secret: Hidden(secret.to_owned()),
        }
    }
}

impl fmt::Display for BucketSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let slash = if self.prefix.is_empty() { "" } else { "/" };
        write!(f, "s3://{}{slash}{}", self.name, self.prefix)
    }
}

/// A text that no log shows.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Hidden(pub(super) String);

#[cfg(feature = "s3")]
impl Hidden {
    /// It, for whom it was meant.
    pub(crate) fn shown(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Hidden {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("(hidden)")
    }
}

/// What someone gave of it.
pub(super) struct GivenBucket {
    pub(super) url: Option<String>,
    pub(super) endpoint: Option<String>,
    pub(super) region: Option<String>,
    pub(super) key: Option<String>,
    pub(super) secret: Option<String>,
}

impl GivenBucket {
    /// The bucket, if one is named.
    pub(super) fn read(self) -> Result<Option<BucketSettings>, SettingsError> {
        let Some(url) = self.url else {
            return Ok(None);
        };
        let senseless = || SettingsError::Bucket(url.clone());
        let place = url.strip_prefix("s3://").ok_or_else(senseless)?;
        let (name, prefix) = place.split_once('/').unwrap_or((place, ""));
        let prefix = prefix.trim_end_matches('/');
        let is_name = |c: char| c.is_ascii_alphanumeric() || "-._".contains(c);
        let is_way = prefix.is_empty() || prefix.split('/').all(|it| !it.is_empty());
        if name.is_empty() || !name.chars().all(is_name) || !is_way {
            return Err(senseless());
        }
        if !prefix.chars().all(|c| is_name(c) || c == '/') {
            return Err(senseless());
        }
        let (Some(key), Some(secret)) = (self.key, self.secret) else {
            return Err(SettingsError::BucketKeys);
        };
        Ok(Some(BucketSettings {
            name: name.to_owned(),
            prefix: prefix.to_owned(),
            endpoint: self
                .endpoint
                .as_deref()
                .map_or_else(|| Ok(String::new()), endpoint)?,
            region: self.region.unwrap_or_else(|| REGION.to_owned()),
            key,
            secret: Hidden(secret),
        }))
    }
}

/// Reads an address: a scheme of the web, a host, and no key in it.
fn endpoint(url: &str) -> Result<String, SettingsError> {
    let parsed: Option<Uri> = url.parse().ok();
    let fits = parsed.is_some_and(|uri| {
        let is_web = matches!(uri.scheme_str(), Some("http" | "https"));
        is_web && uri.host().is_some() && uri.query().is_none() && !url.contains('@')
    });
    if fits {
        Ok(url.trim_end_matches('/').to_owned())
    } else {
        Err(SettingsError::Endpoint)
    }
}
