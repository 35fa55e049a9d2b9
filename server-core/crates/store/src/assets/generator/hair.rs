//! Hair and hats.

use super::canvas::{Canvas, Shade, Shape, circle, path, rect, rounded};
use super::head::{CENTRE_Y as Y, RADIUS as R};
use super::look::{HairStyle, Look};
use super::palette::{Rgb, SAILOR, WHITE};
use super::pose::Pose;

/// What lies behind the head: long hair, a bun, a cloud of curls.
pub(super) fn draw_behind(c: &mut Canvas, look: &Look, pose: &Pose) {
    let hair = look.hair_colour.rgb();
    match look.hair {
        HairStyle::Long if !pose.back => {
            let (x, width) = if pose.side {
                (-14.5, 17.0)
            } else {
                (-14.0, 28.0)
            };
            let fall = rounded((x, Y - 6.0), (width, 27.0), 10.0, 8.0);
            c.fill(&fall, hair.shaded(0.2));
        }
        HairStyle::Bun => {
            let at = if pose.side {
                (-9.0, Y - 11.0)
            } else {
                (0.0, Y - 14.5)
            };
            c.ball(at, 6.0, hair, shade(pose, 0.2));
        }
        HairStyle::Curls => draw_curls(c, hair, pose),
        _ => {}
    }
}

fn draw_curls(c: &mut Canvas, hair: Rgb, pose: &Pose) {
    const CURLS: [(f32, f32, f32); 5] = [
        (-11.0, -4.0, 6.5),
        (11.0, -4.0, 6.5),
        (-7.0, -11.0, 7.0),
        (7.0, -11.0, 7.0),
        (0.0, -14.0, 7.0),
    ];
    for (x, y, r) in CURLS {
        // From the side the foremost curl would hide the face.
        if pose.side && x > 9.0 {
            continue;
        }
        let shift = if pose.side { 3.0 } else { 0.0 };
        c.ball((x - shift, Y + y), r, hair, shade(pose, 0.18));
    }
}

/// What lies over the head.
pub(super) fn draw_front(c: &mut Canvas, look: &Look, pose: &Pose) {
    let hair = look.hair_colour.rgb();
    let outline = if pose.back {
        from_behind(look.hair)
    } else if pose.side {
        from_the_side(look.hair)
    } else {
        from_the_front(look.hair)
    };
    c.clipped(&circle(0.0, Y - 0.3, R + 0.9), |c| {
        draw_two_tones(c, &outline, hair, pose.mirror);
    });
    match look.hair {
        HairStyle::Long if pose.back => draw_fall(c, hair, pose.mirror),
        HairStyle::Curls if pose.back => {
            for (x, y) in [(-6.0, 4.0), (6.0, 4.0), (0.0, 7.0), (0.0, -3.0)] {
                c.ball((x, Y + y), 7.0, hair, shade(pose, 0.18));
            }
        }
        HairStyle::Beanie => draw_beanie(c, hair, pose),
        HairStyle::Sailor => draw_sailor_cap(c, pose.mirror),
        _ => {}
    }
}

fn shade(pose: &Pose, share: f32) -> Shade {
    Shade {
        side: pose.mirror,
        share,
    }
}

fn draw_two_tones(c: &mut Canvas, outline: &Shape, hair: Rgb, side: f32) {
    c.fill(outline, hair);
    let shaded = path(|p| {
        p.move_to(side * 4.0, Y - 20.0);
        p.quad_to(side * 9.0, Y - 6.0, side * 8.0, Y + 22.0);
        p.line_to(side * 40.0, Y + 22.0);
        p.line_to(side * 40.0, Y - 20.0);
        p.close();
    });
    c.clipped(outline, |c| c.fill(&shaded, hair.shaded(0.22)));
}

fn from_behind(style: HairStyle) -> Shape {
    let height = match style {
        HairStyle::None => return None,
        HairStyle::Short | HairStyle::Sailor => 24.0,
        HairStyle::Beanie => 20.0,
        HairStyle::Bun => 28.0,
        HairStyle::Bob | HairStyle::Long | HairStyle::Curls => 36.0,
    };
    rounded((-20.0, Y - 20.0), (40.0, height), 0.0, 6.0)
}

/// Long hair over the shoulders, seen from behind.
fn draw_fall(c: &mut Canvas, hair: Rgb, side: f32) {
    let fall = rounded((-13.6, Y - 2.0), (27.2, 24.0), 2.0, 9.0);
    draw_two_tones(c, &fall, hair, side);
}

fn from_the_side(style: HairStyle) -> Shape {
    match style {
        HairStyle::Short | HairStyle::Bun | HairStyle::Curls => path(|p| {
            let nape = if style == HairStyle::Bun { 5.0 } else { 7.0 };
            p.move_to(-20.0, Y - 20.0);
            p.line_to(14.0, Y - 20.0);
            p.line_to(13.0, Y - 6.0);
            p.quad_to(6.0, Y - 5.0, 3.0, Y - 3.0);
            p.quad_to(0.0, Y + 6.0, -6.0, Y + nape);
            p.line_to(-20.0, Y + 8.0);
            p.close();
        }),
        HairStyle::Bob | HairStyle::Long => path(|p| {
            p.move_to(-20.0, Y - 20.0);
            p.line_to(14.0, Y - 20.0);
            p.line_to(12.0, Y - 6.0);
            p.quad_to(5.0, Y - 5.0, 3.0, Y);
            p.quad_to(2.0, Y + 8.0, 0.0, Y + 14.0);
            p.line_to(-20.0, Y + 14.0);
            p.close();
        }),
        // What shows below the cap.
        HairStyle::Sailor => path(|p| {
            p.move_to(-20.0, Y - 8.0);
            p.line_to(-2.0, Y - 8.0);
            p.quad_to(-3.0, Y + 3.0, -8.0, Y + 5.0);
            p.line_to(-20.0, Y + 5.0);
            p.close();
        }),
        HairStyle::Beanie | HairStyle::None => None,
    }
}

fn from_the_front(style: HairStyle) -> Shape {
    match style {
        HairStyle::Short => path(|p| {
            p.move_to(-20.0, Y - 20.0);
            p.line_to(20.0, Y - 20.0);
            p.line_to(20.0, Y - 1.0);
            p.line_to(12.2, Y - 1.0);
            p.quad_to(10.0, Y - 6.0, 3.0, Y - 7.0);
            p.quad_to(-6.0, Y - 8.0, -10.0, Y - 3.0);
            p.line_to(-12.2, Y - 1.0);
            p.line_to(-20.0, Y - 1.0);
            p.close();
        }),
        HairStyle::Bob | HairStyle::Long => path(|p| {
            p.move_to(-20.0, Y - 20.0);
            p.line_to(20.0, Y - 20.0);
            p.line_to(20.0, Y + 12.0);
            p.line_to(10.0, Y + 12.0);
            p.quad_to(11.0, Y - 2.0, 8.0, Y - 5.0);
            p.quad_to(-3.0, Y - 3.0, -8.0, Y - 6.0);
            p.quad_to(-11.0, Y - 2.0, -10.0, Y + 12.0);
            p.line_to(-20.0, Y + 12.0);
            p.close();
        }),
        HairStyle::Bun | HairStyle::Curls => path(|p| {
            p.move_to(-20.0, Y - 20.0);
            p.line_to(20.0, Y - 20.0);
            p.line_to(20.0, Y - 2.0);
            p.line_to(12.0, Y - 2.0);
            p.quad_to(8.0, Y - 8.0, 0.0, Y - 8.5);
            p.quad_to(-8.0, Y - 8.0, -12.0, Y - 2.0);
            p.line_to(-20.0, Y - 2.0);
            p.close();
        }),
        HairStyle::Beanie | HairStyle::Sailor | HairStyle::None => None,
    }
}

fn draw_beanie(c: &mut Canvas, wool: Rgb, pose: &Pose) {
    let crown = circle(0.0, Y - 1.5, R + 1.2);
    let shade_x = if pose.mirror > 0.0 { 4.0 } else { -24.0 };
    c.clipped(&rect(-20.0, Y - 40.0, 40.0, 38.5), |c| {
        c.fill(&crown, wool);
        c.clipped(&crown, |c| {
            c.fill(&rect(shade_x, Y - 20.0, 20.0, 40.0), wool.shaded(0.22));
        });
    });
    let edge = rounded((-R - 1.6, Y - 5.4), (2.0 * R + 3.2, 6.0), 3.0, 3.0);
    let light = wool.mix(WHITE, 0.22);
    c.fill(&edge, light);
    c.clipped(&edge, |c| {
        c.fill(
            &rect(pose.mirror.mul_add(17.0, -10.0), Y - 6.0, 20.0, 8.0),
            light.shaded(0.2),
        );
    });
    c.ball(
        (0.0, Y - 16.0),
        3.6,
        wool.mix(WHITE, 0.35),
        shade(pose, 0.2),
    );
}

fn draw_sailor_cap(c: &mut Canvas, side: f32) {
    let [white, navy, grey] = SAILOR;
    let crown = rounded((-R, Y - 15.0), (2.0 * R, 11.0), 9.0, 3.0);
    let shade_x = if side > 0.0 { 5.0 } else { -R };
    c.fill(&crown, white);
    c.clipped(&crown, |c| {
        c.fill(&rect(shade_x, Y - 15.0, R - 5.0, 8.0), grey);
    });
    let band = rounded((-R - 0.8, Y - 7.0), (2.0 * R + 1.6, 3.6), 1.6, 1.6);
    c.fill(&band, navy);
}
