//! What may be reached from here: the public Internet, and nothing in the house.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use url::{Host, Url};

/// Whether an address belongs to the public Internet: none of this computer, of the network that it
/// stands in, of a carrier's inside, and none that stands for such a one.
pub fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    let is_kept = a == 0
        || address.is_loopback()
        || address.is_private()
        || address.is_link_local()
        || address.is_multicast()
        || address.is_documentation()
        || a >= 240
        // Inside of a carrier's network.
        || (a == 100 && (64..128).contains(&b))
        // Protocol assignments, 6to4 relays, benchmarks.
        || (a == 192 && b == 0 && c == 0)
        || (a == 192 && b == 88 && c == 99)
        || (a == 198 && (b == 18 || b == 19));
    !is_kept
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    if let Some(inside) = embedded(address) {
        return is_public_v4(inside);
    }
    let [first, second, ..] = address.segments();
    // The one range that is given out.
    let is_given_out = first & 0xe000 == 0x2000;
    let is_documentation = first == 0x2001 && second == 0x0db8 || first == 0x3fff;
    // Protocol assignments, Teredo and ORCHID among them.
    let is_kept = first == 0x2001 && second < 0x0200;
    is_given_out && !is_documentation && !is_kept
}

/// The address of the older kind that one of the newer kind leads to.
fn embedded(address: Ipv6Addr) -> Option<Ipv4Addr> {
    let halves = |high: u16, low: u16| {
        let ([a, b], [c, d]) = (high.to_be_bytes(), low.to_be_bytes());
        Ipv4Addr::new(a, b, c, d)
    };
    match address.segments() {
        [0, 0, 0, 0, 0, 0 | 0xffff, high, low] => Some(halves(high, low)),
        [0x64, 0xff9b, 0 | 1, _, _, _, high, low] => Some(halves(high, low)),
        [0x2002, high, low, ..] => Some(halves(high, low)),
        _ => None,
    }
}

/// Checks what an address names before anything is asked for it; a name is checked once more, by
/// what it leads to, when it is connected to. The error is a sentence.
pub(crate) fn check(url: &Url) -> Result<(), String> {
    if url.scheme() != "https" {
        return Err("It leads to an address without https, from where nothing is fetched.".into());
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err("Its address holds a user name or a password.".into());
    }
    let reached = match url.host() {
        None => return Err("Its address names no computer.".into()),
        Some(Host::Domain(name)) => !is_local_name(name),
        Some(Host::Ipv4(address)) => is_public_v4(address),
        Some(Host::Ipv6(address)) => is_public_v6(address),
    };
    if reached { Ok(()) } else { Err(private()) }
}

/// Names that lead nowhere else than into the house.
fn is_local_name(name: &str) -> bool {
    let name = name.trim_end_matches('.').to_ascii_lowercase();
    let ends = |end: &str| {
        name.strip_suffix(end)
            .is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
    };
    ["localhost", "local", "internal"].into_iter().any(ends)
}

/// Why nothing is fetched from a private address.
pub(crate) fn private() -> String {
    "It leads into a private network, from where nothing is fetched.".into()
}

#[cfg(test)]
mod tests {
    use super::{check, is_public};
    use proptest::prelude::*;
    use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
    use url::Url;

    #[test]
    fn only_the_public_internet_is_reached() {
        for address in [
            "0.0.0.0",
            "10.1.2.3",
            "100.64.0.1",
            "100.127.255.255",
            "127.0.0.1",
            "127.9.9.9",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.255",
            "192.0.0.8",
            "192.0.2.1",
            "192.168.0.1",
            "198.18.0.1",
            "224.0.0.1",
            "239.1.1.1",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::127.0.0.1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "64:ff9b::7f00:1",
            "64:ff9b:1::a00:1",
            "2002:7f00:1::",
            "2002:a00:1::1",
            "fc00::1",
            "fdff::1",
            "fe80::1",
            "fec0::1",
            "ff02::1",
            "2001:db8::1",
            "2001::1",
            "100::1",
            "3fff::1",
        ] {
            assert!(!is_public(address.parse().unwrap()), "{address}");
        }
        for address in [
            "1.1.1.1",
            "100.63.0.1",
            "172.32.0.1",
            "8.8.8.8",
            "2606:4700::1111",
            "64:ff9b::808:808",
        ] {
            assert!(is_public(address.parse().unwrap()), "{address}");
        }
    }

    #[test]
    fn an_address_is_checked_however_its_computer_is_written() {
        for address in [
            "https://127.0.0.1/a",
            "https://0x7f.1/a",
            "https://2130706433/a",
            "https://[::1]/a",
            "https://[::ffff:10.0.0.1]/",
            "https://localhost/",
            "https://LOCALHOST./",
            "https://shop.local/",
            "https://metadata.google.internal/",
            "http://a.test/1.jpg",
            "ftp://a.test/1.jpg",
            "https://me:secret@a.test/",
            "file:///etc/passwd",
            "data:image/png,x",
        ] {
            assert!(check(&Url::parse(address).unwrap()).is_err(), "{address}");
        }
        for address in [
            "https://a.test/1.jpg",
            "https://1.1.1.1/",
            "https://thelocal.example/",
        ] {
            assert_eq!(check(&Url::parse(address).unwrap()), Ok(()), "{address}");
        }
    }

    proptest! {
        #[test]
        fn the_newer_kind_of_address_gives_no_way_into_the_house(bits in any::<u32>()) {
            let inside = Ipv4Addr::from_bits(bits);
            let [a, b, c, d] = inside.octets();
            let pairs = [u16::from_be_bytes([a, b]), u16::from_be_bytes([c, d])];
            let same = is_public(IpAddr::V4(inside));
            let mapped = IpAddr::V6(inside.to_ipv6_mapped());
            let translated = IpAddr::V6(Ipv6Addr::new(0x64, 0xff9b, 0, 0, 0, 0, pairs[0], pairs[1]));
            prop_assert_eq!(is_public(mapped), same);
            prop_assert_eq!(is_public(translated), same);
        }
    }
}
