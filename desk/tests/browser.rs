//! The desk in a real browser, found by role and by what it says. The server
//! is played by the test: it hears the frames and says the updates.
#![cfg(target_arch = "wasm32")]

#[path = "browser/audit.rs"]
mod audit;
#[path = "browser/conditions.rs"]
mod conditions;
#[path = "browser/editor.rs"]
mod editor;
#[path = "browser/fields.rs"]
mod fields;
#[path = "browser/files.rs"]
mod files;
#[path = "browser/form.rs"]
mod form;
#[path = "browser/history.rs"]
mod history;
#[path = "browser/hours.rs"]
mod hours;
#[path = "browser/identity.rs"]
mod identity;
#[path = "browser/import.rs"]
mod import;
#[path = "browser/page.rs"]
mod page;
#[path = "browser/priority.rs"]
mod priority;
#[path = "browser/results.rs"]
mod results;
#[path = "browser/server.rs"]
mod server;
#[path = "browser/settings.rs"]
mod settings;
#[path = "browser/sites.rs"]
mod sites;
#[path = "browser/studio.rs"]
mod studio;
#[path = "browser/tester.rs"]
mod tester;
#[path = "browser/tokens.rs"]
mod tokens;
#[path = "browser/triggers.rs"]
mod triggers;
#[path = "browser/versions.rs"]
mod versions;

use page::{Page, press, until};
use saluda_desk::SignIn;
use saluda_protocol::{
    AgentFrame, AgentUpdate, Author, Body, ErrorBody, ErrorCode, Marks, Number, Status, Tab, What,
};
use server::{Server, conversation, event, me, said, summary};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

use leptos::prelude::*;

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen_test]
async fn the_newest_conversation_stands_first_and_changes_move_it() {
    let server = Server::new();
    let page = Page::of_desk(&server);
    server.welcome();
    server.list(&[summary(2, 2, "Second"), summary(1, 1, "First")]);
    until("both are listed", || page.names("link").len() == 2).await;
    assert!(page.names("link")[0].contains("Second"));

    server.change(summary(1, 3, "First again"));
    until("the changed one is first", || {
        page.names("link")[0].contains("First again")
    })
    .await;
    assert!(page.names("link")[0].contains("unread"));
    assert_eq!(document().title(), "(2) Alba Coffee · Saluda");

    let mut closed = summary(1, 4, "First again");
    closed.status = Status::Closed;
    server.change(closed);
    until("the closed one is gone", || page.names("link").len() == 1).await;
}

#[wasm_bindgen_test]
async fn what_visitors_wrote_is_said_to_have_arrived() {
    let server = Server::new();
    let _page = Page::of_desk(&server);
    server.welcome();
    server.list(&[summary(1, 1, "Hello")]);
    let delivered = AgentFrame::Delivered {
        conversation: conversation(1),
        up_to: Number(1),
    };
    until("it was said", || server.heard().contains(&delivered)).await;
    server.change(summary(1, 2, "Hello"));
    assert_eq!(
        server
            .heard()
            .iter()
            .filter(|frame| **frame == delivered)
            .count(),
        1
    );
}

#[wasm_bindgen_test]
async fn an_answer_is_there_at_once_and_turns_solid_once() {
    let server = Server::new();
    let page = Page::of_desk(&server);
    server.welcome();
    page.open(&server, conversation(1)).await;
    server.opened(1, vec![said(1, Author::Visitor, "Is it fresh?")]);
    until("the question is there", || page.says("log", "Is it fresh?")).await;

    page.write("Roasted on Monday.");
    press(&page.textbox(), "Enter");
    until("the answer is there", || {
        page.says("log", "Roasted on Monday.")
    })
    .await;
    assert!(page.says("log", "Sending…"));
    let posted = server.heard().into_iter().find_map(|frame| match frame {
        AgentFrame::Post { id, body, .. } => Some((id, body)),
        _ => None,
    });
    let (id, body) = posted.unwrap();
    assert_eq!(body, Body::Text("Roasted on Monday.".into()));

    let mut confirmed = said(2, me(), "Roasted on Monday.");
    if let What::Message(message) = &mut confirmed.what {
        message.id = id;
    }
    let ack = AgentUpdate::Ack {
        conversation: conversation(1),
        id,
        number: Number(2),
        at: confirmed.at,
    };
    server.say(event(1, confirmed));
    server.say(ack);
    until("it is on disk", || page.says("log", "Sent")).await;
    assert_eq!(page.text("log").matches("Roasted on Monday.").count(), 1);

    let mut marks = Marks::default();
    marks.visitor.delivered = Number(2);
    server.say(AgentUpdate::Marks {
        conversation: conversation(1),
        marks,
    });
    until("it has arrived", || page.says("log", "Delivered")).await;
    marks.visitor.read = Number(2);
    server.say(AgentUpdate::Marks {
        conversation: conversation(1),
        marks,
    });
    until("it was read", || page.says("log", "Read")).await;
}

#[wasm_bindgen_test]
async fn an_answer_that_was_turned_away_can_be_sent_again_under_its_id() {
    let server = Server::new();
    let page = Page::of_desk(&server);
    server.welcome();
    page.open(&server, conversation(1)).await;
    server.opened(1, vec![]);
    page.write("Hello");
    press(&page.textbox(), "Enter");
    let posts = || {
        let heard = server.heard().into_iter();
        heard
            .filter_map(|frame| match frame {
                AgentFrame::Post { id, .. } => Some(id),
                _ => None,
            })
            .collect::<Vec<_>>()
    };
    until("it was sent", || posts().len() == 1).await;
    let error = ErrorBody {
        code: ErrorCode::TooMany,
        message: "slow down".into(),
        retry_ms: None,
    };
    server.say(AgentUpdate::Refused {
        id: Some(posts()[0]),
        conversation: None,
        error,
    });
    until("it says so", || {
        page.says("log", "Not sent. That was too much at once.")
    })
    .await;

    page.find("button", "Try again").click();
    until("it was sent again", || posts().len() == 2).await;
    assert_eq!(posts()[0], posts()[1]);
}

#[wasm_bindgen_test]
async fn shift_and_enter_begins_a_line_and_drafts_stay_with_their_conversation() {
    let server = Server::new();
    let page = Page::of_desk(&server);
    server.welcome();
    page.open(&server, conversation(1)).await;
    server.opened(1, vec![]);
    until("there is a field", || page.has("textbox", "Your reply")).await;
    page.write("For the first");
    press(&page.textbox(), "Shift+Enter");
    assert!(server.heard().contains(&AgentFrame::Typing {
        conversation: conversation(1)
    }));
    assert!(
        !server
            .heard()
            .iter()
            .any(|frame| matches!(frame, AgentFrame::Post { .. }))
    );

    page.open(&server, conversation(2)).await;
    server.opened(2, vec![]);
    until("the field is empty", || page.textbox().value().is_empty()).await;
    page.open(&server, conversation(1)).await;
    until("the draft is back", || {
        page.textbox().value() == "For the first"
    })
    .await;
}

#[wasm_bindgen_test]
async fn a_conversation_is_closed_and_reopened() {
    let server = Server::new();
    let page = Page::of_desk(&server);
    server.welcome();
    page.open(&server, conversation(1)).await;
    server.opened(1, vec![said(1, Author::Visitor, "Thanks")]);
    until("it can be closed", || page.has("button", "Close")).await;
    page.find("button", "Close").click();
    let asked = AgentFrame::SetStatus {
        conversation: conversation(1),
        status: Status::Closed,
    };
    assert!(server.heard().contains(&asked));

    let mut closed = said(2, me(), "");
    closed.what = What::Closed(me());
    server.say(event(1, closed));
    until("it can be reopened", || page.has("button", "Reopen")).await;
    assert!(page.says("log", "You closed the conversation"));
}

#[wasm_bindgen_test]
async fn with_a_conversation_that_is_erased_nothing_can_be_done() {
    let server = Server::new();
    let page = Page::of_desk(&server);
    server.welcome();
    server.list(&[summary(1, 7, "Thanks"), summary(2, 8, "Hello")]);
    page.open(&server, conversation(1)).await;
    server.opened(1, vec![said(1, Author::Visitor, "Thanks")]);
    until("it can be closed", || page.has("button", "Close")).await;
    assert!(page.has("textbox", "Your reply"));

    let mut erased = said(2, me(), "");
    erased.what = What::Erased;
    server.say(event(1, erased.clone()));
    let mut rest = summary(1, 9, "");
    rest.erased = true;
    server.change(rest);
    let nothing = || {
        let can = ["Close", "Reopen", "Send"];
        !can.iter().any(|name| page.has("button", name)) && !page.has("textbox", "Your reply")
    };
    until("nothing can be done", nothing).await;
    assert!(page.says("log", "erased"));
    assert_eq!(page.names("link").len(), 1, "it is in no list");

    // Neither can anything when it is opened again.
    page.open(&server, conversation(2)).await;
    server.opened(2, vec![said(1, Author::Visitor, "Hello")]);
    until("another can be closed", || page.has("button", "Close")).await;
    page.open(&server, conversation(1)).await;
    server.opened(1, vec![erased]);
    until("nothing can be done", nothing).await;
}

#[wasm_bindgen_test]
async fn after_a_lost_connection_everything_goes_on_where_it_was() {
    let server = Server::new();
    let page = Page::of_desk(&server);
    server.welcome();
    server.list(&[summary(1, 7, "Hello")]);
    page.open(&server, conversation(1)).await;
    server.opened(1, vec![said(1, Author::Visitor, "Hello")]);
    until("it is open", || page.says("log", "Hello")).await;

    server.lose();
    page.write("Written meanwhile");
    press(&page.textbox(), "Enter");
    until("it is on the screen", || {
        page.says("log", "Written meanwhile")
    })
    .await;
    server.forget_what_was_heard();
    server.welcome();
    let last_of = |frame: &AgentFrame| match frame {
        AgentFrame::Watch { resume, .. } => resume.as_ref().map(|it| ("watch", it.last.0)),
        AgentFrame::Open { resume, .. } => resume.as_ref().map(|it| ("open", it.last.0)),
        AgentFrame::Post { .. } => Some(("post", 0)),
        _ => None,
    };
    let heard: Vec<_> = server.heard().iter().filter_map(last_of).collect();
    assert_eq!(heard, [("watch", 7), ("open", 1), ("post", 0)]);
}

#[wasm_bindgen_test]
async fn each_tab_is_asked_for_when_it_is_shown_first() {
    let server = Server::new();
    let page = Page::of_desk(&server);
    server.welcome();
    server.list(&[]);
    until("nobody waits", || {
        page.says("tabpanel", "Nobody is waiting")
    })
    .await;
    page.find("tab", "Closed").click();
    assert!(server.heard().contains(&AgentFrame::List {
        tab: Tab::Closed,
        after: None
    }));
    server.say(AgentUpdate::Listed {
        tab: Tab::Closed,
        summaries: vec![],
        next: None,
    });
    until("nothing is closed", || {
        page.says("tabpanel", "Nothing closed yet")
    })
    .await;
}

#[wasm_bindgen_test]
async fn a_conversation_that_is_not_there_says_so() {
    let server = Server::new();
    let page = Page::of_desk(&server);
    server.welcome();
    page.open(&server, conversation(9)).await;
    let error = ErrorBody {
        code: ErrorCode::NotFound,
        message: "no".into(),
        retry_ms: None,
    };
    server.say(AgentUpdate::Refused {
        id: None,
        conversation: Some(conversation(9)),
        error,
    });
    until("it says so", || {
        page.says("alert", "This conversation cannot be shown")
    })
    .await;
}

#[wasm_bindgen_test]
async fn links_lead_out_and_markup_stays_text() {
    let server = Server::new();
    let page = Page::of_desk(&server);
    server.welcome();
    page.open(&server, conversation(1)).await;
    let text = "<b>see</b> https://alba.example/ and javascript:alert(1)";
    server.opened(1, vec![said(1, Author::Visitor, text)]);
    until("it is there", || page.says("log", text)).await;
    let link = page.find("link", "https://alba.example/");
    assert_eq!(
        link.get_attribute("rel").as_deref(),
        Some("noopener noreferrer nofollow")
    );
    assert_eq!(link.get_attribute("target").as_deref(), Some("_blank"));
    assert_eq!(page.names("link").len(), 1);
}

#[wasm_bindgen_test]
async fn the_form_to_sign_in_can_be_filled_by_a_password_manager() {
    let page = Page::of(|| view! { <SignIn why=None done=Callback::new(|()| ())/> });
    until("it is there", || page.has("button", "Sign in")).await;
    let kinds: Vec<_> = ["E-mail", "Password"]
        .map(|label| page.labelled(label).get_attribute("autocomplete").unwrap())
        .into();
    assert_eq!(kinds, ["username", "current-password"]);
    until("the first field has the focus", || {
        document().active_element() == Some(page.labelled("E-mail").into())
    })
    .await;
}

#[wasm_bindgen_test]
async fn a_greeting_names_its_trigger_and_what_was_tapped_under_it() {
    let server = Server::new();
    let page = Page::of_desk(&server);
    server.welcome();
    page.open(&server, conversation(1)).await;
    let greeter = Author::Greeting {
        trigger: "pricing-help".parse().unwrap(),
        name: "Lucía".into(),
    };
    let mut greeting = said(1, greeter, "");
    let mut tap = said(2, Author::Visitor, "");
    if let (What::Message(greeting), What::Message(tap)) = (&mut greeting.what, &mut tap.what) {
        greeting.body = Body::QuickReplies {
            text: "Comparing plans?".into(),
            replies: vec!["Help me".into(), "Just looking".into()],
        };
        tap.body = Body::Tap {
            message: greeting.id,
            button: 1,
            label: "Just looking".into(),
        };
    }
    server.opened(1, vec![greeting, tap]);
    until("the greeting is there", || {
        page.says("log", "Comparing plans?")
    })
    .await;
    assert!(page.says("log", "Greeting · pricing-help"));
    assert!(page.says("log", "Help me"), "what could be tapped");
    let answers = page.text("log").matches("Just looking").count();
    assert_eq!(answers, 2, "the button, and what the visitor said with it");
}
