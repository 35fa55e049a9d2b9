//! Charts of a run, drawn from its seconds: SVG for the report and for pages, PNG for chats and
//! slides.
//!
//! `series` decides what is shown, `theme` the colours, `draw` puts it on any plotters backend.
//! Figtree, the font of the product, is built in (a subset, weight 500, under the SIL Open Font
//! License beside it), because plotters needs to measure text and a server has no fonts.

mod draw;
mod head;
mod series;
mod sheet;
mod theme;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use plotters::backend::{BitMapBackend, SVGBackend};
use plotters::coord::Shift;
use plotters::drawing::{DrawingArea, IntoDrawingArea as _};
use plotters::style::{FontStyle, register_font};

use super::LoadTestReport;
use draw::{ChartCanvas, ChartFormat, DrawResult};
pub use sheet::sheet;
pub use theme::ChartTheme;

/// Width of a chart in CSS pixels.
pub(super) const WIDTH: u32 = 560;
/// Width of a chart for phones, in CSS pixels: what is left of 390 beside the page's edges.
pub(super) const PHONE_WIDTH: u32 = 356;
/// Height of a chart in CSS pixels.
pub(super) const HEIGHT: u32 = 252;

/// Pixels of a PNG per CSS pixel.
const PNG_SCALE: u32 = 2;

/// The font the charts measure and name; a page without Figtree falls back to its system font.
const FONT: &str = "Figtree, system-ui, sans-serif";

static FIGTREE: &[u8] = include_bytes!("figtree.ttf");

/// A chart could not be drawn.
#[derive(Debug, thiserror::Error)]
#[error("a chart could not be drawn: {0}")]
pub struct ChartError(String);

/// One chart as an image.
#[derive(Debug, Clone)]
pub struct Drawing {
    /// Part of a file name, such as `fan-out`.
    pub slug: &'static str,
    /// What it shows, in words, for those who cannot see it.
    pub description: String,
    /// The SVG text, complete with its element.
    pub svg: String,
    /// What its lines say at each moment, as JSON: `{"end":4,"series":[{"name":"p50","points":[[1,2.5]]}]}`.
    pub moments: String,
    /// Where its lines are drawn, as JSON in CSS pixels: `{"left":56,"right":536,"top":48,"bottom":218,"width":560}`.
    pub plot: String,
}

impl Drawing {
    /// The SVG as a file of its own, which brings the font it was measured with.
    #[must_use]
    pub fn standalone(&self) -> String {
        match self.svg.split_once('>') {
            Some((head, rest)) => format!("{head}><style>{}</style>{rest}", font_face()),
            None => self.svg.clone(),
        }
    }
}

/// A CSS rule with the built-in font in it.
pub(super) fn font_face() -> String {
    let font = BASE64.encode(FIGTREE);
    format!("@font-face{{font-family:Figtree;src:url(data:font/ttf;base64,{font})}}")
}

/// All charts as SVG.
///
/// # Errors
/// When a drawing fails; none is expected to.
pub fn charts(report: &LoadTestReport, theme: ChartTheme) -> Result<Vec<Drawing>, ChartError> {
    drawings(report, theme, ChartFormat::Wide)
}

/// All charts as SVG in the width of a phone.
///
/// # Errors
/// When a drawing fails; none is expected to.
pub(super) fn phone_charts(
    report: &LoadTestReport,
    theme: ChartTheme,
) -> Result<Vec<Drawing>, ChartError> {
    drawings(report, theme, ChartFormat::Phone)
}

fn drawings(
    report: &LoadTestReport,
    theme: ChartTheme,
    format: ChartFormat,
) -> Result<Vec<Drawing>, ChartError> {
    use_font()?;
    let draw = |chart: series::Chart| {
        let mut svg = String::new();
        let area = SVGBackend::with_string(&mut svg, format.size()).into_drawing_area();
        let canvas = ChartCanvas {
            theme,
            scale: 1,
            format,
        };
        canvas.draw(&area, &chart).map_err(failed)?;
        area.present().map_err(failed)?;
        drop(area);
        Ok(Drawing {
            slug: chart.slug,
            description: chart.description(),
            moments: chart.moments().to_string(),
            plot: format.plot(chart.has_right()).to_string(),
            svg,
        })
    };
    series::all(report).into_iter().map(draw).collect()
}

/// All charts as PNG files: `(slug, file)`, at twice the size of the SVGs.
///
/// # Errors
/// When a drawing fails; none is expected to.
pub fn chart_images(
    report: &LoadTestReport,
    theme: ChartTheme,
) -> Result<Vec<(&'static str, Vec<u8>)>, ChartError> {
    use_font()?;
    let size = (WIDTH * PNG_SCALE, HEIGHT * PNG_SCALE);
    let image = |chart: series::Chart| {
        let png = png(size, theme, |canvas, area| canvas.draw(area, &chart))?;
        Ok((chart.slug, png))
    };
    series::all(report).into_iter().map(image).collect()
}

/// What `draw` puts on an area of this size in pixels.
fn png(
    (width, height): (u32, u32),
    theme: ChartTheme,
    draw: impl for<'a> FnOnce(
        ChartCanvas,
        &DrawingArea<BitMapBackend<'a>, Shift>,
    ) -> DrawResult<BitMapBackend<'a>>,
) -> Result<Vec<u8>, ChartError> {
    let mut pixels = vec![0; (width * height * 3) as usize];
    let area = BitMapBackend::with_buffer(&mut pixels, (width, height)).into_drawing_area();
    let canvas = ChartCanvas {
        theme,
        scale: PNG_SCALE,
        format: ChartFormat::Wide,
    };
    draw(canvas, &area).map_err(failed)?;
    area.present().map_err(failed)?;
    drop(area);
    let image = image::RgbImage::from_raw(width, height, pixels)
        .ok_or_else(|| ChartError("wrong size".to_owned()))?;
    let mut file = std::io::Cursor::new(Vec::new());
    image
        .write_to(&mut file, image::ImageFormat::Png)
        .map_err(failed)?;
    Ok(file.into_inner())
}

fn use_font() -> Result<(), ChartError> {
    register_font(FONT, FontStyle::Normal, FIGTREE)
        .map_err(|_| ChartError("the built-in font cannot be read".to_owned()))
}

fn failed(error: impl std::fmt::Display) -> ChartError {
    ChartError(error.to_string())
}
