//! One message at a time: from a visitor, onto the disk, to the desk.

use std::time::Instant;

use anyhow::Result;
use saluda_protocol::{Credentials, MessageId};

use crate::desk::Desk;
use crate::figures::Spread;
use crate::history::{id, text};
use crate::page::Page;
use crate::spread::spread;

/// Messages that do not count: everything is used for the first time with them.
const WARM_UP: usize = 50;

/// How long until the desk has a message, and until the visitor knows that it is on
/// disk. The visitor is someone new where nobody is named.
pub(crate) async fn measure(
    port: u16,
    who: Option<Credentials>,
    posts: usize,
) -> Result<[Spread; 2]> {
    let mut desk = Desk::new(port).await?;
    let mut page = Page::join(port, who, None).await?;
    page.post(MessageId::from_random(id(5, 0)), &text(0))
        .await?;
    let conversation = desk.changed().await?.conversation;
    desk.open(conversation).await?;
    let (mut relayed, mut acknowledged) = (Vec::new(), Vec::new());
    for n in 1..=WARM_UP + posts {
        let (id, text) = (MessageId::from_random(id(5, n)), text(n));
        let start = Instant::now();
        let (heard, known) = tokio::try_join!(
            async {
                desk.hears(id).await?;
                Ok(start.elapsed())
            },
            async {
                page.post(id, &text).await?;
                anyhow::Ok(start.elapsed())
            },
        )?;
        if n > WARM_UP {
            relayed.push(heard);
            acknowledged.push(known);
        }
    }
    Ok([spread(relayed), spread(acknowledged)])
}
