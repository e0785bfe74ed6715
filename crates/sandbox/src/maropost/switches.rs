//! The questions that the facts about the platform leave open, each with its possible answers.

use serde::{Deserialize, Serialize};

/// Makes a switch: a question with its possible answers.
macro_rules! switch {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
        pub enum $name { $($(#[$variant_doc])* $variant),+ }

        impl $name {
            /// Every answer.
            pub const ALL: &[Self] = &[$(Self::$variant),+];
        }
    };
}

switch!(
    /// Whether the header `NETOAPI_USERNAME` is looked at. The sources disagree.
    Username {
        /// Most clients never send it, and are let in.
        Ignored,
        /// A key of a person's needs their name, and the global key is refused with any name.
        Enforced,
    }
);
switch!(
    /// How an unknown key is refused.
    RefusedKey {
        /// `Ack` is `Error`, the status 200: what one client saw.
        Ack,
        /// Status 401, which clients are ready for.
        Status401,
        /// Status 403, which clients are ready for.
        Status403,
    }
);
switch!(
    /// A zone of time.
    Zone {
        /// UTC.
        Utc,
        /// The shop's own.
        Shop,
    }
);
switch!(
    /// How a date that was never set is answered.
    NoDate {
        /// `""`.
        Empty,
        /// `0000-00-00 00:00:00`.
        Zero,
    }
);
switch!(
    /// Whether a bound of a filter belongs to what it bounds.
    Bounds {
        /// It does.
        Inclusive,
        /// It does not.
        Exclusive,
    }
);
switch!(
    /// What happens with an output selector that is not documented.
    UnknownSelector {
        /// The whole request is an error: what one connector saw.
        RefuseRequest,
        /// It is passed over: what two clients rely on.
        Ignore,
    }
);
switch!(
    /// What happens with an undocumented field that is written.
    UnknownField {
        /// The practice shop says that it does not know.
        NotSimulated,
        /// It is passed over.
        Ignore,
    }
);
switch!(
    /// How several values are wrapped in an answer.
    Shapes {
        /// `[{"Category": {…} or […]}]`, and pictures in a bare array: as it was seen.
        Observed,
        /// `{"Category": […]}`: as it is documented.
        Documented,
    }
);
switch!(
    /// How a collection without a row is answered; all of them were seen.
    NoRows {
        /// `""`.
        Text,
        /// `[""]`.
        TextInArray,
        /// `[]`.
        Array,
        /// `{"Category": ""}`.
        Inner,
    }
);
switch!(
    /// How a list of records without one is answered; both were seen.
    NoRecords {
        /// `[]`.
        Array,
        /// `""`.
        Text,
    }
);
switch!(
    /// How `Messages` is shaped; all of them were seen.
    MessageShape {
        /// `{"Warning": {…}}` for one, `{"Warning": […]}` for several.
        OneOrMany,
        /// `{"Warning": […]}` for any number: as it is documented.
        Arrays,
        /// `[{"Warning": {…}}, …]`.
        OuterArray,
    }
);
switch!(
    /// How `UpdateItem` names the item that it wrote; both were recorded.
    UpdatedItem {
        /// `{"SKU": "X"}`.
        Object,
        /// `["X"]`.
        PlainText,
    }
);
switch!(
    /// The words of booleans that are typed as text.
    TextBooleans {
        /// `True` and `False`.
        TrueFalse,
        /// `y` and `n`.
        YesNo,
    }
);
switch!(
    /// What happens with a bad row among others.
    BadRow {
        /// Nothing of the request is written.
        RefuseBatch,
        /// The others stand, and a warning names the row.
        RefuseRow,
    }
);
switch!(
    /// What happens with a text that is too long for its field.
    TooLong {
        /// The row is bad.
        RefuseRow,
        /// The text is cut, and nothing says so.
        Cut,
        /// The text is cut, and a warning says so.
        CutWithWarning,
    }
);
switch!(
    /// What happens with a SKU that has spaces or special characters.
    OddSku {
        /// The row is bad.
        RefuseRow,
        /// It is taken.
        Take,
    }
);
switch!(
    /// Whether the case of a SKU matters when it is looked up.
    SkuCase {
        /// It does.
        Matters,
        /// It does not.
        Ignored,
    }
);
switch!(
    /// What `AddItem` does with a SKU that is there already.
    ExistingSku {
        /// The row is bad.
        Error,
        /// A warning names the row, which is left out; the others stand.
        Warning,
        /// The item is updated.
        Update,
    }
);
switch!(
    /// What happens with a reference to something that is not there.
    BadReference {
        /// The row is bad.
        RefuseRow,
        /// It is left out, and a warning says so.
        IgnoreWithWarning,
    }
);
switch!(
    /// What an empty text means where something else is expected.
    EmptyValue {
        /// The practice shop says that it does not know.
        NotSimulated,
        /// The field is emptied: zero, no.
        Clear,
        /// It is passed over.
        Ignore,
    }
);
switch!(
    /// What becomes of specifics that are there when others are written.
    Specifics {
        /// They stay; those of the same name are replaced.
        Merge,
        /// They go.
        Replace,
    }
);
switch!(
    /// What a quantity without an action means.
    QuantityAction {
        /// The practice shop says that it does not know.
        NotSimulated,
        /// `set`.
        Set,
        /// `increment`.
        Increment,
    }
);
switch!(
    /// Whether stock can fall below zero.
    NegativeStock {
        /// It can.
        Allowed,
        /// It stops at zero.
        StopsAtZero,
    }
);
switch!(
    /// What `OrderLineID` may be when it is written; the documents say integer, and answer text.
    LineId {
        /// `N1000-0`, as it is answered.
        Text,
        /// `0`, the last part of it.
        Integer,
    }
);
switch!(
    /// What becomes of the status of an order of which a part was sent.
    PartSent {
        /// It is as it was written, or stays.
        AsWritten,
        /// It becomes `Pending Dispatch`.
        PendingDispatch,
    }
);
switch!(
    /// What becomes of the stock of an order that was packed and is cancelled, or picked anew.
    UnpackedStock {
        /// It lies in its warehouse again.
        Returns,
        /// It stays away until the merchant counts it.
        StaysAway,
    }
);
