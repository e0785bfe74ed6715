//! A stand-in for the core's `App` until it is there.

use std::path::PathBuf;
use std::sync::Arc;

use backstock::commands::events::Event;
use backstock::commands::files::FileToken;
use backstock::error::{Error, Result};
use backstock::values::Clock;
use tokio::sync::broadcast;

/// Stand-in.
#[derive(Clone)]
pub struct App(Arc<AppConfig>, broadcast::Sender<Event>);
/// Stand-in.
pub struct AppConfig {
    pub data_dir: PathBuf,
    pub host: Arc<dyn Host>,
    pub clock: Arc<dyn Clock>,
}
/// Stand-in.
pub enum FilePurpose {
    Import,
}
/// Stand-in.
pub trait Host: Send + Sync {
    fn choose_file(&self, purpose: FilePurpose) -> Result<Option<PathBuf>>;
    fn choose_save(&self, suggested: &str) -> Result<Option<PathBuf>>;
}
impl App {
    pub fn new(config: AppConfig) -> Self {
        Self(Arc::new(config), broadcast::channel(64).0)
    }
    pub fn subscribe(&self) -> broadcast::Receiver<Event> {
        self.1.subscribe()
    }
    pub fn grant_file(&self, path: PathBuf) -> FileToken {
        FileToken(path.to_string_lossy().into_owned())
    }
}
pub async fn call(app: &App, name: &str, _request: serde_json::Value) -> Result<serde_json::Value> {
    let _ = (&app.0.data_dir, &app.0.clock);
    let host = app.0.host.clone();
    match name {
        "files.choose" => Ok(serde_json::json!(
            tokio::task::spawn_blocking(move || host.choose_file(FilePurpose::Import))
                .await
                .unwrap()?
        )),
        "files.choose_save" => Ok(serde_json::json!(
            tokio::task::spawn_blocking(move || host.choose_save("x.csv"))
                .await
                .unwrap()?
        )),
        "panic" => panic!("as asked"),
        _ => Err(Error::not_found(name)),
    }
}
