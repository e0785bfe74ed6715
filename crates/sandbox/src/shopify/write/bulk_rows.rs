//! The rows of a bulk query: what it may be, and how its answer is taken apart.

use apollo_compiler::ExecutableDocument;
use apollo_compiler::executable::{Field, Selection, SelectionSet};
use apollo_compiler::validation::Valid;
use serde_json::{Map, Value};

use super::super::engine::{Prepared, schema};

const MOST_CONNECTIONS: usize = 5;
const DEEPEST: usize = 2;

/// Rows of JSON, one a line.
#[derive(Debug, Default)]
pub(super) struct Rows {
    pub(super) text: Vec<u8>,
    pub(super) objects: u64,
    pub(super) roots: u64,
}

/// An operation that is valid.
///
/// # Errors
/// Why it is not.
pub(super) fn parse(query: &str) -> Result<Valid<ExecutableDocument>, String> {
    ExecutableDocument::parse_and_validate(schema(), query, "bulk.graphql").map_err(|broken| {
        let first = broken.errors.iter().next().map(|one| one.error.to_string());
        first.unwrap_or_else(|| String::from("it is not valid"))
    })
}

/// Whether a query may be run in bulk.
///
/// # Errors
/// What is wrong, as Shopify says it.
pub(super) fn check_query(query: &str) -> Result<(), String> {
    let document = parse(query).map_err(|why| format!("Invalid bulk query: {why}"))?;
    let operation = document
        .operations
        .get(None)
        .map_err(|why| why.message().to_string())?;
    if !operation.is_query() {
        return Err(String::from("Bulk operations only support queries."));
    }
    let mut roots = operation.root_fields(&document);
    if roots.any(|field| ["node", "nodes"].contains(&field.name.as_str())) {
        let message = "Bulk queries cannot contain a top level `node` or `nodes` field.";
        return Err(String::from(message));
    }
    let mut survey = Survey {
        document: &document,
        connections: 0,
    };
    survey.look(&operation.selection_set, 0, true)?;
    match survey.connections {
        0 => Err(String::from(
            "Bulk queries must contain at least one connection.",
        )),
        1..=MOST_CONNECTIONS => Ok(()),
        _ => Err(format!(
            "Bulk queries cannot contain more than {MOST_CONNECTIONS} connections."
        )),
    }
}

struct Survey<'a> {
    document: &'a ExecutableDocument,
    connections: usize,
}

impl Survey<'_> {
    /// Looks at one level; `has_id` is whether the node around it names its own id.
    fn look(&mut self, set: &SelectionSet, depth: usize, has_id: bool) -> Result<(), String> {
        for field in fields(set, self.document) {
            let kind = field.ty().inner_named_type();
            if !kind.ends_with("Connection") {
                if field.ty().is_list() && self.has_connection(&field.selection_set) {
                    return Err(String::from(
                        "Queries that contain a connection field within a list field are not currently supported.",
                    ));
                }
                self.look(&field.selection_set, depth, has_id)?;
                continue;
            }
            self.connections += 1;
            if depth > 0 && !has_id {
                return Err(String::from(
                    "The parent 'node' field for a nested connection must select the 'id' field without an alias and must be of 'ID' return type.",
                ));
            }
            if depth >= DEEPEST {
                return Err(format!(
                    "Bulk queries cannot nest connections deeper than {DEEPEST} levels."
                ));
            }
            for inner in fields(&field.selection_set, self.document) {
                if inner.name == "nodes" {
                    return Err(String::from(
                        "Bulk query is not valid without 'edges'. Selecting via 'nodes' is not supported",
                    ));
                }
                for node in fields(&inner.selection_set, self.document) {
                    if node.name == "node" {
                        let own = fields(&node.selection_set, self.document);
                        let has_id = own
                            .iter()
                            .any(|one| one.name == "id" && one.alias.is_none());
                        self.look(&node.selection_set, depth + 1, has_id)?;
                    }
                }
            }
        }
        Ok(())
    }

    fn has_connection(&self, set: &SelectionSet) -> bool {
        fields(set, self.document).iter().any(|field| {
            field.ty().inner_named_type().ends_with("Connection")
                || self.has_connection(&field.selection_set)
        })
    }
}

/// The fields of a selection, those of fragments too.
fn fields<'a>(set: &'a SelectionSet, document: &'a ExecutableDocument) -> Vec<&'a Field> {
    let mut found: Vec<&Field> = Vec::new();
    for selection in &set.selections {
        match selection {
            Selection::Field(field) => found.push(field),
            Selection::InlineFragment(inline) => {
                found.extend(fields(&inline.selection_set, document))
            }
            Selection::FragmentSpread(spread) => {
                if let Some(fragment) = spread.fragment_def(document) {
                    found.extend(fields(&fragment.selection_set, document));
                }
            }
        }
    }
    found
}

impl Rows {
    /// Adds the nodes of an answer, each followed by those of its own connections.
    pub(super) fn add(&mut self, prepared: &Prepared, data: &Value) {
        let document = &prepared.document;
        for root in fields(&prepared.operation.selection_set, document) {
            let value = &data[root.response_key().as_str()];
            if !root.ty().inner_named_type().ends_with("Connection") {
                continue;
            }
            for (node, set) in nodes(root, value, document) {
                self.roots += 1;
                self.node(node, set, document, None);
            }
        }
    }

    fn node(
        &mut self,
        node: &Value,
        set: &SelectionSet,
        document: &ExecutableDocument,
        parent: Option<&Value>,
    ) {
        let mut row = Map::new();
        let mut below: Vec<(&Field, &Value)> = Vec::new();
        let Some(object) = node.as_object() else {
            return;
        };
        let selected = fields(set, document);
        for (key, value) in object {
            let field = selected
                .iter()
                .find(|field| field.response_key().as_str() == key);
            match field {
                Some(field) if field.ty().inner_named_type().ends_with("Connection") => {
                    below.push((*field, value));
                }
                _ => {
                    row.insert(key.clone(), value.clone());
                }
            }
        }
        if let Some(parent) = parent {
            row.insert(String::from("__parentId"), parent.clone());
        }
        self.push(&Value::Object(row));
        for (connection, value) in below {
            for (inner, set) in nodes(connection, value, document) {
                self.node(inner, set, document, Some(&node["id"]));
            }
        }
    }

    /// Adds one row.
    pub(super) fn push(&mut self, row: &Value) {
        self.text.extend_from_slice(row.to_string().as_bytes());
        self.text.push(b'\n');
        self.objects += 1;
    }
}

/// The nodes of a connection in an answer, with what was asked of them.
fn nodes<'a>(
    connection: &'a Field,
    value: &'a Value,
    document: &'a ExecutableDocument,
) -> Vec<(&'a Value, &'a SelectionSet)> {
    let mut found = Vec::new();
    for edges in fields(&connection.selection_set, document) {
        let list = value[edges.response_key().as_str()].as_array();
        for edge in list.into_iter().flatten() {
            for node in fields(&edges.selection_set, document) {
                if node.name == "node" {
                    found.push((&edge[node.response_key().as_str()], &node.selection_set));
                }
            }
        }
    }
    found
}
