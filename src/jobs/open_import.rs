//! Opens a file for an import: copies it as UTF-8, proposes how to understand it, shows samples,
//! and asks what only a person can know.

use domain::catalog::product::PRODUCT;
use std::fs::File;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::import_draft::{
    Choice, ImportColumn, ImportDraft, ImportQuestion, ImportSettings, ImportTarget,
};
use super::plan_import::ImportSource;
use csv_io::{
    ColumnMap, DateOrderGuess, DecimalMarkGuess, Delimiter, EmptyCells, Encoding, Format, Layout,
    Overrides, ReadOptions, Scan, Target, column_names, copy_as_utf8, detect, first_rows, scan,
};
use domain::error::{Code, Error, Result};
use domain::plan::{ImportOnly, Origin};
use domain::record::Field;
use domain::values::{DateOrder, PlanId};

/// How many rows are shown before an import is planned.
const PREVIEW_ROWS: usize = 20;

/// A file on its way to becoming a plan; kept in the plan's folder.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Draft {
    id: PlanId,
    folder: PathBuf,
    /// The file as it was chosen; read again when another encoding is tried.
    original: PathBuf,
    size: u64,
    malformed: u64,
    names: Vec<String>,
    scan: Scan,
    proposed: Vec<Option<Target>>,
    settings: ImportSettings,
}

impl Draft {
    /// Takes in the file at `original`. Without `costs`, a cost column is not proposed.
    pub fn open(plans: &Path, original: &Path, costs: bool) -> Result<Self> {
        let detected = detect(original, Overrides::default(), &mut |_| Ok(()))?;
        let id = PlanId::new();
        let folder = plans.join(id.to_string());
        std::fs::create_dir_all(&folder).map_err(|cause| Error::file("make", &folder, &cause))?;
        let mut draft = Self {
            id,
            folder,
            original: original.to_owned(),
            size: detected.size,
            malformed: 0,
            names: Vec::new(),
            scan: Scan::default(),
            proposed: Vec::new(),
            settings: ImportSettings {
                encoding: detected.encoding,
                delimiter: detected.format.delimiter,
                has_header: detected.format.has_header,
                columns: Vec::new(),
                date_order: None,
                decimal_mark: None,
                empty_cells: EmptyCells::Keep,
                only: ImportOnly::Both,
            },
        };
        let made = draft.copy().and_then(|()| draft.propose(costs));
        if let Err(error) = made.and_then(|()| draft.save()) {
            // The copy is of no use without the draft.
            std::fs::remove_dir_all(&draft.folder).ok();
            return Err(error);
        }
        Ok(draft)
    }

    /// The draft with this id.
    pub fn load(plans: &Path, id: PlanId) -> Result<Self> {
        let path = plans.join(id.to_string()).join("draft.json");
        let text = std::fs::read_to_string(&path).map_err(|_| {
            Error::not_found("This import is not on this computer any more.")
                .hint("Choose the file again.")
        })?;
        serde_json::from_str(&text)
            .map_err(|cause| Error::internal(format!("{} is damaged: {cause}.", path.display())))
    }

    /// Understands the file in another way.
    pub fn configure(&mut self, settings: ImportSettings, costs: bool) -> Result<()> {
        let recode = settings.encoding != self.settings.encoding;
        let relayout = recode
            || settings.delimiter != self.settings.delimiter
            || settings.has_header != self.settings.has_header;
        self.settings = settings;
        if recode {
            self.copy()?;
        }
        if relayout {
            self.propose(costs)?;
        }
        self.refuse_costs(costs)?;
        self.map()?;
        self.save()
    }

    /// Costs can only be imported by people who may see them.
    pub fn refuse_costs(&self, costs: bool) -> Result<()> {
        let is_cost =
            |key: &String| Field::from_key(key).is_some_and(|field| field.needs().is_some());
        if costs || !self.settings.columns.iter().flatten().any(is_cost) {
            return Ok(());
        }
        Err(Error::new(
            Code::Forbidden,
            "You may not see costs, so you cannot import them.",
        )
        .hint("Set the cost column to \"Not imported\"."))
    }

    /// What a person sees: columns, samples, questions.
    pub fn look(&self) -> Result<ImportDraft> {
        let map = self.map()?;
        Ok(ImportDraft {
            id: self.id,
            file_name: self.file_name(),
            size: i64::try_from(self.size).unwrap_or(i64::MAX),
            rows: i64::try_from(self.scan.rows).unwrap_or(i64::MAX),
            settings: self.settings.clone(),
            columns: self.columns(),
            preview: first_rows(self.open_copy()?, self.format(), PREVIEW_ROWS)?,
            targets: Target::all().map(import_target).collect(),
            encodings: Encoding::ALL.map(|e| choice(e.key(), e.label())).to_vec(),
            delimiters: Delimiter::ALL.map(|d| choice(d.key(), d.label())).to_vec(),
            questions: self.questions(&map),
            notes: self.notes(&map),
        })
    }

    /// What it takes to plan the import. An error while a question is open.
    pub fn source(&self) -> Result<ImportSource> {
        let map = self.map()?;
        if let Some(question) = self.questions(&map).first() {
            return Err(open_question(question));
        }
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
            kind: PRODUCT,
            name: self.file_name(),
            copy: self.copy_path(),
            format: self.format(),
            columns: map,
            options: ReadOptions {
                date_order: date_order.unwrap_or(DateOrder::Ymd),
                decimal_mark: decimal_mark.unwrap_or_default(),
                empty_cells: self.settings.empty_cells,
            },
            only: self.settings.only,
            origin: Origin::Import,
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
        }
    }

    fn copy(&mut self) -> Result<()> {
        let copied = copy_as_utf8(
            &self.original,
            &self.copy_path(),
            self.settings.encoding,
            &mut |_| Ok(()),
        )?;
        self.malformed = copied.malformed;
        Ok(())
    }

    fn open_copy(&self) -> Result<File> {
        let path = self.copy_path();
        File::open(&path).map_err(|cause| Error::file("open", &path, &cause))
    }

    fn propose(&mut self, costs: bool) -> Result<()> {
        self.names = column_names(self.open_copy()?, self.format())?;
        self.scan = scan(self.open_copy()?, self.format(), &mut |_| Ok(()))?;
        let guess = ColumnMap::guess(&self.names);
        let allowed =
            |target: &Target| costs || target.field().is_none_or(|field| field.needs().is_none());
        self.proposed = guess
            .columns()
            .iter()
            .map(|column| column.target.filter(allowed))
            .collect();
        self.settings.columns = self
            .proposed
            .iter()
            .map(|target| target.map(|t| t.key().to_owned()))
            .collect();
        Ok(())
    }

    /// What each column feeds.
    pub(super) fn map(&self) -> Result<ColumnMap> {
        let targets: Vec<Option<Target>> = self
            .settings
            .columns
            .iter()
            .map(|key| key.as_deref().map(target_of).transpose())
            .collect::<Result<_>>()?;
        ColumnMap::chosen(&self.names, &targets)
    }

    fn save(&self) -> Result<()> {
        let path = self.folder.join("draft.json");
        let text = serde_json::to_string(self)
            .map_err(|cause| Error::internal(format!("The import cannot be kept: {cause}.")))?;
        std::fs::write(&path, text).map_err(|cause| Error::file("write", &path, &cause))
    }

    fn columns(&self) -> Vec<ImportColumn> {
        let columns = self.names.iter().zip(&self.proposed).enumerate();
        columns
            .map(|(index, (header, proposed))| ImportColumn {
                header: header.clone(),
                samples: self.scan.samples(index).to_vec(),
                proposed: proposed.map(|target| target.key().to_owned()),
            })
            .collect()
    }

    fn questions(&self, map: &ColumnMap) -> Vec<ImportQuestion> {
        let mut questions = Vec::new();
        if !map.identifies_products() {
            questions.push(ImportQuestion::SkuColumn);
        }
        // A file that contradicts itself says nothing about the values that can be read either way.
        let dates = self.scan.date_order(map);
        if !matches!(dates, DateOrderGuess::Certain { .. })
            && self.settings.date_order.is_none()
            && let Some(example) = self.scan.date_example(map)
        {
            let example = example.to_owned();
            questions.push(ImportQuestion::DateOrder { example });
        }
        let decimals = self.scan.decimal_mark(map);
        if !matches!(decimals, DecimalMarkGuess::Certain { .. })
            && self.settings.decimal_mark.is_none()
            && let Some(example) = self.scan.decimal_example(map)
        {
            let example = example.to_owned();
            questions.push(ImportQuestion::DecimalMark { example });
        }
        questions
    }

    fn notes(&self, map: &ColumnMap) -> Vec<String> {
        let mut notes = Vec::new();
        if map.layout() == Layout::Shopify {
            notes.push(
                "Understood as Shopify's product file: the rows of one handle are one product with \
                 its variants."
                    .to_owned(),
            );
        }
        if self.malformed > 0 {
            notes.push(format!(
                "{} characters do not fit the encoding {} and are shown as \u{fffd}. Try another \
                 encoding.",
                self.malformed,
                self.settings.encoding.label()
            ));
        }
        if let DecimalMarkGuess::Inconsistent { line } = self.scan.decimal_mark(map) {
            notes.push(format!(
                "Numbers are written with a decimal point and with a decimal comma, see line {line}. \
                 Rows whose number does not fit are rejected."
            ));
        }
        if let DateOrderGuess::Inconsistent { line } = self.scan.date_order(map) {
            notes.push(format!(
                "Dates are written in more than one order, see line {line}. Rows whose date does \
                 not fit are rejected."
            ));
        }
        notes
    }
}

fn target_of(key: &str) -> Result<Target> {
    Target::from_key(key).ok_or_else(|| {
        Error::invalid(format!("There is no field \"{key}\"."))
            .hint("Choose a field of the list, such as sku, name or store_price.")
    })
}

fn import_target(target: Target) -> ImportTarget {
    ImportTarget {
        key: target.key().to_owned(),
        label: target.label().to_owned(),
        field: target.field(),
    }
}

fn choice(key: &str, label: &str) -> Choice {
    Choice {
        key: key.to_owned(),
        label: label.to_owned(),
    }
}

fn open_question(question: &ImportQuestion) -> Error {
    match question {
        ImportQuestion::DateOrder { example } => Error::invalid(format!(
            "The file writes dates as {example}: day or month first?"
        ))
        .hint("Say the order of day and month (--date-order dmy, mdy or ymd).")
        .field("date_order", "Choose the order of day and month."),
        ImportQuestion::DecimalMark { example } => {
            Error::invalid(format!("The file writes {example}: thousands or decimals?"))
                .hint("Say the decimal mark (--decimal-mark point or comma).")
                .field("decimal_mark", "Choose the decimal mark.")
        }
        ImportQuestion::SkuColumn => Error::invalid("No column is the SKU.")
            .hint("Say which column holds the SKU (--map \"Column=sku\").")
            .field("columns", "Choose the column that holds the SKU."),
    }
}
