//! Views as the elements they are made of.
//!
//! Leptos can erase the type of a view as `AnyView`, which also keeps the code
//! to build it anew over an older one. Ours never are: each part follows its
//! signals and stays until it is taken away. So only the elements are kept here.

use leptos::{
    prelude::*,
    tachys::{
        self,
        html::attribute::any_attribute::AnyAttribute,
        hydration::Cursor,
        renderer::types,
        view::{Mountable, Position, PositionState},
    },
};

/// The elements of a view.
pub(crate) type Built = Box<dyn Mountable + Send>;

/// Makes the elements of a view.
pub(crate) fn built<V>(view: V) -> Built
where
    V: Render,
    V::State: Send + 'static,
{
    Box::new(view.build())
}

/// Elements as a part of another view.
pub(crate) struct Parts(pub(crate) Vec<Built>);

impl Parts {
    /// The elements of one view.
    pub(crate) fn of<V>(view: V) -> Self
    where
        V: Render,
        V::State: Send + 'static,
    {
        Self(vec![built(view)])
    }
}

impl Render for Parts {
    type State = Self;

    fn build(self) -> Self {
        self
    }

    /// Never called, see above.
    fn rebuild(self, _: &mut Self) {}
}

tachys::no_attrs!(Parts);

/// Elements take nothing for a child that could not be written as HTML too. No
/// server of ours does that, so there is nothing to write.
impl RenderHtml for Parts {
    type AsyncOutput = Self;
    type Owned = Self;

    const MIN_LENGTH: usize = 0;

    fn dry_resolve(&mut self) {}

    async fn resolve(self) -> Self {
        self
    }

    fn to_html_with_buf(
        self,
        _: &mut String,
        _: &mut Position,
        _: bool,
        _: bool,
        _: Vec<AnyAttribute>,
    ) {
    }

    fn hydrate<const FROM_SERVER: bool>(self, _: &Cursor, _: &PositionState) -> Self {
        self
    }

    fn into_owned(self) -> Self {
        self
    }
}

impl Mountable for Parts {
    fn unmount(&mut self) {
        for part in &mut self.0 {
            part.unmount();
        }
    }

    fn mount(&mut self, parent: &types::Element, marker: Option<&types::Node>) {
        for part in &mut self.0 {
            part.mount(parent, marker);
        }
    }

    fn insert_before_this(&self, child: &mut dyn Mountable) -> bool {
        self.0
            .first()
            .is_some_and(|first| first.insert_before_this(child))
    }

    fn elements(&self) -> Vec<types::Element> {
        self.0.iter().flat_map(|part| part.elements()).collect()
    }
}
