-- Finding records by words: what the index (db/fulltext.h) is made of.

-- A programme of which the index lacks something.
-- statement search_behind
select q.id, q.key, q.name, q.revision, q.link
  from programme q
  left join fulltext_progress f on f.programme_id = q.id
 where q.revision > 0 and (f.revision is null or f.revision < q.revision)
 order by q.id limit 1;

-- statement search_progress
select revision, target, cursor from fulltext_progress where programme_id = $1;

-- statement search_progress_set
insert into fulltext_progress (programme_id, revision, target, cursor) values ($1, $2, $3, $4)
    on conflict (programme_id) do update
   set revision = excluded.revision, target = excluded.target, cursor = excluded.cursor;

-- statement search_progress_forget
delete from fulltext_progress where programme_id = $1;

-- Which records have changed since the revision $2, behind the id $3; each as it is now, if it still is.
-- statement search_changed
select c.id, n.kind, n.key, n.content
  from (select distinct id from record
         where programme_id = $1 and id > $3 and (revision > $2 or until > $2)
         order by id limit $4) c
  left join record n on n.programme_id = $1 and n.id = c.id and n.until is null
 order by c.id;
