//! Triggers at the desk: what an administrator does there, and what visitors
//! see of it.

use serde_json::json;
use thirtyfour::error::WebDriverErrorInner;
use thirtyfour::{Key, TypingData};

use crate::accessible::axe;
use crate::browser::Browser;
use crate::greetings::{always, trigger};
use crate::stage::Stage;

/// The demo's administrator, and its agent.
pub(crate) const LUCIA: &str = "lucia@alba.example";
const RUI: &str = "rui@alba.example";

impl Browser {
    /// Signs in and goes to the list of triggers.
    async fn to_triggers(&self, stage: &Stage, email: &str) {
        self.sign_in(stage, email).await;
        self.click("link", "Triggers").await;
    }

    /// Chooses from the menu of a trigger.
    async fn choose(&self, trigger: &str, action: &str) {
        self.click("button", &format!("Actions for {trigger}"))
            .await;
        self.click("menuitem", action).await;
    }

    /// Waits until the row of a trigger says this.
    pub(crate) async fn row_says(&self, trigger: &str, text: &str) {
        self.wait(&format!("`{text}` in the row of {trigger}"), async || {
            let script = "const [trigger, text] = arguments;
                return [...document.querySelectorAll('[role=row]')].some((row) =>
                    row.innerText.includes(trigger) && row.innerText.includes(text));";
            let says = self.run(script, vec![json!(trigger), json!(text)]).await;
            says.as_bool()?.then_some(())
        })
        .await;
    }

    /// Which part of the form the field with the focus is for.
    async fn focused_path(&self) -> String {
        let script = "return document.activeElement.dataset.path ?? ''";
        let path = self.run(script, vec![]).await;
        path.as_str().unwrap_or_default().to_owned()
    }

    /// Presses keys wherever the focus is. What had it may be replaced by its like
    /// before it hears of them: then they go to that.
    pub(crate) async fn presses(&self, keys: impl Into<TypingData>) {
        let keys = keys.into().to_string();
        self.wait("what has the focus", async || {
            let focused = self.driver().active_element().await.ok()?;
            match focused.send_keys(keys.as_str()).await {
                Ok(()) => Some(()),
                Err(error) if matches!(*error, WebDriverErrorInner::StaleElementReference(_)) => {
                    None
                }
                Err(error) => panic!("could not press keys: {error}"),
            }
        })
        .await;
    }

    /// What has the focus is called.
    pub(crate) async fn focused(&self) -> String {
        let script = "const one = document.activeElement;
            return one.getAttribute('aria-label') ?? one.textContent;";
        let name = self.run(script, vec![]).await;
        name.as_str().unwrap_or_default().to_owned()
    }
}

/// Deletes every trigger of the demo, for whoever is signed in.
pub(crate) const DELETE_ALL: &str = "return (async () => {
    const all = '/api/sites/demo/triggers';
    const { triggers } = await (await fetch(all)).json();
    for (const { id } of triggers) await fetch(`${all}/${id}`, { method: 'DELETE' });
})()";

/// What stands in the editor's form.
const FORM: &str = "return document.querySelector('.form-text')?.value ?? ''";

impl Browser {
    /// Goes to a trigger and waits for its form.
    pub(crate) async fn to_trigger(&self, stage: &Stage, id: &str) {
        self.go(&format!("{}/triggers/{id}", stage.desk())).await;
        self.wait("the form", async || {
            let text = self.run(FORM, vec![]).await;
            text.as_str()?.contains(id).then_some(())
        })
        .await;
    }

    /// Writes something else for a part of the form.
    async fn rewrite(&self, part: &str, json: &str) {
        let select = "const form = document.querySelector('.form-text');
            const at = form.value.indexOf(arguments[0]);
            form.focus();
            form.setSelectionRange(at, at + arguments[0].length);
            return at;";
        let at = self.run(select, vec![json!(part)]).await;
        assert!(at.as_i64().unwrap() >= 0, "no `{part}` in the form");
        let form = self.find("textbox", "The form, as JSON").await;
        form.send_keys(json).await.unwrap();
    }
}

#[tokio::test]
async fn a_trigger_is_edited_its_mistake_named_and_published() {
    let stage = Stage::with_triggers(&[trigger("tour", &always(), &json!({}))]).await;
    let desk = stage.browser().await;
    desk.sign_in(&stage, LUCIA).await;
    desk.to_trigger(&stage, "tour").await;
    desk.sees("Show “Hello from tour” from the site’s sender to every visitor")
        .await;
    desk.rewrite("\"once\"", "\"sometimes\"").await;
    desk.click("button", "Save draft").await;
    desk.sees("1 mistake; nothing was changed").await;
    desk.sees("frequency").await;

    // The mistake leads to its field, and so does each part of the sentence.
    desk.click("button", "frequency").await;
    desk.wait("the field of the mistake", async || {
        (desk.focused_path().await == "frequency").then_some(())
    })
    .await;
    desk.presses("each").await;
    desk.sees("each time it fits").await;
    desk.click("button", "“Hello from tour”").await;
    desk.wait("the field of the text", async || {
        (desk.focused_path().await == "greeting.text").then_some(())
    })
    .await;
    desk.presses(Key::Control + "a").await;
    desk.presses("Hello from the desk").await;
    desk.click("button", "Publish changes").await;
    desk.misses("button", "Publish changes").await;
    desk.sees("Version 2").await;
    let visitor = stage.browser().await;
    visitor.go(&stage.shop("/")).await;
    visitor.is_greeted_by("the desk").await;
}

#[tokio::test]
async fn visitors_see_at_once_what_the_desk_went_back_to() {
    let stage = Stage::with_triggers(&[trigger("tour", &always(), &json!({}))]).await;
    let newer = json!({ "greeting": { "text": { "en": "Another hello" } } });
    stage.publish(&[trigger("tour", &always(), &newer)]);
    let desk = stage.browser().await;
    desk.sign_in(&stage, LUCIA).await;
    desk.to_trigger(&stage, "tour").await;
    desk.sees("“Another hello”").await;
    let open = "document.querySelectorAll('details').forEach(one => one.open = true)";
    desk.sees("Version 1").await;
    desk.run(open, vec![]).await;
    desk.click("button", "Go back to this version").await;
    desk.sees("Visitors see it at once, as version 3.").await;
    desk.click("button", "Yes, go back").await;
    desk.sees("Version 3").await;
    desk.sees("“Hello from tour”").await;
    let visitor = stage.browser().await;
    visitor.go(&stage.shop("/")).await;
    visitor.is_greeted_by("tour").await;
}

#[tokio::test]
async fn a_condition_is_chosen_from_rows_and_decides_who_is_greeted() {
    let stage = Stage::with_triggers(&[]).await;
    stage.save(&[trigger("tour", &always(), &json!({}))]);
    let desk = stage.browser().await;
    desk.sign_in(&stage, LUCIA).await;
    desk.to_trigger(&stage, "tour").await;
    desk.click("button", "+ Add a condition").await;
    desk.find("textbox", "With what").await;
    // What is typed counts when it is saved, also while its field has the focus.
    let save = Key::Control + "s";
    let value = desk.find("textbox", "With what").await;
    value.send_keys("/plans*").await.unwrap();
    value.send_keys(save).await.unwrap();
    desk.sees("whose path fits “/plans*”").await;
    desk.wait("it to be saved", async || {
        let text = desk.text().await;
        (!text.contains("Unsaved changes")).then_some(())
    })
    .await;
    desk.click("button", "Publish").await;
    desk.misses("button", "Publish").await;

    let visitor = stage.browser().await;
    visitor.go(&stage.shop("/")).await;
    visitor.is_ready().await;
    assert!(!visitor.shows_greeting("tour").await);
    visitor.go(&stage.shop("/plans.html")).await;
    visitor.is_greeted_by("tour").await;
}

#[tokio::test]
async fn two_editors_lose_nothing_of_each_other() {
    let stage = Stage::with_triggers(&[]).await;
    stage.save(&[trigger("tour", &always(), &json!({}))]);
    let (first, second) = (stage.browser().await, stage.browser().await);
    for desk in [&first, &second] {
        desk.sign_in(&stage, LUCIA).await;
        desk.to_trigger(&stage, "tour").await;
    }
    first.rewrite("\"once\"", "\"visit\"").await;
    first.click("button", "Save draft").await;
    first.sees("Saved").await;
    first
        .wait("it to be saved", async || {
            let saved = first.text().await;
            (!saved.contains("Unsaved changes")).then_some(())
        })
        .await;

    second.rewrite("\"once\"", "\"always\"").await;
    second.click("button", "Save draft").await;
    second.sees("Someone else saved this trigger").await;
    second.sees("\"frequency\": \"visit\"").await;
    let mine = second.run(FORM, vec![]).await;
    assert!(mine.as_str().unwrap().contains("\"always\""));
    second.click("button", "Go on with mine").await;
    second.click("button", "Save draft").await;
    second.misses("button", "Go on with mine").await;
    first.reload().await;
    first.sees("each time it fits").await;
}

#[tokio::test]
async fn a_new_trigger_is_written_and_tried_on_the_owners_page() {
    let stage = Stage::with_triggers(&[]).await;
    let desk = stage.browser().await;
    desk.to_triggers(&stage, LUCIA).await;
    desk.click("link", "New trigger").await;
    desk.sees("Show “May I help you?”").await;
    desk.click("button", "Save draft").await;
    desk.sees("Never published.").await;
    desk.sees("Saved").await;
    desk.click("button", "Try on my site").await;
    let page = desk.find("url", "Address of a page of yours").await;
    page.send_keys(stage.shop("/plans.html")).await.unwrap();
    desk.click("button", "Make the link").await;
    let link = desk.find("link", "Open it").await;
    let address = link.attr("href").await.unwrap().unwrap();
    let owner = stage.browser().await;
    owner.go(&address).await;
    owner.sees("New trigger").await;
    owner.sees("Draft").await;
}

#[tokio::test]
async fn a_trigger_is_published_from_the_list_and_paused_again() {
    let stage = Stage::with_triggers(&[]).await;
    stage.save(&[trigger("tour", &always(), &json!({ "frequency": "visit" }))]);
    let desk = stage.browser().await;
    desk.to_triggers(&stage, LUCIA).await;
    desk.row_says("tour", "Draft").await;
    desk.row_says("Pricing help", "Paused").await;

    desk.choose("tour", "Publish").await;
    desk.row_says("tour", "Live").await;
    let visitor = stage.browser().await;
    visitor.go(&stage.shop("/")).await;
    visitor.is_greeted_by("tour").await;
    visitor.click("button", "Dismiss").await;

    // It is counted, and the desk says so when it looks again.
    desk.wait("the visitor to be counted", async || {
        let results = stage.results("tour");
        results.contains("sent 1").then_some(())
    })
    .await;
    desk.reload().await;
    desk.row_says("tour", "1").await;

    desk.choose("tour", "Pause").await;
    desk.row_says("tour", "Paused").await;
    desk.wait("it to be off the pages", async || {
        let other = stage.browser().await;
        other.go(&stage.shop("/")).await;
        other.is_ready().await;
        (!other.shows_greeting("tour").await).then_some(())
    })
    .await;

    desk.choose("tour", "Resume").await;
    desk.row_says("tour", "Live").await;
    let other = stage.browser().await;
    other.go(&stage.shop("/")).await;
    other.is_greeted_by("tour").await;
}

#[tokio::test]
async fn a_site_without_triggers_begins_with_three_drafts_and_once() {
    let stage = Stage::with_triggers(&[]).await;
    let desk = stage.browser().await;
    desk.sign_in(&stage, LUCIA).await;
    desk.run(DELETE_ALL, vec![]).await;
    desk.click("link", "Triggers").await;
    desk.sees("These drafts are a beginning.").await;
    for name in ["Help on pricing", "Leaving the cart", "Closed now"] {
        desk.row_says(name, "Draft").await;
    }

    desk.run(DELETE_ALL, vec![]).await;
    desk.reload().await;
    desk.sees("No triggers yet").await;
}

#[tokio::test]
async fn deleting_asks_first_and_stops_what_needs_it() {
    let needs = json!({ "fact": "trigger.tour.shown", "op": "eq", "value": 0 });
    let stage = Stage::with_triggers(&[
        trigger("tour", &always(), &json!({})),
        trigger("follow-up", &needs, &json!({})),
    ])
    .await;
    let desk = stage.browser().await;
    desk.to_triggers(&stage, LUCIA).await;
    desk.choose("tour", "Delete…").await;
    desk.sees("Live triggers that need it stop: follow-up")
        .await;
    desk.click("button", "Cancel").await;
    desk.misses("button", "Delete for good").await;
    assert_eq!(desk.focused().await, "tour");

    desk.choose("tour", "Delete…").await;
    desk.click("button", "Delete for good").await;
    desk.misses("link", "tour").await;
    desk.row_says("follow-up", "Error").await;
    desk.row_says("follow-up", "tour").await;
    // Opened, it says what is missing (S2.15).
    desk.to_trigger(&stage, "follow-up").await;
    desk.sees("Stopped:").await;
}

#[tokio::test]
async fn the_list_can_be_worked_with_the_keyboard_alone() {
    let stage = Stage::with_triggers(&[]).await;
    stage.save(&[trigger("tour", &always(), &json!({}))]);
    let desk = stage.browser().await;
    desk.to_triggers(&stage, LUCIA).await;
    let menu = desk.find("button", "Actions for tour").await;
    menu.send_keys(Key::Enter).await.unwrap();
    desk.wait("the first of the menu", async || {
        (desk.focused().await == "Edit").then_some(())
    })
    .await;
    let edit = desk.find("menuitem", "Edit").await;
    edit.send_keys(Key::Down + Key::Down).await.unwrap();
    assert_eq!(desk.focused().await, "Clone");
    let clone = desk.find("menuitem", "Clone").await;
    clone.send_keys(Key::Escape).await.unwrap();
    assert_eq!(desk.focused().await, "Actions for tour");
    desk.misses("menuitem", "Edit").await;
}

#[tokio::test]
async fn an_agent_looks_on() {
    let stage = Stage::with_triggers(&[trigger("tour", &always(), &json!({}))]).await;
    let desk = stage.browser().await;
    desk.to_triggers(&stage, RUI).await;
    desk.row_says("tour", "Live").await;
    desk.sees("You may look at the triggers of this site.")
        .await;
    desk.misses("button", "Actions for tour").await;
    desk.click("link", "tour").await;
    desk.sees("Show “Hello from tour”").await;
    desk.misses("button", "Save draft").await;
    desk.run("history.back()", vec![]).await;
    desk.misses("link", "New trigger").await;
}

#[tokio::test]
async fn one_list_over_two_sites_acts_on_the_site_of_each_row() {
    let stage = Stage::with_triggers(&[trigger("tour", &always(), &json!({}))]).await;
    stage.saluda(&[
        "site",
        "add",
        "Alba Tea",
        "--key",
        "tea",
        "--origin",
        "https://tea.example",
    ]);
    stage.saluda(&["agent", "role", LUCIA, "administrator", "--site", "tea"]);
    let desk = stage.browser().await;
    desk.sign_in(&stage, LUCIA).await;
    // Three drafts are made where someone looks first.
    desk.go(&format!("{}/triggers?site=tea", stage.desk()))
        .await;
    desk.row_says("Help on pricing", "Draft").await;
    desk.go(&format!("{}/all-triggers", stage.desk())).await;
    desk.row_says("Help on pricing", "Alba Tea").await;
    desk.row_says("tour", "Alba Coffee").await;
    let sites = "return [...document.querySelectorAll('td.trigger-site')]
        .map((site) => site.textContent).join()";
    for order in ["Alba Coffee,Alba Tea", "Alba Tea,Alba Coffee"] {
        desk.click("button", "Site").await;
        desk.wait(&format!("the order {order}"), async || {
            let found = desk.run(sites, vec![]).await;
            let mut found: Vec<_> = found.as_str()?.split(',').collect();
            found.dedup();
            (found.join(",") == order).then_some(())
        })
        .await;
    }
    let axe = axe();
    for width in [1280, 360] {
        desk.looks("light", [width, 3000]).await;
        let faults = desk.faults(&axe, None).await;
        assert!(faults.is_empty(), "{width}: {faults:?}");
    }
    desk.looks("light", [1280, 900]).await;
    desk.choose("Help on pricing", "Publish").await;
    desk.row_says("Help on pricing", "Live").await;
    let listed = "return (async () => {
        const answer = await fetch('/api/sites/tea/triggers');
        const { triggers } = await answer.json();
        return triggers.filter((it) => it.status === 'live').map((it) => it.name).join();
    })()";
    assert_eq!(desk.run(listed, vec![]).await, json!("Help on pricing"));
    desk.click("link", "Help on pricing").await;
    desk.sees("Version 1").await;
    desk.run("history.back()", vec![]).await;
    desk.row_says("tour", "Alba Coffee").await;
}
