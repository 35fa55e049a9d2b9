//! The coat, what is sewn on it, and the scarf.

use super::canvas::{Canvas, Shape, circle, path, rect, rounded};
use super::look::{Look, Outfit};
use super::palette::{Rgb, SHADE};
use super::pose::Pose;

/// Draws the coat with its cut, its shade and the scarf.
pub(super) fn draw(c: &mut Canvas, look: &Look, pose: &Pose) {
    let outline = outline(pose.side);
    c.fill(&outline, look.cloth.rgb());
    c.clipped(&outline, |c| {
        draw_cut(c, look, pose);
        c.fill_at(&right_third(pose.mirror), SHADE, 0.2);
    });
    if let Some(scarf) = look.scarf {
        draw_scarf(c, scarf.rgb(), pose);
    }
}

/// From narrow shoulders to a wide curved hem.
fn outline(side: bool) -> Shape {
    let (t, b) = if side { (7.2, 11.6) } else { (8.6, 13.2) };
    path(|p| {
        p.move_to(-t, -39.0);
        p.cubic_to(-t - 1.5, -30.0, -b + 0.8, -18.0, -b, -6.5);
        p.quad_to(0.0, -1.8, b, -6.5);
        p.cubic_to(b - 0.8, -18.0, t + 1.5, -30.0, t, -39.0);
        p.quad_to(0.0, -43.0, -t, -39.0);
        p.close();
    })
}

fn right_third(side: f32) -> Shape {
    path(|p| {
        p.move_to(side * 3.0, -44.0);
        p.quad_to(side * 4.5, -20.0, side * 5.5, 2.0);
        p.line_to(side * 30.0, 2.0);
        p.line_to(side * 30.0, -44.0);
        p.close();
    })
}

fn draw_cut(c: &mut Canvas, look: &Look, pose: &Pose) {
    let (cloth, trim) = (look.cloth.rgb(), look.trim.rgb());
    let front = !pose.back && !pose.side;
    match look.outfit {
        Outfit::Coat => {}
        Outfit::Hem => c.fill(&band(-14.0, 5.0, 14.0), trim),
        Outfit::Stripes => {
            for y in [-32.0, -23.5, -15.0] {
                c.fill(&band(y, 4.0, 4.0), trim);
            }
        }
        Outfit::Buttons if front => {
            for y in [-30.0, -23.0, -16.0] {
                c.fill(&circle(0.0, y, 1.7), trim);
            }
        }
        Outfit::Buttons => {}
        Outfit::Dungarees => {
            c.fill(&rect(-16.0, -44.0, 32.0, 17.0), trim);
            if front {
                c.fill(&rect(-6.0, -33.0, 12.0, 10.0), cloth);
            }
            for x in [-6.5, 3.5] {
                c.fill(&rect(x, -42.0, 3.0, 16.0), cloth);
            }
        }
        Outfit::Apron if front => {
            c.fill(&rounded((-7.5, -31.0), (15.0, 22.0), 4.0, 4.0), trim);
        }
        Outfit::Apron if pose.side => {
            c.fill(&rounded((2.0, -31.0), (14.0, 22.0), 3.0, 3.0), trim);
        }
        // From behind an apron is its ribbon.
        Outfit::Apron => {
            c.fill(&band(-25.0, 2.2, 2.2), trim);
            for x in [-2.6, 2.6] {
                c.fill(&circle(x, -22.4, 2.4), trim);
            }
        }
    }
}

/// A horizontal band that follows the curve of the hem, `sag` lower in the middle.
fn band(y: f32, sag: f32, height: f32) -> Shape {
    path(|p| {
        p.move_to(-16.0, y);
        p.quad_to(0.0, y + sag, 16.0, y);
        p.line_to(16.0, y + height);
        p.quad_to(0.0, y + height + sag, -16.0, y + height);
        p.close();
    })
}

fn draw_scarf(c: &mut Canvas, colour: Rgb, pose: &Pose) {
    let wrap = rounded((-9.5, -42.0), (19.0, 6.6), 3.3, 3.3);
    c.fill(&wrap, colour);
    let shade_x = if pose.mirror > 0.0 { 2.0 } else { -9.5 };
    c.clipped(&wrap, |c| {
        c.fill(&rect(shade_x, -43.0, 7.5, 8.0), colour.shaded(0.2));
    });
    if !pose.back {
        let x = if pose.side { 3.0 } else { 4.0 };
        c.fill(&rounded((x, -38.0), (5.0, 13.0), 2.4, 2.4), colour);
    }
}
