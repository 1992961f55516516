//! Inputs that can be read twice.

use std::io::BufRead;

use super::{Content, Input};
use crate::problem::Problem;
use crate::{Format, foreign, utf16};

impl Input {
    /// Its text, if it is GeoJSON in UTF-8 that can be read from its beginning once more.
    ///
    /// # Errors
    /// As [`Input::open`], and a layer that is named.
    pub(crate) fn twice(&self) -> Result<Option<Box<dyn BufRead + Send>>, Problem> {
        let can_be = match &self.content {
            Content::Path(path) => path.is_file(),
            Content::Bytes(_) => true,
            Content::Stream(_) => false,
        };
        if !can_be || self.encoding.is_some() {
            return Ok(None);
        }
        let mut stream = self.open()?;
        let head = stream.fill_buf().map_err(|error| self.failed(&error))?;
        let is_text = foreign::fault(head, &self.name).is_none() && !utf16::begins(head);
        if !is_text || Format::recognise(head, &self.name) != Format::GeoJson {
            return Ok(None);
        }
        self.check_layer(Format::GeoJson)?;
        Ok(Some(stream))
    }
}
