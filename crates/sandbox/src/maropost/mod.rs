//! A practice Maropost Commerce Cloud.
