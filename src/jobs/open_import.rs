//! Opens a file for an import: copies it as UTF-8, proposes how to understand it, shows samples,
//! and asks what only a person can know.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::draft_questions::{Asked, open_question};
use super::file_state::FileState;
use super::import_draft::{Remembered, Sender, target_of};
use super::import_settings::ImportSettings;
use super::open_progress::reading;
use super::plan_import::ImportSource;
use super::registry::Progress;
use super::sent_draft::{Sent, SentBy};
use csv_io::{
    ColumnMap, Contest, Currency, DateOrderGuess, DecimalMarkGuess, Delimiter, Edits, Format,
    Overrides, ReadOptions, Reading, Scan, Target, column_names, copy_as_utf8, detect, header_line,
    scan,
};
use domain::error::{Error, Result};
use domain::plan::Origin;
use domain::record::{Kind, Schema};
use domain::values::{DateOrder, PlanId};

/// What the rows of a file are meant to be.
#[derive(Clone, Copy)]
pub struct Rows<'a> {
    /// Of what kind.
    pub kind: Kind,
    /// The currency of the workspace, empty for none.
    pub currency: &'a str,
    /// What is known of the fields.
    pub schema: &'a Arc<Schema>,
    /// Where it is told how far the reading is.
    pub progress: Option<&'a Progress>,
}

/// A file on its way to becoming a plan; kept in the plan's folder.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Draft {
    pub(super) id: PlanId,
    /// Of what kind its rows are.
    pub(super) kind: Kind,
    pub(super) folder: PathBuf,
    /// The file as it was chosen; read again when another encoding is tried.
    pub(super) original: PathBuf,
    pub(super) size: u64,
    pub(super) fingerprint: u64,
    /// How the file was when it was opened.
    #[serde(default)]
    pub(super) state: FileState,
    /// The currency of the amounts.
    pub(super) currency: Option<Currency>,
    /// The currency of the workspace.
    #[serde(default)]
    pub(super) prices_in: Option<Currency>,
    #[serde(default)]
    pub(super) sender: Option<Sender>,
    /// Whether the kind was guessed from the names of the columns.
    #[serde(default)]
    pub(super) kind_guessed: bool,
    pub(super) readings: Vec<Reading>,
    pub(super) uncommon: Option<Delimiter>,
    pub(super) malformed: u64,
    pub(super) malformed_lines: Vec<u64>,
    pub(super) names: Vec<String>,
    pub(super) header_line: Option<u64>,
    pub(super) scan: Scan,
    pub(super) contests: Vec<Contest>,
    pub(super) proposed: Vec<Option<Target>>,
    pub(super) settings: ImportSettings,
    /// What was changed of the file in the review.
    #[serde(default)]
    pub(super) edits: Edits,
    /// The columns that were left out in the review, with what they fed.
    #[serde(default)]
    pub(super) columns_out: Vec<(usize, String)>,
    /// The mapping that it took over.
    #[serde(default)]
    pub(super) remembered: Option<Remembered>,
    /// Whether a column was ever read as one that needs a right, even if it is not imported now.
    #[serde(default)]
    pub(super) had_costs: bool,
    /// What is known of the fields now: another desktop may have made some since.
    #[serde(skip)]
    pub(super) schema: Arc<Schema>,
}

impl Draft {
    /// Takes in the file at `original`. Without `costs`, a cost column is not proposed.
    pub fn open(plans: &Path, original: &Path, costs: bool, of: Rows<'_>) -> Result<Self> {
        Self::open_sent(plans, original, costs, of, None)
    }

    /// The same for a file that one record sent, such as a supplier's price file.
    pub fn open_sent(
        plans: &Path,
        original: &Path,
        costs: bool,
        of: Rows<'_>,
        by: Option<SentBy>,
    ) -> Result<Self> {
        let state = FileState::of(original);
        let size = std::fs::metadata(original).map_or(0, |about| about.len());
        let mut looking = reading(of.progress, "Looking", size);
        let detected = detect(original, Overrides::default(), &mut looking)?;
        let own = by.as_ref().and_then(|by| Currency::parse(&by.currency));
        let id = PlanId::new();
        let folder = plans.join(id.to_string());
        std::fs::create_dir_all(&folder).map_err(|cause| Error::file("make", &folder, &cause))?;
        let mut draft = Self {
            id,
            kind: of.kind,
            folder,
            original: original.to_owned(),
            size: detected.size,
            fingerprint: detected.fingerprint,
            state,
            currency: own.or_else(|| Currency::parse(of.currency)),
            prices_in: Currency::parse(of.currency),
            sender: by.map(|by| by.sender),
            kind_guessed: false,
            settings: ImportSettings::first(&detected),
            readings: detected.readings,
            uncommon: detected.uncommon,
            malformed: 0,
            malformed_lines: Vec::new(),
            names: Vec::new(),
            header_line: None,
            scan: Scan::default(),
            contests: Vec::new(),
            proposed: Vec::new(),
            edits: Edits::default(),
            columns_out: Vec::new(),
            remembered: None,
            had_costs: false,
            schema: Arc::clone(of.schema),
        };
        let made = draft
            .copy(of.progress)
            .and_then(|()| draft.refuse_changed())
            .and_then(|()| draft.propose(costs, of.progress));
        if let Err(error) = made.and_then(|()| draft.save()) {
            // The copy is of no use without the draft.
            std::fs::remove_dir_all(&draft.folder).ok();
            return Err(error);
        }
        Ok(draft)
    }

    /// Its id, which the plan keeps.
    pub fn id(&self) -> PlanId {
        self.id
    }

    /// What its columns are called.
    pub(super) fn names(&self) -> &[String] {
        &self.names
    }

    /// Of what kind its rows are.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// Of which of these kinds its rows are by the names of its columns.
    pub fn likely_kind(&self, kinds: impl IntoIterator<Item = Kind>) -> Kind {
        csv_io::likely_kind(&self.schema, &self.names, kinds)
    }

    /// The same draft, whose kind was guessed from the names of its columns.
    pub fn guessed(mut self) -> Result<Self> {
        self.kind_guessed = true;
        self.save()?;
        Ok(self)
    }

    /// The draft with this id.
    pub fn load(plans: &Path, id: PlanId, schema: &Arc<Schema>) -> Result<Self> {
        let path = plans.join(id.to_string()).join("draft.json");
        let text = std::fs::read_to_string(&path).map_err(|_| {
            Error::not_found("This import is not on this computer any more.")
                .hint("Choose the file again.")
        })?;
        let draft: Self = serde_json::from_str(&text)
            .map_err(|cause| Error::internal(format!("{} is damaged: {cause}.", path.display())))?;
        Ok(Self {
            schema: Arc::clone(schema),
            ..draft
        })
    }

    /// Understands the file in another way.
    pub fn configure(&mut self, settings: ImportSettings, costs: bool) -> Result<()> {
        let recode = settings.encoding != self.settings.encoding;
        let relayout = recode
            || settings.delimiter != self.settings.delimiter
            || settings.has_header != self.settings.has_header
            || settings.header_line != self.settings.header_line;
        self.settings = settings;
        self.settings.encoding_chosen |= recode;
        if recode {
            self.copy(None)?;
        }
        if relayout {
            self.edits = Edits::default();
            self.columns_out.clear();
            self.remembered = None;
            self.propose(costs, None)?;
        }
        self.refuse_costs(costs)?;
        self.map()?;
        self.save()
    }

    /// What it takes to plan the import. An error while a question is open.
    pub fn source(&self) -> Result<ImportSource> {
        let map = self.map()?;
        if let Some(question) = self.asked(&map).questions().first() {
            return Err(open_question(question, &self.names));
        }
        let sent = self.sent(&map).map(|sent| sent.file());
        let date_order = self
            .settings
            .date_order
            .or(match self.scan.date_order(&map) {
                DateOrderGuess::Certain { order } => Some(order),
                _ => None,
            });
        let decimal_mark = self
            .settings
            .decimal_mark
            .or(match self.scan.decimal_mark(&map) {
                DecimalMarkGuess::Certain { mark } => Some(mark),
                _ => None,
            });
        Ok(ImportSource {
            kind: self.kind,
            name: self.file_name(),
            copy: self.copy_path(),
            format: self.format(),
            columns: map,
            options: ReadOptions {
                date_order: date_order.unwrap_or(DateOrder::Ymd),
                decimal_mark: decimal_mark.unwrap_or_default(),
                empty_cells: self.settings.empty_cells,
                currency: self.currency,
                foreign_money: self.settings.foreign_money.unwrap_or_default(),
                stock_words: self.settings.stock_words.unwrap_or_default(),
                keep_odd_lines: self.settings.keep_odd_lines,
            },
            only: self.settings.only,
            sent,
            origin: Origin::Import,
            edits: Arc::new(self.edits.clone()),
            columns_out: self.fields_out(),
        })
    }

    /// The file's name, without folders.
    pub fn file_name(&self) -> String {
        self.original
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned()
    }

    /// The UTF-8 copy of the file.
    pub fn copy_path(&self) -> PathBuf {
        self.folder.join("source.csv")
    }

    /// Delimiter and header.
    pub fn format(&self) -> Format {
        Format {
            delimiter: self.settings.delimiter,
            has_header: self.settings.has_header,
            header_line: self.settings.header_line,
        }
    }

    pub(super) fn sent<'a>(&'a self, map: &'a ColumnMap) -> Option<Sent<'a>> {
        Some(Sent {
            map,
            scan: &self.scan,
            settings: &self.settings,
            sender: self.sender.as_ref()?,
            currencies: [self.currency, self.prices_in],
        })
    }

    pub(super) fn asked<'a>(&'a self, map: &'a ColumnMap) -> Asked<'a> {
        Asked {
            map,
            scan: &self.scan,
            settings: &self.settings,
            readings: &self.readings,
            contests: &self.contests,
            currency: self.currency,
            sent: self.sent(map),
        }
    }

    fn copy(&mut self, progress: Option<&Progress>) -> Result<()> {
        let mut copying = reading(progress, "Copying", self.size);
        let copied = copy_as_utf8(
            &self.original,
            &self.copy_path(),
            self.settings.encoding,
            &mut copying,
        )?;
        if copied.fingerprint != self.fingerprint {
            return Err(self.being_written());
        }
        self.malformed = copied.malformed;
        self.malformed_lines = copied.malformed_lines;
        Ok(())
    }

    pub(super) fn open_copy(&self) -> Result<File> {
        let path = self.copy_path();
        File::open(&path).map_err(|cause| Error::file("open", &path, &cause))
    }

    pub(super) fn propose(&mut self, costs: bool, progress: Option<&Progress>) -> Result<()> {
        let mut scanning = reading(progress, "Reading", self.size);
        self.names = column_names(self.open_copy()?, self.format())?;
        self.header_line = header_line(self.open_copy()?, self.format())?;
        self.scan = scan(self.open_copy()?, self.format(), &mut scanning)?;
        let guess = match self.sender {
            Some(_) => ColumnMap::guess_matched,
            None => ColumnMap::guess_for,
        };
        let (mut guess, contests) = guess((self.kind, &self.schema), &self.names, self.currency);
        guess.take_units(|index| self.scan.samples(index));
        if self.sender.is_some() {
            guess.take_product_codes(|index| self.scan.samples(index));
        }
        let allowed =
            |target: &Target| costs || target.field().is_none_or(|field| field.needs().is_none());
        self.contests = contests;
        self.contests.retain(|contest| allowed(&contest.target));
        self.proposed = guess
            .columns()
            .iter()
            .map(|column| column.target.filter(allowed))
            .collect();
        self.settings.columns = self
            .proposed
            .iter()
            .map(|target| target.map(|t| t.key().into_owned()))
            .collect();
        Ok(())
    }

    /// What each column feeds.
    pub(super) fn map(&self) -> Result<ColumnMap> {
        let targets: Vec<Option<Target>> = self
            .settings
            .columns
            .iter()
            .map(|key| {
                key.as_deref()
                    .map(|key| target_of(&self.schema, self.kind, key))
                    .transpose()
            })
            .collect::<Result<_>>()?;
        let map = ColumnMap::chosen((self.kind, &self.schema), &self.names, &targets)?;
        Ok(match self.sender {
            Some(_) => map.looked_up(),
            None => map,
        })
    }

    pub(super) fn save(&mut self) -> Result<()> {
        self.had_costs |= self.has_costs();
        let path = self.folder.join("draft.json");
        let text = serde_json::to_string(self)
            .map_err(|cause| Error::internal(format!("The import cannot be kept: {cause}.")))?;
        std::fs::write(&path, text).map_err(|cause| Error::file("write", &path, &cause))
    }
}
