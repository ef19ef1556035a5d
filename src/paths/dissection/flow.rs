//! The fewest links between the nodes at one end of a part and those at the other: maximum flow
//! (Dinic 1970), each link carrying one.

use super::part::Part;

/// One in so many nodes is at the one end, and as many at the other.
const END_SHARE: usize = 4;

const UNSEEN: u32 = u32::MAX;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    Near,
    Middle,
    Far,
}

/// A part divided in two.
#[derive(Debug)]
pub(super) struct Cut {
    /// Whether a node is on the near side.
    pub near_side: Vec<bool>,
    /// The nodes on the near side.
    near_count: usize,
    /// The links from one side to the other.
    pub links: usize,
}

impl Cut {
    pub(super) fn smaller_side(&self) -> usize {
        self.near_count.min(self.near_side.len() - self.near_count)
    }

    /// Whether it has fewer links for the size of its smaller side.
    pub(super) fn is_better_than(&self, other: &Self) -> bool {
        self.links * other.smaller_side() < other.links * self.smaller_side()
    }

    /// The nodes at one end of the cut's links: of the two ends the one with fewer, so that the
    /// sides are apart without them.
    pub(super) fn separator(&self, part: &Part) -> Vec<u32> {
        let at_cut = |side: bool| -> Vec<u32> {
            (0..part.node_count() as u32)
                .filter(|node| {
                    self.near_side[*node as usize] == side
                        && part
                            .neighbours(*node)
                            .iter()
                            .any(|head| self.near_side[*head as usize] != side)
                })
                .collect()
        };
        let [near, far] = [at_cut(true), at_cut(false)];
        let near_is_larger = 2 * self.near_count > self.near_side.len();
        if (near.len(), !near_is_larger) < (far.len(), near_is_larger) {
            near
        } else {
            far
        }
    }
}

/// The state of the flow in one part; used for every direction.
#[derive(Debug)]
pub(super) struct Flow {
    end: Vec<End>,
    /// What an arc carries: -1, 0 or 1.
    carried: Vec<i8>,
    /// Arcs from the near end, along which more can be carried.
    level: Vec<u32>,
    /// The first arc of each node that has not been tried at this level.
    next: Vec<u32>,
    /// Nodes at the near end with links to others.
    edge_of_near: Vec<u32>,
    queue: Vec<u32>,
    by_projection: Vec<u64>,
}

impl Flow {
    pub(super) fn new(part: &Part) -> Self {
        Self {
            end: vec![End::Middle; part.node_count()],
            carried: vec![0; part.head.len()],
            level: vec![UNSEEN; part.node_count()],
            next: vec![0; part.node_count()],
            edge_of_near: Vec::new(),
            queue: Vec::new(),
            by_projection: Vec::new(),
        }
    }

    /// The smallest cut between the ends of the part in a direction, or none where it has more
    /// than `limit` links.
    pub(super) fn cut(&mut self, part: &Part, direction: [i64; 2], limit: usize) -> Option<Cut> {
        self.mark_ends(part, direction);
        self.carried.fill(0);
        let mut links = 0;
        while self.find_levels(part) {
            self.next
                .copy_from_slice(&part.first_out[..part.node_count()]);
            for index in 0..self.edge_of_near.len() {
                while self.carry_one(part, self.edge_of_near[index]) {
                    links += 1;
                    if links > limit {
                        return None;
                    }
                }
            }
        }
        Some(self.more_even_cut(part, links))
    }

    fn mark_ends(&mut self, part: &Part, direction: [i64; 2]) {
        let count = part.node_count();
        self.by_projection.clear();
        self.by_projection
            .extend((0u64..).zip(&part.point).map(|(node, point)| {
                let along = direction[0] * i64::from(point[0]) + direction[1] * i64::from(point[1]);
                ((along + (1 << 30)) as u64) << 32 | node
            }));
        let share = (count / END_SHARE).max(1);
        self.by_projection.select_nth_unstable(share);
        self.by_projection[share..].select_nth_unstable(count - 2 * share);
        self.end.fill(End::Middle);
        for key in &self.by_projection[..share] {
            self.end[*key as u32 as usize] = End::Near;
        }
        for key in &self.by_projection[count - share..] {
            self.end[*key as u32 as usize] = End::Far;
        }
        self.edge_of_near.clear();
        for key in &self.by_projection[..share] {
            let node = *key as u32;
            let neighbours = part.neighbours(node);
            if neighbours
                .iter()
                .any(|n| self.end[*n as usize] != End::Near)
            {
                self.edge_of_near.push(node);
            }
        }
        self.edge_of_near.sort_unstable();
    }

    /// Breadth first from the near end; whether the far end can be reached.
    fn find_levels(&mut self, part: &Part) -> bool {
        for (level, end) in self.level.iter_mut().zip(&self.end) {
            *level = if *end == End::Near { 0 } else { UNSEEN };
        }
        self.queue.clear();
        self.queue.extend_from_slice(&self.edge_of_near);
        let mut done = 0;
        let mut last_level = UNSEEN;
        while let Some(node) = self.queue.get(done).copied() {
            done += 1;
            let level = self.level[node as usize] + 1;
            if level > last_level {
                break;
            }
            for arc in part.arcs(node) {
                let head = part.head[arc];
                if self.carried[arc] < 1 && self.level[head as usize] == UNSEEN {
                    self.level[head as usize] = level;
                    self.queue.push(head);
                    if self.end[head as usize] == End::Far {
                        last_level = level;
                    }
                }
            }
        }
        last_level != UNSEEN
    }

    /// Carries one more from `start` to the far end, depth first along rising levels.
    fn carry_one(&mut self, part: &Part, start: u32) -> bool {
        self.queue.clear(); // The arcs of the way so far.
        let mut node = start;
        loop {
            if self.end[node as usize] == End::Far {
                for arc in &self.queue {
                    self.carried[*arc as usize] += 1;
                    self.carried[part.back[*arc as usize] as usize] -= 1;
                }
                return true;
            }
            let onward = self.level[node as usize] + 1;
            let tried = self.next[node as usize] as usize..part.arcs(node).end;
            let found = tried.clone().find(|arc| {
                self.carried[*arc] < 1 && self.level[part.head[*arc] as usize] == onward
            });
            self.next[node as usize] = found.unwrap_or(tried.end) as u32;
            if let Some(arc) = found {
                self.queue.push(arc as u32);
                node = part.head[arc];
            } else {
                let Some(arc) = self.queue.pop() else {
                    return false;
                };
                node = part.head[part.back[arc as usize] as usize];
                self.next[node as usize] += 1;
            }
        }
    }

    /// Of all the smallest cuts the one nearest to the near end or the one nearest to the far end,
    /// whichever divides more evenly. No more can be carried.
    fn more_even_cut(&mut self, part: &Part, links: usize) -> Cut {
        let near_side: Vec<bool> = self.level.iter().map(|level| *level != UNSEEN).collect();
        let near_count = near_side.iter().filter(|near| **near).count();
        let mut reaches_far: Vec<bool> = self.end.iter().map(|end| *end == End::Far).collect();
        self.queue.clear();
        self.queue
            .extend((0..part.node_count() as u32).filter(|node| reaches_far[*node as usize]));
        let mut far_count = self.queue.len();
        while let Some(node) = self.queue.pop() {
            for arc in part.arcs(node) {
                let tail = part.head[arc];
                if self.carried[part.back[arc] as usize] < 1 && !reaches_far[tail as usize] {
                    reaches_far[tail as usize] = true;
                    far_count += 1;
                    self.queue.push(tail);
                }
            }
        }
        if near_count >= far_count {
            return Cut {
                near_side,
                near_count,
                links,
            };
        }
        for reaches_far in &mut reaches_far {
            *reaches_far = !*reaches_far;
        }
        Cut {
            near_side: reaches_far,
            near_count: part.node_count() - far_count,
            links,
        }
    }
}
