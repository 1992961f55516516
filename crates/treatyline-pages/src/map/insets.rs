//! What is shown larger: chosen from the data, and only where that magnifies.

use geo::Coord;
use treatyline::dossier::Dossier;
use treatyline::internal::dossier::{BoundaryPoint, Language, PointKind};
use treatyline::line::Line;
use treatyline::quantity::Metres;

use super::model::{Inset, Window, line_along};
use super::stretches::called;
use super::view::Ground;
use super::words::Words;

/// The number of insets that fit on a page.
const MOST: usize = 4;

/// And of sectors among them.
const SECTORS_SHOWN: usize = 2;

/// How many times the accuracy of a tripoint its inset shows around it: enough to see
/// how far from it the line ends.
const TIMES_ACCURACY: f64 = 6.0;

/// And how many times the distance to the line.
const TIMES_AWAY: f64 = 1.3;

/// Points of the line nearer to each other than this share of the map's height or width cannot all
/// have a label: 30 pixels of 800.
const CROWDED: f64 = 0.038;

/// Fewer points find places for their labels.
const CROWD: usize = 3;

/// The ends of the line where three states meet, the first sectors along the line that an instrument
/// settled and whose place on it is known, and, if there is room for more, where points are crowded.
pub(super) fn insets(
    dossier: &Dossier,
    line: &Line,
    ground: &Ground,
    language: &Language,
) -> Vec<Inset> {
    let facts = dossier.line_facts();
    let [start, end] = [&facts.start, &facts.end].map(|id| end(dossier.point(id)?, line, language));
    let word = Words::in_language(language).points;
    let settled = dossier.sectors().iter().filter(|sector| sector.facts.settled_by.is_some());
    let sectors = settled.filter_map(|sector| {
        let points = sector.facts.points.as_ref();
        let points = points.map_or_else(String::new, |points| format!("{word}{points}"));
        let outlines = sector.polygons.iter().flat_map(|polygon| polygon.exterior().0.clone());
        let path: Vec<Coord> =
            line_along(sector, line)?.vertices().iter().copied().chain(outlines).collect();
        let name = sector.facts.names.or(language, &sector.facts.name).to_owned();
        let window = Window::Along(path);
        Some(Inset { title: format!("{name}{points}"), name, window, is_crowd: false })
    });
    let sectors: Vec<Inset> = sectors.take(SECTORS_SHOWN).collect();
    let taken = start.iter().count() + sectors.len() + end.iter().count();
    let crowds = crowds(dossier, line, ground, language).into_iter();
    let crowds = crowds.take(MOST.saturating_sub(taken));
    start.into_iter().chain(sectors).chain(crowds).chain(end).collect()
}

/// An end of the line, if three states meet there: anywhere else nothing is to be seen of it but the
/// line itself.
fn end(point: &BoundaryPoint, line: &Line, language: &Language) -> Option<Inset> {
    let at = point.place.filter(|_| point.kind == PointKind::Tripoint)?;
    // Another line may end farther away, and its end must be seen.
    let off_m = line.locate(at).distance.value();
    let radius_m = (point.accuracy_m * TIMES_ACCURACY).max(off_m * TIMES_AWAY);
    let window = Window::Around(at, radius_m.clamp(100.0, 1e5));
    let name = point.names.or(language, &point.name).to_owned();
    Some(Inset { title: name.clone(), name, window, is_crowd: false })
}

/// Where neighbouring points of the line are too near to each other on the map, the largest crowd
/// first.
fn crowds(dossier: &Dossier, line: &Line, ground: &Ground, language: &Language) -> Vec<Inset> {
    let near_m = CROWDED * size_m(ground);
    let is_numbered = |point: &&BoundaryPoint| point.kind == PointKind::BoundaryPoint;
    let points = dossier.points().iter().filter(is_numbered).filter_map(|point| {
        let found = line.locate(point.place?);
        (found.distance.value() <= near_m).then_some((found.chainage, point))
    });
    let mut points: Vec<(Metres, &BoundaryPoint)> = points.collect();
    points.sort_by(|a, b| a.0.value().total_cmp(&b.0.value()));
    let groups = points.chunk_by(|a, b| (b.0 - a.0).value() < near_m);
    let mut groups: Vec<_> = groups.filter(|group| group.len() >= CROWD).collect();
    groups.sort_by_key(|group| std::cmp::Reverse(group.len()));
    groups.into_iter().filter_map(|group| crowd(dossier, line, ground, language, group)).collect()
}

fn crowd(
    dossier: &Dossier,
    line: &Line,
    ground: &Ground,
    language: &Language,
    group: &[(Metres, &BoundaryPoint)],
) -> Option<Inset> {
    let [(from, first), .., (to, last)] = group else { return None };
    let path = line.cut(*from, *to).ok()?.vertices().to_vec();
    // What would not be twice as large is no inset.
    if size_m(&Ground::from_places(&path)) > 0.2 * size_m(ground) {
        return None;
    }
    let middle = Metres::new(f64::midpoint(from.value(), to.value()));
    let stretch = stretch_at(dossier, line.at(middle));
    let title = stretch.and_then(|id| called(dossier, id, language)).unwrap_or_else(|| {
        let [first, last] = [first, last].map(|it| it.names.or(language, &it.name));
        format!("{first} – {last}")
    });
    Some(Inset { name: title.clone(), title, window: Window::Along(path), is_crowd: true })
}

/// The name of the stretch that runs through a place.
fn stretch_at(dossier: &Dossier, place: Coord) -> Option<&str> {
    let along_m = dossier.line().locate(place).chainage.value();
    let ends = dossier.segment_ends();
    let at = ends.iter().position(|[from_m, to_m]| (*from_m..=*to_m).contains(&along_m))?;
    dossier.segments().get(at)?.facts.stretch.as_deref()
}

/// The larger of height and width, in metres, roughly.
fn size_m(ground: &Ground) -> f64 {
    let [south, north] = ground.latitudes;
    let [west, east] = ground.longitudes;
    let width_deg = (east - west) * ground.middle_deg().to_radians().cos();
    (north - south).max(width_deg).to_radians() * 6_371_008.8
}

#[cfg(test)]
mod tests {
    use super::*;

    fn insets_of(dossier: &Dossier) -> Vec<Inset> {
        let ground = Ground::from_places(dossier.line().vertices());
        insets(dossier, dossier.line(), &ground, &Language::ENGLISH)
    }

    #[test]
    fn ends_where_three_states_meet_and_sectors_are_shown() {
        let found = insets_of(Dossier::embedded());
        assert_eq!(found.len(), 4);
        assert!(found.iter().all(|inset| !inset.is_crowd));
    }
}
