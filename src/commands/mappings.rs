//! Mappings of files: remembered by the shape of a file, or kept under a name (a *profile*).

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::blocking::blocking;
use super::call::Call;
use super::plans::refuse_written;
use crate::jobs::{Draft, ImportDraft, Mapping, Remembered};
use domain::error::{Error, Result};
use domain::record::{Field, Kind, Permission};
use domain::values::{PlanId, Timestamp};
use store::{KeptMapping, MappingSlot};

/// The longest name of a profile.
const MAX_NAME: usize = 60;

/// `imports.profiles`: lists the profiles of a kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ListProfiles {
    /// Of what kind.
    pub kind: Kind,
}

/// A mapping with a name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Profile {
    /// Its name.
    pub name: String,
    /// The file that it was saved with last.
    pub file_name: String,
    /// When that was.
    pub used_at: Timestamp,
}

/// The answer to `imports.profiles`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Profiles {
    /// By name.
    pub profiles: Vec<Profile>,
}

/// `imports.save_profile` and `imports.use_profile`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NameMapping {
    /// The draft.
    pub id: PlanId,
    /// The name of the profile.
    pub name: String,
}

/// `imports.forget_profile`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ForgetProfile {
    /// Of what kind.
    pub kind: Kind,
    /// Its name.
    pub name: String,
}

/// `imports.start_over`: maps the columns as they are proposed, whatever was done before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct StartOver {
    /// The draft.
    pub id: PlanId,
}

/// Maps the columns of a draft as those of the last file of its shape.
pub(super) async fn recall(call: &Call, mut draft: Draft) -> Result<Draft> {
    let Some(shape) = draft.shape() else {
        return Ok(draft);
    };
    let store = call.store()?;
    let Some(kept) = store
        .mapping(draft.kind(), &MappingSlot::Shape(shape))
        .await?
    else {
        return Ok(draft);
    };
    take_over(&mut draft, kept, call.may(Permission::SeeCosts))?;
    Ok(draft)
}

fn take_over(draft: &mut Draft, kept: KeptMapping, costs: bool) -> Result<()> {
    // What another version of the app kept is not understood here; then the proposal stays.
    let Ok(mapping) = serde_json::from_str::<Mapping>(&kept.mapping) else {
        return Ok(());
    };
    let from = Remembered {
        name: kept.name,
        file_name: kept.file_name,
        used_at: kept.used_at,
        missing: Vec::new(),
    };
    draft.take_mapping(&mapping, from, costs)
}

/// Remembers how the columns of a draft are mapped, for the next file of its shape.
pub(super) async fn remember(call: &Call, draft: &Draft) -> Result<()> {
    match draft.shape() {
        Some(shape) => keep(call, draft, MappingSlot::Shape(shape)).await,
        None => Ok(()),
    }
}

async fn keep(call: &Call, draft: &Draft, slot: MappingSlot) -> Result<()> {
    let (store, kind) = (call.store()?, draft.kind());
    let mut mapping = draft.mapping();
    let earlier = store.mapping(kind, &slot).await?;
    let earlier = earlier.and_then(|kept| serde_json::from_str::<Mapping>(&kept.mapping).ok());
    if let Some(earlier) = earlier {
        // A user without the right leaves what another one mapped of it as it is.
        let is_hidden = |key: &str| {
            let needs = Field::from_key(key).and_then(Field::needs);
            needs.is_some_and(|right| !call.may(right))
        };
        mapping.keep_hidden(&earlier, is_hidden);
    }
    let text = serde_json::to_string(&mapping)
        .map_err(|cause| Error::internal(format!("The mapping cannot be kept: {cause}.")))?;
    store
        .keep_mapping(kind, &slot, &draft.file_name(), &text)
        .await
}

/// A draft, for those who may edit what its rows are.
pub(super) async fn draft_of(call: &Call, id: PlanId) -> Result<Draft> {
    let (plans, schema) = (call.plans_dir()?, call.store()?.schema());
    let costs = call.may(Permission::SeeCosts);
    let draft = blocking(move || Draft::load_for(&plans, id, &schema, costs)).await?;
    call.require(draft.kind().def().rights.edit)?;
    Ok(draft)
}

/// The same to understand the file in another way, or to plan it.
pub(super) async fn open_draft(call: &Call, id: PlanId) -> Result<Draft> {
    let draft = draft_of(call, id).await?;
    refuse_written(call, id).await?;
    Ok(draft)
}

/// The profiles of a kind.
pub(super) async fn list(call: &Call, request: ListProfiles) -> Result<Profiles> {
    let kept = call
        .store()?
        .named_mappings(request.kind)
        .await?
        .into_iter();
    let profiles = kept.map(|kept| Profile {
        name: kept.name,
        file_name: kept.file_name,
        used_at: kept.used_at,
    });
    Ok(Profiles {
        profiles: profiles.collect(),
    })
}

/// Keeps how a draft is mapped under a name.
pub(super) async fn save(call: &Call, request: NameMapping) -> Result<()> {
    let name = request.name.trim().to_owned();
    if name.is_empty() || name.chars().count() > MAX_NAME || name.contains(char::is_control) {
        return Err(Error::invalid(format!(
            "The name of a profile has 1 to {MAX_NAME} visible characters."
        )));
    }
    let draft = draft_of(call, request.id).await?;
    keep(call, &draft, MappingSlot::Name(name)).await
}

/// Maps a draft as a profile says.
pub(super) async fn apply(call: &Call, request: NameMapping) -> Result<ImportDraft> {
    let mut draft = open_draft(call, request.id).await?;
    let (store, kind) = (call.store()?, draft.kind());
    let name = request.name.trim().to_owned();
    let kept = store
        .mapping(kind, &MappingSlot::Name(name.clone()))
        .await?;
    let Some(kept) = kept else {
        return Err(unknown(call, kind, &name).await?);
    };
    take_over(&mut draft, kept, call.may(Permission::SeeCosts))?;
    blocking(move || draft.look()).await
}

async fn unknown(call: &Call, kind: Kind, name: &str) -> Result<Error> {
    let names = list(call, ListProfiles { kind }).await?.profiles;
    let names: Vec<&str> = names.iter().map(|profile| profile.name.as_str()).collect();
    let error = Error::not_found(format!("There is no profile \"{name}\"."));
    Ok(match names.is_empty() {
        true => error.hint("None was saved yet."),
        false => error.hint(format!("The profiles are: {}.", names.join(", "))),
    })
}

/// Forgets a profile.
pub(super) async fn forget(call: &Call, request: ForgetProfile) -> Result<()> {
    let store = call.store()?;
    match store
        .forget_mapping(request.kind, request.name.trim())
        .await?
    {
        true => Ok(()),
        false => Err(unknown(call, request.kind, &request.name).await?),
    }
}

/// Maps a draft as it is proposed.
pub(super) async fn start_over(call: &Call, request: StartOver) -> Result<ImportDraft> {
    let costs = call.may(Permission::SeeCosts);
    let mut draft = open_draft(call, request.id).await?;
    blocking(move || {
        draft.start_over(costs)?;
        draft.look()
    })
    .await
}
