//! The records in their tables against the journal: each value must be the one that its last entry
//! left. What was changed, added or deleted past the app is named, never its values.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};

use sqlx::QueryBuilder;
use uuid::Uuid;

use domain::error::Result;
use domain::record::{Kind, Record};
use domain::values::RecordId;

use super::json::from_json;
use super::present::{self, PARENTS, STRIDE};
use super::replay::{Around, Difference, Replay};
use crate::Store;
use crate::custom::definitions;
use crate::db::on;
use crate::dialect::IN_LIST;
use crate::kinds::{self, KindRules};
use crate::retry::retrying;

/// How often a record that differs is looked at again: another desktop may have changed it between
/// the reading of its row and of its entries.
const LOOKS: usize = 3;

/// How many records wait at most for the entries of the children that they may have had.
const MOST_EMPTIED: usize = 50_000;

/// The records of a workspace on their way through a comparison with the journal, a page at a time.
pub struct Comparison {
    stages: VecDeque<Stage>,
    total: i64,
    compared: i64,
    emptied: Vec<Differing>,
    found: Vec<String>,
}

enum Stage {
    /// The rows of a kind after this one.
    Rows(&'static KindRules, i64),
    /// The entries of a kind after this one, for children that records without any had once.
    Children(&'static KindRules, i64),
    /// All entries after this one, for records that are not there.
    Missing { after: i64, until: i64 },
}

/// A record that is not what the journal says.
struct Differing {
    id: RecordId,
    code: String,
    /// Every code that it ever had.
    codes: Vec<String>,
    how: How,
}

enum How {
    Added,
    PutBack,
    Changed(Vec<Difference>),
}

impl Differing {
    /// Whether it may be a parent whose last child went away.
    fn may_be_emptied(&self) -> bool {
        matches!(&self.how, How::Changed(found) if matches!(found[..], [Difference::Emptied(_)]))
    }
}

impl Comparison {
    /// How many records there are.
    pub fn total(&self) -> i64 {
        self.total
    }

    /// How many were compared so far.
    pub fn compared(&self) -> i64 {
        self.compared
    }

    /// What was found since this was last asked, each in a sentence.
    pub fn take_found(&mut self) -> Vec<String> {
        std::mem::take(&mut self.found)
    }
}

fn told(kind: Kind, code: &str, what: &str) -> String {
    format!("The {} {code} {what}.", kind.def().label)
}

impl Store {
    /// Begins to compare all records with the journal.
    pub async fn comparison(&self) -> Result<Comparison> {
        let mut total = 0;
        let mut stages = VecDeque::new();
        for rules in kinds::all().collect::<Vec<_>>() {
            let count: i64 = retrying!(on!(&self.db, DB, pool => {
                QueryBuilder::<DB>::new("select count(*) from ")
                    .push(rules.table)
                    .build_query_scalar()
                    .fetch_one(pool)
                    .await
            }))?;
            total += count;
            stages.push_back(Stage::Rows(rules, 0));
        }
        let last: Option<i64> = retrying!(on!(&self.db, pool => {
            sqlx::query_scalar("select max(id) from journal").fetch_one(pool).await
        }))?;
        stages.push_back(Stage::Missing {
            after: 0,
            until: last.unwrap_or_default(),
        });
        Ok(Comparison {
            stages,
            total,
            compared: 0,
            emptied: Vec::new(),
            found: Vec::new(),
        })
    }

    /// Compares the next records; false when there are none left.
    pub async fn compare(&self, comparison: &mut Comparison) -> Result<bool> {
        let Some(stage) = comparison.stages.pop_front() else {
            return Ok(false);
        };
        match stage {
            Stage::Rows(rules, after) => self.compare_rows(comparison, rules, after).await?,
            Stage::Children(rules, after) => {
                self.compare_children(comparison, rules, after).await?
            }
            Stage::Missing { after, until } if after < until => {
                self.find_missing(comparison, after).await?;
                let after = after + STRIDE;
                comparison
                    .stages
                    .push_front(Stage::Missing { after, until });
            }
            Stage::Missing { .. } => {}
        }
        Ok(true)
    }

    async fn compare_rows(
        &self,
        comparison: &mut Comparison,
        rules: &'static KindRules,
        after: i64,
    ) -> Result<()> {
        let rows = retrying!(present::page(&self.db, rules, after).await)?;
        let Some(last) = rows.last().map(|row| row.pk) else {
            if !comparison.emptied.is_empty() {
                comparison.stages.push_front(Stage::Children(rules, 0));
            }
            return Ok(());
        };
        comparison.compared += i64::try_from(rows.len()).unwrap_or_default();
        let mut records = Vec::with_capacity(rows.len());
        for row in rows {
            match row.record {
                Ok(record) => records.push(record),
                Err(code) => {
                    let what = "was changed past the app: it cannot be read";
                    comparison.found.push(told(rules.kind, &code, what));
                }
            }
        }
        let mut differing = self.differing(rules, &records).await?;
        for _ in 0..LOOKS {
            if differing.is_empty() {
                break;
            }
            let ids: Vec<RecordId> = differing.iter().map(|differing| differing.id).collect();
            let again = self.get_many(rules.kind, &ids).await?;
            differing = self.differing(rules, &again).await?;
        }
        for differing in differing {
            self.note(comparison, rules.kind, differing);
        }
        comparison.stages.push_front(Stage::Rows(rules, last));
        if comparison.emptied.len() >= MOST_EMPTIED {
            comparison.stages.push_front(Stage::Children(rules, 0));
        }
        Ok(())
    }

    fn note(&self, comparison: &mut Comparison, kind: Kind, differing: Differing) {
        if differing.may_be_emptied() {
            comparison.emptied.push(differing);
        } else {
            comparison.found.push(self.tell(kind, &differing));
        }
    }

    fn tell(&self, kind: Kind, differing: &Differing) -> String {
        let what = match &differing.how {
            How::Added => "was added past the app".to_owned(),
            How::PutBack => "was deleted for good, and put back past the app".to_owned(),
            How::Changed(differences) => {
                let schema = self.schema();
                let what = differences.iter().map(|found| found.told(&schema));
                let what: Vec<&str> = what.collect();
                format!("was changed past the app: {}", what.join(", "))
            }
        };
        told(kind, &differing.code, &what)
    }

    /// Those of the records that are not what the journal says.
    async fn differing(
        &self,
        rules: &'static KindRules,
        records: &[Record],
    ) -> Result<Vec<Differing>> {
        let ids: Vec<Uuid> = records.iter().map(|record| record.id.uuid()).collect();
        let mut replays = self.replays(rules.kind, &ids).await?;
        let around = self.around(rules, records, &replays).await?;
        let differing = records.iter().filter_map(|record| {
            let replay = replays.remove(&record.id);
            let how = match &replay {
                None => How::Added,
                Some(replay) if replay.is_purged() => How::PutBack,
                Some(replay) => How::Changed(replay.differences(record, &around)),
            };
            let is_fine = matches!(&how, How::Changed(found) if found.is_empty());
            (!is_fine).then(|| Differing {
                id: record.id,
                code: record.code().to_owned(),
                codes: replay.map(|replay| replay.codes).unwrap_or_default(),
                how,
            })
        });
        Ok(differing.collect())
    }

    /// The entries of these records, replayed. However many entries a record has, one is in memory.
    async fn replays(&self, kind: Kind, ids: &[Uuid]) -> Result<HashMap<RecordId, Replay>> {
        let mut found = HashMap::with_capacity(ids.len());
        for ids in ids.chunks(IN_LIST) {
            found.extend(retrying!(present::replays(&self.db, kind, ids).await)?);
        }
        Ok(found)
    }

    /// What else has to be known of some records of one kind.
    async fn around(
        &self,
        rules: &'static KindRules,
        records: &[Record],
        replays: &HashMap<RecordId, Replay>,
    ) -> Result<Around> {
        let mut around = Around::default();
        let mut renamed: BTreeMap<Kind, BTreeSet<Uuid>> = BTreeMap::new();
        for record in records {
            let replay = replays.get(&record.id);
            for (field, id) in replay.into_iter().flat_map(|replay| replay.renamed(record)) {
                let to = field.reference().and_then(|of| Kind::from_key(of.to));
                renamed
                    .entry(to.unwrap_or(record.kind))
                    .or_default()
                    .insert(id.uuid());
            }
        }
        for (kind, ids) in renamed {
            let ids: Vec<Uuid> = ids.into_iter().collect();
            let replays = self.replays(kind, &ids).await?.into_iter();
            around
                .codes
                .extend(replays.map(|(id, replay)| (id, replay.codes)));
        }
        if rules.kind.sum_field().is_some() {
            let ids: Vec<Uuid> = records.iter().map(|record| record.id.uuid()).collect();
            for ids in ids.chunks(PARENTS) {
                let families = retrying!(present::families(&self.db, rules, ids).await)?;
                around.families.extend(families);
            }
        }
        if rules.has_custom() {
            let known = retrying!({
                let mut reading = self.db.reading().await?;
                definitions::read(&mut reading.session()).await
            })?;
            let own = known
                .into_iter()
                .filter(|(_, field)| field.of == rules.kind);
            around.custom = own.map(|(id, _)| id).collect();
        }
        Ok(around)
    }

    /// Reads the next entries that name a parent: what was one once may have the sum of no children.
    async fn compare_children(
        &self,
        comparison: &mut Comparison,
        rules: &'static KindRules,
        after: i64,
    ) -> Result<()> {
        let entries = retrying!(present::entries_with_parents(&self.db, rules.kind, after).await)?;
        let mut parents = HashSet::new();
        for (_, operation, changes) in &entries {
            let keyed = from_json(rules.kind, operation, changes).unwrap_or_default();
            let own = keyed
                .into_iter()
                .filter(|change| change.field == rules.kind.parent_field());
            let sides = own.flat_map(|change| [change.old, change.new]);
            parents.extend(sides.filter_map(|side| side.as_text().map(str::to_owned)));
        }
        let was_parent = |differing: &Differing| {
            let mut codes = differing.codes.iter();
            codes.any(|code| parents.contains(code))
        };
        comparison
            .emptied
            .retain(|differing| !was_parent(differing));
        match entries.last() {
            Some((last, ..)) if !comparison.emptied.is_empty() => {
                comparison.stages.push_front(Stage::Children(rules, *last));
            }
            _ => {
                let left = std::mem::take(&mut comparison.emptied);
                let told = left
                    .iter()
                    .map(|differing| self.tell(rules.kind, differing));
                comparison.found.extend(told);
            }
        }
        Ok(())
    }

    /// Looks for records that some entries created and that are not there, though nothing deleted
    /// them.
    async fn find_missing(&self, comparison: &mut Comparison, after: i64) -> Result<()> {
        let mut missing: BTreeMap<Kind, Vec<Uuid>> = BTreeMap::new();
        for (kind, id) in retrying!(present::missing_records(&self.db, after).await)? {
            if let Some(kind) = Kind::from_key(&kind) {
                missing.entry(kind).or_default().push(id);
            }
        }
        for (kind, ids) in missing {
            let replays = self.replays(kind, &ids).await?;
            let lost = replays.values().filter(|replay| !replay.is_purged());
            let told = lost.map(|replay| told(kind, replay.code(), "was deleted past the app"));
            comparison.found.extend(told);
        }
        Ok(())
    }
}
