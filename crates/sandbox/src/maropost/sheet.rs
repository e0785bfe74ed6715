//! Records that are little more than their scalars: categories and warehouses.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use super::dates;
use super::envelope::Answer;
use super::field::{self, Fields, Kind, Taken, Values};
use super::filter::Filter;
use super::items::Stop;
use super::loose::{self, Object};
use super::loud::{Loud, Simulated, own_words};
use super::settings::{BadRow, Settings, Zone};

/// What is known of one kind of record.
#[derive(Debug)]
pub(crate) struct Form {
    /// Its element in requests and answers: `Category`.
    pub(crate) element: &'static str,
    /// Its number: `CategoryID`.
    pub(crate) key: &'static str,
    /// Its scalars.
    pub(crate) fields: &'static std::sync::LazyLock<Fields>,
    /// What a record cannot be made without.
    pub(crate) required: &'static str,
    /// The field that holds the number of a record above it, if there is one; 0 is the root.
    pub(crate) above: Option<&'static str>,
    /// Filters that take several values.
    pub(crate) several: &'static [&'static str],
    /// Filters that take one value.
    pub(crate) single: &'static [&'static str],
    /// Whether records have dates, which are filtered and selected.
    pub(crate) dated: bool,
}

/// A record.
#[derive(Debug, Clone)]
pub(crate) struct Record {
    /// Its number.
    pub(crate) id: u64,
    /// Its scalars.
    pub(crate) values: Values,
    /// When it was made; some have no date.
    pub(crate) posted: Option<Timestamp>,
    /// When it was changed; some have no date.
    pub(crate) updated: Option<Timestamp>,
}

impl Record {
    fn write(&mut self, values: &[(u16, String)]) {
        for (at, text) in values {
            self.values.set(*at, text);
        }
    }
}

/// The number of a record, if it has one yet, and what its fields are to be.
type Draft = (Option<u64>, Vec<(u16, String)>);

/// All records of one kind.
#[derive(Debug, Clone)]
pub(crate) struct Sheet {
    form: &'static Form,
    records: BTreeMap<u64, Record>,
}

impl Sheet {
    /// A sheet without records.
    pub(crate) fn new(form: &'static Form) -> Self {
        Self {
            form,
            records: BTreeMap::new(),
        }
    }

    /// All records.
    pub(crate) fn all(&self) -> impl Iterator<Item = &Record> {
        self.records.values()
    }

    /// Whether there is a record of that number.
    pub(crate) fn has(&self, id: u64) -> bool {
        self.records.contains_key(&id)
    }

    /// The value of a field of the record of that number.
    pub(crate) fn value(&self, id: u64, name: &str) -> &str {
        let record = self.records.get(&id);
        record.map_or("", |record| record.values.of(self.form.fields, name))
    }

    /// The number of the record whose field `name` is `value`.
    pub(crate) fn find(&self, name: &str, value: &str) -> Option<u64> {
        let found = self.records.values();
        found
            .into_iter()
            .find(|one| one.values.of(self.form.fields, name) == value)
            .map(|one| one.id)
    }

    /// Puts a record without dates on the sheet and returns its number.
    pub(crate) fn add(&mut self, values: &[(&str, &str)]) -> u64 {
        let id = self.records.last_key_value().map_or(1, |(id, _)| id + 1);
        let mut record = Record {
            id,
            values: Values::default(),
            posted: None,
            updated: None,
        };
        for (name, value) in values {
            record.values.put(self.form.fields, name, value);
        }
        self.records.insert(id, record);
        id
    }

    /// Answers `Get…`.
    pub(crate) fn get(&self, settings: &Settings, body: &Object) -> Simulated<Answer> {
        let form = self.form;
        let mut filter = Filter::read(body, settings)?;
        let ids = filter.ids(form.key)?;
        let mut wanted = Vec::new();
        for name in form.several {
            wanted.extend(filter.values(name)?.map(|values| (*name, values)));
        }
        for name in form.single {
            wanted.extend(filter.value(name)?.map(|value| (*name, vec![value])));
        }
        let mut ranges = Vec::new();
        if form.dated {
            ranges.push(filter.range("DatePosted", settings)?);
            ranges.push(filter.range("DateUpdated", settings)?);
        }
        let page = filter.finish()?;
        let selectors = match page.selectors(|name| self.selects(name), settings) {
            Ok(selectors) => selectors,
            Err(error) => return Ok(Answer::rejected(form.element, vec![error])),
        };
        let matches = |record: &&Record| {
            ids.as_ref().is_none_or(|ids| ids.contains(&record.id))
                && wanted.iter().all(|(name, values)| {
                    let stored = record.values.of(form.fields, name);
                    values.iter().any(|value| value == stored)
                })
                && ranges
                    .iter()
                    .zip([record.posted, record.updated])
                    .all(|(range, moment)| range.has(moment))
        };
        let found = page.of(self.records.values().filter(matches));
        let rows = found
            .into_iter()
            .map(|record| self.show(record, &selectors, settings));
        Ok(Answer::found(form.element, rows.collect()))
    }

    fn selects(&self, name: &str) -> bool {
        let is_date = matches!(name, "DatePosted" | "DateUpdated");
        name == self.form.key
            || name == "ID"
            || self.form.fields.selects(name)
            || (is_date && self.form.dated)
    }

    fn show(&self, record: &Record, selectors: &[&str], settings: &Settings) -> Value {
        let mut shown = Map::new();
        for name in selectors {
            let value = match *name {
                "ID" => record.id.to_string(),
                name if name == self.form.key => record.id.to_string(),
                "DatePosted" if self.form.dated => moment(record.posted, settings),
                "DateUpdated" if self.form.dated => moment(record.updated, settings),
                name => self.form.fields.at(name).map_or_else(String::new, |at| {
                    field::show(self.form.fields.field(at), record.values.get(at), settings)
                }),
            };
            shown.insert((*name).to_owned(), json!(value));
        }
        Value::Object(shown)
    }

    /// Answers `Add…`.
    pub(crate) fn add_rows(
        &mut self,
        settings: &Settings,
        body: &Object,
        now: Timestamp,
    ) -> Simulated<Answer> {
        let form = self.form;
        let mut rows = Vec::new();
        let mut warnings = Vec::new();
        let mut bad = Vec::new();
        for row in self.rows(body)? {
            match self.read(row, settings, &mut warnings) {
                Err(Stop::Loud(loud)) => return Err(loud),
                Err(Stop::Bad(why)) => bad.push(why),
                Ok((Some(_), _)) => {
                    let message = format!("{} is given by the platform", form.key);
                    return Err(Loud::new("ReadOnlyField", message));
                }
                Ok((None, values)) => rows.push(values),
            }
        }
        if !bad.is_empty() && (rows.is_empty() || settings.bad_row == BadRow::RefuseBatch) {
            return Ok(Answer::rejected(form.element, bad));
        }
        warnings.extend(bad);
        let mut written = Vec::new();
        for values in rows {
            let id = self.add(&[]);
            if let Some(record) = self.records.get_mut(&id) {
                record.write(&values);
                record.posted = Some(now);
                record.updated = Some(now);
            }
            written.push(json!({ form.key: id.to_string() }));
        }
        Ok(Answer::written(form.element, written, warnings))
    }

    /// Answers `Update…`.
    pub(crate) fn update_rows(
        &mut self,
        settings: &Settings,
        body: &Object,
        now: Timestamp,
    ) -> Simulated<Answer> {
        let form = self.form;
        let mut rows = Vec::new();
        let mut warnings = Vec::new();
        for row in self.rows(body)? {
            match self.read(row, settings, &mut warnings) {
                Err(Stop::Loud(loud)) => return Err(loud),
                Err(Stop::Bad(why)) => return Ok(Answer::rejected(form.element, vec![why])),
                Ok((Some(id), values)) if self.has(id) => rows.push((id, values)),
                Ok((Some(id), _)) => {
                    warnings.push(own_words(format!("there is no {} {id}", form.element)));
                }
                Ok((None, _)) => {
                    let why = format!("{} is a required field and is missing", form.key);
                    return Ok(Answer::rejected(form.element, vec![why]));
                }
            }
        }
        let mut written = Vec::new();
        for (id, values) in rows {
            if let Some(record) = self.records.get_mut(&id) {
                record.write(&values);
                record.updated = Some(now);
            }
            written.push(json!({ form.key: id.to_string() }));
        }
        Ok(Answer::written(form.element, written, warnings))
    }

    fn rows<'a>(&self, body: &'a Object) -> Simulated<Vec<&'a Object>> {
        let element = self.form.element;
        let undocumented = || {
            let message = format!("the request has to be {{\"{element}\": …}}, nothing beside");
            Loud::new("UndocumentedShape", message)
        };
        let rows = body
            .get(element)
            .filter(|_| body.len() == 1)
            .ok_or_else(undocumented)?;
        loose::objects(rows, element)
    }

    /// Reads a row.
    fn read(
        &self,
        row: &Object,
        settings: &Settings,
        warnings: &mut Vec<String>,
    ) -> Result<Draft, Stop> {
        let form = self.form;
        let mut id = None;
        let mut values = Vec::new();
        for (name, value) in row {
            let text = loose::scalar(value, name)?;
            if name == form.key {
                id = text.trim().parse::<u64>().ok();
                continue;
            }
            let Some(at) = form.fields.written_at(name) else {
                let message = format!("writing {name} is not documented, or not simulated");
                return Err(Loud::new("UnknownField", message).into());
            };
            match field::take(form.fields.field(at), &text, settings)? {
                Taken::Value(text) => values.push((at, text)),
                Taken::Changed(text, warning) => {
                    values.push((at, text));
                    warnings.push(warning);
                }
                Taken::Nothing => {}
                Taken::Ignored(warning) => warnings.push(warning),
                Taken::Refused(why) => return Err(Stop::Bad(why)),
            }
        }
        self.check_above(&values)?;
        let required = form.fields.at(form.required);
        let given = values
            .iter()
            .any(|(at, text)| Some(*at) == required && !text.is_empty());
        if id.is_none() && !given {
            let name = form.required;
            return Err(Stop::Bad(format!(
                "{name} is a required field and is missing"
            )));
        }
        Ok((id, values))
    }
}

impl Sheet {
    fn check_above(&self, values: &[(u16, String)]) -> Simulated<()> {
        let above = self.form.above.and_then(|name| self.form.fields.at(name));
        let named = values.iter().find(|(at, _)| Some(*at) == above);
        match named.map(|(_, text)| text.as_str()) {
            None | Some("" | "0") => Ok(()),
            Some(id) if id.parse().is_ok_and(|id| self.has(id)) => Ok(()),
            Some(id) => Err(Loud::new(
                "UnknownParent",
                format!(
                    "there is no {} {id}, and no source says what is done",
                    self.form.element
                ),
            )),
        }
    }
}

fn moment(moment: Option<Timestamp>, settings: &Settings) -> String {
    let none = || dates::none(settings.no_date).to_owned();
    moment.map_or_else(none, |moment| {
        dates::show(moment, Zone::Utc, settings.zone_minutes)
    })
}

/// A field that is read and written by one name.
pub(crate) const fn plain(name: &'static str, kind: Kind) -> field::Field {
    field::Field {
        name,
        kind,
        selected: true,
        written: Some(name),
    }
}
