//! Opening a shop with the secret of its account.

use std::sync::Arc;

use channels::channel::Channel;
use channels::exchange::ExchangeLog;
use channels::failure::Answered;
use channels::open::{Account, Secret as AccountSecret, open};

use crate::commands::call::Call;
use crate::commands::records::hidden::sees;
use crate::jobs::{PlanMeta, Sending, Shop, keep_exchanges};
use domain::channel::Platform;
use domain::channel::shop::{ACCOUNT, ADDRESS, CHANNEL, PLATFORM, STATE};
use domain::error::{Error, Result};
use domain::record::{Fields, Record};
use domain::values::RecordId;
use store::Secret;

/// Under which name the secret of a channel is kept.
pub(super) fn secret_name(channel: RecordId) -> String {
    format!("channel.{channel}")
}

/// The platform that a record names.
pub(super) fn platform_of(fields: &Fields) -> Result<Platform> {
    match fields.text(PLATFORM) {
        "shopify" => Ok(Platform::Shopify),
        "maropost" => Ok(Platform::Maropost),
        other => Err(Error::invalid(format!(
            "This version of the app knows no platform {other}."
        ))),
    }
}

/// The account that fields and a secret are.
pub(super) fn account(fields: &Fields, secret: &str) -> Result<Account> {
    let (user, secret) = (fields.text(ACCOUNT).to_owned(), AccountSecret::new(secret));
    Ok(match platform_of(fields)? {
        Platform::Shopify if user.is_empty() => Account::ShopifyToken { token: secret },
        Platform::Shopify => Account::ShopifyApp {
            client_id: user,
            client_secret: secret,
        },
        Platform::Maropost => Account::Maropost {
            key: secret,
            username: user,
        },
    })
}

/// Opens a channel with the secret that is kept for it.
pub(super) async fn open_channel(call: &Call, record: &Record) -> Result<Arc<dyn Channel>> {
    let (store, key) = (call.store()?, call.key()?);
    let secret = match store.secret(&key, &secret_name(record.id)).await? {
        Secret::Known(secret) => secret,
        Secret::Missing | Secret::Lost => {
            let name = record.code();
            let message = format!("The key of {name} is not known.");
            return Err(Error::invalid(message).hint("Give another key."));
        }
    };
    let address = record.fields.text(ADDRESS);
    if call.app().parts().stays {
        let platform = platform_of(&record.fields)?;
        let practice = &call.app().parts().practice;
        practice.open_again(platform, address, &secret);
    }
    let log = keep_exchanges(store, record.id);
    let account = account(&record.fields, &secret)?;
    Ok(open_shop(call, address, account, log)?.into())
}

/// Opens a shop; nothing is asked yet.
pub(super) fn open_shop(
    call: &Call,
    address: &str,
    account: Account,
    log: ExchangeLog,
) -> Answered<Box<dyn Channel>> {
    open(address, account, log, call.app().parts().pauses)
}

/// The rules of a channel, with the fields alone that the user may see.
pub(in crate::commands) async fn shop_of(call: &Call, id: RecordId) -> Result<Shop> {
    let mut shop = Shop::load(&call.store()?, id).await?;
    shop.leave_out(|field| !sees(call, field));
    Ok(shop)
}

/// Refuses a shop that is left alone for now.
pub(super) fn refuse_paused(record: &Record) -> Result<()> {
    if record.trashed {
        let message = format!("{} was removed.", record.code());
        return Err(Error::invalid(message).hint("Restore it first."));
    }
    if record.fields.text(STATE) == "paused" {
        let message = format!("{} is paused.", record.code());
        return Err(Error::invalid(message).hint("Set it to active first."));
    }
    Ok(())
}

/// To which shop a plan is sent, when it is to any.
pub(in crate::commands) async fn sending_of(
    call: &Call,
    meta: &PlanMeta,
) -> Result<Option<Sending>> {
    let Some(id) = meta.outline.channel else {
        return Ok(None);
    };
    let record = call.store()?.get(CHANNEL, id).await?;
    refuse_paused(&record)?;
    Ok(Some(Sending {
        shop: shop_of(call, id).await?,
        channel: open_channel(call, &record).await?,
    }))
}
