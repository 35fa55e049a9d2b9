//! Writes the Prometheus text format, version 0.0.4.

use std::fmt::{Display, Write as _};

use super::LatencySnapshot;

/// A page of metrics under construction. Names, labels and help are constants of ours, so nothing
/// has to be escaped.
#[derive(Debug, Default)]
pub(super) struct MetricsPage(String);

impl MetricsPage {
    pub(super) fn gauge(&mut self, name: &str, help: &str, value: f64) {
        self.head(name, help, "gauge");
        self.sample(name, "", value);
    }

    pub(super) fn counter(&mut self, name: &str, help: &str, value: f64) {
        self.head(name, help, "counter");
        self.sample(name, "", value);
    }

    /// One counter with a label, a sample per value of the label.
    pub(super) fn counter_by(
        &mut self,
        name: &str,
        help: &str,
        label: &str,
        values: impl Iterator<Item = (&'static str, u64)>,
    ) {
        self.head(name, help, "counter");
        for (value, count) in values {
            self.sample(name, &format!("{{{label}=\"{value}\"}}"), count);
        }
    }

    pub(super) fn histogram(&mut self, name: &str, help: &str, samples: &LatencySnapshot) {
        self.head(name, help, "histogram");
        let count = samples.count();
        let bucket = format!("{name}_bucket");
        for (end, up_to) in samples.cumulative() {
            self.sample(&bucket, &format!("{{le=\"{end}\"}}"), up_to);
        }
        self.sample(&bucket, "{le=\"+Inf\"}", count);
        self.sample(&format!("{name}_sum"), "", samples.sum_seconds());
        self.sample(&format!("{name}_count"), "", count);
    }

    pub(super) fn into_text(self) -> String {
        self.0
    }

    fn head(&mut self, name: &str, help: &str, kind: &str) {
        // Writing to a string cannot fail.
        let _ = write!(self.0, "# HELP {name} {help}\n# TYPE {name} {kind}\n");
    }

    fn sample(&mut self, name: &str, labels: &str, value: impl Display) {
        let _ = writeln!(self.0, "{name}{labels} {value}");
    }
}
