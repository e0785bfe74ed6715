//! `backstock profiles`: the mappings of files that have a name.

use backstock::commands::mappings::{ForgetProfile, ListProfiles, Profiles};
use clap::Subcommand;
use domain::error::Result;
use serde_json::json;

use super::output::{Ended, Failure, Printed, plain, table};
use super::session::Session;
use super::time::utc;
use super::values::record_kind;

/// `backstock profiles`.
#[derive(Debug, Subcommand)]
pub enum ProfileArgs {
    /// List the profiles.
    List {
        /// What the rows of their files are.
        #[arg(long, default_value = "products")]
        kind: String,
    },
    /// Forget a profile.
    Forget {
        /// Its name.
        name: String,
        /// What the rows of its files are.
        #[arg(long, default_value = "products")]
        kind: String,
    },
}

/// Lists profiles, or forgets one.
pub async fn run(session: &Session, args: &ProfileArgs) -> Result<Ended, Failure> {
    match args {
        ProfileArgs::List { kind } => {
            let kind = record_kind(kind)?;
            let listed: Profiles = session
                .call("imports.profiles", &ListProfiles { kind })
                .await?;
            let rows = listed.profiles.iter().map(|profile| {
                let file = plain(&profile.file_name);
                vec![plain(&profile.name), file, utc(profile.used_at)]
            });
            let text = table(&["Profile", "File", "Saved"], rows.collect(), &[]);
            Ok(Ended::Done(Printed::new(json!(listed), text)))
        }
        ProfileArgs::Forget { name, kind } => {
            let request = ForgetProfile {
                kind: record_kind(kind)?,
                name: name.clone(),
            };
            session
                .call::<_, ()>("imports.forget_profile", &request)
                .await?;
            let text = format!("The profile {} is forgotten.\n", plain(name));
            Ok(Ended::Done(Printed::new(json!({}), text)))
        }
    }
}
