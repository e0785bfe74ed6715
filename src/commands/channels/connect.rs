//! Connecting a shop: is it let in, what does it say of itself, which field goes where to begin with.

use std::sync::Arc;

use channels::channel::{Channel, ShopCheck};
use channels::exchange::ExchangeLog;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::account::{account, open_channel, open_shop, platform_of, secret_name};
use crate::commands::call::Call;
use crate::commands::records::{Proposed, SelectRecord, change_together, check_new};
use crate::jobs::{JobKind, JobSubject, while_wanted};
use domain::channel::channel_field::{CHANNEL_FIELD, CHANNEL_NAME, OURS, OWNER, THEIRS};
use domain::channel::shop::{
    ACCOUNT, ADDRESS, CHANNEL, CURRENCY, NAME, NEW_HERE, NEW_THERE, PLACE, PLACE_NAME, PLATFORM,
    SHOP_NAME, STATE, STOCK, TIME_ZONE,
};
use domain::channel::{Platform, ShopField};
use domain::error::{Error, Result};
use domain::plan::Origin;
use domain::record::{Field, FieldKind, Record, Value};
use domain::values::RecordId;

/// `channels.connect`: lets a shop in, and connects it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ConnectChannel {
    /// What the shop is called here.
    pub name: String,
    /// Its platform.
    pub platform: Platform,
    /// Its address.
    pub address: String,
    /// The client id of a Shopify app, or the user of a Maropost key.
    #[serde(default)]
    #[ts(optional)]
    pub account: Option<String>,
    /// The token, client secret or key.
    pub secret: String,
    /// Whether it begins in rehearsal: what would be sent is recorded and not sent.
    #[serde(default)]
    #[ts(optional)]
    pub rehearse: Option<bool>,
}

/// `channels.reconnect`: gives a shop another secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ReconnectChannel {
    /// The channel.
    pub id: RecordId,
    /// The token, client secret or key.
    pub secret: String,
}

/// A shop that is connected.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ConnectedChannel {
    /// The channel.
    pub record: Record,
    /// What it said of itself.
    pub check: ChannelCheck,
}

/// What a shop says of itself, and what keeps its account from working.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ChannelCheck {
    /// What it calls itself.
    pub name: String,
    /// Its currency.
    pub currency: String,
    /// Its time zone.
    pub time_zone: String,
    /// Where stock lies.
    pub places: Vec<ChannelPlace>,
    /// What is missing, one by one.
    pub problems: Vec<ChannelProblem>,
}

/// Where stock lies: a location or a warehouse.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ChannelPlace {
    /// Its id in the shop.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Whether it is in use.
    pub active: bool,
}

/// What keeps an account from working, or some of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ChannelProblem {
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub hint: String,
    /// Whether products cannot be synced at all.
    pub is_fatal: bool,
}

impl From<&ShopCheck> for ChannelCheck {
    fn from(check: &ShopCheck) -> Self {
        Self {
            name: check.name.clone(),
            currency: check.currency.clone(),
            time_zone: check.time_zone.clone(),
            places: check
                .places
                .iter()
                .map(|place| ChannelPlace {
                    id: place.id.clone(),
                    name: place.name.clone(),
                    active: place.active,
                })
                .collect(),
            problems: check
                .problems
                .iter()
                .map(|problem| ChannelProblem {
                    message: problem.message.clone(),
                    hint: problem.hint.clone(),
                    is_fatal: problem.is_fatal,
                })
                .collect(),
        }
    }
}

/// Connects a shop, once it let us in.
pub(in crate::commands) async fn connect(
    call: &Call,
    request: ConnectChannel,
) -> Result<ConnectedChannel> {
    let (store, key) = (call.store()?, call.key()?);
    let mut record = Record::blank(CHANNEL, RecordId::new());
    for (field, value) in first_values(&request) {
        record.fields.set(field, value);
    }
    check_new(&store, &record.fields).await?;
    let account = account(&record.fields, &request.secret)?;
    let channel = open_shop(call, &request.address, account, ExchangeLog::none())?;
    let check = ask(call, record.code(), channel.into()).await?;
    if let Some(problem) = check.problems.iter().find(|problem| problem.is_fatal) {
        return Err(Error::invalid(problem.message.clone()).hint(problem.hint.clone()));
    }
    for (field, value) in said(&check) {
        record.fields.set(field, value);
    }
    store
        .put_secret(&key, &secret_name(record.id), request.secret.trim())
        .await?;
    let mut proposed = vec![Proposed::create(record.clone())];
    proposed.extend(usual(request.platform, &record));
    let label = record.code().to_owned();
    let changed = change_together(call, (Origin::Form, label), proposed).await?;
    if let Some(kept) = changed.kept.first() {
        store.delete_secret(&secret_name(record.id)).await?;
        return Err(Error::invalid(kept.reason.clone()));
    }
    Ok(ConnectedChannel {
        record: store.get(CHANNEL, record.id).await?,
        check: ChannelCheck::from(&check),
    })
}

fn first_values(request: &ConnectChannel) -> Vec<(Field, Value)> {
    let platform = match request.platform {
        Platform::Shopify => "shopify",
        Platform::Maropost => "maropost",
    };
    let state = match request.rehearse {
        Some(true) => "rehearsal",
        _ => "active",
    };
    let account = request.account.as_deref().unwrap_or_default();
    vec![
        (NAME, Value::text(request.name.trim())),
        (PLATFORM, Value::text(platform)),
        (ADDRESS, Value::text(request.address.trim())),
        (ACCOUNT, Value::text(account.trim())),
        (STATE, Value::text(state)),
        (NEW_HERE, Value::text("ask")),
        (NEW_THERE, Value::text("ask")),
        (STOCK, Value::text("we")),
    ]
}

/// What a shop says of itself, as its record keeps it. Its first place in use is where its stock is.
fn said(check: &ShopCheck) -> Vec<(Field, Value)> {
    let mut places = check.places.iter().filter(|place| place.active);
    let primary = places.clone().find(|place| place.primary);
    let place = primary.or_else(|| places.next());
    let mut said = vec![
        (SHOP_NAME, Value::text(check.name.as_str())),
        (CURRENCY, Value::text(check.currency.as_str())),
        (TIME_ZONE, Value::text(check.time_zone.as_str())),
    ];
    if let Some(place) = place {
        said.push((PLACE, Value::text(place.id.as_str())));
        said.push((PLACE_NAME, Value::text(place.name.as_str())));
    }
    said
}

/// The fields that are usually kept in step: asked about where both changed, pictures left alone until a
/// person says otherwise.
fn usual(platform: Platform, channel: &Record) -> Vec<Proposed> {
    let pairs: Vec<(Field, ShopField)> = match platform {
        Platform::Shopify => channels::shopify::usual_fields(),
        Platform::Maropost => channels::maropost::usual_fields(),
    };
    let proposed = pairs.into_iter().map(|(ours, theirs)| {
        let is_picture = ours
            .def()
            .is_some_and(|def| matches!(def.kind, FieldKind::Image | FieldKind::Images));
        let owner = if is_picture { "nobody" } else { "ask" };
        let mut record = Record::blank(CHANNEL_FIELD, RecordId::new());
        for (field, text) in [
            (CHANNEL_NAME, channel.code()),
            (OURS, &*ours.to_string()),
            (THEIRS, theirs.key()),
            (OWNER, owner),
        ] {
            record.fields.set(field, Value::text(text));
        }
        record.fields.derive();
        Proposed::create(record)
    });
    proposed.collect()
}

/// Gives a shop another secret, once it let us in with it.
pub(in crate::commands) async fn reconnect(
    call: &Call,
    request: ReconnectChannel,
) -> Result<ChannelCheck> {
    let (store, key) = (call.store()?, call.key()?);
    let record = store.get(CHANNEL, request.id).await?;
    let account = account(&record.fields, &request.secret)?;
    let address = record.fields.text(ADDRESS);
    let channel = open_shop(call, address, account, ExchangeLog::none())?;
    let check = ask(call, record.code(), channel.into()).await?;
    if let Some(problem) = check.problems.iter().find(|problem| problem.is_fatal) {
        return Err(Error::invalid(problem.message.clone()).hint(problem.hint.clone()));
    }
    store
        .put_secret(&key, &secret_name(record.id), request.secret.trim())
        .await?;
    Ok(ChannelCheck::from(&check))
}

/// Whether a shop still lets us in, and what is missing.
pub(in crate::commands) async fn test(call: &Call, request: SelectRecord) -> Result<ChannelCheck> {
    let record = call.store()?.get(CHANNEL, request.id).await?;
    platform_of(&record.fields)?;
    let channel = open_channel(call, &record).await?;
    let check = ask(call, record.code(), channel).await?;
    Ok(ChannelCheck::from(&check))
}

/// Asks a shop whether it lets us in. It is a job, which a person can stop: a shop that does not answer
/// takes a while.
async fn ask(call: &Call, name: &str, channel: Arc<dyn Channel>) -> Result<ShopCheck> {
    let subject = JobSubject {
        kind: JobKind::CheckChannel,
        label: name.to_owned(),
        plan: None,
    };
    let asking = call.jobs().run(subject, move |progress| async move {
        progress.step("Waiting for the shop", 0);
        Ok(while_wanted(&progress, channel.check()).await??)
    });
    asking.await
}
