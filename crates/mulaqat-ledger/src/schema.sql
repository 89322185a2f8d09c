-- Format 1. Raw content: document, decision. All else is made from these and can be rebuilt.

-- Each version of each document. `current` marks the one whose claims count.
CREATE TABLE document (
  key       INTEGER PRIMARY KEY AUTOINCREMENT,
  id        TEXT NOT NULL,
  version   INTEGER NOT NULL,
  hash      BLOB NOT NULL,
  current   INTEGER NOT NULL,
  given     INTEGER NOT NULL,             -- its record came ready-made
  url       TEXT,
  title     TEXT,
  publisher TEXT,
  published TEXT,
  language  TEXT NOT NULL,
  text      TEXT NOT NULL,
  record    TEXT NOT NULL,                -- JSON, without the document
  as_of     INTEGER NOT NULL,             -- day of the report
  uid       INTEGER NOT NULL,             -- hash of the id: order among reports of one day
  family    INTEGER NOT NULL,             -- least uid among its reprints
  sketch    BLOB
);
CREATE UNIQUE INDEX document_hash ON document (id, hash);
CREATE INDEX document_family ON document (family) WHERE current;

-- Bands of the sketches of current documents.
CREATE TABLE band (band INTEGER NOT NULL, doc INTEGER NOT NULL REFERENCES document, PRIMARY KEY (band, doc)) WITHOUT ROWID;

-- Who is who.
CREATE TABLE identity (
  key     INTEGER PRIMARY KEY AUTOINCREMENT,
  name_key TEXT NOT NULL UNIQUE,          -- what makes it this identity
  kind    TEXT NOT NULL,
  name    TEXT NOT NULL,
  country TEXT,
  listed  INTEGER NOT NULL,
  mentions INTEGER NOT NULL               -- documents that name it
);
CREATE INDEX identity_mentions ON identity (mentions);
CREATE TABLE identity_word (word TEXT NOT NULL, identity INTEGER NOT NULL REFERENCES identity, PRIMARY KEY (word, identity)) WITHOUT ROWID;
CREATE TABLE mention (
  doc      INTEGER NOT NULL REFERENCES document,
  entity   TEXT NOT NULL,
  identity INTEGER NOT NULL REFERENCES identity,
  name     TEXT NOT NULL,
  PRIMARY KEY (doc, entity)
) WITHOUT ROWID;
CREATE INDEX mention_identity ON mention (identity);

-- One row for each event of a current document.
CREATE TABLE claim (
  key        INTEGER PRIMARY KEY AUTOINCREMENT,
  doc        INTEGER NOT NULL REFERENCES document,
  event      TEXT NOT NULL,
  uid        INTEGER NOT NULL,
  engagement INTEGER NOT NULL,
  features   TEXT NOT NULL                -- JSON: what claims are compared by
);
CREATE INDEX claim_doc ON claim (doc);
CREATE INDEX claim_engagement ON claim (engagement);

-- Where claims of one happening find each other: class and parties, firmness, first day.
CREATE TABLE block (
  block INTEGER NOT NULL,
  firm  INTEGER NOT NULL,
  lo    INTEGER NOT NULL,
  claim INTEGER NOT NULL REFERENCES claim,
  PRIMARY KEY (block, firm, lo, claim)
) WITHOUT ROWID;

-- One real happening each, as its claims tell it today.
CREATE TABLE engagement (
  key     INTEGER PRIMARY KEY,
  lo      INTEGER NOT NULL,
  hi      INTEGER NOT NULL,
  since   INTEGER NOT NULL,               -- first report
  latest  INTEGER NOT NULL,               -- last report: as known from then on
  summary TEXT NOT NULL,                  -- JSON
  facets  BLOB NOT NULL
);
CREATE INDEX engagement_days ON engagement (hi, key, lo);
CREATE INDEX engagement_long ON engagement (hi, key, lo) WHERE hi - lo > 400;
-- What was known from `as_of` until the day before `until`.
CREATE TABLE history (
  engagement INTEGER NOT NULL REFERENCES engagement,
  as_of      INTEGER NOT NULL,
  until      INTEGER NOT NULL,
  status     TEXT NOT NULL,
  date       TEXT,
  lo         INTEGER NOT NULL,
  hi         INTEGER NOT NULL,
  PRIMARY KEY (engagement, as_of)
) WITHOUT ROWID;
CREATE INDEX history_as_of ON history (as_of, engagement);
CREATE INDEX history_days ON history (hi, engagement, lo, until, status);
CREATE INDEX history_far ON history (hi, engagement) WHERE hi - as_of > 400 OR hi - lo > 400;
CREATE INDEX history_open ON history (hi, engagement, until, status) WHERE status IN ('scheduled', 'tentative', 'postponed');
-- What listings filter by: hash of `person:…`, `type:…` …; newest happening last.
CREATE TABLE facet (
  facet      INTEGER NOT NULL,
  hi         INTEGER NOT NULL,
  engagement INTEGER NOT NULL REFERENCES engagement,
  since      INTEGER NOT NULL,
  PRIMARY KEY (facet, hi, engagement)
) WITHOUT ROWID;

-- What a curator decided; outlives rebuilds.
CREATE TABLE decision (
  key    INTEGER PRIMARY KEY AUTOINCREMENT,
  action TEXT NOT NULL CHECK (action IN ('merge', 'split', 'rename')),
  target TEXT NOT NULL,                   -- name_key
  value  TEXT NOT NULL,                   -- name_key merged into; name split off; new name
  made   TEXT                             -- the key split off
);

-- Words of current documents: as the engine folds them, and by sound. The tokenizer must keep vowel signs and the virama
-- (categories M*), which the default one cuts words at.
CREATE VIRTUAL TABLE search USING fts5 (
  words, sound, content = '', contentless_delete = 1, detail = 'full',
  tokenize = "unicode61 remove_diacritics 0 categories 'L* N* Co M*'"
);
