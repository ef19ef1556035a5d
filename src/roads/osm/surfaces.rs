//! Words of the map for what a road is made of, in our six grades, and for its state.

use crate::roads::osm::Tags;
use crate::roads::osm::not_understood::NotUnderstood;
use crate::roads::surface::{Smoothness, Surface};

/// The surface of a way: its `surface` where it is understood, else its `tracktype`.
pub fn surface(tags: &Tags, odd: &mut NotUnderstood) -> Option<Surface> {
    let said = tags.get("surface").and_then(|text| {
        // Of several in a row the softest decides whether an engine gets through.
        text.split(';')
            .map(str::trim)
            .filter_map(|word| {
                let known = of_word(word);
                if known.is_none() {
                    odd.count("surface", word);
                }
                known
            })
            .max()
    });
    said.or_else(|| {
        let grade = tags.get("tracktype")?;
        let known = of_grade(grade);
        if known.is_none() {
            odd.count("tracktype", grade);
        }
        known
    })
}

/// The state of a way's surface; of several the worst.
pub fn smoothness(tags: &Tags, odd: &mut NotUnderstood) -> Option<Smoothness> {
    let words = tags.get("smoothness")?.split(';').map(str::trim);
    let known = words.filter_map(|word| {
        let known = word.parse().ok();
        if known.is_none() {
            odd.count("smoothness", word);
        }
        known
    });
    known.max()
}

fn of_grade(grade: &str) -> Option<Surface> {
    Some(match grade {
        "grade1" => Surface::Paved,
        "grade2" => Surface::Compacted,
        "grade3" => Surface::Gravel,
        "grade4" => Surface::Earth,
        "grade5" => Surface::Soft,
        _ => return None,
    })
}

fn of_word(word: &str) -> Option<Surface> {
    Some(match word {
        "paved" | "asphalt" | "concrete" | "chipseal" | "paving_stones" | "bricks" | "brick"
        | "metal" | "wood" | "rubber" | "tarmac" | "cement" => Surface::Paved,
        "sett"
        | "cobblestone"
        | "unhewn_cobblestone"
        | "cobblestone:flattened"
        | "concrete:lanes"
        | "concrete:plates"
        | "paving_stones:lanes"
        | "metal_grid"
        | "grass_paver" => Surface::Rough,
        "compacted" | "fine_gravel" => Surface::Compacted,
        "gravel" | "unpaved" | "pebblestone" | "shells" | "rock" | "rocks" | "stone" => {
            Surface::Gravel
        }
        "ground" | "dirt" | "earth" | "soil" | "clay" | "grass" | "woodchips" => Surface::Earth,
        "sand" | "mud" | "snow" | "ice" | "salt" => Surface::Soft,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(pairs: &[(&str, &str)]) -> (Option<Surface>, NotUnderstood) {
        let mut odd = NotUnderstood::default();
        let surface = surface(&Tags::of(pairs), &mut odd);
        (surface, odd)
    }

    #[test]
    fn the_word_for_the_surface_stands_above_the_grade_of_the_track() {
        let grade5 = ("tracktype", "grade5");
        assert_eq!(
            of(&[("surface", "asphalt"), grade5]).0,
            Some(Surface::Paved)
        );
        assert_eq!(of(&[grade5]).0, Some(Surface::Soft));
        assert_eq!(of(&[]).0, None);
    }

    #[test]
    fn an_unknown_word_is_counted_and_the_grade_taken() {
        let (surface, odd) = of(&[("surface", "lava"), ("tracktype", "grade2")]);
        assert_eq!(surface, Some(Surface::Compacted));
        assert_eq!(odd.of("surface", "lava"), 1);
    }

    #[test]
    fn of_two_surfaces_the_softer_counts() {
        assert_eq!(of(&[("surface", "asphalt;mud")]).0, Some(Surface::Soft));
    }

    #[test]
    fn of_two_states_the_worse_counts_and_an_unknown_word_is_counted() {
        let mut odd = NotUnderstood::default();
        let mut of = |value| smoothness(&Tags::of(&[("smoothness", value)]), &mut odd);
        assert_eq!(of("good;very_bad"), Some(Smoothness::VeryBad));
        assert_eq!(of("bumpy"), None);
        assert_eq!(odd.of("smoothness", "bumpy"), 1);
    }
}
