//! Numbers from numbers. What they are of is not known here.

/// The middle one; of an even number, the mean of the two in the middle. None of nothing.
pub(crate) fn median(numbers: impl IntoIterator<Item = f64>) -> Option<f64> {
    let mut sorted: Vec<f64> = numbers.into_iter().collect();
    sorted.sort_by(f64::total_cmp);
    let upper = *sorted.get(sorted.len() / 2)?;
    let lower = sorted[(sorted.len() - 1) / 2];
    Some(f64::midpoint(lower, upper))
}

/// A count as a number; exact for all that is counted here, up to four billions.
pub(crate) fn number(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}

/// The exponent by which the second of each pair grows with the first: the slope of the line that fits their logarithms
/// best (least squares). None of fewer than two different sizes, or where something was too small to be measured.
pub(crate) fn exponent(points: &[(f64, f64)]) -> Option<f64> {
    if points.iter().any(|&(size, value)| size <= 0.0 || value <= 0.0) {
        return None;
    }
    let logarithms: Vec<(f64, f64)> = points.iter().map(|(size, value)| (size.ln(), value.ln())).collect();
    let count = number(points.len());
    let mean = |of: fn(&(f64, f64)) -> f64| logarithms.iter().map(of).sum::<f64>() / count;
    let (mean_size, mean_value) = (mean(|point| point.0), mean(|point| point.1));
    let spread: f64 = logarithms.iter().map(|point| (point.0 - mean_size).powi(2)).sum();
    let common: f64 = logarithms
        .iter()
        .map(|point| (point.0 - mean_size) * (point.1 - mean_value))
        .sum();
    (spread > f64::EPSILON).then(|| common / spread)
}

#[cfg(test)]
mod tests {
    use super::{exponent, median};

    #[test]
    fn the_median_is_the_middle_whatever_the_order() {
        assert_eq!(median([]), None);
        assert_eq!(median([3.0]), Some(3.0));
        assert_eq!(median([9.0, 1.0, 2.0]), Some(2.0));
        assert_eq!(median([4.0, 1.0, 3.0, 100.0]), Some(3.5));
    }

    #[test]
    fn the_exponent_of_a_power_is_its_power() {
        for power in [0.5, 1.0, 1.05, 2.0] {
            let points: Vec<(f64, f64)> = [10.0, 100.0, 3_000.0, 1e6]
                .map(|size: f64| (size, 0.003 * size.powf(power)))
                .to_vec();
            let found = exponent(&points).expect("there are different sizes");
            assert!((found - power).abs() < 1e-9, "{found} for {power}");
        }
        assert_eq!(exponent(&[]), None);
        assert_eq!(exponent(&[(10.0, 2.0), (20.0, 0.0)]), None);
        assert_eq!(exponent(&[(10.0, 2.0), (10.0, 3.0)]), None);
    }
}
