#!/usr/bin/env python3
"""Writes tests/data/geodesy/published.csv: the test lines GeographicLib publishes with
its own test suite, as its Python package carries them (C. Karney, MIT licence).

    pip install geographiclib
    scripts/published_lines.py > tests/data/geodesy/published.csv
"""

import ast
import inspect
import sys

from geographiclib.test import test_geodesic

text = inspect.getsource(test_geodesic)
start = text.index("testcases = ")
tree = ast.parse(text[start : text.index("]]", start) + 2].lstrip())
lines = ast.literal_eval(tree.body[0].value)
sys.stdout.write("lat1,lon1,lat2,lon2,length_m,area_m2\n")
for lat1, lon1, _, lat2, lon2, _, s12, _, _, _, _, S12 in lines:
    sys.stdout.write(f"{lat1!r},{lon1!r},{lat2!r},{lon2!r},{s12!r},{S12!r}\n")
