//! The tables: `dossier.toml`, `instruments.toml`, `figures.toml`.

use std::collections::{BTreeSet, HashSet};

use super::{Ids, Validation, metres, point_known, unknown};
use crate::dossier::claim;
use crate::dossier::ellipsoids;
use crate::dossier::figure::FigureFile;
use crate::dossier::instrument::{InstrumentStatus, is_date};
use crate::dossier::manifest::{DATUM, FORMAT, Manifest};
use crate::dossier::{
    Band, BoundaryPoint, Division, DrawnClaim, Figure, Instrument, Party, Relation, Scope, Sector,
    Segment,
};
use crate::drawn::{SCALE, is_scale};
use crate::geodesy::Ellipsoid;
use crate::io::Source;
use crate::line::Side;
use crate::problem::Fault;
use crate::quantity::Dimension;
use crate::wording::echoed;

impl Validation {
    /// `dossier.toml`; gives the parties, left then right.
    pub(in crate::dossier) fn manifest(
        &mut self,
        file: &Source,
        facts: &Manifest,
    ) -> Option<[Party; 2]> {
        for (field, given, wanted) in
            [("format", &facts.format, FORMAT), ("datum", &facts.datum, DATUM)]
        {
            if given != wanted {
                let value = format!("`{given}`");
                self.note(file, "", [Err(Fault::Value { field, value, wanted })]);
            }
        }
        for (field, text) in [("licence", &facts.licence), ("attribution", &facts.attribution)] {
            // An empty one would look as if there were none to keep.
            if let Some(text) = text.as_ref().filter(|text| text.trim().is_empty()) {
                let value = format!("`{}`", text.escape_debug());
                let wanted = "a text, or left out";
                self.note(file, "", [Err(Fault::Value { field, value, wanted })]);
            }
        }
        let sound_id = Ids::new("dossier").admit(&facts.id);
        self.note(file, "", [sound_id]);
        for party in &facts.parties {
            // These two are positions of points; the other columns are ids of parties.
            if matches!(party.id.as_str(), "" | "line" | "none") {
                let value = format!("`{}`", party.id);
                let wanted = "anything but `line`, `none` and nothing";
                self.note(file, "[[party]]", [Err(Fault::Value { field: "id", value, wanted })]);
            }
        }
        let mut keys = Ids::new("source");
        for reference in &facts.references {
            self.note(file, &format!("source `{}`", reference.key), [keys.admit(&reference.key)]);
        }
        self.note(file, "[line]", [metres("accuracy_m", facts.line.accuracy_m)]);
        self.cited(file, "[line]", [&facts.line.accuracy_source]);
        if let Some(band) = facts.band.between() {
            self.band(file, band);
        }
        self.parties(file, &facts.parties)
    }

    /// `ellipsoids` in `dossier.toml`.
    pub(in crate::dossier) fn ellipsoids(
        &mut self,
        file: &Source,
        names: &[String],
    ) -> Vec<Ellipsoid> {
        let found = names.iter().filter_map(|name| self.keep(file, "", ellipsoids::named(name)));
        found.collect()
    }

    /// `[band]` in `dossier.toml`.
    fn band(&mut self, file: &Source, band: &Band) {
        let ends = [metres("fine_m", band.fine_m), metres("coarse_m", band.coarse_m)];
        self.note(file, "[band]", ends);
        if band.fine_m > band.coarse_m {
            let value =
                format!("{} and coarse_m is {}", echoed(band.fine_m), echoed(band.coarse_m));
            let wanted = "no greater than coarse_m";
            self.note(file, "[band]", [Err(Fault::Value { field: "fine_m", value, wanted })]);
        }
        self.cited(file, "[band]", &band.sources);
    }

    /// Names in other languages: none is empty, and stretches are those of segments.
    pub(in crate::dossier) fn names(
        &mut self,
        file: &Source,
        facts: &Manifest,
        segments: &[Segment],
    ) {
        self.note(file, "[names]", [facts.names.check()]);
        for party in &facts.parties {
            self.note(file, &format!("party `{}`", party.id), [party.names.check()]);
        }
        let known: BTreeSet<&str> =
            segments.iter().filter_map(|segment| segment.facts.stretch.as_deref()).collect();
        // If there are no segments, that is the fault to report.
        let lost = segments.is_empty() || self.faulty.contains(&("scope", String::new()));
        for (name, stretch) in &facts.stretch {
            let place = format!("[stretch.{name}]");
            self.note(file, &place, [stretch.names.check()]);
            if !known.contains(name.as_str()) && !lost {
                let known = known.iter().copied().collect::<Vec<_>>().join(", ");
                let fault = Fault::Unknown { kind: "stretch", key: name.clone(), known };
                self.note(file, &place, [Err(fault)]);
            }
        }
    }

    /// The party on the left and the one on the right.
    fn parties(&mut self, file: &Source, parties: &[Party]) -> Option<[Party; 2]> {
        let fault = |field, value, wanted| Err(Fault::Value { field, value, wanted });
        let both = "given twice, with different ids, one on the left and one on the right";
        let outcome = match parties {
            [one, other] if one.id == other.id => {
                fault("id", format!("`{}` for both parties", one.id), "different for each")
            }
            [one, other] => match (one.side, other.side) {
                (Side::Left, Side::Right) => Ok([one.clone(), other.clone()]),
                (Side::Right, Side::Left) => Ok([other.clone(), one.clone()]),
                (Side::Left, Side::Left) => {
                    fault("side", "`left` for both parties".to_owned(), "`right` for one of them")
                }
                (Side::Right, Side::Right) => {
                    fault("side", "`right` for both parties".to_owned(), "`left` for one of them")
                }
            },
            [_] => fault("party", "given once".to_owned(), both),
            more => fault("party", format!("given {} times", more.len()), both),
        };
        self.keep(file, "[[party]]", outcome)
    }

    /// `instruments.toml`.
    pub(in crate::dossier) fn instruments(&mut self, file: &Source, instruments: &[Instrument]) {
        self.instruments = instruments.iter().map(|each| each.id.clone()).collect();
        let mut ids = Ids::new("instrument");
        for instrument in instruments {
            let place = format!("instrument `{}`", instrument.id);
            self.note(file, &place, [ids.admit(&instrument.id)]);
            let dates = instrument.dates().filter(|(_, date)| !is_date(date));
            let wanted = "a date as in 1994, 1994-04 or 1994-04-26";
            self.note(
                file,
                &place,
                dates.map(|(field, date)| {
                    Err(Fault::Value { field, value: format!("`{date}`"), wanted })
                }),
            );
            let related = instrument.relations();
            let ids = related.iter().flat_map(|(_, ids)| ids.iter());
            let known: Vec<_> = ids.map(|id| self.instrument_known(id)).collect();
            self.note(file, &place, known);
            if let Some(scale) = instrument.map_scale.filter(|scale| !is_scale(*scale)) {
                let (field, value) = ("map_scale", echoed(scale));
                self.note(file, &place, [Err(Fault::Value { field, value, wanted: SCALE })]);
            }
            for (field, _) in related.into_iter().filter(|(_, ids)| ids.contains(&instrument.id)) {
                let value = "the instrument itself".to_owned();
                let wanted = "ids of other instruments";
                self.note(file, &place, [Err(Fault::Value { field, value, wanted })]);
            }
            let never = instrument.status == Some(InstrumentStatus::NeverInForce);
            if let Some(date) = instrument.in_force.as_ref().filter(|_| never) {
                let value = format!("`{}`", date.escape_debug());
                let wanted = "left out where `status` is `never-in-force`";
                self.note(file, &place, [Err(Fault::Value { field: "in_force", value, wanted })]);
            }
            self.cited(file, &place, &instrument.sources);
        }
    }

    /// `figures.toml`.
    pub(in crate::dossier) fn figures(
        &mut self,
        file: &Source,
        raw: FigureFile,
        segments: &[Segment],
        points: &[BoundaryPoint],
    ) -> (Vec<Figure>, Vec<Relation>) {
        let mut ids = Ids::new("figure");
        let known: HashSet<_> = points.iter().map(|point| point.id.clone()).collect();
        let mut figures = Vec::new();
        for raw in raw.figures {
            let place = format!("figure `{}`", raw.id);
            self.note(file, &place, [ids.admit(&raw.id)]);
            let id = raw.id.clone();
            let checked = raw.check();
            let Some(figure) = self.keep(file, &place, checked) else {
                self.lose("figure", &id);
                continue;
            };
            self.cited(file, &place, [&figure.source]);
            let ends =
                figure.between.iter().chain(&figure.along).flatten().chain(&figure.from_line);
            self.note(file, &place, ends.map(|id| point_known(&known, id)));
            self.note(file, &place, [measurable(&figure, segments)]);
            figures.push(figure);
        }
        let mut ids = Ids::new("relation");
        let mut relations = Vec::new();
        for raw in raw.relations {
            let place = format!("relation `{}`", raw.id);
            let named = ids.admit(&raw.id).and_then(|()| closure_id(&raw.id));
            self.note(file, &place, [named]);
            let checked = raw.check(&figures);
            let Some(relation) = self.keep(file, &place, checked) else { continue };
            if !relation.sources.is_empty() {
                self.cited(file, &place, &relation.sources);
            }
            relations.push(relation);
        }
        (figures, relations)
    }

    /// `[division]` in `dossier.toml`: an area and shares of it.
    pub(in crate::dossier) fn division(
        &mut self,
        file: &Source,
        division: Option<&Division>,
        figures: &[Figure],
    ) {
        let Some(division) = division else { return };
        let place = "[division]";
        self.figures_known(file, place, division.shares.values(), figures);
        self.parties_known(file, place, division.shares.keys());
        for (instrument, settlement) in &division.settlements {
            let known = self.instrument_known(instrument);
            self.note(file, place, [known]);
            let amounts = settlement.area.iter().chain(settlement.awards.values());
            self.amounts(file, place, amounts, figures);
            self.parties_known(file, place, settlement.awards.keys());
        }
        self.amounts(file, place, std::iter::once(&division.area), figures);
        let is_share = |id: &&String| {
            let ratio = |figure: &Figure| figure.unit.dimension == Dimension::Ratio;
            figures.iter().all(|figure| figure.id != **id || ratio(figure))
        };
        for share in division.shares.values().filter(|id| !is_share(id)) {
            let (field, value) = ("shares", format!("`{share}`"));
            self.note(file, place, [Err(Fault::Value { field, value, wanted: "a figure in %" })]);
        }
    }
}

impl Validation {
    /// `[[depiction]]` in `dossier.toml`: whose claim older depictions draw, and where.
    pub(in crate::dossier) fn claims(
        &mut self,
        file: &Source,
        claims: &[DrawnClaim],
        sectors: &[Sector],
    ) {
        for claim in claims {
            let place = format!("depiction `{}`", claim.source);
            self.cited(file, &place, [&claim.source]);
            self.parties_known(file, &place, std::iter::once(&claim.claim));
            let known = || sectors.iter().map(|sector| sector.id.as_str());
            let lost = claim.sectors.iter().filter(|id| known().all(|known| known != **id));
            let list = || known().collect::<Vec<_>>().join(", ");
            let faults: Vec<_> = lost.map(|id| Err(unknown("sector", id, &list()))).collect();
            self.note(file, &place, faults);
        }
    }
}

/// Relations become findings; those of other kinds have ids of their own.
fn closure_id(id: &str) -> Result<(), Fault> {
    if claim::name(id).is_some() {
        return Ok(());
    }
    let value = format!("`{id}`");
    Err(Fault::Value { field: "id", value, wanted: "`closure/` and a name, for a relation" })
}

/// A scope `line/NAME` must name something that can be measured, a bearing needs
/// two points, and a distance must be a length.
fn measurable(figure: &Figure, segments: &[Segment]) -> Result<(), Fault> {
    let scope = &figure.scope;
    if matches!(scope, Scope::Stretch(_) | Scope::WithoutSea)
        && !segments.iter().any(|it| scope.holds(it))
    {
        let known = "line/land, line/water, line/sea, line/without-sea, line/NAME for a `stretch` of a segment";
        return Err(unknown("scope", &scope.to_string(), known));
    }
    let between = usize::from(figure.between.is_some()) + usize::from(figure.along.is_some());
    let ends = between + usize::from(figure.from_line.is_some());
    let misplaced = |field, wanted| Err(Fault::Value { field, value: "given".to_owned(), wanted });
    let twice = figure.between.iter().chain(&figure.along).any(|[a, b]| a == b);
    match figure.bearing {
        _ if twice => misplaced("between", "two different points"),
        Some(_) if figure.between.is_none() => misplaced("bearing", "left out without `between`"),
        _ if between > 1 => misplaced("along", "left out where `between` is given"),
        _ if ends > 1 => misplaced("from_line", "left out where `between` or `along` is given"),
        _ if ends == 1 && figure.unit.dimension != Dimension::Length => {
            misplaced("between", "left out for a figure that is no length")
        }
        _ => Ok(()),
    }
}
