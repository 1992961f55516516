//! A table in CSV (RFC 4180), written in memory.

use csv::{Writer, WriterBuilder};

pub(super) struct Rows(Writer<Vec<u8>>);

impl Rows {
    /// Begins with the names of the columns.
    pub(super) fn new(header: impl IntoIterator<Item = impl AsRef<[u8]>>) -> Self {
        // A row of another length than the header would be an error otherwise.
        let mut rows = Self(WriterBuilder::new().flexible(true).from_writer(Vec::new()));
        rows.push(header);
        rows
    }

    pub(super) fn push(&mut self, cells: impl IntoIterator<Item = impl AsRef<[u8]>>) {
        // Memory takes every row.
        let _ = self.0.write_record(cells);
    }

    pub(super) fn into_text(self) -> String {
        let bytes = self.0.into_inner().unwrap_or_default();
        String::from_utf8_lossy(&bytes).into_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_quoted_where_they_must_be() {
        let mut rows = Rows::new(["name", "note"]);
        rows.push(["a", "b, \"c\""]);
        assert_eq!(rows.into_text(), "name,note\na,\"b, \"\"c\"\"\"\n");
    }
}
