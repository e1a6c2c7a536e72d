-- Desired state of Odoo instances for odoosky, PostgreSQL 13 and newer. Run once; running it again changes nothing.
-- What odoosky validate refuses in a single row, these tables refuse to hold, but for what stands inside "values":
-- secrets and templates in there are found by validate, and by each pass.
CREATE TABLE IF NOT EXISTS odoosky_instances (
    code            text PRIMARY KEY CHECK (code ~ '^[a-z]([a-z0-9-]*[a-z0-9])?$' AND length(code) <= 40),
    state           text NOT NULL DEFAULT 'present' CHECK (state IN ('present', 'suspended', 'absent')),
    target          text CHECK (target ~ '^[a-z][a-z0-9-]*$'),
    odoo            text CHECK (odoo ~ '^(saas[-~])?[0-9]+\.[0-9]+$'),
    clone_from_code text CHECK (clone_from_code ~ '^[a-z]([a-z0-9-]*[a-z0-9])?$' AND length(clone_from_code) <= 40 AND clone_from_code <> code),
    labels          jsonb CHECK (jsonb_typeof(labels) = 'object' AND NOT jsonb_path_exists(labels, '$.* ? (@.type() != "string")')),
    "values"        jsonb CHECK (jsonb_typeof("values") = 'object' AND NOT "values" ?| array['addons', 'instance']),
    unset           jsonb CHECK (jsonb_typeof(unset) = 'array' AND NOT jsonb_path_exists(unset, '$[*] ? (@.type() != "string")')
                        AND NOT jsonb_path_exists(unset, '$[*] ? (@ like_regex "^(addons|instance)($|[.])")')),
    requested_by    text,
    reason          text,
    ticket          text,
    updated_at      timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE IF NOT EXISTS odoosky_addons (
    instance_code text NOT NULL REFERENCES odoosky_instances (code) ON UPDATE CASCADE ON DELETE CASCADE,
    position      integer NOT NULL CHECK (position >= 0),
    code          text NOT NULL CHECK (code ~ '^[A-Za-z0-9][A-Za-z0-9_-]*$' AND length(code) <= 128),
    source        text CHECK (source ~ '^[a-z][a-z0-9-]*$'),
    image         text CHECK (image !~ '[[:space:]{}"''<>]'),
    version       text CHECK (version ~ '^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$'),
    PRIMARY KEY (instance_code, position),
    CHECK (source IS DISTINCT FROM 'odoo-builtin' OR (image IS NULL AND version IS NULL))
);
CREATE UNIQUE INDEX IF NOT EXISTS odoosky_addons_once ON odoosky_addons (instance_code, lower(code));

CREATE TABLE IF NOT EXISTS odoosky_catalog (
    code         text PRIMARY KEY CHECK (code ~ '^[A-Za-z0-9][A-Za-z0-9_-]*$' AND length(code) <= 128),
    source       text CHECK (source ~ '^[a-z][a-z0-9-]*$'),
    image        text CHECK (image !~ '[[:space:]{}"''<>]'),
    requested_by text,
    reason       text,
    ticket       text,
    CHECK (source IS DISTINCT FROM 'odoo-builtin' OR image IS NULL)
);
CREATE UNIQUE INDEX IF NOT EXISTS odoosky_catalog_once ON odoosky_catalog (lower(code));

CREATE TABLE IF NOT EXISTS odoosky_catalog_series (
    code    text NOT NULL REFERENCES odoosky_catalog (code) ON UPDATE CASCADE ON DELETE CASCADE,
    series  text NOT NULL CHECK (series ~ '^(saas[-~])?[0-9]+\.[0-9]+$'),
    version text NOT NULL CHECK (version ~ '^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$'),
    image   text CHECK (image !~ '[[:space:]{}"''<>]'),
    PRIMARY KEY (code, series)
);

-- One row that moves with every change, so that a pass finds out cheaply that nothing changed, and who listens is told.
CREATE TABLE IF NOT EXISTS odoosky_version (
    one        boolean PRIMARY KEY DEFAULT true CHECK (one),
    version    bigint NOT NULL DEFAULT 0,
    changed_at timestamptz NOT NULL DEFAULT now()
);
INSERT INTO odoosky_version DEFAULT VALUES ON CONFLICT DO NOTHING;

CREATE OR REPLACE FUNCTION odoosky_moved() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE odoosky_version SET version = version + 1, changed_at = clock_timestamp();
    PERFORM pg_notify('odoosky', TG_TABLE_NAME);
    RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER odoosky_moved AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON odoosky_instances
    FOR EACH STATEMENT EXECUTE FUNCTION odoosky_moved();
CREATE OR REPLACE TRIGGER odoosky_moved AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON odoosky_addons
    FOR EACH STATEMENT EXECUTE FUNCTION odoosky_moved();
CREATE OR REPLACE TRIGGER odoosky_moved AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON odoosky_catalog
    FOR EACH STATEMENT EXECUTE FUNCTION odoosky_moved();
CREATE OR REPLACE TRIGGER odoosky_moved AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON odoosky_catalog_series
    FOR EACH STATEMENT EXECUTE FUNCTION odoosky_moved();
