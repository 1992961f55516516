//! The part with two axes of a system that has heights as well: what a file is measured by. What
//! the heights count from changes nothing there.

use treatyline_crs::internal::Node;

/// Words of compound systems, and of one with an epoch, none of which is a part of another.
const WHOLE: [&str; 3] = ["COMPD_CS", "COMPOUNDCRS", "COORDINATEMETADATA"];
/// Words of vertical systems in either edition of WKT, and Esri's.
const VERTICAL: [&str; 4] = ["VERT_CS", "VERTCS", "VERTCRS", "VERTICALCRS"];

/// The horizontal part of well-known text that has a vertical one: of a compound system, or of a
/// system with a vertical one behind it, as `.prj` files have it; `None` for any other text.
pub(super) fn plane_of_wkt(text: &str) -> Option<&str> {
    let members = members(text)?;
    if let [plane, heights @ ..] = &members[..]
        && !heights.is_empty()
    {
        let is_whole = WHOLE.contains(&word(plane).as_str());
        return (!is_whole && heights.iter().all(|member| is_vertical(member))).then_some(*plane);
    }
    let (_, body) = text.split_once(['[', '('])?;
    if !["COMPD_CS", "COMPOUNDCRS"].contains(&word(text).as_str()) {
        return None;
    }
    let body = body.trim_end().strip_suffix([']', ')'])?;
    let parts: Vec<&str> =
        self::members(body)?.into_iter().filter(|part| part.contains(['[', '('])).collect();
    let plane = parts.iter().find(|part| !part.starts_with('"') && !is_vertical(part))?;
    if WHOLE.contains(&word(plane).as_str()) {
        return None;
    }
    parts.iter().any(|part| is_vertical(part)).then_some(*plane)
}

/// The horizontal part of a name of a compound system: of `EPSG:25832+7837`, of
/// `urn:ogc:def:crs,crs:EPSG::25832,crs:EPSG::7837`; `None` for any other name.
pub(super) fn plane_of_name(name: &str) -> Option<String> {
    if let Some(parts) = of_urn(name) {
        let first = parts.split(',').next()?.trim();
        let code = first.get(..4).filter(|start| start.eq_ignore_ascii_case("crs:"))?;
        return Some(first[code.len()..].to_owned());
    }
    if let Some((_, query)) = name.split_once("/def/crs-compound?") {
        let parts: Vec<&str> = query.split('&').collect();
        let plane = parts.iter().find_map(|part| part.strip_prefix("1="))?;
        return (!plane.contains("crs-compound")).then(|| plane.to_owned());
    }
    let (plane, heights) = name.split_once('+')?;
    let is_parameter = name.contains('=') || plane.trim().is_empty() || heights.trim().is_empty();
    (!is_parameter).then(|| plane.trim().to_owned())
}

/// The systems of a compound URN, each with `crs:` before it.
fn of_urn(name: &str) -> Option<&str> {
    const URN: &str = "urn:ogc:def:crs,";
    let start = name.get(..URN.len())?;
    start.eq_ignore_ascii_case(URN).then(|| &name[URN.len()..])
}

/// Whether the coordinates that a geographic system in WKT describes have a height.
pub(super) fn has_height(system: &Node) -> bool {
    let axes = system.children.iter().filter(|child| child.word == "AXIS").count();
    system.child("CS").and_then(|axes| axes.number(1)) == Some(3.0) || axes > 2
}

fn is_vertical(member: &str) -> bool {
    VERTICAL.contains(&word(member).as_str())
}

/// The word before the first bracket, in capital letters.
pub(super) fn word(text: &str) -> String {
    text.split(['[', '(']).next().unwrap_or_default().trim().to_uppercase()
}

/// The parts of a text between commas that are in no brackets and no quotes; `None` where brackets
/// do not match.
fn members(text: &str) -> Option<Vec<&str>> {
    let (mut found, mut start, mut depth, mut is_quoted) = (Vec::new(), 0, 0_usize, false);
    for (at, character) in text.char_indices() {
        match character {
            '"' => is_quoted = !is_quoted,
            _ if is_quoted => {}
            '[' | '(' => depth += 1,
            ']' | ')' => depth = depth.checked_sub(1)?,
            ',' if depth == 0 => {
                found.push(text[start..at].trim());
                start = at + 1;
            }
            _ => {}
        }
    }
    found.push(text[start..].trim());
    (depth == 0 && !is_quoted).then_some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    const UTM: &str = r#"PROJCS["a, [b",GEOGCS["c",DATUM["d",SPHEROID["e",6378137,298.25]]]]"#;

    #[test]
    fn the_plane_is_found_in_every_notation() {
        let heights = r#"VERT_CS["h",VERT_DATUM["h",2005]]"#;
        for text in [
            format!(r#"{UTM},VERTCS["NAVD_1988",VDATUM["x"],UNIT["Meter",1.0]]"#),
            format!("{UTM}, {heights}"),
            format!(r#"COMPD_CS["a + h",{UTM},{heights},AUTHORITY["EPSG","1"]]"#),
            format!(r#"COMPOUNDCRS["a (b)",{UTM},VERTCRS["h"]]"#),
        ] {
            assert_eq!(plane_of_wkt(&text), Some(UTM), "{text}");
        }
        let others = [
            UTM,
            "",
            "]",
            "COMPD_CS[",
            r#"COMPD_CS["a"]"#,
            r#"A["x"],B["y"]"#,
            r#"COMPD_CS["a",VERTCS["h"]]"#,
            r#"COMPD_CS["a",COMPD_CS["b",GEOGCS["c"],VERTCS["h"]],VERTCS["h"]]"#,
            r#"COMPD_CS["b",GEOGCS["c"],VERTCS["h"]],VERTCS["h"]"#,
        ];
        for text in others {
            assert_eq!(plane_of_wkt(text), None, "{text}");
        }
        for (name, plane) in [
            ("EPSG:25832+7837", "EPSG:25832"),
            ("EPSG:25832+EPSG:7837", "EPSG:25832"),
            ("ETRS89 / UTM zone 32N + DHHN2016 height", "ETRS89 / UTM zone 32N"),
            ("urn:ogc:def:crs,crs:EPSG::25832,crs:EPSG::7837", "EPSG::25832"),
            ("URN:OGC:DEF:CRS,crs:EPSG:6.12:3395,crs:EPSG:6.12:5701", "EPSG:6.12:3395"),
            (
                "http://www.opengis.net/def/crs-compound?1=http://www.opengis.net/def/crs/EPSG/0/3395&2=http://www.opengis.net/def/crs/EPSG/0/5701",
                "http://www.opengis.net/def/crs/EPSG/0/3395",
            ),
        ] {
            assert_eq!(plane_of_name(name).as_deref(), Some(plane), "{name}");
        }
        for name in ["+proj=utm +zone=44", "EPSG:25832", "urn:ogc:def:crs:EPSG::25832", "+", "é"] {
            assert_eq!(plane_of_name(name), None, "{name}");
        }
    }
}
