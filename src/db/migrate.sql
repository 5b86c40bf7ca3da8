-- Which step of the schema was the last, and one more.

-- statement schema_version_last
select max(version) from schema_version;

-- statement schema_version_add
insert into schema_version (version, at) values ($1, $2);
