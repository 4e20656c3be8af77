//! A visitor fills in the site's form, and says how they found it.

use std::collections::{BTreeMap, BTreeSet};

use saluda_protocol::form::{Form, PageForm, Reaches, Value, Wrong};
use saluda_protocol::rating::InvalidRating;
use saluda_protocol::{Contact, FieldId, Rating, SiteId, VisitorId};
use saluda_store::{Attribute, Change, FilledIn, Site, StoreError, Unrated};

use super::announce;
use crate::app::App;
use crate::bus::{Notice, Topic};
use crate::secret;

/// Why what was filled in was not kept.
#[derive(Debug, thiserror::Error)]
pub(crate) enum FillError {
    /// Something in it may not stand there.
    #[error("{}", sentence(.0))]
    Mistakes(Vec<(FieldId, Wrong)>),
    /// It was for another form.
    #[error("the form is another by now; load it again")]
    Changed,
    /// The database failed. It may be sent again.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Why a rating was not kept.
#[derive(Debug, thiserror::Error)]
pub(crate) enum RateError {
    /// There is no such score.
    #[error("a score is a whole number from 1 to 5")]
    NoScore,
    /// The comment is too long.
    #[error("the comment has {chars} characters, {limit} are allowed")]
    TooLong { chars: usize, limit: usize },
    /// The site does not ask.
    #[error("this site does not ask for it")]
    NotAsked,
    /// The conversation was not closed so, or is open again.
    #[error("the conversation is not closed any more")]
    NotClosed,
    /// It was changed before.
    #[error("it was changed before, and can be changed once")]
    ChangedBefore,
    /// The database failed. It may be sent again.
    #[error(transparent)]
    Store(#[from] StoreError),
}

fn sentence(wrong: &[(FieldId, Wrong)]) -> String {
    let each = wrong.iter().map(|(field, why)| format!("`{field}`: {why}"));
    each.collect::<Vec<_>>().join("; ")
}

/// The form of a site as its pages get it.
pub(crate) fn page_form(site: &Site) -> Option<PageForm> {
    let form = site.settings.form.clone()?;
    // It is made of texts and numbers alone, and can always be written.
    let written = serde_json::to_vec(&form).unwrap_or_default();
    Some(PageForm {
        version: secret::hash_bytes(&written)[..16].to_owned(),
        form,
    })
}

/// The fields of a form that need not be filled in any more. Who has filled it in
/// left out what they left out, and is not asked for that again.
fn answered(page: &PageForm, known: &[Attribute], contact: &Contact) -> Vec<FieldId> {
    let form = &page.form;
    let filled_in = known.iter().any(|one| one.form == page.version);
    let names: BTreeSet<_> = known.iter().map(|one| &one.answer.field).collect();
    let told = |reaches: Reaches| match reaches {
        Reaches::Name => contact.name.is_some(),
        Reaches::Email => contact.email.is_some(),
        Reaches::Phone => contact.phone.is_some(),
    };
    let fields = form.fields.iter();
    let done = fields.filter(|field| {
        filled_in || names.contains(&field.id) || form.reaches(field).is_some_and(told)
    });
    done.map(|field| field.id.clone()).collect()
}

/// What a visitor of a site need not fill in any more. The site is read anew: the
/// page may have been there since before it was changed.
pub(crate) async fn known(
    app: &App,
    site: SiteId,
    visitor: VisitorId,
    contact: &Contact,
) -> Result<Vec<FieldId>, StoreError> {
    match app.store.site(site).await? {
        Some(site) => known_at(app, &site, visitor, contact).await,
        None => Ok(Vec::new()),
    }
}

/// What they need not at a site that was read just now.
pub(crate) async fn known_at(
    app: &App,
    site: &Site,
    visitor: VisitorId,
    contact: &Contact,
) -> Result<Vec<FieldId>, StoreError> {
    let Some(form) = page_form(site) else {
        return Ok(Vec::new());
    };
    let attributes = app.store.attributes(visitor).await?;
    Ok(answered(&form, &attributes, contact))
}

async fn form(app: &App, site: SiteId) -> Result<Option<PageForm>, StoreError> {
    let site = app.store.site(site).await?;
    Ok(site.as_ref().and_then(page_form))
}

/// Reads what a visitor filled in, as the site asks for it now.
pub(crate) async fn read(
    app: &App,
    site: SiteId,
    visitor: VisitorId,
    contact: &Contact,
    version: &str,
    values: &BTreeMap<FieldId, Value>,
) -> Result<FilledIn, FillError> {
    let page = form(app, site).await?.ok_or(FillError::Changed)?;
    let known = app.store.attributes(visitor).await?;
    let done = answered(&page, &known, contact);
    let read = page.form.read(values, |field| done.contains(&field.id));
    let filled = read.map_err(|wrong| {
        // What fits all the same is welcome.
        if version == page.version {
            FillError::Mistakes(wrong)
        } else {
            FillError::Changed
        }
    })?;
    let claim = page.form.claim(&filled);
    Ok(FilledIn {
        // Each part was read by the rules of its field, which are those of a claim.
        contact: claim.read().unwrap_or_default(),
        answers: Form::answers(filled),
        form: page.version,
    })
}

/// Keeps what a visitor filled in, and tells everyone concerned. Returns how
/// they can be reached now, and what they need not fill in any more.
pub(crate) async fn fill_in(
    app: &App,
    site: SiteId,
    visitor: VisitorId,
    filled: FilledIn,
) -> Result<(Contact, Vec<FieldId>), StoreError> {
    let change = app.store.fill_in(visitor, filled, app.now()).await?;
    if let Some(change) = change {
        announce(app, change);
    }
    let kept = app.store.visitor(visitor).await?;
    let contact = kept.map(|visitor| visitor.contact).unwrap_or_default();
    let answered = known(app, site, visitor, &contact).await?;
    let notice = Notice::FilledIn {
        answered: answered.clone(),
        contact: contact.clone(),
    };
    app.bus.publish(Topic::Visitor(visitor), notice);
    Ok((contact, answered))
}

/// Keeps how a visitor found their conversation, and tells everyone concerned
/// if it is news. Returns what it changed.
pub(crate) async fn rate(
    app: &App,
    site: SiteId,
    visitor: VisitorId,
    rating: Rating,
) -> Result<Option<Change>, RateError> {
    let rating = rating.read().map_err(|why| match why {
        InvalidRating::NoScore => RateError::NoScore,
        InvalidRating::TooLong { chars, limit } => RateError::TooLong { chars, limit },
    })?;
    let site = app.store.site(site).await?;
    if site.is_none_or(|site| site.settings.rating.is_none()) {
        return Err(RateError::NotAsked);
    }
    let kept = app.store.rate(visitor, rating, app.now()).await?;
    let change = kept.map_err(|why| match why {
        Unrated::NotClosed => RateError::NotClosed,
        Unrated::ChangedBefore => RateError::ChangedBefore,
    })?;
    if let Some(change) = &change {
        announce(app, change.clone());
    }
    Ok(change)
}
