//! All charts of a run on one image.

use super::{ChartError, ChartTheme, HEIGHT, PNG_SCALE, WIDTH, png, series, use_font};
use crate::report::table::headline;
use crate::{Ended, LoadTestReport};

/// Space around the charts in CSS pixels.
const GAP: u32 = 16;
/// Height of the words above them.
const HEADER: u32 = 76;
/// Height of one line that warns about the run.
const WARNING: u32 = 22;
/// Charts side by side.
const COLUMNS: u32 = 2;

/// All charts as one PNG file, with a sentence about the run above them, and with why it is not
/// valid: a picture travels without the page that says so.
///
/// # Errors
/// When a drawing fails; none is expected to.
pub fn sheet(report: &LoadTestReport, theme: ChartTheme) -> Result<Vec<u8>, ChartError> {
    use_font()?;
    let charts = series::all(report);
    let rows = u32::try_from(charts.len())
        .unwrap_or(u32::MAX)
        .div_ceil(COLUMNS);
    let width = (GAP + COLUMNS * (WIDTH + GAP)) * PNG_SCALE;
    let warnings = warnings(report);
    let header = HEADER + WARNING * u32::try_from(warnings.len()).unwrap_or(u32::MAX);
    let height = (header + rows * (HEIGHT + GAP)) * PNG_SCALE;
    png((width, height), theme, |canvas, area| {
        canvas.heading(area, "Load test", &headline(report), &warnings)?;
        for (index, chart) in (0_u32..).zip(&charts) {
            let left = GAP + (index % COLUMNS) * (WIDTH + GAP);
            let top = header + (index / COLUMNS) * (HEIGHT + GAP);
            let place = (left * PNG_SCALE, top * PNG_SCALE);
            let size = (WIDTH * PNG_SCALE, HEIGHT * PNG_SCALE);
            canvas.draw(&area.clone().shrink(place, size), chart)?;
        }
        Ok(())
    })
}

fn warnings(report: &LoadTestReport) -> Vec<String> {
    let lost = (report.ended == Ended::TargetLost).then(|| {
        "Vanished: the server ended every connection; the numbers reach until then.".to_owned()
    });
    let invalid = report
        .invalid_because
        .iter()
        .map(|it| format!("Not valid: {it}"));
    lost.into_iter().chain(invalid).collect()
}
