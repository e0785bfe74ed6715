//! Where requests may go, and what a broken connection means.

use channels::failure::FailureKind;
use channels::http::shop_address;

#[test]
fn a_shop_is_reached_by_https_or_on_this_computer() {
    for (typed, address) in [
        ("north.myshopify.com", "https://north.myshopify.com/"),
        (
            " https://north.neto.com.au/do/x?y=1#z ",
            "https://north.neto.com.au/do/x",
        ),
        ("http://127.0.0.1:4001", "http://127.0.0.1:4001/"),
        ("http://localhost:4001", "http://localhost:4001/"),
        ("http://[::1]:4001", "http://[::1]:4001/"),
    ] {
        assert_eq!(shop_address(typed).unwrap().as_str(), address, "{typed}");
    }
    for typed in [
        "http://north.example",
        "http://192.168.1.4",
        "ftp://north.example",
        "https://ada:secret@north.example",
        "",
        "https://",
    ] {
        let refused = shop_address(typed).unwrap_err();
        assert_eq!(refused.kind, FailureKind::Denied, "{typed}");
        assert!(!refused.message.contains("secret"), "{refused}");
    }
}
