//! The buttons under a greeting: quick replies or calls to action, never both.

use leptos::prelude::*;
use saluda_protocol::limits::BUTTONS;

use super::words::{Wording, Words};
use super::{Part, focus_after, use_forms};
use crate::form_text::{self, Document};
use crate::icons::{Icon, Symbol};
use crate::texts::{text, text_with};

/// What an address of a button begins with.
const SCHEME: &str = "https://";

/// Of which kind the buttons are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    None,
    Replies,
    Calls,
    /// Which they cannot be.
    Mixed,
}

fn kind_of(document: &Document, path: &str) -> Kind {
    let count = document.len(path);
    let calls = (0..count).filter(|at| is_call(document, &format!("{path}[{at}]")));
    match calls.count() {
        _ if count == 0 => Kind::None,
        0 => Kind::Replies,
        calls if calls == count => Kind::Calls,
        _ => Kind::Mixed,
    }
}

fn is_call(document: &Document, button: &str) -> bool {
    ["url", "phone"]
        .iter()
        .any(|field| document.raw(&format!("{button}.{field}")).is_some())
}

/// The buttons in the list at a path.
#[component]
pub(super) fn Buttons(path: String, part: Part) -> impl IntoView {
    let forms = use_forms();
    let path = StoredValue::new(path);
    let count = forms.read(move |document| path.with_value(|path| document.len(path)));
    let kind = forms.read(move |document| path.with_value(|path| kind_of(document, path)));
    let language = forms.language();
    let add = move |call: bool| {
        let at = path.with_value(|path| format!("{path}[{}]", count.get_untracked()));
        let tag = form_text::quote(&language.get_untracked());
        let url = if call { ",\"url\":\"https://\"" } else { "" };
        forms.set(&at, &format!("{{\"label\":{{{tag}:\"\"}}{url}}}"));
        focus_after(format!("{at}.label"));
    };
    let adding = move || {
        let (replies, calls) = match kind.get() {
            _ if count.get() >= BUTTONS => (false, false),
            Kind::None => (true, true),
            Kind::Replies => (true, false),
            Kind::Calls => (false, true),
            Kind::Mixed => (false, false),
        };
        view! {
            {replies.then(|| view! {
                <button class="link" on:click=move |_| add(false)>{text("buttons.add_reply")}</button>
            })}
            {calls.then(|| view! {
                <button class="link" on:click=move |_| add(true)>{text("buttons.add_call")}</button>
            })}
        }
    };
    let note = move || match kind.get() {
        Kind::Mixed => text("buttons.mixed"),
        _ if count.get() >= BUTTONS => text("buttons.enough"),
        Kind::None => text("buttons.none"),
        Kind::Replies => text("buttons.replies"),
        Kind::Calls => text("buttons.calls"),
    };
    view! {
        <div class="form-part" role="group" aria-label=text("buttons.title")>
            <p class="field-label" aria-hidden="true">{text("buttons.title")}</p>
            <For each=move || 0..count.get() key=|at| *at let:at>
                <Button path=path.with_value(|path| format!("{path}[{at}]")) number=at + 1 part/>
            </For>
            <p class="form-note" class:warned=move || kind.get() == Kind::Mixed>{note}</p>
            <div class="form-adds">{adding}</div>
        </div>
    }
    .into_any()
}

/// One button.
#[component]
fn Button(path: String, number: usize, part: Part) -> impl IntoView {
    let forms = use_forms();
    let name = text_with("buttons.button", &[("number", &number.to_string())]);
    let remove_name = text_with("fields.remove", &[("what", &name)]);
    let call = {
        let path = path.clone();
        forms.read(move |document| is_call(document, &path))
    };
    let remove = {
        let (path, name) = (path.clone(), name.clone());
        move |_| {
            forms.take_out(part, name.clone(), |text| form_text::remove(text, &path));
        }
    };
    let label = format!("{path}.label");
    view! {
        <div class="form-box of-button" role="group" aria-label=name>
            <div class="form-box-fields">
                <Words path=label label=text("buttons.label") wording=Wording::Label/>
                {move || if call.get() {
                    view! { <Target path=path.clone()/> }.into_any()
                } else {
                    let path = format!("{path}.answer");
                    view! {
                        <Words path label=text("buttons.answer") wording=Wording::Optional/>
                    }
                    .into_any()
                }}
            </div>
            <button class="icon-button" aria-label=remove_name on:click=remove>
                <Icon of=Symbol::Close/>
            </button>
        </div>
    }
    .into_any()
}

/// Where a call to action leads.
#[component]
fn Target(path: String) -> impl IntoView {
    let forms = use_forms();
    let phone = {
        let path = format!("{path}.phone");
        forms.read(move |document| document.raw(&path).is_some())
    };
    let path = StoredValue::new(path);
    let field = move |phone: bool| {
        let field = if phone { "phone" } else { "url" };
        path.with_value(|path| format!("{path}.{field}"))
    };
    let turn = move |event| {
        let phone = event_target_value(&event) == "phone";
        let begun = if phone { "\"+\"" } else { "\"https://\"" };
        forms.change(|text| {
            let text = form_text::set(text, &field(phone), begun)?;
            form_text::remove(&text, &field(!phone)).or(Some(text))
        });
    };
    let written = Memo::new(move |_| {
        let field = field(phone.get());
        forms
            .document
            .with(|document| document.string(&field))
            .unwrap_or_default()
    });
    let fits = Memo::new(move |_| {
        written.with(|it| {
            if phone.get() {
                is_phone(it)
            } else {
                is_address(it)
            }
        })
    });
    view! {
        <div class="form-field">
            <span class="field-label" aria-hidden="true">{text("buttons.leads")}</span>
            <span class="form-pair target">
                <select class="select" aria-label=text("buttons.leads") on:change=turn>
                    <option value="url" prop:selected=move || !phone.get()>{text("buttons.url")}</option>
                    <option value="phone" prop:selected=phone>{text("buttons.phone")}</option>
                </select>
                <input
                    class="input"
                    dir="ltr"
                    type=move || if phone.get() { "tel" } else { "url" }
                    aria-label=move || if phone.get() { text("buttons.phone") } else { text("buttons.url") }
                    aria-invalid=move || (!fits.get()).to_string()
                    autocapitalize="off"
                    spellcheck="false"
                    data-path=move || field(phone.get())
                    prop:value=written
                    on:input=move |event| {
                        let typed = event_target_value(&event);
                        forms.put(&field(phone.get_untracked()), typed.trim());
                    }
                />
            </span>
            <p class="form-note">
                {move || (!fits.get()).then(|| {
                    if phone.get() { text("buttons.phone_hint") } else { text("buttons.url_hint") }
                })}
            </p>
        </div>
    }
    .into_any()
}

/// Whether a button can open this, as far as one can see.
fn is_address(written: &str) -> bool {
    let Some(rest) = written.strip_prefix(SCHEME) else {
        return false;
    };
    let strange = |c: char| c.is_whitespace() || c.is_control() || c == '\\';
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    !host.is_empty() && !host.starts_with(['.', ':']) && !rest.contains(strange)
}

/// Whether a button can call this.
fn is_phone(written: &str) -> bool {
    written.strip_prefix('+').is_some_and(|digits| {
        (7..=15).contains(&digits.len())
            && !digits.starts_with('0')
            && digits.bytes().all(|byte| byte.is_ascii_digit())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn buttons_are_of_one_kind_or_mixed() {
        let kind = |buttons: &str| {
            let form = format!("{{ \"buttons\": {buttons} }}");
            kind_of(&Document::of(&form), "buttons")
        };
        assert_eq!(kind("[]"), Kind::None);
        assert_eq!(kind(r#"[{ "label": {}, "url": null }]"#), Kind::Replies);
        assert_eq!(kind(r#"[{ "url": "x" }, { "phone": "+" }]"#), Kind::Calls);
        assert_eq!(kind(r#"[{ "url": "x" }, { "label": {} }]"#), Kind::Mixed);
    }

    #[test]
    #[cfg(not(target_arch = "wasm32"))]
    fn what_a_button_opens_and_calls_is_what_the_server_takes() {
        let takes = |field: &str, written: &str| {
            let form = serde_json::json!({
                "name": "x", "rule": { "all": [] },
                "greeting": {
                    "text": { "en": "Hi" },
                    "buttons": [{ "label": { "en": "Go" }, field: written }],
                },
            });
            saluda_rules::compile::read(&form.to_string()).is_ok()
        };
        for address in [
            "https://shop.example",
            "https://shop.example/a?b#c",
            "https://",
            "https:///x",
            "http://shop.example",
            "https://shop example",
            "shop.example",
            "",
        ] {
            assert_eq!(is_address(address), takes("url", address), "{address}");
        }
        for phone in [
            "+351210000000",
            "+0351210000",
            "+351",
            "351210000000",
            "+351 21",
            "",
        ] {
            assert_eq!(is_phone(phone), takes("phone", phone), "{phone}");
        }
    }
}
