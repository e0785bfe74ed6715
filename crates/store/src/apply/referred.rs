//! Which records others refer to, that therefore cannot be deleted for good.

use std::collections::BTreeMap;

use sqlx::QueryBuilder;
use uuid::Uuid;

use domain::record::Kind;

use super::neighbours::Neighbours;
use crate::db::{Session, on_session};
use crate::dialect::IN_LIST;
use crate::kinds::{self, KindRules};

/// Reads which of the records that are to be deleted for good others refer to.
pub(super) async fn read(
    session: &mut Session<'_>,
    purges: BTreeMap<Kind, Vec<Uuid>>,
    neighbours: &mut Neighbours,
) -> sqlx::Result<()> {
    for (kind, ids) in purges {
        for (rules, column) in kinds::referring_to(kind) {
            for ids in ids.chunks(IN_LIST) {
                for id in referred(session, rules, column, ids).await? {
                    neighbours.set_referred(id.into(), rules.kind);
                }
            }
        }
    }
    Ok(())
}

async fn referred(
    session: &mut Session<'_>,
    rules: &KindRules,
    column: &str,
    ids: &[Uuid],
) -> sqlx::Result<Vec<Uuid>> {
    on_session!(session, DB, conn => {
        let mut query = QueryBuilder::<DB>::new(format!(
            "select distinct {column} from {} where {column} in (", rules.table
        ));
        let mut list = query.separated(",");
        for id in ids {
            list.push_bind(*id);
        }
        query.push(")").build_query_scalar().fetch_all(&mut **conn).await
    })
}
