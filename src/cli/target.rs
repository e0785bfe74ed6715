//! Which workspace is meant: a file, or the address of a database.

use std::path::PathBuf;

use backstock::commands::workspaces::{SharedAddress, TlsMode};
use domain::error::{Code, Error, Result};

/// The workspace that was named.
#[derive(PartialEq, Eq)]
pub enum Target {
    /// A file.
    File(PathBuf),
    /// A database.
    Shared(SharedAddress),
}

/// Reads what was typed after `--workspace`. The password of a database may come from
/// `fallback_password` instead.
pub fn parse(text: &str, fallback_password: Option<String>) -> Result<Target> {
    match text.split_once("://") {
        Some(("mysql" | "mariadb", rest)) => {
            parse_address(rest, fallback_password).map(Target::Shared)
        }
        Some((scheme, _)) => Err(malformed(&format!("\"{scheme}\" is not known"))),
        None if text.trim().is_empty() => Err(malformed("it is empty")),
        None => Ok(Target::File(text.into())),
    }
}

fn parse_address(rest: &str, fallback_password: Option<String>) -> Result<SharedAddress> {
    let (place, query) = rest.split_once('?').unwrap_or((rest, ""));
    let (authority, database) = place
        .split_once('/')
        .ok_or_else(|| malformed("the database is missing"))?;
    // The last @, since a password may contain one.
    let (login, server) = authority
        .rsplit_once('@')
        .ok_or_else(|| malformed("the user is missing"))?;
    let (user, password) = match login.split_once(':') {
        Some((user, password)) => (user, Some(decode(password)?)),
        None => (login, None),
    };
    let (host, port) = parse_server(server)?;
    let address = SharedAddress {
        host,
        port,
        database: decode(database)?,
        user: decode(user)?,
        password: password.or(fallback_password).unwrap_or_default(),
        tls: parse_tls(query)?,
    };
    for (part, name) in [
        (&address.host, "host"),
        (&address.database, "database"),
        (&address.user, "user"),
    ] {
        if part.is_empty() {
            return Err(malformed(&format!("the {name} is missing")));
        }
    }
    Ok(address)
}

fn parse_server(server: &str) -> Result<(String, u16)> {
    // An IPv6 address stands in brackets: [::1]:3306.
    let (host, port) = match server.strip_prefix('[').and_then(|s| s.split_once(']')) {
        Some((host, port)) => (host, port.strip_prefix(':')),
        None => match server.split_once(':') {
            Some((host, port)) => (host, Some(port)),
            None => (server, None),
        },
    };
    let port = port.map_or(Ok(3306), str::parse);
    let port = port.map_err(|_| malformed("the port is not a number up to 65535"))?;
    Ok((host.to_owned(), port))
}

fn parse_tls(query: &str) -> Result<TlsMode> {
    let mut tls = TlsMode::default();
    for option in query.split('&').filter(|option| !option.is_empty()) {
        tls = match option {
            "tls=off" => TlsMode::Off,
            "tls=required" => TlsMode::Required,
            "tls=verify" => TlsMode::Verify,
            // The option is not repeated: whoever mistypes may have put a password there.
            _ => return Err(malformed("an option is not known")),
        };
    }
    Ok(tls)
}

/// Undoes percent-encoding.
fn decode(text: &str) -> Result<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        rest = after;
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let digits = rest.get(..2).and_then(|two| std::str::from_utf8(two).ok());
        let decoded = digits.and_then(|two| u8::from_str_radix(two, 16).ok());
        bytes.push(decoded.ok_or_else(|| malformed("after % stand two hexadecimal digits"))?);
        rest = &rest[2..];
    }
    String::from_utf8(bytes).map_err(|_| malformed("it is not UTF-8"))
}

/// The text itself is not repeated: it may hold a password.
fn malformed(why: &str) -> Error {
    Error::new(
        Code::Invalid,
        format!("The workspace cannot be understood: {why}."),
    )
    .hint("Give a file, or mysql://user[:password]@host[:port]/database[?tls=off|required|verify].")
}

#[cfg(test)]
mod tests {
    use backstock::commands::workspaces::{SharedAddress, TlsMode};

    use super::{Target, parse};

    fn shared(text: &str) -> SharedAddress {
        match parse(text, Some("from-env".into())) {
            Ok(Target::Shared(address)) => address,
            Ok(Target::File(path)) => panic!("{}", path.display()),
            Err(error) => panic!("{error}"),
        }
    }

    #[test]
    fn a_path_is_a_file_and_a_url_is_a_database() {
        for text in ["shop.sqlite", "/srv/shop.sqlite", "C:\\Shop\\shop.sqlite"] {
            assert!(parse(text, None).is_ok_and(|target| target == Target::File(text.into())));
        }
        let address = shared("mysql://ada:s%3Acr%40t@db.example:3307/shop?tls=verify");
        let parts = (
            address.host.as_str(),
            address.port,
            address.database.as_str(),
        );
        assert_eq!(parts, ("db.example", 3307, "shop"));
        assert_eq!(
            (address.user.as_str(), address.password.as_str()),
            ("ada", "s:cr@t")
        );
        assert_eq!(address.tls, TlsMode::Verify);
    }

    #[test]
    fn what_is_left_out_has_a_usual_value() {
        let address = shared("mysql://ada@[::1]/shop");
        assert_eq!((address.host.as_str(), address.port), ("::1", 3306));
        assert_eq!(address.password, "from-env");
        assert_eq!(address.tls, TlsMode::Required);
    }

    #[test]
    fn what_cannot_be_understood_is_told_without_the_password() {
        for (text, part) in [
            ("", "empty"),
            ("postgres://a:hunter2@b/c", "not known"),
            ("mysql://a:hunter2@b", "database is missing"),
            ("mysql://a:hunter2@b/", "database is missing"),
            ("mysql://b/c", "user is missing"),
            ("mysql://a:hunter2@b:99999/c", "port"),
            ("mysql://a:hunter2%zz@b/c", "hexadecimal"),
            ("mysql://a:hunter2%@b/c", "hexadecimal"),
            ("mysql://a@b/c?hunter2", "option"),
        ] {
            let error = parse(text, None).err().expect(text);
            assert!(error.message.contains(part), "{text}: {error}");
            assert!(!error.to_string().contains("hunter2"), "{error}");
        }
    }
}
