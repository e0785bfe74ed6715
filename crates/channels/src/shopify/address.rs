//! Where a shop is, by what people copy from their browsers.

use url::Url;

use crate::failure::Answered;
use crate::http::shop_address;

/// Where every shop has its own address.
const SHOPS: &str = "myshopify.com";
/// Where the windows of all shops are.
const ADMIN: &str = "admin.shopify.com";

/// The address of the shop that is meant: `north`, `north.myshopify.com` or
/// `https://admin.shopify.com/store/north/products`.
pub(crate) fn window(typed: &str) -> Answered<Url> {
    let mut url = shop_address(typed)?;
    let host = url.host_str().unwrap_or_default().to_owned();
    let mut path = url.path().split('/').filter(|part| !part.is_empty());
    let is_bare = url.scheme() == "https" && !host.contains(['.', ':']);
    let name = match (host.as_str(), path.next(), path.next()) {
        (ADMIN, Some("store"), Some(name)) => Some(name.to_owned()),
        _ if is_bare => Some(host),
        _ => None,
    };
    url.set_path("/");
    if let Some(name) = name {
        return shop_address(&format!("{name}.{SHOPS}"));
    }
    Ok(url)
}

#[cfg(test)]
mod tests {
    use super::window;

    #[test]
    fn a_shop_is_meant_by_its_name_its_address_or_that_of_its_admin() {
        for (typed, address) in [
            ("north", "https://north.myshopify.com/"),
            (" north.myshopify.com ", "https://north.myshopify.com/"),
            (
                "https://north.myshopify.com/admin/products?x=1",
                "https://north.myshopify.com/",
            ),
            (
                "https://admin.shopify.com/store/north/products/7",
                "https://north.myshopify.com/",
            ),
            (
                "admin.shopify.com/store/north",
                "https://north.myshopify.com/",
            ),
            ("http://127.0.0.1:4001/x", "http://127.0.0.1:4001/"),
            ("http://localhost:4001", "http://localhost:4001/"),
            ("https://[::1]:4001", "https://[::1]:4001/"),
        ] {
            assert_eq!(window(typed).unwrap().as_str(), address, "{typed}");
        }
        for typed in [
            "",
            "http://north.myshopify.com",
            "https://admin.shopify.com/store/a b@c",
        ] {
            let url = window(typed).map(|url| url.to_string());
            assert!(url.is_err() || !url.unwrap().contains('@'), "{typed}");
        }
    }
}
