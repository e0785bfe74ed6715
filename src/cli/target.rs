//! Which workspace is meant: a file, or the address of a database.

use std::path::PathBuf;

use backstock::commands::location::{SharedAddress, TlsMode};
use domain::error::{Code, Error, Result};
use percent_encoding::percent_decode_str;
use url::{Host, ParseError, Url};

/// The workspace that was named.
#[derive(PartialEq, Eq)]
pub enum Target {
    /// A file.
    File(PathBuf),
    /// A database.
    Shared(SharedAddress),
}

impl Target {
    /// Reads what was typed after `--workspace`. The password of a database may come from
    /// `fallback_password` instead.
    pub fn parse(text: &str, fallback_password: Option<String>) -> Result<Self> {
        match text.split_once("://") {
            Some(("mysql" | "mariadb", _)) => {
                parse_address(text, fallback_password).map(Self::Shared)
            }
            Some((scheme, _)) => Err(malformed(&format!("\"{scheme}\" is not known"))),
            None if text.trim().is_empty() => Err(malformed("it is empty")),
            None => Ok(Self::File(text.into())),
        }
    }
}

/// Whether an address has a password in it.
pub fn has_password(text: &str) -> bool {
    Url::parse(text).is_ok_and(|url| url.password().is_some_and(|password| !password.is_empty()))
}

fn parse_address(text: &str, fallback_password: Option<String>) -> Result<SharedAddress> {
    let url = Url::parse(text).map_err(|error| match error {
        ParseError::InvalidPort => malformed("the port is not a number up to 65535"),
        ParseError::EmptyHost => malformed("the host is missing"),
        _ => malformed("the host is not one"),
    })?;
    let host = match url.host() {
        // An IPv6 address stands in brackets there and without them here.
        Some(Host::Ipv6(number)) => number.to_string(),
        Some(host) => decode(&host.to_string())?,
        None => String::new(),
    };
    let address = SharedAddress {
        host,
        port: url.port().unwrap_or(3306),
        database: decode(url.path().trim_start_matches('/'))?,
        user: decode(url.username())?,
        password: match url.password() {
            Some(password) => decode(password)?,
            None => fallback_password.unwrap_or_default(),
        },
        tls: parse_tls(&url)?,
    };
    for (part, name) in [
        (&address.user, "user"),
        (&address.host, "host"),
        (&address.database, "database"),
    ] {
        if part.is_empty() {
            return Err(malformed(&format!("the {name} is missing")));
        }
    }
    Ok(address)
}

fn parse_tls(url: &Url) -> Result<TlsMode> {
    let mut tls = TlsMode::default();
    for (key, value) in url.query_pairs() {
        tls = match (&*key, &*value) {
            ("tls", "off") => TlsMode::Off,
            ("tls", "required") => TlsMode::Required,
            ("tls", "verify") => TlsMode::Verify,
            // The option is not repeated: a password may have been typed there by mistake.
            _ => return Err(malformed("an option is not known")),
        };
    }
    Ok(tls)
}

/// Undoes percent-encoding.
fn decode(text: &str) -> Result<String> {
    let decoded = percent_decode_str(text).decode_utf8();
    decoded
        .map(|text| text.into_owned())
        .map_err(|_| malformed("it is not UTF-8"))
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
    use backstock::commands::location::{SharedAddress, TlsMode};

    use super::{Target, has_password};

    fn shared(text: &str) -> SharedAddress {
        match Target::parse(text, Some("from-env".into())) {
            Ok(Target::Shared(address)) => address,
            Ok(Target::File(path)) => panic!("{}", path.display()),
            Err(error) => panic!("{error}"),
        }
    }

    #[test]
    fn a_path_is_a_file_and_a_url_is_a_database() {
        for text in ["shop.sqlite", "/srv/shop.sqlite", "C:\\Shop\\shop.sqlite"] {
            assert!(
                Target::parse(text, None).is_ok_and(|target| target == Target::File(text.into()))
            );
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
    fn a_password_may_have_any_sign() {
        let address = shared("mysql://ada:a@b%2Fc@db.example/shop%20one");
        assert_eq!(address.password, "a@b/c");
        assert_eq!(address.database, "shop one");
        assert!(has_password("mysql://ada:hunter2@db.example/shop"));
        for without in [
            "mysql://ada@db.example/shop",
            "shop.sqlite",
            "C:\\Shop\\a:b@c",
        ] {
            assert!(!has_password(without), "{without}");
        }
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
            ("mysql://a:hunter2%ff@b/c", "UTF-8"),
            ("mysql://a:hunter2@b c/d", "host"),
            ("mysql://a:hunter2@/d", "host is missing"),
            ("mysql://a@b/c?hunter2", "option"),
        ] {
            let error = Target::parse(text, None).err().expect(text);
            assert!(error.message.contains(part), "{text}: {error}");
            assert!(!error.to_string().contains("hunter2"), "{error}");
        }
    }
}
