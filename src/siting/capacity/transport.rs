//! Who serves whom when the sites are chosen and each has room for so much: the transportation problem
//! (Hitchcock 1941).
//!
//! Every point goes to the site that costs it least; then what is too much for a site is passed on
//! along the cheapest chain of sites, until nothing is too much (successive shortest paths, Busacker
//! and Gowen 1960). Amounts are whole, so the answer is exact.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::Instance;

/// How a choice of sites serves the points.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Served {
    /// The sum of amount times cost.
    pub(super) value: i64,
    /// How much each site serves.
    pub(super) loads: Vec<u64>,
}

/// What it costs more for a point to be served by another, the least first; points that the first does
/// not serve any more are still in it.
type Exchanges = BinaryHeap<Reverse<(i64, usize)>>;

struct Transport<'a> {
    instance: &'a Instance<'a>,
    /// The chosen sites; where points may stay unserved, one more "site" stands for that.
    open: &'a [usize],
    servers: usize,
    /// Point by point, how much of it each server serves.
    amounts: Vec<i64>,
    /// What each server has room for besides; below 0 where it serves too much.
    room: Vec<i64>,
    /// From server to server.
    exchanges: Vec<Exchanges>,
    value: i64,
}

/// How `open` serve the points at the least cost; `None` where they cannot.
pub(super) fn serve(instance: &Instance<'_>, open: &[usize]) -> Option<Served> {
    let servers = open.len() + usize::from(instance.unserved.is_some());
    let endless = (instance.unserved).map(|_| instance.total);
    let mut transport = Transport {
        instance,
        open,
        servers,
        amounts: vec![0; instance.points.len() * servers],
        room: (open.iter().map(|site| instance.capacity[*site]))
            .chain(endless)
            .collect(),
        exchanges: vec![Exchanges::new(); servers * servers],
        value: 0,
    };
    for point_index in 0..instance.points.len() {
        // Where it costs the same, a point is rather served.
        let least =
            (0..servers).filter_map(|server| Some((transport.cost(point_index, server)?, server)));
        let (_, server) = least.min()?;
        transport.take(point_index, server, instance.weight[point_index]);
    }
    while let Some(chain) = transport.cheapest_chain()? {
        transport.pass_on(&chain);
    }
    let full = open.iter().zip(&transport.room);
    Some(Served {
        value: transport.value,
        loads: full
            .map(|(site, room)| (instance.capacity[*site] - room) as u64)
            .collect(),
    })
}

impl Transport<'_> {
    /// What a unit of a point costs; `None` where the server does not serve it.
    fn cost(&self, point_index: usize, server: usize) -> Option<i64> {
        match self.open.get(server) {
            Some(site) => self.instance.cost(*site, point_index),
            None => self.instance.unserved,
        }
    }

    fn take(&mut self, point_index: usize, server: usize, amount: i64) {
        let here = self.cost(point_index, server).unwrap_or(0);
        let before = &mut self.amounts[point_index * self.servers + server];
        let is_new = *before == 0;
        *before += amount;
        self.room[server] -= amount;
        self.value += amount * here;
        if is_new {
            for other in (0..self.servers).filter(|other| *other != server) {
                if let Some(there) = self.cost(point_index, other) {
                    let exchange = Reverse((there - here, point_index));
                    self.exchanges[server * self.servers + other].push(exchange);
                }
            }
        }
    }

    /// The cheapest that `from` can pass on to `to`.
    fn exchange(&mut self, from: usize, to: usize) -> Option<(i64, usize)> {
        let exchanges = &mut self.exchanges[from * self.servers + to];
        loop {
            let Reverse((more, point_index)) = *exchanges.peek()?;
            if self.amounts[point_index * self.servers + from] > 0 {
                return Some((more, point_index));
            }
            exchanges.pop();
        }
    }

    /// The cheapest chain from a server with too much to one with room, as steps (from, to, point);
    /// `Some(None)` when none has too much, `None` when there is too much and no such chain.
    fn cheapest_chain(&mut self) -> Option<Option<Vec<(usize, usize, usize)>>> {
        let servers = self.servers;
        if self.room.iter().all(|room| *room >= 0) {
            return Some(None);
        }
        let steps: Vec<Option<(i64, usize)>> = (0..servers * servers)
            .map(|pair| self.exchange(pair / servers, pair % servers))
            .collect();
        let mut length: Vec<Option<i64>> = self
            .room
            .iter()
            .map(|room| (*room < 0).then_some(0))
            .collect();
        let mut before: Vec<Option<(usize, usize)>> = vec![None; servers];
        // Bellman and Ford: exchanges may cost less than nothing, but no circle of them does.
        for _ in 0..servers {
            let mut changed = false;
            for from in 0..servers {
                let Some(so_far) = length[from] else {
                    continue;
                };
                for to in 0..servers {
                    if let Some((more, point_index)) = steps[from * servers + to]
                        && length[to].is_none_or(|known| so_far + more < known)
                    {
                        length[to] = Some(so_far + more);
                        before[to] = Some((from, point_index));
                        changed = true;
                    }
                }
            }
            if !changed {
                break;
            }
        }
        let with_room = (0..servers).filter(|server| self.room[*server] > 0);
        let (_, end) = with_room
            .filter_map(|server| Some((length[server]?, server)))
            .min()?;
        let mut chain = Vec::new();
        let mut to = end;
        while let Some((from, point_index)) = before[to] {
            chain.push((from, to, point_index));
            to = from;
        }
        Some(Some(chain))
    }

    /// Passes on as much as the chain bears.
    fn pass_on(&mut self, chain: &[(usize, usize, usize)]) {
        let (Some((begin, _, _)), Some((_, end, _))) = (chain.last(), chain.first()) else {
            return;
        };
        let borne = chain
            .iter()
            .map(|(from, _, point_index)| self.amounts[point_index * self.servers + from]);
        let most = (-self.room[*begin]).min(self.room[*end]);
        let amount = borne.min().unwrap_or(0).min(most);
        for (from, to, point_index) in chain {
            self.amounts[point_index * self.servers + from] -= amount;
            self.room[*from] += amount;
            self.value -= amount * self.cost(*point_index, *from).unwrap_or(0);
            self.take(*point_index, *to, amount);
        }
    }
}
