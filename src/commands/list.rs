//! The one list of commands: name, request, response, who may give it, where it is done.

use std::path::Path;
use std::pin::Pin;

use serde_json::Value as Json;
use ts_rs::TS;

use super::access::{Access, CommandInfo};
use super::account::{ChangePassword, CheckPassword, PasswordCheck, UpdateAccount};
use super::batches::{BatchPage, EntryPage, GetBatch, ListBatches, ListEntries};
use super::call::{Call, answer, parse};
use super::channels::{
    ChannelCheck, ChannelStatus, ConnectChannel, ConnectedChannel, ExchangePage, FetchChannel,
    ListChannelStatus, ListExchanges, MatchedListings, OpenPractice, ReconnectChannel, SyncChannel,
};
use super::events::Event;
use super::exports::RunExport;
use super::file_token::ChosenFile;
use super::files::{ChooseFile, ChooseImages, ChooseSave};
use super::history::{ExportHistory, GetVerification, ListHistory, VerifyHistory};
use super::images::{
    CleanImages, CleanedImages, FailedImages, FetchImagesNow, FetchedImages, GetImageStates,
    GiveImages, ImageInfo, ListFailedImages, RetriedImages, RetryImages, SaveImage, ShowImage,
    ShownImage, StoredImages,
};
use super::imports::{ConfigureImport, LoadPractice, MakeFields, OpenImport, PlanImport};
use super::jobs::{ListJobs, SelectJob, Started};
use super::key_store::{GetKeyStore, KeyStoreState};
use super::listings::{
    LinkListings, LinkedListings, ListListings, ListingAddress, ListingInfo, ListingPage,
    SetListingValues, WantListings,
};
use super::location::{SharedAddress, WorkspaceInfo};
use super::mappings::{ForgetProfile, ListProfiles, NameMapping, Profiles, StartOver};
use super::moves::{self, MoveRecords};
use super::plans::{
    ListPlanRows, PlanMarks, PlanRows, PlanSummary, PlanUndo, ResolvePlan, SaveRejects, SelectPlan,
    Written,
};
use super::practice_shops::PracticeShop;
use super::products::{CountProducts, FindProducts, GetFacets, ListProducts, ProductDetail};
use super::records::{
    Changed, CheckRecord, CreateRecord, FieldProblem, FindRecords, ListRecords, MergeRecord,
    MergedRecord, Moved, RecordPage, SavedRecord, SelectRecord, SelectRecords, UpdateRecord,
    UpdateRecords, UpdatedRecords,
};
use super::revise::RevisePlan;
use super::roles::{
    CreateRole, DeleteRole, ListPermissions, ListRoles, PermissionInfo, RoleInfo, UpdateRole,
};
use super::session::{AppState, CreateOwner, GetState, Lock, SignIn, SignOut, Unlock};
use super::settings::{GetSettings, Settings, UpdateSettings};
use super::users::{
    CreateUser, ListUsers, NewPassword, ResetPassword, SelectUser, UpdateUser, User, UserPage,
};
use super::variants::{
    GenerateVariants, MakeParent, MoveVariants, OrderVariants, RenameOption, RenameOptionValue,
    VariantList, VariantPlan,
};
use super::workspaces::{
    CloseWorkspace, ConnectShared, CreateLocal, ForgetWorkspace, ListWorkspaces, OpenFile,
    OpenWorkspace, SharedTest,
};
use super::{
    account, batches, channel_fields, channels, custom_fields, exports, files, history, images,
    imports, jobs, key_store, listings, mappings, plans, products, revise, roles, session,
    settings, supplier_products, suppliers, users, variants, workspaces,
};
use crate::jobs::{ImportDraft, JobStatus};
use domain::catalog::{Count, Facets, ProductPage};
use domain::channel::ShopFieldDef;
use domain::error::{Error, Result};
use domain::plan::{Batch, HistoryEntry, HistoryPage, Verification};
use domain::record::Permission;
use domain::record::Record;

/// The command with this name.
pub(super) fn find(name: &str) -> Option<&'static CommandInfo> {
    COMMANDS.iter().find(|command| command.name == name)
}

/// Makes a future of the size of a pointer, out of the sight of its caller: the stack of `dispatch` would have
/// room for the futures of all commands at a time.
fn boxed<F: Future>(make: impl FnOnce() -> F) -> Pin<Box<F>> {
    Box::pin(make())
}

macro_rules! commands {
    ($($name:literal: $request:ty => $response:ty, $access:expr, $body:path;)*) => {
        /// Every command.
        pub const COMMANDS: &[CommandInfo] = &[$(CommandInfo { name: $name, access: $access }),*];

        /// Runs the body of a command on its request.
        pub(super) async fn dispatch(call: &Call, name: &str, request: Json) -> Result<Json> {
            match name {
                $($name => {
                    let request: $request = parse(name, request)?;
                    let response: $response = boxed(|| $body(call, request)).await?;
                    answer(name, &response)
                })*
                _ => Err(Error::internal(format!("The command {name} has no body."))),
            }
        }

        /// Writes the TypeScript types of all commands into `folder`, one file per type.
        pub fn export_types(folder: &Path) -> Result<(), ts_rs::ExportError> {
            let config = ts_rs::Config::new().with_large_int("number").with_out_dir(folder);
            $(
                export_dependencies::<$request>(&config)?;
                export_dependencies::<$response>(&config)?;
            )*
            Error::export_all(&config)?;
            Event::export_all(&config)
        }

        /// The TypeScript interface that maps each command's name to its request and response.
        pub fn command_interface() -> String {
            let config = ts_rs::Config::new().with_large_int("number");
            let mut lines = Vec::new();
            $(lines.push(format!(
                "  {:?}: {{ request: {}; response: {} }};",
                $name, <$request as TS>::name(&config), <$response as TS>::name(&config),
            ));)*
            lines.join("\n")
        }
    };
}

commands! {
    "app.state": GetState => AppState, Access::Anyone, session::state;
    "workspaces.list": ListWorkspaces => Vec<WorkspaceInfo>, Access::Anyone, workspaces::list;
    "workspaces.create_local": CreateLocal => WorkspaceInfo, Access::Anyone, workspaces::create_local;
    "workspaces.open_file": OpenFile => WorkspaceInfo, Access::Anyone, workspaces::open_file;
    "workspaces.open": OpenWorkspace => WorkspaceInfo, Access::Anyone, workspaces::open;
    "workspaces.close": CloseWorkspace => (), Access::Anyone, workspaces::close;
    "workspaces.forget": ForgetWorkspace => (), Access::Anyone, workspaces::forget;
    "workspaces.test_shared": SharedAddress => SharedTest, Access::Anyone, workspaces::test_shared;
    "workspaces.connect_shared": ConnectShared => WorkspaceInfo, Access::Anyone, workspaces::connect_shared;
    "workspaces.key_store": GetKeyStore => KeyStoreState, Access::Anyone, key_store::state;
    "session.create_owner": CreateOwner => AppState, Access::Anyone, session::create_owner;
    "session.sign_in": SignIn => AppState, Access::Anyone, session::sign_in;
    "session.sign_out": SignOut => (), Access::Anyone, session::sign_out;
    "session.lock": Lock => (), Access::SignedIn, session::lock;
    "session.unlock": Unlock => AppState, Access::SignedIn, session::unlock;
    "account.update": UpdateAccount => AppState, Access::SignedIn, account::update;
    "account.change_password": ChangePassword => AppState, Access::SignedIn, account::change_password;
    "passwords.check": CheckPassword => PasswordCheck, Access::Anyone, account::check_password;
    "users.list": ListUsers => UserPage, Access::Needs(Permission::ManageUsers), users::list;
    "users.create": CreateUser => NewPassword, Access::Needs(Permission::ManageUsers), users::create;
    "users.update": UpdateUser => User, Access::Needs(Permission::ManageUsers), users::update;
    "users.deactivate": SelectUser => User, Access::Needs(Permission::ManageUsers), users::deactivate;
    "users.reactivate": SelectUser => User, Access::Needs(Permission::ManageUsers), users::reactivate;
    "users.delete": SelectUser => (), Access::Needs(Permission::ManageUsers), users::delete;
    "users.reset_password": ResetPassword => NewPassword, Access::Needs(Permission::ManageUsers), users::reset_password;
    "roles.list": ListRoles => Vec<RoleInfo>, Access::SignedIn, roles::list;
    "roles.create": CreateRole => RoleInfo, Access::Needs(Permission::ManageUsers), roles::create;
    "roles.update": UpdateRole => RoleInfo, Access::Needs(Permission::ManageUsers), roles::update;
    "roles.delete": DeleteRole => (), Access::Needs(Permission::ManageUsers), roles::delete;
    "permissions.list": ListPermissions => Vec<PermissionInfo>, Access::SignedIn, roles::permissions;
    "settings.get": GetSettings => Settings, Access::SignedIn, settings::get;
    "settings.update": UpdateSettings => Settings, Access::Needs(Permission::ManageWorkspace), settings::update;
    "files.choose": ChooseFile => Option<ChosenFile>, Access::Anyone, files::choose;
    "files.choose_images": ChooseImages => Vec<ChosenFile>, Access::Anyone, files::choose_images;
    "files.choose_save": ChooseSave => Option<ChosenFile>, Access::Anyone, files::choose_save;
    "practice.load": LoadPractice => Started, Access::Needs(Permission::Import), imports::load_practice;
    "products.list": ListProducts => ProductPage, Access::Needs(Permission::ViewProducts), products::list;
    "products.count": CountProducts => Count, Access::Needs(Permission::ViewProducts), products::count;
    "products.facets": GetFacets => Facets, Access::Needs(Permission::ViewProducts), products::facets;
    "products.get": SelectRecord => ProductDetail, Access::Needs(Permission::ViewProducts), products::get;
    "products.find": FindProducts => Vec<Record>, Access::Needs(Permission::ViewProducts), products::find;
    "products.history": SelectRecord => Vec<HistoryEntry>, Access::Needs(Permission::ViewProducts), products::history;
    "products.check": CheckRecord => Vec<FieldProblem>, Access::Needs(Permission::EditProducts), products::check;
    "products.merge": MergeRecord => MergedRecord, Access::Needs(Permission::EditProducts), products::merge;
    "products.create": CreateRecord => SavedRecord, Access::Needs(Permission::EditProducts), products::create;
    "products.update": UpdateRecord => SavedRecord, Access::Needs(Permission::EditProducts), products::update;
    "products.update_many": UpdateRecords => UpdatedRecords, Access::Needs(Permission::EditProducts), products::update_many;
    "products.variants": SelectRecord => VariantList, Access::Needs(Permission::ViewProducts), variants::list;
    "products.plan_variants": GenerateVariants => VariantPlan, Access::Needs(Permission::EditProducts), variants::plan;
    "products.generate_variants": GenerateVariants => Changed, Access::Needs(Permission::EditProducts), variants::generate;
    "products.make_parent": MakeParent => Changed, Access::Needs(Permission::EditProducts), variants::make_parent;
    "products.move_to": MoveVariants => Changed, Access::Needs(Permission::EditProducts), variants::move_to;
    "products.rename_option": RenameOption => Changed, Access::Needs(Permission::EditProducts), variants::rename_option;
    "products.rename_option_value": RenameOptionValue => Changed, Access::Needs(Permission::EditProducts), variants::rename_value;
    "products.order_variants": OrderVariants => Changed, Access::Needs(Permission::EditProducts), variants::order;
    "products.trash": SelectRecords => Moved, Access::Needs(Permission::EditProducts), products::trash;
    "products.restore": SelectRecords => Moved, Access::Needs(Permission::EditProducts), products::restore;
    "products.purge": SelectRecords => Moved, Access::Needs(Permission::PurgeProducts), products::purge;
    "suppliers.list": ListRecords => RecordPage, Access::Needs(Permission::ViewProducts), suppliers::list;
    "suppliers.find": FindRecords => Vec<Record>, Access::Needs(Permission::ViewProducts), suppliers::find;
    "suppliers.get": SelectRecord => Record, Access::Needs(Permission::ViewProducts), suppliers::get;
    "suppliers.history": SelectRecord => Vec<HistoryEntry>, Access::Needs(Permission::ViewProducts), suppliers::history;
    "suppliers.check": CheckRecord => Vec<FieldProblem>, Access::Needs(Permission::EditSuppliers), suppliers::check;
    "suppliers.merge": MergeRecord => MergedRecord, Access::Needs(Permission::EditSuppliers), suppliers::merge;
    "suppliers.create": CreateRecord => SavedRecord, Access::Needs(Permission::EditSuppliers), suppliers::create;
    "suppliers.update": UpdateRecord => SavedRecord, Access::Needs(Permission::EditSuppliers), suppliers::update;
    "suppliers.trash": SelectRecords => Moved, Access::Needs(Permission::EditSuppliers), suppliers::trash;
    "suppliers.restore": SelectRecords => Moved, Access::Needs(Permission::EditSuppliers), suppliers::restore;
    "suppliers.purge": SelectRecords => Moved, Access::Needs(Permission::PurgeProducts), suppliers::purge;
    "supplier_products.list": ListRecords => RecordPage, Access::Needs(Permission::ViewProducts), supplier_products::list;
    "supplier_products.find": FindRecords => Vec<Record>, Access::Needs(Permission::ViewProducts), supplier_products::find;
    "supplier_products.get": SelectRecord => Record, Access::Needs(Permission::ViewProducts), supplier_products::get;
    "supplier_products.history": SelectRecord => Vec<HistoryEntry>, Access::Needs(Permission::ViewProducts), supplier_products::history;
    "supplier_products.check": CheckRecord => Vec<FieldProblem>, Access::Needs(Permission::EditSuppliers), supplier_products::check;
    "supplier_products.merge": MergeRecord => MergedRecord, Access::Needs(Permission::EditSuppliers), supplier_products::merge;
    "supplier_products.create": CreateRecord => SavedRecord, Access::Needs(Permission::EditSuppliers), supplier_products::create;
    "supplier_products.update": UpdateRecord => SavedRecord, Access::Needs(Permission::EditSuppliers), supplier_products::update;
    "supplier_products.prefer": SelectRecord => SavedRecord, Access::Needs(Permission::EditSuppliers), supplier_products::prefer;
    "supplier_products.trash": SelectRecords => Moved, Access::Needs(Permission::EditSuppliers), supplier_products::trash;
    "supplier_products.restore": SelectRecords => Moved, Access::Needs(Permission::EditSuppliers), supplier_products::restore;
    "supplier_products.purge": SelectRecords => Moved, Access::Needs(Permission::PurgeProducts), supplier_products::purge;
    "custom_fields.list": ListRecords => RecordPage, Access::Needs(Permission::ViewProducts), custom_fields::list;
    "custom_fields.find": FindRecords => Vec<Record>, Access::Needs(Permission::ViewProducts), custom_fields::find;
    "custom_fields.get": SelectRecord => Record, Access::Needs(Permission::ViewProducts), custom_fields::get;
    "custom_fields.history": SelectRecord => Vec<HistoryEntry>, Access::Needs(Permission::ViewProducts), custom_fields::history;
    "custom_fields.values": SelectRecord => Count, Access::Needs(Permission::ViewProducts), custom_fields::values;
    "custom_fields.merge": MergeRecord => MergedRecord, Access::Needs(Permission::ManageWorkspace), custom_fields::merge;
    "custom_fields.check": CheckRecord => Vec<FieldProblem>, Access::Needs(Permission::ManageWorkspace), custom_fields::check;
    "custom_fields.create": CreateRecord => SavedRecord, Access::Needs(Permission::ManageWorkspace), custom_fields::create;
    "custom_fields.update": UpdateRecord => SavedRecord, Access::Needs(Permission::ManageWorkspace), custom_fields::update;
    "custom_fields.trash": SelectRecords => Moved, Access::Needs(Permission::ManageWorkspace), custom_fields::trash;
    "custom_fields.restore": SelectRecords => Moved, Access::Needs(Permission::ManageWorkspace), custom_fields::restore;
    "custom_fields.purge": SelectRecords => Moved, Access::Needs(Permission::ManageWorkspace), custom_fields::purge;
    "channels.list": ListRecords => RecordPage, Access::Needs(Permission::ViewProducts), channels::list;
    "channels.find": FindRecords => Vec<Record>, Access::Needs(Permission::ViewProducts), channels::find;
    "channels.get": SelectRecord => Record, Access::Needs(Permission::ViewProducts), channels::get;
    "channels.history": SelectRecord => Vec<HistoryEntry>, Access::Needs(Permission::ViewProducts), channels::history;
    "channels.check": CheckRecord => Vec<FieldProblem>, Access::Needs(Permission::ManageChannels), channels::check;
    "channels.merge": MergeRecord => MergedRecord, Access::Needs(Permission::ManageChannels), channels::merge;
    "channels.create": CreateRecord => SavedRecord, Access::Needs(Permission::ManageChannels), channels::create;
    "channels.update": UpdateRecord => SavedRecord, Access::Needs(Permission::ManageChannels), channels::update;
    "channels.trash": SelectRecords => Moved, Access::Needs(Permission::ManageChannels), channels::trash;
    "channels.restore": SelectRecords => Moved, Access::Needs(Permission::ManageChannels), channels::restore;
    "channels.purge": SelectRecords => Moved, Access::Needs(Permission::ManageChannels), channels::forget;
    "channels.status": ListChannelStatus => Vec<ChannelStatus>, Access::Needs(Permission::ViewProducts), channels::status;
    "channels.connect": ConnectChannel => ConnectedChannel, Access::Needs(Permission::ManageChannels), channels::connect;
    "channels.practice": OpenPractice => PracticeShop, Access::Needs(Permission::ManageChannels), channels::practice;
    "channels.reconnect": ReconnectChannel => ChannelCheck, Access::Needs(Permission::ManageChannels), channels::reconnect;
    "channels.test": SelectRecord => ChannelCheck, Access::Needs(Permission::SyncChannels), channels::test;
    "channels.fetch": FetchChannel => Started, Access::Needs(Permission::SyncChannels), channels::fetch;
    "channels.match": SelectRecord => MatchedListings, Access::Needs(Permission::SyncChannels), channels::match_all;
    "channels.sync": SyncChannel => Started, Access::Needs(Permission::SyncChannels), channels::sync;
    "channels.exchanges": ListExchanges => ExchangePage, Access::Needs(Permission::ManageChannels), channels::exchanges;
    "channels.fields": SelectRecord => Vec<ShopFieldDef>, Access::Needs(Permission::ViewProducts), channel_fields::of_shop;
    "channel_fields.list": ListRecords => RecordPage, Access::Needs(Permission::ViewProducts), channel_fields::list;
    "channel_fields.find": FindRecords => Vec<Record>, Access::Needs(Permission::ViewProducts), channel_fields::find;
    "channel_fields.get": SelectRecord => Record, Access::Needs(Permission::ViewProducts), channel_fields::get;
    "channel_fields.history": SelectRecord => Vec<HistoryEntry>, Access::Needs(Permission::ViewProducts), channel_fields::history;
    "channel_fields.check": CheckRecord => Vec<FieldProblem>, Access::Needs(Permission::ManageChannels), channel_fields::check;
    "channel_fields.merge": MergeRecord => MergedRecord, Access::Needs(Permission::ManageChannels), channel_fields::merge;
    "channel_fields.update": UpdateRecord => SavedRecord, Access::Needs(Permission::ManageChannels), channel_fields::update;
    "channel_fields.trash": SelectRecords => Moved, Access::Needs(Permission::ManageChannels), channel_fields::trash;
    "channel_fields.restore": SelectRecords => Moved, Access::Needs(Permission::ManageChannels), channel_fields::restore;
    "channel_fields.purge": SelectRecords => Moved, Access::Needs(Permission::ManageChannels), channel_fields::purge;
    "channel_fields.create": CreateRecord => SavedRecord, Access::Needs(Permission::ManageChannels), channel_fields::create;
    "listings.list": ListListings => ListingPage, Access::Needs(Permission::ViewProducts), listings::list;
    "listings.of": SelectRecord => Vec<ListingInfo>, Access::Needs(Permission::ViewProducts), listings::of_record;
    "listings.address": SelectRecord => ListingAddress, Access::Needs(Permission::ViewProducts), listings::address;
    "listings.link": LinkListings => LinkedListings, Access::Needs(Permission::SyncChannels), listings::link;
    "listings.set_values": SetListingValues => (), Access::Needs(Permission::SyncChannels), listings::set_values;
    "listings.want": WantListings => LinkedListings, Access::Needs(Permission::SyncChannels), listings::want;
    "imports.open": OpenImport => ImportDraft, Access::Needs(Permission::Import), imports::open;
    "imports.configure": ConfigureImport => ImportDraft, Access::Needs(Permission::Import), imports::configure;
    "imports.make_fields": MakeFields => ImportDraft, Access::Needs(Permission::ManageWorkspace), imports::make_fields;
    "imports.plan": PlanImport => Started, Access::Needs(Permission::Import), imports::plan;
    "imports.start_over": StartOver => ImportDraft, Access::Needs(Permission::Import), mappings::start_over;
    "imports.profiles": ListProfiles => Profiles, Access::Needs(Permission::Import), mappings::list;
    "imports.save_profile": NameMapping => (), Access::Needs(Permission::Import), mappings::save;
    "imports.use_profile": NameMapping => ImportDraft, Access::Needs(Permission::Import), mappings::apply;
    "imports.forget_profile": ForgetProfile => (), Access::Needs(Permission::Import), mappings::forget;
    "plans.move": MoveRecords => Started, Access::Needs(Permission::Import), moves::plan;
    "plans.get": SelectPlan => PlanSummary, Access::Needs(Permission::Import), plans::get;
    "plans.rows": ListPlanRows => PlanRows, Access::Needs(Permission::Import), plans::rows;
    "plans.marks": SelectPlan => PlanMarks, Access::Needs(Permission::Import), plans::marks;
    "plans.revise": RevisePlan => Started, Access::Needs(Permission::Import), revise::revise;
    "plans.resolve": ResolvePlan => PlanSummary, Access::Needs(Permission::Import), plans::resolve;
    "plans.apply": SelectPlan => Started, Access::Needs(Permission::Import), plans::apply;
    "plans.discard": SelectPlan => (), Access::Needs(Permission::Import), plans::discard;
    "plans.save_rejects": SaveRejects => Written, Access::Needs(Permission::Import), plans::save_rejects;
    "plans.undo": PlanUndo => Started, Access::Needs(Permission::Import), plans::undo;
    "batches.list": ListBatches => BatchPage, Access::Needs(Permission::ViewProducts), batches::list;
    "batches.get": GetBatch => Batch, Access::Needs(Permission::ViewProducts), batches::get;
    "batches.entries": ListEntries => EntryPage, Access::Needs(Permission::ViewProducts), batches::entries;
    "history.list": ListHistory => HistoryPage, Access::SignedIn, history::list;
    "history.export": ExportHistory => Started, Access::Needs(Permission::Export), history::export;
    "history.verify": VerifyHistory => Started, Access::Needs(Permission::ViewHistory), history::verify;
    "history.verification": GetVerification => Option<Verification>, Access::Needs(Permission::ViewHistory), history::verification;
    "images.store": GiveImages => StoredImages, Access::Needs(Permission::EditProducts), images::store;
    "images.states": GetImageStates => Vec<ImageInfo>, Access::Needs(Permission::ViewProducts), images::states;
    "images.show": ShowImage => Option<ShownImage>, Access::Needs(Permission::ViewProducts), images::show;
    "images.save": SaveImage => (), Access::Needs(Permission::ViewProducts), images::save;
    "images.failed": ListFailedImages => FailedImages, Access::Needs(Permission::ViewProducts), images::failed;
    "images.retry": RetryImages => RetriedImages, Access::Needs(Permission::EditProducts), images::retry;
    "images.fetch": FetchImagesNow => FetchedImages, Access::Needs(Permission::EditProducts), images::fetch;
    "images.clean": CleanImages => CleanedImages, Access::Needs(Permission::PurgeProducts), images::clean;
    "exports.run": RunExport => Started, Access::Needs(Permission::Export), exports::run;
    "jobs.list": ListJobs => Vec<JobStatus>, Access::SignedIn, jobs::list;
    "jobs.get": SelectJob => JobStatus, Access::SignedIn, jobs::get;
    "jobs.cancel": SelectJob => JobStatus, Access::SignedIn, jobs::cancel;
}

/// Exports a type that has a file of its own, or what a list or an option holds.
fn export_dependencies<T: TS + 'static>(config: &ts_rs::Config) -> Result<(), ts_rs::ExportError> {
    struct ExportEach<'a>(&'a ts_rs::Config, Result<(), ts_rs::ExportError>);
    impl ts_rs::TypeVisitor for ExportEach<'_> {
        fn visit<T: TS + 'static + ?Sized>(&mut self) {
            if T::output_path().is_some() && self.1.is_ok() {
                self.1 = T::export_all(self.0);
            }
        }
    }
    let mut visitor = ExportEach(config, Ok(()));
    if T::output_path().is_some() {
        visitor.1 = T::export_all(config);
    } else {
        T::visit_generics(&mut visitor);
    }
    visitor.1
}
