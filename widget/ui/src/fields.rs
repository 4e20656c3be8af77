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

    /// How many there are.
    pub(crate) fn count(self) -> usize {
        [self.name, self.email, self.phone]
            .into_iter()
            .map(usize::from)
            .sum()
    }
}
