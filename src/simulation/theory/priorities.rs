//! Priorities that do not preempt: who is served goes on being served, and of those that wait the graver go
//! first (Cobham 1954; Cooper, Introduction to Queueing Theory, 1981, sections 3.10 and 5.10).

use super::erlang;

/// The calls of one priority.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PriorityClass {
    /// Calls in a unit of time.
    pub rate: f64,
    /// Mean service.
    pub mean: f64,
    /// Mean square of service.
    pub square: f64,
}

/// The mean waits of all classes, the gravest first, with one server and any distribution of service
/// (M/G/1); `None` where the queue grows for ever.
pub fn one_server(classes: &[PriorityClass]) -> Option<Vec<f64>> {
    // What is left of the service that a call finds: Pollaczek and Khinchine.
    let residual = classes.iter().map(|c| c.rate * c.square / 2.0).sum();
    let loads = classes.iter().map(|c| c.rate * c.mean);
    waits(residual, loads)
}

/// The same with several equal servers, service being exponential with one mean for all (M/M/c).
pub fn several_servers(servers: u32, mean: f64, rates: &[f64]) -> Option<Vec<f64>> {
    let servers_free = f64::from(servers) / mean;
    let offered = rates.iter().sum::<f64>() * mean;
    let residual = erlang::waits(servers, offered)? / servers_free;
    waits(residual, rates.iter().map(|rate| rate / servers_free))
}

/// A call of a class waits until a server is free, for those before it, and for the graver that come
/// meanwhile.
fn waits(residual: f64, loads: impl Iterator<Item = f64>) -> Option<Vec<f64>> {
    let mut graver = 0.0;
    let waits = loads.map(|load| {
        let with = graver + load;
        let wait = residual / ((1.0 - graver) * (1.0 - with));
        graver = with;
        wait
    });
    let waits: Vec<f64> = waits.collect();
    (graver < 1.0).then_some(waits)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exponential(rate: f64, mean: f64) -> PriorityClass {
        PriorityClass {
            rate,
            mean,
            square: 2.0 * mean * mean,
        }
    }

    /// Services of 1, constant; 0.2 and 0.3 calls. What is left of a service is 0.5 × 0.5 = 0.25 on
    /// average; the grave wait 0.25 / 0.8, the others 0.25 / (0.8 × 0.5).
    #[test]
    fn the_graver_wait_less() {
        let constant = |rate| PriorityClass {
            rate,
            mean: 1.0,
            square: 1.0,
        };
        let waits = one_server(&[constant(0.2), constant(0.3)]).unwrap();
        assert!((waits[0] - 0.3125).abs() < 1e-15 && (waits[1] - 0.625).abs() < 1e-15);
        assert_eq!(one_server(&[constant(0.6), constant(0.4)]), None);
    }

    /// One class is M/M/1, which waits 0.6 / 0.4 services; two servers with 1 erlang wait a third of
    /// one, whether all are of one class or, on average, of two: 0.25 / 0.75 = 1/3 of them wait 1/2 × 1/3
    /// over (1 − 1/8), the others that over (1 − 1/8)(1 − 1/2).
    #[test]
    fn one_class_waits_as_without_priorities() {
        let wait = one_server(&[exponential(0.6, 1.0)]).unwrap();
        assert!((wait[0] - 1.5).abs() < 1e-12);
        let two = several_servers(2, 1.0, &[1.0]).unwrap();
        assert!((two[0] - 1.0 / 3.0).abs() < 1e-15);
        let classes = several_servers(2, 1.0, &[0.25, 0.75]).unwrap();
        assert!(
            (classes[0] - 1.0 / 6.0 / 0.875).abs() < 1e-15,
            "{classes:?}"
        );
        assert!((classes[1] - 1.0 / 6.0 / 0.875 / 0.5).abs() < 1e-15);
        // Kleinrock's conservation: the mean over all calls is that without priorities.
        let mean = 0.25 * classes[0] + 0.75 * classes[1];
        assert!((mean - 1.0 / 3.0).abs() < 1e-15, "{mean}");
    }
}
