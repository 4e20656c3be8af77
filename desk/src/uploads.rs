//! The files that the agent chose: until each became a message, or was put away.
//!
//! They stay with their conversation, as what is typed does, and go on while the
//! agent looks at another.

use std::any::Any;
use std::collections::HashMap;

use leptos::prelude::*;
use saluda_protocol::file::is_program_name;
use saluda_protocol::{Body, ConversationId, ErrorCode, File, limits};
use web_sys::Url;

use crate::api::Answer;
use crate::courier::Parcel;
use crate::refusal;
use crate::state::Desk;
use crate::texts::text;

/// How far a file is.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Stage {
    /// It was chosen, and waits for the agent's word.
    Chosen,
    /// It waits for its turn.
    Waiting,
    /// It is on its way; so much of it is there, from 0 to 1.
    Going(f64),
    /// It was not sent.
    Failed {
        /// Why, and what to do.
        why: String,
        /// Whether it could go well the next time.
        again: bool,
    },
}

/// A file that was chosen.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Upload {
    /// Which one.
    pub(crate) key: u32,
    /// For which conversation.
    pub(crate) conversation: ConversationId,
    /// Its name.
    pub(crate) name: String,
    /// How large it is, in bytes.
    pub(crate) bytes: f64,
    /// Where the browser shows it from, if it is a picture.
    pub(crate) preview: Option<String>,
    /// How far it is.
    pub(crate) stage: Stage,
}

/// What is held of files besides what is shown.
#[derive(Default)]
pub(crate) struct Held {
    last: u32,
    files: HashMap<u32, Parts>,
}

/// One of them.
struct Parts {
    file: web_sys::File,
    path: String,
    /// There while it is on its way.
    going: Option<Box<dyn Any>>,
}

impl Desk {
    /// Keeps files that were chosen for a conversation.
    pub(crate) fn attach(self, conversation: ConversationId, files: Vec<web_sys::File>) {
        let Some(membership) = untrack(|| self.membership()) else {
            return;
        };
        let path = format!(
            "/api/sites/{}/conversations/{conversation}/files",
            membership.key
        );
        for file in files {
            let name = file.name();
            let is_picture = file.type_().starts_with("image/");
            let preview = is_picture.then(|| Url::create_object_url_with_blob(&file).ok());
            let upload = Upload {
                key: 0,
                conversation,
                bytes: file.size(),
                preview: preview.flatten(),
                stage: look_at(&name, file.size()),
                name,
            };
            let key = self.held.try_update_value(|held| {
                held.last = held.last.wrapping_add(1);
                let parts = Parts {
                    file,
                    path: path.clone(),
                    going: None,
                };
                held.files.insert(held.last, parts);
                held.last
            });
            if let Some(key) = key {
                self.uploads
                    .update(|all| all.push(Upload { key, ..upload }));
            }
        }
    }

    /// How many files wait for the agent's word.
    pub(crate) fn chosen(self, conversation: ConversationId) -> usize {
        self.uploads.with(|all| {
            let chosen = all
                .iter()
                .filter(|it| it.conversation == conversation && it.stage == Stage::Chosen);
            chosen.count()
        })
    }

    /// Sends the files that were chosen for a conversation.
    pub(crate) fn send_chosen(self, conversation: ConversationId) {
        self.uploads.update(|all| {
            for upload in all {
                if upload.conversation == conversation && upload.stage == Stage::Chosen {
                    upload.stage = Stage::Waiting;
                }
            }
        });
        self.carry_next();
    }

    /// Sends a file again that was not sent.
    pub(crate) fn send_again(self, key: u32) {
        self.set_stage(key, Stage::Waiting);
        self.carry_next();
    }

    /// Puts a file away, also while it is on its way.
    pub(crate) fn put_away(self, key: u32) {
        self.uploads.update(|all| {
            all.retain(|upload| {
                if upload.key == key
                    && let Some(preview) = &upload.preview
                {
                    // Fails only for what is no address.
                    let _ = Url::revoke_object_url(preview);
                }
                upload.key != key
            });
        });
        self.held.update_value(|held| {
            held.files.remove(&key);
        });
        self.carry_next();
    }

    fn set_stage(self, key: u32, stage: Stage) {
        self.uploads.update(|all| {
            if let Some(upload) = all.iter_mut().find(|upload| upload.key == key) {
                upload.stage = stage;
            }
        });
    }

    /// Sends the next file, one at a time and in their order.
    fn carry_next(self) {
        let next = self.uploads.with_untracked(|all| {
            let is_busy = all.iter().any(|it| matches!(it.stage, Stage::Going(_)));
            let next = all.iter().find(|it| it.stage == Stage::Waiting);
            next.filter(|_| !is_busy).map(|it| it.key)
        });
        let Some(key) = next else { return };
        let parts = self.held.with_value(|held| {
            let parts = held.files.get(&key)?;
            Some((parts.path.clone(), parts.file.clone()))
        });
        let Some((path, file)) = parts else { return };
        self.set_stage(key, Stage::Going(0.0));
        let parcel = Parcel {
            path,
            file,
            come: Box::new(move |share| self.set_stage(key, Stage::Going(share))),
            done: Box::new(move |answer| self.carried(key, answer.as_ref())),
        };
        let going = self.courier.with_value(|courier| courier(parcel));
        self.held.update_value(|held| {
            if let Some(parts) = held.files.get_mut(&key) {
                parts.going = Some(going);
            }
        });
    }

    /// The server has answered, or could not be reached.
    fn carried(self, key: u32, answer: Option<&Answer>) {
        let sent = answer.filter(|answer| answer.is_done());
        let sent = sent.and_then(|answer| serde_json::from_str::<File>(&answer.body).ok());
        let conversation = self.uploads.with_untracked(|all| {
            let upload = all.iter().find(|it| it.key == key)?;
            Some(upload.conversation)
        });
        if let (Some(file), Some(conversation)) = (sent, conversation) {
            self.say(conversation, Body::File(file));
            self.at_end.set(true);
            self.put_away(key);
        } else {
            self.set_stage(key, failed(answer));
            self.carry_next();
        }
    }
}

/// What the server would say of a file, before it is sent.
fn look_at(name: &str, bytes: f64) -> Stage {
    #[expect(clippy::cast_precision_loss, reason = "the limit is far below 2^53")]
    let most = limits::FILE_BYTES as f64;
    let why = if bytes > most {
        text("upload.too_large")
    } else if bytes == 0.0 || is_program_name(name) {
        text("upload.refused")
    } else {
        return Stage::Chosen;
    };
    Stage::Failed { why, again: false }
}

fn failed(answer: Option<&Answer>) -> Stage {
    let Some(error) = answer.map(Answer::error) else {
        let why = text("upload.failed");
        return Stage::Failed { why, again: true };
    };
    let (why, again) = match error.code {
        ErrorCode::TooLarge => (text("upload.too_large"), false),
        ErrorCode::FileRefused => (text("upload.refused"), false),
        _ => (refusal::sentence(&error), true),
    };
    Stage::Failed { why, again }
}
