//! What is odd about orders, as in real shops: each oddity at fixed places.

/// What is odd about an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Oddity {
    /// Nothing.
    Plain,
    /// Bought without an account.
    Guest,
    /// Picked up: nothing is sent anywhere.
    PickUp,
    /// An address without zip and last name.
    BrokenAddress,
    /// Paid in another currency.
    OtherMoney,
    /// What was bought is no longer in the shop.
    DeletedProduct,
    /// Sent in part.
    PartlySent,
    /// Held back.
    Held,
    /// Cancelled, with the money given back.
    Cancelled,
    /// One unit was refunded.
    PartlyRefunded,
    /// A unit was taken out afterwards.
    TakenOut,
    /// A line is reduced.
    LineDiscount,
    /// The whole order is reduced by a code.
    Code,
    /// Something that is no product.
    CustomItem,
    /// Sent from two places.
    TwoPlaces,
    /// A gift card: nothing is sent.
    GiftCard,
    /// A note, tags and emoji.
    Notes,
    /// An order to try the checkout out.
    Test,
    /// Tax comes on top, two of them.
    TaxOnTop,
    /// Not paid yet.
    Pending,
    /// The money is only reserved.
    Authorized,
    /// To be sent at a later time.
    Scheduled,
    /// Sixty lines.
    ManyLines,
    /// A line came afterwards, and is not paid.
    LineAdded,
    /// All the money was given back, the goods were kept.
    Refunded,
    /// A company with an order number of its own and without tax.
    Company,
    /// Sold in the shop and taken along.
    OverTheCounter,
    /// It cost nothing.
    Free,
    /// Reached by phone alone.
    PhoneOnly,
    /// Reserved money that can no longer be taken.
    Expired,
    /// Reserved money that was let go.
    Voided,
    /// Put in by another program, which says nothing of money.
    Unpriced,
    /// Sent, and the parcel has no number.
    NoNumber,
    /// Sent in two parcels with two carriers.
    TwoParcels,
}

/// The oddity of each place; after the last it begins anew.
const ORDER: [Oddity; 48] = {
    use Oddity::*;
    [
        Guest,
        PickUp,
        BrokenAddress,
        OtherMoney,
        DeletedProduct,
        PartlySent,
        Held,
        Cancelled,
        PartlyRefunded,
        TakenOut,
        LineDiscount,
        Code,
        CustomItem,
        TwoPlaces,
        GiftCard,
        Notes,
        Test,
        TaxOnTop,
        Pending,
        Authorized,
        Scheduled,
        ManyLines,
        LineAdded,
        Refunded,
        Company,
        OverTheCounter,
        Free,
        PhoneOnly,
        Expired,
        Voided,
        Unpriced,
        NoNumber,
        TwoParcels,
        OtherMoney,
        Plain,
        Plain,
        Plain,
        Plain,
        Plain,
        Plain,
        Plain,
        Plain,
        Plain,
        Plain,
        Plain,
        Plain,
        Plain,
        Plain,
    ]
};

/// What is odd about the order at a place. Places are counted from the newest, so that what is odd is
/// also in the last days.
pub(super) fn oddity(place: u64) -> Oddity {
    let place = usize::try_from(place).unwrap_or_default();
    ORDER[place % ORDER.len()]
}
