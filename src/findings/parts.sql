-- Looks that somebody may see (the newest of a programme, and the newest that is shared) of which
-- nothing has been made ready yet.
-- statement part_due
select p.id, p.key, d.number, d.revision, d.day
  from programme p
  join diagnosis d on d.programme_id = p.id
 where d.content is not null
   and (d.number = (select max(n.number) from diagnosis n where n.programme_id = p.id)
        or d.number = (select max(s.number) from shared_diagnosis s where s.programme_id = p.id))
   and not exists (select 1 from diagnosis_part r
                    where r.programme_id = p.id and r.number = d.number)
 order by p.id, d.number desc;

-- statement diagnosis_part_add
insert into diagnosis_part (programme_id, number, part, content) values ($1, $2, $3, $4)
    on conflict (programme_id, number, part) do nothing;

-- statement part_read
select part, content from diagnosis_part
 where programme_id = $1 and number = $2 and part in ($3, 'failed');

-- One part of the look that is shown to the lead ($2 is 1), or to all.
-- statement part_shown
select d.number, r.content
  from diagnosis d
  left join diagnosis_part r
    on r.programme_id = d.programme_id and r.number = d.number and r.part = $3
 where d.programme_id = $1
   and ($2 = 1 or exists (select 1 from shared_diagnosis s
                           where s.programme_id = d.programme_id and s.number = d.number))
 order by d.number desc limit 1;

-- statement part_names
select part from diagnosis_part where programme_id = $1 and number = $2;

-- What nobody can see any more.
-- statement part_trim
delete from diagnosis_part
 where programme_id = $1
   and number <> (select max(n.number) from diagnosis n where n.programme_id = $1)
   and number <> (select coalesce(max(s.number), 0) from shared_diagnosis s
                   where s.programme_id = $1);
