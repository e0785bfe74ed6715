-- The keys of options are computed anew in code, see crates/store/src/connect/anew.rs
select 1;
