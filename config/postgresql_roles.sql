-- A role for `incident-hub web` on PostgreSQL: it writes to the record and cannot change or take away what stands there.
-- Run it as the role that owns the database and runs `migrate` and `engine`, after each `migrate`; give hub_web a
-- password or a certificate of its own.

DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'hub_web') THEN CREATE ROLE hub_web LOGIN; END IF;
END $$;
GRANT USAGE ON SCHEMA public TO hub_web;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO hub_web;
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO hub_web;
REVOKE UPDATE, DELETE ON entry, feed, anchor, witness FROM hub_web;
REVOKE DELETE ON look, chain, disclosure FROM hub_web;
REVOKE INSERT, UPDATE, DELETE ON alembic_version FROM hub_web;
