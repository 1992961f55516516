#!/usr/bin/env python3
"""Derives the series of docs/geodesy.md and writes crates/treatyline-geodesy/src/series/terms.rs.

    scripts/derive_series.py          > crates/treatyline-geodesy/src/series/terms.rs
    scripts/derive_series.py --values > tests/data/geodesy/terms.csv
    scripts/derive_series.py --check    compares both files with what it would write
    scripts/derive_series.py --left-out   what the next terms of both series would add

Needs sympy and mpmath. Exact rational arithmetic throughout; nothing is fitted.
Equation numbers are those of docs/geodesy.md.
"""

import sys
from math import factorial
from pathlib import Path

import mpmath
from sympy import Poly, QQ, lambdify, symbols

NODES = 16  # where a coefficient is sampled to become a polynomial
LENGTH_REACH, AREA_REACH = 0.022, 0.008  # as in crates/treatyline-geodesy/src/series
ORDER = 3  # s² to the sixth order, i + j ≤ 3; the area to the fifth, i + j ≤ 2

s, e = symbols("s e")  # sin φ, e²; the semi-major axis is 1
FIELD = QQ.frac_field(s, e)
S, E = FIELD.gens
COS2 = 1 - S**2
W2 = 1 - E * S**2


class Function:
    """A function of latitude, A(s) + cos φ · B(s), with its derivative by φ."""

    def __init__(self, even, odd=FIELD.zero):
        self.even, self.odd = FIELD(even), FIELD(odd)

    def __add__(self, other):
        return Function(self.even + other.even, self.odd + other.odd)

    def __mul__(self, other):
        if not isinstance(other, Function):
            return Function(self.even * other, self.odd * other)
        return Function(
            self.even * other.even + self.odd * other.odd * COS2,
            self.even * other.odd + self.odd * other.even,
        )

    def derivative(self):  # s' = cos φ, (cos φ)' = -s
        return Function(COS2 * self.odd.diff(S) - S * self.odd, self.even.diff(S))


def number(p, q=1):
    return FIELD(QQ(p, q))


ZERO = Function(0)
M2 = Function((1 - E) ** 2 / W2**3)  # M², meridian radius of curvature squared
P2 = Function(COS2 / W2)  # (N cos φ)², radius of the parallel squared
INVERSE_M2 = Function(W2**3 / (1 - E) ** 2)
INVERSE_P2 = Function(W2 / COS2)
ZONE = Function(0, (1 - E) / W2**2)  # Q' = M N cos φ, eq. (8)


def taylor(function, order):
    terms = [function]
    for k in range(1, order + 1):
        terms.append(terms[-1].derivative() * number(1, k))
    return terms


def put(series, powers, term):
    series[powers] = series.get(powers, ZERO) + term


def product_at(metric, left, right, m, n):
    """The coefficient of δ^m λ^n in metric(φ + δ) · left · right."""
    total = ZERO
    for (p, q), a in left.items():
        for (r, t), b in right.items():
            if q + t == n and p + r <= m:
                total = total + metric[m - p - r] * (a * b)
    return total


def northward(series):
    """∂/∂φ₂ = (∂/∂φ + ∂/∂δ)/2 of a series in δ, λ, without the factor 1/2."""
    out = {}
    for (p, q), a in series.items():
        put(out, (p, q), a.derivative())
        if p:
            put(out, (p - 1, q), a * number(p))
    return out


def eastward(series):
    """∂/∂λ of a series in δ, λ."""
    return {(p, q - 1): a * number(q) for (p, q), a in series.items() if q}


def squared_distance(order):
    """The coefficients a_ij of s², eq. (4), from the eikonal equation (3)."""
    metric_m, metric_p = taylor(INVERSE_M2, 2 * order), taylor(INVERSE_P2, 2 * order)
    found = {(2, 0): M2 * number(4), (0, 2): P2}
    for total in range(2, order + 1):
        north, east = northward(found), eastward(found)
        fresh = {}
        for i in range(total + 1):
            m, n = 2 * i, 2 * (total - i)
            rest = product_at(metric_m, north, north, m, n) * number(1, 4)
            rest = rest + product_at(metric_p, east, east, m, n)
            # A term of this order enters (3) as (8(i + j) - 4) a_ij and no other way.
            fresh[m, n] = rest * number(-1, 8 * total - 4)
        found.update(fresh)
    return found


def area_under(squared, order):
    """The coefficients b_ij of the area under an edge, eq. (10), from eq. (9)."""
    metric_m, metric_p = taylor(INVERSE_M2, 2 * order), taylor(INVERSE_P2, 2 * order)
    zone = [None, ZONE]
    for _ in range(2 * order + 1):
        zone.append(zone[-1].derivative())
    north, east = northward(squared), eastward(squared)

    def residual(found, m, n):
        # λ (Q' + ∂B/∂φ + ∂B/∂δ), and B + λ ∂B/∂λ less the growth of Q towards φ₂.
        towards_pole = {(0, 1): ZONE}
        for (p, q), a in northward(found).items():
            put(towards_pole, (p, q + 1), a)
        along = {(p, q): a * number(1 + q) for (p, q), a in found.items()}
        for k in range(1, m + 2):
            put(along, (k, 0), zone[k] * number(-1, factorial(k)))
        return product_at(metric_m, north, towards_pole, m, n) * number(1, 4) + product_at(
            metric_p, east, along, m, n
        )

    found = {}
    for total in range(1, order + 1):
        fresh = {}
        for i in range(total + 1):
            m, n = 2 * i, 2 * (total - i)
            fresh[m, n] = residual(found, m, n + 1) * number(-1, 4 * total + 2)
        found.update(fresh)
    for m, n in [(1, 1), (3, 1), (1, 3)]:  # the symmetry of eq. (10) must come out
        odd = residual(found, m, n)
        assert odd.even == 0 and odd.odd == 0, (m, n)
    return found


def over_powers(value):
    """numerator, divisor, powers of W² and of 1 - e² with value = numerator / (…)."""
    for w in range(12):
        for k in range(6):
            numerator = value * W2**w * (1 - E) ** k
            if numerator.denom.is_ground:
                return Poly(numerator.numer.as_expr(), s, e), int(numerator.denom.coeff(1)), w, k
    raise ValueError("not over powers of W² and 1 - e²")


def rust(name, function, cos2=False, sin=False):
    """Rust for a coefficient over what the caller multiplies back in."""
    assert function.odd == 0, name
    value = function.even / COS2 if cos2 else function.even
    numerator, divisor, w, k = over_powers(value / S if sin else value)
    rows = []
    for j in range(numerator.degree(s) // 2 + 1):
        row = [int(numerator.coeff_monomial(s ** (2 * j) * e**i)) for i in range(numerator.degree(e) + 1)]
        while len(row) > 1 and row[-1] == 0:
            row.pop()
        rows.append(f"        p(e2, &[{', '.join(f'{c}.0' for c in row)}]),\n")
    below = " * ".join([f"{divisor}.0"] + ["w2"] * w + ["(1.0 - e2)"] * k)
    return f"    let {name} = p(s2, &[\n{''.join(rows)}    ]) / ({below});\n"


def chebyshev(function, count):
    nodes = [mpmath.cos(mpmath.pi * (k + mpmath.mpf(1) / 2) / count) for k in range(count)]
    values = [function(x) for x in nodes]
    return [
        (2 if j else 1) * sum(v * mpmath.cos(j * mpmath.acos(x)) for v, x in zip(values, nodes)) / count
        for j in range(count)
    ]


def near_best(function, degree):
    """Power coefficients of the Chebyshev expansion on [-1, 1], cut at a degree."""
    c = chebyshev(function, 60)[: degree + 1]
    before, now = [mpmath.mpf(1)], [mpmath.mpf(0), mpmath.mpf(1)]
    out = [c[0]] + [mpmath.mpf(0)] * degree
    for j in range(1, degree + 1):
        for k, t in enumerate(now):
            out[k] += c[j] * t
        doubled = [mpmath.mpf(0)] + [2 * t for t in now]
        for k, t in enumerate(before):
            doubled[k] -= t
        before, now = now, doubled
    return out


def in_degrees(function, degree):
    """Coefficients by powers of t² of an even function of t, |t| ≤ 45."""
    span = mpmath.mpf(45) ** 2
    shifted = near_best(lambda v: function(mpmath.sqrt(span * (1 + v) / 2)), degree)
    out = [mpmath.mpf(0)] * (degree + 1)
    for k, c in enumerate(shifted):  # v^k = (2 t²/span - 1)^k
        for j in range(k + 1):
            out[j] += c * mpmath.binomial(k, j) * (2 / span) ** j * (-1) ** (k - j)
    return out


def constants(name, doc, values):
    values = [v if abs(v) > mpmath.mpf(10) ** -45 else mpmath.mpf(0) for v in values]
    lines = "\n".join(f"    {float(v)!r}," for v in values)
    return f"/// {doc}\npub(super) const {name}: [f64; {len(values)}] = [\n{lines}\n];\n"


HEAD = """//! The coefficients of the series as functions of latitude. Generated by
//! `scripts/derive_series.py`; do not edit.
//!
//! `s2` is sin² φ, `e2` the squared eccentricity; the semi-major axis is 1.
//! Equation numbers are those of `docs/geodesy.md`.

#![allow(clippy::approx_constant, reason = "a table of cosines holds known ones")]

use super::polynomial as p;

"""

LENGTH = """/// The coefficients of eq. (5), in the order of [`super::LENGTH_DEGREES`]. Those of
/// powers of λ alone are divided by cos² φ.
pub(super) fn length(s2: f64, e2: f64) -> [f64; 9] {
    let w2 = 1.0 - e2 * s2;
"""

AREA = """/// The coefficients of eq. (11), in the order of [`super::AREA_DEGREES`]. All are
/// divided by sin φ, those of powers of λ alone by cos² φ as well.
pub(super) fn area(s2: f64, e2: f64) -> [f64; 5] {
    let w2 = 1.0 - e2 * s2;
"""


LENGTH_TERMS = [(2, 0), (4, 0), (6, 0), (0, 2), (0, 4), (0, 6), (2, 2), (4, 2), (2, 4)]
AREA_TERMS = [(2, 0), (4, 0), (2, 2), (0, 2), (0, 4)]


def source(squared, under):
    out = HEAD + LENGTH
    for m, n in LENGTH_TERMS:  # in Δφ = 2δ instead of δ
        out += rust(f"a{m // 2}{n // 2}", squared[m, n] * number(1, 2**m), cos2=m == 0)
    names = ", ".join(f"a{m // 2}{n // 2}" for m, n in LENGTH_TERMS)
    out += f"    [{names}]\n}}\n\n" + AREA
    for m, n in AREA_TERMS:
        out += rust(f"b{m // 2}{n // 2}", under[m, n] * number(1, 2**m), cos2=m == 0, sin=True)
    names = ", ".join(f"b{m // 2}{n // 2}" for m, n in AREA_TERMS)
    out += f"    [{names}]\n}}\n\n"

    turn = mpmath.pi / 180
    out += constants(
        "SIN_DOUBLE",
        "sin 2t / t for |t| ≤ 45°, t in degrees, by powers of t²; off by less than 1e-18.",
        in_degrees(lambda t: mpmath.sin(2 * turn * t) / t, 8),
    )
    out += "\n" + constants(
        "SIN_EIGHTH",
        "sin v / v for |v| ≤ 45°, v in degrees, by powers of v²; off by less than 1e-18.",
        in_degrees(lambda t: mpmath.sin(turn * t) / t, 6),
    )
    out += "\n" + constants(
        "COS_EIGHTH",
        "cos v for |v| ≤ 45°, v in degrees, by powers of v²; off by less than 1e-18.",
        in_degrees(lambda t: mpmath.cos(turn * t), 7),
    )
    return out + "\n" + constants(
        "COSINES",
        "cos(jπ/32): Chebyshev polynomials at the zeros of T₁₆ are all among them.",
        [mpmath.cos(mpmath.pi * j / (2 * NODES)) for j in range(4 * NODES)],
    )


def values(squared, under):
    """The coefficients to 25 digits, as the Rust code gives them out."""
    heads = [f"a{m // 2}{n // 2}" for m, n in LENGTH_TERMS]
    heads += [f"b{m // 2}{n // 2}" for m, n in AREA_TERMS]
    rows = ["s2,e2," + ",".join(heads)]
    terms = [(squared[m, n], m, n, False) for m, n in LENGTH_TERMS]
    terms += [(under[m, n], m, n, True) for m, n in AREA_TERMS]
    for s2 in ["0.015625", "0.25", "0.5", "0.8125", "0.984375"]:
        for e2 in ["0", "0.00669437999014", "0.0066934216"]:
            sin = mpmath.sqrt(mpmath.mpf(s2))
            row = [s2, e2]
            for term, m, n, is_area in terms:
                f = lambdify((s, e), term.even.as_expr(), "mpmath")
                value = f(sin, mpmath.mpf(e2)) / 2**m
                value /= (1 - sin**2) if m == 0 else 1
                row.append(mpmath.nstr(value / (sin if is_area else 1), 25))
            rows.append(",".join(row))
    return "\n".join(rows) + "\n"


def left_out():
    """The next order at the end of the reach, largest over all azimuths; WGS 84."""
    mpmath.mp.dps = 20
    squared = squared_distance(ORDER + 1)
    under = area_under(squared, ORDER)
    a, e2 = mpmath.mpf(6378137), mpmath.mpf("0.00669437999014")
    next_length = [(k, v) for k, v in squared.items() if sum(k) == 2 * ORDER + 2]
    next_area = [(k, v) for k, v in under.items() if sum(k) == 2 * ORDER]
    print("latitude  length, nm  area, m²")
    for lat in [0, 10, 20, 30, 40, 50, 60, 70, 80, 85, 89]:
        sin, cos = mpmath.sin(mpmath.radians(lat)), mpmath.cos(mpmath.radians(lat))
        w2 = 1 - e2 * sin**2
        length_terms = [(k, lambdify((s, e), v.even.as_expr())(sin, e2)) for k, v in next_length]
        area_terms = [(k, lambdify((s, e), v.even.as_expr())(sin, e2)) for k, v in next_area]
        worst = [0, 0]
        for azimuth in range(0, 91, 2):
            north, east = mpmath.cos(mpmath.radians(azimuth)), mpmath.sin(mpmath.radians(azimuth))
            for i, reach in enumerate([LENGTH_REACH * cos, AREA_REACH * cos]):
                delta = reach * north / ((1 - e2) / w2 ** mpmath.mpf("1.5")) / 2
                lam = reach * east * mpmath.sqrt(w2) / cos
                rest = sum(c * delta**m * lam**n for (m, n), c in [length_terms, area_terms][i])
                # A change of s² changes s by its half over s.
                off = a * rest / (2 * reach) * 1e9 if i == 0 else a * a * lam * rest
                worst[i] = max(worst[i], abs(off))
        print(f"{lat:>7}°  {float(worst[0]):>10.3f}  {float(worst[1]):>8.1e}")


def main():
    if "--left-out" in sys.argv[1:]:
        return left_out()
    mpmath.mp.dps = 50
    squared = squared_distance(ORDER)
    under = area_under(squared, 2)
    root = Path(__file__).parent.parent
    files = {
        root / "crates/treatyline-geodesy/src/series/terms.rs": source(squared, under),
        root / "tests/data/geodesy/terms.csv": values(squared, under),
    }
    if "--check" in sys.argv[1:]:
        for path, text in files.items():
            if path.read_text() != text:
                sys.exit(f"{path} is not what this program writes")
    else:
        print(list(files.values())["--values" in sys.argv[1:]], end="")


if __name__ == "__main__":
    main()
