//! What a batch and its plan are called, the same on every host.

use super::change::Origin;

/// What an undo comes to, after all undos of undos.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Undoing {
    /// The origin of what is undone, or done again, in the end.
    pub origin: Origin,
    /// Whether that created the records that it is about.
    pub creates: bool,
    /// Whether it is done again: what is undone is an undo.
    pub again: bool,
}

/// What is said of an origin.
struct Words {
    /// What its batches do to what they name: "Import june.csv".
    verb: &'static str,
    /// The same as a thing that is done again: "Redo import of june.csv".
    noun: &'static str,
}

const fn words(origin: Origin, creates: bool) -> Words {
    let (verb, noun) = match origin {
        Origin::Form if creates => ("Create", "creation of"),
        Origin::Form => ("Edit", "edit of"),
        Origin::Trash => ("Move to the trash:", "move to the trash:"),
        Origin::Restore => ("Restore", "restore of"),
        Origin::Purge => ("Delete for good:", "deletion of"),
        Origin::Import => ("Import", "import of"),
        Origin::BulkEdit => ("Change", "change of"),
        Origin::Sync => ("Sync", "sync of"),
        Origin::Undo => ("Undo", "undo of"),
        Origin::OfflineReplay => ("Replay", "replay of"),
        Origin::Practice => ("Load", "load of"),
        Origin::People => ("People:", "change of"),
        Origin::Settings => ("Settings of", "settings of"),
        Origin::SignIn => ("Sign-in of", "sign-in of"),
    };
    Words { verb, noun }
}

/// What a batch or a plan is called: "Import june.csv", "Edit KIT-1200", "Undo KIT-1200", and "Redo edit
/// of KIT-1200" where an undo is undone.
pub fn title(origin: Origin, creates: bool, undoing: Option<Undoing>, label: &str) -> String {
    let first = undoing.map_or(origin, |undoing| undoing.origin);
    let name = named(first, label);
    let title = match undoing.filter(|undoing| undoing.again) {
        Some(undoing) => {
            let noun = words(undoing.origin, undoing.creates).noun;
            format!("Redo {noun} {name}")
        }
        None => format!("{} {name}", words(origin, creates).verb),
    };
    title.trim_end().to_owned()
}

/// What stands for a label in a sentence: there is one practice catalogue, whatever its batch is labelled.
fn named(first: Origin, label: &str) -> &str {
    match first {
        Origin::Practice => "the practice catalogue",
        _ => label,
    }
}

#[cfg(test)]
mod tests {
    use super::{Undoing, title};
    use crate::plan::Origin;

    #[test]
    fn a_batch_is_called_by_what_it_does() {
        for (origin, creates, called) in [
            (Origin::Import, true, "Import A"),
            (Origin::Form, true, "Create A"),
            (Origin::Form, false, "Edit A"),
            (Origin::Trash, false, "Move to the trash: A"),
            (Origin::Undo, true, "Undo A"),
        ] {
            assert_eq!(title(origin, creates, None, "A"), called);
        }
        assert_eq!(title(Origin::Settings, false, None, ""), "Settings of");
    }

    #[test]
    fn the_practice_catalogue_is_named_in_the_middle_of_a_sentence() {
        let undoing = |again| {
            Some(Undoing {
                origin: Origin::Practice,
                creates: true,
                again,
            })
        };
        for (origin, undoing, called) in [
            (Origin::Practice, None, "Load the practice catalogue"),
            (Origin::Undo, undoing(false), "Undo the practice catalogue"),
            (
                Origin::Undo,
                undoing(true),
                "Redo load of the practice catalogue",
            ),
        ] {
            assert_eq!(title(origin, true, undoing, "Practice catalogue"), called);
        }
    }

    #[test]
    fn the_undo_of_an_undo_is_called_by_what_is_done_again() {
        for (origin, creates, called) in [
            (Origin::Import, true, "Redo import of A"),
            (Origin::Form, true, "Redo creation of A"),
            (Origin::Form, false, "Redo edit of A"),
            (Origin::Trash, false, "Redo move to the trash: A"),
            (Origin::Restore, false, "Redo restore of A"),
            (Origin::BulkEdit, false, "Redo change of A"),
        ] {
            let undoing = |again| {
                Some(Undoing {
                    origin,
                    creates,
                    again,
                })
            };
            assert_eq!(title(Origin::Undo, false, undoing(true), "A"), called);
            assert_eq!(title(Origin::Undo, false, undoing(false), "A"), "Undo A");
        }
    }
}
