//! A small drawing surface over the rasteriser: a transform, a clip, flat fills.

use tiny_skia::{
    BlendMode, Color, FillRule, LineCap, Mask, Paint, Path, PathBuilder, Pixmap, Rect, Stroke,
    Transform,
};

use super::palette::Rgb;

/// One frame being drawn, with the origin on the ground between the feet and y growing downwards.
pub(super) struct Canvas {
    pixmap: Pixmap,
    transform: Transform,
    clip: Option<Mask>,
}

impl Canvas {
    /// An empty frame of `width` x `height` pixels whose origin lies at `feet`. `None` when a side
    /// is zero.
    pub(super) fn new(width: u32, height: u32, feet: (f32, f32)) -> Option<Self> {
        Some(Self {
            pixmap: Pixmap::new(width, height)?,
            transform: Transform::from_translate(feet.0, feet.1),
            clip: None,
        })
    }

    pub(super) fn into_pixmap(self) -> Pixmap {
        self.pixmap
    }

    /// Draws with the origin moved, turned (degrees, clockwise) and, for -1, mirrored.
    pub(super) fn placed(
        &mut self,
        at: (f32, f32),
        degrees: f32,
        mirror: f32,
        draw: impl FnOnce(&mut Self),
    ) {
        let before = self.transform;
        self.transform = before
            .pre_translate(at.0, at.1)
            .pre_rotate(degrees)
            .pre_scale(mirror, 1.0);
        draw(self);
        self.transform = before;
    }

    /// Draws inside `shape` only, and inside the clip that was already there.
    pub(super) fn clipped(&mut self, shape: &Shape, draw: impl FnOnce(&mut Self)) {
        let Some(shape) = shape else { return };
        let before = self.clip.clone();
        let mask = match before.clone() {
            Some(mut mask) => {
                mask.intersect_path(shape, FillRule::Winding, true, self.transform);
                Some(mask)
            }
            None => Mask::new(self.pixmap.width(), self.pixmap.height()).map(|mut mask| {
                mask.fill_path(shape, FillRule::Winding, true, self.transform);
                mask
            }),
        };
        self.clip = mask;
        draw(self);
        self.clip = before;
    }

    /// Fills `shape` with one flat colour.
    pub(super) fn fill(&mut self, shape: &Shape, colour: Rgb) {
        self.fill_at(shape, colour, 1.0);
    }

    /// Fills `shape` with a share (0 to 1) of a colour.
    pub(super) fn fill_at(&mut self, shape: &Shape, colour: Rgb, opacity: f32) {
        self.fill_by(FillRule::Winding, shape, colour, opacity);
    }

    fn fill_by(&mut self, rule: FillRule, shape: &Shape, colour: Rgb, opacity: f32) {
        let Some(shape) = shape else { return };
        self.pixmap.fill_path(
            shape,
            &paint(colour, opacity),
            rule,
            self.transform,
            self.clip.as_ref(),
        );
    }

    /// Draws along `line` with round ends.
    pub(super) fn stroke(&mut self, line: &Shape, colour: Rgb, width: f32) {
        let Some(line) = line else { return };
        let stroke = Stroke {
            width,
            line_cap: LineCap::Round,
            ..Stroke::default()
        };
        self.pixmap.stroke_path(
            line,
            &paint(colour, 1.0),
            &stroke,
            self.transform,
            self.clip.as_ref(),
        );
    }

    /// Fills a round thing in two flat tones: a crescent of shade on the side away from the light.
    pub(super) fn ball(&mut self, at: (f32, f32), r: f32, colour: Rgb, shade: Shade) {
        let outline = circle(at.0, at.1, r);
        self.fill(&outline, colour);
        // Both circles at once: what lies in one of them only, cut to the outline, is the crescent.
        let crescent = path(|p| {
            p.push_circle(at.0, at.1, r);
            p.push_circle(at.0 - shade.side * r * 0.27, at.1 - r * 0.22, r * 1.03);
        });
        self.clipped(&outline, |c| {
            c.fill_by(
                FillRule::EvenOdd,
                &crescent,
                colour.shaded(shade.share),
                1.0,
            );
        });
    }
}

/// Where a shape's second tone lies and how strong it is.
#[derive(Debug, Clone, Copy)]
pub(super) struct Shade {
    /// 1 when the shade is towards +x, -1 when the drawing is mirrored.
    pub(super) side: f32,
    /// Share of the shade colour, 0 to 1.
    pub(super) share: f32,
}

fn paint(colour: Rgb, opacity: f32) -> Paint<'static> {
    let mut paint = Paint::default();
    let mut solid = Color::from_rgba8(colour.0, colour.1, colour.2, 255);
    solid.set_alpha(opacity);
    paint.set_color(solid);
    paint.anti_alias = true;
    paint.blend_mode = BlendMode::SourceOver;
    paint
}

/// An outline to fill, clip to or draw along; `None` encloses nothing and draws nothing.
pub(super) type Shape = Option<Path>;

/// Builds an outline from its steps.
pub(super) fn path(build: impl FnOnce(&mut PathBuilder)) -> Shape {
    let mut builder = PathBuilder::new();
    build(&mut builder);
    builder.finish()
}

/// A rectangle by corner and size.
pub(super) fn rect(x: f32, y: f32, width: f32, height: f32) -> Shape {
    Rect::from_xywh(x, y, width, height).map(PathBuilder::from_rect)
}

/// An ellipse by centre and half axes.
pub(super) fn ellipse(x: f32, y: f32, rx: f32, ry: f32) -> Shape {
    Rect::from_xywh(x - rx, y - ry, rx * 2.0, ry * 2.0).and_then(PathBuilder::from_oval)
}

/// A circle.
pub(super) fn circle(x: f32, y: f32, r: f32) -> Shape {
    ellipse(x, y, r, r)
}

/// A rectangle whose top corners are rounded by `top` and bottom corners by `bottom`.
pub(super) fn rounded(at: (f32, f32), size: (f32, f32), top: f32, bottom: f32) -> Shape {
    /// Distance of a cubic's control point that makes a quarter circle of radius 1.
    const K: f32 = 0.552_284_8;
    let ((x, y), (right, low)) = (at, (at.0 + size.0, at.1 + size.1));
    let (t, b) = (top.min(size.0 / 2.0), bottom.min(size.0 / 2.0));
    let (tk, bk) = (t * (1.0 - K), b * (1.0 - K));
    path(|p| {
        p.move_to(x + t, y);
        p.line_to(right - t, y);
        p.cubic_to(right - tk, y, right, y + tk, right, y + t);
        p.line_to(right, low - b);
        p.cubic_to(right, low - bk, right - bk, low, right - b, low);
        p.line_to(x + b, low);
        p.cubic_to(x + bk, low, x, low - bk, x, low - b);
        p.line_to(x, y + t);
        p.cubic_to(x, y + tk, x + tk, y, x + t, y);
        p.close();
    })
}
