-- Which steps of the schema have been taken, and when (UTC).
create table schema_version (
    version bigint not null primary key,
    at text not null
);
