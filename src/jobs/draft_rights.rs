//! Who may take up a file that another user opened: its columns are seen whole, whatever is imported of them.

use std::path::Path;
use std::sync::Arc;

use super::open_import::Draft;
use csv_io::Target;
use domain::error::{Code, Error, Result};
use domain::record::Schema;
use domain::values::PlanId;

impl Draft {
    /// The draft with this id, for a user who may see costs or not.
    pub fn load_for(plans: &Path, id: PlanId, schema: &Arc<Schema>, costs: bool) -> Result<Self> {
        let draft = Self::load(plans, id, schema)?;
        draft.refuse_costs(costs)?;
        Ok(draft)
    }

    /// Costs can only be imported by users who may see them, and only these see a file that has them. A
    /// column that is switched off still shows its values.
    pub fn refuse_costs(&self, costs: bool) -> Result<()> {
        if costs {
            return Ok(());
        }
        if self.imports_costs() {
            let message = "You may not see costs, so you cannot import them.";
            return Err(Error::new(Code::Forbidden, message)
                .hint("Set the cost column to \"Not imported\"."));
        }
        if self.had_costs || self.has_costs() {
            let message = "There are costs in the file, and you may not see costs.";
            return Err(Error::new(Code::Forbidden, message)
                .hint("Choose a file without them, or ask the person who imported this one."));
        }
        Ok(())
    }

    /// Whether a column is read, or by its name would be, as one that needs a right.
    pub(super) fn has_costs(&self) -> bool {
        self.imports_costs() || self.proposed.iter().flatten().any(needs_right)
    }

    fn imports_costs(&self) -> bool {
        let keys = self.settings.columns.iter().flatten();
        let mut targets = keys.filter_map(|key| Target::from_key(&self.schema, self.kind, key));
        targets.any(|target| needs_right(&target))
    }
}

fn needs_right(target: &Target) -> bool {
    target.field().is_some_and(|field| field.needs().is_some())
}
