//! How far the code is that agents seldom need.

/// How far the code is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Code {
    Away,
    Coming,
    Failed,
    Here,
}

impl Code {
    /// As the desk begins: where it is not split, all of it is here.
    pub(crate) fn at_first() -> Self {
        if cfg!(feature = "split") {
            Self::Away
        } else {
            Self::Here
        }
    }
}
