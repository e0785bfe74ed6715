//! Suppliers: list, look, create, change, trash, restore, delete for good.

super::records::commands_of!(domain::purchasing::supplier::SUPPLIER);
