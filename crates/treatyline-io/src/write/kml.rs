//! KML 2.2 (OGC 07-147r2): attributes in columns of their types, a folder for each family
//! of geometries, colours from the legends.
//!
//! A feature has one style in KML. A line is drawn in the colour of its class in the last
//! legend, within a band in that of the first, which is Google's extension
//! (`gx:outerColor`); programs that do not know it show the line alone.

use std::io::{self, Write};

use geo::{Coord, LineString, Polygon};
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use super::columns::{Cell, Column, Kind, columns};
use super::description;
use super::kinds::{Family, tables};
use crate::words::XmlOnly;
use crate::{Class, Layer, Legend, NewFeature, Shape, Symbol};

type Xml<'a> = Writer<XmlOnly<&'a mut dyn Write>>;

/// A white dot that can have any colour; Google Earth has it built in.
const DOT: &str = "http://maps.google.com/mapfiles/kml/shapes/shaded_dot.png";

/// Writes the file.
pub(super) fn write(to: &mut dyn Write, layer: &Layer) -> io::Result<()> {
    let mut xml = Writer::new_with_indent(XmlOnly(to), b' ', 1);
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let kml = xml.create_element("kml").with_attributes([
        ("xmlns", "http://www.opengis.net/kml/2.2"),
        ("xmlns:gx", "http://www.google.com/kml/ext/2.2"),
    ]);
    kml.write_inner_content(|xml| {
        xml.create_element("Document").write_inner_content(|xml| document(xml, layer))?;
        Ok(())
    })?;
    xml.into_inner().write_all(b"\n")
}

fn document(xml: &mut Xml<'_>, layer: &Layer) -> io::Result<()> {
    text(xml, "name", layer.title())?;
    text(xml, "description", &description(layer))?;
    // The id is also a column: some versions of GDAL know only this one, some the other.
    let columns = columns(&layer.features, &["name", "description"]);
    let mut styles: Vec<Style<'_>> = Vec::new();
    for feature in &layer.features {
        let style = Style::for_feature(layer, feature);
        if !style.classes.is_empty() && !styles.contains(&style) {
            styles.push(style);
        }
    }
    styles.iter().enumerate().try_for_each(|(number, style)| style.write(xml, number))?;
    let schema = xml.create_element("Schema");
    let named = schema.with_attributes([("name", layer.name.as_str()), ("id", "attributes")]);
    named.write_inner_content(|xml| columns.iter().try_for_each(|column| field(xml, column)))?;
    for (name, features) in tables(layer) {
        xml.create_element("Folder").write_inner_content(|xml| {
            text(xml, "name", &name)?;
            features.iter().try_for_each(|feature| {
                let own = Style::for_feature(layer, feature);
                let style = styles.iter().position(|style| *style == own);
                placemark(xml, &columns, feature, style)
            })
        })?;
    }
    Ok(())
}

/// An element with text in it.
fn text(xml: &mut Xml<'_>, name: &str, value: &str) -> io::Result<()> {
    xml.create_element(name).write_text_content(BytesText::new(value))?;
    Ok(())
}

/// What a feature looks like: its class in each legend in which it has one.
#[derive(PartialEq)]
struct Style<'a> {
    family: Option<Family>,
    classes: Vec<&'a Class>,
}

impl<'a> Style<'a> {
    fn for_feature(layer: &'a Layer, feature: &NewFeature) -> Self {
        let class = |legend: &'a Legend| legend.class(&feature.properties);
        let classes = layer.legends.iter().filter_map(class).collect();
        Self { family: Family::from_shape(&feature.shape), classes }
    }

    /// Writes only what the geometry is drawn with, and an icon for every point: GDAL 3.6 aborts
    /// when it copies a style that has more or less.
    fn write(&self, xml: &mut Xml<'_>, number: usize) -> io::Result<()> {
        let (Some(first), Some(last)) = (self.classes.first(), self.classes.last()) else {
            return Ok(());
        };
        let (inner, outer) = (last.symbol, first.symbol);
        let id = format!("s{number}");
        let style = xml.create_element("Style").with_attribute(("id", id.as_str()));
        style.write_inner_content(|xml| match self.family {
            None => Ok(()),
            Some(Family::Point) => {
                xml.create_element("IconStyle").write_inner_content(|xml| {
                    text(xml, "color", &colour(inner, 255))?;
                    xml.create_element("Icon").write_inner_content(|xml| text(xml, "href", DOT))?;
                    Ok(())
                })?;
                Ok(())
            }
            Some(Family::Line) => line_style(xml, inner, outer),
            Some(Family::Polygon | Family::Collection) => {
                line_style(xml, inner, inner)?;
                xml.create_element("PolyStyle")
                    .write_inner_content(|xml| text(xml, "color", &colour(inner, inner.opacity)))?;
                Ok(())
            }
        })?;
        Ok(())
    }
}

fn line_style(xml: &mut Xml<'_>, inner: Symbol, outer: Symbol) -> io::Result<()> {
    xml.create_element("LineStyle").write_inner_content(|xml| {
        text(xml, "color", &colour(inner, 255))?;
        text(xml, "width", &inner.width.max(outer.width).to_string())?;
        if outer.width > inner.width {
            text(xml, "gx:outerColor", &colour(outer, outer.opacity))?;
            // The share of the width outside of the line.
            text(xml, "gx:outerWidth", &format!("{:.3}", 1.0 - inner.width / outer.width))?;
        }
        Ok(())
    })?;
    Ok(())
}

/// A colour in the order of KML: opacity, blue, green, red.
fn colour(symbol: Symbol, opacity: u8) -> String {
    let [red, green, blue] = symbol.colour;
    format!("{opacity:02x}{blue:02x}{green:02x}{red:02x}")
}

fn field(xml: &mut Xml<'_>, column: &Column) -> io::Result<()> {
    let kind = match column.kind {
        Kind::Bool => "bool",
        Kind::Integer => "int",
        Kind::Real => "double",
        Kind::Text | Kind::Json => "string",
    };
    let field = xml.create_element("SimpleField");
    field.with_attributes([("type", kind), ("name", column.name.as_str())]).write_empty()?;
    Ok(())
}

fn placemark(
    xml: &mut Xml<'_>,
    columns: &[Column],
    feature: &NewFeature,
    style: Option<usize>,
) -> io::Result<()> {
    let placemark = xml.create_element("Placemark").with_attribute(("id", feature.id.as_str()));
    placemark.write_inner_content(|xml| {
        let own = |name: &str| feature.properties.get(name)?.as_str();
        text(xml, "name", own("name").or(own("title")).unwrap_or(&feature.id))?;
        if let Some(number) = style {
            text(xml, "styleUrl", &format!("#s{number}"))?;
        }
        xml.create_element("ExtendedData").write_inner_content(|xml| {
            let data =
                xml.create_element("SchemaData").with_attribute(("schemaUrl", "#attributes"));
            data.write_inner_content(|xml| {
                columns.iter().try_for_each(|column| match column.cell(feature) {
                    Some(cell) => datum(xml, column, &cell),
                    None => Ok(()),
                })
            })?;
            Ok(())
        })?;
        geometry(xml, &feature.shape)
    })?;
    Ok(())
}

fn datum(xml: &mut Xml<'_>, column: &Column, cell: &Cell<'_>) -> io::Result<()> {
    let value = match cell {
        // The type `bool` of XML Schema, in its short form: all readers know it.
        Cell::Bool(value) => u8::from(*value).to_string(),
        other => other.text(),
    };
    let element = xml.create_element("SimpleData").with_attribute(("name", column.name.as_str()));
    element.write_text_content(BytesText::new(&value))?;
    Ok(())
}

fn geometry(xml: &mut Xml<'_>, shape: &Shape) -> io::Result<()> {
    match shape {
        Shape::None => Ok(()),
        Shape::Point(at) => point(xml, *at),
        Shape::Points(points) => several(xml, points, |xml, at| point(xml, *at)),
        Shape::Lines(lines) => several(xml, lines, |xml, line| self::line(xml, line)),
        Shape::Polygons(polygons) => several(xml, polygons, polygon),
        Shape::Mixed(shapes) => several(xml, shapes, geometry),
    }
}

/// One part by itself, several together.
fn several<T>(
    xml: &mut Xml<'_>,
    parts: &[T],
    write: impl Fn(&mut Xml<'_>, &T) -> io::Result<()>,
) -> io::Result<()> {
    if let [part] = parts {
        return write(xml, part);
    }
    let all = xml.create_element("MultiGeometry");
    all.write_inner_content(|xml| parts.iter().try_for_each(|part| write(xml, part)))?;
    Ok(())
}

fn point(xml: &mut Xml<'_>, at: Coord) -> io::Result<()> {
    xml.create_element("Point").write_inner_content(|xml| coordinates(xml, &[at]))?;
    Ok(())
}

fn line(xml: &mut Xml<'_>, path: &[Coord]) -> io::Result<()> {
    xml.create_element("LineString").write_inner_content(|xml| {
        // Along the ground, on the shortest way.
        text(xml, "tessellate", "1")?;
        coordinates(xml, path)
    })?;
    Ok(())
}

fn polygon(xml: &mut Xml<'_>, polygon: &Polygon) -> io::Result<()> {
    xml.create_element("Polygon").write_inner_content(|xml| {
        text(xml, "tessellate", "1")?;
        ring(xml, "outerBoundaryIs", polygon.exterior())?;
        polygon.interiors().iter().try_for_each(|hole| ring(xml, "innerBoundaryIs", hole))
    })?;
    Ok(())
}

fn ring(xml: &mut Xml<'_>, name: &str, ring: &LineString) -> io::Result<()> {
    xml.create_element(name).write_inner_content(|xml| {
        xml.create_element("LinearRing").write_inner_content(|xml| coordinates(xml, &ring.0))?;
        Ok(())
    })?;
    Ok(())
}

fn coordinates(xml: &mut Xml<'_>, path: &[Coord]) -> io::Result<()> {
    let places: Vec<String> = path.iter().map(|at| format!("{},{}", at.x, at.y)).collect();
    text(xml, "coordinates", &places.join(" "))
}
