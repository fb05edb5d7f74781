//! Places for the boxes of a picture: nodes and the labels of lines, which are boxes too, so that nothing lies on another.
//!
//! Springs pull what is linked together (node to label to node), everything pushes everything else away, and at the end
//! overlapping boxes are moved apart. Starts from a fixed spiral and uses only plain arithmetic: same picture everywhere.

#![allow(clippy::cast_precision_loss, reason = "counts of what a page can hold")]

/// A box with its centre.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Body {
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) width: f64,
    pub(super) height: f64,
    /// Labels push less than nodes.
    pub(super) is_label: bool,
}

/// A spring between two bodies.
#[derive(Debug, Clone, Copy)]
pub(super) struct Spring {
    pub(super) a: usize,
    pub(super) b: usize,
    /// How many labels lie between the same two nodes.
    pub(super) crowd: u32,
}

const ROUNDS: u32 = 700;
const MARGIN: f64 = 10.0;

/// Moves the bodies to good places. Nodes come first in `bodies`, then labels, each joined to its two nodes by `springs`.
pub(super) fn arrange(bodies: &mut [Body], springs: &[Spring]) {
    start(bodies, springs);
    for round in 0..ROUNDS {
        let heat = 40.0 * (1.0 - f64::from(round) / f64::from(ROUNDS)) + 1.0;
        relax(bodies, springs, heat);
    }
    separate(bodies);
    let left = bodies.iter().map(|body| body.x - body.width / 2.0).fold(f64::INFINITY, f64::min);
    let top = bodies.iter().map(|body| body.y - body.height / 2.0).fold(f64::INFINITY, f64::min);
    for body in bodies {
        body.x -= left;
        body.y -= top;
    }
}

/// Nodes on a square spiral, the best linked in the middle; labels between their nodes.
fn start(bodies: &mut [Body], springs: &[Spring]) {
    let mut degree = vec![0_usize; bodies.len()];
    for spring in springs {
        degree[spring.a] += 1;
        degree[spring.b] += 1;
    }
    let mut nodes: Vec<usize> = (0..bodies.len()).filter(|i| !bodies[*i].is_label).collect();
    nodes.sort_by_key(|i| (std::cmp::Reverse(degree[*i]), *i));
    let (mut x, mut y, mut step, mut walked, mut leg) = (0_i32, 0_i32, 1_i32, 0, 0);
    for node in nodes {
        bodies[node].x = f64::from(x) * 190.0;
        bodies[node].y = f64::from(y) * 130.0;
        match leg % 4 {
            0 => x += 1,
            1 => y += 1,
            2 => x -= 1,
            _ => y -= 1,
        }
        walked += 1;
        if walked == step {
            walked = 0;
            leg += 1;
            step += i32::from(leg % 2 == 0);
        }
    }
    for label in 0..bodies.len() {
        if bodies[label].is_label {
            let ends: Vec<(f64, f64)> = springs
                .iter()
                .filter(|spring| spring.b == label)
                .map(|spring| (bodies[spring.a].x, bodies[spring.a].y))
                .collect();
            let count = ends.len().max(1) as f64;
            // Two labels of one pair of nodes must not start at one point.
            let aside = (label % 7) as f64 * 6.0 - 18.0;
            bodies[label].x = ends.iter().map(|end| end.0).sum::<f64>() / count + aside;
            bodies[label].y = ends.iter().map(|end| end.1).sum::<f64>() / count - aside;
        }
    }
}

fn relax(bodies: &mut [Body], springs: &[Spring], heat: f64) {
    let mut force = vec![(0.0_f64, 0.0_f64); bodies.len()];
    for i in 0..bodies.len() {
        for j in i + 1..bodies.len() {
            let (a, b) = (bodies[i], bodies[j]);
            let strength = match (a.is_label, b.is_label) {
                (false, false) => 26_000.0,
                (true, true) => 5_000.0,
                _ => 7_000.0,
            };
            let (dx, dy) = away(a, b, i, j);
            let square = (dx * dx + dy * dy).max(100.0);
            let push = strength / square;
            let length = square.sqrt();
            force[i].0 += dx / length * push;
            force[i].1 += dy / length * push;
            force[j].0 -= dx / length * push;
            force[j].1 -= dy / length * push;
        }
        // Towards the middle, more so up and down: pages are wide.
        force[i].0 -= bodies[i].x * 0.010;
        force[i].1 -= bodies[i].y * 0.018;
    }
    for spring in springs {
        let (a, b) = (bodies[spring.a], bodies[spring.b]);
        let crowd = f64::from(spring.crowd);
        let (dx, dy) = (a.x - b.x, a.y - b.y);
        let length = (dx * dx + dy * dy).sqrt().max(1.0);
        // Along the line, half of each box is inside it.
        let across = (dx / length).abs();
        // Many labels between two nodes need room beside each other, and must not pull as many times as hard.
        let rest =
            14.0 + 12.0 * crowd + across * (a.width + b.width) / 2.0 + (1.0 - across) * (a.height + b.height) / 2.0;
        let pull = (length - rest) * 0.09 / crowd.sqrt();
        force[spring.a].0 -= dx / length * pull;
        force[spring.a].1 -= dy / length * pull;
        force[spring.b].0 += dx / length * pull;
        force[spring.b].1 += dy / length * pull;
    }
    for (body, (fx, fy)) in bodies.iter_mut().zip(force) {
        let length = (fx * fx + fy * fy).sqrt().max(1e-9);
        let step = length.min(heat);
        body.x += fx / length * step;
        body.y += fy / length * step;
    }
}

/// The vector from `b` to `a`, shortened by what the boxes fill of it; never zero.
fn away(a: Body, b: Body, i: usize, j: usize) -> (f64, f64) {
    let (dx, dy) = (a.x - b.x, a.y - b.y);
    if dx == 0.0 && dy == 0.0 {
        return if (i + j).is_multiple_of(2) { (1.0, 0.5) } else { (0.5, -1.0) };
    }
    let shorten = |d: f64, size: f64| d.signum() * (d.abs() - size * 0.4).max(1.0);
    (shorten(dx, a.width + b.width), shorten(dy, a.height + b.height))
}

/// Pushes overlapping boxes apart along the way that is shorter.
fn separate(bodies: &mut [Body]) {
    for _ in 0..400 {
        let mut moved = false;
        for i in 0..bodies.len() {
            for j in i + 1..bodies.len() {
                let (a, b) = (bodies[i], bodies[j]);
                let margin = if a.is_label && b.is_label { MARGIN / 2.0 } else { MARGIN };
                let x = f64::midpoint(a.width, b.width) + margin - (a.x - b.x).abs();
                let y = f64::midpoint(a.height, b.height) + margin - (a.y - b.y).abs();
                if x <= 0.0 || y <= 0.0 {
                    continue;
                }
                moved = true;
                // A label gives way to a node.
                let share = match (a.is_label, b.is_label) {
                    (true, false) => 0.9,
                    (false, true) => 0.1,
                    _ => 0.5,
                };
                if x < y {
                    let push = if a.x >= b.x { x } else { -x };
                    bodies[i].x += push * share;
                    bodies[j].x -= push * (1.0 - share);
                } else {
                    let push = if a.y >= b.y { y } else { -y };
                    bodies[i].y += push * share;
                    bodies[j].y -= push * (1.0 - share);
                }
            }
        }
        if !moved {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_lies_on_another() {
        let body = |is_label, width| Body { x: 0.0, y: 0.0, width, height: 30.0, is_label };
        let mut bodies: Vec<Body> = (0..12).map(|i| body(false, 60.0 + f64::from(i) * 9.0)).collect();
        let mut springs = Vec::new();
        for i in 1..12 {
            bodies.push(body(true, 80.0));
            springs.push(Spring { a: 0, b: 11 + i, crowd: 1 });
            springs.push(Spring { a: i, b: 11 + i, crowd: 1 });
        }
        arrange(&mut bodies, &springs);
        for (i, a) in bodies.iter().enumerate() {
            for b in &bodies[i + 1..] {
                let apart = (a.x - b.x).abs() >= f64::midpoint(a.width, b.width) - 0.5
                    || (a.y - b.y).abs() >= f64::midpoint(a.height, b.height) - 0.5;
                assert!(apart, "{a:?} {b:?}");
            }
        }
    }
}
