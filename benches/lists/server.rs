//! The database server of a bench, with a database of its own.

use sqlx::{AssertSqlSafe, ConnectOptions, Connection};
use store::{MySqlAddress, Tls};

/// The server in `BACKSTOCK_TEST_MYSQL` with a database of its own.
pub fn server() -> Option<MySqlAddress> {
    let url = std::env::var("BACKSTOCK_TEST_MYSQL").ok()?;
    let (user, host) = url
        .strip_prefix("mysql://")?
        .trim_end_matches('/')
        .split_once('@')?;
    let (user, password) = user.split_once(':').unwrap_or((user, ""));
    let (host, port) = host.split_once(':').unwrap_or((host, "3306"));
    Some(MySqlAddress {
        host: host.to_owned(),
        port: port.parse().ok()?,
        database: "backstock_bench".into(),
        user: user.to_owned(),
        password: password.to_owned(),
        tls: Tls::Off,
    })
}

/// Runs a statement on the server, outside of any database.
pub async fn admin(address: &MySqlAddress, sql: &str) {
    let options = sqlx::mysql::MySqlConnectOptions::new()
        .host(&address.host)
        .port(address.port)
        .username(&address.user);
    let options = if address.password.is_empty() {
        options
    } else {
        options.password(&address.password)
    };
    let mut conn = options.connect().await.unwrap();
    sqlx::raw_sql(AssertSqlSafe(sql.to_owned()))
        .execute(&mut conn)
        .await
        .unwrap();
    conn.close().await.unwrap();
}
