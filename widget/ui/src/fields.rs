//! What a visitor can be asked for.

use saluda_protocol::trigger::Asked;

/// Some of the fields there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Fields {
    /// How they are called.
    pub(crate) name: bool,
    /// Where to write to.
    pub(crate) email: bool,
    /// Where to call.
    pub(crate) phone: bool,
}

impl Fields {
    /// Whether this one is among them.
    pub(crate) fn has(self, field: Asked) -> bool {
        match field {
            Asked::Name => self.name,
            Asked::Email => self.email,
            Asked::Phone => self.phone,
        }
    }

    /// Those that are not among others.
    pub(crate) fn without(self, others: Self) -> Self {
        Self {
            name: self.name && !others.name,
            email: self.email && !others.email,
            phone: self.phone && !others.phone,
        }
    }

    /// As a note keeps them: a letter each.
    pub(crate) fn to_text(self) -> String {
        let letters = [(self.name, 'n'), (self.email, 'e'), (self.phone, 'p')];
        let named = letters.into_iter().filter(|(asked, _)| *asked);
        named.map(|(_, letter)| letter).collect()
    }

    /// Those that a note names.
    pub(crate) fn from_text(text: &str) -> Self {
        Self {
            name: text.contains('n'),
            email: text.contains('e'),
            phone: text.contains('p'),
        }
    }

    /// How many there are.
    pub(crate) fn count(self) -> usize {
        [self.name, self.email, self.phone]
            .into_iter()
            .map(usize::from)
            .sum()
    }
}
