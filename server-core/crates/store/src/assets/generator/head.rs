//! The head and the face.

use super::canvas::{Canvas, Shade, circle, ellipse, path};
use super::look::{Expression, Look};
use super::palette::{BLUSH, INK, RIM};
use super::pose::Pose;

/// Height of the head's centre.
pub(super) const CENTRE_Y: f32 = -51.0;
/// Radius of the head.
pub(super) const RADIUS: f32 = 13.2;

/// Draws the head and, unless it is seen from behind, the face.
pub(super) fn draw(c: &mut Canvas, look: &Look, pose: &Pose) {
    let shade = Shade {
        side: pose.mirror,
        share: 0.16,
    };
    c.ball((0.0, CENTRE_Y), RADIUS, look.skin.rgb(), shade);
    if !pose.back {
        draw_face(c, look, pose.side);
    }
}

fn draw_face(c: &mut Canvas, look: &Look, side: bool) {
    let (eyes, cheeks): (&[f32], &[f32]) = if side {
        (&[7.2], &[4.6])
    } else {
        (&[-4.9, 4.9], &[-8.0, 8.0])
    };
    if look.expression == Expression::Beard {
        draw_beard(c, look, side);
    }
    for &x in eyes {
        match look.expression {
            Expression::Smile => draw_smiling_eye(c, x),
            Expression::Dots | Expression::Glasses | Expression::Beard => {
                c.fill(&ellipse(x, CENTRE_Y + 2.6, 1.55, 2.1), INK);
            }
        }
    }
    for &x in cheeks {
        c.fill_at(&ellipse(x, CENTRE_Y + 6.8, 2.4, 1.5), BLUSH, 0.35);
    }
    if look.expression == Expression::Glasses {
        draw_glasses(c, eyes);
    }
}

/// An eye closed by the smile: an arc open downwards.
fn draw_smiling_eye(c: &mut Canvas, x: f32) {
    let y = CENTRE_Y + 2.75;
    let arc = path(|p| {
        p.move_to(x - 2.0, y);
        p.quad_to(x, y - 2.9, x + 2.0, y);
    });
    c.stroke(&arc, INK, 1.8);
}

fn draw_glasses(c: &mut Canvas, eyes: &[f32]) {
    for &x in eyes {
        c.stroke(&circle(x, CENTRE_Y + 2.6, 3.9), RIM, 1.3);
    }
    if let [left, right] = eyes {
        let bridge = path(|p| {
            p.move_to(left + 3.9, CENTRE_Y + 2.2);
            p.line_to(right - 3.9, CENTRE_Y + 2.2);
        });
        c.stroke(&bridge, RIM, 1.3);
    }
}

fn draw_beard(c: &mut Canvas, look: &Look, side: bool) {
    let beard = if side {
        ellipse(5.0, CENTRE_Y + 13.0, 13.0, 8.0)
    } else {
        ellipse(0.0, CENTRE_Y + 13.5, 14.0, 8.4)
    };
    c.clipped(&circle(0.0, CENTRE_Y, RADIUS), |c| {
        c.fill(&beard, look.hair_colour.rgb());
    });
}
