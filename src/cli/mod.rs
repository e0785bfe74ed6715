//! The command line: a thin host of the same commands that the window gives. It parses what is
//! typed, gives commands by name, prints the answers and sets the exit code; rules, SQL and files
//! are the core's business.

mod args;
mod batches;
mod channel_args;
mod channels;
mod custom_fields;
mod dialogs;
mod export;
mod file_read;
mod files;
mod filter_args;
mod history;
mod history_args;
mod images;
mod import;
mod import_args;
mod import_columns;
mod init;
mod interrupt;
mod output;
mod paging;
mod pipe;
mod plan;
mod product_codes;
mod product_images;
mod products;
mod profiles;
mod progress;
mod queue;
mod record_told;
mod records;
mod roles;
mod session;
mod sync_told;
mod target;
mod time;
mod told;
mod users;
mod values;
mod variant_args;
mod variants;

use std::process::ExitCode;

use args::{Cli, Command};
use backstock::commands::access::Access;
use backstock::commands::list::COMMANDS;
use clap::Parser;
use output::{Ended, Failure, Printed, usage};
use records::{Noun, Records};
use serde_json::Value as Json;
use session::Session;

/// Does what was typed.
pub async fn run() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) if error.use_stderr() && is_json_wanted() => {
            return output::report(Err(not_understood(&error)), true);
        }
        Err(error) => error.exit(),
    };
    interrupt::listen(output::note);
    let ended = perform(&cli).await;
    output::report(ended, cli.options.json)
}

/// Whether a program reads the answer, as far as that can be told of what cannot be understood.
fn is_json_wanted() -> bool {
    let typed = std::env::args_os().skip(1);
    let mut options = typed.take_while(|argument| argument != "--");
    options.any(|argument| argument == "--json")
}

/// What a person would read, in one line: the usage and the hint that follow it are left out.
fn not_understood(error: &clap::Error) -> Failure {
    let told = error.to_string();
    let told = told.strip_prefix("error: ").unwrap_or(&told);
    let first = told.split("\n\n").next().unwrap_or_default();
    let words: Vec<&str> = first.split_whitespace().collect();
    usage(
        words.join(" "),
        "`backstock --help` tells what can be typed.",
    )
}

async fn perform(cli: &Cli) -> Result<Ended, Failure> {
    let workspace = cli.options.workspace.as_deref();
    let stays = matches!(cli.command, Command::Pipe);
    let session = Session::new(workspace, stays)?;
    let ended = give(&session, cli).await;
    session.close().await;
    ended
}

async fn give(session: &Session, cli: &Cli) -> Result<Ended, Failure> {
    match &cli.command {
        Command::Init(args) => init::run(session, args).await,
        Command::Call(args) => call(session, args).await,
        Command::Pipe => pipe::run(session).await,
        Command::Import(args) => {
            import::check(args, cli.options.json)?;
            session.enter().await?;
            import::run(session, args).await
        }
        Command::Profiles(args) => signed_in(session, profiles::run(session, args)).await,
        Command::Undo(args) => {
            plan::can_confirm(args.yes || args.dry_run, cli.options.json)?;
            session.enter().await?;
            plan::undo(session, args).await
        }
        Command::Export(args) => {
            export::check(args)?;
            session.enter().await?;
            export::run(session, args).await
        }
        Command::Products(args) => {
            products::check(args, cli.options.json)?;
            session.enter().await?;
            products::run(session, args).await
        }
        Command::Images(args) => {
            images::check(args, cli.options.json)?;
            signed_in(session, images::run(session, args)).await
        }
        Command::Suppliers(args) => {
            records_of(session, products::SUPPLIERS, args, cli.options.json).await
        }
        Command::SupplierProducts(args) => {
            records_of(session, products::SUPPLIER_PRODUCTS, args, cli.options.json).await
        }
        Command::CustomFields(args) => custom_fields::run(session, args, cli.options.json).await,
        Command::Channel(args) => signed_in(session, channels::run(session, args)).await,
        Command::Match(args) => signed_in(session, channels::match_listings(session, args)).await,
        Command::Sync(args) => {
            channels::check_sync(args, cli.options.json)?;
            signed_in(session, channels::sync(session, args)).await
        }
        Command::Queue => signed_in(session, queue::queue(session)).await,
        Command::Failures => signed_in(session, queue::failures(session)).await,
        Command::Users(args) => {
            users::check(args, cli.options.json)?;
            session.enter().await?;
            users::run(session, args).await
        }
        Command::Roles(args) => signed_in(session, roles::run(session, args)).await,
        Command::Password => signed_in(session, users::change_password(session)).await,
        Command::Batches(args) => signed_in(session, batches::run(session, args)).await,
        Command::History(args) => {
            let wanted = history::wanted(args)?;
            session.enter().await?;
            history::run(session, args, wanted).await
        }
        Command::VerifyHistory(args) => signed_in(session, history::verify(session, args)).await,
    }
}

async fn signed_in(
    session: &Session,
    then: impl Future<Output = Result<Ended, Failure>>,
) -> Result<Ended, Failure> {
    session.enter().await?;
    then.await
}

async fn records_of(
    session: &Session,
    noun: Noun,
    args: &Records,
    as_json: bool,
) -> Result<Ended, Failure> {
    records::check(args, as_json)?;
    session.enter().await?;
    records::run(session, noun, args).await
}

/// Gives any command of the app.
async fn call(session: &Session, args: &args::Call) -> Result<Ended, Failure> {
    let known = COMMANDS.iter().find(|known| known.name == args.command);
    let access = known.map(|known| known.access).ok_or_else(|| {
        let names: Vec<&str> = COMMANDS.iter().map(|known| known.name).collect();
        usage(
            format!("There is no command \"{}\".", args.command),
            format!("The commands are: {}.", names.join(", ")),
        )
    })?;
    let request: Json = serde_json::from_str(&args.request).map_err(|error| {
        usage(
            format!("The request is not JSON: {error}."),
            "Type it in single quotes, such as '{\"filter\": {}}'.",
        )
    })?;
    match access {
        Access::Anyone if session.target().is_none() => {}
        Access::Anyone => session.open().await?,
        Access::SignedIn | Access::Needs(_) => session.enter().await?,
    }
    let answer: Json = session.call(&args.command, &request).await?;
    session.finish_all().await?;
    let text = format!("{answer:#}");
    Ok(Ended::Done(Printed::new(answer, text)))
}
