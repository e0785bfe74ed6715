//! Units of weights, lengths and volumes. A field keeps kilograms, metres or cubic metres; what a file writes
//! in another unit is converted exactly, or refused.

use domain::catalog::product;
use domain::record::Field;
use domain::values::Decimal;

use super::number::Number;

/// What a unit measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Measure {
    /// In kilograms.
    Weight,
    /// In metres.
    Length,
    /// In cubic metres.
    Volume,
}

impl Measure {
    /// What a field measures.
    pub(super) fn of(field: Field) -> Option<Self> {
        let measures: [(&[Field], Self); 3] = [
            (&[product::WEIGHT], Self::Weight),
            (
                &[product::LENGTH, product::WIDTH, product::HEIGHT],
                Self::Length,
            ),
            (&[product::CUBIC], Self::Volume),
        ];
        let mut measures = measures.into_iter();
        let found = measures.find(|(fields, _)| fields.contains(&field));
        found.map(|(_, measure)| measure)
    }

    /// The unit of its fields.
    pub(super) const fn unit(self) -> &'static str {
        match self {
            Self::Weight => "kg",
            Self::Length => "m",
            Self::Volume => "m³",
        }
    }

    /// What it is called, with an example of how it is written.
    pub(super) const fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Weight => ("a weight", "0.5, or 500 g"),
            Self::Length => ("a length", "0.2, or 20 cm"),
            Self::Volume => ("a volume", "0.002, or 2 l"),
        }
    }
}

/// A unit: how many of the field's own unit it is, as a fraction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unit {
    /// Its name, as people write it beside a number.
    pub name: &'static str,
    pub(super) measure: Measure,
    over: i64,
    under: i64,
}

const fn unit(name: &'static str, measure: Measure, over: i64, under: i64) -> Unit {
    Unit {
        name,
        measure,
        over,
        under,
    }
}

/// Each with its other names, separated by bars.
const UNITS: &[(Unit, &str)] = &[
    (
        unit("kg", Measure::Weight, 1, 1),
        "kgs|kilo|kilos|kilogram|kilograms|kilogramm",
    ),
    (
        unit("g", Measure::Weight, 1, 1_000),
        "gr|gm|gms|gram|grams|gramm|grammes",
    ),
    (
        unit("mg", Measure::Weight, 1, 1_000_000),
        "milligram|milligrams",
    ),
    (
        unit("t", Measure::Weight, 1_000, 1),
        "tonne|tonnes|ton (metric)",
    ),
    (
        unit("lb", Measure::Weight, 45_359_237, 100_000_000),
        "lbs|lbm|pound|pounds",
    ),
    (
        unit("oz", Measure::Weight, 45_359_237, 1_600_000_000),
        "ozs|ounce|ounces",
    ),
    (
        unit("m", Measure::Length, 1, 1),
        "metre|metres|meter|meters|mtr|mtrs",
    ),
    (unit("dm", Measure::Length, 1, 10), "decimetre|decimetres"),
    (
        unit("cm", Measure::Length, 1, 100),
        "cms|centimetre|centimetres|centimeter|centimeters",
    ),
    (
        unit("mm", Measure::Length, 1, 1_000),
        "millimetre|millimetres|millimeter|millimeters",
    ),
    (
        unit("km", Measure::Length, 1_000, 1),
        "kilometre|kilometres",
    ),
    (
        unit("in", Measure::Length, 254, 10_000),
        "inch|inches|\"|″|”|''|zoll",
    ),
    (
        unit("ft", Measure::Length, 3_048, 10_000),
        "foot|feet|'|′|’",
    ),
    (unit("yd", Measure::Length, 9_144, 10_000), "yds|yard|yards"),
    (
        unit("m³", Measure::Volume, 1, 1),
        "m3|m^3|cbm|cu m|cum|cubic metre|cubic metres|cubic meter|cubic meters",
    ),
    (
        unit("l", Measure::Volume, 1, 1_000),
        "ltr|litre|litres|liter|liters|dm3|dm³",
    ),
    (
        unit("cl", Measure::Volume, 1, 100_000),
        "centilitre|centilitres",
    ),
    (
        unit("ml", Measure::Volume, 1, 1_000_000),
        "millilitre|millilitres|cc|cm3|cm³",
    ),
    (unit("mm³", Measure::Volume, 1, 1_000_000_000), "mm3"),
    (
        unit("ft³", Measure::Volume, 28_316_846_592, 1_000_000_000_000),
        "ft3|cu ft|cuft|cft|cubic foot|cubic feet",
    ),
    (
        unit("in³", Measure::Volume, 16_387_064, 1_000_000_000_000),
        "in3|cu in|cubic inch|cubic inches",
    ),
];

impl Unit {
    /// The unit of `measure` that is written like this.
    pub(super) fn named(text: &str, measure: Measure) -> Option<Self> {
        let name = text.trim().trim_end_matches('.').to_lowercase();
        let is_named = |(unit, others): &&(Unit, &str)| {
            unit.measure == measure
                && (unit.name == name || others.split('|').any(|other| other == name))
        };
        UNITS.iter().find(is_named).map(|(unit, _)| *unit)
    }

    /// Whether it is the field's own.
    pub const fn is_own(self) -> bool {
        self.over == self.under
    }

    /// A number of it in the field's own unit; nothing when that is too large.
    pub(super) fn convert(self, number: Number) -> Option<Number> {
        let (over, under) = (i128::from(self.over), i128::from(self.under));
        let scaled = i128::from(number.value.units()) * over;
        let half = if scaled < 0 { -(under / 2) } else { under / 2 };
        let units = i64::try_from((scaled + half) / under).ok()?;
        let is_exact = scaled % under == 0 && !number.rounded;
        (units.unsigned_abs() <= Decimal::MAX.units().unsigned_abs()).then_some(Number {
            value: Decimal::from_units(units),
            rounded: !is_exact,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn converted(text: &str, unit: &str, measure: Measure) -> (String, bool) {
        let number = Number {
            value: Decimal::parse_plain(text).unwrap(),
            rounded: false,
        };
        let converted = Unit::named(unit, measure).unwrap().convert(number).unwrap();
        (converted.value.to_string(), converted.rounded)
    }

    #[test]
    fn a_number_of_one_unit_is_converted_into_the_fields_own() {
        for (text, unit, measure, expected, rounded) in [
            ("500", "g", Measure::Weight, "0.5", false),
            ("2", "lb", Measure::Weight, "0.9072", true),
            ("100", "LBS", Measure::Weight, "45.3592", true),
            ("4", "oz", Measure::Weight, "0.1134", true),
            ("1.5", "t", Measure::Weight, "1500", false),
            ("500", "mg", Measure::Weight, "0.0005", false),
            ("20", "cm", Measure::Length, "0.2", false),
            ("8", "in", Measure::Length, "0.2032", false),
            ("12", "\"", Measure::Length, "0.3048", false),
            ("6", "ft.", Measure::Length, "1.8288", false),
            ("-6", "ft", Measure::Length, "-1.8288", false),
            ("2", "l", Measure::Volume, "0.002", false),
            ("1", "cubic feet", Measure::Volume, "0.0283", true),
        ] {
            let found = converted(text, unit, measure);
            assert_eq!(found, (expected.to_owned(), rounded), "{text} {unit}");
        }
    }

    #[test]
    fn a_unit_belongs_to_what_it_measures() {
        for (text, measure) in [
            ("cm", Measure::Weight),
            ("g", Measure::Length),
            ("m", Measure::Volume),
            ("pcs", Measure::Weight),
            ("$", Measure::Length),
            ("", Measure::Weight),
        ] {
            assert_eq!(Unit::named(text, measure), None, "{text}");
        }
    }

    #[test]
    fn what_is_too_large_is_refused() {
        let number = Number {
            value: Decimal::MAX,
            rounded: false,
        };
        assert_eq!(
            Unit::named("t", Measure::Weight).unwrap().convert(number),
            None
        );
    }
}
