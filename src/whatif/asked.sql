-- Questions of leads: what if somebody left?

-- statement whatif_ask
insert into whatif_question (programme_id, id, token, asked_at, person, person_name, on_day)
values ($1, $2, $3, $4, $5, $6, $7)
    on conflict (programme_id, token) do nothing;

-- statement whatif_by_token
select id from whatif_question where programme_id = $1 and token = $2;

-- Only the newest $2 of a programme stay.
-- statement whatif_trim
delete from whatif_question
 where programme_id = $1
   and id not in (select q.id from whatif_question q
                   where q.programme_id = $1
                   order by q.id desc limit $2);

-- statement whatif_list
select id, asked_at, person, person_name, on_day, revision, answered_at, null, failed, done,
       done_of
  from whatif_question
 where programme_id = $1
 order by id desc;

-- statement whatif_one
select id, asked_at, person, person_name, on_day, revision, answered_at, answer, failed, done,
       done_of
  from whatif_question
 where programme_id = $1 and id = $2;

-- statement whatif_remove
delete from whatif_question where programme_id = $1 and id = $2;

-- statement whatif_due
select p.id, p.key, q.id, q.person, q.on_day
  from whatif_question q
  join programme p on p.id = q.programme_id
 where q.answer is null and q.failed is null
 order by q.programme_id, q.id;

-- statement whatif_answer
update whatif_question set answer = $3, revision = $4, answered_at = $5
 where programme_id = $1 and id = $2 and failed is null;

-- statement whatif_give_up
update whatif_question set failed = $3
 where programme_id = $1 and id = $2 and answer is null and failed is null;

-- Nothing comes back if it was stopped or removed.
-- statement whatif_progress
update whatif_question set done = $3, done_of = $4
 where programme_id = $1 and id = $2 and answer is null and failed is null
returning id;
