//! Files, which are pictures: being ready takes them a while.

use super::super::engine::{Args, Context, Refusal, Val, gid};
use super::super::store::{File, FileState};
use super::not_here;
use crate::frame::Moment;

/// How a file stands: `UPLOADED`, `PROCESSING`, `READY` or `FAILED`.
pub(crate) fn status(file: &File, now: Moment) -> &'static str {
    let half = Moment(i64::midpoint(file.created.0, file.done.0));
    match &file.fate {
        _ if now < half => "UPLOADED",
        _ if now < file.done => "PROCESSING",
        FileState::Ready => "READY",
        FileState::Failed(..) => "FAILED",
    }
}

/// One field of a file.
pub(super) fn field(
    context: &Context<'_>,
    id: u64,
    name: &str,
    _args: &Args,
) -> Result<Val, Refusal> {
    let state = context.state();
    let Some(file) = state.files.get(&id) else {
        return Ok(Val::NULL);
    };
    let status = status(file, context.now);
    Ok(match name {
        "id" => Val::from(gid("MediaImage", id)),
        "alt" => Val::from(file.alt.clone()),
        "mediaContentType" => Val::from("IMAGE"),
        "status" | "fileStatus" => Val::from(status),
        "mimeType" => Val::from((status == "READY").then_some("image/png")),
        "fileErrors" => match &file.fate {
            FileState::Failed(code, message) if status == "FAILED" => Val::List(vec![Val::record(
                "FileError",
                vec![
                    ("code", Val::from(*code)),
                    ("message", Val::from(message.as_str())),
                    ("details", Val::NULL),
                ],
            )]),
            _ => Val::List(Vec::new()),
        },
        "image" if status == "READY" => Val::record(
            "Image",
            vec![
                (
                    "url",
                    Val::from(format!("{}/practice/pictures/{id}.png", context.origin)),
                ),
                ("width", Val::from(2)),
                ("height", Val::from(2)),
            ],
        ),
        "image" => Val::NULL,
        _ => return Err(not_here("MediaImage", name)),
    })
}
