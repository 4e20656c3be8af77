//! A bucket for tests, in the words of S3 and with its signatures: in this process,
//! over a temporary folder, on a free port.

use std::net::SocketAddr;
use std::path::PathBuf;

use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto;
use s3s::auth::SimpleAuth;
use s3s::service::{S3Service, S3ServiceBuilder};
use s3s_fs::FileSystem;
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::task::{JoinHandle, JoinSet};

/// What it is called.
pub(crate) const NAME: &str = "chat-files";
/// Whom it lets in.
pub(crate) const KEY: &str = "saluda";
pub(crate) const SECRET: &str = "a-key-that-no-log-shows";

pub(crate) struct Bucket {
    folder: TempDir,
    address: SocketAddr,
    serving: JoinHandle<()>,
}

impl Bucket {
    pub(crate) async fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join(NAME)).unwrap();
        let mut service = S3ServiceBuilder::new(FileSystem::new(folder.path()).unwrap());
        service.set_auth(SimpleAuth::from_single(KEY, SECRET));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        Self {
            address: listener.local_addr().unwrap(),
            serving: tokio::spawn(serve(listener, service.build())),
            folder,
        }
    }

    /// Where it is reached.
    pub(crate) fn endpoint(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Where what lies under a name in it really lies.
    pub(crate) fn of(&self, name: &str) -> PathBuf {
        self.folder.path().join(NAME).join(name)
    }

    /// Ends it with all its connections, in the middle of whatever they say. Nobody
    /// answers at its address when this returns.
    pub(crate) async fn end(&mut self) {
        self.serving.abort();
        let ended = (&mut self.serving).await;
        assert!(ended.is_err_and(|error| error.is_cancelled()));
    }
}

async fn serve(listener: TcpListener, service: S3Service) {
    // They end with this.
    let mut connections = JoinSet::new();
    while let Ok((stream, _)) = listener.accept().await {
        let service = service.clone();
        connections.spawn(async move {
            let server = auto::Builder::new(TokioExecutor::new());
            let _ = server.serve_connection(TokioIo::new(stream), service).await;
        });
    }
}
