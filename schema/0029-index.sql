-- The index of words is laid out anew for PostgreSQL (src/db/fulltext.c): the one that stands there goes, and a worker
-- of `ithaca serve` makes another.
drop table if exists fulltext_item;
delete from fulltext_progress;
