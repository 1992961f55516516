//! GeoJSON in another system than WGS 84, as it was before RFC 7946.
//!
//! All features are in memory before the first is converted: which operation is right depends on
//! where they are.

use serde_json::{Map, Value};

use super::frames::{Frame, Frames};
use super::general::{self, Parts, own_system};
use super::raw::{self, Wrong};
use super::stream::says_incomplete;
use super::window::CHUNK;
use crate::gather::{Gather, System};
use crate::input::Loaded;
use crate::problem::{Fault, Problem, Problems};
use crate::{Collection, FixKind};

/// Whether the beginning of a text, or all of it, has a `crs` of another system than WGS 84. A
/// `crs` elsewhere than GeoJSON has one, among properties, may be taken for one; what follows
/// reads the same then, only not as a stream.
pub(crate) fn states_another_system(text: &[u8]) -> bool {
    memchr::memmem::find_iter(text, b"\"crs\"").any(|at| {
        let rest = text.get(at + 5..).unwrap_or_default().trim_ascii_start();
        let Some(value) = rest.strip_prefix(b":") else { return false };
        let mut values = serde_json::Deserializer::from_slice(value).into_iter::<Value>();
        let Some(Ok(crs @ Value::Object(_))) = values.next() else { return false };
        System::of_member(&crs) != System::Wgs84
    })
}

/// Reads features of any system that the text or the user states.
pub(crate) fn read(loaded: &Loaded) -> Result<Collection, Problems> {
    let mut gather = Gather::new(loaded);
    let members = members(loaded)?;
    if says_incomplete(&members) {
        gather.fix(FixKind::SaysIncomplete, "", None);
    }
    each_frame(loaded, |frame, bytes, place| {
        let (Frame::Element(_, range) | Frame::Document(_, range)) = frame else { return Ok(()) };
        let mut value = parsed(&bytes[range.clone()], loaded, place(range.start))?;
        let mut of_collection = members.get("crs").filter(|crs| !crs.is_null());
        if matches!(frame, Frame::Document(..)) {
            of_collection = None;
            value = general::as_feature(value)
                .map_err(|(place, fault)| loaded.problem(place, fault))?;
        }
        let id = value.get("id").and_then(Value::as_str).map(str::to_owned);
        match own_system(&value).or(of_collection) {
            Some(stated) => {
                gather.system(&gather.place(id.as_deref()), &System::of_member(stated))?;
            }
            None => gather.system_by_convention()?,
        }
        match general::parts(value) {
            Ok(Parts { raw, properties }) => gather.add(id, Ok(raw), properties),
            Err((within, fault)) => gather.add_broken(id, &within, fault),
        }
    })?;
    gather.finish(members)
}

/// The members of the first collection, which may come after its features.
fn members(loaded: &Loaded) -> Result<Map<String, Value>, Problems> {
    let mut members = Map::new();
    each_frame(loaded, |frame, _, _| {
        if let Frame::Members(skeleton) = frame
            && members.is_empty()
        {
            members = skeleton.members().map_err(|(place, fault)| loaded.problem(place, fault))?;
        }
        Ok(())
    })?;
    Ok(members)
}

/// Calls a function with each frame, the bytes it lies in, and what names the place of one of them.
fn each_frame(
    loaded: &Loaded,
    mut call: impl FnMut(&Frame, &[u8], &dyn Fn(usize) -> String) -> Result<(), Problems>,
) -> Result<(), Problems> {
    let text = loaded.text()?;
    let mut frames = Frames::new(text.as_bytes(), usize::MAX, CHUNK).in_any_system();
    while let Some(batch) = frames.next_batch() {
        for frame in &batch.frames {
            if let Frame::Broken(place, fault) = frame {
                return Err(loaded.problem(place.clone(), fault.clone()).into());
            }
            let place = |at: usize| batch.origin.after(&batch.bytes[..at]).place();
            call(frame, &batch.bytes, &place)?;
        }
        frames.recycle(batch.bytes);
    }
    Ok(())
}

fn parsed(bytes: &[u8], loaded: &Loaded, place: String) -> Result<Value, Problem> {
    raw::parsed(bytes).map_err(|wrong| match wrong {
        Wrong::NotUtf8(offset) => loaded.problem(place, Fault::NotUtf8 { offset }),
        Wrong::NotJson(_, message) => loaded.problem(place, raw::fault(message)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Input, read};

    #[test]
    fn that_a_server_sent_a_part_only_is_said_in_any_system() {
        for (code, more, kinds) in
            [("EPSG:4326", r#""exceededTransferLimit":true,"#, 1), ("OGC:CRS84", "", 0)]
        {
            let text = format!(
                r#"{{"type":"FeatureCollection",{more}"features":[{{"type":"Feature","properties":{{}},"geometry":{{"type":"Point","coordinates":[8,50]}}}}]}}"#
            );
            let input = Input::bytes("x.geojson", text.into_bytes());
            let found = read(&input.with_crs(Some(code.to_owned()))).unwrap();
            let fixes: Vec<FixKind> = found.fixes.all().map(|fix| fix.kind).collect();
            assert_eq!(fixes, vec![FixKind::SaysIncomplete; kinds], "{code}");
        }
    }
}
