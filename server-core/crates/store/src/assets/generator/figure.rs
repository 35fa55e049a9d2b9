//! One person in one pose, from the ground up.

use super::canvas::{Canvas, circle, ellipse, rect, rounded};
use super::look::Look;
use super::palette::{Rgb, SHADE};
use super::pose::Pose;
use super::{coat, hair, head};

/// Draws a person whose feet stand on the canvas's origin.
pub(super) fn draw(canvas: &mut Canvas, look: &Look, pose: &Pose) {
    canvas.fill_at(&ellipse(2.5, 0.0, 14.0, 5.2), SHADE, 0.2);
    canvas.placed((0.0, 0.0), 0.0, pose.mirror, |c| {
        draw_shoes(c, look.shoes.rgb(), pose);
        c.placed((0.0, -pose.lift), 0.0, 1.0, |c| draw_body(c, look, pose));
    });
}

fn draw_body(c: &mut Canvas, look: &Look, pose: &Pose) {
    let (skin, cloth) = (look.skin.rgb(), look.cloth.rgb());
    if pose.side {
        draw_arm(
            c,
            (1.0, -33.0),
            -33.0 * pose.swing,
            skin,
            cloth.shaded(0.34),
        );
    } else {
        let turn = 10.0 * pose.swing;
        draw_arm(c, (-9.6, -33.5), 11.0 + turn, skin, cloth.shaded(0.1));
        draw_arm(c, (9.6, -33.5), turn - 11.0, skin, cloth.shaded(0.3));
    }
    coat::draw(c, look, pose);
    if pose.side {
        draw_arm(
            c,
            (-0.5, -33.0),
            33.0 * pose.swing,
            skin,
            cloth.shaded(0.14),
        );
    }
    hair::draw_behind(c, look, pose);
    head::draw(c, look, pose);
    hair::draw_front(c, look, pose);
}

/// Two shoes: seen from the side they stride, else one of them is lifted.
fn draw_shoes(c: &mut Canvas, colour: Rgb, pose: &Pose) {
    let step = pose.swing;
    let lift = if pose.side { 1.5 } else { 3.0 };
    let (first, second) = if pose.side {
        ((-1.5 - step * 5.5, -step), (-1.0 + step * 5.5, step))
    } else {
        ((-5.8, step), (5.8, -step))
    };
    for (x, raised) in [first, second] {
        draw_shoe(c, x, lift * raised.max(0.0), colour, pose.side);
    }
}

fn draw_shoe(c: &mut Canvas, x: f32, lift: f32, colour: Rgb, side: bool) {
    let (heel, length) = if side { (5.0, 11.5) } else { (4.5, 9.0) };
    let upper = rounded((x - heel, -6.0 - lift), (length, 6.4), 4.0, 2.4);
    c.fill(&upper, colour);
    let sole = rect(x - heel, -1.6 - lift, length, 2.0);
    c.clipped(&upper, |c| c.fill(&sole, colour.shaded(0.28)));
}

/// A sleeve with a hand, hanging from the shoulder and turned by `degrees`.
fn draw_arm(c: &mut Canvas, shoulder: (f32, f32), degrees: f32, skin: Rgb, sleeve: Rgb) {
    c.placed(shoulder, degrees, 1.0, |c| {
        c.fill(&circle(0.0, 15.5, 3.1), skin);
        c.fill(&rounded((-3.6, -3.0), (7.2, 17.5), 3.6, 1.6), sleeve);
    });
}
