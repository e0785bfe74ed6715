//! The operations that are sent, one file each.

/// An operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Document {
    /// Its name.
    pub name: &'static str,
    /// Its text.
    pub text: &'static str,
}

macro_rules! documents {
    ($($constant:ident = $name:literal: $first:literal $(+ $more:literal)*;)*) => {
        $(pub(super) const $constant: Document = Document {
            name: $name,
            text: concat!(
                include_str!(concat!("documents/", $first, ".graphql")),
                $(include_str!(concat!("documents/", $more, ".graphql")),)*
            ),
        };)*

        /// Every operation that is sent, and the query of the export.
        pub const ALL: &[Document] = &[$($constant),*];
    };
}

documents! {
    CONNECTION = "Connection": "connection";
    LOCATIONS = "Locations": "locations";
    CURRENCY = "Currency": "currency";
    METAFIELD_DEFINITIONS = "MetafieldDefinitions": "metafield_definitions";
    METAFIELDS_DELETE = "MetafieldsDelete": "metafields_delete";
    DEFINE_KEY = "DefineKey": "define_key";
    COUNT = "Count": "count";
    PRODUCT_PAGE = "ProductPage": "product_page" + "product_fields" + "variant_fields" + "picture_fields";
    ITEMS = "Items": "items" + "product_fields" + "variant_fields" + "picture_fields";
    FAMILY = "Family": "family" + "product_fields" + "variant_fields" + "picture_fields";
    MORE_VARIANTS = "MoreVariants": "more_variants" + "variant_fields";
    MORE_MEDIA = "MoreMedia": "more_media" + "picture_fields";
    MORE_METAFIELDS = "MoreMetafields": "more_metafields";
    EXPORT = "Export": "export" + "product_fields" + "variant_fields" + "picture_fields";
    KEY_EXPORT = "KeyExport": "key_export";
    RUN_EXPORT = "RunExport": "run_export";
    OPERATION = "Operation": "operation";
    OPERATIONS = "Operations": "operations";
    PRODUCT_UPDATE = "ProductUpdate": "product_update" + "changed";
    PRODUCT_FILES = "ProductFiles": "product_files";
    VARIANTS_UPDATE = "VariantsUpdate": "variants_update";
    PICTURES = "Pictures": "pictures" + "picture_fields";
    OPTIONS = "Options": "options";
    STAGE = "Stage": "stage";
    RUN_MUTATION = "RunMutation": "run_mutation";
    PRODUCT_CREATE = "ProductCreate": "product_create" + "product_fields" + "variant_fields" + "picture_fields";
    PRODUCTS_CREATE = "ProductsCreate": "products_create" + "product_fields" + "variant_fields";
    PRODUCT_CREATE_LATER = "ProductCreateLater": "product_create_later";
    PRODUCT_OPERATION = "ProductOperation": "product_operation";
    VARIANTS_CREATE = "VariantsCreate": "variants_create" + "variant_fields";
    BY_KEY = "ByKey": "by_key";
    BY_KEYS = "ByKeys": "by_keys";
    BY_SKUS = "BySkus": "by_skus";
    ORDER_PAGE = "OrderPage": "order_page" + "order_fields" + "order_line_fields" + "shipment_fields";
    ORDERS = "Orders": "orders" + "order_fields" + "order_line_fields" + "shipment_fields";
    MORE_LINES = "MoreLines": "more_lines" + "order_line_fields";
    SHIPMENTS = "Shipments": "shipments" + "shipment_fields";
    MORE_CONTENTS = "MoreContents": "more_contents";
    STOCK = "Stock": "stock";
    SET_STOCK = "SetStock": "set_stock";
}
