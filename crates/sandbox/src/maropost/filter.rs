//! The `Filter` of a `Get…` request: what is looked for, which page, what is to be shown.

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde_json::Value;

use super::dates;
use super::loose::{self, Object};
use super::loud::{Loud, Simulated, own_words};
use super::settings::{Bounds, Settings, UnknownSelector};

/// A filter whose conditions are still to be read.
#[derive(Debug)]
pub(crate) struct Filter<'a> {
    rest: Vec<(&'a str, &'a Value)>,
    page: usize,
    limit: Option<usize>,
    selectors: Vec<String>,
}

impl<'a> Filter<'a> {
    /// Reads the body of a `Get…` request, `{"Filter": {…}}`.
    pub(crate) fn read(body: &'a Object, settings: &Settings) -> Simulated<Self> {
        let unread = || {
            let message = "the request has to be {\"Filter\": {…}}, and nothing beside";
            Loud::new("UndocumentedShape", message)
        };
        let filter = body.get("Filter").and_then(Value::as_object);
        let filter = filter.filter(|_| body.len() == 1).ok_or_else(unread)?;
        let mut read = Self {
            rest: Vec::new(),
            page: 0,
            limit: settings.default_limit,
            selectors: Vec::new(),
        };
        for (name, value) in filter {
            match name.as_str() {
                "Page" => read.page = count(name, value)?,
                "Limit" => read.limit = Some(count(name, value)?),
                "OutputSelector" => read.selectors = loose::scalars(value, name)?,
                _ => read.rest.push((name, value)),
            }
        }
        let highest = settings.highest_limit;
        read.limit = match (read.limit, highest) {
            (Some(limit), Some(highest)) => Some(limit.min(highest)),
            (limit, highest) => limit.or(highest),
        };
        if read.limit == Some(0) {
            return Err(Loud::new(
                "LimitZero",
                "no source says what a Limit of 0 means",
            ));
        }
        Ok(read)
    }

    /// Whether nothing is looked for: there are only a page and selectors.
    pub(crate) fn is_bare(&self) -> bool {
        self.rest.is_empty()
    }

    /// Takes the condition `name` out, one or many values of it.
    pub(crate) fn values(&mut self, name: &str) -> Simulated<Option<Vec<String>>> {
        let Some(at) = self.rest.iter().position(|(rest, _)| *rest == name) else {
            return Ok(None);
        };
        let (_, value) = self.rest.remove(at);
        let values = loose::scalars(value, name)?;
        // Only an empty ParentSKU is known to mean something.
        let blank = values.iter().any(|value| value.trim().is_empty()) && name != "ParentSKU";
        if values.is_empty() || blank {
            let message = format!("no source says what an empty {name} finds: nothing, or all");
            return Err(Loud::new("EmptyFilter", message));
        }
        Ok(Some(values))
    }

    /// Takes the condition `name` out, which has a single value.
    pub(crate) fn value(&mut self, name: &str) -> Simulated<Option<String>> {
        match self.values(name)? {
            None => Ok(None),
            Some(mut values) if values.len() == 1 => Ok(values.pop()),
            Some(_) => Err(Loud::new(
                "SeveralValues",
                format!("the filter {name} is documented with a single value"),
            )),
        }
    }

    /// Takes `name` out, which is an object.
    pub(crate) fn object(&mut self, name: &str) -> Option<&'a Object> {
        let at = self.rest.iter().position(|(rest, _)| *rest == name)?;
        let object = self.rest[at].1.as_object()?;
        self.rest.remove(at);
        Some(object)
    }

    /// Takes the ids of the condition `name` out.
    pub(crate) fn ids(&mut self, name: &str) -> Simulated<Option<BTreeSet<u64>>> {
        let Some(values) = self.values(name)? else {
            return Ok(None);
        };
        let id = |text: &String| {
            let malformed = || Loud::new("MalformedValue", format!("\"{text}\" is no {name}"));
            text.trim().parse::<u64>().map_err(|_| malformed())
        };
        values.iter().map(id).collect::<Simulated<_>>().map(Some)
    }

    /// Takes the range `<name>From` and `<name>To` out.
    pub(crate) fn range(&mut self, name: &str, settings: &Settings) -> Simulated<Range> {
        Ok(Range {
            from: self.moment(&format!("{name}From"))?,
            to: self.moment(&format!("{name}To"))?,
            bounds: settings.bounds,
        })
    }

    fn moment(&mut self, name: &str) -> Simulated<Option<Timestamp>> {
        let Some(text) = self.value(name)? else {
            return Ok(None);
        };
        dates::parse(&text)
            .flatten()
            .map(Some)
            .ok_or_else(|| Loud::new("MalformedValue", format!("\"{text}\" is no date of {name}")))
    }

    /// Ends the reading: a condition that was not taken out is not simulated.
    pub(crate) fn finish(self) -> Simulated<Page> {
        match self.rest.first() {
            None => Ok(Page {
                page: self.page,
                limit: self.limit,
                selectors: self.selectors,
            }),
            Some((name, _)) => Err(Loud::new(
                "UnknownFilter",
                format!("the filter {name} is not documented for this action, or not simulated"),
            )),
        }
    }
}

/// A page or limit, a number or a text of one.
fn count(name: &str, value: &Value) -> Simulated<usize> {
    let text = loose::scalar(value, name)?;
    let malformed = || Loud::new("MalformedValue", format!("\"{text}\" is no {name}"));
    text.trim().parse().map_err(|_| malformed())
}

/// From when to when.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Range {
    from: Option<Timestamp>,
    to: Option<Timestamp>,
    bounds: Bounds,
}

impl Range {
    /// Whether `moment` lies in the range; no moment lies only in one without bounds.
    pub(crate) fn has(&self, moment: Option<Timestamp>) -> bool {
        if self.is_open() {
            return true;
        }
        moment.is_some_and(|moment| match self.bounds {
            Bounds::Inclusive => {
                self.from.is_none_or(|from| from <= moment) && self.to.is_none_or(|to| moment <= to)
            }
            Bounds::Exclusive => {
                self.from.is_none_or(|from| from < moment) && self.to.is_none_or(|to| moment < to)
            }
        })
    }

    /// Whether it has no bound.
    pub(crate) fn is_open(&self) -> bool {
        self.from.is_none() && self.to.is_none()
    }
}

/// Which page of what was found, and what is shown of each row.
#[derive(Debug)]
pub(crate) struct Page {
    page: usize,
    limit: Option<usize>,
    selectors: Vec<String>,
}

impl Page {
    /// The page of `rows`; the first one is page 0.
    pub(crate) fn of<T>(&self, rows: impl Iterator<Item = T>) -> Vec<T> {
        match self.limit {
            None if self.page == 0 => rows.collect(),
            None => Vec::new(),
            Some(limit) => rows
                .skip(self.page.saturating_mul(limit))
                .take(limit)
                .collect(),
        }
    }

    /// The selectors that `known` knows. The others are passed over, or named as an error.
    pub(crate) fn selectors(
        &self,
        known: impl Fn(&str) -> bool,
        settings: &Settings,
    ) -> Result<Vec<&str>, String> {
        let names = self.selectors.iter().map(String::as_str);
        let (known, unknown): (Vec<_>, Vec<_>) = names.partition(|name| known(name));
        match (unknown.first(), settings.unknown_selector) {
            (Some(name), UnknownSelector::RefuseRequest) => Err(own_words(format!(
                "{name} is no OutputSelector of this action"
            ))),
            (None, _) | (_, UnknownSelector::Ignore) => Ok(known),
        }
    }
}
