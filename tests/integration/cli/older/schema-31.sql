-- A workspace of schema 31, as the version before suppliers left it. Made by schema-31.sh.
CREATE TABLE schema_lock (
  id integer primary key,
  owner integer null,
  until_ts integer not null default 0
);
CREATE TABLE schema_migrations (
  version integer primary key,
  name text not null,
  applied_at integer not null
);
insert into schema_migrations values (1, '0001_schema_lock', 1795891056143);
insert into schema_migrations values (2, '0002_schema_migrations', 1795891056143);
insert into schema_migrations values (3, '0003_workspace', 1795891056143);
insert into schema_migrations values (4, '0004_users', 1795891056143);
insert into schema_migrations values (5, '0005_products', 1795891056143);
insert into schema_migrations values (6, '0006_change_tx', 1795891056143);
insert into schema_migrations values (7, '0007_sync_state', 1795891056143);
insert into schema_migrations values (8, '0008_sync_state_row', 1795891056143);
insert into schema_migrations values (9, '0009_batches', 1795891056143);
insert into schema_migrations values (10, '0010_journal', 1795891056143);
insert into schema_migrations values (11, '0011_roles', 1795891056143);
insert into schema_migrations values (12, '0012_users_must_change_password', 1795891056143);
insert into schema_migrations values (13, '0013_workspace_idle_lock_minutes', 1795891056143);
insert into schema_migrations values (14, '0014_workspace_version', 1795891056143);
insert into schema_migrations values (15, '0015_workspace_people_changes', 1795891056143);
insert into schema_migrations values (16, '0016_sign_in_guesses', 1795891056143);
insert into schema_migrations values (20, '0020_batch_digests', 1795891056143);
insert into schema_migrations values (21, '0021_history_chain', 1795891056143);
insert into schema_migrations values (22, '0022_history_head', 1795891056143);
insert into schema_migrations values (23, '0023_history_head_row', 1795891056143);
insert into schema_migrations values (24, '0024_key_wraps', 1795891056143);
insert into schema_migrations values (25, '0025_secrets', 1795891056143);
insert into schema_migrations values (30, '0030_users_last_failed_at', 1795891056143);
insert into schema_migrations values (31, '0031_sign_in_guesses_by_time', 1795891056143);
CREATE TABLE workspace (
  id integer primary key,
  workspace_id blob not null,
  name text not null,
  currency text not null,
  created_at integer not null
, idle_lock_minutes integer not null default 15, version integer not null default 1, people_changes integer not null default 0);
insert into workspace values (1, x'01a22372cf7972c188cb976bb52ccffa', 'shop', 'NZD', 1795891056505, 15, 2, 8);
CREATE TABLE users (
  id blob primary key,
  name text not null,
  email text not null,
  email_key text not null,
  role text not null,
  password_hash text not null,
  status text not null,
  failed_attempts integer not null default 0,
  locked_until integer null,
  last_sign_in_at integer null,
  created_at integer not null,
  version integer not null
, must_change_password integer not null default 0, last_failed_at integer null) without rowid;
insert into users values (x'01a22372cf7972c188cb976aa5d6c323', 'Ada', 'ada@example.com', 'ada@example.com', 'owner', '$argon2id$v=19$m=19456,t=2,p=1$eqSjHsSc9+BfPumigiXiqQ$VWTDaWtlmG0aJUduRd4xq/vH6iQYlaqC0SIYQ5Cgjm0', 'active', 0, null, 1795891067285, 1795891056505, 1, 0, null);
insert into users values (x'01a22372d1aa74a2b2af6a5328624e07', 'Robert', 'bob@example.com', 'bob@example.com', '01a22372-d28a-72bc-95b3-e308657bdb9e', '$argon2id$v=19$m=19456,t=2,p=1$qMIOtS6bvyHxyfqq6yl2bQ$iOPwoWSOflfksuodTdmZ94DZpfjDyWa99dVMO57aO98', 'active', 0, null, null, 1795891057066, 2, 0, null);
insert into users values (x'01a22372dcac7086b76d1ed0d93acaa1', 'Eve', 'eve@example.com', 'eve@example.com', 'viewer', '$argon2id$v=19$m=19456,t=2,p=1$a/ub2yhrjUOowQFgW1/CsA$pqhhggxu/OhnE8j5fg1WGIFyyUQmSJ+S53/NQaxKnl8', 'deactivated', 0, null, null, 1795891059884, 2, 1, null);
CREATE TABLE products (
  pk integer primary key,
  id blob not null,
  version integer not null,
  deleted smallint not null default 0,
  parent_id blob null,
  sku text not null default '',
  name text not null default '',
  subtitle text not null default '',
  brand text not null default '',
  category text not null default '',
  tags text not null default '',
  description text not null default '',
  barcode text not null default '',
  active smallint not null default 1,
  tax_free smallint not null default 0,
  stock integer not null default 0,
  rrp integer null,
  cost integer null,
  store_price integer null,
  promo_price integer null,
  promo_start text null,
  promo_end text null,
  weight integer null,
  length integer null,
  width integer null,
  height integer null,
  cubic integer null,
  option1_name text not null default '',
  option1_value text not null default '',
  option2_name text not null default '',
  option2_value text not null default '',
  option3_name text not null default '',
  option3_value text not null default '',
  seo_title text not null default '',
  seo_description text not null default '',
  name_key text not null,
  options_key text null,
  words text not null,
  created_at integer not null,
  updated_at integer not null,
  tx_id integer not null
);
insert into products values (1, x'01a22372e5417629a81c7a29cf422c06', 4, 0, null, 'MUG-1', 'Mug, dark blue', '', 'Clay & Co', 'Kitchen > Mugs', '["blue","sale"]', '<p>Holds 300 ml</p>', '', 1, 0, 12, null, 41000, 99500, null, null, null, null, null, null, null, null, '', '', '', '', '', '', '', '', 'mug, dark blue', null, ' mug dark blue 1__ clay co_ kitchen mugs sale ', 1795891062123, 1795891066636, 41);
insert into products values (2, x'01a22372e5417629a81c7a2a79c423a5', 1, 0, null, 'SHIRT', 'Shirt', '', 'Loom', 'Apparel', '', '', '', 1, 0, 7, null, null, null, null, null, null, null, null, null, null, null, '', '', '', '', '', '', '', '', 'shirt', null, ' shirt loom apparel ', 1795891062123, 1795891062123, 23);
insert into products values (3, x'01a22372e5417629a81c7a2b5ae7f36e', 5, 1, null, 'CAP', 'Cap', '', 'Loom', 'Apparel', '', '', '', 1, 0, 8, null, 20000, 50000, null, null, null, null, null, null, null, null, '', '', '', '', '', '', '', '', 'cap', null, ' cap loom apparel ', 1795891062123, 1795891065569, 38);
insert into products values (4, x'01a22372e54372189a9b1d47e925dfe5', 1, 0, x'01a22372e5417629a81c7a2a79c423a5', 'SHIRT-RM', 'Shirt red M', '', 'Loom', 'Apparel', '', '', '', 1, 0, 3, null, 70000, 190000, null, null, null, null, null, null, null, null, 'Colour', 'Red', 'Size', 'M', '', '', '', '', 'shirt red m', 'redm', ' shirt red m__ rm_ loom apparel ', 1795891062197, 1795891062197, 23);
insert into products values (5, x'01a22372e54372189a9b1d4818af0bae', 1, 0, x'01a22372e5417629a81c7a2a79c423a5', 'SHIRT-BM', 'Shirt blue M', '', 'Loom', 'Apparel', '', '', '', 1, 0, 4, null, 70000, 190000, null, null, null, null, null, null, null, null, 'Colour', 'Blue', 'Size', 'M', '', '', '', '', 'shirt blue m', 'bluem', ' shirt blue m__ bm_ loom apparel ', 1795891062197, 1795891062197, 23);
CREATE TABLE change_tx (
  id integer primary key autoincrement,
  seq integer null,
  at_ms integer not null,
  batch_id blob null
);
insert into change_tx values (1, 1, 1795891056505, x'01a22372cf7b713b9c934ef075425c6b');
insert into change_tx values (2, 2, 1795891056812, x'01a22372d0ac708fbfaa1bdf4d7bdc8b');
insert into change_tx values (3, 3, 1795891057066, x'01a22372d1ab74ac8e67f56b3410d152');
insert into change_tx values (4, 4, 1795891057259, x'01a22372d26c735cb9242c82cac7b6c0');
insert into change_tx values (5, 5, 1795891057290, x'01a22372d28b727fb602bf2a1fe76aa7');
insert into change_tx values (6, 6, 1795891057367, x'01a22372d2d770d998724b4e1e509d5b');
insert into change_tx values (7, 7, 1795891057401, x'01a22372d2fa7489945b8b1e25f6a9c7');
insert into change_tx values (8, 8, 1795891057881, x'01a22372d4da7152bf113be2b6ad5afe');
insert into change_tx values (9, 9, 1795891058092, x'01a22372d5ae718eb881bbb71172a81f');
insert into change_tx values (10, 10, 1795891058577, x'01a22372d7917589b9273acaf265aac8');
insert into change_tx values (11, 11, 1795891058628, x'01a22372d7c47578bf3e926d69eb9c8e');
insert into change_tx values (12, 12, 1795891058931, x'01a22372d8f475848cb80a1a33542de2');
insert into change_tx values (13, 13, 1795891059088, x'01a22372d993759488cebc6128cecd27');
insert into change_tx values (14, 14, 1795891059501, x'01a22372db2e7736ba141e66b02cce54');
insert into change_tx values (15, 15, 1795891059884, x'01a22372dcb276ce9ff8f7b4fef3d053');
insert into change_tx values (16, 16, 1795891060449, x'01a22372dee271e7bff7b97167de6b29');
insert into change_tx values (17, 17, 1795891060556, x'01a22372df4c71508fc20e3091b2c8c0');
insert into change_tx values (18, 18, 1795891060954, x'01a22372e0da741285c0f30480b61e60');
insert into change_tx values (19, 19, 1795891061311, x'01a22372e24076189200e552328ac267');
insert into change_tx values (20, 20, 1795891061516, x'01a22372e30c7151ad05f4199923a41a');
insert into change_tx values (21, 21, 1795891061849, x'01a22372e489740ab721f02b16efeae8');
insert into change_tx values (22, 22, 1795891062123, x'01a22372e55c76228cb2073f6993a44e');
insert into change_tx values (23, 23, 1795891062197, x'01a22372e55c76228cb2073f6993a44e');
insert into change_tx values (24, 24, 1795891062266, x'01a22372e55c76228cb2073f6993a44e');
insert into change_tx values (25, 25, 1795891062785, x'01a22372e821700b8208ffb1c73a0e62');
insert into change_tx values (26, 26, 1795891063047, x'01a22372e8ef711591bb578f5223f7b4');
insert into change_tx values (27, 27, 1795891063182, x'01a22372e8ef711591bb578f5223f7b4');
insert into change_tx values (28, 28, 1795891063693, x'01a22372eb9170229f3fbce37b9ff394');
insert into change_tx values (29, 29, 1795891063797, x'01a22372ebeb71e8980c8f99856425b4');
insert into change_tx values (30, 30, 1795891063813, x'01a22372ebeb71e8980c8f99856425b4');
insert into change_tx values (31, 31, 1795891064174, x'01a22372ed6f7529b8a6c3c6e11f33fe');
insert into change_tx values (32, 32, 1795891064313, x'01a22372edf27318863db98f6b1863f0');
insert into change_tx values (33, 33, 1795891064333, x'01a22372edf27318863db98f6b1863f0');
insert into change_tx values (34, 34, 1795891064567, x'01a22372ef0971cfbfae970d9a975dde');
insert into change_tx values (35, 35, 1795891064741, x'01a22372ef8477c6865d00eed739978c');
insert into change_tx values (36, 36, 1795891064749, x'01a22372ef8477c6865d00eed739978c');
insert into change_tx values (37, 37, 1795891065194, x'01a22372f1c5751d99b9c73a2e160b00');
insert into change_tx values (38, 38, 1795891065569, x'01a22372f2d57558b2853daf4c5874cc');
insert into change_tx values (39, 39, 1795891065579, x'01a22372f2d57558b2853daf4c5874cc');
insert into change_tx values (40, 40, 1795891066531, x'01a22372f6a4765e8aa7e2b386702348');
insert into change_tx values (41, 41, 1795891066636, x'01a22372f7087489b947ddeaf0910c93');
insert into change_tx values (42, 42, 1795891066699, x'01a22372f7087489b947ddeaf0910c93');
insert into change_tx values (43, 43, 1795891066945, x'01a22372f84175e88274177d281a0020');
insert into change_tx values (44, 44, 1795891067200, x'01a22372f94072b09eb4a587109c1d55');
insert into change_tx values (45, null, 1795891067285, x'01a22372f996766daaffad6b61866f81');
CREATE TABLE sync_state (
  id integer primary key,
  last_seq integer not null default 0,
  purged_seq integer not null default 0
);
insert into sync_state values (1, 44, 0);
CREATE TABLE batches (
  id blob primary key,
  origin text not null,
  label text not null,
  user_id blob null,
  user_name text not null,
  state text not null,
  started_at integer not null,
  finished_at integer null,
  rows_read integer not null default 0,
  created integer not null default 0,
  updated integer not null default 0,
  unchanged integer not null default 0,
  skipped integer not null default 0,
  kept integer not null default 0,
  rejected integer not null default 0,
  not_reached integer not null default 0,
  implied integer not null default 0,
  undo_of blob null,
  undone_by blob null
) without rowid;
insert into batches values (x'01a22372cf7b713b9c934ef075425c6b', 'people', 'Ada', x'01a22372cf7972c188cb976aa5d6c323', 'Ada', 'done', 1795891056505, 1795891056505, 0, 0, 0, 0, 0, 0, 0, 0, 0, null, null);
insert into batches values (x'01a22372d0ac708fbfaa1bdf4d7bdc8b', 'sign_in', 'Ada', x'01a22372cf7972c188cb976aa5d6c323', 'Ada', 'done', 1795891056812, 1795891056812, 0, 0, 0, 0, 0, 0, 0, 0, 0, null, null);
insert into batches values (x'01a22372d1ab74ac8e67f56b3410d152', 'people', 'Bob', x'01a22372cf7972c188cb976aa5d6c323', 'Ada', 'done', 1795891057066, 1795891057066, 0, 0, 0, 0, 0, 0, 0, 0, 0, null, null);
insert into batches values (x'01a22372d26c735cb9242c82cac7b6c0', 'sign_in', 'Ada', x'01a22372cf7972c188cb976aa5d6c323', 'Ada', 'done', 1795891057259, 1795891057259, 0, 0, 0, 0, 0, 0, 0, 0, 0, null, null);
insert into batches values (x'01a22372d28b727fb602bf2a1fe76aa7', 'people', 'Stock keeper', x'01a22372cf7972c188cb976aa5d6c323', 'Ada', 'done', 1795891057290, 1795891057290, 0, 0, 0, 0, 0, 0, 0, 0, 0, null, null);
insert into batches values (x'01a22372d2d770d998724b4e1e509d5b', 'sign_in', 'Ada', x'01a22372cf7972c188cb976aa5d6c323', 'Ada', 'done', 1795891057367, 1795891057367, 0, 0, 0, 0, 0, 0, 0, 0, 0, null, null);
insert into batches values (x'01a22372d2fa7489945b8b1e25f6a9c7', 'people', 'Helper', x'01a22372cf7972c188cb976aa5d6c323', 'Ada', 'done', 1795891057401, 1795891057401, 0, 0, 0, 0, 0, 0, 0, 0, 0, null, null);
insert into batches values (x'01a22372d4da7152bf113be2b6ad5afe', 'sign_in', 'Ada', x'01a22372cf7972c188cb976aa5d6c323', 'Ada', 'done', 1795891057881, 1795891057881, 0, 0, 0, 0, 0, 0, 0, 0, 0, null, null);
insert into batches values (x'01a22372d5ae718eb881bbb71172a81f', 'people', 'Helper', x'01a22372cf7972c188cb976aa5d6c323', 'Ada', 'done', 1795891058092, 1795891058092, 0, 0, 0, 0, 0, 0, 0, 0, 0, null, null);
insert into batches values (x'01a22372d7917589b9273acaf265aac8', 'sign_in', 'Ada', x'01a22372cf7972c188cb976aa5d6c323', 'Ada', 'done', 1795891058577, 1795891058577, 0, 0, 0, 0, 0, 0, 0, 0, 0, null, null);
insert into batches values (x'01a22372d7c47578bf3e926d69eb9c8e', 'people', 'Helper', x'01a22372cf7972c188cb976aa5d6c323', 'Ada', 'done', 1795891058628, 1795891058628, 0, 0, 0, 0, 0, 0, 0, 0, 0, null, null);
insert into batches values (x'01a22372d8f475848cb80a1a33542de2', 'sign_in', 'Ada', x'01a22372cf7972c188cb976aa5d6c323', 'Ada', 'done', 1795891058931, 1795891058931, 0, 0, 0, 0, 0, 0, 0, 0, 0, null, null);
insert into batches values (x'01a22372d993759488cebc6128cecd27', 'people', 'Robert', x'01a22372cf7972c188cb976aa5d6c323', 'Ada', 'done', 1795891059088, 1795891059088, 0, 0, 0, 0, 0, 0, 0, 0, 0, null, null);
insert into batches values (x'01a22372db2e7736ba141e66b02cce54', 'sign_in', 'Ada', x'01a22372cf7972c188cb976aa5d6c323', 'Ada', 'done', 1795891059501, 1795891059501, 0, 0, 0, 0, 0, 0, 0, 0, 0, null, null);
insert into batches values (x'01a22372dcb276ce9ff8f7b4fef3d053', 'people', 'Eve', x'01a22372cf7972c188cb976aa5d6c323', 'Ada', 'done', 1795891059884, 1795891059884, 0, 0, 0, 0, 0, 0, 0, 0, 0, null, null);
insert into batches values (x'01a22372dee271e7bff7b97167de6b29', 'sign_in', 'Ada', x'01a22372cf7972c188cb976aa5d6c323', 'Ada', 'done', 1795891060449, 1795891060449, 0, 0, 0, 0, 0, 0, 0, 0, 0, null, null);
insert into batches values (x'01a22372df4c71508fc20e3091b2c8c0', 'people', 'Eve', x'01a22372cf7972c188cb976aa5d6c323', 'Ada', 'done', 1795891060556, 1795891060556, 0, 0, 0, 0, 0, 0, 0, 0, 0, null, null);
insert into batches values (x'01a22372e0da741285c0f30480b61e60', 'sign_in', 'Ada', x'01a22372cf7972c188cb976aa5d6c323', 'Ada', 'done', 1795891060954, 1795891060954, 0, 0, 0, 0, 0, 0, 0, 0, 0, null, null);
insert into batches values (x'01a22372e24076189200e552328ac267', 'sign_in', 'Ada', x'01a22372cf7972c188cb976aa5d6c323', 'Ada', 'done', 1795891061311, 1795891061311, 0, 0, 0, 0, 0, 0, 0, 0, 0, null, null);
insert into batches values (x'01a22372e30c7151ad05f4199923a41a', 'settings', 'shop', x'01a22372cf7972c188cb976aa5d6c323', 'Ada', 'done', 1795891061516, 1795891061516, 0, 0, 0, 0, 0, 0, 0, 0, 0, null, null);
insert into batches values (x'01a22372e489740ab721f02b16efeae8', 'sign_in', 'Ada', x'01a22372cf7972c188cb976aa5d6c323', 'Ada', 'done', 1795891061849, 1795891061849, 0, 0, 0, 0, 0, 0, 0, 0, 0, null, null);
insert into batches values (x'01a22372e55c76228cb2073f6993a44e', 'import', 'first.csv', x'01a22372cf7972c188cb976aa5d6c323', 'Ada', 'done', 1795891062108, 1795891062266, 5, 5, 0, 0, 0, 0, 0, 0, 0, null, null);
insert into batches values (x'01a22372e821700b8208ffb1c73a0e62', 'sign_in', 'Ada', x'01a22372cf7972c188cb976aa5d6c323', 'Ada', 'done', 1795891062785, 1795891062785, 0, 0, 0, 0, 0, 0, 0, 0, 0, null, null);
insert into batches values (x'01a22372e8ef711591bb578f5223f7b4', 'import', 'second.csv', x'01a22372cf7972c188cb976aa5d6c323', 'Ada', 'done', 1795891063023, 1795891063182, 2, 0, 2, 0, 0, 0, 0, 0, 0, null, x'01a22372f7087489b947ddeaf0910c93');
insert into batches values (x'01a22372eb9170229f3fbce37b9ff394', 'sign_in', 'Ada', x'01a22372cf7972c188cb976aa5d6c323', 'Ada', 'done', 1795891063693, 1795891063693, 0, 0, 0, 0, 0, 0, 0, 0, 0, null, null);
insert into batches values (x'01a22372ebeb71e8980c8f99856425b4', 'form', 'MUG-1', x'01a22372cf7972c188cb976aa5d6c323', 'Ada', 'done', 1795891063787, 1795891063813, 1, 0, 1, 0, 0, 0, 0, 0, 0, null, null);
insert into batches values (x'01a22372ed6f7529b8a6c3c6e11f33fe', 'sign_in', 'Ada', x'01a22372cf7972c188cb976aa5d6c323', 'Ada', 'done', 1795891064174, 1795891064174, 0, 0, 0, 0, 0, 0, 0, 0, 0, null, null);
insert into batches values (x'01a22372edf27318863db98f6b1863f0', 'trash', 'CAP', x'01a22372cf7972c188cb976aa5d6c323', 'Ada', 'done', 1795891064306, 1795891064333, 1, 0, 1, 0, 0, 0, 0, 0, 0, null, null);
insert into batches values (x'01a22372ef0971cfbfae970d9a975dde', 'sign_in', 'Ada', x'01a22372cf7972c188cb976aa5d6c323', 'Ada', 'done', 1795891064567, 1795891064567, 0, 0, 0, 0, 0, 0, 0, 0, 0, null, null);
insert into batches values (x'01a22372ef8477c6865d00eed739978c', 'restore', 'CAP', x'01a22372cf7972c188cb976aa5d6c323', 'Ada', 'done', 1795891064708, 1795891064749, 1, 0, 1, 0, 0, 0, 0, 0, 0, null, null);
insert into batches values (x'01a22372f1c5751d99b9c73a2e160b00', 'sign_in', 'Ada', x'01a22372cf7972c188cb976aa5d6c323', 'Ada', 'done', 1795891065194, 1795891065194, 0, 0, 0, 0, 0, 0, 0, 0, 0, null, null);
insert into batches values (x'01a22372f2d57558b2853daf4c5874cc', 'trash', 'CAP', x'01a22372cf7972c188cb976aa5d6c323', 'Ada', 'done', 1795891065557, 1795891065579, 1, 0, 1, 0, 0, 0, 0, 0, 0, null, null);
insert into batches values (x'01a22372f6a4765e8aa7e2b386702348', 'sign_in', 'Ada', x'01a22372cf7972c188cb976aa5d6c323', 'Ada', 'done', 1795891066531, 1795891066531, 0, 0, 0, 0, 0, 0, 0, 0, 0, null, null);
insert into batches values (x'01a22372f7087489b947ddeaf0910c93', 'undo', 'second.csv', x'01a22372cf7972c188cb976aa5d6c323', 'Ada', 'done', 1795891066632, 1795891066699, 2, 0, 1, 0, 0, 1, 0, 0, 0, x'01a22372e8ef711591bb578f5223f7b4', null);
insert into batches values (x'01a22372f84175e88274177d281a0020', 'sign_in', 'Ada', x'01a22372cf7972c188cb976aa5d6c323', 'Ada', 'done', 1795891066945, 1795891066945, 0, 0, 0, 0, 0, 0, 0, 0, 0, null, null);
insert into batches values (x'01a22372f94072b09eb4a587109c1d55', 'sign_in', 'Ada', null, '', 'done', 1795891067200, 1795891067200, 0, 0, 0, 0, 0, 0, 0, 0, 0, null, null);
insert into batches values (x'01a22372f996766daaffad6b61866f81', 'sign_in', 'Ada', x'01a22372cf7972c188cb976aa5d6c323', 'Ada', 'done', 1795891067285, 1795891067285, 0, 0, 0, 0, 0, 0, 0, 0, 0, null, null);
CREATE TABLE journal (
  id integer primary key autoincrement,
  batch_id blob not null,
  tx_id integer not null,
  entity text not null,
  entity_id blob not null,
  operation text not null,
  version integer not null,
  changes text not null
);
insert into journal values (1, x'01a22372cf7b713b9c934ef075425c6b', 1, 'user', x'01a22372cf7972c188cb976aa5d6c323', 'create', 0, '{"email":[null,"ada@example.com"],"name":[null,"Ada"],"role":[null,"Owner"],"seal":[null,"cb3c894cff09582b948b74b5d1d6728753a55cc8c01af5f4ba699baeb59a442d"]}');
insert into journal values (2, x'01a22372d0ac708fbfaa1bdf4d7bdc8b', 2, 'user', x'01a22372cf7972c188cb976aa5d6c323', 'sign_in', 0, '{}');
insert into journal values (3, x'01a22372d1ab74ac8e67f56b3410d152', 3, 'user', x'01a22372d1aa74a2b2af6a5328624e07', 'create', 0, '{"email":[null,"bob@example.com"],"name":[null,"Bob"],"role":[null,"Manager"],"seal":[null,"12db45c57e0757774dc2e1674eb7140153d6eed0f642360e3991d58efb69804b"]}');
insert into journal values (4, x'01a22372d26c735cb9242c82cac7b6c0', 4, 'user', x'01a22372cf7972c188cb976aa5d6c323', 'sign_in', 0, '{}');
insert into journal values (5, x'01a22372d28b727fb602bf2a1fe76aa7', 5, 'role', x'01a22372d28a72bc95b3e308657bdb9e', 'create', 0, '{"name":[null,"Stock keeper"],"permissions":[null,["edit products","see products"]],"seal":[null,"1f8ba23f8105203590a115f3c56d988e5d67c107bba31551f185433af058fa64"]}');
insert into journal values (6, x'01a22372d2d770d998724b4e1e509d5b', 6, 'user', x'01a22372cf7972c188cb976aa5d6c323', 'sign_in', 0, '{}');
insert into journal values (7, x'01a22372d2fa7489945b8b1e25f6a9c7', 7, 'role', x'01a22372d2f97539823196ccccc38e21', 'create', 0, '{"name":[null,"Helper"],"permissions":[null,["see products"]],"seal":[null,"f5d6946241a2a8b72442d232e92b3390d30b86591b5cf6b1cf3775bd20f19551"]}');
insert into journal values (8, x'01a22372d4da7152bf113be2b6ad5afe', 8, 'user', x'01a22372cf7972c188cb976aa5d6c323', 'sign_in', 0, '{}');
insert into journal values (9, x'01a22372d5ae718eb881bbb71172a81f', 9, 'role', x'01a22372d2f97539823196ccccc38e21', 'update', 0, '{"permissions":[["see products"],["export products","see products"]],"seal":[null,"59a715bf8d35de83f51bea8651a0ea09490cf35b3c01e4c36ecf83698052e268"]}');
insert into journal values (10, x'01a22372d7917589b9273acaf265aac8', 10, 'user', x'01a22372cf7972c188cb976aa5d6c323', 'sign_in', 0, '{}');
insert into journal values (11, x'01a22372d7c47578bf3e926d69eb9c8e', 11, 'role', x'01a22372d2f97539823196ccccc38e21', 'delete', 0, '{"name":["Helper",null],"permissions":[["export products","see products"],null],"seal":[null,"59a715bf8d35de83f51bea8651a0ea09490cf35b3c01e4c36ecf83698052e268"]}');
insert into journal values (12, x'01a22372d8f475848cb80a1a33542de2', 12, 'user', x'01a22372cf7972c188cb976aa5d6c323', 'sign_in', 0, '{}');
insert into journal values (13, x'01a22372d993759488cebc6128cecd27', 13, 'user', x'01a22372d1aa74a2b2af6a5328624e07', 'update', 0, '{"name":["Bob","Robert"],"role":["Manager","Stock keeper"],"seal":[null,"2934fcf41435da7157a8b97e25bfe18996307d54902f5364ca2712065a52f53f"]}');
insert into journal values (14, x'01a22372db2e7736ba141e66b02cce54', 14, 'user', x'01a22372cf7972c188cb976aa5d6c323', 'sign_in', 0, '{}');
insert into journal values (15, x'01a22372dcb276ce9ff8f7b4fef3d053', 15, 'user', x'01a22372dcac7086b76d1ed0d93acaa1', 'create', 0, '{"email":[null,"eve@example.com"],"name":[null,"Eve"],"role":[null,"Viewer"],"seal":[null,"8ad08ca780d4dc5744d626c67d836b9a7fd8234004dab40d907a9f9b05a5e6f9"]}');
insert into journal values (16, x'01a22372dee271e7bff7b97167de6b29', 16, 'user', x'01a22372cf7972c188cb976aa5d6c323', 'sign_in', 0, '{}');
insert into journal values (17, x'01a22372df4c71508fc20e3091b2c8c0', 17, 'user', x'01a22372dcac7086b76d1ed0d93acaa1', 'deactivate', 0, '{"seal":[null,"0d0df3b54b40dd94699921d671116cf4801215fc9c23d45048ebc758ef241d42"]}');
insert into journal values (18, x'01a22372e0da741285c0f30480b61e60', 18, 'user', x'01a22372cf7972c188cb976aa5d6c323', 'sign_in', 0, '{}');
insert into journal values (19, x'01a22372e24076189200e552328ac267', 19, 'user', x'01a22372cf7972c188cb976aa5d6c323', 'sign_in', 0, '{}');
insert into journal values (20, x'01a22372e30c7151ad05f4199923a41a', 20, 'workspace', x'01a22372cf7972c188cb976bb52ccffa', 'update', 0, '{"currency":[null,"NZD"]}');
insert into journal values (21, x'01a22372e489740ab721f02b16efeae8', 21, 'user', x'01a22372cf7972c188cb976aa5d6c323', 'sign_in', 0, '{}');
insert into journal values (22, x'01a22372e55c76228cb2073f6993a44e', 22, 'product', x'01a22372e5417629a81c7a29cf422c06', 'create', 1, '{"sku":"MUG-1","name":"Mug, blue","brand":"Clay & Co","category":"Kitchen > Mugs","tags":["blue","sale"],"description":"<p>Holds 300 ml</p>","stock":12,"cost":41000,"store_price":99500}');
insert into journal values (23, x'01a22372e55c76228cb2073f6993a44e', 22, 'product', x'01a22372e5417629a81c7a2a79c423a5', 'create', 1, '{"sku":"SHIRT","name":"Shirt","brand":"Loom","category":"Apparel"}');
insert into journal values (24, x'01a22372e55c76228cb2073f6993a44e', 22, 'product', x'01a22372e5417629a81c7a2b5ae7f36e', 'create', 1, '{"sku":"CAP","name":"Cap","brand":"Loom","category":"Apparel","stock":9,"cost":20000}');
insert into journal values (25, x'01a22372e55c76228cb2073f6993a44e', 23, 'product', x'01a22372e54372189a9b1d47e925dfe5', 'create', 1, '{"sku":"SHIRT-RM","parent_sku":"SHIRT","name":"Shirt red M","brand":"Loom","category":"Apparel","stock":3,"cost":70000,"store_price":190000,"option1_name":"Colour","option1_value":"Red","option2_name":"Size","option2_value":"M"}');
insert into journal values (26, x'01a22372e55c76228cb2073f6993a44e', 23, 'product', x'01a22372e54372189a9b1d4818af0bae', 'create', 1, '{"sku":"SHIRT-BM","parent_sku":"SHIRT","name":"Shirt blue M","brand":"Loom","category":"Apparel","stock":4,"cost":70000,"store_price":190000,"option1_name":"Colour","option1_value":"Blue","option2_name":"Size","option2_value":"M"}');
insert into journal values (27, x'01a22372e821700b8208ffb1c73a0e62', 25, 'user', x'01a22372cf7972c188cb976aa5d6c323', 'sign_in', 0, '{}');
insert into journal values (28, x'01a22372e8ef711591bb578f5223f7b4', 26, 'product', x'01a22372e5417629a81c7a29cf422c06', 'update', 2, '{"stock":[12,7],"store_price":[99500,105000]}');
insert into journal values (29, x'01a22372e8ef711591bb578f5223f7b4', 26, 'product', x'01a22372e5417629a81c7a2b5ae7f36e', 'update', 2, '{"stock":[9,8],"store_price":[null,50000]}');
insert into journal values (30, x'01a22372eb9170229f3fbce37b9ff394', 28, 'user', x'01a22372cf7972c188cb976aa5d6c323', 'sign_in', 0, '{}');
insert into journal values (31, x'01a22372ebeb71e8980c8f99856425b4', 29, 'product', x'01a22372e5417629a81c7a29cf422c06', 'update', 3, '{"name":["Mug, blue","Mug, dark blue"]}');
insert into journal values (32, x'01a22372ed6f7529b8a6c3c6e11f33fe', 31, 'user', x'01a22372cf7972c188cb976aa5d6c323', 'sign_in', 0, '{}');
insert into journal values (33, x'01a22372edf27318863db98f6b1863f0', 32, 'product', x'01a22372e5417629a81c7a2b5ae7f36e', 'trash', 3, '{}');
insert into journal values (34, x'01a22372ef0971cfbfae970d9a975dde', 34, 'user', x'01a22372cf7972c188cb976aa5d6c323', 'sign_in', 0, '{}');
insert into journal values (35, x'01a22372ef8477c6865d00eed739978c', 35, 'product', x'01a22372e5417629a81c7a2b5ae7f36e', 'restore', 4, '{}');
insert into journal values (36, x'01a22372f1c5751d99b9c73a2e160b00', 37, 'user', x'01a22372cf7972c188cb976aa5d6c323', 'sign_in', 0, '{}');
insert into journal values (37, x'01a22372f2d57558b2853daf4c5874cc', 38, 'product', x'01a22372e5417629a81c7a2b5ae7f36e', 'trash', 5, '{}');
insert into journal values (38, x'01a22372f6a4765e8aa7e2b386702348', 40, 'user', x'01a22372cf7972c188cb976aa5d6c323', 'sign_in', 0, '{}');
insert into journal values (39, x'01a22372f7087489b947ddeaf0910c93', 41, 'product', x'01a22372e5417629a81c7a29cf422c06', 'update', 4, '{"stock":[7,12],"store_price":[105000,99500]}');
insert into journal values (40, x'01a22372f84175e88274177d281a0020', 43, 'user', x'01a22372cf7972c188cb976aa5d6c323', 'sign_in', 0, '{}');
insert into journal values (41, x'01a22372f94072b09eb4a587109c1d55', 44, 'user', x'01a22372cf7972c188cb976aa5d6c323', 'sign_in_failed', 0, '{}');
insert into journal values (42, x'01a22372f996766daaffad6b61866f81', 45, 'user', x'01a22372cf7972c188cb976aa5d6c323', 'sign_in', 0, '{}');
CREATE TABLE roles (
  id blob primary key,
  name text not null,
  name_key text not null,
  permissions text not null,
  created_at integer not null,
  version integer not null
) without rowid;
insert into roles values (x'01a22372d28a72bc95b3e308657bdb9e', 'Stock keeper', 'stock keeper', 'view_products,edit_products', 1795891057290, 1);
CREATE TABLE sign_in_guesses (
  email_key text primary key not null,
  failed integer not null,
  last_at integer not null,
  locked_until integer null
) without rowid;
CREATE TABLE batch_digests (
  batch_id blob primary key,
  entries integer not null,
  digest blob not null
) without rowid;
insert into batch_digests values (x'01a22372cf7b713b9c934ef075425c6b', 1, x'5dfd6c75500e6d06df1400643fe512b9d88ac78867640affbc1d17ea2e6ac56b');
insert into batch_digests values (x'01a22372d0ac708fbfaa1bdf4d7bdc8b', 1, x'44a8b6bfe247079a68f73910e791284bf18f4a1bceb092aecf534c6dd787a364');
insert into batch_digests values (x'01a22372d1ab74ac8e67f56b3410d152', 1, x'18872fa42605ed3a9487349de58ba086fed8c81a25df419b0cf3b85d8ec20070');
insert into batch_digests values (x'01a22372d26c735cb9242c82cac7b6c0', 1, x'd3f4d6c76c9b1180de217988baa61b5e81b257930bb741739bbca7ec3e156ac0');
insert into batch_digests values (x'01a22372d28b727fb602bf2a1fe76aa7', 1, x'ab397692d83fc29320c455a75b307939339226424bb3c9546cce96a17fc03956');
insert into batch_digests values (x'01a22372d2d770d998724b4e1e509d5b', 1, x'9af6498f08fffba017785b4dc77fd83b629737625c5b2285485d331a179a740e');
insert into batch_digests values (x'01a22372d2fa7489945b8b1e25f6a9c7', 1, x'5809d9e8ac00f9224d185d9cdfaa3dd268e987e421d8aafa6fdf48bd87ba81f6');
insert into batch_digests values (x'01a22372d4da7152bf113be2b6ad5afe', 1, x'db2975e547e19cb9c4918ae52a0cfbfcac59d9e75c488a1214a79b88a4d95c7d');
insert into batch_digests values (x'01a22372d5ae718eb881bbb71172a81f', 1, x'1dada7a701c754cb9d5d376f60b59180a1e9e20be7eb9241f62ed8543a3cb56b');
insert into batch_digests values (x'01a22372d7917589b9273acaf265aac8', 1, x'50b90c11977cfebd69aeb68f746e3cad398d3e3d638d7acd65e4fbf517cbbc74');
insert into batch_digests values (x'01a22372d7c47578bf3e926d69eb9c8e', 1, x'923930a658a4ce09493fc9295e74295fb90c44cf29c0000425a26a078e8d0659');
insert into batch_digests values (x'01a22372d8f475848cb80a1a33542de2', 1, x'a5bc37010a010a87a5421e4fb78818f44db801fa320859f48da5aa6681d64228');
insert into batch_digests values (x'01a22372d993759488cebc6128cecd27', 1, x'0942aaa33d5716f13803b47543ec7ed6e652cee644f287ad62df5dc933789527');
insert into batch_digests values (x'01a22372db2e7736ba141e66b02cce54', 1, x'cc3c524b88c6631e9beb178b507ce2a34e27ad51990875fdf8357f4ce2788ddd');
insert into batch_digests values (x'01a22372dcb276ce9ff8f7b4fef3d053', 1, x'bd51948494457c4e5eb71a3b1f70bbe3234e8dc82149e87560e99bd8be5f6bd1');
insert into batch_digests values (x'01a22372dee271e7bff7b97167de6b29', 1, x'a8955cd3925b4b7a562440812cf2e9397c84d23ef824105f8d1b14a656c097be');
insert into batch_digests values (x'01a22372df4c71508fc20e3091b2c8c0', 1, x'e90564ca47335a6f4e705ccb917a443fac095ea089b50625ac5d6a9ec43cb540');
insert into batch_digests values (x'01a22372e0da741285c0f30480b61e60', 1, x'da60a79e6e9146743c6394f21b37f815fa7cb80daa3e6747e9d0e8ab62a55d44');
insert into batch_digests values (x'01a22372e24076189200e552328ac267', 1, x'f3b7e610d3b0de57a3a97b1c66e187d52f50efbdd369dbdee66d2ba3435f6cd0');
insert into batch_digests values (x'01a22372e30c7151ad05f4199923a41a', 1, x'9c2ee3f830e417d73052a425fb5674813dec202cdb60546360b21d323033e67b');
insert into batch_digests values (x'01a22372e489740ab721f02b16efeae8', 1, x'5f4a1aba13eae2bb15b845dac4b53f739c8679c75782a0c6013331a72e0ef95f');
insert into batch_digests values (x'01a22372e55c76228cb2073f6993a44e', 5, x'29dd0b0e9a897c9c0673e196eae026b15d5e76b4983a453e566a6238470a7c9a');
insert into batch_digests values (x'01a22372e821700b8208ffb1c73a0e62', 1, x'f1306c60fc018ab4cfe53cb4a8389f4c4234d4463f8d060a5a4f83bc9a64ddab');
insert into batch_digests values (x'01a22372e8ef711591bb578f5223f7b4', 2, x'c977e38cd22bbc064fba77a2bc503398c647e49c81a75f794d4c0c49ce5e206d');
insert into batch_digests values (x'01a22372eb9170229f3fbce37b9ff394', 1, x'c525650021e62a908390c01b7059cc7e49d3ccc41b496d8f2678ba00f66bb665');
insert into batch_digests values (x'01a22372ebeb71e8980c8f99856425b4', 1, x'01feb7e3b3a675920a3726083cf77f51499ae817c7ff626677dd14cdeaf0c0b4');
insert into batch_digests values (x'01a22372ed6f7529b8a6c3c6e11f33fe', 1, x'e64d985f688b4fefa7439e8d35bf47b8a26e7f86a915ead9498bfcea5bb1722d');
insert into batch_digests values (x'01a22372edf27318863db98f6b1863f0', 1, x'75567f034ed54f0abf5768cae5a916ccf02418cdf91f2c70979da73226410845');
insert into batch_digests values (x'01a22372ef0971cfbfae970d9a975dde', 1, x'f0b0c2f2aa276404805edb4c41a2ec95bde29bc56ea150771e03aa8012d7a1ee');
insert into batch_digests values (x'01a22372ef8477c6865d00eed739978c', 1, x'c6ba1462457b4382d8d36d38a13389f8cc1e034bbe87ad02164036319aa8230d');
insert into batch_digests values (x'01a22372f1c5751d99b9c73a2e160b00', 1, x'b64dac3a23649db8a872ed2c91a27720e4fa32a47027be61c36f83caf027a612');
insert into batch_digests values (x'01a22372f2d57558b2853daf4c5874cc', 1, x'9bab24476e1846c56db4b86f8e364180342ddc1296c1539d5e9d6e1296208622');
insert into batch_digests values (x'01a22372f6a4765e8aa7e2b386702348', 1, x'e2008ef583d66d84ede6b40a4e8e348a0462e898e9f2932e12528358cb8c85be');
insert into batch_digests values (x'01a22372f7087489b947ddeaf0910c93', 1, x'543717907fb416557ec4999b756d453dad3e333a55e9891a0a99606eadf603b5');
insert into batch_digests values (x'01a22372f84175e88274177d281a0020', 1, x'1f882e8dda34f4257b19fd08cdad5a20cc0cd6d40c93fa1d0344c9d103eb39e8');
insert into batch_digests values (x'01a22372f94072b09eb4a587109c1d55', 1, x'643073ab7ebb5a9d3feb13e40726cfbeaf623ef1856d106a145ac6cf6eb22a02');
insert into batch_digests values (x'01a22372f996766daaffad6b61866f81', 1, x'1222ee327643a3416c066ef9613155410889b785da1c7fd2abfafdf8af3d8eeb');
CREATE TABLE history_chain (
  position integer primary key,
  batch_id blob not null,
  state text not null,
  entries integer not null,
  digest blob not null,
  identity blob not null,
  ending blob not null,
  link blob not null
);
insert into history_chain values (1, x'01a22372cf7b713b9c934ef075425c6b', 'done', 1, x'5dfd6c75500e6d06df1400643fe512b9d88ac78867640affbc1d17ea2e6ac56b', x'4b16cd13dd008c1de5860dc06b1271c990e368fb5cade65031e66ab4a3b94cf3', x'0fcac490023446d82d576b5748f7432f43636b7c97ae4274660bfcd7d5f5e2e5', x'c8bb45a75185267645f1750b89e4ee5803988f778fe7536cf38b94171aed51f2');
insert into history_chain values (2, x'01a22372d0ac708fbfaa1bdf4d7bdc8b', 'done', 1, x'44a8b6bfe247079a68f73910e791284bf18f4a1bceb092aecf534c6dd787a364', x'14186fd38f017eb2050983add9972917445051b8eee703e5b74f7204d3d1be20', x'92c31f092022baec4a6f1414904c895768b2ee5a3b054459177026a44cc7e398', x'7754b9dddc00c2aa1ec76a6e7d2bb65f6d36a0572bba1d1184af8f3af0b7c7a6');
insert into history_chain values (3, x'01a22372d1ab74ac8e67f56b3410d152', 'done', 1, x'18872fa42605ed3a9487349de58ba086fed8c81a25df419b0cf3b85d8ec20070', x'04014ecd2369567d736e7ef6c542856911c13566e724e3b8c77e255351bfcf78', x'0058c9f9045b5a0de06dc9fcd6c92fcb0ea4b60e2a0a6733db4a13844cc30ea5', x'f00d98e06a644cd240475567d11588d7dce5a1a0cd96c8655c655f658b252a73');
insert into history_chain values (4, x'01a22372d26c735cb9242c82cac7b6c0', 'done', 1, x'd3f4d6c76c9b1180de217988baa61b5e81b257930bb741739bbca7ec3e156ac0', x'e36afbe61d4df536ac79b1978ba4818126e08c93781b11e34dd32b637b97fd5f', x'aaab87c323595c54020a4066a1b83d31c2cc3d2fb5ac2b59b0fda679765d37a3', x'fed8f17473c8e8a87aaea7d32deea81a739d1e4b2363e99af8f1a23622916168');
insert into history_chain values (5, x'01a22372d28b727fb602bf2a1fe76aa7', 'done', 1, x'ab397692d83fc29320c455a75b307939339226424bb3c9546cce96a17fc03956', x'5947ac254ed586555b503ece92a12801b65dc986b088b5dea32bfbcbe9124e7f', x'52822b52971322efdc84696cfba214cd328782f70188c1931404bf99c7a3a4e7', x'd4d2bd992170f596a4282f68936d0c413da4865d908cd50612c4ad07afee34fc');
insert into history_chain values (6, x'01a22372d2d770d998724b4e1e509d5b', 'done', 1, x'9af6498f08fffba017785b4dc77fd83b629737625c5b2285485d331a179a740e', x'f327b913f5eee88005d1a3cbf2892852ec09015ea047147113d9ec0fa37f7619', x'41499434913f2630a55070ab98d4488756883e6b4c2cae17ec2ca6d03f3f676c', x'4871df4da9bd3488f658f5164b80f105bcef47da378aa856d7fed68867f1fe6a');
insert into history_chain values (7, x'01a22372d2fa7489945b8b1e25f6a9c7', 'done', 1, x'5809d9e8ac00f9224d185d9cdfaa3dd268e987e421d8aafa6fdf48bd87ba81f6', x'a42199b8534cbb7dca03f9ff9e920a7dc231686f63de06f7d87ae3a8e31c5665', x'745dd96efd5e5e22d2fb435191c2274d83a31355d4c1d87f1c114e796eb684eb', x'cb35072c52f49cd27c2ed58a267c88be99bf32cc968658bdf1814a981e7474c1');
insert into history_chain values (8, x'01a22372d4da7152bf113be2b6ad5afe', 'done', 1, x'db2975e547e19cb9c4918ae52a0cfbfcac59d9e75c488a1214a79b88a4d95c7d', x'270d9adf35ee8ce021ce608c6ea48654272f18281ed16cac6ae5cc39b249b8f3', x'b555cc6d377264c2bb62909128b9d445881e7915378db9c415f7ebd14890c737', x'03253ba1ef62817aa9793d35a9d551d95f33e064132624ecc451222c98c9a834');
insert into history_chain values (9, x'01a22372d5ae718eb881bbb71172a81f', 'done', 1, x'1dada7a701c754cb9d5d376f60b59180a1e9e20be7eb9241f62ed8543a3cb56b', x'1d1c6bb60876d4f0a409820787977ea9af81879518afe3461af2f5cb2b0b4594', x'c1a8483bbe2985bf87296744309d592faee11860f43fd408a63382a3971869e0', x'e161130e52c760146d959749a6eeb6b5209a77dca7d8c88f14ded652f0363aa3');
insert into history_chain values (10, x'01a22372d7917589b9273acaf265aac8', 'done', 1, x'50b90c11977cfebd69aeb68f746e3cad398d3e3d638d7acd65e4fbf517cbbc74', x'3c038f4be12124b32040f328490e8307fd84e658b5dfcb190272f7d391c3ffb3', x'66d72e89d698196b20c909502c7fa234fa7b2d839cf0d0d662df3f2e6dee3cf9', x'ad02139b6c10edb319ac65193e6232f4c175b082189fc74c6cc7b6e2787ba6d2');
insert into history_chain values (11, x'01a22372d7c47578bf3e926d69eb9c8e', 'done', 1, x'923930a658a4ce09493fc9295e74295fb90c44cf29c0000425a26a078e8d0659', x'acbcb1bed77d4120404768f58328b57465136cd4fdd257bc017e12135f2ffff9', x'0b344babd51f666f2032999318f07059ee34a256a5e8d0f9d55fca792dbb486f', x'b754ebc8d6c38246aa9a68713df8bc2f1a89efa456dc4e11a64a1be63b628363');
insert into history_chain values (12, x'01a22372d8f475848cb80a1a33542de2', 'done', 1, x'a5bc37010a010a87a5421e4fb78818f44db801fa320859f48da5aa6681d64228', x'd2f5dc5475b0ca74ccbc44d9fee6e1de0c84fa8d14d0340bc34d4f95a19e676f', x'426bb16fe6323ee1200738bf038ac91f52477f2a4376a361a1b1d93bc5e3a365', x'19b9c8bb9871554a02c369f1457da7a98c960f529d5979662e3e394344f51c7a');
insert into history_chain values (13, x'01a22372d993759488cebc6128cecd27', 'done', 1, x'0942aaa33d5716f13803b47543ec7ed6e652cee644f287ad62df5dc933789527', x'e87b1bda5a36c096daffa1cf7ecf0a32c9eafd974aa87670b77e943c52849dca', x'454700976deea73da5ae4d317a09d42695eaaa939ac69dc6bd714b280423d124', x'0a89e026f53d4e528b5c0e77c70a4b65e6c578ff9c934ee1a060ac22c3080535');
insert into history_chain values (14, x'01a22372db2e7736ba141e66b02cce54', 'done', 1, x'cc3c524b88c6631e9beb178b507ce2a34e27ad51990875fdf8357f4ce2788ddd', x'f0eae9c663223846772edee3d05b2d87c612bd88c0da4915222a531dcb639b40', x'a643fd95a87ec8d1ddf728e570627cb122e1f20d5aaff67d5be7c6df0174e346', x'6fc32051f392702b66ebadf45a584e95b1d2aa9bb1803de7fdbae1422caaa1e5');
insert into history_chain values (15, x'01a22372dcb276ce9ff8f7b4fef3d053', 'done', 1, x'bd51948494457c4e5eb71a3b1f70bbe3234e8dc82149e87560e99bd8be5f6bd1', x'8ba356af5eee8c0860534bbcd39c65c7f067239bc87bf971c197f3dec00dac75', x'43b3f68834743e288baef88076b9e30533a03b75fbe684664dfca56743539250', x'9e3efabced740cf1a6f031ab91c652e1f46afb5adcb6e5ec879b22fc8e36d53f');
insert into history_chain values (16, x'01a22372dee271e7bff7b97167de6b29', 'done', 1, x'a8955cd3925b4b7a562440812cf2e9397c84d23ef824105f8d1b14a656c097be', x'd8b49c87ce67b9eaddb7b23cc4e06d65bfe6aac067ed4c42ccec9ccccd3c3f76', x'e64cc2f7e2cc9cb3ea2b70ad27a71831bdc94fd1397f9067375a1b02c297d178', x'2553405cfdb8481ee260fb056e7e2e7832151b10d98bae8b97f2702910033621');
insert into history_chain values (17, x'01a22372df4c71508fc20e3091b2c8c0', 'done', 1, x'e90564ca47335a6f4e705ccb917a443fac095ea089b50625ac5d6a9ec43cb540', x'fb64624e9179175767ad5f1cc1a85d2ba74dc40a4ce762275894d1f606678523', x'4982ee7c1fe0f351bf885e6aded125e9995749f8c26d40b2374e29abbca442b2', x'13d1f4e6094567c377efb2d3878861b16d562eb3a99abfb07553e150cfa8dadc');
insert into history_chain values (18, x'01a22372e0da741285c0f30480b61e60', 'done', 1, x'da60a79e6e9146743c6394f21b37f815fa7cb80daa3e6747e9d0e8ab62a55d44', x'5b3c7e044c8e11f0b0cc33a87ff2c7569066df7078c0c8615322660fc30d6463', x'8d8903ecf364a5abda4b01f219cec334c60fc1ea04d80eec3b56cb5201d3eb7e', x'73f5561c52071e363f6244f4258075dd3b427cdc51b09346077e68ff52540244');
insert into history_chain values (19, x'01a22372e24076189200e552328ac267', 'done', 1, x'f3b7e610d3b0de57a3a97b1c66e187d52f50efbdd369dbdee66d2ba3435f6cd0', x'9171c87d15860707bb014fd0c29abb4a0cf6e0e7b40bfe00b47647f514aa9447', x'72373edaa04c12077718050ba02fed4c81ac20c02dfffe828f5d691dae8c0a69', x'9fee1b3fc6088894878038e63f2f09f794255f99a3bd85d44dd366117202c5c5');
insert into history_chain values (20, x'01a22372e30c7151ad05f4199923a41a', 'done', 1, x'9c2ee3f830e417d73052a425fb5674813dec202cdb60546360b21d323033e67b', x'50ae43b6c591d37bdd88418f6d9ab075bb07f2179863b82abad9e4014fb3dcf8', x'a1a181b715d0c537a9193ed7084b82f06937286fcf087f4b9c846ef821958614', x'd7a943ed180e900f96cbc5bb613dceb894fffb8f5ac3786d3a428f3ce2f0dead');
insert into history_chain values (21, x'01a22372e489740ab721f02b16efeae8', 'done', 1, x'5f4a1aba13eae2bb15b845dac4b53f739c8679c75782a0c6013331a72e0ef95f', x'fee0114899e2f973a9c66e8d25fe3e7bf0d29424870c7bb5d0993f704c02acc0', x'ecdc7594ebe13affe2077772e90418aac8a2f90b5dbf264c0401563e7633fdf3', x'20a108b17932f136b98d9cdeeca3c997915574ab336b3640ad4527e393ebbd0b');
insert into history_chain values (22, x'01a22372e55c76228cb2073f6993a44e', 'done', 5, x'29dd0b0e9a897c9c0673e196eae026b15d5e76b4983a453e566a6238470a7c9a', x'b88a9730e70bd724fc4c06865d7a9f1d99a4f4cebb53398b61e9fb61ef5cd83c', x'4257d51e0c4212a7c1a155fd44827d4f3405758683f0f3599ffb35e356a178f4', x'ae3b2eaee572cb0771dd6c8ba25abfdca36f05275094c44a51c10ee76bf2e7e4');
insert into history_chain values (23, x'01a22372e821700b8208ffb1c73a0e62', 'done', 1, x'f1306c60fc018ab4cfe53cb4a8389f4c4234d4463f8d060a5a4f83bc9a64ddab', x'73f620ed838d6c49f2218ef4ee41310a30bdab0d057f62dc3647b786a9f61f7c', x'a630a6d0c42481e4ba1a42a66b3f817cc67e41d081ac8f933c7300bf88cd2fbe', x'288fc5ad38c15c025949ee4d4a03e7b6aa39c8dd023c8e0396c263e71dc30f29');
insert into history_chain values (24, x'01a22372e8ef711591bb578f5223f7b4', 'done', 2, x'c977e38cd22bbc064fba77a2bc503398c647e49c81a75f794d4c0c49ce5e206d', x'29f45f18677a1106d58220e18810a9aaaa05f6a9cc266b3e0ddea9d1befb2a80', x'f1f42a9ee177c454b7925a49bf10479c9363b8d1b464f025142bb7953ee7fd3d', x'a46543f92238bc433ff8b7f4c41a7dc5f2ac47a56100ad2050dd87d4e7144905');
insert into history_chain values (25, x'01a22372eb9170229f3fbce37b9ff394', 'done', 1, x'c525650021e62a908390c01b7059cc7e49d3ccc41b496d8f2678ba00f66bb665', x'2de1d606da78f787c3a2af525fd5f8d26477488bbca5d77d6dfc2eed46447391', x'b3e2accfd5420b1b533aba5729334250ac26a17e112cd7c3895f76b2f45e9bc4', x'9771bbbd87ee564ca0331e860a8a4b1964d0051fef76950100f376d53ab1fef3');
insert into history_chain values (26, x'01a22372ebeb71e8980c8f99856425b4', 'done', 1, x'01feb7e3b3a675920a3726083cf77f51499ae817c7ff626677dd14cdeaf0c0b4', x'1ea7d30dd77a19ddf3b47d19a69d7d71229e4348587c4183975a97464f1fd1e4', x'5322f3ac026003c6ed6c9420ad5b653a24cc09691e90641a6f12f7a84b8eb7dc', x'd5463094b464a40b888d00193c1234049014fa2d4535e2be7508f7a34c35d1c5');
insert into history_chain values (27, x'01a22372ed6f7529b8a6c3c6e11f33fe', 'done', 1, x'e64d985f688b4fefa7439e8d35bf47b8a26e7f86a915ead9498bfcea5bb1722d', x'bd58ebf08f61a334dee63c904c353968cccd5be2bdb10dbb336cf5af97779d51', x'cc05fe8556f452936f4169815904d8628f63daedf34d2368f8af751951f55b6f', x'3ebcc6c882fc43a3bab9c8174b199e667a85958b04a2b36035acdf1e4a720e0e');
insert into history_chain values (28, x'01a22372edf27318863db98f6b1863f0', 'done', 1, x'75567f034ed54f0abf5768cae5a916ccf02418cdf91f2c70979da73226410845', x'79769f20c57785a50c0d540e60b2fd1f684e5b8a28a408fe0fe03823a0323734', x'24b3aa8e45f4ea6635cab4ec37e37ee4ef9aad935333f2ca5cd338a9752f526d', x'a925288567412c93e54426f97e8379a4bbc612ecdc49bf66e896baf788a2a810');
insert into history_chain values (29, x'01a22372ef0971cfbfae970d9a975dde', 'done', 1, x'f0b0c2f2aa276404805edb4c41a2ec95bde29bc56ea150771e03aa8012d7a1ee', x'da4116b0682d360628ced88c07842361bb7dc5b7d25c7bd615d0ae6946249357', x'48d6131324160778cf6b9ae810fe4a7ae3e4c0b415ce747cfc80ced2664bd0bf', x'08c15840b37a48dc673dec63f565f1e8595ab219b7316bd0e3b79161069f081a');
insert into history_chain values (30, x'01a22372ef8477c6865d00eed739978c', 'done', 1, x'c6ba1462457b4382d8d36d38a13389f8cc1e034bbe87ad02164036319aa8230d', x'096ca197cfea0284cd0241c5f93eea72e035fb772faf88b7a1d51a2f9224f744', x'6220147ad91ef99103feeaa253eef99560606788c66ff5f98eb02f770295df59', x'b447d831d75df4b4ea67af799055cea6eaee41d0bbab826fd31fde8fe5ec4984');
insert into history_chain values (31, x'01a22372f1c5751d99b9c73a2e160b00', 'done', 1, x'b64dac3a23649db8a872ed2c91a27720e4fa32a47027be61c36f83caf027a612', x'c2bac444bef4e03d4134b23a12e340bc0cc4b9c753e96e57e9942c00a0cee91e', x'542ecc1c4870785bfec4d5ce308d5bb5bcdf7cd8af3ed3b125a988bb2a4c0aa0', x'9fba943fb11833ed56537c6abf1ce4ca100729d79e1a769d00e869cdf228b0bd');
insert into history_chain values (32, x'01a22372f2d57558b2853daf4c5874cc', 'done', 1, x'9bab24476e1846c56db4b86f8e364180342ddc1296c1539d5e9d6e1296208622', x'b8067ace3ec63fe06cb1c5f5db5c6de2cae09665dccb2c2d5e885897e73da4f0', x'098573836370b1b358f3fc73853135a40d2a8d4c6501c4340775ab2ccedff583', x'e6731722bf6f22f41ce769d0d254b233e33adeff69eea94df6788ec0af529601');
insert into history_chain values (33, x'01a22372f6a4765e8aa7e2b386702348', 'done', 1, x'e2008ef583d66d84ede6b40a4e8e348a0462e898e9f2932e12528358cb8c85be', x'929b0c8e762f01a7955400ed243f7ba4f8acc8be1567ca467472ab8cc5f79f66', x'6783caaf30cd76f4562641e9bb28ca25c6d7760e0fadcb6c64d05fecfcc73e91', x'3ebc38ba7650ae0bd26bb55983c551470800a1974803f35b6fa9054843ed38a0');
insert into history_chain values (34, x'01a22372f7087489b947ddeaf0910c93', 'done', 1, x'543717907fb416557ec4999b756d453dad3e333a55e9891a0a99606eadf603b5', x'5a5ac3e67667105b5386b2ac0b6bcd889f7bd69681113bc9433fd54817e33e41', x'219dc92c92c46726b45391648a21c87fa4126fbb01726b8e5f6f3b61e4b50ce9', x'0210dd1fa47d7c24d0adcda5f5824940ed9640a8df8589ad51247aa94ba4e516');
insert into history_chain values (35, x'01a22372f84175e88274177d281a0020', 'done', 1, x'1f882e8dda34f4257b19fd08cdad5a20cc0cd6d40c93fa1d0344c9d103eb39e8', x'84d2ed3868c10ff152dcda0ec8cd2fa19f9dec80c7c9c691cebe9cbcdba7eb09', x'1f2d6bbd3c0aed4e020024b4109e067192f2ff2ff22b2563a85a16c70512d618', x'd9786481c42876f25a5a3e136b4e2c01e0063e24134553e65f4c516be474e068');
insert into history_chain values (36, x'01a22372f94072b09eb4a587109c1d55', 'done', 1, x'643073ab7ebb5a9d3feb13e40726cfbeaf623ef1856d106a145ac6cf6eb22a02', x'8787d6bed841960be61f3560f54c81933b9a41b6d4d319570788eda496de42de', x'd30cf5b4388c1e7fc2c24a096ad099385d31033d763c56de2a12ed9f1ea2d13b', x'01259362c8966cee6dc848976b86e44030ec484bd8062fb86af9bb6284c31d2d');
insert into history_chain values (37, x'01a22372f996766daaffad6b61866f81', 'done', 1, x'1222ee327643a3416c066ef9613155410889b785da1c7fd2abfafdf8af3d8eeb', x'a0dbb86409a37729c0de00b5e884d471720b7052f50ff654a018dc92359db0b1', x'06ce7c439508b9be4d87a2958be3f0a93b3fed407329532eff2bd1ae68a1179b', x'e996727a85b122cbe06930ecec0a2e8ab5ad3caa58425b6ac0118e3bda9d97c7');
CREATE TABLE history_head (
  id integer primary key,
  position integer not null,
  link blob not null,
  older_batches blob null
);
insert into history_head values (1, 37, x'e996727a85b122cbe06930ecec0a2e8ab5ad3caa58425b6ac0118e3bda9d97c7', null);
CREATE TABLE key_wraps (
  user_id blob primary key,
  key_id blob not null,
  parameters text not null,
  salt blob not null,
  sealed blob not null,
  created_at integer not null
) without rowid;
insert into key_wraps values (x'01a22372cf7972c188cb976aa5d6c323', x'01a22372cf9e72d6a8e050cb0d521609', 'm=19456,t=2,p=1', x'28640f785a03495de14186dfc1deac99', x'70f757d81acfe45219845ca39606d827b7422ff6c7bfe9e33d416093cc3d1dd15e28e143a16d02d9ecf3f0c25fdbf0cc698203db93ee99c2671a1d74542e0d89a51507347973f2b0', 1795891056612);
insert into key_wraps values (x'01a22372d1aa74a2b2af6a5328624e07', x'01a22372cf9e72d6a8e050cb0d521609', 'm=19456,t=2,p=1', x'482f01e6bb96410afc78260364c2bc24', x'6fca83749e960f8148745f107e34ee5cd1db2758f0ac57a5ac47ae528be2fa77884024a644dce095829665eb35283f332317c784ce956c23ca7bf99edce2e9b5c9ada74379fde3ae', 1795891057102);
insert into key_wraps values (x'01a22372dcac7086b76d1ed0d93acaa1', x'01a22372cf9e72d6a8e050cb0d521609', 'm=19456,t=2,p=1', x'8f990a352b1a493f345cf46dbd8632c4', x'2038122cdb38c3c00df1376c315e82f96c1a0bdc4a28021aa00bf589e4bb156b883cdd12c030a486c02a30919bd03d936c8528665694def28377fd627feebabce2f207595fd76def', 1795891059988);
CREATE TABLE secrets (
  name text primary key,
  key_id blob not null,
  sealed blob not null,
  updated_at integer not null
) without rowid;
CREATE UNIQUE INDEX users_email_key on users (email_key);
CREATE UNIQUE INDEX products_id on products (id);
CREATE UNIQUE INDEX products_sku on products (sku);
CREATE INDEX products_by_name on products (deleted, name_key, active);
CREATE INDEX products_by_sku on products (deleted, sku);
CREATE INDEX products_by_brand on products (deleted, brand, name_key, active);
CREATE INDEX products_by_category on products (deleted, category, name_key, active);
CREATE INDEX products_by_active on products (deleted, active);
CREATE INDEX products_of_brand on products (deleted, brand, store_price, stock, updated_at, sku);
CREATE INDEX products_of_category on products (deleted, category, store_price, stock, updated_at, sku);
CREATE INDEX products_by_stock on products (deleted, stock);
CREATE INDEX products_by_store_price on products (deleted, store_price);
CREATE INDEX products_by_updated_at on products (deleted, updated_at);
CREATE INDEX products_by_parent on products (parent_id);
CREATE INDEX products_by_tx on products (tx_id);
CREATE UNIQUE INDEX change_tx_seq on change_tx (seq);
CREATE INDEX batches_by_origin on batches (origin, id);
CREATE INDEX journal_by_batch on journal (batch_id, id);
CREATE INDEX journal_by_entity on journal (entity_id, id);
CREATE UNIQUE INDEX roles_name_key on roles (name_key);
CREATE INDEX history_chain_by_batch on history_chain (batch_id, position);
CREATE INDEX sign_in_guesses_by_time on sign_in_guesses (last_at);
CREATE VIRTUAL TABLE products_words using fts5(
  words, content='products', content_rowid='pk', tokenize='ascii', detail='none', columnsize=0, prefix='1 2 3 4 5'
);
insert into products_words (products_words) values ('rebuild');
CREATE VIRTUAL TABLE products_codes using fts5(
  sku, barcode, content='products', content_rowid='pk', tokenize='trigram', detail='none', columnsize=0
);
insert into products_codes (products_codes) values ('rebuild');
