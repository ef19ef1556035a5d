//! One of many by weight, in the same time however many there are.

use rand::Rng;

/// The alias method (Walker 1974) with the table of Vose (1991): each index has a column of the same
/// height, of which it keeps a part, and the rest goes to one other index.
#[derive(Clone, Debug)]
pub struct AliasTable {
    columns: Vec<Column>,
}

#[derive(Clone, Copy, Debug)]
struct Column {
    /// Of 2⁶⁴, how much the index keeps.
    keeps: u64,
    other: u32,
}

impl AliasTable {
    /// The table of these weights; `None` when none is above 0, or one is no number.
    pub fn new(weights: &[f64]) -> Option<Self> {
        let total: f64 = weights.iter().sum();
        if !(total > 0.0 && total.is_finite()) {
            return None;
        }
        let count = weights.len() as f64;
        let mut heights: Vec<f64> = weights
            .iter()
            .map(|weight| weight / total * count)
            .collect();
        let (mut low, mut high): (Vec<u32>, Vec<u32>) =
            (0..weights.len() as u32).partition(|index| heights[*index as usize] < 1.0);
        let whole = |index| Column {
            keeps: u64::MAX,
            other: index,
        };
        let mut columns: Vec<Column> = (0..weights.len() as u32).map(whole).collect();
        while let (Some(short), Some(tall)) = (low.pop(), high.last().copied()) {
            let height = heights[short as usize];
            columns[short as usize] = Column {
                keeps: (height * TWO_TO_64) as u64,
                other: tall,
            };
            let left = &mut heights[tall as usize];
            *left -= 1.0 - height;
            if *left < 1.0 {
                high.pop();
                low.push(tall);
            }
        }
        Some(Self { columns })
    }

    /// The share of each index in the draws.
    pub fn shares(&self) -> Vec<f64> {
        let count = self.columns.len() as f64;
        let mut shares = vec![0.0; self.columns.len()];
        for (index, column) in self.columns.iter().enumerate() {
            let kept = column.keeps as f64 / TWO_TO_64;
            shares[index] += kept / count;
            shares[column.other as usize] += (1.0 - kept) / count;
        }
        shares
    }

    /// A draw.
    #[inline]
    pub fn draw(&self, rng: &mut impl Rng) -> u32 {
        // The whole part of the product names the column, what is behind the point the place in it.
        let product = u128::from(rng.next_u64()) * self.columns.len() as u128;
        let index = (product >> 64) as u32;
        let column = self.columns[index as usize];
        match (product as u64) < column.keeps {
            true => index,
            false => column.other,
        }
    }
}

const TWO_TO_64: f64 = 18_446_744_073_709_551_616.0;

#[cfg(test)]
mod tests {
    use rand::SeedableRng;
    use rand_chacha::ChaCha8Rng;

    use super::*;

    /// Summed over the columns, each index has its weight.
    #[test]
    fn each_index_has_its_weight() {
        for weights in [
            vec![1.0],
            vec![0.0, 3.0, 0.0, 1.0],
            vec![0.1; 7],
            (0..1000).map(|k| f64::from(k * k % 97)).collect(),
        ] {
            let table = AliasTable::new(&weights).unwrap();
            let total: f64 = weights.iter().sum();
            for (share, weight) in table.shares().iter().zip(&weights) {
                let wanted = weight / total;
                assert!((share - wanted).abs() < 1e-12, "{share}, not {wanted}");
                assert!(*weight > 0.0 || *share == 0.0);
            }
        }
        assert!(AliasTable::new(&[0.0, 0.0]).is_none());
        assert!(AliasTable::new(&[]).is_none());
    }

    /// Of 40,000 draws a quarter are 10,000; the standard error is 87.
    #[test]
    fn draws_are_as_frequent_as_their_weights() {
        let table = AliasTable::new(&[0.0, 3.0, 0.0, 1.0]).unwrap();
        let mut rng = ChaCha8Rng::seed_from_u64(1);
        let mut counts = [0; 4];
        for _ in 0..40_000 {
            counts[table.draw(&mut rng) as usize] += 1;
        }
        assert_eq!([counts[0], counts[2]], [0, 0]);
        assert!((counts[3] - 10_000_i32).abs() < 350, "{}", counts[3]);
    }
}
