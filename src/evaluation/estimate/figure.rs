//! A figure and its interval.

/// A figure and its 95 % confidence interval. One replication alone gives none, and neither do so few
/// incidents that none would be honest; where nothing is left to chance both ends are the figure.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Estimate {
    /// The figure.
    pub value: f64,
    /// Lower end of the interval.
    #[serde(deserialize_with = "there")]
    pub low: Option<f64>,
    /// Upper end of the interval.
    #[serde(deserialize_with = "there")]
    pub high: Option<f64>,
}

/// A value or `null`, which says that too little is known for one: nothing at all says nothing.
pub(crate) fn there<'de, T: serde::Deserialize<'de>, D: serde::Deserializer<'de>>(
    value: D,
) -> Result<Option<T>, D::Error> {
    serde::Deserialize::deserialize(value)
}

impl Estimate {
    /// What does not differ from itself.
    pub const NO_DIFFERENCE: Self = Self {
        value: 0.0,
        low: Some(0.0),
        high: Some(0.0),
    };

    /// How far its interval reaches, to the further side: that of a paired difference lies evenly around it, but for
    /// one of shares that would go beyond 1.
    pub fn half_width(&self) -> Option<f64> {
        Some((self.high? - self.value).max(self.value - self.low?))
    }

    /// A figure that has nothing of chance.
    pub(super) fn certain(value: f64) -> Self {
        Self::new(value, Some([value; 2]))
    }

    /// A figure, with its interval where there is one; the figure lies within. What is no number is no end.
    pub(super) fn new(value: f64, interval: Option<[f64; 2]>) -> Self {
        let value = tidy(value);
        let interval = interval.filter(|ends| !ends.iter().any(|end| end.is_nan()));
        Self {
            value,
            low: interval.map(|[low, _]| tidy(low).min(value)),
            high: interval.map(|[_, high]| tidy(high).max(value)),
        }
    }
}

/// To a millionth, so that files do not show noise of the last binary place; no negative zero.
pub(in crate::evaluation) fn tidy(value: f64) -> f64 {
    (value * 1e6).round() / 1e6 + 0.0
}
