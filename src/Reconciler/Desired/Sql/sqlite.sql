-- Desired state of Odoo instances for odoosky, SQLite 3.38 and newer. Run once; running it again changes nothing.
-- What odoosky validate refuses in a single row, these tables refuse to hold, but for what stands inside "values":
-- secrets and templates in there are found by validate, and by each pass.
PRAGMA foreign_keys = ON;

CREATE TABLE IF NOT EXISTS odoosky_instances (
    code            TEXT PRIMARY KEY NOT NULL CHECK (typeof(code) = 'text' AND code GLOB '[a-z]*' AND code NOT GLOB '*[^a-z0-9-]*' AND code NOT GLOB '*-' AND length(code) <= 40),
    state           TEXT NOT NULL DEFAULT 'present' CHECK (state IN ('present', 'suspended', 'absent')),
    target          TEXT CHECK (typeof(target) IN ('text', 'null') AND target GLOB '[a-z]*' AND target NOT GLOB '*[^a-z0-9-]*'),
    odoo            TEXT CHECK (typeof(odoo) IN ('text', 'null') AND odoo GLOB '*[0-9].[0-9]*' AND odoo NOT GLOB '*.*.*' AND (odoo NOT GLOB '*[^0-9.]*' OR (odoo GLOB 'saas[-~]*' AND substr(odoo, 6) NOT GLOB '*[^0-9.]*'))),
    clone_from_code TEXT CHECK (typeof(clone_from_code) IN ('text', 'null') AND clone_from_code GLOB '[a-z]*' AND clone_from_code NOT GLOB '*[^a-z0-9-]*' AND clone_from_code NOT GLOB '*-' AND length(clone_from_code) <= 40 AND clone_from_code <> code),
    labels          TEXT CHECK (labels IS NULL OR (json_valid(labels) AND json_type(labels) = 'object')),
    "values"        TEXT CHECK ("values" IS NULL OR (json_valid("values") AND json_type("values") = 'object' AND json_type("values", '$.addons') IS NULL AND json_type("values", '$.instance') IS NULL)),
    unset           TEXT CHECK (unset IS NULL OR (json_valid(unset) AND json_type(unset) = 'array')),
    requested_by    TEXT CHECK (typeof(requested_by) IN ('text', 'null')),
    reason          TEXT CHECK (typeof(reason) IN ('text', 'null')),
    ticket          TEXT CHECK (typeof(ticket) IN ('text', 'null')),
    updated_at      TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now'))
) STRICT;

CREATE TABLE IF NOT EXISTS odoosky_addons (
    instance_code TEXT NOT NULL REFERENCES odoosky_instances (code) ON UPDATE CASCADE ON DELETE CASCADE,
    position      INTEGER NOT NULL CHECK (position >= 0),
    code          TEXT NOT NULL CHECK (code GLOB '[A-Za-z0-9]*' AND code NOT GLOB '*[^A-Za-z0-9_-]*' AND length(code) <= 128),
    source        TEXT CHECK (source GLOB '[a-z]*' AND source NOT GLOB '*[^a-z0-9-]*'),
    image         TEXT CHECK (image NOT GLOB '*[ {}"''<>' || char(9, 10, 13) || ']*'),
    version       TEXT CHECK (version GLOB '[A-Za-z0-9_]*' AND version NOT GLOB '*[^A-Za-z0-9_.-]*' AND length(version) <= 128),
    PRIMARY KEY (instance_code, position),
    CHECK (source IS NOT 'odoo-builtin' OR (image IS NULL AND version IS NULL))
) STRICT;
CREATE UNIQUE INDEX IF NOT EXISTS odoosky_addons_once ON odoosky_addons (instance_code, lower(code));

CREATE TABLE IF NOT EXISTS odoosky_catalog (
    code         TEXT PRIMARY KEY NOT NULL CHECK (code GLOB '[A-Za-z0-9]*' AND code NOT GLOB '*[^A-Za-z0-9_-]*' AND length(code) <= 128),
    source       TEXT CHECK (source GLOB '[a-z]*' AND source NOT GLOB '*[^a-z0-9-]*'),
    image        TEXT CHECK (image NOT GLOB '*[ {}"''<>' || char(9, 10, 13) || ']*'),
    requested_by TEXT,
    reason       TEXT,
    ticket       TEXT,
    CHECK (source IS NOT 'odoo-builtin' OR image IS NULL)
) STRICT;
CREATE UNIQUE INDEX IF NOT EXISTS odoosky_catalog_once ON odoosky_catalog (lower(code));

CREATE TABLE IF NOT EXISTS odoosky_catalog_series (
    code    TEXT NOT NULL REFERENCES odoosky_catalog (code) ON UPDATE CASCADE ON DELETE CASCADE,
    series  TEXT NOT NULL CHECK (series GLOB '*[0-9].[0-9]*' AND series NOT GLOB '*.*.*' AND (series NOT GLOB '*[^0-9.]*' OR (series GLOB 'saas[-~]*' AND substr(series, 6) NOT GLOB '*[^0-9.]*'))),
    version TEXT NOT NULL CHECK (version GLOB '[A-Za-z0-9_]*' AND version NOT GLOB '*[^A-Za-z0-9_.-]*' AND length(version) <= 128),
    image   TEXT CHECK (image NOT GLOB '*[ {}"''<>' || char(9, 10, 13) || ']*'),
    PRIMARY KEY (code, series)
) STRICT;

-- One row that moves with every change, so that a pass finds out cheaply that nothing changed.
CREATE TABLE IF NOT EXISTS odoosky_version (
    one        INTEGER PRIMARY KEY CHECK (one = 1),
    version    INTEGER NOT NULL DEFAULT 0,
    changed_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))
) STRICT;
INSERT OR IGNORE INTO odoosky_version (one) VALUES (1);

-- A CHECK can't look into a list.
CREATE TRIGGER IF NOT EXISTS odoosky_instances_insert_types BEFORE INSERT ON odoosky_instances
WHEN EXISTS (SELECT 1 FROM json_each(CASE WHEN json_valid(NEW.labels) THEN NEW.labels END) WHERE type <> 'text')
    OR EXISTS (SELECT 1 FROM json_each(CASE WHEN json_valid(NEW.unset) THEN NEW.unset END)
               WHERE type <> 'text' OR value IN ('addons', 'instance') OR value GLOB 'addons.*' OR value GLOB 'instance.*')
BEGIN SELECT RAISE(ABORT, 'labels holds texts, and unset holds texts that name neither addons nor instance'); END;
CREATE TRIGGER IF NOT EXISTS odoosky_instances_update_types BEFORE UPDATE ON odoosky_instances
WHEN EXISTS (SELECT 1 FROM json_each(CASE WHEN json_valid(NEW.labels) THEN NEW.labels END) WHERE type <> 'text')
    OR EXISTS (SELECT 1 FROM json_each(CASE WHEN json_valid(NEW.unset) THEN NEW.unset END)
               WHERE type <> 'text' OR value IN ('addons', 'instance') OR value GLOB 'addons.*' OR value GLOB 'instance.*')
BEGIN SELECT RAISE(ABORT, 'labels holds texts, and unset holds texts that name neither addons nor instance'); END;

CREATE TRIGGER IF NOT EXISTS odoosky_instances_insert AFTER INSERT ON odoosky_instances
BEGIN UPDATE odoosky_version SET version = version + 1, changed_at = strftime('%Y-%m-%dT%H:%M:%fZ', 'now'); END;
CREATE TRIGGER IF NOT EXISTS odoosky_instances_update AFTER UPDATE ON odoosky_instances
BEGIN UPDATE odoosky_version SET version = version + 1, changed_at = strftime('%Y-%m-%dT%H:%M:%fZ', 'now'); END;
CREATE TRIGGER IF NOT EXISTS odoosky_instances_delete AFTER DELETE ON odoosky_instances
BEGIN UPDATE odoosky_version SET version = version + 1, changed_at = strftime('%Y-%m-%dT%H:%M:%fZ', 'now'); END;
CREATE TRIGGER IF NOT EXISTS odoosky_addons_insert AFTER INSERT ON odoosky_addons
BEGIN UPDATE odoosky_version SET version = version + 1, changed_at = strftime('%Y-%m-%dT%H:%M:%fZ', 'now'); END;
CREATE TRIGGER IF NOT EXISTS odoosky_addons_update AFTER UPDATE ON odoosky_addons
BEGIN UPDATE odoosky_version SET version = version + 1, changed_at = strftime('%Y-%m-%dT%H:%M:%fZ', 'now'); END;
CREATE TRIGGER IF NOT EXISTS odoosky_addons_delete AFTER DELETE ON odoosky_addons
BEGIN UPDATE odoosky_version SET version = version + 1, changed_at = strftime('%Y-%m-%dT%H:%M:%fZ', 'now'); END;
CREATE TRIGGER IF NOT EXISTS odoosky_catalog_insert AFTER INSERT ON odoosky_catalog
BEGIN UPDATE odoosky_version SET version = version + 1, changed_at = strftime('%Y-%m-%dT%H:%M:%fZ', 'now'); END;
CREATE TRIGGER IF NOT EXISTS odoosky_catalog_update AFTER UPDATE ON odoosky_catalog
BEGIN UPDATE odoosky_version SET version = version + 1, changed_at = strftime('%Y-%m-%dT%H:%M:%fZ', 'now'); END;
CREATE TRIGGER IF NOT EXISTS odoosky_catalog_delete AFTER DELETE ON odoosky_catalog
BEGIN UPDATE odoosky_version SET version = version + 1, changed_at = strftime('%Y-%m-%dT%H:%M:%fZ', 'now'); END;
CREATE TRIGGER IF NOT EXISTS odoosky_catalog_series_insert AFTER INSERT ON odoosky_catalog_series
BEGIN UPDATE odoosky_version SET version = version + 1, changed_at = strftime('%Y-%m-%dT%H:%M:%fZ', 'now'); END;
CREATE TRIGGER IF NOT EXISTS odoosky_catalog_series_update AFTER UPDATE ON odoosky_catalog_series
BEGIN UPDATE odoosky_version SET version = version + 1, changed_at = strftime('%Y-%m-%dT%H:%M:%fZ', 'now'); END;
CREATE TRIGGER IF NOT EXISTS odoosky_catalog_series_delete AFTER DELETE ON odoosky_catalog_series
BEGIN UPDATE odoosky_version SET version = version + 1, changed_at = strftime('%Y-%m-%dT%H:%M:%fZ', 'now'); END;
