//! Any of the platforms that the facts allow: a client is right when it is right on all of them.

use super::settings::{
    BadReference, BadRow, Bounds, EmptyValue, ExistingSku, LineId, MessageShape, NegativeStock,
    NoDate, NoRecords, NoRows, PartSent, QuantityAction, RefusedKey, Settings, Shapes, SkuCase,
    Specifics, TextBooleans, TooLong, UnknownField, UnknownSelector, UnpackedStock, UpdatedItem,
    Username, Zone,
};
use crate::Random;

impl Settings {
    /// The default settings with every switch turned by chance, but for keys, rate, outage, the
    /// fields of new items and whether odd SKUs are taken.
    pub fn by_chance(random: &mut Random) -> Self {
        let yes = |random: &mut Random| random.below(2) == 0;
        Self {
            username: *random.pick(Username::ALL),
            refused_key: *random.pick(RefusedKey::ALL),
            refused_requests_count: yes(random),
            retry_after: *random.pick(&[None, Some(5), Some(60)]),
            zone_minutes: *random.pick(&[600, 660, 0, -480]),
            current_time: *random.pick(Zone::ALL),
            promotion_written_in: *random.pick(Zone::ALL),
            plain_item_dates: *random.pick(Zone::ALL),
            no_date: *random.pick(NoDate::ALL),
            default_limit: *random.pick(&[None, Some(10), Some(50)]),
            highest_limit: *random.pick(&[None, Some(7), Some(100)]),
            bounds: *random.pick(Bounds::ALL),
            unknown_selector: *random.pick(UnknownSelector::ALL),
            unknown_field: *random.pick(UnknownField::ALL),
            shapes: *random.pick(Shapes::ALL),
            no_rows: *random.pick(NoRows::ALL),
            no_records: *random.pick(NoRecords::ALL),
            one_quantity_bare: yes(random),
            messages: *random.pick(MessageShape::ALL),
            updated_item: *random.pick(UpdatedItem::ALL),
            text_booleans: *random.pick(TextBooleans::ALL),
            bad_row: *random.pick(BadRow::ALL),
            too_long: *random.pick(TooLong::ALL),
            sku_case: *random.pick(SkuCase::ALL),
            existing_sku: *random.pick(ExistingSku::ALL),
            bad_reference: *random.pick(BadReference::ALL),
            empty_value: *random.pick(EmptyValue::ALL),
            price_decimals: *random.pick(&[2, 3, 4]),
            specifics: *random.pick(Specifics::ALL),
            quantity_action: *random.pick(QuantityAction::ALL),
            negative_stock: *random.pick(NegativeStock::ALL),
            stock_moves_date_updated: yes(random),
            unchanged_moves_date_updated: yes(random),
            one_line_bare: yes(random),
            quantity_decimals: *random.pick(&[0, 3]),
            first_line_number: *random.pick(&[0, 1]),
            line_id: *random.pick(LineId::ALL),
            part_sent: *random.pick(PartSent::ALL),
            unpacked_stock: *random.pick(UnpackedStock::ALL),
            ..Self::default()
        }
    }
}
