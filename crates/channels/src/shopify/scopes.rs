//! What the app must be allowed in the shop.

use crate::channel::CheckProblem;

/// A right, what it is for, and whether nothing goes without it.
const NEEDED: [(&str, &str, bool); 3] = [
    ("write_products", "to read and change products", true),
    (
        "write_inventory",
        "to read and change stock, costs and weights",
        true,
    ),
    (
        "read_locations",
        "to know the places in which stock lies",
        false,
    ),
];

/// One problem for each right that is not among those granted.
pub(super) fn missing(granted: &[&str]) -> Vec<CheckProblem> {
    let lacks = |(scope, _, _): &&(&str, &str, bool)| {
        let written = scope.replace("read_", "write_");
        !granted.contains(scope) && !granted.contains(&written.as_str())
    };
    let missing = NEEDED.iter().filter(lacks);
    missing
        .map(|(scope, purpose, is_fatal)| CheckProblem {
            message: format!("The app lacks the access scope {scope}, which it needs {purpose}."),
            hint: format!(
                "Add {scope} to the scopes of the app in Shopify, release it, and approve it in the shop."
            ),
            is_fatal: *is_fatal,
        })
        .collect()
}

/// Whether a right is among those granted; who may write may read.
pub(super) fn has(granted: &[&str], scope: &str) -> bool {
    granted.contains(&scope) || granted.contains(&scope.replace("read_", "write_").as_str())
}
