//! The growth as a picture: time against lines, both by powers of ten, so that a straight line of slope one is what grows in
//! proportion. Time is in units of the smallest parse, since seconds are of one machine.

use std::ops::Range;

use plotters::chart::SeriesLabelPosition;
use plotters::prelude::{
    BLACK, ChartBuilder, Circle, Color, IntoDrawingArea, IntoLogRange, LineSeries, PathElement, RGBColor, SVGBackend,
    WHITE,
};

use super::case::What;
use super::command::Workspace;
use super::growth::Point;
use super::rounds::Results;
use super::statistics::number;

const SIZE: (u32, u32) = (960, 600);
const FONT: (&str, u32) = ("sans-serif", 19);

/// The lines of the picture.
const CURVES: [(What, &str, RGBColor); 5] = [
    (What::Cold, "cold", RGBColor(200, 60, 40)),
    (What::Parse, "bare parallel parse by syn", RGBColor(120, 120, 120)),
    (What::BodyChanged, "one file changed", RGBColor(220, 150, 30)),
    (What::Warm, "warm", RGBColor(40, 130, 70)),
    (
        What::CountLines,
        "reading and counting every line",
        RGBColor(60, 100, 190),
    ),
];

/// One curve, in lines and in units.
struct Curve {
    label: &'static str,
    color: RGBColor,
    points: Vec<(f64, f64)>,
    /// Those of real workspaces, which are no part of the line.
    others: Vec<(f64, f64)>,
}

/// The picture of the made workspaces, with the real ones beside them, as SVG.
pub(crate) fn growth(points: &[Point], workspaces: &[Workspace]) -> Result<String, String> {
    let smallest = points.first().and_then(|point| point.results.seconds(What::Parse));
    let unit = smallest.ok_or("nothing was measured that could be drawn")?;
    let at = |lines: usize, results: &Results, what| Some((number(lines), results.seconds(what)? / unit));
    let curves = CURVES.map(|(what, label, color)| Curve {
        label,
        color,
        points: points
            .iter()
            .filter_map(|point| at(point.lines, &point.results, what))
            .collect(),
        others: workspaces
            .iter()
            .filter_map(|workspace| at(workspace.lines, &workspace.checks, what))
            .collect(),
    });
    let mut text = String::new();
    draw(&mut text, &curves).map_err(|error| error.to_string())?;
    Ok(text)
}

fn draw(text: &mut String, curves: &[Curve]) -> Result<(), Box<dyn std::error::Error>> {
    let area = SVGBackend::with_string(text, SIZE).into_drawing_area();
    area.fill(&WHITE)?;
    let all = || curves.iter().flat_map(|curve| curve.points.iter().chain(&curve.others));
    let mut chart = ChartBuilder::on(&area)
        .margin(16)
        .x_label_area_size(56)
        .y_label_area_size(80)
        .build_cartesian_2d(
            around(all().map(|point| point.0)).log_scale(),
            around(all().map(|point| point.1)).log_scale(),
        )?;
    chart
        .configure_mesh()
        .light_line_style(WHITE)
        .label_style(FONT)
        .x_desc("lines of code")
        .y_desc("time, in parses of the smallest")
        .x_label_formatter(&|lines| label(*lines))
        .y_label_formatter(&|units| label(*units))
        .draw()?;
    for curve in curves {
        let color = curve.color;
        let line = LineSeries::new(curve.points.iter().copied(), color.stroke_width(2)).point_size(3);
        chart
            .draw_series(line)?
            .label(curve.label)
            .legend(move |(x, y)| PathElement::new([(x, y), (x + 20, y)], color.stroke_width(2)));
        let others = curve.others.iter();
        chart.draw_series(others.map(|&point| Circle::new(point, 4, color)))?;
    }
    chart
        .configure_series_labels()
        .position(SeriesLabelPosition::UpperLeft)
        .label_font(FONT)
        .background_style(WHITE)
        .border_style(BLACK.mix(0.3))
        .draw()?;
    area.present()?;
    Ok(())
}

/// The powers of ten around all numbers.
fn around(numbers: impl Iterator<Item = f64>) -> Range<f64> {
    let (least, most) = numbers.fold((f64::MAX, f64::MIN_POSITIVE), |(least, most), number| {
        (least.min(number), most.max(number))
    });
    let power = |exponent: f64| 10f64.powf(exponent);
    power(least.min(most).log10().floor())..power(most.log10().ceil())
}

/// 0.01, 1, 10 k, 1 M.
fn label(number: f64) -> String {
    if number >= 1e6 {
        format!("{} M", number / 1e6)
    } else if number >= 1e3 {
        format!("{} k", number / 1e3)
    } else if number >= 1.0 {
        format!("{number:.0}")
    } else {
        format!("{number:.3}").trim_end_matches('0').to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_axes_reach_around_all_numbers() {
        assert_eq!(around([20.0, 3_000.0].into_iter()), 10.0..10_000.0);
        assert_eq!(around([0.5].into_iter()), 0.1..1.0);
    }

    #[test]
    fn numbers_at_the_axes_are_short() {
        assert_eq!([1e-2, 1.0, 1e4, 1e7].map(label), ["0.01", "1", "10 k", "10 M"]);
    }

    #[test]
    fn every_curve_is_drawn_with_its_name() {
        let curves = CURVES.map(|(_, label, color)| Curve {
            label,
            color,
            points: vec![(1e4, 1.0), (1e6, 110.0)],
            others: vec![(5e5, 40.0)],
        });
        let mut text = String::new();
        draw(&mut text, &curves).unwrap();
        assert!(
            text.starts_with("<svg") && text.trim_end().ends_with("</svg>"),
            "{text}"
        );
        for (_, label, _) in CURVES {
            assert!(text.contains(label), "{label}");
        }
        assert!(text.matches("<polyline").count() >= CURVES.len(), "{text}");
        let again = {
            let mut again = String::new();
            draw(&mut again, &curves).unwrap();
            again
        };
        assert_eq!(text, again, "the same numbers give the same picture");
    }
}
