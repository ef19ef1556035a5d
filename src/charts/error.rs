//! Why a chart cannot be drawn.

/// Why a chart cannot be drawn.
#[derive(Debug, thiserror::Error)]
pub enum ChartError {
    /// The embedded font cannot be read, or is not known under its name.
    #[error("the embedded font `{family}` cannot be used: {reason}")]
    Font {
        /// The family that was asked for.
        family: &'static str,
        /// What is wrong with it.
        reason: String,
    },
    /// The drawing program failed.
    #[error("the chart `{title}` could not be drawn: {reason}")]
    Drawing {
        /// The title of the chart.
        title: String,
        /// What the drawing program said.
        reason: String,
    },
    /// The figures for the chart are missing.
    #[error("the chart `{title}` has nothing to show: {missing}")]
    Empty {
        /// The title of the chart.
        title: String,
        /// What would have to be there.
        missing: &'static str,
    },
    /// The raster of minutes does not fit its own size.
    #[error(
        "a field of {columns} × {rows} points every {step} m needs {} values and at least 2 × 2 points; it has {values}",
        columns * rows
    )]
    Field {
        /// Points from west to east.
        columns: usize,
        /// Points from south to north.
        rows: usize,
        /// The distance between points in metres.
        step: f64,
        /// The values that were given.
        values: usize,
    },
    /// The limits between bands are unusable.
    #[error("the limits between bands are {given:?}: give 1 to {most} rising numbers of minutes")]
    Thresholds {
        given: Vec<f32>,
        /// The largest number of limits that readers can tell apart.
        most: usize,
    },
}
