use std::cmp::Ordering;
use std::fmt;

/// An exact decimal number as copy writes it: 4.8 million is 48 times ten to the fifth, so that it still tells to which
/// place it was written.
#[derive(Clone, Copy, Debug, Default)]
pub struct Decimal {
    mantissa: i128,
    exponent: i32,
}

/// Most digits of a figure that is read: what is longer is a serial number.
const DIGITS: usize = 18;

impl Decimal {
    /// `mantissa` times ten to the power of `exponent`.
    pub const fn new(mantissa: i128, exponent: i32) -> Self {
        Self { mantissa, exponent }
    }

    /// Reads "12", "1,234.50", ".5". None where commas divide it otherwise than by thousands, or it is no number.
    pub fn read(figure: &str) -> Option<Self> {
        let (whole, fraction) = figure.split_once('.').unwrap_or((figure, ""));
        let mut groups = whole.split(',');
        let first = groups.next().unwrap_or_default();
        let grouped = whole.len() != first.len();
        let sound = (!grouped || (1..=3).contains(&first.len())) && groups.all(|group| group.len() == 3);
        let digits = || whole.bytes().chain(fraction.bytes()).filter(|byte| *byte != b',');
        let count = digits().count();
        if !sound || fraction.contains(',') || !(1..=DIGITS).contains(&count) || !digits().all(|d| d.is_ascii_digit()) {
            return None;
        }
        let mantissa = digits().fold(0, |mantissa, digit| mantissa * 10 + i128::from(digit - b'0'));
        Some(Self { mantissa, exponent: -i32::try_from(fraction.len()).ok()? })
    }

    /// The number times ten to the power of `power`.
    pub const fn shifted(self, power: i32) -> Self {
        Self { exponent: self.exponent.saturating_add(power), ..self }
    }

    /// The number with the other sign.
    pub const fn negated(self) -> Self {
        Self { mantissa: self.mantissa.saturating_neg(), ..self }
    }

    /// The number without its sign.
    pub const fn abs(self) -> Self {
        Self { mantissa: self.mantissa.saturating_abs(), ..self }
    }

    /// One at the last place that is written: 100,000 for 4.8 million, 1 for 1,200.
    pub const fn step(self) -> Self {
        Self { mantissa: 1, exponent: self.exponent }
    }

    /// What readers take the number to be rounded to: one at the last place that is not zero, five where a five stands
    /// there. 100 for 1,200, 50 for 1,250.
    pub const fn round_step(self) -> Self {
        let Self { mut mantissa, mut exponent } = self;
        while mantissa != 0 && mantissa % 10 == 0 {
            mantissa /= 10;
            exponent = exponent.saturating_add(1);
        }
        Self { mantissa: if mantissa % 10 == 5 && mantissa > 10 { 5 } else { 1 }, exponent }
    }

    /// The power of ten of the last place that is written.
    pub const fn exponent(self) -> i32 {
        self.exponent
    }

    /// The number as a whole one, if it is one and fits.
    pub fn whole(self) -> Option<i64> {
        let whole = if self.exponent >= 0 {
            self.mantissa.checked_mul(power(self.exponent)?)?
        } else {
            let divisor = power(self.exponent.checked_neg()?)?;
            (self.mantissa % divisor == 0).then(|| self.mantissa / divisor)?
        };
        i64::try_from(whole).ok()
    }

    /// The sum, if it fits.
    pub fn plus(self, other: Self) -> Option<Self> {
        let exponent = self.exponent.min(other.exponent);
        Some(Self { mantissa: self.at(exponent)?.checked_add(other.at(exponent)?)?, exponent })
    }

    /// The difference, if it fits.
    pub fn minus(self, other: Self) -> Option<Self> {
        self.plus(other.negated())
    }

    /// The product, if it fits.
    pub fn times(self, other: Self) -> Option<Self> {
        let exponent = self.exponent.checked_add(other.exponent)?;
        Some(Self { mantissa: self.mantissa.checked_mul(other.mantissa)?, exponent })
    }

    /// The quotient rounded to the place of ten to the power of `exponent`, halves away from zero, if it fits.
    pub fn over(self, divisor: Self, exponent: i32) -> Option<Self> {
        let shift = self.exponent.checked_sub(divisor.exponent)?.checked_sub(exponent)?;
        let (mut above, mut below) = (self.mantissa, divisor.mantissa);
        if shift >= 0 {
            above = above.checked_mul(power(shift)?)?;
        } else {
            below = below.checked_mul(power(shift.checked_neg()?)?)?;
        }
        let (quotient, rest) = (above.checked_div(below)?, above.checked_rem(below)?);
        let away = rest.unsigned_abs() >= below.unsigned_abs() - rest.unsigned_abs();
        let sign = if (above < 0) == (below < 0) { 1 } else { -1 };
        let mantissa = if away { quotient.checked_add(sign)? } else { quotient };
        Some(Self { mantissa, exponent })
    }

    /// The mantissa at a lower exponent.
    fn at(self, exponent: i32) -> Option<i128> {
        if self.mantissa == 0 {
            return Some(0);
        }
        self.mantissa.checked_mul(power(self.exponent.checked_sub(exponent)?)?)
    }
}

fn power(exponent: i32) -> Option<i128> {
    10_i128.checked_pow(u32::try_from(exponent).ok()?)
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        let exponent = self.exponent.min(other.exponent);
        match (self.at(exponent), other.at(exponent)) {
            (Some(one), Some(other)) => one.cmp(&other),
            // Only the one with the higher exponent is shifted, and what no longer fits is further from zero.
            (None, _) => self.mantissa.cmp(&0),
            (_, None) => 0.cmp(&other.mantissa),
        }
    }
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Decimal {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Decimal {}

impl From<i64> for Decimal {
    fn from(whole: i64) -> Self {
        Self::new(whole.into(), 0)
    }
}

/// With commas between thousands, to the place that is written: 1,234.50.
impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let zeros = usize::try_from(self.exponent).unwrap_or(0).min(40);
        let places = usize::try_from(self.exponent.saturating_neg()).unwrap_or(0).min(40);
        let mut digits = self.mantissa.unsigned_abs().to_string();
        if self.mantissa != 0 {
            digits.extend(std::iter::repeat_n('0', zeros));
        }
        let digits = format!("{digits:0>width$}", width = places + 1);
        let (whole, fraction) = digits.split_at(digits.len() - places);
        if self.mantissa < 0 {
            f.write_str("-")?;
        }
        for (nth, digit) in whole.chars().enumerate() {
            if nth > 0 && (whole.len() - nth) % 3 == 0 {
                f.write_str(",")?;
            }
            write!(f, "{digit}")?;
        }
        if fraction.is_empty() { Ok(()) } else { write!(f, ".{fraction}") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(figure: &str) -> Decimal {
        Decimal::read(figure).unwrap_or_else(|| panic!("{figure}"))
    }

    #[test]
    fn figures_are_read_as_they_are_written() {
        for (figure, shown) in [("12", "12"), ("1,234.50", "1,234.50"), ("1234", "1,234"), (".5", "0.5"), ("0", "0")] {
            assert_eq!(read(figure).to_string(), shown);
        }
        for figure in ["", ".", "1,5", "12,34", "1234,567", "1.2.3", ",123", "1.234,5", "1234567890123456789"] {
            assert_eq!(Decimal::read(figure), None, "{figure}");
        }
    }

    #[test]
    fn numbers_are_compared_by_value() {
        assert_eq!(read("1.50"), read("1.5"));
        assert_eq!(read("4.8").shifted(6), read("4,800,000"));
        assert!(read("9") < read("1").shifted(i32::MAX));
        assert!(read("1").shifted(i32::MAX).negated() < read("9"));
        assert_eq!(Decimal::new(0, i32::MAX), Decimal::new(0, i32::MIN));
    }

    #[test]
    fn sums_products_and_quotients_are_exact_or_none() {
        assert_eq!(read("0.1").plus(read("0.2")), Some(read("0.3")));
        assert_eq!(read("10").times(read("1.609344")), Some(read("16.09344")));
        assert_eq!(read("2").over(read("3"), -2), Some(read("0.67")));
        assert_eq!(read("5").over(read("2"), 0), Some(read("3")));
        assert_eq!(read("5").negated().over(read("2"), 0), Some(read("3").negated()));
        assert_eq!(read("5").over(read("0"), 0), None);
        assert_eq!(Decimal::new(i128::MIN, 0).over(Decimal::new(-1, 0), 0), None);
        assert_eq!(Decimal::new(i128::MAX, 0).plus(read("1")), None);
        assert_eq!(read("1").shifted(i32::MAX).times(read("1").shifted(1)), None);
    }

    #[test]
    fn places_are_told() {
        assert_eq!(read("4.8").shifted(6).step(), read("100,000"));
        assert_eq!(read("1,200").step(), read("1"));
        let rounded = ["1,200", "1,250", "7"].map(|figure| read(figure).round_step());
        assert_eq!(rounded, [read("100"), read("50"), read("1")]);
        assert_eq!((read("2.0").whole(), read("2.5").whole(), read("2").shifted(40).whole()), (Some(2), None, None));
        assert_eq!(
            (read("34").negated().to_string(), read("4.8").shifted(6).to_string()),
            ("-34".into(), "4,800,000".into())
        );
    }
}
