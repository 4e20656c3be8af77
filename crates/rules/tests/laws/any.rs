//! Any rules, any start and any visit, from a small world in which things
//! happen often enough to meet.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use saluda_protocol::trigger::{Frequency, OpeningHours};
use saluda_protocol::{Millis, TriggerId};
use saluda_rules::compile;
use saluda_rules::event::{Attribute, LocalClock, Reaction};
use saluda_rules::glob::Glob;
use saluda_rules::hours::Interval;
use saluda_rules::trigger::{
    Comparison, Condition, Count, Counted, Dismissal, Fact, Property, Rule, Subject, Terms, Test,
};
use saluda_rules::{Attention, Event, Memory, SiteRules, Start, Trigger};

/// When every visit begins: a Monday, 23:59 UTC, so that days end soon.
pub(crate) const BEGAN_AT: Millis = Millis(1_772_495_940_000);

fn name() -> impl Strategy<Value = String> {
    select(vec!["a", "b", "plan"]).prop_map(str::to_owned)
}

fn id() -> impl Strategy<Value = TriggerId> {
    (0_u8..6).prop_map(|index| format!("t{index}").parse().expect("an id"))
}

fn word() -> impl Strategy<Value = String> {
    select(vec![
        "", "a", "/a", "/a/b", "es", "mon", "tue", "desktop", "#x", "ß",
    ])
    .prop_map(saluda_rules::text::fold)
}

fn number() -> impl Strategy<Value = f64> {
    prop_oneof![
        (0_u32..4).prop_map(f64::from),
        (0_u32..120).prop_map(|seconds| f64::from(seconds) * 500.0),
        Just(50.0),
        Just(-1.0),
        Just(1.5),
        Just(86_399_000.0),
        Just(f64::INFINITY),
        Just(f64::NAN).prop_map(|_| 1e300),
    ]
}

fn comparison() -> impl Strategy<Value = Comparison> {
    select(vec![
        Comparison::Equal,
        Comparison::Greater,
        Comparison::AtLeast,
        Comparison::Less,
        Comparison::AtMost,
    ])
}

/// Seconds that visits of this world last.
fn moment_ms() -> impl Strategy<Value = f64> {
    prop_oneof![
        (0_u32..120).prop_map(|halves| f64::from(halves) * 500.0),
        (0_u32..60_000).prop_map(f64::from),
    ]
}

fn number_test() -> impl Strategy<Value = Test> {
    prop_oneof![
        6 => (comparison(), number()).prop_map(|(how, target)| Test::Number(how, target)),
        1 => vec(number(), 0..3).prop_map(Test::OneOfNumbers),
    ]
}

fn text_test() -> impl Strategy<Value = Test> {
    prop_oneof![
        word().prop_map(Test::Equals),
        vec(word(), 0..3).prop_map(Test::OneOf),
        vec(word(), 0..3).prop_map(Test::Language),
        word().prop_map(Test::Contains),
        word().prop_map(Test::StartsWith),
        word().prop_map(Test::EndsWith),
        select(vec!["/a*", "/**", "*", "/a/**"])
            .prop_map(|glob| Test::Glob(Glob::new(glob.to_owned()))),
        select(
            ["^/a", "a$", "^(es|mon|ss)$", "[^a]", "b|x"]
                .map(matches)
                .to_vec()
        ),
    ]
}

/// Whether a part of a text fits an expression, as it is made for a trigger.
fn matches(pattern: &str) -> Test {
    let file = format!(
        r#"{{ "name": "a", "greeting": {{ "text": {{ "en": "a" }} }},
            "rule": {{ "fact": "page.url", "op": "matches", "value": "{pattern}" }} }}"#
    );
    let spec = compile::read(&file).expect("a trigger");
    let made = compile::compile(&spec, &compile::Context::default()).expect("a trigger");
    match made.rule {
        Rule::One(condition) => condition.test,
        _ => unreachable!("it was one condition"),
    }
}

/// A test that may not fit what it is asked of.
fn test() -> impl Strategy<Value = Test> {
    prop_oneof![
        2 => number_test(),
        2 => text_test(),
        1 => Just(Test::Exists),
        1 => any::<bool>().prop_map(Test::Is),
    ]
}

fn texts() -> impl Strategy<Value = Fact> {
    let plain = select(vec![
        Fact::PageUrl,
        Fact::PageHost,
        Fact::PagePath,
        Fact::PageHash,
        Fact::PageTitle,
        Fact::VisitReferrer,
        Fact::VisitLanding,
        Fact::VisitorLanguage,
        Fact::VisitorTimezone,
        Fact::VisitorDevice,
        Fact::VisitorTag,
        Fact::VisitorWeekday,
        Fact::ElementSeen,
        Fact::ElementClicked,
    ]);
    prop_oneof![
        8 => plain,
        1 => name().prop_map(Fact::PageQuery),
        1 => name().prop_map(Fact::VisitUtm),
        1 => name().prop_map(Fact::VisitorAttr),
    ]
}

fn flags() -> impl Strategy<Value = Fact> {
    select(vec![
        Fact::VisitorNew,
        Fact::VisitorKnown,
        Fact::PointerLeft,
        Fact::FormFocused,
        Fact::ChatConversation,
        Fact::DeskOnline,
        Fact::DeskOpen,
    ])
}

fn counts() -> impl Strategy<Value = Fact> {
    let count = select(vec![
        Count::Shown,
        Count::Opened,
        Count::Dismissed,
        Count::Replied,
    ]);
    prop_oneof![
        3 => select(vec![
            Fact::PageScroll,
            Fact::VisitPages,
            Fact::VisitorVisits,
            Fact::ChatMessages,
        ]),
        1 => (id(), count).prop_map(|(id, count)| Fact::Trigger(id, count)),
    ]
}

fn times() -> impl Strategy<Value = Fact> {
    select(vec![
        Fact::PageTime,
        Fact::VisitTime,
        Fact::IdleTime,
        Fact::VisitorLastVisit,
        Fact::ChatLast,
    ])
}

fn time_test() -> impl Strategy<Value = Test> {
    (comparison(), moment_ms()).prop_map(|(how, target)| Test::Number(how, target))
}

/// The visit begins a minute before midnight.
fn time_of_day_test() -> impl Strategy<Value = Test> {
    let around = prop_oneof![
        moment_ms(),
        moment_ms().prop_map(|ms| 86_340_000.0 + ms),
        moment_ms().prop_map(|ms| 3_600_000.0 + ms),
    ];
    (comparison(), around).prop_map(|(how, target)| Test::Number(how, target))
}

fn any_fact() -> impl Strategy<Value = Fact> {
    prop_oneof![
        texts(),
        flags(),
        counts(),
        times(),
        Just(Fact::VisitorLocalTime)
    ]
}

/// A condition, most often one that makes sense.
fn fact_condition() -> impl Strategy<Value = (Subject, Test)> {
    let of = |fact: Fact| Subject::Fact(fact);
    prop_oneof![
        3 => (texts(), text_test()).prop_map(move |(fact, test)| (of(fact), test)),
        3 => (flags(), any::<bool>()).prop_map(move |(fact, is)| (of(fact), Test::Is(is))),
        2 => (counts(), number_test()).prop_map(move |(fact, test)| (of(fact), test)),
        8 => (times(), time_test()).prop_map(move |(fact, test)| (of(fact), test)),
        2 => time_of_day_test().prop_map(move |test| (of(Fact::VisitorLocalTime), test)),
        1 => (any_fact(), test()).prop_map(move |(fact, test)| (of(fact), test)),
    ]
}

fn counted() -> impl Strategy<Value = Counted> {
    let property = (name(), test(), any::<bool>()).prop_map(|(name, test, negated)| Property {
        name,
        test,
        negated,
    });
    let within = option::of((1_u64..60).prop_map(|seconds| seconds * 1_000));
    (name(), within, vec(property, 0..2)).prop_map(|(name, within_ms, properties)| Counted {
        key: compile::key(&name, &properties),
        name,
        within_ms,
        properties,
    })
}

fn condition() -> impl Strategy<Value = Condition> {
    let count =
        (comparison(), 0_u32..4).prop_map(|(how, target)| Test::Number(how, f64::from(target)));
    let subject = prop_oneof![
        5 => fact_condition(),
        1 => (counted().prop_map(Subject::Event), count),
    ];
    (subject, any::<bool>()).prop_map(|((subject, test), negated)| Condition {
        subject,
        test,
        negated,
    })
}

fn rule() -> impl Strategy<Value = Rule> {
    let one = condition().prop_map(Rule::One);
    one.prop_recursive(3, 8, 3, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(Rule::All),
            vec(inner.clone(), 0..4).prop_map(Rule::Any),
            inner.prop_map(|rule| Rule::Not(Box::new(rule))),
        ]
    })
}

fn moment() -> impl Strategy<Value = Millis> {
    (0_u64..240).prop_map(|seconds| Millis(BEGAN_AT.0 - 60_000 + seconds * 500))
}

fn span() -> impl Strategy<Value = u64> {
    (0_u64..120).prop_map(|seconds| seconds * 500)
}

fn trigger() -> impl Strategy<Value = Trigger> {
    let frequency = select(vec![Frequency::Once, Frequency::Visit, Frequency::Always]);
    let hours = select(vec![
        OpeningHours::Any,
        OpeningHours::During,
        OpeningHours::Outside,
    ]);
    let dismissal = prop_oneof![
        Just(Dismissal::None),
        Just(Dismissal::Visit),
        Just(Dismissal::Forever),
        span().prop_map(Dismissal::For),
    ];
    let when = (
        hours,
        option::weighted(0.2, moment()),
        option::weighted(0.2, moment()),
    );
    let often = (
        frequency,
        option::weighted(0.2, 1_u32..3),
        option::weighted(0.2, span()),
        dismissal,
    );
    let who = (
        prop::bool::weighted(0.9),
        prop::bool::weighted(0.7),
        prop_oneof![3 => Just(0_u8), 1 => 0_u8..90],
        vec(0_u8..30, 0..3),
    );
    (-2_i32..3, rule(), when, often, who).prop_map(
        |(priority, rule, (hours, from, until), (frequency, times, gap_ms, after_dismiss), who)| {
            let (live, with_open_conversation, holdout, shares) = who;
            let terms = Terms {
                id: "t".parse().expect("an id"),
                version: 1,
                live,
                hours,
                from,
                until,
                frequency,
                times,
                gap_ms,
                after_dismiss,
                with_open_conversation,
                goal: None,
                seed: "s".to_owned(),
                holdout,
                shares,
            };
            Trigger {
                priority,
                rule,
                terms,
            }
        },
    )
}

/// Any rules of a site.
pub(crate) fn rules() -> impl Strategy<Value = SiteRules> {
    let attention = (
        option::weighted(0.2, 0_u32..4),
        option::weighted(0.2, 0_u32..4),
        prop_oneof![3 => Just(0), 1 => span()],
        prop_oneof![9 => Just(0_u8), 1 => Just(50)],
    )
        .prop_map(|(per_visit, per_day, gap_ms, holdout)| Attention {
            per_visit,
            per_day,
            gap_ms,
            holdout,
        });
    let hours = option::of(vec(1_u64..90, 0..5).prop_map(|lengths| {
        let mut at = BEGAN_AT.0 - 30_000;
        let mut intervals = Vec::new();
        for length in lengths {
            let closes_at = at + length * 500;
            intervals.push(Interval::from((Millis(at), Millis(closes_at))));
            at = closes_at + length * 700;
        }
        intervals
    }));
    (vec(trigger(), 0..5), attention, hours).prop_map(|(mut triggers, attention, hours)| {
        for (index, trigger) in triggers.iter_mut().enumerate() {
            trigger.terms.id = format!("t{index}").parse().expect("an id");
        }
        SiteRules {
            triggers,
            attention,
            hours,
        }
    })
}

fn clock() -> impl Strategy<Value = LocalClock> {
    (
        select(vec![0, 60, -180, 345]),
        option::of(moment()),
        select(vec![0, 120]),
    )
        .prop_map(|(offset_minutes, changes_at, then_minutes)| LocalClock {
            offset_minutes,
            changes_at,
            then_minutes,
        })
}

/// Any start of a visit.
pub(crate) fn start() -> impl Strategy<Value = Start> {
    (
        any::<u64>(),
        clock(),
        select(vec!["es", "es-MX", ""]),
        (any::<bool>(), prop::bool::weighted(0.2), any::<bool>()),
        prop::bool::weighted(0.8),
    )
        .prop_map(|(dice, clock, language, flags, visible)| Start {
            memory: Memory {
                dice,
                ..Memory::default()
            },
            language: language.to_owned(),
            timezone: "Europe/Lisbon".to_owned(),
            device: "desktop".to_owned(),
            clock,
            known: flags.0,
            conversation: flags.1,
            desk_online: flags.2,
            visible,
        })
}

fn attribute() -> impl Strategy<Value = Attribute> {
    prop_oneof![
        any::<bool>().prop_map(Attribute::Flag),
        number().prop_map(Attribute::Number),
        word().prop_map(Attribute::Text),
    ]
}

fn page() -> impl Strategy<Value = Event> {
    let address = select(vec![
        "https://shop.example/a",
        "https://shop.example/a/b?plan=a&utm_a=b#x",
        "https://shop.example/?a=1",
    ]);
    (address, word(), word()).prop_map(|(url, title, referrer)| Event::Page {
        url: url.to_owned(),
        title,
        referrer,
    })
}

fn event() -> impl Strategy<Value = Event> {
    let reaction = select(vec![
        Reaction::Opened,
        Reaction::Dismissed,
        Reaction::Replied,
    ]);
    prop_oneof![
        4 => page(),
        1 => word().prop_map(Event::Title),
        2 => prop_oneof![number(), Just(f64::NAN)].prop_map(Event::Scroll),
        4 => prop::bool::weighted(0.7).prop_map(Event::Visible),
        2 => any::<bool>().prop_map(Event::PointerLeft),
        3 => Just(Event::Active),
        2 => prop::bool::weighted(0.3).prop_map(Event::FormFocus),
        4 => (name(), vec((name(), attribute()), 0..2))
            .prop_map(|(name, properties)| Event::Track { name, properties }),
        2 => (name(), option::of(attribute()))
            .prop_map(|(name, value)| Event::Attribute { name, value }),
        1 => vec(word(), 0..2).prop_map(Event::Tags),
        1 => word().prop_map(Event::ElementSeen),
        1 => word().prop_map(Event::ElementClicked),
        1 => prop::bool::weighted(0.2).prop_map(|by_agent| Event::Message { by_agent }),
        1 => any::<bool>().prop_map(Event::Conversation),
        1 => any::<bool>().prop_map(Event::Known),
        1 => prop::bool::weighted(0.2).prop_map(Event::Panel),
        4 => prop::bool::weighted(0.1).prop_map(Event::OnScreen),
        1 => any::<bool>().prop_map(Event::DeskOnline),
        1 => clock().prop_map(Event::LocalClock),
        1 => (id(), Just(false)).prop_map(|(trigger, force)| Event::Run { trigger, force }),
        2 => (id(), any::<bool>()).prop_map(|(trigger, held)| Event::Shown { trigger, held }),
        2 => (id(), reaction).prop_map(|(trigger, what)| Event::Greeting { trigger, what }),
    ]
}

/// Any visit: events in order, each some time after the one before. Some pauses
/// are so long that another visit begins.
pub(crate) fn visit() -> impl Strategy<Value = Vec<(Millis, Event)>> {
    let pause = prop_oneof![
        2 => Just(0_u64),
        8 => (0_u64..80).prop_map(|steps| steps * 500),
        1 => (0_u64..4).prop_map(|hours| hours * 3_000_000),
    ];
    let rest = vec((pause, event()), 0..14);
    (page(), rest).prop_map(|(first, rest)| {
        let mut at = BEGAN_AT;
        let mut visit = vec![(at, first)];
        for (pause_ms, event) in rest {
            at = at.plus(pause_ms);
            visit.push((at, event));
        }
        visit
    })
}
