//! Settings as the administration sees and changes them.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// What a setting's value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum SettingKind {
    /// A string.
    Text,
    /// A number.
    Number,
    /// `true` or `false`.
    Boolean,
    /// One of `choices`.
    Choice,
    /// A number of minutes.
    Minutes,
}

/// Who set the value in force.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum SettingSource {
    /// Nobody.
    Default,
    /// The settings file.
    File,
    /// An environment variable.
    Environment,
    /// A flag on the command line.
    Flag,
    /// A host, in the administration.
    Database,
}

/// One setting.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SettingView {
    /// Its name in the environment in lower case, such as `world_name`.
    pub key: String,
    /// The value in force, of the type that `kind` says; `null` when there is none, or it is secret
    /// and must not be shown.
    #[schemars(extend("type" = ["string", "number", "boolean", "null"]))]
    pub value: Value,
    /// The value when nobody sets it.
    #[schemars(extend("type" = ["string", "number", "boolean", "null"]))]
    pub default: Value,
    /// Who set it.
    pub source: SettingSource,
    /// What the value is.
    pub kind: SettingKind,
    /// The values a choice has.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub choices: Option<Vec<String>>,
    /// Completes "it must be ...".
    pub accepts: String,
    /// Never shown.
    pub secret: bool,
    /// Whether there is a value, also when it is secret.
    pub set: bool,
    /// Whether a host may change it here.
    pub editable: bool,
    /// Whether a change counts only after a restart.
    pub restart: bool,
    /// Under which heading it belongs.
    pub section: String,
    /// One sentence.
    pub help: String,
}

/// `GET /admin/settings`, and the answer of `PATCH`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SettingsAnswer {
    /// Editable ones first, then by section.
    pub settings: Vec<SettingView>,
}

/// Body of `PATCH /admin/settings`: values by key; `null` gives a setting back to file,
/// environment and default.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
pub struct SettingsPatch {
    /// At least one.
    #[serde(default)]
    #[schemars(extend("x-required" = true, "additionalProperties" = {"type": ["string", "number", "boolean", "null"]}))]
    pub values: BTreeMap<String, Value>,
}

/// The 400 of `PATCH /admin/settings`: nothing was changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SettingsRefusal {
    /// A sentence.
    pub message: String,
    /// `invalid-settings`.
    pub code: String,
    /// A sentence for each key that cannot be taken.
    pub fields: BTreeMap<String, String>,
}
