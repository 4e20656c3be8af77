//! Bodies that someone could send or receive, for the OpenAPI document.

pub(super) const TRIGGER: &str = r#"{
  "name": "Pricing help",
  "priority": 10,
  "rule": { "all": [
    { "fact": "page.path", "op": "glob", "value": "/pricing/**" },
    { "fact": "page.time", "op": "gte", "value": "30s" }
  ] },
  "frequency": "visit",
  "greeting": { "text": { "en": "Questions about plans?", "es": "¿Dudas sobre los planes?" } }
}"#;

pub(super) const DETAIL: &str = r#"{
  "id": "pricing-help", "name": "Pricing help", "priority": 10, "status": "live", "version": 3,
  "edited": false, "revision": 7, "created_at": 1795284000000, "updated_at": 1795284031000,
  "people": { "sent": 96, "held": 0, "opened": 31, "dismissed": 19, "replied": 22, "clicked": 0, "goal": 0 },
  "spec": {
    "id": "pricing-help",
    "name": "Pricing help",
    "priority": 10,
    "rule": { "fact": "page.path", "op": "glob", "value": "/pricing/**" },
    "greeting": { "text": { "en": "Questions about plans?" } }
  },
  "results": [ { "version": 3, "variant": null, "people": { "sent": 96, "opened": 31 } } ]
}"#;

pub(super) const TRIED: &str = r#"{
  "id": "pricing-help",
  "hours": { "zone": "Europe/Lisbon", "weekly": { "mon": ["09:00-18:00"] } },
  "attention": { "per_visit": 3, "per_day": 6, "gap_ms": 30000, "holdout": 0 },
  "online": true,
  "others": [ { "id": "cart", "name": "Cart rescue" } ],
  "pack": [3, 6, 30000, 0, 0, "…"],
  "alone": [3, 6, 30000, 0, 0, "…"]
}"#;

pub(super) const LIST: &str = r#"{
  "triggers": [ {
    "id": "pricing-help", "name": "Pricing help", "priority": 10, "status": "error",
    "reason": "the site has no sender `lucia`", "version": 3, "edited": true, "revision": 9,
    "created_at": 1795284000000, "updated_at": 1795284031000,
    "people": { "sent": 96, "held": 0, "opened": 31, "dismissed": 19, "replied": 22, "clicked": 0, "goal": 0 }
  } ],
  "next": null
}"#;

pub(super) const VERSIONS: &str = r#"{
  "versions": [ {
    "version": 3, "published_at": 1795284031000,
    "published_by": "0198c0de-0000-7000-8000-0000000000b2",
    "spec": {
      "id": "pricing-help", "name": "Pricing help", "rule": { "all": [] },
      "greeting": { "text": { "en": "Questions about plans?" } }
    }
  } ],
  "next": null
}"#;

pub(super) const RESULTS: &str = r#"{
  "zone": "Europe/Lisbon", "from": "2026-11-26", "to": "2026-11-27",
  "people": { "sent": 96, "held": 11, "opened": 31, "dismissed": 19, "replied": 22, "clicked": 0, "goal": 9 },
  "results": [ { "version": 3, "variant": "b", "people": { "sent": 40, "opened": 17 } } ],
  "days": [
    { "of": "2026-11-26", "people": { "sent": 50, "opened": 20 } },
    { "of": "2026-11-27", "people": { "sent": 46, "opened": 11 } }
  ],
  "pages": [ { "of": "/pricing", "people": { "sent": 90, "opened": 30 } } ],
  "devices": [ { "of": "phone", "people": { "sent": 96, "opened": 31 } } ],
  "experiment": {
    "version": 3,
    "arms": [
      {
        "variant": null, "held": false, "expected": 0.45, "people": 56,
        "opened": { "value": 0.25, "low": 0.155, "high": 0.376 }, "replied": null, "goal": null
      },
      { "variant": "b", "held": false, "expected": 0.45, "people": 40, "opened": null, "replied": null, "goal": null },
      { "variant": null, "held": true, "expected": 0.1, "people": 11, "opened": null, "replied": null, "goal": null }
    ],
    "sample_ratio": { "p": 0.25, "suspicious": false },
    "lift": { "value": 0.03, "low": -0.11, "high": 0.1 }
  }
}"#;

pub(super) const HISTORY: &str = r#"{
  "entries": [
    { "number": 13, "trigger": "pricing-help", "at": 1795284040000, "by": "command_line", "what": "paused" },
    {
      "number": 12, "trigger": "pricing-help", "at": 1795284031000,
      "by": { "token": { "agent": "0198c0de-0000-7000-8000-0000000000b2", "name": "Lucía Marín", "token": "Deploys" } },
      "what": { "published": { "version": 3 } }
    }
  ],
  "next": 12
}"#;

pub(super) const SEEN: &str = r#"{
  "facts": [
    { "fact": "page.path", "values": ["/plans", "/"] },
    { "fact": "visitor.attr.plan", "values": ["pro"] }
  ],
  "events": ["plan_compared"]
}"#;

pub(super) const WANTED_ORDER: &str =
    r#"{ "order": [ { "id": "cart", "revision": 4 }, { "id": "pricing-help", "revision": 7 } ] }"#;

pub(super) const ORDER: &str = r#"{ "order": [
  { "id": "cart", "priority": 20, "status": "live", "version": 2, "revision": 5 },
  { "id": "pricing-help", "priority": 10, "status": "draft", "version": null, "revision": 7 }
] }"#;

pub(super) const WANTED_IMPORT: &str = r#"{
  "files": [ {
    "name": "campaigns.json",
    "text": "[{\"title\":\"Pricing help\",\"message\":\"Questions about plans?\",\"trigger_rules\":{\"url\":\"https://shop.example/pricing\",\"time_on_page\":30}}]"
  } ],
  "language": "en"
}"#;

pub(super) const IMPORT: &str = r#"{
  "saved": false,
  "triggers": [ {
    "id": "pricing-help", "name": "Pricing help", "file": "campaigns.json", "from": "chatwoot",
    "change": "changed",
    "difference": [ "      \"text\": {", "-       \"en\": \"Questions?\"", "+       \"en\": \"Questions about plans?\"", "      }," ],
    "notes": [ "it was switched off there" ]
  } ],
  "left_out": [ {
    "file": "campaigns.json", "name": "October promo",
    "reason": "it is sent once to a list of contacts (`one_off`), and greets nobody"
  } ]
}"#;

pub(super) const TOKENS: &str = r#"{ "tokens": [ {
  "id": "0198c0de-0000-7000-8000-0000000000e5", "name": "Deploys",
  "scopes": ["triggers:read", "triggers:write"],
  "created_at": 1795284000000, "expires_at": 1803060000000, "used_at": 1795287600000
} ] }"#;

pub(super) const MADE_TOKEN: &str = r#"{
  "token": "saluda_0198c0de0000700080000000000000e5…",
  "id": "0198c0de-0000-7000-8000-0000000000e5", "name": "Deploys",
  "scopes": ["triggers:read", "triggers:write"],
  "created_at": 1795284000000, "expires_at": 1803060000000, "used_at": null
}"#;

pub(super) const ME: &str = r#"{
  "id": "0198c0de-0000-7000-8000-0000000000b2", "name": "Lucía Marín", "email": "lucia@alba.example"
}"#;

pub(super) const REPORT: &str = r#"{
  "person": "5d1f0c9ab2e344775d1f0c9ab2e34477", "device": "desktop",
  "events": [ {
    "id": "0b9f4d5a1111422283334445555666ab", "at": 1795284031000, "trigger": "pricing-help",
    "version": 3, "variant": null, "kind": "sent", "page": "/plans"
  } ]
}"#;

pub(super) const CONFIG: &str = r##"{
  "name": "Alba Coffee",
  "look": {
    "accent": "#0b6e76", "on_accent": "#ffffff", "accent_dark": "#3fb4bd",
    "on_accent_dark": "#000000", "corner": "end"
  },
  "reply_within_ms": 300000,
  "email": { "ask": { "unanswered": 60000 }, "required": false },
  "modules": { "ui.wasm": { "file": "/assets/ui-0b9f4d5a.wasm", "integrity": "sha384-…" } }
}"##;

pub(super) const SITE_FORM: &str = r##"{
  "name": "Alba Coffee", "origins": ["https://shop.example"],
  "accent": "#0b6e76", "corner": "end",
  "launcher": { "style": "label", "label": { "en": "Ask us" } },
  "notices": { "badge": true, "title": true, "sound": false },
  "texts": { "en": { "welcome_title": "Hello from Porto" } },
  "reply_within_ms": 300000,
  "email": { "ask": { "unanswered": 60000 }, "required": false },
  "agent_text_chars": 512, "retention_days": 730,
  "attention": { "per_visit": 3, "per_day": 6, "gap_ms": 30000, "holdout": 0 },
  "hours": {
    "zone": "Europe/Lisbon",
    "weekly": { "mon": ["09:00-13:00", "14:00-18:00"], "fri": ["21:00-02:00"] },
    "dates": { "2026-12-25": [] }
  },
  "senders": { "lucia": "Lucía from Alba" },
  "form": {
    "title": { "en": "Before we begin" }, "intro": {},
    "fields": [
      { "id": "email", "kind": "email", "label": { "en": "Your e-mail address" }, "required": true },
      { "id": "people", "kind": "number", "label": { "en": "How many people drink coffee?" }, "min": 1, "max": 500 },
      { "id": "grind", "kind": "choice", "label": { "en": "Grind" }, "options": [
        { "id": "beans", "label": { "en": "Whole beans" } },
        { "id": "fine", "label": { "en": "Fine" } }
      ] }
    ]
  },
  "rating": { "question": { "en": "How did we do?" } }
}"##;

pub(super) const SITE: &str = r##"{
  "key": "alba", "revision": 4,
  "settings": {
    "name": "Alba Coffee", "origins": ["https://shop.example"],
    "accent": "#ffe600", "corner": "end",
    "launcher": { "style": "label", "label": { "en": "Ask us" } },
    "notices": { "badge": true, "title": true, "sound": false },
    "texts": { "en": { "welcome_title": "Hello from Porto" } },
    "reply_within_ms": 300000,
    "email": { "ask": "never", "required": false },
    "agent_text_chars": 512, "retention_days": null,
    "attention": { "per_visit": 3, "per_day": 6, "gap_ms": 30000, "holdout": 0 },
    "hours": null,
    "senders": {}, "form": null, "rating": null
  },
  "look": {
    "accent": "#7f7710", "on_accent": "#ffffff", "accent_dark": "#908930",
    "on_accent_dark": "#10181c", "corner": "end"
  },
  "contrast": { "chosen": 1.26, "text": 4.61, "text_dark": 4.96 },
  "warnings": [ {
    "path": "accent", "kind": "darkened",
    "message": "`#ffe600` is too bright to be read on a white page: its contrast is 1.26 to 1, and text needs 4.5. Pages get the nearest colour that is dark enough, `#7f7710`"
  } ],
  "stopped": [ { "id": "cart", "name": "Cart", "reason": "the site has no sender `lucia`" } ]
}"##;

pub(super) const PREVIEW: &str = r#"{
  "zone": "UTC",
  "from": { "at": 1797840000000, "local": "2026-12-21T08:00:00+00:00" },
  "open": false,
  "closes_at": null,
  "next_opening": { "at": 1797843600000, "local": "2026-12-21T09:00:00+00:00" },
  "intervals": [ {
    "opens_at": { "at": 1797843600000, "local": "2026-12-21T09:00:00+00:00" },
    "closes_at": { "at": 1797872400000, "local": "2026-12-21T17:00:00+00:00" }
  } ],
  "days": [ {
    "date": "2026-12-21", "windows": ["09:00-17:00"], "dated": false,
    "open": [ {
      "opens_at": { "at": 1797843600000, "local": "2026-12-21T09:00:00+00:00" },
      "closes_at": { "at": 1797872400000, "local": "2026-12-21T17:00:00+00:00" }
    } ]
  } ]
}"#;

pub(super) const EMBED: &str = r#"{
  "server": "https://chat.example.com",
  "snippet": "<script async crossorigin src=\"https://chat.example.com/widget.js\" data-site=\"alba\"></script>",
  "policy": [
    {
      "directive": "script-src", "sources": ["https://chat.example.com", "'wasm-unsafe-eval'"],
      "why": "The loader, and the WebAssembly it starts."
    },
    { "directive": "style-src", "sources": [], "why": "Nothing: none is inline." }
  ],
  "connected": [
    { "origin": "https://shop.example", "first_at": 1795284000000, "last_at": 1795287600000 },
    { "origin": "https://m.shop.example", "first_at": null, "last_at": null }
  ],
  "warnings": []
}"#;

pub(super) const SECRETS: &str = r#"{
  "secrets": [ { "id": "0198c0de-0000-7000-8000-0000000000e5", "created_at": 1795284000000 } ]
}"#;

pub(super) const MADE_SECRET: &str = r#"{
  "secret": "saluda_identity_Zm9yIHRoZSBkb2N1bWVudGF0aW9uIG9ubHksIG5ldmVy",
  "id": "0198c0de-0000-7000-8000-0000000000e5", "created_at": 1795284000000
}"#;

pub(super) const PEOPLE: &str = r#"{
  "people": [ {
    "id": "0198c0de-0000-7000-8000-0000000000a1", "name": "Inês Nogueira",
    "email": "ines@cafelargo.pt", "user": "u-42",
    "first_seen": 1795284000000, "last_seen": 1795287600000
  } ]
}"#;

pub(super) const PERSON: &str = r#"{
  "id": "0198c0de-0000-7000-8000-0000000000a1", "also": [],
  "first_seen": 1795284000000, "last_seen": 1795287600000,
  "contact": { "email": "ines@cafelargo.pt", "name": "Inês Nogueira" },
  "identity": { "user": "u-42" }, "place": { "url": "https://shop.example/plans" },
  "browsers": [], "answers": [], "conversation": null, "files": []
}"#;

pub(super) const AUDIT: &str = r#"{
  "entries": [
    {
      "number": 8, "at": 1795287600000,
      "by": { "agent": { "id": "0198c0de-0000-7000-8000-0000000000b1", "name": "Lucía Marín" } },
      "what": { "settings_changed": { "fields": ["accent", "hours"] } }
    },
    { "number": 1, "at": 1795284000000, "by": "command_line", "what": "site_added" }
  ]
}"#;

pub(super) const FILE: &str = r#"{
    "id": "c4d6a0f1-93b2-07e8-5a6b-1f2e3d4c5b6a", "name": "grinder.jpg", "type": "image/jpeg",
    "bytes": 482130, "picture": { "width": 1600, "height": 1200 }
}"#;

/// A visitor who has read the code.
pub(super) const TRANSCRIPT: &str =
    r#"{ "email": "maria@example.com", "code": "042137", "locale": "es" }"#;

/// Their transcript is on its way.
pub(super) const TRANSCRIPT_SENT: &str = r#"{ "sent": "transcript" }"#;
