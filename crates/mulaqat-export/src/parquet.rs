//! The rows of `jsonl` in columns, of one Arrow schema, which is stored in the file.

use crate::{Error, Result, Row, Writer};
use arrow_array::{ArrayRef, Date32Array, ListArray, RecordBatch, StringArray, StructArray, UInt64Array};
use arrow_buffer::{NullBuffer, OffsetBuffer};
use arrow_schema::{DataType, Field, Fields, Schema, SchemaRef};
use jiff::civil::{Date, date};
use parquet::arrow::ArrowWriter;
use parquet::basic::Compression;
use parquet::file::properties::WriterProperties;
use serde_json::Value;
use std::io::Write;
use std::sync::Arc;

/// Engagements that are turned into columns at once.
const BATCH: usize = 4096;

pub struct Parquet<'o> {
    out: ArrowWriter<&'o mut (dyn Write + Send)>,
    schema: SchemaRef,
    rows: Vec<Value>,
}

impl<'o> Parquet<'o> {
    pub fn new(out: &'o mut (dyn Write + Send)) -> Result<Parquet<'o>> {
        let schema: SchemaRef = Arc::new(schema());
        let properties = WriterProperties::builder().set_compression(Compression::SNAPPY).build();
        let out = ArrowWriter::try_new(out, schema.clone(), Some(properties)).map_err(error)?;
        Ok(Parquet { out, schema, rows: vec![] })
    }

    fn flush(&mut self) -> Result<()> {
        let rows: Vec<Option<&Value>> = self.rows.iter().map(Some).collect();
        let columns = self.schema.fields().iter().map(|f| column(f.data_type(), &member(&rows, f.name()))).collect();
        let batch = RecordBatch::try_new(self.schema.clone(), columns).map_err(|e| Error::Format("Parquet", e.to_string()))?;
        self.out.write(&batch).map_err(error)?;
        // a group of rows is held in memory until it is written
        self.out.flush().map_err(error)?;
        self.rows.clear();
        Ok(())
    }
}

impl Writer for Parquet<'_> {
    fn put(&mut self, row: &Row) -> Result<bool> {
        self.rows.push(serde_json::to_value(row)?);
        if self.rows.len() >= BATCH {
            self.flush()?;
        }
        Ok(true)
    }

    fn end(mut self: Box<Self>) -> Result<()> {
        if !self.rows.is_empty() {
            self.flush()?;
        }
        self.out.close().map_err(error)?;
        Ok(())
    }
}

fn error(e: parquet::errors::ParquetError) -> Error {
    match e {
        parquet::errors::ParquetError::External(e) => match e.downcast::<std::io::Error>() {
            Ok(e) => Error::Write(*e),
            Err(e) => Error::Format("Parquet", e.to_string()),
        },
        e => Error::Format("Parquet", e.to_string()),
    }
}

fn text(name: &str) -> Field {
    Field::new(name, DataType::Utf8, false)
}

fn maybe(name: &str) -> Field {
    Field::new(name, DataType::Utf8, true)
}

fn day(name: &str) -> Field {
    Field::new(name, DataType::Date32, true)
}

fn count(name: &str) -> Field {
    Field::new(name, DataType::UInt64, false)
}

fn texts(name: &str) -> Field {
    Field::new(name, DataType::List(Arc::new(Field::new("item", DataType::Utf8, false))), false)
}

fn structs(name: &str, fields: Vec<Field>) -> Field {
    let item = Field::new("item", DataType::Struct(Fields::from(fields)), false);
    Field::new(name, DataType::List(Arc::new(item)), false)
}

/// The columns: those of [`Row`] by name.
fn schema() -> Schema {
    let named = |name| structs(name, vec![text("key"), text("name"), text("latin"), text("type"), maybe("country")]);
    let sources = || structs("sources", vec![text("kind"), maybe("name"), maybe("latin")]);
    let value = vec![text("value"), count("families"), texts("docs")];
    let claim = vec![
        text("doc"),
        text("event"),
        maybe("publisher"),
        maybe("published"),
        maybe("title"),
        maybe("url"),
        text("family"),
        text("status"),
        texts("modes"),
        maybe("date"),
        texts("actors"),
        texts("recipients"),
        texts("places"),
        structs("offices", vec![text("name"), text("title"), text("english"), maybe("of")]),
        sources(),
        structs("evidence", vec![text("before"), text("words"), text("after"), count("start"), count("end")]),
    ];
    Schema::new(vec![
        text("id"),
        text("type"),
        text("class"),
        text("status"),
        texts("modes"),
        maybe("date"),
        day("earliest"),
        day("latest"),
        named("actors"),
        named("recipients"),
        named("places"),
        texts("countries"),
        texts("contexts"),
        sources(),
        count("documents"),
        count("families"),
        structs("history", vec![day("as_of"), text("status"), maybe("date"), texts("docs")]),
        structs("conflicts", vec![text("field"), structs("values", value)]),
        structs("claims", claim),
    ])
}

/// The values that objects have under a name.
fn member<'v>(objects: &[Option<&'v Value>], name: &str) -> Vec<Option<&'v Value>> {
    objects.iter().map(|o| o.and_then(|o| o.get(name)).filter(|v| !v.is_null())).collect()
}

/// JSON values as a column of a type.
fn column(sort: &DataType, values: &[Option<&Value>]) -> ArrayRef {
    let nulls = || NullBuffer::from_iter(values.iter().map(|v| v.is_some()));
    match sort {
        DataType::UInt64 => Arc::new(UInt64Array::from_iter(values.iter().map(|v| v.and_then(Value::as_u64)))),
        DataType::Date32 => Arc::new(Date32Array::from_iter(values.iter().map(|v| since_1970(v.and_then(Value::as_str)?)))),
        DataType::Struct(fields) => {
            let children = fields.iter().map(|f| column(f.data_type(), &member(values, f.name()))).collect();
            Arc::new(StructArray::new(fields.clone(), children, Some(nulls()).filter(|n| n.null_count() > 0)))
        }
        DataType::List(item) => {
            let lists: Vec<&[Value]> = values.iter().map(|v| v.and_then(Value::as_array).map_or(&[][..], Vec::as_slice)).collect();
            let offsets = OffsetBuffer::from_lengths(lists.iter().map(|l| l.len()));
            let items: Vec<Option<&Value>> = lists.iter().flat_map(|l| l.iter()).map(Some).collect();
            let items = column(item.data_type(), &items);
            Arc::new(ListArray::new(item.clone(), offsets, items, Some(nulls()).filter(|n| n.null_count() > 0)))
        }
        _ => Arc::new(StringArray::from_iter(values.iter().map(|v| v.and_then(Value::as_str)))),
    }
}

/// Days since 1970-01-01.
fn since_1970(day: &str) -> Option<i32> {
    let day: Date = day.parse().ok()?;
    Some(date(1970, 1, 1).until(day).ok()?.get_days())
}
