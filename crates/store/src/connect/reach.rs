//! Whether a server is there: a person is told within two seconds that it is not, however long the
//! system would wait for its answer.

use std::future::Future;
use std::time::Duration;

use sqlx::{Connection, MySqlConnection};
use tokio::io::AsyncReadExt;
use tokio::net::TcpStream;
use tokio::time::{sleep, timeout};

use super::address::MySqlAddress;
use super::check;
use crate::Store;
use domain::error::{Code, Error, Result};

/// After how long without an answer the server is looked at.
const FIRST_LOOK: Duration = Duration::from_millis(200);

/// After how long it is looked at again while an answer takes its time.
const NEXT_LOOK: Duration = Duration::from_secs(10);

/// How long a connection may take before the server is asked for any sign of life.
const QUICK: Duration = Duration::from_millis(400);

/// How long a server may take to give a sign of life.
const GREETING: Duration = Duration::from_millis(1_300);

/// How long a server that is there may take to let a user in.
const PATIENCE: Duration = Duration::from_secs(10);

impl Store {
    /// Does the work, unless the server turns out to be dead meanwhile: then the work is given up.
    /// What it had begun to write is undone, or in doubt as after any lost connection.
    pub async fn unless_dead<T>(&self, work: impl Future<Output = Result<T>>) -> Result<T> {
        let Some(address) = self.server.as_deref() else {
            return work.await;
        };
        tokio::select! {
            biased;
            done = work => done,
            error = death(address) => Err(error),
        }
    }
}

/// Ends when the server is dead, and says so.
async fn death(address: &MySqlAddress) -> Error {
    sleep(FIRST_LOOK).await;
    loop {
        match connect(address).await {
            Err(error) if error.code == Code::Unreachable => return error,
            Err(_) => {}
            Ok(conn) => {
                conn.close().await.ok();
            }
        }
        sleep(NEXT_LOOK).await;
    }
}

/// Connects, with errors that name what is wrong with the address. A server that gives no sign of
/// life is not waited for; one that is far away is.
pub(super) async fn connect(address: &MySqlAddress) -> Result<MySqlConnection> {
    let connecting = check::connect(address);
    tokio::pin!(connecting);
    if let Ok(connected) = timeout(QUICK, &mut connecting).await {
        return connected;
    }
    let alive = timeout(GREETING, greets(address));
    let is_alive = tokio::select! {
        connected = &mut connecting => return connected,
        alive = alive => alive.is_ok_and(|greeted| greeted),
    };
    if !is_alive {
        return Err(silent(address, "within 2 seconds"));
    }
    match timeout(PATIENCE, connecting).await {
        Ok(connected) => connected,
        Err(_) => Err(silent(address, "within 10 seconds")),
    }
}

/// A server speaks first.
async fn greets(address: &MySqlAddress) -> bool {
    let stream = TcpStream::connect((address.host.as_str(), address.port)).await;
    let Ok(mut stream) = stream else {
        return false;
    };
    stream.read_exact(&mut [0; 5]).await.is_ok()
}

fn silent(address: &MySqlAddress, when: &str) -> Error {
    Error::new(
        Code::Unreachable,
        format!("{}:{} did not answer {when}.", address.host, address.port),
    )
    .hint("Check the host and the port, and whether a firewall stands in between.")
}
