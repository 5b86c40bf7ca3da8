-- statement programme_by_key
select id, key, name, revision, link from programme where key = $1;

-- The programmes, in the order in which they came.
-- statement programme_list
select id, key, name, revision, link from programme order by id;

-- statement programme_add
insert into programme (id, key, name, created_at, revision, link) values ($1, $2, $3, $4, 0, '');

-- Changes nothing and keeps other writers of this programme out until the end of the transaction.
-- statement programme_lock
update programme set revision = revision where id = $1 returning revision, link, name;

-- statement programme_move
update programme set revision = $2, link = $3, name = $4 where id = $1;

-- Every record of a programme as it is now, in the order of the sheets.
-- statement record_now
select id, revision, kind, key, position, content from record
 where programme_id = $1 and until is null
 order by position, id;

-- The same as of a revision.
-- statement record_at
select id, revision, kind, key, position, content from record
 where programme_id = $1 and revision <= $2 and (until is null or until > $2)
 order by position, id;

-- statement record_count
select kind, count(*) from record where programme_id = $1 and until is null group by kind;

-- What held at a revision and does no more.
-- statement record_since
select id, revision, kind, key, position, content from record
 where programme_id = $1 and until > $2 and revision <= $2
 order by id;

-- In which revision it was last removed.
-- statement record_removed
select max(until) from record where programme_id = $1 and kind = $2 and key = $3;

-- statement record_add
insert into record
       (programme_id, id, revision, kind, key, position, content, salt, commitment)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9);

-- statement record_end
update record set until = $4 where programme_id = $1 and id = $2 and revision = $3;
