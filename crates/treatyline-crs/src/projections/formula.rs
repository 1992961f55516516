//! From the method and the parameters of a projection, as the notations name them, to a PROJ string.

use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Parameters by their names in PROJ strings: degrees, metres, and the scale.
#[derive(Debug, Default)]
pub(super) struct Parameters(BTreeMap<&'static str, f64>);

/// The letters and digits of a name, in small letters: notations differ in what is between them.
pub(super) fn plain(name: &str) -> String {
    name.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_lowercase()
}

/// The name in PROJ strings of a parameter of WKT.
pub(super) fn key_of(plain: &str) -> Option<&'static str> {
    Some(match plain {
        "latitudeoforigin"
        | "latitudeofcenter"
        | "latitudeofnaturalorigin"
        | "latitudeoffalseorigin" => "lat_0",
        "centralmeridian"
        | "longitudeofcenter"
        | "longitudeofnaturalorigin"
        | "longitudeoffalseorigin"
        | "longitudeoforigin" => "lon_0",
        "standardparallel1" | "latitudeof1ststandardparallel" => "lat_1",
        "standardparallel2" | "latitudeof2ndstandardparallel" => "lat_2",
        "latitudeofstandardparallel" => "lat_ts",
        "scalefactor" | "scalefactoratnaturalorigin" => "k_0",
        "falseeasting" | "eastingatfalseorigin" => "x_0",
        "falsenorthing" | "northingatfalseorigin" => "y_0",
        // Of Esri's Web Mercator; 0 is the one there is.
        "auxiliaryspheretype" => "sphere",
        _ => return None,
    })
}

impl Parameters {
    /// Sets one. `None` if it is set already or cannot be.
    pub(super) fn set(&mut self, key: &'static str, value: f64) -> Option<()> {
        let is_latitude = key.starts_with("lat");
        let can_be = value.is_finite() && (!is_latitude || value.abs() <= 90.0);
        (can_be && self.0.insert(key, value).is_none()).then_some(())
    }

    /// Takes one that must be what it is without being said.
    fn drop(&mut self, key: &str, value: f64) -> Option<()> {
        self.0.remove(key).is_none_or(|stated| stated == value).then_some(())
    }

    /// Gives one another name.
    fn rename(&mut self, from: &str, to: &'static str) -> Option<()> {
        let value = self.0.remove(from)?;
        self.set(to, value)
    }

    fn has(&self, key: &str) -> bool {
        self.0.contains_key(key)
    }

    /// The projection by its method's plain name, as a PROJ string, and whether its axes meet at
    /// a pole. `None` for methods and parameters that are not known here.
    pub(super) fn formula(mut self, method: &str, ellipsoid: &str) -> Option<(String, bool)> {
        let mut ellipsoid = ellipsoid;
        let (projection, needed, optional): (_, &[&str], &[&str]) = match method {
            // The formulas of Poder and Engsager, as in PROJ.
            "transversemercator" | "gausskruger" => ("etmerc", &["lat_0", "lon_0"], &["k_0"]),
            "mercatorvarianta" | "mercator1sp" => {
                self.drop("lat_0", 0.0)?;
                ("merc", &["lon_0"], &["k_0", "lat_ts"])
            }
            "mercatorvariantb" | "mercator2sp" | "mercator" => {
                self.drop("lat_0", 0.0)?;
                self.drop("k_0", 1.0)?;
                self.rename("lat_1", "lat_ts")?;
                ("merc", &["lon_0", "lat_ts"], &[])
            }
            "popularvisualisationpseudomercator" | "mercatorauxiliarysphere" | "webmercator" => {
                for key in ["lat_0", "lat_1", "sphere"] {
                    self.drop(key, 0.0)?;
                }
                self.drop("k_0", 1.0)?;
                ellipsoid = "+a=6378137 +b=6378137";
                ("merc", &["lon_0"], &[])
            }
            "lambertconicconformal1sp" | "lambertconformalconic1sp" => {
                let parallel = *self.0.get("lat_0")?;
                self.set("lat_1", parallel)?;
                ("lcc", &["lat_0", "lon_0", "lat_1"], &["k_0"])
            }
            "lambertconicconformal2sp" | "lambertconformalconic2sp" => {
                self.drop("k_0", 1.0)?;
                ("lcc", &["lat_0", "lon_0", "lat_1", "lat_2"], &[])
            }
            // Esri's name for both.
            "lambertconformalconic" if self.has("lat_2") => {
                self.drop("k_0", 1.0)?;
                ("lcc", &["lat_0", "lon_0", "lat_1", "lat_2"], &[])
            }
            "lambertconformalconic" => ("lcc", &["lat_0", "lon_0", "lat_1"], &["k_0"]),
            "albersequalarea" | "albersconicequalarea" | "albers" => {
                ("aea", &["lat_0", "lon_0", "lat_1", "lat_2"], &[])
            }
            "lambertazimuthalequalarea" => ("laea", &["lat_0", "lon_0"], &[]),
            _ => {
                self.place_at_pole(method)?;
                ("stere", &["lat_0", "lon_0"], &["k_0", "lat_ts"])
            }
        };
        let is_known = |key: &&'static str| {
            [needed, optional, &["x_0", "y_0"]].iter().any(|keys| keys.contains(key))
        };
        let is_complete = needed.iter().all(|key| self.has(key)) && self.0.keys().all(is_known);
        // Both say how large the scale is.
        let is_complete = is_complete && !(self.has("k_0") && self.has("lat_ts"));
        is_complete.then(|| (self.written(projection, ellipsoid), self.is_at_pole(projection)))
    }

    /// Makes the parameters of a polar stereographic projection those of PROJ: the pole, and the
    /// scale there or the latitude at which it is 1.
    fn place_at_pole(&mut self, method: &str) -> Option<()> {
        match method {
            "polarstereographicvarianta" | "stereographic" => {}
            "polarstereographicvariantb" => self.at_parallel()?,
            "polarstereographic" => {
                if self.0.get("lat_0").is_some_and(|lat| lat.abs() < 90.0) {
                    self.rename("lat_0", "lat_ts")?;
                    self.at_parallel()?;
                }
            }
            "stereographicnorthpole" | "stereographicsouthpole" => {
                self.rename("lat_1", "lat_ts")?;
                self.at_parallel()?;
                let is_north = self.0.get("lat_0").is_some_and(|pole| *pole > 0.0);
                (is_north == (method == "stereographicnorthpole")).then_some(())?;
            }
            _ => return None,
        }
        (self.0.get("lat_0")?.abs() == 90.0).then_some(())
    }

    /// The pole is that of the parallel at which the scale is 1.
    fn at_parallel(&mut self) -> Option<()> {
        self.drop("k_0", 1.0)?;
        let parallel = *self.0.get("lat_ts")?;
        if parallel == 0.0 {
            return None;
        }
        self.set("lat_0", 90.0_f64.copysign(parallel))
    }

    fn is_at_pole(&self, projection: &str) -> bool {
        let is_pole = self.0.get("lat_0").is_some_and(|lat| lat.abs() == 90.0);
        ["stere", "laea"].contains(&projection) && is_pole
    }

    fn written(&self, projection: &str, ellipsoid: &str) -> String {
        let mut text = format!("+proj={projection} {ellipsoid}");
        for (key, value) in &self.0 {
            let _ = write!(text, " +{key}={value}");
        }
        text
    }
}
