//! A QGIS style: one group of rules for each legend, drawn one over the other.
//!
//! The format has no specification but QGIS itself; the elements here are those that QGIS
//! 3.22 and later write and read. Each value is written twice, as newer and as older versions
//! look for it.

use std::io;

use quick_xml::Writer;

use super::kinds::Family;
use crate::words::XmlOnly;
use crate::{Class, Legend, Symbol};

type Xml = Writer<XmlOnly<Vec<u8>>>;

/// The style of a table that holds geometries of one family.
pub(super) fn qml(legends: &[Legend], family: Family) -> io::Result<String> {
    let mut xml = Writer::new_with_indent(XmlOnly(Vec::new()), b' ', 1);
    let style = xml.create_element("qgis");
    let style = style.with_attributes([("version", "3.22"), ("styleCategories", "Symbology")]);
    style.write_inner_content(|xml| {
        let renderer = xml.create_element("renderer-v2");
        // With levels, what comes later in the list of legends lies on top everywhere.
        let rules = renderer.with_attributes([("type", "RuleRenderer"), ("symbollevels", "1")]);
        rules.write_inner_content(|xml| renderer_content(xml, legends, family))?;
        Ok(())
    })?;
    Ok(xml.into_inner().into_text())
}

fn renderer_content(xml: &mut Xml, legends: &[Legend], family: Family) -> io::Result<()> {
    let mut symbols = Vec::new();
    let rules = xml.create_element("rules").with_attribute(("key", "rules"));
    rules.write_inner_content(|xml| {
        for (level, legend) in legends.iter().enumerate() {
            let key = format!("legend-{level}");
            let attributes = [("key", key.as_str()), ("label", legend.title.as_str())];
            xml.create_element("rule").with_attributes(attributes).write_inner_content(|xml| {
                for class in &legend.classes {
                    rule(xml, legend, class, symbols.len())?;
                    symbols.push((level, class.symbol));
                }
                Ok(())
            })?;
        }
        Ok(())
    })?;
    xml.create_element("symbols").write_inner_content(|xml| {
        let mut numbered = symbols.iter().enumerate();
        numbered.try_for_each(|(number, (level, each))| symbol(xml, number, *level, *each, family))
    })?;
    Ok(())
}

fn rule(xml: &mut Xml, legend: &Legend, class: &Class, symbol: usize) -> io::Result<()> {
    let quoted = |text: &str, quote: &str| {
        format!("{quote}{}{quote}", text.replace(quote, &quote.repeat(2)))
    };
    let filter = legend
        .property
        .as_ref()
        .map(|property| format!("{} = {}", quoted(property, "\""), quoted(&class.value, "'")));
    let (key, symbol) = (format!("class-{symbol}"), symbol.to_string());
    let attributes = [("key", key.as_str()), ("label", &class.label), ("symbol", &symbol)];
    let filter = filter.as_deref().map(|filter| ("filter", filter));
    let rule = xml.create_element("rule").with_attributes(attributes.into_iter().chain(filter));
    rule.write_empty()?;
    Ok(())
}

fn symbol(
    xml: &mut Xml,
    number: usize,
    level: usize,
    symbol: Symbol,
    family: Family,
) -> io::Result<()> {
    let Symbol { colour: [red, green, blue], opacity, width } = symbol;
    let colour = |opacity: u8| format!("{red},{green},{blue},{opacity}");
    let width = width.to_string();
    let (kind, class, values) = match family {
        Family::Point => {
            let outline = "255,255,255,255".to_owned();
            let values = vec![
                ("name", "circle".to_owned()),
                ("color", colour(opacity)),
                ("outline_color", outline),
                ("size", width),
                ("size_unit", "Pixel".to_owned()),
            ];
            ("marker", "SimpleMarker", values)
        }
        Family::Line | Family::Collection => {
            let values = vec![
                ("line_color", colour(opacity)),
                ("line_width", width),
                ("line_width_unit", "Pixel".to_owned()),
                ("capstyle", "flat".to_owned()),
                ("joinstyle", "round".to_owned()),
            ];
            ("line", "SimpleLine", values)
        }
        Family::Polygon => {
            let values = vec![
                ("color", colour(opacity)),
                ("style", "solid".to_owned()),
                ("outline_color", colour(255)),
                ("outline_width", width),
                ("outline_width_unit", "Pixel".to_owned()),
            ];
            ("fill", "SimpleFill", values)
        }
    };
    let (number, level) = (number.to_string(), level.to_string());
    let element = xml.create_element("symbol");
    let attributes = [("type", kind), ("name", number.as_str()), ("alpha", "1")];
    element.with_attributes(attributes).write_inner_content(|xml| {
        let layer = xml.create_element("layer");
        let attributes = [("class", class), ("enabled", "1"), ("pass", level.as_str())];
        layer.with_attributes(attributes).write_inner_content(|xml| {
            let map = xml.create_element("Option").with_attribute(("type", "Map"));
            map.write_inner_content(|xml| {
                values.iter().try_for_each(|(name, value)| {
                    let option = xml.create_element("Option");
                    let attributes = [("type", "QString"), ("name", name), ("value", value)];
                    option.with_attributes(attributes).write_empty().map(|_| ())
                })
            })?;
            values.iter().try_for_each(|(name, value)| {
                let prop = xml.create_element("prop");
                prop.with_attributes([("k", *name), ("v", value)]).write_empty().map(|_| ())
            })
        })?;
        Ok(())
    })?;
    Ok(())
}
