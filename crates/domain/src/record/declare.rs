//! The way in which a kind declares its fields, so that each has a typed name.

/// Declares the fields of a kind: a constant for each, `At` with their places, and `FIELDS`.
///
/// ```text
/// fields! {
///     of SUPPLIER;
///     CODE "code" Code "Code".required().help("What you call the supplier.");
/// }
/// ```
#[macro_export]
macro_rules! fields {
    (
        of $of:ident;
        $($name:ident $key:literal $kind:ident $label:literal
            $(.$with:ident($($arg:expr),*))*;)*
    ) => {
        #[expect(clippy::upper_case_acronyms, non_camel_case_types, reason = "named as the constants")]
        #[repr(u8)]
        enum At { $($name),* }

        $(
            #[doc = concat!($label, ".")]
            pub const $name: $crate::record::Field =
                $crate::record::Field::Fixed($of, At::$name as u8);
        )*

        static FIELDS: &[$crate::record::FieldDef] = &[
            $($crate::record::FieldDef::new($key, $label, $crate::record::FieldKind::$kind)
                $(.$with($($arg),*))*),*
        ];
    };
}

/// Declares the sections of the form of a kind, as `SECTIONS`, after its fields.
///
/// ```text
/// sections! {
///     "Basics": NAME, CODE, ACTIVE;
/// }
/// ```
#[macro_export]
macro_rules! sections {
    ($($title:literal: $($name:ident),+;)*) => {
        static SECTIONS: &[$crate::record::SectionDef] = &[
            $($crate::record::SectionDef {
                title: $title,
                fields: &[$(At::$name as u8),+],
            }),*
        ];
    };
}

pub use {fields, sections};
