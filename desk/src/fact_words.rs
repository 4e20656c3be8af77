//! What facts are called, and how a sentence speaks of each.

use saluda_protocol::trigger::Value;

use crate::facts::Kind;
use crate::texts::{text, text_count_as, text_with};

/// What a fact is called. `chosen` is what its author put in its name.
pub(crate) fn name(fact: &str, chosen: &str) -> String {
    let chosen = [("name", chosen)];
    match fact {
        "page.url" => text("fact.page_url"),
        "page.host" => text("fact.page_host"),
        "page.path" => text("fact.page_path"),
        "page.query.<name>" => text_with("fact.page_query", &chosen),
        "page.hash" => text("fact.page_hash"),
        "page.title" => text("fact.page_title"),
        "page.time" => text("fact.page_time"),
        "page.scroll" => text("fact.page_scroll"),
        "visit.time" => text("fact.visit_time"),
        "visit.pages" => text("fact.visit_pages"),
        "visit.referrer" => text("fact.visit_referrer"),
        "visit.landing" => text("fact.visit_landing"),
        "visit.utm.<name>" => text_with("fact.visit_utm", &chosen),
        "visitor.visits" => text("fact.visitor_visits"),
        "visitor.new" => text("fact.visitor_new"),
        "visitor.last_visit" => text("fact.visitor_last_visit"),
        "visitor.language" => text("fact.visitor_language"),
        "visitor.timezone" => text("fact.visitor_timezone"),
        "visitor.device" => text("fact.visitor_device"),
        "visitor.known" => text("fact.visitor_known"),
        "visitor.attr.<name>" => text_with("fact.visitor_attr", &chosen),
        "visitor.tag" => text("fact.visitor_tag"),
        "visitor.local_time" => text("fact.visitor_local_time"),
        "visitor.weekday" => text("fact.visitor_weekday"),
        "pointer.left" => text("fact.pointer_left"),
        "idle.time" => text("fact.idle_time"),
        "element.seen" => text("fact.element_seen"),
        "element.clicked" => text("fact.element_clicked"),
        "form.focused" => text("fact.form_focused"),
        "chat.conversation" => text("fact.chat_conversation"),
        "chat.messages" => text("fact.chat_messages"),
        "chat.last" => text("fact.chat_last"),
        "desk.online" => text("fact.desk_online"),
        "desk.open" => text("fact.desk_open"),
        "trigger.<id>.shown" => text_with("fact.trigger_shown", &chosen),
        "trigger.<id>.opened" => text_with("fact.trigger_opened", &chosen),
        "trigger.<id>.dismissed" => text_with("fact.trigger_dismissed", &chosen),
        "trigger.<id>.replied" => text_with("fact.trigger_replied", &chosen),
        other => other.to_owned(),
    }
}

/// A clause about a text, which is tested.
pub(crate) fn tested(fact: &str, chosen: &str, test: &str) -> String {
    let values = [("name", chosen), ("test", test)];
    match fact {
        "page.url" => text_with("says.page_url", &values),
        "page.host" => text_with("says.page_host", &values),
        "page.path" => text_with("says.page_path", &values),
        "page.query.<name>" => text_with("says.page_query", &values),
        "page.hash" => text_with("says.page_hash", &values),
        "page.title" => text_with("says.page_title", &values),
        "visit.referrer" => text_with("says.visit_referrer", &values),
        "visit.landing" => text_with("says.visit_landing", &values),
        _ => {
            let what = name(fact, chosen);
            text_with("says.whose", &[("what", &what), ("test", test)])
        }
    }
}

/// A clause about an amount.
pub(crate) fn measured(fact: &str, chosen: &str, amount: &str) -> String {
    let values = [("name", chosen), ("amount", amount)];
    match fact {
        "page.time" => text_with("says.page_time", &values),
        "page.scroll" => text_with("says.page_scroll", &values),
        "visit.time" => text_with("says.visit_time", &values),
        "visit.pages" => text_with("says.visit_pages", &values),
        "visitor.visits" => text_with("says.visitor_visits", &values),
        "visitor.last_visit" => text_with("says.visitor_last_visit", &values),
        "idle.time" => text_with("says.idle_time", &values),
        "chat.messages" => text_with("says.chat_messages", &values),
        "chat.last" => text_with("says.chat_last", &values),
        "trigger.<id>.shown" => text_with("says.trigger_shown", &values),
        "trigger.<id>.opened" => text_with("says.trigger_opened", &values),
        "trigger.<id>.dismissed" => text_with("says.trigger_dismissed", &values),
        _ => text_with("says.trigger_replied", &values),
    }
}

/// A clause about what a greeting never came to.
pub(crate) fn never(fact: &str, chosen: &str) -> String {
    let values = [("name", chosen)];
    match fact {
        "trigger.<id>.shown" => text_with("says.never_shown", &values),
        "trigger.<id>.opened" => text_with("says.never_opened", &values),
        "trigger.<id>.dismissed" => text_with("says.never_dismissed", &values),
        _ => text_with("says.never_replied", &values),
    }
}

/// A number of what a fact counts.
pub(crate) fn counted(fact: &str, count: u64, shown: &str) -> String {
    match fact {
        "visit.pages" => text_count_as("unit.pages", count, shown),
        "chat.messages" => text_count_as("unit.messages", count, shown),
        _ => text_count_as("unit.times", count, shown),
    }
}

/// A clause about a flag, which is said or denied.
pub(crate) fn flag(fact: &str, said: bool) -> String {
    match (fact, said) {
        ("visitor.new", true) => text("says.visitor_new"),
        ("visitor.new", false) => text("says.not_visitor_new"),
        ("visitor.known", true) => text("says.visitor_known"),
        ("visitor.known", false) => text("says.not_visitor_known"),
        ("pointer.left", true) => text("says.pointer_left"),
        ("pointer.left", false) => text("says.not_pointer_left"),
        ("form.focused", true) => text("says.form_focused"),
        ("form.focused", false) => text("says.not_form_focused"),
        ("chat.conversation", true) => text("says.chat_conversation"),
        ("chat.conversation", false) => text("says.not_chat_conversation"),
        ("desk.online", true) => text("says.desk_online"),
        ("desk.online", false) => text("says.not_desk_online"),
        (_, true) => text("says.desk_open"),
        (_, false) => text("says.not_desk_open"),
    }
}

/// A clause about one of several values, or none of them.
pub(crate) fn choosing(fact: &str, denied: bool, values: &str) -> String {
    let values = [("values", values)];
    match (fact, denied) {
        ("visitor.language", false) => text_with("says.visitor_language", &values),
        ("visitor.language", true) => text_with("says.not_visitor_language", &values),
        ("visitor.device", false) => text_with("says.visitor_device", &values),
        ("visitor.device", true) => text_with("says.not_visitor_device", &values),
        ("visitor.weekday", false) => text_with("says.visitor_weekday", &values),
        ("visitor.weekday", true) => text_with("says.not_visitor_weekday", &values),
        ("visitor.tag", false) => text_with("says.visitor_tag", &values),
        ("visitor.tag", true) => text_with("says.not_visitor_tag", &values),
        ("element.seen", false) => text_with("says.element_seen", &values),
        ("element.seen", true) => text_with("says.not_element_seen", &values),
        (_, false) => text_with("says.element_clicked", &values),
        (_, true) => text_with("says.not_element_clicked", &values),
    }
}

/// One of the values that a kind of fact has.
pub(crate) fn choice(kind: Kind, value: &Value) -> String {
    let Value::Text(value) = value else {
        return String::new();
    };
    match (kind, value.as_str()) {
        (Kind::Device, "desktop") => text("device.desktop"),
        (Kind::Device, "tablet") => text("device.tablet"),
        (Kind::Device, "phone") => text("device.phone"),
        (Kind::Weekday, "mon") => text("weekday.mon"),
        (Kind::Weekday, "tue") => text("weekday.tue"),
        (Kind::Weekday, "wed") => text("weekday.wed"),
        (Kind::Weekday, "thu") => text("weekday.thu"),
        (Kind::Weekday, "fri") => text("weekday.fri"),
        (Kind::Weekday, "sat") => text("weekday.sat"),
        (Kind::Weekday, "sun") => text("weekday.sun"),
        (Kind::Language, tag) => language(tag),
        (_, other) => text_with("sentence.quoted", &[("words", other)]),
    }
}

/// What a language is called, where there is a browser to ask.
fn language(tag: &str) -> String {
    #[cfg(target_arch = "wasm32")]
    if let Some(name) = crate::intl::language_name(&crate::texts::locale(), tag) {
        return name;
    }
    tag.to_owned()
}
