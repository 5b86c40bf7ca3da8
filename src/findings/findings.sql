-- Programmes that this program and these rules ($1) have not looked at, as of their newest revision
-- and a day from $2 to $3; with the newest day of any look up to $3.
-- statement findings_due
select p.id, p.key, p.revision,
       (select count(*) from limit_change c where c.programme_id is null or c.programme_id = p.id),
       (select max(d.day) from diagnosis d where d.programme_id = p.id and d.day <= $3)
  from programme p
 where p.revision > 0
   and not exists (select 1 from diagnosis d
                    where d.programme_id = p.id and d.revision = p.revision
                      and d.fingerprint = $1 || (select '+' || cast(count(*) as text) from limit_change c
                                                  where c.programme_id is null or c.programme_id = p.id)
                      and d.day >= $2 and d.day <= $3)
 order by p.id;

-- statement diagnosis_newest
select number, revision, day, made_at, findings from diagnosis
 where programme_id = $1
 order by number desc limit 1;

-- statement diagnosis_last_number
select max(number) from diagnosis where programme_id = $1;

-- statement diagnosis_add
insert into diagnosis
       (programme_id, number, revision, day, fingerprint, made_at, findings, content,
        content_shared)
values ($1, $2, $3, $4, $5 || '+' || cast($10 as text), $6, $7, $8, $9);

-- statement diagnosis_trim
update diagnosis set content = null, content_shared = null
 where programme_id = $1 and revision = $2 and number < $3 and content is not null
   and not exists (select 1 from shared_diagnosis s
                    where s.programme_id = diagnosis.programme_id and s.number = diagnosis.number);

-- The newest look, and the newest that was shared; the words for the lead ($2 is 1), or for all.
-- statement diagnosis_shown
select d.number, d.revision, d.day, d.made_at, s.at,
       case when $2 = 1 then d.content else d.content_shared end
  from diagnosis d
  left join shared_diagnosis s on s.programme_id = d.programme_id and s.number = d.number
 where d.programme_id = $1 and ($2 = 1 or s.at is not null)
 order by d.number desc limit 1;

-- statement diagnosis_share
insert into shared_diagnosis (programme_id, number, at, author) values ($1, $2, $3, $4)
    on conflict (programme_id, number) do nothing;

-- Everything that was ever found in a programme, with the newest period of each.
-- statement finding_list
select f.id, f.identity, f.private, f.person, f.words, f.content, p.number, p.closed_revision
  from finding f
  left join finding_period p
    on p.programme_id = f.programme_id and p.finding_id = f.id
   and p.number = (select max(q.number) from finding_period q
                    where q.programme_id = f.programme_id and q.finding_id = f.id)
 where f.programme_id = $1
 order by f.id;

-- statement finding_add
insert into finding (programme_id, id, identity, private, person, words, content)
values ($1, $2, $3, $4, $5, $6, $7);

-- statement finding_reword
update finding set private = $3, person = $4, words = $5, content = $6
 where programme_id = $1 and id = $2;

-- statement finding_open
insert into finding_period (programme_id, finding_id, number, opened_revision, opened_day)
values ($1, $2, $3, $4, $5);

-- statement finding_close
update finding_period set closed_revision = $4, closed_day = $5
 where programme_id = $1 and finding_id = $2 and number = $3;

-- Everything that was ever found in a programme, once for each time it was there.
-- statement finding_periods
select f.id, f.identity, f.private, f.person,
       p.opened_revision, p.opened_day, p.closed_revision, p.closed_day
  from finding f
  left join finding_period p on p.programme_id = f.programme_id and p.finding_id = f.id
 where f.programme_id = $1
 order by f.id, p.number;

-- statement finding_said
select words, content from finding where programme_id = $1 and id = $2;

-- statement finding_decisions
select finding_id, what, author, at, reason, assigned_to, review_on from finding_decision
 where programme_id = $1
 order by finding_id, number;

-- statement finding_person
select id from record where programme_id = $1 and kind = 'person' and key = $2 and until is null;

-- statement finding_decide
insert into finding_decision
       (programme_id, finding_id, number, what, author, at, reason, assigned_to, review_on, token)
select $1, $2, coalesce(max(number), 0) + 1, $3, $4, $5, $6, $7, $8, $9
  from finding_decision where programme_id = $1 and finding_id = $2;

-- statement finding_decision_known
select 1 from finding_decision
 where programme_id = $1 and token = $2 and what = $3 and coalesce(reason, '') = coalesce($4, '')
   and coalesce(assigned_to, '') = coalesce($5, '') and coalesce(review_on, '') = coalesce($6, '');

-- statement finding_people
select key, content from record
 where programme_id = $1 and kind = 'person' and until is null
 order by position, id;

-- statement finding_organisations
select key, content from record where programme_id = $1 and kind = 'organisation' and until is null;

-- statement finding_assigned_people
select key, content from record
 where programme_id = $1 and kind = 'person' and until is null
   and key in (select d.assigned_to from finding_decision d where d.programme_id = $1);

-- Looks that were shared: as of when, and how many came later as of the same.
-- statement looks_shared
select d.revision, d.day,
       (select count(*) from diagnosis e
         where e.programme_id = d.programme_id and e.revision = d.revision and e.day = d.day
           and e.number > d.number)
  from shared_diagnosis s
  join diagnosis d on d.programme_id = s.programme_id and d.number = s.number
 where s.programme_id = $1
 order by d.number;

-- The newest look that was made ($2 is 1: for the lead) or shared until $3.
-- statement look_before
select d.revision, d.day,
       (select count(*) from diagnosis e
         where e.programme_id = d.programme_id and e.revision = d.revision and e.day = d.day
           and e.number > d.number)
  from diagnosis d
  left join shared_diagnosis s on s.programme_id = d.programme_id and s.number = d.number
 where d.programme_id = $1 and (($2 = 1 and d.made_at <= $3) or s.at <= $3)
 order by d.number desc limit 1;
