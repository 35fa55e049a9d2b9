//! Who is near, told between frames.

use super::*;

impl Writer {
    /// Who is near, behind the frame that was finished last.
    fn near(&mut self, steps: &[Step]) {
        let frame = self.unheard_near(steps);
        self.note(&frame);
    }

    fn unheard_near(&self, steps: &[Step]) -> Vec<u8> {
        let mut near = NearEncoder::default();
        let parts = steps.chunks(2).map(|steps| {
            for step in steps {
                let slot = self.encoder.slot(&step.id).expect("it has stepped");
                near.push(slot, &step.as_input());
            }
            near.finish_part()
        });
        let parts: Vec<_> = parts.collect();
        let frame = self.encoder.near_frame(&parts.iter().collect::<Vec<_>>());
        frame.to_vec()
    }
}

pub(super) fn neighbours() -> Stream {
    let mut stream = Writer::starting("who is near is told between frames", 1);
    let ada = |x| Step::at("ada", [x, 0.0, 1.0 / 3.0]);
    let ben = |z| Step::at("ben", [2.0, 0.5, z]);
    let cy = Step::at("cy", [0.0; 3]);
    stream.encoder.introduce("cy", [1.0, 0.0, 1.0]);
    stream.frame(&[ada(1.0), ben(1.25)]);
    stream.near(&[ada(1.5)]);
    stream.near(&[
        ben(-0.0).animated("wave").named("").with("{}").full(),
        cy.clone().animated(""),
        ada(-1234.56).with(r#"{"heading":"up"}"#),
    ]);
    stream.near(&[]);
    stream.frame(&[ada(2.0), cy.clone()]);
    let mut healed = |frame: Vec<u8>| {
        stream.note(&frame);
        stream.keyframe();
        stream.unheard_near(std::slice::from_ref(&cy))
    };
    // Behind version, kind, epoch and number.
    let body = 7;
    let mut near = healed(vec![2, 0x21, 1, 2, 3, 4, 2, 0]);
    near[6] += 1;
    let mut near = healed(near);
    near[2] ^= 1;
    let mut near = healed(near);
    near[body + 1] = 60;
    let mut near = healed(near);
    near[body + 1] |= 1;
    near.push(0);
    let mut near = healed(near);
    near[body + 2] = 216;
    let mut near = healed(near);
    near.push(0);
    let mut near = healed(near);
    near.pop();
    healed(near);
    stream.done()
}
