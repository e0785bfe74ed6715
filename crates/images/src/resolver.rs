//! Names into addresses: only public ones come out, and to these alone is connected. No other
//! answer can come between the check and the connection.

use std::fmt;
use std::net::SocketAddr;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};

use crate::reach::{is_public, private};

/// Asks the system, and leaves out what is not of the public Internet.
pub(crate) struct PublicOnly;

impl Resolve for PublicOnly {
    fn resolve(&self, name: Name) -> Resolving {
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            let public = public(found)?;
            Ok(Box::new(public.into_iter()) as Addrs)
        })
    }
}

/// A name of which every address is private.
#[derive(Debug)]
pub(crate) struct Private;

impl fmt::Display for Private {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&private())
    }
}

impl std::error::Error for Private {}

fn public(found: impl Iterator<Item = SocketAddr>) -> Result<Vec<SocketAddr>, Private> {
    let public: Vec<SocketAddr> = found.filter(|address| is_public(address.ip())).collect();
    if public.is_empty() {
        Err(Private)
    } else {
        Ok(public)
    }
}

#[cfg(test)]
mod tests {
    use super::public;
    use std::net::SocketAddr;

    #[test]
    fn private_answers_are_left_out_and_nothing_else_is_refused() {
        let address = |text: &str| -> SocketAddr { text.parse().unwrap() };
        let (inside, outside) = (address("10.0.0.1:0"), address("1.1.1.1:0"));
        assert_eq!(public([inside, outside].into_iter()).unwrap(), [outside]);
        assert!(public([inside].into_iter()).is_err());
        assert!(public([].into_iter()).is_err());
    }
}
