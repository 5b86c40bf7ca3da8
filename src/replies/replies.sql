-- What people answer who are asked.

-- The replies about a finding ($2), or about an action ($3), that is still there or was taken out since; or
-- the one of that number ($4).
-- statement replies_about
select p.id, p.what, p.words, p.person, p.author, p.at, p.taken_up_at, p.taken_up_by, p.taken_up_words,
       f.identity, r.key, r.content
  from reply p
  left join finding f on f.programme_id = p.programme_id and f.id = p.finding_id
  left join record r on r.programme_id = p.programme_id and r.id = p.record_id and r.until is null
 where p.programme_id = $1 and (p.finding_id = $2 or p.record_id = $3 or p.id = $4)
 order by p.at, p.id;

-- Those that wait, and what was reported as done, or taken up, since $2.
-- statement replies_new
select p.id, p.what, p.words, p.person, p.author, p.at, p.taken_up_at, p.taken_up_by, p.taken_up_words,
       f.identity, r.key, r.content
  from reply p
  left join finding f on f.programme_id = p.programme_id and f.id = p.finding_id
  left join record r on r.programme_id = p.programme_id and r.id = p.record_id and r.until is null
 where p.programme_id = $1
   and (p.what <> 'done' and p.taken_up_at is null or p.what = 'done' and p.at >= $2 or p.taken_up_at >= $2)
 order by p.at, p.id;

-- statement reply_known
select 1 from reply
 where programme_id = $1 and token = $2 and what = $3 and coalesce(words, '') = coalesce($4, '');

-- statement reply_count
select count(*) from reply
 where programme_id = $1 and (finding_id = $2 or record_id = $3) and person = $4;

-- statement reply_add
insert into reply
       (programme_id, id, finding_id, record_id, what, words, person, author, at, token)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10);

-- statement reply_take_up
update reply set taken_up_at = $3, taken_up_by = $4, taken_up_words = $5
 where programme_id = $1 and id = $2 and what <> 'done' and taken_up_at is null;

-- Whether it was taken up by $3 with these words.
-- statement reply_taken_up
select 1 from reply
 where programme_id = $1 and id = $2 and taken_up_at is not null and coalesce(taken_up_by, '') = $3
   and coalesce(taken_up_words, '') = coalesce($4, '');
