//! Sizes and colours of every chart: quiet, readable in grey print and for colour-blind eyes.
//!
//! Lengths are in points of the sheet, 1000 of them across. Printed 170 mm wide, a point is
//! 0.17 mm, so that 15 points are the height of 7-point type.

use plotters::style::RGBColor;

/// In which colours charts are drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Theme {
    /// Quiet colours.
    #[default]
    Quiet,
    /// Black, white and greys alone, for a proposal that is copied or printed without colour
    Grey,
}

impl Theme {
    /// What becomes of a colour of this file.
    pub fn colour(self, colour: RGBColor) -> RGBColor {
        if self == Self::Quiet || colour == HALO {
            return colour;
        }
        // Two colours that have the same grey must be told apart where they stand side by side.
        let grey = match colour {
            PROPOSED => 0,
            SECOND => 45,
            TODAY => 90,
            RGBColor(r, g, b) => {
                let [r, g, b] = [r, g, b].map(f64::from);
                (LUMINANCE[0] * r + LUMINANCE[1] * g + LUMINANCE[2] * b).round() as u8
            }
        };
        RGBColor(grey, grey, grey)
    }

    /// The same in a drawing: every colour that is filled or drawn with.
    pub(super) fn redrawn(self, svg: &str) -> String {
        if self == Self::Quiet {
            return svg.to_owned();
        }
        let mut redrawn = String::with_capacity(svg.len());
        let mut rest = svg;
        // `plotters` writes every colour as `"#RRGGBB"`.
        while let Some(at) = rest.find("=\"#") {
            let (before, from) = rest.split_at(at + 3);
            redrawn.push_str(before);
            rest = from;
            let code = from.get(..6).map(|code| u32::from_str_radix(code, 16));
            if let Some(Ok(code)) = code {
                let [_, r, g, b] = code.to_be_bytes();
                redrawn.push_str(&hex(self.colour(RGBColor(r, g, b)))[1..]);
                rest = &from[6..];
            }
        }
        redrawn.push_str(rest);
        redrawn
    }
}

/// Relative luminance (ITU-R BT.709), which is what a grey printer keeps of a colour.
const LUMINANCE: [f64; 3] = [0.2126, 0.7152, 0.0722];

/// A colour as style sheets write it.
pub fn hex(RGBColor(r, g, b): RGBColor) -> String {
    format!("#{r:02X}{g:02X}{b:02X}")
}

/// Width of every sheet.
pub const WIDTH: f64 = 1000.0;
/// White border around every sheet.
pub const MARGIN: f64 = 36.0;

/// Heights of the title: the first at which it fits on one line, or the last.
pub const TITLE: [f64; 2] = [28.0, 24.0];
/// Heights of the line under the title, likewise.
pub const SUBTITLE: [f64; 2] = [18.0, 16.0];
/// Height of axis titles and legends.
pub const BODY: f64 = 17.0;
/// Height of names on maps, numbers on axes.
pub const LABEL: f64 = 16.0;
/// Height of footnotes.
pub const NOTE: f64 = 14.5;

/// The paper.
pub const PAPER: RGBColor = RGBColor(255, 255, 255);
/// The halo of a label: told from the paper by one step of blue, so that the style sheet can
/// widen its outline.
pub const HALO: RGBColor = RGBColor(255, 255, 254);
/// Titles and names.
pub const INK: RGBColor = RGBColor(28, 32, 36);
/// Subtitles, axis numbers, footnotes.
pub const MUTED: RGBColor = RGBColor(84, 90, 96);
/// Grid lines and frames.
pub const HAIRLINE: RGBColor = RGBColor(214, 217, 220);
/// Lines that only give the context.
pub const CONTEXT: RGBColor = RGBColor(190, 194, 198);
/// What is proposed.
pub const PROPOSED: RGBColor = RGBColor(194, 54, 22);
/// What stands today.
pub const TODAY: RGBColor = RGBColor(45, 55, 66);
/// The second choice.
pub const SECOND: RGBColor = RGBColor(0, 110, 130);
/// Road surface inside the casing.
pub const ROAD: RGBColor = RGBColor(92, 92, 92);
/// Rural roads, which must not hide the bands under them.
pub const RURAL_ROAD: RGBColor = RGBColor(122, 126, 124);
/// Roads beyond the county.
pub const ROAD_OUTSIDE: RGBColor = RGBColor(222, 222, 222);
/// Where there is no road.
pub const NO_ROAD: RGBColor = RGBColor(221, 221, 228);
/// Where the best alternative is slower than today.
pub const LOSS: RGBColor = RGBColor(186, 168, 132);

/// Districts side by side: quiet, and apart from each other in grey print, too.
pub const DISTRICTS: [RGBColor; 6] = [
    RGBColor(247, 241, 224),
    RGBColor(212, 227, 214),
    RGBColor(226, 199, 186),
    RGBColor(176, 195, 213),
    RGBColor(190, 176, 150),
    RGBColor(160, 160, 176),
];

/// Inks in which bold text may be set.
pub const BOLD_INKS: [RGBColor; 5] = [INK, MUTED, PROPOSED, TODAY, SECOND];

/// The most bands that a reader can tell apart.
pub const MAX_BANDS: usize = 10;

/// Deep sea green where help is near, fading to sand where it is far.
const ARRIVAL: [[f64; 3]; 5] = [
    [24.0, 94.0, 104.0],
    [70.0, 142.0, 144.0],
    [134.0, 184.0, 172.0],
    [200.0, 218.0, 196.0],
    [249.0, 244.0, 228.0],
];

/// Almost white where nothing is gained, deepening to violet where most is.
const GAIN: [[f64; 3]; 4] = [
    [246.0, 244.0, 247.0],
    [210.0, 199.0, 227.0],
    [161.0, 136.0, 195.0],
    [110.0, 78.0, 160.0],
];

/// `count` colours from near to far.
pub fn arrival_colours(count: usize) -> Vec<RGBColor> {
    along(&ARRIVAL, count)
}

/// `count` colours from no gain to the largest.
pub fn gain_colours(count: usize) -> Vec<RGBColor> {
    along(&GAIN, count)
}

/// `count` colours at even steps along the way through `stops`.
fn along(stops: &[[f64; 3]], count: usize) -> Vec<RGBColor> {
    let steps = count.saturating_sub(1).max(1) as f64;
    (0..count)
        .map(|index| {
            let way = index as f64 / steps * (stops.len() - 1) as f64;
            let left = (way.floor() as usize).min(stops.len() - 2);
            let share = way - left as f64;
            let mix = |channel: usize| {
                let (from, to) = (stops[left][channel], stops[left + 1][channel]);
                (from + (to - from) * share).round() as u8
            };
            RGBColor(mix(0), mix(1), mix(2))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn districts_are_told_apart_in_grey_print() {
        assert!(
            DISTRICTS
                .windows(2)
                .all(|pair| luminance(pair[1]) < luminance(pair[0]) - 10.0)
        );
    }

    fn luminance(RGBColor(r, g, b): RGBColor) -> f64 {
        let channels = [r, g, b].map(f64::from).into_iter().zip(LUMINANCE);
        channels.map(|(channel, weight)| channel * weight).sum()
    }

    #[test]
    fn every_colour_becomes_its_grey_and_texts_stay() {
        let svg =
            "<a fill=\"#C23616\" stroke=\"#006E82\"/><b fill=\"#FFFFFE\">Nr. #00FF00 =\"#x</b>";
        let grey =
            "<a fill=\"#000000\" stroke=\"#2D2D2D\"/><b fill=\"#FFFFFE\">Nr. #00FF00 =\"#x</b>";
        assert_eq!(Theme::Grey.redrawn(svg), grey);
        assert_eq!(Theme::Quiet.redrawn(svg), svg);
        let marks = [PROPOSED, SECOND, TODAY, CONTEXT].map(|colour| Theme::Grey.colour(colour).0);
        assert!(
            marks.windows(2).all(|pair| pair[1] - pair[0] >= 40),
            "{marks:?}"
        );
    }

    #[test]
    fn the_order_of_the_bands_survives_grey_printing() {
        for count in 2..=MAX_BANDS + 1 {
            let far_is_light = arrival_colours(count);
            assert!(
                far_is_light
                    .windows(2)
                    .all(|pair| luminance(pair[1]) > luminance(pair[0]) + 8.0)
            );
            let much_is_dark = gain_colours(count);
            assert!(
                much_is_dark
                    .windows(2)
                    .all(|pair| luminance(pair[1]) < luminance(pair[0]) - 8.0)
            );
        }
    }

    #[test]
    fn one_band_has_one_colour() {
        assert_eq!(arrival_colours(1).len(), 1);
        assert!(gain_colours(0).is_empty());
    }
}
