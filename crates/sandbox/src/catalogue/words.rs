//! What goods are called. All of it is made up.

pub(super) const BRANDS: [&str; 12] = [
    "Alder & Finch",
    "Bramblewick",
    "Copperleaf",
    "Dunmore",
    "Eastwold",
    "Fernhill",
    "Gannet",
    "Hearthstone",
    "Islay Works",
    "Juniper Row",
    "Kestrel",
    "Larkspur",
];

pub(super) const SORTS: [(&str, &str); 12] = [
    ("Mug", "Mugs"),
    ("Shirt", "Shirts"),
    ("Lamp", "Lamps"),
    ("Notebook", "Stationery"),
    ("Kettle", "Kitchen"),
    ("Blanket", "Bedding"),
    ("Backpack", "Bags"),
    ("Candle", "Candles"),
    ("Clock", "Clocks"),
    ("Vase", "Vases"),
    ("Scarf", "Scarves"),
    ("Tray", "Kitchen"),
];

pub(super) const ADJECTIVES: [&str; 16] = [
    "Amber", "Birch", "Calm", "Dusky", "Early", "Folded", "Gentle", "Hollow", "Ivory", "Knitted",
    "Little", "Mossy", "Northern", "Oaken", "Plain", "Quiet",
];

pub(super) const COLOURS: [&str; 16] = [
    "Red", "Blue", "Green", "Sand", "Slate", "Ivory", "Ochre", "Plum", "Teal", "Rust", "Black",
    "White", "Moss", "Sky", "Rose", "Smoke",
];

pub(super) const SIZES: [&str; 8] = ["XS", "S", "M", "L", "XL", "XXL", "3XL", "4XL"];

pub(super) const MATERIALS: [&str; 16] = [
    "Cotton",
    "Linen",
    "Wool",
    "Hemp",
    "Silk",
    "Felt",
    "Oak",
    "Ash",
    "Steel",
    "Brass",
    "Glass",
    "Clay",
    "Cork",
    "Jute",
    "Bamboo",
    "Slate stone",
];

pub(super) const TAGS: [&str; 10] = [
    "new",
    "gift",
    "sale",
    "summer",
    "winter",
    "handmade",
    "organic",
    "outlet",
    "bestseller",
    "last chance",
];

pub(super) const SENTENCES: [&str; 8] = [
    "Made in small numbers by people who use it themselves.",
    "It is washed once before it leaves the workshop.",
    "The colour may differ a little from the picture.",
    "Keep it dry and it will outlast its owner.",
    "Each one is checked by hand.",
    "It comes in a box made of old boxes.",
    "The handle stays cool for longer than most.",
    "Spare parts can be had for ten years.",
];
