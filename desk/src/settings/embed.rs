//! How pages come by the widget: what to paste, what a content policy has to
//! allow, and a light that turns green when the first page has it.

mod light;
mod watch;

use leptos::prelude::*;

use super::input::Tick;
use super::loading::Loading;
use super::remote::{Embed, PolicyLine};
use crate::blank::Failed;
use crate::copy::Copy;
use crate::route::{Place, Topic};
use crate::state::use_desk;
use crate::texts::text;
use light::Light;
use watch::Watch;

/// The page.
#[component]
pub(super) fn EmbedPage() -> impl IntoView {
    let desk = use_desk();
    let watch = Watch::new(desk);
    watch.begin();
    let known = Memo::new(move |_| watch.embed.with(Option::is_some));
    move || {
        if known.get() {
            return view! { <Known watch/> }.into_any();
        }
        match watch.failed.get() {
            Some(trouble) => view! {
                <Failed title=text("settings.failed") words=trouble.sentence() again=Callback::new(move |()| watch.ask())/>
            }
            .into_any(),
            None => view! { <Loading/> }.into_any(),
        }
    }
}

#[component]
fn Known(watch: Watch) -> impl IntoView {
    let of = move |pick: fn(&Embed) -> String| {
        Memo::new(move |_| {
            watch
                .embed
                .with(|embed| embed.as_ref().map(pick).unwrap_or_default())
        })
    };
    let snippet = of(|embed| embed.snippet.clone());
    let policy = Memo::new(move |_| {
        let embed = watch.embed.get();
        embed.map(|embed| embed.policy).unwrap_or_default()
    });
    let guessed = Memo::new(move |_| {
        watch
            .embed
            .with(|it| it.as_ref().is_some_and(|it| it.guessed))
    });
    let consent = RwSignal::new(false);
    let pasted = Memo::new(move |_| with_consent(&snippet.get(), consent.get()));
    view! {
        <Light watch/>
        <section class="settings-part" aria-labelledby="embed-paste">
            <h3 class="settings-part-title" id="embed-paste">{text("embed.paste")}</h3>
            <p class="field-hint">{text("embed.paste_words")}</p>
            {move || guessed.get().then(|| view! {
                <p class="settings-warning">{text("embed.guessed")}</p>
            })}
            <div class="code-block">
                <pre class="code-words" tabindex="0"><code>{pasted}</code></pre>
                <Copy what=pasted label=text("embed.copy")/>
            </div>
            <Tick on=consent turn=move |on| consent.set(on) label=text("embed.consent")/>
            <p class="field-hint">{text("embed.consent_words")}</p>
        </section>
        <section class="settings-part" aria-labelledby="embed-policy">
            <h3 class="settings-part-title" id="embed-policy">{text("embed.policy")}</h3>
            <p class="field-hint">{text("embed.policy_words")}</p>
            {move || policy.get().into_iter().filter(|line| !line.sources.is_empty()).map(line).collect_view()}
            <p class="field-hint">{text("embed.policy_rest")}</p>
        </section>
        <p class="settings-note">
            <a href=Place::Settings(Topic::Site).address()>{text("embed.origins")}</a>
        </p>
    }
}

/// What one directive has to allow.
fn line(line: PolicyLine) -> impl IntoView {
    let words = format!("{} {}", line.directive, line.sources.join(" "));
    let why = match line.directive.as_str() {
        "script-src" => text("embed.why_script"),
        "connect-src" => text("embed.why_connect"),
        _ => line.why,
    };
    view! {
        <div class="code-block">
            <pre class="code-words" tabindex="0"><code>{words.clone()}</code></pre>
            <Copy what=Signal::stored(words) label=crate::texts::text_with("embed.copy_policy", &[("name", &line.directive)])/>
        </div>
        <p class="field-hint">{why}</p>
    }
}

/// The snippet of a site that stores nothing before its visitor consents.
fn with_consent(snippet: &str, required: bool) -> String {
    if required {
        snippet.replacen("></script>", " data-consent=\"required\"></script>", 1)
    } else {
        snippet.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn consent_is_one_attribute_more() {
        let snippet = r#"<script async crossorigin src="https://chat.example/widget.js" data-site="alba"></script>"#;
        assert_eq!(with_consent(snippet, false), snippet);
        let strict = with_consent(snippet, true);
        assert!(strict.ends_with(r#"data-site="alba" data-consent="required"></script>"#));
    }
}
