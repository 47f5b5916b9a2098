//! A linear-chain conditional random field, learned by stochastic gradient descent.
//!
//! Likelihood by forward and backward sums; steps by AdaGrad (Duchi, Hazan and Singer 2011); an L1 penalty, taken
//! lazily, that makes most weights zero; dropout of features (Hinton et al. 2012), so that no word is relied on alone;
//! and the mean of several runs in different orders. The orders are fixed: the same corpus gives the same model.

#![expect(clippy::needless_range_loop, reason = "what is summed over is labels, and formulas read best with them")]

use copydesk::story::attribution::tagger::label::{LABELS, Label, continues, may_follow};
use copydesk::story::attribution::tagger::model::SEAMS;

/// Lanes of weights: [`LABELS`], and some to spare so that the compiler can use whole registers.
pub const LANES: usize = 16;

pub type Weights = [f32; LANES];
pub type Transitions = [[Weights; LABELS]; SEAMS];

/// A sequence of tokens with its answer: the features of each token, the seam before it, its label.
pub struct Sequence {
    pub features: Vec<u32>,
    /// Where each token's features begin in `features`, and where the last one's end.
    pub bounds: Vec<u32>,
    pub seams: Vec<usize>,
    pub labels: Vec<Label>,
}

/// What has been learned.
pub struct Field {
    pub weights: Vec<Weights>,
    pub transitions: Box<Transitions>,
}

/// How it is learned.
pub struct Course {
    pub epochs: usize,
    pub rate: f32,
    /// The L1 penalty over the whole corpus.
    pub penalty: f32,
    /// The share of features that a step does not see.
    pub dropout: f32,
    /// How many runs the model is the mean of.
    pub runs: u64,
}

/// Gradients smaller than this are not worth a step.
const NEGLIGIBLE: f32 = 0.004;
/// How many steps the penalty of a feature may wait.
const PATIENCE: u32 = 60;

/// Learns from `sequences`, whose features are numbered below `features`.
pub fn learn(sequences: &[Sequence], features: usize, course: &Course) -> Field {
    let fields: Vec<Field> = std::thread::scope(|scope| {
        let runs: Vec<_> =
            (0..course.runs).map(|run| scope.spawn(move || learn_once(sequences, features, course, run))).collect();
        runs.into_iter().map(|run| run.join().expect("a run ends")).collect()
    });
    let share = 1.0 / fields.len() as f32;
    let mut mean =
        Field { weights: vec![[0.0; LANES]; features], transitions: Box::new([[[0.0; LANES]; LABELS]; SEAMS]) };
    for field in fields {
        let pairs = mean.weights.iter_mut().flatten().zip(field.weights.iter().flatten());
        let transitions =
            mean.transitions.iter_mut().flatten().flatten().zip(field.transitions.iter().flatten().flatten());
        pairs.chain(transitions).for_each(|(mean, one)| *mean += share * one);
    }
    mean
}

fn learn_once(sequences: &[Sequence], features: usize, course: &Course, run: u64) -> Field {
    let mut field =
        Field { weights: vec![[0.0; LANES]; features], transitions: Box::new([[[0.0; LANES]; LABELS]; SEAMS]) };
    let mut squares: Vec<Weights> = vec![[1e-2; LANES]; features];
    let mut transition_squares: Box<Transitions> = Box::new([[[1e-1; LANES]; LABELS]; SEAMS]);
    let mut last = vec![0_u32; features];
    let mut order: Vec<usize> = (0..sequences.len()).filter(|at| !sequences[*at].labels.is_empty()).collect();
    let penalty = course.penalty / order.len() as f32;
    let mut random = Random(0x2545_f491_4f6c_dd1d ^ (run << 20));
    let mut step = 0_u32;
    let mut sums = Sums::default();
    for epoch in 0..course.epochs {
        random.shuffle(&mut order);
        let rate = course.rate * (1.0 - 0.9 * epoch as f32 / course.epochs as f32);
        for at in &order {
            let sequence = thinned(&sequences[*at], course.dropout, &mut random);
            step += 1;
            for feature in &sequence.features {
                let feature = *feature as usize;
                let waited = step - last[feature];
                if waited >= PATIENCE || waited > 0 && epoch == 0 {
                    last[feature] = step;
                    shrink(&mut field.weights[feature], &squares[feature], rate * penalty * waited as f32);
                }
            }
            sums.read(&field, &sequence);
            for (token, label) in sequence.labels.iter().enumerate() {
                let mut gradient = sums.label(token);
                gradient[*label] -= 1.0;
                if gradient.iter().all(|part| part.abs() < NEGLIGIBLE) {
                    continue;
                }
                for feature in sequence.of(token) {
                    let (weights, squares) = (&mut field.weights[*feature as usize], &mut squares[*feature as usize]);
                    for lane in 0..LANES {
                        squares[lane] += gradient[lane] * gradient[lane];
                        weights[lane] -= rate * gradient[lane] / squares[lane].sqrt();
                    }
                }
            }
            for token in 1..sequence.labels.len() {
                let seam = sequence.seams[token];
                let pair = sums.pair(&sequence, token);
                for before in 0..LABELS {
                    for label in 0..LABELS {
                        let is = sequence.labels[token - 1] == before && sequence.labels[token] == label;
                        let gradient = pair[before][label] - f32::from(u8::from(is));
                        if gradient.abs() > 1e-5 {
                            let square = &mut transition_squares[seam][before][label];
                            *square += gradient * gradient;
                            field.transitions[seam][before][label] -= rate * gradient / square.sqrt();
                        }
                    }
                }
            }
        }
    }
    for feature in 0..features {
        let waited = (step - last[feature]) as f32;
        shrink(&mut field.weights[feature], &squares[feature], 0.1 * course.rate * penalty * waited);
        // With every feature there, each must weigh less.
        field.weights[feature].iter_mut().for_each(|weight| *weight *= 1.0 - course.dropout);
    }
    field
}

fn shrink(weights: &mut Weights, squares: &Weights, by: f32) {
    for (weight, square) in weights.iter_mut().zip(squares) {
        let by = by / square.sqrt();
        *weight = weight.signum() * (weight.abs() - by).max(0.0);
    }
}

impl Sequence {
    /// The features of a token.
    pub fn of(&self, token: usize) -> &[u32] {
        &self.features[self.bounds[token] as usize..self.bounds[token + 1] as usize]
    }
}

/// The sequence with a share of its features left out.
fn thinned(sequence: &Sequence, dropout: f32, random: &mut Random) -> Sequence {
    let mut thin = Sequence {
        features: Vec::with_capacity(sequence.features.len()),
        bounds: vec![0],
        seams: sequence.seams.clone(),
        labels: sequence.labels.clone(),
    };
    let cut = (dropout * 65536.0) as u64;
    for token in 0..sequence.labels.len() {
        thin.features.extend(sequence.of(token).iter().filter(|_| (random.next() >> 24) & 0xffff >= cut));
        thin.bounds.push(thin.features.len() as u32);
    }
    thin
}

/// The sums over all labellings of a sequence, scaled token by token.
#[derive(Default)]
struct Sums {
    emissions: Vec<Weights>,
    ahead: Vec<Weights>,
    behind: Vec<Weights>,
    transitions: Vec<[Weights; LABELS]>,
}

impl Sums {
    fn read(&mut self, field: &Field, sequence: &Sequence) {
        let len = sequence.labels.len();
        self.transitions = field.transitions.iter().map(exponentials).collect();
        self.emissions = (0..len).map(|token| emission(field, sequence.of(token))).collect();
        self.ahead = vec![[0.0; LANES]; len];
        self.behind = vec![[1.0; LANES]; len];
        for label in (0..LABELS).filter(|label| !continues(*label)) {
            self.ahead[0][label] = self.emissions[0][label];
        }
        scale(&mut self.ahead[0]);
        for token in 1..len {
            let table = &self.transitions[sequence.seams[token]];
            let mut sums = [0.0; LANES];
            for before in 0..LABELS {
                let ahead = self.ahead[token - 1][before];
                (0..LANES).for_each(|label| sums[label] += ahead * table[before][label]);
            }
            (0..LANES).for_each(|label| sums[label] *= self.emissions[token][label]);
            scale(&mut sums);
            self.ahead[token] = sums;
        }
        for token in (0..len - 1).rev() {
            let table = &self.transitions[sequence.seams[token + 1]];
            let next: Weights =
                std::array::from_fn(|label| self.emissions[token + 1][label] * self.behind[token + 1][label]);
            let mut sums = [0.0; LANES];
            for before in 0..LABELS {
                sums[before] = (0..LANES).map(|label| table[before][label] * next[label]).sum();
            }
            scale(&mut sums);
            self.behind[token] = sums;
        }
    }

    /// The probability of each label of a token.
    fn label(&self, token: usize) -> Weights {
        let mut shares: Weights = std::array::from_fn(|label| self.ahead[token][label] * self.behind[token][label]);
        shares[LABELS..].fill(0.0);
        scale(&mut shares);
        shares
    }

    /// The probability of each pair of labels of a token and the one before it.
    fn pair(&self, sequence: &Sequence, token: usize) -> [Weights; LABELS] {
        let table = &self.transitions[sequence.seams[token]];
        let mut shares = [[0.0; LANES]; LABELS];
        let mut all = 0.0;
        for before in 0..LABELS {
            for label in 0..LABELS {
                let share = self.ahead[token - 1][before]
                    * table[before][label]
                    * self.emissions[token][label]
                    * self.behind[token][label];
                shares[before][label] = share;
                all += share;
            }
        }
        shares.iter_mut().flatten().for_each(|share| *share /= f32::max(all, 1e-30));
        shares
    }
}

fn exponentials(table: &[Weights; LABELS]) -> [Weights; LABELS] {
    std::array::from_fn(|before| {
        std::array::from_fn(
            |label| {
                if label < LABELS && may_follow(before, label) { table[before][label].exp() } else { 0.0 }
            },
        )
    })
}

fn emission(field: &Field, features: &[u32]) -> Weights {
    let mut scores = [0.0; LANES];
    for feature in features {
        let weights = &field.weights[*feature as usize];
        (0..LANES).for_each(|lane| scores[lane] += weights[lane]);
    }
    let highest = scores[..LABELS].iter().copied().fold(f32::MIN, f32::max);
    scores.map(|score| (score - highest).exp())
}

fn scale(shares: &mut Weights) {
    let all: f32 = shares.iter().sum();
    shares.iter_mut().for_each(|share| *share /= all.max(1e-30));
}

/// Xorshift (Marsaglia 2003): all that is needed to shuffle and to drop.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn shuffle(&mut self, order: &mut [usize]) {
        for at in (1..order.len()).rev() {
            order.swap(at, (self.next() % (at as u64 + 1)) as usize);
        }
    }
}
