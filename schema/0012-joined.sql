-- When a record of the sheet People was joined to a person, and which person did so: null where it was whoever runs the
-- site, or before this was kept.
alter table person_record add column joined_at text;
alter table person_record add column joined_by bigint;
