-- How far the index of words has come for a programme (src/store/search.h): all of `revision` is in it; of `target`
-- up to the record `cursor`. Tables called fulltext_... are in no copy and no backup: they are made anew.
create table fulltext_progress (
    programme_id bigint not null primary key references programme (id),
    revision bigint not null,
    target bigint not null,
    cursor bigint not null
);
