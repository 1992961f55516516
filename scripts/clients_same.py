"""When what a program has read is what we have written."""

import json


def plain(geometry):
    """A geometry whose multi-geometries of one part are that part; None if it is empty."""
    if not geometry or not geometry.get("coordinates", True):
        return None
    kind, coordinates = geometry["type"], geometry.get("coordinates")
    if kind.startswith("Multi") and len(coordinates) == 1:
        kind, coordinates = kind[5:], coordinates[0]
    return kind, coordinates


def numbers(coordinates):
    """Longitudes and latitudes; KML that GDAL has written has heights of 0 besides."""
    if coordinates and not isinstance(coordinates[0], (list, tuple)):
        yield from map(float, coordinates[:2])
        return
    for part in coordinates:
        yield from numbers(part)


def same_geometry(ours, theirs):
    ours, theirs = plain(ours), plain(theirs)
    if ours is None or theirs is None:
        return ours == theirs
    a, b = list(numbers(ours[1])), list(numbers(theirs[1]))
    # 15 digits are what GDAL writes as text.
    return ours[0] == theirs[0] and len(a) == len(b) and all(
        abs(x - y) <= 1e-12 for x, y in zip(a, b))


def same_value(ours, theirs):
    if hasattr(theirs, "tolist"):
        theirs = theirs.tolist()
    if isinstance(ours, str):
        return str(theirs) == ours
    if isinstance(theirs, str):
        try:
            theirs = json.loads(theirs)
        except ValueError:
            return False
    if isinstance(ours, (int, float)):  # True is 1 in formats without a type for it
        return theirs is not None and float(theirs) == float(ours)
    return theirs == ours


def difference(features, theirs):
    """The first thing in which features differ from those of the GeoJSON export."""
    if len(features) != len(theirs):
        return f"{len(theirs)} features instead of {len(features)}"
    for feature in features:
        found = theirs.get(feature["id"])
        if found is None:
            return f"no feature {feature['id']}"
        if not same_geometry(feature["geometry"], found["geometry"]):
            return f"{feature['id']} has another geometry"
        for name, value in feature["properties"].items():
            # A name that the format needs for itself has a number behind.
            theirs_there = found["properties"].get(name, found["properties"].get(f"{name}_2"))
            if value is not None and not same_value(value, theirs_there):
                return f"{feature['id']}: {name} is {theirs_there!r}, not {value!r}"
    return None
