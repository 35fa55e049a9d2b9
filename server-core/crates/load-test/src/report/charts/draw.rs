//! Puts a chart on a plotters backend. Sizes are CSS pixels times the canvas' scale.

use plotters::coord::Shift;
use plotters::prelude::*;
use serde_json::{Value, json};

use super::series::{Chart, LineStyle, Series, short};
use super::theme::{ChartTheme, Ink};
use super::{FONT, HEIGHT, PHONE_WIDTH, WIDTH};

/// Height of the row with title and legend.
const HEAD: u32 = 44;

/// Height of the title with the legend in rows below it.
const TALL_HEAD: u32 = 72;

/// Space around.
pub(super) const PADDING: u32 = 16;

/// Height of the labels below.
const X_LABELS: u32 = 26;

/// Width of the labels at the left.
const Y_LABELS: u32 = 48;

/// Space between the head and the lines.
const MARGIN_TOP: u32 = 4;

/// Labels on a value axis, at most.
const TICKS: usize = 5;

pub(super) type DrawResult<DB> =
    Result<(), DrawingAreaErrorKind<<DB as DrawingBackend>::ErrorType>>;

/// How to draw.
#[derive(Debug, Clone, Copy)]
pub(super) struct ChartCanvas {
    pub(super) theme: ChartTheme,
    pub(super) scale: u32,
    pub(super) format: ChartFormat,
}

/// The room a chart has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ChartFormat {
    /// Title and legend in one row.
    Wide,
    /// As wide as a phone: scaled down that far, the text of a wide one could not be read.
    Phone,
}

impl ChartFormat {
    /// Width and height in CSS pixels.
    pub(super) fn size(self) -> (u32, u32) {
        match self {
            Self::Wide => (WIDTH, HEIGHT),
            Self::Phone => (PHONE_WIDTH, HEIGHT + TALL_HEAD - HEAD),
        }
    }

    fn head(self) -> u32 {
        match self {
            Self::Wide => HEAD,
            Self::Phone => TALL_HEAD,
        }
    }

    /// The rectangle of the lines and the width of the whole, in CSS pixels.
    pub(super) fn plot(self, has_right: bool) -> Value {
        let (width, height) = self.size();
        json!({
            "left": PADDING / 2 + Y_LABELS,
            "right": width - PADDING - right_labels(has_right),
            "top": self.head() + MARGIN_TOP,
            "bottom": height - PADDING / 2 - X_LABELS,
            "width": width,
        })
    }
}

/// Width of the labels at the right, or of the space where there are none.
fn right_labels(has_right: bool) -> u32 {
    if has_right { 40 } else { 8 }
}

impl ChartCanvas {
    pub(super) fn draw<DB: DrawingBackend>(
        self,
        area: &DrawingArea<DB, Shift>,
        chart: &Chart,
    ) -> DrawResult<DB> {
        area.fill(&self.theme.ink(Ink::Surface))?;
        let times = match self.format {
            ChartFormat::Wide => 6,
            ChartFormat::Phone => 4,
        };
        self.head(area, chart)?;
        let pad = self.px(PADDING);
        let (_, body) = area.split_vertically(self.px(self.format.head()));
        let body = body.margin(0, pad / 2, pad / 2, pad);
        let (left, right) = (axis(chart.top(false)), axis(chart.top(true)));
        let has_right = chart.has_right();
        let time = 0.0..chart.end;
        let mut plot = ChartBuilder::on(&body)
            .x_label_area_size(self.px(X_LABELS))
            .y_label_area_size(self.px(Y_LABELS))
            .right_y_label_area_size(self.px(right_labels(has_right)))
            .margin_top(self.px(MARGIN_TOP))
            .build_cartesian_2d(time.clone(), 0.0..left.top)?
            .set_secondary_coord(time, 0.0..right.top);
        let hairline = self.stroke(Ink::Grid, 1.0);
        let label = self.text(Ink::Text3, 11);
        plot.configure_mesh()
            .disable_x_mesh()
            .bold_line_style(hairline)
            .light_line_style(TRANSPARENT)
            .axis_style(TRANSPARENT)
            .set_all_tick_mark_size(self.px(6))
            .x_labels(times)
            .x_label_style(label.clone())
            .x_label_formatter(&|at| format!("{} s", short(*at)))
            .y_labels(left.labels)
            .y_label_style(label.clone())
            .y_label_formatter(&|value| short(*value))
            .draw()?;
        if has_right {
            plot.configure_secondary_axes()
                .axis_style(TRANSPARENT)
                .set_all_tick_mark_size(self.px(6))
                .y_labels(right.labels)
                .label_style(label)
                .y_label_formatter(&|value| short(*value))
                .draw()?;
        }
        let (dashed, solid): (Vec<_>, Vec<_>) = chart
            .series
            .iter()
            .partition(|series| series.look == LineStyle::Dashed);
        for series in dashed.into_iter().chain(solid) {
            for line in unbroken(series) {
                let fill = self.theme.ink(series.ink).mix(0.14);
                let stroke = self.stroke(series.ink, 1.75);
                match (series.right, series.look) {
                    (true, _) => {
                        plot.draw_secondary_series(LineSeries::new(line, stroke))?;
                    }
                    (false, LineStyle::Line) => {
                        plot.draw_series(LineSeries::new(line, stroke))?;
                    }
                    (false, LineStyle::Filled) => {
                        plot.draw_series(AreaSeries::new(line.clone(), 0.0, fill))?;
                        plot.draw_series(LineSeries::new(line, stroke))?;
                    }
                    (false, LineStyle::Dashed) => {
                        let thin = self.stroke(series.ink, 1.0);
                        let dash = self.px(2);
                        plot.draw_series(DashedLineSeries::new(line, dash, dash, thin))?;
                    }
                }
            }
        }
        if let Some(limit) = chart.limit {
            let line = vec![(0.0, limit), (chart.end, limit)];
            let stroke = self.stroke(Ink::Warn, 1.0);
            let (dash, gap) = (self.px(6), self.px(4));
            plot.draw_series(DashedLineSeries::new(line, dash, gap, stroke))?;
        }
        Ok(())
    }

    /// Fills a page and writes its title with a sentence and warnings below it.
    pub(super) fn heading<DB: DrawingBackend>(
        self,
        area: &DrawingArea<DB, Shift>,
        title: &str,
        sentence: &str,
        warnings: &[String],
    ) -> DrawResult<DB> {
        area.fill(&self.theme.ink(Ink::Page))?;
        let left = self.px(PADDING + 4);
        area.draw_text(title, &self.text(Ink::Text, 20), (left, self.px(16)))?;
        area.draw_text(sentence, &self.text(Ink::Text2, 13), (left, self.px(46)))?;
        for (line, warning) in (0_u32..).zip(warnings) {
            let top = self.px(46 + 22 * (line + 1));
            area.draw_text(warning, &self.text(Ink::Danger, 13), (left, top))?;
        }
        Ok(())
    }

    pub(super) fn text(self, ink: Ink, size: u32) -> TextStyle<'static> {
        let size = f64::from(size * self.scale);
        (FONT, size).into_font().color(&self.theme.ink(ink))
    }

    fn stroke(self, ink: Ink, width: f64) -> ShapeStyle {
        let width = (width * f64::from(self.scale)).round() as u32;
        self.theme.ink(ink).stroke_width(width.max(1))
    }

    /// CSS pixels as pixels of this canvas.
    pub(super) fn px(self, css: u32) -> i32 {
        i32::try_from(css * self.scale).unwrap_or(i32::MAX)
    }
}

/// The parts of a line between its gaps. A lone value becomes a short dash, or it would be nothing.
fn unbroken(series: &Series) -> Vec<Vec<(f64, f64)>> {
    let parts = series.points.split(|(_, value)| value.is_none());
    let part = |part: &[(f64, Option<f64>)]| {
        let mut line: Vec<(f64, f64)> = part
            .iter()
            .filter_map(|(at, value)| Some((*at, (*value)?)))
            .collect();
        if let [(at, value)] = line[..] {
            line.insert(0, ((at - 1.0).max(0.0), value));
        }
        line
    };
    parts.map(part).filter(|line| !line.is_empty()).collect()
}

/// A value axis from zero to a round number.
struct ChartAxis {
    top: f64,
    labels: usize,
}

fn axis(highest: f64) -> ChartAxis {
    let highest = if highest > 0.0 { highest } else { 1.0 };
    let steps = |step: f64| (highest * 1.02 / step).ceil();
    let magnitude = 10_f64.powf((highest / TICKS as f64).log10().floor());
    let step = [1.0, 2.0, 5.0, 10.0]
        .map(|factor| factor * magnitude)
        .into_iter()
        .find(|step| steps(*step) <= TICKS as f64)
        .unwrap_or(highest);
    ChartAxis {
        top: steps(step) * step,
        labels: steps(step) as usize + 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(highest: f64, expected: (f64, usize)) {
        let axis = axis(highest);
        assert!(
            (axis.top - expected.0).abs() < 1e-9,
            "{highest}: {}",
            axis.top
        );
        assert_eq!(axis.labels, expected.1, "{highest}");
    }

    #[test]
    fn axes_end_at_round_numbers() {
        check(0.0, (1.5, 4));
        check(73.0, (80.0, 5));
        check(398_120.0, (500_000.0, 6));
        check(0.034, (0.04, 5));
        check(200.0, (250.0, 6));
    }

    #[test]
    fn gaps_stay_gaps() {
        let series = Series {
            name: "p50",
            ink: Ink::P50,
            readout: String::new(),
            points: vec![
                (1.0, Some(1.0)),
                (2.0, Some(2.0)),
                (3.0, None),
                (4.0, Some(4.0)),
            ],
            look: LineStyle::Line,
            right: false,
        };
        let expected = vec![vec![(1.0, 1.0), (2.0, 2.0)], vec![(3.0, 4.0), (4.0, 4.0)]];
        assert_eq!(unbroken(&series), expected);
    }
}
