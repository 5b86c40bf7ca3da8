-- statement revision_add
insert into revision (programme_id, number, at, author, reason, token, salt, commitment, link)
values ($1, $2, $3, $4, $5, $6, $7, $8, '');

-- statement revision_link
update revision set link = $3 where programme_id = $1 and number = $2;

-- statement revision_by_token
select number from revision where programme_id = $1 and token = $2;

-- statement revision_by_number
select number, at, author, reason, salt, commitment, link from revision
 where programme_id = $1 and number = $2;

-- Which revisions, of whichever programmes, have a link that somebody kept.
-- statement revision_by_link
select programme.key, revision.number from revision
  join programme on programme.id = revision.programme_id
 where revision.link = $1
 order by programme.key, revision.number;

-- statement revision_list
select number, at, author, reason, salt, commitment, link from revision
 where programme_id = $1 and number >= $2 and number <= $3
 order by number;

-- The newest revision that was saved before a time.
-- statement revision_before
select max(number) from revision where programme_id = $1 and at < $2;

-- Every version that began or ended at a revision from $2 to $3, for the chain and for people.
-- statement record_versions
select id, revision, until, kind, key, content, salt, commitment from record
 where programme_id = $1 and revision >= $2 and revision <= $3
 order by revision, id;

-- statement record_endings
select id, revision, until, kind, key, content, salt, commitment from record
 where programme_id = $1 and until >= $2 and until <= $3
 order by until, id;

-- statement erasure_list
select number, record_id, revision, commitment from erasure
 where programme_id = $1
 order by number, record_id, revision;

-- statement erasure_latest
select max(number) from erasure where programme_id = $1;

-- statement erasure_add
insert into erasure (programme_id, number, record_id, revision, commitment)
values ($1, $2, $3, $4, $5);

-- The words of a version, put in the place of those that were erased; its commitment stays.
-- statement record_erase
update record set key = $4, content = $5, salt = $6
 where programme_id = $1 and id = $2 and revision = $3;

-- statement revision_erase
update revision set author = $3, reason = $4, salt = $5, token = null
 where programme_id = $1 and number = $2;
