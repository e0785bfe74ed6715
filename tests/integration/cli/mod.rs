//! The command line, as a script uses it: the real program, its exit codes, its JSON.

mod channels;
mod custom_fields;
mod disk;
mod failures;
mod faults;
mod history;
mod images;
mod imports;
#[cfg(unix)]
mod interrupt;
mod older;
mod people;
mod pipe;
mod products;
mod profiles;
mod reading;
mod suppliers;
mod terminal;
mod variants;
mod workspaces;

use terminal::{Terminal, files_below, on_each_workspace, ran};

/// A supplier's file with two good rows and two bad ones.
const PRODUCTS: &str = "\
SKU,Name,Price,Stock
AB-1,Mug,12.50,4
AB-2,Bowl,19.90,1O
AB-3,\"Plate, flat\",9.00,0
AB-1,Mug again,1.00,1
";
