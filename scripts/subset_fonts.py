#!/usr/bin/env python3
"""Makes the fonts that pictures of maps are written with, crates/treatyline-pages/fonts/*.{ttf,otf}, from those of
Debian's packages fonts-liberation2 and fonts-noto-cjk (see crates/treatyline-pages/fonts/README.md):

    pip install fonttools && scripts/subset_fonts.py DIRECTORY-OF-LIBERATION NOTO-SANS-CJK.ttc

The letters kept are those of English, Russian and Kazakh, and of Chinese those that the
words of the map and the names in the dossiers use. With --check it only says whether all of
these are in fonts/letters.txt, and needs nothing but Python.
"""

import json
import pathlib
import re
import sys
import tomllib

HOME = pathlib.Path(__file__).resolve().parent.parent
FONTS = HOME / "crates" / "treatyline-pages" / "fonts"
KAZAKH = "ӘәҒғҚқҢңӨөҰұҮүҺһІі"
# The Latin letters of Europe and of transliterations, Cyrillic, and signs.
RANGES = [(0x20, 0x7E), (0xA0, 0x17F), (0x401, 0x401), (0x410, 0x44F), (0x451, 0x451)]
SIGNS = "–—‘’“”„…′″←→−≤≥≈№ "
# Debian's names: a TrueType collection has one font for each region.
SIMPLIFIED = 2
FACES = {
    "LiberationSans-Regular": ("sans.ttf", "Treatyline Sans", "Regular"),
    "LiberationSans-Bold": ("sans-bold.ttf", "Treatyline Sans", "Bold"),
    "LiberationSerif-Regular": ("serif.ttf", "Treatyline Serif", "Regular"),
    "LiberationSerif-Italic": ("serif-italic.ttf", "Treatyline Serif", "Italic"),
}
CHINESE = ("chinese.otf", "Treatyline Chinese", "Regular")


def names(value):
    """Every text under a key `names`, at any depth."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key == "names":
                yield from inner.values()
            else:
                yield from names(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from names(inner)


def used():
    """All characters beyond ASCII that maps of the dossiers here are written with."""
    texts = [(HOME / "crates/treatyline-pages/src/map/words.rs").read_text(encoding="utf-8")]
    for dossier in sorted((HOME / "data").iterdir()):
        if dossier.is_dir():
            texts += names(tomllib.loads((dossier / "dossier.toml").read_text(encoding="utf-8")))
            for file in ("points.geojson", "sectors.geojson"):
                texts += names(json.loads((dossier / file).read_text(encoding="utf-8")))
    return {letter for text in texts for letter in text if ord(letter) > 0x7E}


def wanted():
    ranges = {chr(code) for low, high in RANGES for code in range(low, high + 1)}
    return ranges | set(KAZAKH) | set(SIGNS) | used()


def rename(font, family, style):
    """The licence reserves the names of what the fonts were made from."""
    texts = {1: family, 2: style, 4: f"{family} {style}", 6: f"{family}-{style}".replace(" ", "")}
    for record in list(font["name"].names):
        if record.nameID in texts:
            font["name"].setName(texts[record.nameID], record.nameID, record.platformID,
                                 record.platEncID, record.langID)
    if "CFF " in font:
        cff = font["CFF "].cff
        cff.fontNames = [texts[6]]
        cff.topDictIndex[0].FamilyName, cff.topDictIndex[0].FullName = family, texts[4]


def subset(source, number, letters, target):
    from fontTools import subset as tools
    from fontTools.ttLib import TTFont

    font = TTFont(source, fontNumber=number, recalcTimestamp=False)
    options = tools.Options(hinting=False, layout_features=["kern", "mark"], notdef_outline=True)
    options.name_IDs = [0, 1, 2, 4, 5, 6, 13, 14]
    options.name_languages = [0x409]
    options.glyph_names = False
    found = letters & {chr(code) for code in font.getBestCmap()}
    worker = tools.Subsetter(options)
    worker.populate(unicodes=[ord(letter) for letter in found])
    worker.subset(font)
    file, family, style = target
    rename(font, family, style)
    font.save(FONTS / file)
    return found


def main():
    letters = wanted()
    known = FONTS / "letters.txt"
    if sys.argv[1:] == ["--check"]:
        missing = used() - set(known.read_text(encoding="utf-8"))
        sys.exit(f"not in {known}: {''.join(sorted(missing))}" if missing else 0)
    liberation, noto = map(pathlib.Path, sys.argv[1:])
    found = set()
    for face, target in FACES.items():
        here = subset(liberation / f"{face}.ttf", -1, letters, target)
        found = found & here if found else here
    # What Liberation has not: Chinese and its punctuation.
    rest = {letter for letter in letters - found if ord(letter) > 0x2E7F}
    found |= subset(noto, SIMPLIFIED, rest, CHINESE)
    lines = "".join(sorted(found))
    known.write_text(re.sub("(.{60})", r"\1\n", lines) + "\n", encoding="utf-8")
    left = letters - found
    print(f"{len(found)} letters; in none of the fonts: {sorted(left)}")


if __name__ == "__main__":
    main()
