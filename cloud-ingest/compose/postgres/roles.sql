-- The role of cloud-ingest owns its database and is no superuser. The image runs this once, as its superuser, when the data folder is new.
\set password `cat /run/secrets/postgres-password`
CREATE ROLE sensing LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD :'password';
CREATE DATABASE sensing OWNER sensing;
REVOKE CONNECT ON DATABASE postgres FROM PUBLIC;
