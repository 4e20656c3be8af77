//! A campaign of Chatwoot, as `GET /api/v1/accounts/ID/campaigns` lists it.

use saluda_protocol::TriggerId;
use saluda_protocol::trigger::{Frequency, OpeningHours, Operator};
use serde_json::Value;

use super::draft::{self, Draft, short, whole};
use super::{Arrival, Translated, address, placeholder};

/// The inbox whose campaigns greet visitors of a page.
const WEBSITE: &str = "Channel::WebWidget";

/// Makes a draft of a campaign.
pub(super) fn campaign(campaign: &Value, id: TriggerId, arrival: Arrival<'_>) -> Translated {
    if !campaign.is_object() {
        return Err("this is no campaign".to_owned());
    }
    greets(campaign)?;
    let mut draft = Draft::new(id, words(campaign, "title")?);
    // A visitor with a conversation gets no campaign there, and each campaign
    // begins one: nobody sees a second.
    draft.frequency = Frequency::Once;
    draft.sender = campaign
        .pointer("/sender/name")
        .and_then(Value::as_str)
        .map(str::to_owned);
    let message = words(campaign, "message")?;
    draft.text = placeholder::liquid(
        message.trim(),
        arrival.language,
        draft.sender.as_deref(),
        &mut draft.notes,
    )?;
    if message.contains("](") || message.contains("**") || message.contains("__") {
        draft.note("its text has Markdown, which visitors see as it is written".to_owned());
    }
    rules(campaign, &mut draft)?;
    match campaign.get("trigger_only_during_business_hours") {
        None | Some(Value::Null | Value::Bool(false)) => {}
        Some(Value::Bool(true)) => draft.hours = OpeningHours::During,
        Some(_) => return Err(of_wrong_type("trigger_only_during_business_hours")),
    }
    match campaign.get("enabled") {
        None | Some(Value::Null | Value::Bool(true)) => {}
        Some(Value::Bool(false)) => draft.note("it was switched off there".to_owned()),
        Some(_) => return Err(of_wrong_type("enabled")),
    }
    draft.finish(arrival)
}

/// Whether it greets visitors at all.
fn greets(campaign: &Value) -> Result<(), String> {
    match campaign.get("campaign_type") {
        None | Some(Value::Null) => {}
        Some(Value::String(word)) if word == "ongoing" => {}
        Some(Value::String(word)) if word == "one_off" => {
            let reason = "it is sent once to a list of contacts (`one_off`), and greets nobody";
            return Err(reason.to_owned());
        }
        Some(other) => {
            let word = other.as_str().unwrap_or("…");
            return Err(format!(
                "`campaign_type` is `{}`, not `ongoing`",
                short(word)
            ));
        }
    }
    if let Some(channel) = campaign.pointer("/inbox/channel_type")
        && channel != WEBSITE
    {
        let word = channel.as_str().unwrap_or("…");
        return Err(format!(
            "its inbox is `{}`, no website: there are no visitors to greet",
            short(word)
        ));
    }
    let is_empty = |value: &Value| match value {
        Value::Null => true,
        Value::Array(list) => list.is_empty(),
        Value::Object(fields) => fields.is_empty(),
        _ => false,
    };
    for (field, reason) in [
        (
            "audience",
            "it is for some contacts alone (`audience`), whom Saluda cannot tell apart",
        ),
        (
            "template_params",
            "it sends a template (`template_params`), not a text",
        ),
        (
            "scheduled_at",
            "it is sent at one time (`scheduled_at`), and greets nobody",
        ),
    ] {
        if campaign.get(field).is_some_and(|value| !is_empty(value)) {
            return Err(reason.to_owned());
        }
    }
    Ok(())
}

/// When it greets.
fn rules(campaign: &Value, draft: &mut Draft) -> Result<(), String> {
    let rules = campaign.get("trigger_rules").and_then(Value::as_object);
    let rules = rules.ok_or("it has no `trigger_rules`: it says no page to greet on")?;
    let known = ["url", "time_on_page"];
    if let Some(other) = rules.keys().find(|name| !known.contains(&name.as_str())) {
        return Err(format!(
            "`trigger_rules` has `{}`, which is not known here",
            short(other)
        ));
    }
    let url = rules.get("url").and_then(Value::as_str);
    let url = url.ok_or("it says no page to greet on: `trigger_rules` has no `url`")?;
    draft.rules = address::rules(url, &mut draft.notes)?;
    match rules.get("time_on_page") {
        None | Some(Value::Null) => {}
        Some(value) => {
            let time = whole(value).ok_or("`time_on_page` is no number of seconds")?;
            if time > 0 {
                let time = draft::seconds(time);
                draft
                    .rules
                    .push(draft::fact("page.time", Operator::Gte, time));
            }
        }
    }
    Ok(())
}

fn words<'c>(campaign: &'c Value, field: &str) -> Result<&'c str, String> {
    let text = campaign.get(field).and_then(Value::as_str);
    text.filter(|text| !text.trim().is_empty())
        .ok_or_else(|| format!("it has no `{field}`"))
}

fn of_wrong_type(field: &str) -> String {
    format!("`{field}` is neither `true` nor `false`")
}
