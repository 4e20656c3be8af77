//! What the demo's visitors wanted to know.

/// A conversation of the past.
pub(super) struct Story {
    pub(super) name: Option<&'static str>,
    pub(super) email: Option<&'static str>,
    pub(super) path: &'static str,
    pub(super) title: &'static str,
    pub(super) referrer: &'static str,
    pub(super) language: &'static str,
    pub(super) timezone: &'static str,
    pub(super) visits: u32,
    /// The greeting it begins with.
    pub(super) greeting: Option<&'static str>,
    pub(super) lines: &'static [Line],
    /// Whether an agent has read all of it.
    pub(super) read: bool,
    pub(super) closed: bool,
}

/// One message.
pub(super) struct Line {
    pub(super) minutes_ago: u64,
    pub(super) who: Who,
    pub(super) text: &'static str,
}

/// Whose message it is.
#[derive(Clone, Copy)]
pub(super) enum Who {
    Visitor,
    /// The demo's agent of this place in the list.
    Agent(usize),
}

const fn visitor(minutes_ago: u64, text: &'static str) -> Line {
    Line {
        minutes_ago,
        who: Who::Visitor,
        text,
    }
}

const fn agent(minutes_ago: u64, agent: usize, text: &'static str) -> Line {
    Line {
        minutes_ago,
        who: Who::Agent(agent),
        text,
    }
}

const HOUR: u64 = 60;
const DAY: u64 = 24 * HOUR;

/// Oldest first, as they would have happened.
pub(super) const STORIES: &[Story] = &[
    Story {
        name: Some("Tomás Ortega"),
        email: Some("tomas@ortega.example"),
        path: "/cart.html",
        title: "Your basket · Alba Coffee",
        referrer: "",
        language: "es-ES",
        timezone: "Europe/Madrid",
        visits: 4,
        greeting: None,
        lines: &[
            visitor(3 * DAY + 40, "Hola, ¿puedo recoger el pedido en la tienda?"),
            agent(
                3 * DAY + 36,
                0,
                "¡Claro! Elija «Recogida» al pagar. Estará listo mañana a las 11.",
            ),
            visitor(3 * DAY + 30, "Perfecto, gracias."),
        ],
        read: true,
        closed: true,
    },
    Story {
        name: Some("Joana Lima"),
        email: Some("joana.lima@example.pt"),
        path: "/plans.html",
        title: "Plans · Alba Coffee",
        referrer: "https://newsletter.example/",
        language: "pt-PT",
        timezone: "Europe/Lisbon",
        visits: 2,
        greeting: Some("good-to-see-you-again"),
        lines: &[
            visitor(
                DAY + 190,
                "Boa tarde! Posso mudar a morada da assinatura para Braga?",
            ),
            agent(
                DAY + 184,
                1,
                "Boa tarde, Joana. Já mudei; a próxima caixa segue para Braga na terça.",
            ),
            agent(DAY + 183, 1, "Feito, obrigado!"),
        ],
        read: true,
        closed: false,
    },
    Story {
        name: Some("Hanna Berg"),
        email: None,
        path: "/coffee/sidra.html",
        title: "Sidra, Ecuador · Alba Coffee",
        referrer: "https://search.example/",
        language: "en-GB",
        timezone: "Europe/Stockholm",
        visits: 1,
        greeting: None,
        lines: &[
            visitor(
                3 * HOUR + 5,
                "Is the Sidra roasted light enough for a Kalita?",
            ),
            visitor(3 * HOUR + 4, "My last bag was a bit dark."),
            agent(
                3 * HOUR,
                2,
                "It is our lightest roast this month. I have asked the roastery which batch yours was from.",
            ),
        ],
        read: true,
        closed: false,
    },
    Story {
        name: Some("Kofi Wiredu"),
        email: Some("kofi@wiredu.example"),
        path: "/about.html",
        title: "About us · Alba Coffee",
        referrer: "",
        language: "en-US",
        timezone: "Africa/Accra",
        visits: 7,
        greeting: None,
        lines: &[
            visitor(
                50,
                "Do you ship wholesale to Accra? We roast 40 kg a week and run out of decaf.",
            ),
            agent(
                45,
                0,
                "We do, from 25 kg on. Shall I send you the price list?",
            ),
            visitor(21, "Yes please, to the address above."),
        ],
        read: false,
        closed: false,
    },
    Story {
        name: None,
        email: None,
        path: "/plans.html",
        title: "Plans · Alba Coffee",
        referrer: "https://search.example/",
        language: "pt-BR",
        timezone: "America/Sao_Paulo",
        visits: 1,
        greeting: Some("pricing-help"),
        lines: &[visitor(6, "Boa tarde, o moinho tem garantia?")],
        read: false,
        closed: false,
    },
    Story {
        name: None,
        email: Some("mateo.garcia@example.mx"),
        path: "/cart.html",
        title: "Your basket · Alba Coffee",
        referrer: "",
        language: "es-MX",
        timezone: "America/Mexico_City",
        visits: 3,
        greeting: None,
        lines: &[
            visitor(4, "Hola, acabo de pagar."),
            visitor(2, "¿Puedo cambiar la dirección de entrega?"),
        ],
        read: false,
        closed: false,
    },
];
