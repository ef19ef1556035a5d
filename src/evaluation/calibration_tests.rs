use super::*;

#[test]
fn agreement_is_worked_out_by_hand() {
    let recorded = [100.0, 200.0, 300.0];
    let foretold = Foretold {
        seconds: vec![110.0, 180.0, 340.0],
        nearest: None,
    };
    let agreement = foretold.against(&recorded);
    assert_eq!(agreement.bias, 10.0);
    assert!((agreement.off - 70.0 / 3.0).abs() < 1e-12);
    // 100 + 400 + 1600 of 20,000.
    assert_eq!(agreement.r2, Some(1.0 - 2100.0 / 20_000.0));
    assert_eq!(foretold.against(&[60.0; 3]).r2, None, "nothing to explain");
}

#[test]
fn the_pace_of_a_ruler_is_the_median() {
    // 0.1, 0.2 and 0.5 seconds a metre.
    let trips = [(100.0, 10.0), (100.0, 50.0), (1000.0, 200.0)];
    assert_eq!(pace(trips.into_iter()), 0.2);
    // A trip from a place to itself says nothing, and a wrong time little.
    let wrong = [(0.0, 60.0), (100.0, 10.0), (100.0, 10.0), (100.0, 9000.0)];
    assert_eq!(pace(wrong.into_iter()), 0.1);
}

#[test]
fn the_speed_that_is_off_by_the_least_is_taken_and_the_lower_of_equal_ones() {
    let off = [vec![9.0, 1.0, 1.0], vec![0.0, 2.0, 2.0]];
    assert_eq!(least_off(off.iter()), 1);
    assert_eq!(least_off(off[1..].iter()), 0);
}

#[test]
fn an_interval_leaves_out_a_fortieth_at_each_end() {
    // Of two kinds of trips that speak for different speeds a draw of one hundred has mostly more of the frequent one.
    let mut off = vec![vec![0.0, 1.0]; 80];
    off.extend(vec![vec![1.0, 0.0]; 20]);
    assert_eq!(interval(&off), [0, 0]);
    off.truncate(1);
    off.push(vec![1.0, 0.0]);
    assert_eq!(interval(&off), [0, 1], "two trips that disagree say little");
}
