-- statement programme_by_key
select id, key, name, revision, link from programme where key = $1;

-- The programmes, in the order in which they came.
-- statement programme_list
select id, key, name, revision, link from programme order by id;

-- statement programme_add
insert into programme (id, key, name, created_at, revision, link) values ($1, $2, $3, $4, 0, '');

-- Keeps other writers of this programme out until the end of the transaction.
-- statement programme_lock
update programme set touched = touched + 1 where id = $1 returning revision, link, name;

-- statement programme_touch
update programme set touched = touched + 1 where id = $1;

-- statement programme_move
update programme set revision = $2, link = $3, name = $4 where id = $1;

-- Every record of a programme as it is now, in the order of the sheets.
-- statement record_now
select id, revision, kind, key, position, content from record
 where programme_id = $1 and until is null
 order by position, id;

-- The same of one kind.
-- statement record_now_of_kind
select id, revision, kind, key, position, content from record
 where programme_id = $1 and kind = $2 and until is null
 order by position, id;

-- All as of a revision.
-- statement record_at
select id, revision, kind, key, position, content from record
 where programme_id = $1 and revision <= $2 and (until is null or until > $2)
 order by position, id;

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

-- Eleven of them: PostgreSQL takes them in two thirds of the time.
-- statement record_add_eleven
insert into record
       (programme_id, id, revision, kind, key, position, content, salt, commitment)
values
       ($1, $2, $3, $4, $5, $6, $7, $8, $9),
       ($10, $11, $12, $13, $14, $15, $16, $17, $18),
       ($19, $20, $21, $22, $23, $24, $25, $26, $27),
       ($28, $29, $30, $31, $32, $33, $34, $35, $36),
       ($37, $38, $39, $40, $41, $42, $43, $44, $45),
       ($46, $47, $48, $49, $50, $51, $52, $53, $54),
       ($55, $56, $57, $58, $59, $60, $61, $62, $63),
       ($64, $65, $66, $67, $68, $69, $70, $71, $72),
       ($73, $74, $75, $76, $77, $78, $79, $80, $81),
       ($82, $83, $84, $85, $86, $87, $88, $89, $90),
       ($91, $92, $93, $94, $95, $96, $97, $98, $99);

-- statement record_end
update record set until = $4 where programme_id = $1 and id = $2 and revision = $3;
