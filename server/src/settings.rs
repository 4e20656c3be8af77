//! What the operator can set.
//!
//! Each setting is a flag, an environment variable and a line of
//! `saluda.toml`, in this order of strength. None is needed.

mod bucket;

use std::net::{Ipv4Addr, SocketAddr};
use std::num::NonZeroU32;
use std::path::{Path, PathBuf};

use axum::http::Uri;
use clap::{Args, ValueEnum};
use ipnet::IpNet;
use lettre::Address;
use serde::{Deserialize, Serialize};

use crate::mail::{MailSettings, Way};
pub(crate) use bucket::BucketSettings;
use bucket::GivenBucket;

/// The file that is read when no other is named.
const FILE: &str = "saluda.toml";

/// Settings as someone gave them, in flags, environment or file.
#[derive(Args, Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Given {
    /// Address and port to serve on [default: 127.0.0.1:4180]
    #[arg(long, env = "SALUDA_LISTEN", value_name = "ADDRESS")]
    listen: Option<SocketAddr>,

    /// Where browsers reach this server, such as `https://chat.example.com`,
    /// when that is not what they send as `Host`
    #[arg(long, env = "SALUDA_PUBLIC_URL", value_name = "URL")]
    public_url: Option<String>,

    /// The database's file [default: saluda.db]
    #[arg(long, env = "SALUDA_DATABASE", value_name = "FILE")]
    database: Option<PathBuf>,

    /// Folder of what visitors and agents send each other; to be saved together
    /// with the database [default: beside the database, `saluda.files`]
    // Commands that take files have an argument of the plain name.
    #[arg(
        id = "files_folder",
        long = "files",
        env = "SALUDA_FILES",
        value_name = "FOLDER"
    )]
    files: Option<PathBuf>,

    /// A bucket for them in place of the folder, such as
    /// `s3://chat-files/saluda`; they come through the folder all the same. Needs
    /// `s3_key` and `s3_secret`
    #[arg(long, env = "SALUDA_BUCKET", value_name = "URL")]
    bucket: Option<String>,

    /// Where the bucket is reached, such as `https://s3.example.com`
    /// [default: Amazon's, in the region]
    #[arg(long, env = "SALUDA_S3_ENDPOINT", value_name = "URL")]
    s3_endpoint: Option<String>,

    /// The region of the bucket [default: us-east-1]
    #[arg(long, env = "SALUDA_S3_REGION", value_name = "NAME")]
    s3_region: Option<String>,

    /// The id of the key to the bucket
    #[arg(long, env = "SALUDA_S3_KEY", value_name = "ID")]
    s3_key: Option<String>,

    /// The secret of that key; best in the environment or the settings file, where
    /// other processes do not see it
    #[arg(
        long,
        env = "SALUDA_S3_SECRET",
        value_name = "SECRET",
        hide_env_values = true
    )]
    s3_secret: Option<String>,

    /// The mail server that mail leaves by, such as
    /// `smtps://user:password@mail.example.com`; needs `mail_from`
    #[arg(long, env = "SALUDA_SMTP", value_name = "URL", hide_env_values = true)]
    smtp: Option<String>,

    /// The address that mail comes from, such as `chat@example.com`; may be left
    /// out while there is no mail server
    #[arg(long, env = "SALUDA_MAIL_FROM", value_name = "ADDRESS")]
    mail_from: Option<String>,

    /// Folder that mail is written to while there is no mail server
    /// [default: beside the database, `saluda.mail`]
    #[arg(long, env = "SALUDA_MAIL_FOLDER", value_name = "FOLDER")]
    mail_folder: Option<PathBuf>,

    /// Folder of the built widget and desk, instead of those in the binary
    #[arg(long, env = "SALUDA_ASSETS", value_name = "FOLDER")]
    assets: Option<PathBuf>,

    /// What is logged: `error`, `warn`, `info`, `debug`, `trace`, or a filter
    /// such as `saluda=debug` [default: info]
    #[arg(long, env = "SALUDA_LOG", value_name = "FILTER")]
    log: Option<String>,

    /// How it is logged [default: text]
    #[arg(long, env = "SALUDA_LOG_FORMAT", value_name = "FORMAT")]
    log_format: Option<LogFormat>,

    /// Networks of the proxies before this server, such as `192.0.2.0/24`, whose
    /// `X-Forwarded-For` is believed [default: this machine and private networks]
    #[arg(
        long,
        env = "SALUDA_PROXIES",
        value_name = "NETWORK",
        value_delimiter = ','
    )]
    proxies: Option<Vec<IpNet>>,

    /// Most connections at once; further ones are closed
    /// [default: as many as the system lets this process have]
    #[arg(long, env = "SALUDA_MAX_CONNECTIONS", value_name = "NUMBER")]
    max_connections: Option<NonZeroU32>,

    /// Most messages that a visitor may send in a minute [default: 60]
    #[arg(long, env = "SALUDA_POSTS_PER_MINUTE", value_name = "NUMBER")]
    posts_per_minute: Option<NonZeroU32>,

    /// Whoever asks for `/metrics` from another machine must present this as a
    /// bearer token; without it only this machine may ask
    #[arg(
        long,
        env = "SALUDA_METRICS_TOKEN",
        value_name = "TOKEN",
        hide_env_values = true
    )]
    metrics_token: Option<String>,
}

/// The settings file, if another than `saluda.toml` is meant.
#[derive(Args, Debug, Clone, Default)]
pub(crate) struct Source {
    /// A settings file; every other flag's name with `_` is a line in it
    /// [default: saluda.toml, if it is there]
    #[arg(long, env = "SALUDA_CONFIG", value_name = "FILE")]
    config: Option<PathBuf>,

    #[command(flatten)]
    given: Given,
}

/// How lines of the log look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum LogFormat {
    /// For people.
    #[default]
    Text,
    /// One JSON object a line, for machines.
    Json,
}

/// Settings in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Settings {
    pub(crate) listen: SocketAddr,
    /// Scheme and authority, without a slash at the end.
    pub(crate) public_url: Option<String>,
    pub(crate) database: PathBuf,
    /// Where files lie that were sent, or come through on their way to the bucket.
    pub(crate) files: PathBuf,
    pub(crate) bucket: Option<BucketSettings>,
    /// How mail leaves.
    pub(crate) mail: MailSettings,
    pub(crate) assets: Option<PathBuf>,
    pub(crate) log: String,
    pub(crate) log_format: LogFormat,
    /// Networks of proxies; none named means this machine and private networks.
    pub(crate) proxies: Vec<IpNet>,
    pub(crate) max_connections: Option<u32>,
    /// How many messages a visitor may send in a minute.
    pub(crate) posts_per_minute: u32,
    pub(crate) metrics_token: Option<String>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 4180)),
            public_url: None,
            database: PathBuf::from("saluda.db"),
            files: PathBuf::from("saluda.files"),
            bucket: None,
            mail: MailSettings {
                from: local(),
                way: Way::Folder(PathBuf::from("saluda.mail")),
            },
            assets: None,
            log: "info".to_owned(),
            log_format: LogFormat::Text,
            proxies: Vec::new(),
            max_connections: None,
            posts_per_minute: 60,
            metrics_token: None,
        }
    }
}

/// Why the settings cannot be used.
#[derive(Debug, thiserror::Error)]
pub(crate) enum SettingsError {
    #[error("could not read the settings file `{}`", path.display())]
    Unreadable {
        path: PathBuf,
        source: std::io::Error,
    },
    #[error("the settings file `{}` makes no sense", path.display())]
    Malformed {
        path: PathBuf,
        source: Box<toml::de::Error>,
    },
    #[error("`public_url` must be like `https://chat.example.com`, without a path: `{0}`")]
    PublicUrl(String),
    #[error("`mail_from` must be an e-mail address, such as `chat@example.com`: `{0}`")]
    MailFrom(String),
    #[error("`smtp` needs `mail_from`: say which address mail comes from")]
    MailFromMissing,
    #[error(
        "`bucket` must be like `s3://chat-files/saluda`, of letters, digits, `-`, `.` and `_`: `{0}`"
    )]
    Bucket(String),
    #[error("`bucket` needs `s3_key` and `s3_secret`: the key by which it lets this server in")]
    BucketKeys,
    // Someone may have put a key into it.
    #[error("`s3_endpoint` must be like `https://s3.example.com`, with nothing else in it")]
    Endpoint,
}

/// Whom mail comes from that nobody receives.
fn local() -> Address {
    // Unchecked, and nothing that someone gave.
    Address::new_dangerous("saluda", "localhost")
}

impl Source {
    /// Settings from flags and environment, which clap has merged, and from the
    /// file.
    pub(crate) fn load(self) -> Result<Settings, SettingsError> {
        let file = match &self.config {
            Some(path) => read(path)?,
            None if Path::new(FILE).exists() => read(Path::new(FILE))?,
            None => Given::default(),
        };
        merge(self.given, file)
    }
}

fn read(path: &Path) -> Result<Given, SettingsError> {
    let text = std::fs::read_to_string(path).map_err(|source| SettingsError::Unreadable {
        path: path.to_owned(),
        source,
    })?;
    toml::from_str(&text).map_err(|source| SettingsError::Malformed {
        path: path.to_owned(),
        source: Box::new(source),
    })
}

fn merge(strong: Given, weak: Given) -> Result<Settings, SettingsError> {
    let fallback = Settings::default();
    let public_url = strong.public_url.or(weak.public_url);
    let database = strong.database.or(weak.database);
    let database = database.unwrap_or(fallback.database);
    // Of the database's name with this ending, so that two databases in one
    // folder do not share it.
    let beside = |ending| database.with_extension(ending);
    let from = strong.mail_from.or(weak.mail_from);
    let from = from
        .map(|from| from.parse().map_err(|_| SettingsError::MailFrom(from)))
        .transpose()?;
    let folder = strong.mail_folder.or(weak.mail_folder);
    let mail = match strong.smtp.or(weak.smtp) {
        Some(url) => MailSettings {
            from: from.ok_or(SettingsError::MailFromMissing)?,
            way: Way::Smtp(url),
        },
        None => MailSettings {
            from: from.unwrap_or(fallback.mail.from),
            way: Way::Folder(folder.unwrap_or_else(|| beside("mail"))),
        },
    };
    let files = strong.files.or(weak.files);
    let bucket = GivenBucket {
        url: strong.bucket.or(weak.bucket),
        endpoint: strong.s3_endpoint.or(weak.s3_endpoint),
        region: strong.s3_region.or(weak.s3_region),
        key: strong.s3_key.or(weak.s3_key),
        secret: strong.s3_secret.or(weak.s3_secret),
    };
    Ok(Settings {
        bucket: bucket.read()?,
        files: files.unwrap_or_else(|| beside("files")),
        mail,
        listen: strong.listen.or(weak.listen).unwrap_or(fallback.listen),
        public_url: public_url.map(|url| origin(&url)).transpose()?,
        database,
        assets: strong.assets.or(weak.assets),
        log: strong.log.or(weak.log).unwrap_or(fallback.log),
        log_format: strong
            .log_format
            .or(weak.log_format)
            .unwrap_or(fallback.log_format),
        proxies: strong.proxies.or(weak.proxies).unwrap_or_default(),
        max_connections: strong
            .max_connections
            .or(weak.max_connections)
            .map(NonZeroU32::get),
        posts_per_minute: strong
            .posts_per_minute
            .or(weak.posts_per_minute)
            .map_or(fallback.posts_per_minute, NonZeroU32::get),
        metrics_token: strong.metrics_token.or(weak.metrics_token),
    })
}

/// Reads an origin: a scheme of the web and an authority, nothing else.
pub(crate) fn origin(url: &str) -> Result<String, SettingsError> {
    let senseless = || SettingsError::PublicUrl(url.to_owned());
    let parsed: Uri = url.trim_end_matches('/').parse().map_err(|_| senseless())?;
    match (
        parsed.scheme_str(),
        parsed.authority(),
        parsed.path_and_query(),
    ) {
        (Some(scheme @ ("http" | "https")), Some(authority), path)
            if path.is_none_or(|path| path.as_str() == "/")
                && !authority.as_str().contains('@') =>
        {
            Ok(format!(
                "{scheme}://{}",
                authority.as_str().to_ascii_lowercase()
            ))
        }
        _ => Err(senseless()),
    }
}

#[cfg(test)]
mod tests;
