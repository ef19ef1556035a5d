//! A raster of minutes over the county, and the areas that its bands cover.

use contour::ContourBuilder;

use super::ChartError;
use super::road_lines::inside;
use super::theme::MAX_BANDS;

/// Minutes at the points of a square grid, row after row from the south-west corner.
///
/// The grid should reach one step beyond the county on every side: past its last point nothing is
/// known and nothing is drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct ArrivalField {
    /// Metres east, on the plane of the map, of the first point of each row.
    pub west: f64,
    /// Metres north, on the plane of the map, of the first row.
    pub south: f64,
    /// Metres between neighbouring points.
    pub step: f64,
    /// Points from west to east.
    pub columns: usize,
    /// Points from south to north.
    pub rows: usize,
    /// The minutes: infinite where no engine arrives, NaN where nothing is known.
    pub minutes: Vec<f32>,
}

/// A closed line in metres on the plane of the map.
pub type Ring = Vec<[f64; 2]>;

/// The band of `minutes`: 0 up to and with the first threshold, one more past each.
///
/// What is unreachable or unknown belongs to the last band.
pub fn band_of(minutes: f32, thresholds: &[f32]) -> usize {
    if minutes.is_nan() {
        return thresholds.len();
    }
    thresholds
        .iter()
        .filter(|threshold| minutes > **threshold)
        .count()
}

/// Refuses limits that do not rise, and more bands than eyes can tell apart.
pub(super) fn check_thresholds(thresholds: &[f32]) -> Result<(), ChartError> {
    let rising = thresholds.windows(2).all(|pair| pair[0] < pair[1]);
    let finite = thresholds.iter().all(|threshold| threshold.is_finite());
    if thresholds.is_empty() || thresholds.len() > MAX_BANDS || !rising || !finite {
        return Err(ChartError::Thresholds {
            given: thresholds.to_vec(),
            most: MAX_BANDS,
        });
    }
    Ok(())
}

impl ArrivalField {
    /// Refuses a raster that does not fit its own size.
    pub(super) fn check(&self) -> Result<(), ChartError> {
        let placed = self.west.is_finite() && self.south.is_finite() && self.step.is_finite();
        if !placed
            || self.step <= 0.0
            || self.columns < 2
            || self.rows < 2
            || self.columns.checked_mul(self.rows) != Some(self.minutes.len())
        {
            return Err(ChartError::Field {
                columns: self.columns,
                rows: self.rows,
                step: self.step,
                values: self.minutes.len(),
            });
        }
        Ok(())
    }

    /// The rings around the areas with at most `limit` minutes, one set a limit; a ring inside a
    /// ring is a hole.
    pub fn within(&self, limits: &[f32]) -> Vec<Vec<Ring>> {
        // What is never reached must stay finite for the interpolation between neighbours; half
        // as much again as the last limit keeps the line of that limit off the last reached point.
        let last = limits.last().copied().unwrap_or(1.0);
        let never = last + last.abs().max(1.0) * 0.5;
        let values: Vec<f64> = self
            .minutes
            .iter()
            .map(|minutes| {
                let reached = minutes.is_finite() || *minutes < 0.0;
                -f64::from(if reached {
                    minutes.clamp(-1e6, 1e6)
                } else {
                    never
                })
            })
            .collect();
        let negated: Vec<f64> = limits.iter().map(|limit| -f64::from(*limit)).collect();
        self.above(&values, &negated)
    }

    /// The rings around the areas with at least `limit` minutes, one set a limit.
    pub fn beyond(&self, limits: &[f32]) -> Vec<Vec<Ring>> {
        let values: Vec<f64> = self
            .minutes
            .iter()
            .map(|minutes| {
                let known = if minutes.is_nan() { 0.0 } else { *minutes };
                f64::from(known.clamp(-1e6, 1e6))
            })
            .collect();
        let limits: Vec<f64> = limits.iter().map(|limit| f64::from(*limit)).collect();
        self.above(&values, &limits)
    }

    fn above(&self, values: &[f64], limits: &[f64]) -> Vec<Vec<Ring>> {
        // The builder puts the first value half a step inside its grid.
        let origin = |edge: f64| edge - self.step / 2.0;
        ContourBuilder::new(self.columns, self.rows, true)
            .x_origin(origin(self.west))
            .y_origin(origin(self.south))
            .x_step(self.step)
            .y_step(self.step)
            .lines(values, limits)
            .unwrap_or_default()
            .into_iter()
            .map(|line| {
                let (rings, _) = line.into_inner();
                rings
                    .into_iter()
                    .map(|ring| ring.into_iter().map(|point| [point.x, point.y]).collect())
                    .collect()
            })
            .collect()
    }

    /// Whether any point within the outlines holds such minutes; without outlines any point at all.
    pub fn any_within(&self, outlines: &[Ring], holds: impl Fn(f32) -> bool) -> bool {
        self.minutes
            .iter()
            .enumerate()
            .filter(|(_, minutes)| holds(**minutes))
            .any(|(index, _)| {
                let east = self.west + (index % self.columns) as f64 * self.step;
                let north = self.south + (index / self.columns) as f64 * self.step;
                outlines.is_empty() || inside([east, north], outlines)
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Twice the signed area of all rings, halved: holes turn the other way and subtract.
    fn area(rings: &[Ring]) -> f64 {
        rings
            .iter()
            .map(|ring| {
                ring.iter()
                    .zip(ring.iter().cycle().skip(1))
                    .map(|(a, b)| a[0] * b[1] - b[0] * a[1])
                    .sum::<f64>()
                    / 2.0
            })
            .sum::<f64>()
            .abs()
    }

    fn field(columns: usize, rows: usize, minutes: &[f32]) -> ArrivalField {
        ArrivalField {
            west: 1000.0,
            south: 2000.0,
            step: 100.0,
            columns,
            rows,
            minutes: minutes.to_vec(),
        }
    }

    #[test]
    fn a_threshold_belongs_to_the_band_below_it() {
        let thresholds = [5.0, 10.0];
        assert_eq!(band_of(4.9, &thresholds), 0);
        assert_eq!(band_of(5.0, &thresholds), 0);
        assert_eq!(band_of(5.1, &thresholds), 1);
        assert_eq!(band_of(11.0, &thresholds), 2);
        assert_eq!(band_of(f32::INFINITY, &thresholds), 2);
        assert_eq!(band_of(f32::NAN, &thresholds), 2);
    }

    /// ```text
    /// 9 9 9 9 9
    /// 9 1 1 1 9     5 minutes lie half-way between the 1 and the 9
    /// 9 1 9 1 9
    /// 9 1 1 1 9
    /// 9 9 9 9 9
    /// ```
    /// Outside, a square of side 300 m (1.5 cells either way from the middle) with its four
    /// corners cut by triangles of 50 × 50 m: 90 000 − 4 × 1 250 = 85 000 m². The hole is a
    /// diamond with half-diagonals of 50 m: 5 000 m². Left: 80 000 m².
    #[test]
    fn an_island_of_long_minutes_is_a_hole_in_its_band() {
        let mut minutes = [9.0; 25];
        for index in [6, 7, 8, 11, 13, 16, 17, 18] {
            minutes[index] = 1.0;
        }
        let regions = field(5, 5, &minutes).within(&[5.0, 20.0]);
        assert_eq!(regions[0].len(), 2);
        assert!(
            (area(&regions[0]) - 80_000.0).abs() < 1.0,
            "{}",
            area(&regions[0])
        );
        // All 25 points are within 20 minutes.
        assert_eq!(regions[1].len(), 1);
        assert!(area(&regions[1]) >= 16.0 * 10_000.0);
    }

    #[test]
    fn rings_lie_on_the_plane_of_the_map() {
        let mut minutes = [9.0; 25];
        minutes[12] = 1.0;
        let regions = field(5, 5, &minutes).within(&[5.0]);
        for [east, north] in &regions[0][0] {
            assert!((1149.9..=1250.1).contains(east), "{east}");
            assert!((2149.9..=2250.1).contains(north), "{north}");
        }
    }

    #[test]
    fn nothing_reached_is_no_area_and_no_panic() {
        let regions = field(3, 3, &[f32::INFINITY; 9]).within(&[5.0, 10.0]);
        assert!(regions.iter().all(Vec::is_empty));
        let regions = field(3, 3, &[f32::NAN; 9]).within(&[5.0]);
        assert!(regions[0].is_empty());
        let regions = field(3, 3, &[f32::NAN; 9]).beyond(&[1.0]);
        assert!(regions[0].is_empty());
    }

    /// ```text
    /// ∞ 1 1
    /// 1 1 1     the county covers the lower right four points only
    /// 1 1 1
    /// ```
    #[test]
    fn what_lies_beyond_the_county_does_not_count() {
        let mut minutes = [1.0; 9];
        minutes[6] = f32::INFINITY;
        let field = field(3, 3, &minutes);
        let county = vec![vec![
            [1050.0, 1950.0],
            [1250.0, 1950.0],
            [1250.0, 2150.0],
            [1050.0, 2150.0],
        ]];
        assert!(field.any_within(&[], f32::is_infinite));
        assert!(!field.any_within(&county, f32::is_infinite));
        assert!(field.any_within(&county, f32::is_finite));
    }

    #[test]
    fn a_field_of_the_wrong_size_is_refused() {
        assert!(field(3, 3, &[1.0; 9]).check().is_ok());
        assert!(field(3, 3, &[1.0; 8]).check().is_err());
        assert!(field(1, 9, &[1.0; 9]).check().is_err());
        let flat = ArrivalField {
            step: 0.0,
            ..field(3, 3, &[1.0; 9])
        };
        let error = flat.check().unwrap_err().to_string();
        assert!(error.contains("3 × 3 points every 0 m"), "{error}");
    }

    #[test]
    fn limits_must_rise() {
        assert!(check_thresholds(&[5.0, 10.0]).is_ok());
        for wrong in [&[][..], &[5.0, 5.0], &[10.0, 5.0], &[f32::NAN]] {
            assert!(check_thresholds(wrong).is_err());
        }
    }
}
