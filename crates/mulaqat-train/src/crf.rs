//! A linear-chain conditional random field over partly known tags, trained by AdaGrad: one thread, fixed order.

use crate::data::Allowed;
use mulaqat::tagger::{TAGS, follows};

/// A sentence: the features of each token, and the tags it may have.
pub struct Sentence {
    pub features: Vec<Vec<u32>>,
    pub allowed: Vec<Allowed>,
}

pub type Row = [f32; TAGS];

/// Tags and the border, last.
pub const STATES: usize = TAGS + 1;

pub struct Crf {
    pub weights: Vec<Row>,
    pub moves: [[f32; STATES]; STATES],
}

#[derive(Clone, Copy)]
pub struct Settings {
    pub epochs: usize,
    pub rate: f32,
    pub l2: f32,
    pub seed: u64,
}

/// A small generator whose numbers are the same everywhere.
pub struct Random(pub u64);

impl Random {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for i in (1..items.len()).rev() {
            items.swap(i, (self.next() % (i as u64 + 1)) as usize);
        }
    }
}

/// Expected tags and moves of a sentence, given the tags that are allowed.
struct Expected {
    tags: Vec<Row>,
    moves: Box<[[f32; STATES]; STATES]>,
}

impl Crf {
    fn scores(&self, s: &Sentence, out: &mut Vec<Row>) {
        out.clear();
        out.extend(s.features.iter().map(|f| {
            let mut row = [0f32; TAGS];
            for &k in f {
                for (r, w) in row.iter_mut().zip(&self.weights[k as usize]) {
                    *r += w;
                }
            }
            row
        }));
    }

    fn expected(&self, scores: &[Row], allowed: impl Fn(usize) -> Allowed, exp: &[[f32; STATES]; STATES]) -> Expected {
        let n = scores.len();
        let border = TAGS;
        let mut psi = vec![[0f32; TAGS]; n];
        for (i, row) in scores.iter().enumerate() {
            let mask = allowed(i);
            let top = (0..TAGS).filter(|t| mask & (1 << t) != 0).map(|t| row[t]).fold(f32::MIN, f32::max);
            for t in 0..TAGS {
                psi[i][t] = if mask & (1 << t) != 0 { (row[t] - top).exp() } else { 0.0 };
            }
        }
        let scale = |row: &mut Row| {
            let sum: f32 = row.iter().sum();
            let f = if sum > 0.0 { 1.0 / sum } else { 0.0 };
            row.iter_mut().for_each(|x| *x *= f);
        };
        let mut a = vec![[0f32; TAGS]; n];
        for t in 0..TAGS {
            a[0][t] = exp[border][t] * psi[0][t];
        }
        scale(&mut a[0]);
        for i in 1..n {
            let mut row = [0f32; TAGS];
            for s in 0..TAGS {
                let x = a[i - 1][s];
                if x > 0.0 {
                    for t in 0..TAGS {
                        row[t] += x * exp[s][t];
                    }
                }
            }
            for t in 0..TAGS {
                row[t] *= psi[i][t];
            }
            scale(&mut row);
            a[i] = row;
        }
        let mut b = vec![[0f32; TAGS]; n];
        for t in 0..TAGS {
            b[n - 1][t] = exp[t][border];
        }
        scale(&mut b[n - 1]);
        for i in (0..n - 1).rev() {
            let next: Row = std::array::from_fn(|u| psi[i + 1][u] * b[i + 1][u]);
            let mut row: Row = std::array::from_fn(|t| (0..TAGS).map(|u| exp[t][u] * next[u]).sum());
            scale(&mut row);
            b[i] = row;
        }
        let mut e = Expected { tags: vec![[0f32; TAGS]; n], moves: Box::new([[0f32; STATES]; STATES]) };
        for i in 0..n {
            let mut row: Row = std::array::from_fn(|t| a[i][t] * b[i][t]);
            scale(&mut row);
            e.tags[i] = row;
            if i > 0 {
                let mut pair = [[0f32; TAGS]; TAGS];
                let mut sum = 0.0;
                for (s, row) in pair.iter_mut().enumerate() {
                    for (t, p) in row.iter_mut().enumerate() {
                        *p = a[i - 1][s] * exp[s][t] * psi[i][t] * b[i][t];
                        sum += *p;
                    }
                }
                if sum > 0.0 {
                    for (to, row) in e.moves.iter_mut().zip(&pair) {
                        to.iter_mut().zip(row).for_each(|(m, p)| *m += p / sum);
                    }
                }
            }
        }
        for t in 0..TAGS {
            e.moves[border][t] += e.tags[0][t];
            e.moves[t][border] += e.tags[n - 1][t];
        }
        e
    }

    /// Trains on the sentences; the weights are the mean over the second half of the epochs.
    pub fn train(features: usize, data: &[Sentence], set: &Settings, keep: Option<&Crf>) -> Crf {
        let mut crf = match keep {
            Some(c) => Crf { weights: c.weights.clone(), moves: c.moves },
            None => Crf { weights: vec![[0.0; TAGS]; features], moves: [[0.0; STATES]; STATES] },
        };
        let mut seen = vec![[1e-3f32; TAGS]; features];
        let mut seen_moves = [[1e-3f32; STATES]; STATES];
        let mut mean = vec![[0f32; TAGS]; features];
        let mut mean_moves = [[0f32; STATES]; STATES];
        let mut order: Vec<usize> = (0..data.len()).collect();
        let mut random = Random(set.seed);
        let mut scores = Vec::new();
        let tag = |t: usize| (t < TAGS).then_some(t);
        let legal: [[bool; STATES]; STATES] = std::array::from_fn(|a| std::array::from_fn(|b| follows(tag(a), tag(b))));
        let mut averaged = 0;
        for epoch in 0..set.epochs {
            random.shuffle(&mut order);
            for &k in &order {
                let s = &data[k];
                if s.features.is_empty() {
                    continue;
                }
                let exp: [[f32; STATES]; STATES] =
                    std::array::from_fn(|a| std::array::from_fn(|b| if legal[a][b] { crf.moves[a][b].exp() } else { 0.0 }));
                crf.scores(s, &mut scores);
                let model = crf.expected(&scores, |_| Allowed::MAX, &exp);
                let truth = crf.expected(&scores, |i| s.allowed[i], &exp);
                // a name cut by the end of a sentence has no reading
                if truth.tags.iter().any(|t| t.iter().sum::<f32>() < 0.5) {
                    continue;
                }
                for (i, f) in s.features.iter().enumerate() {
                    let g: Row = std::array::from_fn(|t| model.tags[i][t] - truth.tags[i][t]);
                    if g.iter().all(|x| x.abs() < 1e-4) {
                        continue;
                    }
                    for &k in f {
                        let (w, h) = (&mut crf.weights[k as usize], &mut seen[k as usize]);
                        for t in 0..TAGS {
                            let g = g[t] + set.l2 * w[t];
                            h[t] += g * g;
                            w[t] -= set.rate * g / h[t].sqrt();
                        }
                    }
                }
                for a in 0..STATES {
                    for b in 0..STATES {
                        if legal[a][b] {
                            let g = model.moves[a][b] - truth.moves[a][b];
                            seen_moves[a][b] += g * g;
                            crf.moves[a][b] -= set.rate * g / seen_moves[a][b].sqrt();
                        }
                    }
                }
            }
            if epoch * 2 >= set.epochs {
                averaged += 1;
                for (m, w) in mean.iter_mut().flatten().zip(crf.weights.iter().flatten()) {
                    *m += w;
                }
                for (m, w) in mean_moves.iter_mut().flatten().zip(crf.moves.iter().flatten()) {
                    *m += w;
                }
            }
        }
        let n = averaged.max(1) as f32;
        mean.iter_mut().flatten().for_each(|m| *m /= n);
        mean_moves.iter_mut().flatten().for_each(|m| *m /= n);
        Crf { weights: mean, moves: mean_moves }
    }
}
