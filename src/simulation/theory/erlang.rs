//! Equal servers and Poisson calls: Erlang's formulas (Erlang 1917; Cooper, Introduction to
//! Queueing Theory, 1981). `offered` is calls times mean service, in erlangs.

/// The share of calls that find all servers busy and are lost; for any distribution of service
/// (Sevastyanov 1957).
pub fn lost(servers: u32, offered: f64) -> f64 {
    // B(0) = 1, B(c) = a B(c - 1) / (c + a B(c - 1))
    (1..=servers).fold(1.0, |lost, server| {
        offered * lost / (f64::from(server) + offered * lost)
    })
}

/// The share of calls that wait, service being exponential; `None` where the queue grows for ever.
pub fn waits(servers: u32, offered: f64) -> Option<f64> {
    let utilization = offered / f64::from(servers);
    let lost = lost(servers, offered);
    (utilization < 1.0).then(|| lost / (1.0 - utilization * (1.0 - lost)))
}

/// The mean wait of all calls, in units of the mean service.
pub fn mean_wait(servers: u32, offered: f64) -> Option<f64> {
    Some(waits(servers, offered)? / (f64::from(servers) - offered))
}

/// The share of calls that wait longer than so many mean services, first come being first served: the wait of
/// those that wait is exponential. Served in another order they wait as long on average, and not so.
pub fn waits_over(servers: u32, offered: f64, services: f64) -> Option<f64> {
    let left = f64::from(servers) - offered;
    Some(waits(servers, offered)? * libm::exp(-left * services))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// By hand: one server loses a / (1 + a); two lose a²/2 over 1 + a + a²/2; and the usual tables.
    #[test]
    fn lost_calls_are_those_of_the_tables() {
        assert!((lost(1, 0.5) - 1.0 / 3.0).abs() < 1e-15);
        assert!((lost(2, 1.0) - 0.2).abs() < 1e-15);
        for (servers, offered, expected) in
            [(5, 3.0, 0.11005), (10, 5.0, 0.018385), (20, 15.0, 0.04559)]
        {
            let share = lost(servers, offered);
            assert!(
                (share - expected).abs() < 1e-5,
                "{servers}, {offered}: {share}"
            );
        }
        assert_eq!(lost(0, 3.0), 1.0);
    }

    /// One server: a call waits with probability a, for a / (1 - a) services on average. Two
    /// servers with one erlang: a third waits, for a third of a service.
    #[test]
    fn waiting_is_that_worked_out_by_hand() {
        assert!((waits(1, 0.6).unwrap() - 0.6).abs() < 1e-15);
        assert!((mean_wait(1, 0.6).unwrap() - 1.5).abs() < 1e-12);
        assert!((waits(2, 1.0).unwrap() - 1.0 / 3.0).abs() < 1e-15);
        assert!((mean_wait(2, 1.0).unwrap() - 1.0 / 3.0).abs() < 1e-15);
        assert_eq!(waits(2, 2.0), None);
        // One server with half an erlang: half of them wait, and half of those longer than 2 ln 2.
        let over = waits_over(1, 0.5, 2.0 * libm::log(2.0)).unwrap();
        assert!((over - 0.25).abs() < 1e-15);
    }
}
