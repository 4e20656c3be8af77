//! `saluda trigger debug`

use clap::Args;
use saluda_protocol::Span;

use super::Of;
use crate::clock::{Clock as _, SystemClock};
use crate::triggers::debug;

#[derive(Args)]
pub(super) struct Debug {
    /// The page to open, with its scheme
    #[arg(long, value_name = "URL")]
    page: String,

    /// For how long the link can be opened, at most 24 hours [default: 1h]
    #[arg(long = "for", value_name = "SPAN", default_value_t = Span(debug::USUAL_MS), hide_default_value = true)]
    span: Span,

    #[command(flatten)]
    of: Of,
}

impl Debug {
    pub(super) async fn run(self) -> anyhow::Result<()> {
        println!("{}", self.link().await?.url);
        Ok(())
    }

    async fn link(&self) -> anyhow::Result<debug::Link> {
        let (store, site) = self.of.open().await?;
        let now = SystemClock.now();
        Ok(debug::link(&store, &site, &self.page, self.span.0, now).await?)
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;
    use crate::testing::Scene;

    #[derive(Parser)]
    struct Typed {
        #[command(flatten)]
        debug: Debug,
    }

    async fn link(scene: &Scene, words: &[&str]) -> anyhow::Result<debug::Link> {
        let database = scene.database();
        let database = database.to_str().unwrap();
        let of = ["debug", "--site", "shop", "--database", database];
        Typed::parse_from(of.iter().chain(words)).debug.link().await
    }

    #[tokio::test]
    async fn a_link_opens_the_panel_for_an_hour_unless_another_time_is_given() {
        let scene = Scene::new().await;
        let page = ["--page", "https://shop.example/plans"];
        for (more, hours) in [(&[][..], 1), (&["--for", "3h"][..], 3)] {
            let made = link(&scene, &[&page, more].concat()).await.unwrap();
            let token = made.url.split_once("/plans#saluda-explain=").unwrap().1;
            let now = SystemClock.now();
            let store = &*scene.app.store;
            let good = debug::verify(store, &scene.site, token, now).await.unwrap();
            let left_ms = good.since(now);
            let hour_ms = 60 * 60 * 1000;
            assert!((hours * hour_ms - 60_000..=hours * hour_ms).contains(&left_ms));
        }
    }

    #[tokio::test]
    async fn a_page_of_someone_else_and_a_long_time_are_refused_in_a_sentence() {
        let scene = Scene::new().await;
        let refused = link(&scene, &["--page", "https://evil.example/"]).await;
        assert_eq!(
            refused.unwrap_err().to_string(),
            "pages of `https://evil.example` do not carry this site's widget; add it to the \
             site's origins with `saluda site set`"
        );
        let long = ["--page", "https://shop.example/", "--for", "25h"];
        let refused = link(&scene, &long).await.unwrap_err();
        assert!(refused.to_string().contains("at most 24 hours"));
    }
}
