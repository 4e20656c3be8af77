//! A server in a test: real parts, a database in a temporary folder, a clock
//! that stands still.

#[cfg(feature = "s3")]
pub(crate) mod bucket;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::time::Duration;

use metrics_exporter_prometheus::PrometheusBuilder;
use saluda_protocol::agent::Role;
use saluda_protocol::studio::Actor;
use saluda_protocol::visitor::Place;
use saluda_protocol::{AgentId, Body, FileId, MessageId, Millis, SiteId, TriggerId, VisitorId};
use saluda_store::{
    Agent, Directory as _, Edit, Expected, Recorded, Session, Site, SiteSettings, SqliteStore,
    Store as _,
};
use tempfile::TempDir;
use tokio::sync::watch;

use crate::app::App;
use crate::assets::Assets;
use crate::bus::LocalBus;
use crate::chat::{self, arrive, post::By};
use crate::clock::SetClock;
use crate::connected::Connected;
use crate::door::Door;
use crate::files::{Files, Name};
use crate::http::Configs;
use crate::mail::{MailSettings, Mailer, Way};
use crate::presence::Presence;
use crate::secret;
use crate::settings::{BucketSettings, Settings};

/// The server and its one site, `shop`.
pub(crate) struct Scene {
    pub(crate) app: Arc<App>,
    pub(crate) site: Site,
    pub(crate) clock: Arc<SetClock>,
    messages: AtomicU8,
    _stop: watch::Sender<bool>,
    folder: TempDir,
    #[cfg(feature = "s3")]
    pub(crate) bucket: Option<bucket::Bucket>,
}

impl Scene {
    pub(crate) async fn new() -> Self {
        Self::keeping(None).await
    }

    /// One that keeps files in a folder, and one that keeps them in a bucket: for
    /// what must not differ.
    pub(crate) async fn everywhere() -> Vec<Self> {
        vec![
            Self::new().await,
            #[cfg(feature = "s3")]
            Self::with_bucket().await,
        ]
    }

    /// One that keeps files in a bucket.
    #[cfg(feature = "s3")]
    pub(crate) async fn with_bucket() -> Self {
        let bucket = bucket::Bucket::start().await;
        let mut scene = Self::keeping(Some(BucketSettings::of(&bucket))).await;
        scene.bucket = Some(bucket);
        scene
    }

    async fn keeping(bucket: Option<BucketSettings>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = SqliteStore::open(&folder.path().join("saluda.db"), "epoch-1")
            .await
            .unwrap();
        let site = Site {
            id: SiteId::from_random([1; 16]),
            key: "shop".parse().unwrap(),
            name: "Alba Coffee".into(),
            origins: vec!["https://shop.example".into()],
            settings: SiteSettings::default(),
            created_at: Millis(1),
            trigger_changes: 0,
            revision: 1,
        };
        store.add_site(site.clone(), None).await.unwrap();
        let clock = Arc::new(SetClock::at(Millis(1_000_000)));
        let (stop, stopping) = watch::channel(false);
        let app = App {
            epoch: store.epoch().await.unwrap(),
            store: Arc::new(store),
            bus: Arc::new(LocalBus::default()),
            presence: Presence::new(Duration::ZERO),
            configs: Configs::default(),
            connected: Connected::default(),
            clock: clock.clone(),
            files: Files::open(&Settings {
                files: folder.path().join("files"),
                bucket,
                ..Settings::default()
            })
            .unwrap(),
            assets: Assets::folder(folder.path()),
            mailer: Mailer::new(&MailSettings {
                way: Way::Folder(folder.path().join("mail")),
                ..Settings::default().mail
            })
            .unwrap(),
            door: Door::new(&Settings {
                // The clock stands still, and tests say more than one says at once.
                posts_per_minute: 10_000,
                ..Settings::default()
            }),
            settings: Settings::default(),
            metrics: PrometheusBuilder::new().build_recorder().handle(),
            stopping,
        };
        Self {
            app: Arc::new(app),
            site,
            clock,
            messages: AtomicU8::new(0),
            _stop: stop,
            folder,
            #[cfg(feature = "s3")]
            bucket: None,
        }
    }

    /// A visitor who interacted.
    pub(crate) async fn visitor(&self) -> VisitorId {
        self.visitor_of(self.site.id).await
    }

    /// The same on this site.
    pub(crate) async fn visitor_of(&self, site: SiteId) -> VisitorId {
        let (visitor, _) = arrive::someone_new(&self.app, site, Place::default()).unwrap();
        self.app.store.add_visitor(visitor.clone()).await.unwrap();
        visitor.id
    }

    /// Where built files are looked for.
    pub(crate) fn assets(&self) -> &Path {
        self.folder.path()
    }

    /// The mails that were sent, each as it lies in the folder.
    pub(crate) fn mails(&self) -> Vec<String> {
        let folder = std::fs::read_dir(self.folder.path().join("mail"));
        let files = folder.into_iter().flatten();
        let paths = files.map(|file| file.unwrap().path());
        paths
            .map(|path| std::fs::read_to_string(path).unwrap())
            .collect()
    }

    /// Puts something where files lie.
    pub(crate) async fn put(&self, name: Name, content: &[u8]) {
        let folder = self.app.files.folder();
        std::fs::create_dir_all(folder).unwrap();
        let came = folder.join("came.part");
        std::fs::write(&came, content).unwrap();
        self.app.files.put(&came, name).await.unwrap();
        let _ = std::fs::remove_file(came);
    }

    /// Whether something lies where files lie.
    pub(crate) async fn has(&self, name: Name) -> bool {
        let there = self.app.files.sizes().await.unwrap();
        there.contains_key(&name.to_string())
    }

    /// The database's file.
    pub(crate) fn database(&self) -> PathBuf {
        self.folder.path().join("saluda.db")
    }

    /// An agent who may work on the site.
    pub(crate) async fn agent(&self, email: &str, password: &str) -> AgentId {
        let agent = Agent {
            id: AgentId::from_random([9; 16]),
            email: email.into(),
            name: "Lucía Marín".into(),
            password: crate::password::hash(password.into()).await.unwrap(),
            created_at: Millis(1),
        };
        let id = agent.id;
        self.app.store.add_agent(agent, None).await.unwrap();
        self.app
            .store
            .set_role(self.site.id, id, Role::Agent, None)
            .await
            .unwrap();
        id
    }

    /// Another site.
    pub(crate) async fn site(&self, key: &str) -> Site {
        let site = Site {
            id: SiteId::from_random(secret::random().unwrap()),
            key: key.parse().unwrap(),
            ..self.site.clone()
        };
        assert!(self.app.store.add_site(site.clone(), None).await.unwrap());
        site
    }

    /// Someone who works on a site. They sign in with [`Self::sign_in`] alone.
    pub(crate) async fn member(&self, site: SiteId, role: Role) -> AgentId {
        let id = AgentId::from_random(secret::random().unwrap());
        let agent = Agent {
            id,
            email: format!("{id}@alba.example"),
            name: format!("{role:?}"),
            password: String::new(),
            created_at: Millis(1),
        };
        assert!(self.app.store.add_agent(agent, None).await.unwrap());
        self.app.store.set_role(site, id, role, None).await.unwrap();
        id
    }

    /// Saves a trigger of the site as a draft. Returns its id.
    pub(crate) async fn save(&self, form: serde_json::Value) -> TriggerId {
        let spec = crate::triggers::read(&form.to_string()).unwrap();
        let id = TriggerId::from_name(&spec.name).unwrap();
        let edit = self.edit(&id);
        let saved = self.app.store.save_trigger(edit, spec).await.unwrap();
        saved.unwrap().trigger.id
    }

    /// Publishes a trigger of the site, without asking whether it makes sense.
    pub(crate) async fn publish(&self, form: serde_json::Value) -> TriggerId {
        let id = self.save(form).await;
        let edit = self.edit(&id);
        let published = self.app.store.publish_trigger(edit).await.unwrap();
        published.unwrap().id
    }

    /// A change to a trigger of the site, whoever changed it last.
    pub(crate) fn edit(&self, id: &TriggerId) -> Edit {
        Edit {
            site: self.site.id,
            trigger: id.clone(),
            expected: Expected::Any,
            by: Actor::CommandLine,
            at: self.app.now(),
        }
    }

    /// Signs in, and returns the cookie.
    pub(crate) async fn sign_in(&self, agent: AgentId) -> String {
        let token = secret::new().unwrap();
        let session = Session {
            token_hash: secret::hash(&token),
            agent,
            created_at: self.app.now(),
            expires_at: self.app.now().plus(1_000),
        };
        self.app.store.add_session(session).await.unwrap();
        format!("saluda_desk={token}")
    }

    /// A visitor says something.
    pub(crate) async fn says(&self, visitor: VisitorId, text: &str) -> Recorded {
        let n = self.messages.fetch_add(1, Ordering::Relaxed);
        let id = MessageId::from_random([n; 16]);
        let body = Body::Text(text.into());
        chat::post(&self.app, By::Visitor(visitor), id, &body)
            .await
            .unwrap()
    }

    /// A visitor makes a message of a file that is there.
    pub(crate) async fn sends(&self, visitor: VisitorId, file: FileId) -> Recorded {
        let n = self.messages.fetch_add(1, Ordering::Relaxed);
        let id = MessageId::from_random([n; 16]);
        let kept = self.app.store.file(file).await.unwrap().unwrap();
        let body = Body::File(kept.file);
        chat::post(&self.app, By::Visitor(visitor), id, &body)
            .await
            .unwrap()
    }
}

#[cfg(feature = "s3")]
impl BucketSettings {
    /// The way to a bucket, which lets us in.
    pub(crate) fn of(bucket: &bucket::Bucket) -> Self {
        Self::new(
            (bucket::NAME, "files"),
            &bucket.endpoint(),
            (bucket::KEY, bucket::SECRET),
        )
    }
}
