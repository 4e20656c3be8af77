//! Which addresses a pattern of Chatwoot means, decided by the engine.

use super::*;

/// Patterns, addresses that fit, and addresses that do not.
const PATTERNS: &[(&str, &[&str], &[&str])] = &[
    (
        "https://shop.example/pricing",
        &[
            "https://shop.example/pricing",
            "https://shop.example/pricing/",
            "https://shop.example/Pricing?utm_source=mail#plans",
        ],
        &[
            "https://shop.example/",
            "https://shop.example/pricing/teams",
            "https://shop.example/pricings",
            "https://www.shop.example/pricing",
            "https://shop.example.evil.example/pricing",
        ],
    ),
    (
        "https://shop.example/pricing/",
        &[
            "https://shop.example/pricing",
            "https://shop.example/pricing/teams?a=b",
        ],
        &["https://shop.example/price", "https://shop.example/"],
    ),
    (
        "https://shop.example/docs/*",
        &[
            "https://shop.example/docs/a",
            "https://shop.example/docs/a/b/",
        ],
        &[
            "https://shop.example/docs",
            "https://shop.example/docs/",
            "https://shop.example/docsa",
        ],
    ),
    (
        "https://*.shop.example/a",
        &["https://www.shop.example/a", "https://b.c.shop.example/a"],
        &["https://shop.example/a", "https://wwwshop.example/a"],
    ),
    (
        "https://{*.}?shop.example/a*",
        &["https://shop.example/a", "https://www.shop.example/ab/c"],
        &["https://myshop.example/a", "https://shop.example/b"],
    ),
    (
        "https://shop.example/:language/help{/}?",
        &[
            "https://shop.example/es/help",
            "https://shop.example/pt/help/",
        ],
        &[
            "https://shop.example/help",
            "https://shop.example//help",
            "https://shop.example/a/b/help",
        ],
    ),
    (
        "https://shop.example/",
        &["https://shop.example/", "https://shop.example/?a=b"],
        &["https://shop.example/a", "https://shop.example.org/"],
    ),
    (
        "https://shop.example:443/a?plan=*&ref=x%20y#top",
        &["https://shop.example/a?ref=x+y&plan=pro#top"],
        &[
            "https://shop.example/a?plan=pro#top",
            "https://shop.example/a?ref=x+y#top",
            "https://shop.example/a?ref=x+y&plan=pro",
        ],
    ),
    (
        "http://localhost:3000/*\\?*\\#*",
        &["http://localhost:3000/a?b#c", "http://localhost:3000/"],
        &["http://localhost/a", "http://localhost:3001/a"],
    ),
    (
        "https://shop.example:80/a",
        &["https://shop.example:80/a"],
        &["https://shop.example/a"],
    ),
];

#[test]
fn a_pattern_means_the_addresses_that_it_meant_there() {
    for (pattern, fitting, others) in PATTERNS {
        let campaign =
            json!({ "title": "A", "message": "Hi", "trigger_rules": { "url": pattern } });
        let foreign = translated(Product::Chatwoot, &campaign.to_string());
        assert_eq!(foreign.left, [], "{pattern}");
        for (addresses, fits) in [(fitting, true), (others, false)] {
            for address in *addresses {
                let shows = !seen(&foreign, address, &json!({})).is_empty();
                let rule = serde_json::to_string(&foreign.arrived[0].spec.rule).unwrap();
                assert_eq!(shows, fits, "{pattern} on {address}: {rule}");
            }
        }
    }
}

#[test]
fn what_patterns_here_have_not_leaves_a_campaign_out() {
    for pattern in [
        "",
        "shop.example/a",
        "ftp://shop.example/a",
        "https:///a",
        "https://user@shop.example/a",
        "https://{www|*}.shop.example/a",
        "https://shop.example/(a|b)",
        "https://shop.example/a+",
        "https://shop.example/{a}?/b",
        "https://shop.example/a?b*=c",
        "https://shop.example/a#b*c",
        "https://shop.example/%ff",
        "https://shop.example/a\\*b",
        "https://shop.example/a\\",
    ] {
        let campaign =
            json!({ "title": "A", "message": "Hi", "trigger_rules": { "url": pattern } });
        let foreign = translated(Product::Chatwoot, &campaign.to_string());
        assert_eq!(foreign.arrived, [], "{pattern}");
        let reason = &foreign.left[0].reason;
        assert!(reason.starts_with("the address `"), "{pattern}: {reason}");
    }
}
