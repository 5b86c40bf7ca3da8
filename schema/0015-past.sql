-- How a record read before is asked for by its name; whatever never changed is not in this index.
create index record_past on record (programme_id, kind, key) where until is not null;
-- A page of a long list takes as long as one of a short list; with "until" in it SQLite counts a list without reading
-- its rows.
create index record_place on record (programme_id, kind, position, id, until) where until is null;
