//! Title and legend of a chart.

use plotters::coord::Shift;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};

use super::draw::{ChartCanvas, ChartFormat, DrawResult, PADDING};
use super::series::{Chart, with_unit};
use super::theme::Ink;

/// From one row of a legend to the next.
const LEGEND_ROW: u32 = 18;

impl ChartCanvas {
    /// Title at the left; swatch, name and value of each line at the right, or below in rows.
    pub(super) fn head<DB: DrawingBackend>(
        self,
        area: &DrawingArea<DB, Shift>,
        chart: &Chart,
    ) -> DrawResult<DB> {
        let (pad, middle) = (self.px(PADDING), self.px(24));
        let title = self
            .text(Ink::Text, 13)
            .pos(Pos::new(HPos::Left, VPos::Center));
        area.draw_text(chart.title, &title, (pad, middle))?;
        let (width, _) = area.dim_in_pixel();
        let mut right = i32::try_from(width).unwrap_or(i32::MAX) - pad;
        let limit = chart
            .limit
            .map(|limit| ("limit", Ink::Warn, with_unit(limit)));
        let entries = chart
            .series
            .iter()
            .map(|series| (series.name, series.ink, series.readout.clone()))
            .chain(limit);
        let entries: Vec<_> = entries.collect();
        if self.format == ChartFormat::Phone {
            return self.legend_rows(area, &entries, right);
        }
        // From the right edge to the left, so that the last one ends there.
        for (name, ink, readout) in entries.into_iter().rev() {
            let at_right = Pos::new(HPos::Right, VPos::Center);
            let value = self.text(Ink::Text, 12).pos(at_right);
            area.draw_text(&readout, &value, (right, middle))?;
            right -= self.width_of(area, &readout, &value)? + self.px(5);
            let label = self.text(Ink::Text2, 12).pos(at_right);
            area.draw_text(name, &label, (right, middle))?;
            right -= self.width_of(area, name, &label)? + self.px(6);
            let swatch = [
                (right - self.px(12), middle - self.px(1)),
                (right, middle + self.px(2)),
            ];
            area.draw(&Rectangle::new(swatch, self.theme.ink(ink).filled()))?;
            right -= self.px(12 + 14);
        }
        Ok(())
    }

    /// From left to right, and on in the next row where one does not fit.
    fn legend_rows<DB: DrawingBackend>(
        self,
        area: &DrawingArea<DB, Shift>,
        entries: &[(&str, Ink, String)],
        right: i32,
    ) -> DrawResult<DB> {
        let at_left = Pos::new(HPos::Left, VPos::Center);
        let label = self.text(Ink::Text2, 12).pos(at_left);
        let value = self.text(Ink::Text, 12).pos(at_left);
        let (swatch, gap) = (self.px(12 + 6), self.px(5));
        let (mut left, mut middle) = (self.px(PADDING), self.px(24 + LEGEND_ROW));
        for (name, ink, readout) in entries {
            let named = self.width_of(area, name, &label)? + gap;
            let width = swatch + named + self.width_of(area, readout, &value)?;
            if left + width > right && left > self.px(PADDING) {
                (left, middle) = (self.px(PADDING), middle + self.px(LEGEND_ROW));
            }
            let bar = [
                (left, middle - self.px(1)),
                (left + self.px(12), middle + self.px(2)),
            ];
            area.draw(&Rectangle::new(bar, self.theme.ink(*ink).filled()))?;
            area.draw_text(name, &label, (left + swatch, middle))?;
            area.draw_text(readout, &value, (left + swatch + named, middle))?;
            left += width + self.px(14);
        }
        Ok(())
    }

    fn width_of<DB: DrawingBackend>(
        self,
        area: &DrawingArea<DB, Shift>,
        text: &str,
        style: &TextStyle<'_>,
    ) -> Result<i32, DrawingAreaErrorKind<DB::ErrorType>> {
        let (width, _) = area.estimate_text_size(text, style)?;
        Ok(i32::try_from(width).unwrap_or(i32::MAX))
    }
}
