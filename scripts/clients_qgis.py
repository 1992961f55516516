"""Loads exports in QGIS and prints, as one line of JSON, what it makes of them.

Run by scripts/clients.py, with the Python that QGIS is installed for.
"""

import json
import math
import os
import sys
from pathlib import Path

from qgis.core import (
    Qgis,
    QgsApplication,
    QgsCoordinateReferenceSystem,
    QgsDistanceArea,
    QgsMapRendererParallelJob,
    QgsMapSettings,
    QgsProject,
    QgsRenderContext,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QSize

ENDINGS = ["geojson", "geojsonl", "fgb", "gpkg", "kml", "parquet"]


def tables(path):
    whole = QgsVectorLayer(str(path), path.stem, "ogr")
    names = [name.split("!!::!!")[1] for name in whole.dataProvider().subLayers()]
    return [name for name in names if name != "layer_styles"]


def undrawn(layer):
    """The features that no rule of the style draws."""
    renderer = layer.renderer().clone()
    context = QgsRenderContext()
    context.expressionContext().appendScopes([])
    renderer.startRender(context, layer.fields())
    found = []
    for feature in layer.getFeatures():
        context.expressionContext().setFeature(feature)
        if feature.hasGeometry() and not renderer.willRenderFeature(feature, context):
            found.append(str(feature["id"]))
    renderer.stopRender(context)
    return found


def measured(layer):
    """Lengths by medium, on the ellipsoid and in the plane of the layer."""
    project = QgsProject.instance()
    found = {}
    for name, ellipsoid in [("ellipsoid WGS84", "EPSG:7030"), ("no ellipsoid, degrees", "NONE")]:
        measure = QgsDistanceArea()
        measure.setSourceCrs(layer.crs(), project.transformContext())
        measure.setEllipsoid(ellipsoid)
        by = {}
        for feature in layer.getFeatures():
            length = measure.measureLength(feature.geometry())
            by.setdefault(feature["medium"], []).append(length)
        found[name] = {medium: math.fsum(lengths) for medium, lengths in by.items()}
    return found


def picture(layer, path):
    settings = QgsMapSettings()
    settings.setLayers([layer])
    settings.setOutputSize(QSize(1200, 1000))
    settings.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:32644"))
    extent = settings.layerExtentToOutputExtent(layer, layer.extent())
    extent.scale(1.05)
    settings.setExtent(extent)
    job = QgsMapRendererParallelJob(settings)
    job.start()
    job.waitForFinished()
    job.renderedImage().save(str(path))


def main(directory):
    application = QgsApplication([], False)
    application.initQgis()
    layers = []
    for path in sorted(Path(directory).iterdir()):
        if path.suffix[1:] not in ENDINGS or path.stem.startswith("again"):
            continue
        if path.stem not in ("segments", "points", "sectors", "line", "changes", "pacific"):
            continue
        if path.suffix == ".parquet" and not QgsVectorLayer(str(path), "", "ogr").isValid():
            continue  # its GDAL has no driver
        for table in tables(path) or [path.stem]:
            layer = QgsVectorLayer(f"{path}|layername={table}", table, "ogr")
            styled = layer.isValid() and path.suffix == ".gpkg"
            rules = layer.renderer().legendSymbolItems() if styled else []
            each = {
                "file": path.name,
                "layer": table,
                "valid": layer.isValid(),
                "features": layer.featureCount(),
                "renderer": layer.renderer().type() if layer.isValid() else None,
                "legend": [item.label() for item in rules],
                "undrawn": undrawn(layer) if styled else [],
            }
            if path.name == "segments.gpkg":
                each["lengths"] = measured(layer)
                each["length_m"] = math.fsum(each["lengths"]["ellipsoid WGS84"].values())
            if styled:
                picture(layer, path.with_name(f"qgis-{table}.png"))
            layers.append(each)
    print(json.dumps({"version": Qgis.QGIS_VERSION, "layers": layers}))
    sys.stdout.flush()
    # Taking QGIS down in order crashes some of its versions.
    os._exit(0)


main(sys.argv[1])
