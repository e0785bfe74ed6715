//! Who may do what to whom: no person gives a right that they lack, takes power from a person with
//! more, or raises themselves.

use std::collections::BTreeSet;

use super::role::Rights;
use crate::record::Permission;

/// Why a person with the rights `own` may not change an account or role with the rights `theirs`;
/// nothing when they may. `whose` begins the sentence, such as "Ada" or "The role Packer".
pub fn refuse_change(own: &Rights, theirs: &Rights, whose: &str) -> Option<String> {
    if theirs.is_everything() && !own.is_everything() {
        return Some(format!(
            "{whose} has all rights, and only an owner may change that."
        ));
    }
    let lacking = own.lack_of(theirs);
    let first = lacking.first()?;
    Some(format!("{whose} may {}, and you may not.", first.label()))
}

/// Why a person with the rights `own` may not give the rights `given`; nothing when they may.
pub fn refuse_gift(own: &Rights, given: &Rights) -> Option<String> {
    if given.is_everything() && !own.is_everything() {
        return Some("Only an owner can make another owner.".into());
    }
    let lacking = own.lack_of(given);
    let first = lacking.first()?;
    Some(format!(
        "You may not {} yourself, so you cannot give that right.",
        first.label()
    ))
}

/// Why these permissions make no role; nothing when they do.
pub fn check_permissions(permissions: &BTreeSet<Permission>) -> Option<String> {
    if permissions.is_empty() {
        return Some("A role has at least one right.".into());
    }
    for permission in permissions {
        let missing = permission.needs().iter();
        if let Some(need) = missing.copied().find(|need| !permissions.contains(need)) {
            return Some(format!(
                "A role that may {} must also be allowed to {}.",
                permission.label(),
                need.label()
            ));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{check_permissions, refuse_change, refuse_gift};
    use crate::people::{BuiltInRole, Rights};
    use crate::record::Permission;

    #[test]
    fn nobody_gives_or_touches_more_than_they_have() {
        let [owner, manager, _, viewer] = BuiltInRole::ALL.map(Rights::from);
        let clerk = Rights::of([Permission::ManageUsers, Permission::ViewProducts]);
        let all = Rights::of(Permission::ALL.iter().copied());
        for (own, theirs, allowed) in [
            (&owner, &owner, true),
            (&owner, &all, true),
            (&all, &all, true),
            (&all, &owner, false),
            (&clerk, &viewer, true),
            (&clerk, &clerk, true),
            (&clerk, &manager, false),
            (&manager, &clerk, false),
        ] {
            assert_eq!(refuse_change(own, theirs, "Ada").is_none(), allowed);
            assert_eq!(refuse_gift(own, theirs).is_none(), allowed);
        }
        assert_eq!(
            refuse_change(&clerk, &manager, "Max").unwrap(),
            "Max may see costs, and you may not."
        );
        assert_eq!(
            refuse_gift(&all, &owner).unwrap(),
            "Only an owner can make another owner."
        );
    }

    #[test]
    fn a_right_comes_with_what_it_needs() {
        let check =
            |list: &[Permission]| check_permissions(&list.iter().copied().collect::<BTreeSet<_>>());
        assert_eq!(check(&[Permission::ViewProducts, Permission::Export]), None);
        assert_eq!(
            check(&[Permission::ManageUsers]),
            None,
            "a personnel office"
        );
        assert_eq!(
            check(&[Permission::Export]).unwrap(),
            "A role that may export products must also be allowed to see products."
        );
        assert!(check(&[]).unwrap().contains("at least one"));
    }
}
