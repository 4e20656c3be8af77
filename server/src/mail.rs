//! Mail that leaves the server: to a server of the operator's, or into a folder
//! where they can look at it.

use std::error::Error;
use std::fs;
use std::io::{self, BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::time::Duration;

use lettre::message::Mailbox;
use lettre::message::header::{ContentType, Header, HeaderName, HeaderValue};
use lettre::transport::file::AsyncFileTransport;
use lettre::transport::smtp::AsyncSmtpTransport;
use lettre::{Address, AsyncTransport as _, Message, Tokio1Executor};
use saluda_protocol::EmailAddress;

/// How long a mail server may take to answer: someone waits for it.
const SMTP_TIMEOUT: Duration = Duration::from_secs(10);

/// One mail, in plain text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Mail {
    /// Whom it is for.
    pub(crate) to: EmailAddress,
    /// The name it comes from: the site's. The address is the operator's.
    pub(crate) from: String,
    /// What it is about.
    pub(crate) subject: String,
    /// What it says.
    pub(crate) text: String,
}

/// Where mail goes, as the operator set it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct MailSettings {
    /// Whom it comes from.
    pub(crate) from: Address,
    /// How it leaves.
    pub(crate) way: Way,
}

/// How mail leaves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Way {
    /// Into a folder, one file for each.
    Folder(PathBuf),
    /// To a mail server, such as `smtps://user:password@mail.example.com`.
    Smtp(String),
}

/// Why a mail did not leave.
#[derive(Debug, thiserror::Error)]
pub(crate) enum MailError {
    /// It could not be written.
    #[error("a mail cannot be written")]
    Unwritable(#[source] lettre::error::Error),
    /// The address is none that mail can be sent to.
    #[error("this is no address that mail can be sent to")]
    Address,
    /// The mail server did not take it.
    #[error("the mail server of `smtp` did not take a mail")]
    Smtp(#[source] lettre::transport::smtp::Error),
    /// The folder did not take it.
    #[error("the folder of `mail_folder` did not take a mail")]
    Folder(#[source] Box<dyn Error + Send + Sync>),
}

/// The address of the mail server makes no sense.
#[derive(Debug, thiserror::Error)]
#[error(
    "`smtp` must be like `smtps://user:password@mail.example.com`, or with `smtp:` and \
     `?tls=required`"
)]
pub(crate) struct InvalidSmtp(#[source] lettre::transport::smtp::Error);

/// Sends mail.
pub(crate) struct Mailer {
    from: Address,
    transport: Transport,
}

enum Transport {
    Folder(PathBuf),
    Smtp(AsyncSmtpTransport<Tokio1Executor>),
}

impl Mailer {
    /// Opens no connection yet, and makes no folder.
    ///
    /// # Errors
    ///
    /// When the address of the mail server makes no sense.
    pub(crate) fn new(settings: &MailSettings) -> Result<Self, InvalidSmtp> {
        let transport = match &settings.way {
            Way::Folder(folder) => Transport::Folder(folder.clone()),
            Way::Smtp(url) => {
                let smtp = AsyncSmtpTransport::<Tokio1Executor>::from_url(url);
                let smtp = smtp.map_err(InvalidSmtp)?.timeout(Some(SMTP_TIMEOUT));
                Transport::Smtp(smtp.build())
            }
        };
        Ok(Self {
            from: settings.from.clone(),
            transport,
        })
    }

    /// Sends one. Once this has returned, whoever takes mail here has it.
    pub(crate) async fn send(&self, mail: Mail) -> Result<(), MailError> {
        let message = self.write(mail)?;
        match &self.transport {
            Transport::Folder(folder) => put(folder, message).await,
            Transport::Smtp(smtp) => {
                let taken = smtp.send(message).await;
                taken.map(|_| ()).map_err(MailError::Smtp)
            }
        }
    }

    /// Removes what lies in the folder for these addresses. What a mail server has
    /// taken is not here any more.
    pub(crate) async fn forget(&self, addresses: &[EmailAddress]) -> Result<(), MailError> {
        let Transport::Folder(folder) = &self.transport else {
            return Ok(());
        };
        let folder = folder.clone();
        let heads: Vec<_> = addresses
            .iter()
            .map(|to| format!("to: {}", to.as_str().to_lowercase()))
            .collect();
        let forgotten = tokio::task::spawn_blocking(move || forget(&folder, &heads));
        let forgotten = forgotten.await.map_err(io::Error::other);
        forgotten
            .flatten()
            .map_err(|error| MailError::Folder(error.into()))
    }

    fn write(&self, mail: Mail) -> Result<Message, MailError> {
        let to: Address = mail.to.as_str().parse().map_err(|_| MailError::Address)?;
        let one_line = |text: String| text.replace(char::is_control, " ");
        let from = Mailbox::new(Some(one_line(mail.from)), self.from.clone());
        Message::builder()
            .from(from)
            .to(Mailbox::new(None, to))
            .subject(one_line(mail.subject))
            // Nobody's absence is to be answered by us.
            .header(AutoSubmitted)
            .header(ContentType::TEXT_PLAIN)
            .body(mail.text)
            .map_err(MailError::Unwritable)
    }
}

/// Removes the mails in a folder that have one of these lines in their heads.
fn forget(folder: &Path, lines: &[String]) -> io::Result<()> {
    let mails = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        mails => mails?,
    };
    for mail in mails {
        let path = mail?.path();
        let mut head = BufReader::new(fs::File::open(&path)?).lines();
        let is_meant = head
            .by_ref()
            .map_while(Result::ok)
            .take_while(|line| !line.is_empty())
            .any(|line| lines.contains(&line.to_lowercase()));
        if is_meant {
            fs::remove_file(path)?;
        }
    }
    Ok(())
}

async fn put(folder: &Path, message: Message) -> Result<(), MailError> {
    let made = tokio::fs::create_dir_all(folder).await;
    made.map_err(|error| MailError::Folder(error.into()))?;
    let transport = AsyncFileTransport::<Tokio1Executor>::new(folder);
    let put = transport.send(message).await;
    put.map(|_| ())
        .map_err(|error| MailError::Folder(error.into()))
}

/// `Auto-Submitted: auto-replied`, see RFC 3834, section 5.
#[derive(Debug, Clone)]
struct AutoSubmitted;

impl Header for AutoSubmitted {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "auto-replied".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mailer(folder: &Path) -> Mailer {
        let settings = MailSettings {
            from: "chat@alba.example".parse().unwrap(),
            way: Way::Folder(folder.join("mail")),
        };
        Mailer::new(&settings).unwrap()
    }

    fn mail(from: &str, subject: &str, text: &str) -> Mail {
        Mail {
            to: EmailAddress::parse("maria@example.com").unwrap(),
            from: from.into(),
            subject: subject.into(),
            text: text.into(),
        }
    }

    fn lying_in(folder: &Path) -> Vec<String> {
        let files = std::fs::read_dir(folder.join("mail")).unwrap();
        let read = |file: std::io::Result<std::fs::DirEntry>| {
            std::fs::read_to_string(file.unwrap().path()).unwrap()
        };
        files.map(read).collect()
    }

    #[tokio::test]
    async fn mails_to_someone_are_forgotten_and_no_others() {
        let folder = tempfile::tempdir().unwrap();
        let mailer = mailer(folder.path());
        let maria = EmailAddress::parse("maria@example.com").unwrap();
        mailer.forget(std::slice::from_ref(&maria)).await.unwrap();
        for to in ["Maria@example.com", "rosamaria@example.com"] {
            let to = EmailAddress::parse(to).unwrap();
            // What a mail says is not whom it is for.
            let text = "To: maria@example.com";
            let mail = Mail {
                to,
                ..mail("Alba", "Hi", text)
            };
            mailer.send(mail).await.unwrap();
        }
        mailer.forget(&[maria]).await.unwrap();
        let [left] = lying_in(folder.path()).try_into().unwrap();
        assert!(left.contains("To: rosamaria@example.com"), "{left}");
    }

    #[tokio::test]
    async fn a_mail_lies_in_the_folder_as_it_would_be_sent() {
        let folder = tempfile::tempdir().unwrap();
        let sent = mail("Alba Coffee", "Your code", "It is 123456.");
        mailer(folder.path()).send(sent).await.unwrap();
        let [written] = lying_in(folder.path()).try_into().unwrap();
        for line in [
            "From: \"Alba Coffee\" <chat@alba.example>\r\n",
            "To: maria@example.com\r\n",
            "Subject: Your code\r\n",
            "Auto-Submitted: auto-replied\r\n",
            "\r\n\r\nIt is 123456.",
        ] {
            assert!(written.contains(line), "{line} is not in {written}");
        }
    }

    /// Row 17 of the table of attacks: nothing that anyone writes is a header.
    #[tokio::test]
    async fn no_text_becomes_a_header_or_a_mail_of_its_own() {
        let folder = tempfile::tempdir().unwrap();
        for evil in [
            "x\r\nBcc: victim@example.com",
            "x\nBcc: victim@example.com",
            "x\rBcc: victim@example.com",
            "x\0\r\n\r\n<html>",
            "=?utf-8?q?x=0D=0ABcc:_victim@example.com?=",
            "\u{2028}Bcc: victim@example.com\u{85}Bcc: x",
            "x\r\n.\r\nMAIL FROM:<a@b.example>",
            "\"x\" <victim@example.com>, y",
        ] {
            let sent = mail(evil, evil, evil);
            mailer(folder.path()).send(sent).await.unwrap();
        }
        let written = lying_in(folder.path());
        assert_eq!(written.len(), 8);
        for written in written {
            let (head, _) = written.split_once("\r\n\r\n").unwrap();
            let head = head.replace("\r\n ", " ");
            let mut names: Vec<&str> = head
                .split("\r\n")
                .map(|line| line.split_once(':').unwrap().0)
                .collect();
            names.sort_unstable();
            assert_eq!(
                names,
                [
                    "Auto-Submitted",
                    "Content-Transfer-Encoding",
                    "Content-Type",
                    "Date",
                    "From",
                    "Subject",
                    "To"
                ],
                "{written}"
            );
            assert!(head.contains("\r\nTo: maria@example.com"), "{head}");
        }
    }

    #[test]
    fn a_server_that_makes_no_sense_is_refused() {
        let to = |url: &str| {
            Mailer::new(&MailSettings {
                from: "chat@alba.example".parse().unwrap(),
                way: Way::Smtp(url.into()),
            })
        };
        assert!(to("mail.example.com").is_err());
        assert!(to("https://mail.example.com").is_err());
        assert!(to("smtps://user:password@mail.example.com").is_ok());
    }
}
