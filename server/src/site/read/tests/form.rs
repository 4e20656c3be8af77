use serde_json::{Value, json};

use super::{changed, kept, places, read};

fn form(field: &Value) -> Value {
    json!({ "title": {}, "intro": {}, "fields": [field] })
}

#[tokio::test]
async fn a_form_is_read_as_it_stands() {
    let kept = kept().await;
    let wanted = json!({
        "title": { "en": " Before we begin " },
        "fields": [
            { "id": "email", "kind": "email", "label": { "en": "E-mail", "pt-BR": "E-mail" }, "required": true },
            { "id": "people", "kind": "number", "label": { "en": "People" }, "min": 1, "max": 500 },
            { "id": "day", "kind": "date", "label": { "en": "Day" }, "earliest": "2026-12-01" },
            {
                "id": "grind", "kind": "choice", "label": { "en": "Grind" }, "hint": { "en": "As your machine likes it" },
                "options": [{ "id": "fine", "label": { "en": "Fine" } }, { "id": "none", "label": { "en": "Whole beans" } }]
            }
        ]
    });
    let checked = read(&changed(&kept, "/form", wanted), kept.clone()).unwrap();
    let form = checked.into_form().form.unwrap();
    assert_eq!(form.title["en"], "Before we begin");
    assert_eq!(form.fields.len(), 4);
    assert_eq!(form.fields[1].max, Some(500));
    assert!(form.fields[0].required && !form.fields[1].required);
    let rated = json!({ "question": { "es": "¿Qué tal?" } });
    let checked = read(&changed(&kept, "/rating", rated), kept).unwrap();
    let rating = checked.into_form().rating.unwrap();
    assert_eq!(rating.question["es"], "¿Qué tal?");
}

#[tokio::test]
async fn each_mistake_in_a_form_has_its_place() {
    let kept = kept().await;
    let long = "é".repeat(101);
    let field = |more: Value| {
        let mut field = json!({ "id": "x", "kind": "text", "label": { "en": "X" } });
        for (name, value) in more.as_object().unwrap() {
            field[name] = value.clone();
        }
        field
    };
    let option = |id: &str| json!({ "id": id, "label": { "en": id } });
    for (more, path, kind) in [
        (json!({ "id": "E-mail" }), "id", "invalid_id"),
        (json!({ "id": 7 }), "id", "wrong_type"),
        (json!({ "kind": "colour" }), "kind", "wrong_type"),
        (json!({ "label": {} }), "label", "empty"),
        (json!({ "label": "X" }), "label", "wrong_type"),
        (json!({ "label": { "en": " " } }), "label.en", "empty"),
        (json!({ "label": { "en": long } }), "label.en", "too_long"),
        (
            json!({ "label": { "en": "a\nb" } }),
            "label.en",
            "control_character",
        ),
        (
            json!({ "label": { "english": "X" } }),
            "label.english",
            "invalid_language",
        ),
        (json!({ "hint": 3 }), "hint", "wrong_type"),
        (json!({ "required": "yes" }), "required", "wrong_type"),
        (json!({ "min": "1" }), "min", "wrong_type"),
        (json!({ "max": 201 }), "max", "out_of_range"),
        (json!({ "min": 9, "max": 3 }), "max", "bounds_crossed"),
        (json!({ "kind": "email", "min": 3 }), "min", "not_of_kind"),
        (
            json!({ "earliest": "2026-12-01" }),
            "earliest",
            "not_of_kind",
        ),
        (
            json!({ "kind": "date", "latest": "2026-02-30" }),
            "latest",
            "wrong_type",
        ),
        (
            json!({ "kind": "date", "earliest": "2026-12-02", "latest": "2026-12-01" }),
            "latest",
            "bounds_crossed",
        ),
        (
            json!({ "options": [option("a"), option("b")] }),
            "options",
            "not_of_kind",
        ),
        (json!({ "kind": "choice" }), "options", "too_few"),
        (
            json!({ "kind": "choice", "options": {} }),
            "options",
            "wrong_type",
        ),
        (
            json!({ "kind": "choice", "options": [option("a"), option("a")] }),
            "options[1].id",
            "repeated",
        ),
        (json!({ "colour": 1 }), "colour", "unknown_field"),
    ] {
        let text = changed(&kept, "/form", form(&field(more)));
        let found = places(&text, &kept);
        let wanted = (format!("form.fields[0].{path}"), kind.to_owned());
        assert!(found.contains(&wanted), "{text}: {found:?}");
    }
}

#[tokio::test]
async fn mistakes_in_what_holds_the_fields_have_their_place_too() {
    let kept = kept().await;
    let x = || json!({ "id": "x", "kind": "text", "label": { "en": "X" } });
    for (wanted, path, kind) in [
        (json!(7), "form", "wrong_type"),
        (json!({ "fields": [] }), "form.fields", "empty"),
        (json!({}), "form.fields", "missing_field"),
        (json!({ "fields": [3] }), "form.fields[0]", "wrong_type"),
        (
            json!({ "fields": vec![x(); 13] }),
            "form.fields",
            "too_many",
        ),
        (
            json!({ "fields": [x(), x()] }),
            "form.fields[1].id",
            "repeated",
        ),
        (
            json!({ "fields": [x()], "intro": { "en": "é".repeat(301) } }),
            "form.intro.en",
            "too_long",
        ),
    ] {
        let text = changed(&kept, "/form", wanted);
        let found = places(&text, &kept);
        assert!(
            found.contains(&(path.to_owned(), kind.to_owned())),
            "{found:?}"
        );
    }
    let rated = changed(&kept, "/rating", json!({ "question": { "en": "" } }));
    let wanted = [("rating.question.en".to_owned(), "empty".to_owned())];
    assert_eq!(places(&rated, &kept), wanted);
}
