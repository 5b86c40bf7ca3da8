-- How records read before, and what was taken out.

-- Both halves have an index of their own.
-- statement past_versions
select r.key, r.revision, b.at, b.author, b.reason, r.until, e.at, e.author, e.reason, r.content,
       (select count(*) from erasure x
         where x.programme_id = r.programme_id and x.record_id = r.id and x.revision = r.revision)
  from (select programme_id, id, key, revision, until, content from record
         where programme_id = $1 and kind = $2 and key = $3 and until is null
        union all
        select programme_id, id, key, revision, until, content from record
         where programme_id = $1 and kind = $2 and key = $3 and until is not null) r
  join revision b on b.programme_id = r.programme_id and b.number = r.revision
  left join revision e on e.programme_id = r.programme_id and e.number = r.until
 order by r.revision desc limit $4;

-- statement past_gone
select r.key, r.revision, b.at, b.author, b.reason, r.until, e.at, e.author, e.reason, r.content,
       (select count(*) from erasure x
         where x.programme_id = r.programme_id and x.record_id = r.id and x.revision = r.revision)
  from record r
  join revision b on b.programme_id = r.programme_id and b.number = r.revision
  join revision e on e.programme_id = r.programme_id and e.number = r.until
 where r.programme_id = $1 and r.kind = $2 and r.until is not null
   and not exists (select 1 from record n
                    where n.programme_id = r.programme_id and n.kind = r.kind and n.key = r.key
                      and n.until is null)
   and not exists (select 1 from record l
                    where l.programme_id = r.programme_id and l.kind = r.kind and l.key = r.key
                      and l.until is not null and l.until > r.until)
 order by r.until desc, r.id limit $3 offset $4;
