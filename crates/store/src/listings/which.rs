//! Which listings of a channel are meant, and how the database tells them.

use domain::channel::{LinkState, Sight};

/// Which listings of a channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WhichListings<'a> {
    /// Those that stand so to our products.
    Link(LinkState),
    /// Those of which something is to be synced: linked ones of which a side changed, and those that are
    /// wanted on one side.
    ToSync(Sight),
    /// Those of which both sides changed the same field, as far as a plan told.
    Disputed(Sight),
    /// Everything that is linked.
    Linked,
    /// Those that something keeps from being in step.
    WithProblem(Sight),
    /// Those of which something is on its way.
    Pending(Sight),
    /// Those that are linked, and gone from the shop.
    Gone,
    /// Those with this text in SKU, barcode or title.
    Found(&'a str),
}

/// What holds for linked listings of which a side changed.
pub(super) const fn changed(sight: Sight) -> &'static str {
    match sight {
        Sight::Whole => {
            "l.gone = 0 and (l.dirty = 1 or l.agreed_version <> \
             (select p.version from products p where p.id = l.record_id))"
        }
        Sight::Open => {
            "l.gone = 0 and (l.open_dirty = 1 or l.open_version <> \
             (select p.version from products p where p.id = l.record_id))"
        }
    }
}

/// What holds for linked listings of which both sides changed the same field.
pub(super) const fn disputed(sight: Sight) -> &'static str {
    match sight {
        Sight::Whole => "l.gone = 0 and l.dispute > 0",
        Sight::Open => "l.gone = 0 and l.dispute = 1",
    }
}

/// What holds for listings that something keeps from being in step.
pub(super) const fn with_problem(sight: Sight) -> &'static str {
    match sight {
        Sight::Whole => "l.has_problem > 0",
        Sight::Open => "l.has_problem = 1",
    }
}

/// What holds for listings of which something is on its way.
pub(super) const fn pending(sight: Sight) -> &'static str {
    match sight {
        Sight::Whole => "l.has_pending > 0",
        Sight::Open => "l.has_pending = 1",
    }
}

/// Every way in which a listing stands to our products.
const STATES: [LinkState; 5] = [
    LinkState::Unmatched,
    LinkState::Linked,
    LinkState::Ignored,
    LinkState::WantedHere,
    LinkState::WantedThere,
];

impl WhichListings<'_> {
    /// How they stand to our products, with what holds besides. The index has all of it, and each part in the
    /// order of the pages. None for those that are found by a text.
    pub(super) fn parts(self) -> Option<Vec<(LinkState, &'static str)>> {
        let linked = |condition| Some(vec![(LinkState::Linked, condition)]);
        let all = |condition| Some(STATES.map(|link| (link, condition)).to_vec());
        match self {
            WhichListings::Link(link) => Some(vec![(link, "1 = 1")]),
            WhichListings::ToSync(sight) => Some(vec![
                (LinkState::Linked, changed(sight)),
                (LinkState::WantedHere, "1 = 1"),
                (LinkState::WantedThere, "1 = 1"),
            ]),
            WhichListings::Disputed(sight) => linked(disputed(sight)),
            WhichListings::Linked => linked("1 = 1"),
            WhichListings::WithProblem(sight) => all(with_problem(sight)),
            WhichListings::Pending(sight) => all(pending(sight)),
            WhichListings::Gone => linked("l.gone = 1"),
            WhichListings::Found(_) => None,
        }
    }
}
