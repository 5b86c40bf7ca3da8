-- Lists of people's own, on their way into a programme.

-- statement brought_add
insert into brought_file (programme_id, id, account_id, token, at, author, file, content, answers, wish)
values ($1, $2, $3, $4, $5, $6, $7, $8, '[]', $9)
    on conflict (programme_id, token) do nothing;

-- statement brought_by_token
select id from brought_file where programme_id = $1 and token = $2 and account_id = $3;

-- What is older than $2 goes.
-- statement brought_expire
delete from brought_file where programme_id = $1 and at < $2;

-- Those of one person, the newest first.
-- statement brought_list
select id, at, file, wish, revision, undone_revision, failed
  from brought_file
 where programme_id = $1 and account_id = $2
 order by id desc;

-- statement brought_one
select id, at, file, wish, revision, undone_revision, failed, outcome, answers
  from brought_file
 where programme_id = $1 and id = $2 and account_id = $3;

-- A workbook of ours that was made; nothing of other files.
-- statement brought_made
select file, content from brought_file
 where programme_id = $1 and id = $2 and account_id = $3 and answers = '[]' and wish is null and failed is null
   and outcome is null and revision is null;

-- statement brought_wish
update brought_file set wish = $4, answers = $5, failed = null
 where programme_id = $1 and id = $2 and account_id = $3;

-- statement brought_remove
delete from brought_file where programme_id = $1 and id = $2 and account_id = $3;

-- statement brought_due
select p.id, p.key, f.id, f.wish, f.answers
  from brought_file f
  join programme p on p.id = f.programme_id
 where f.wish is not null
 order by f.id;

-- statement brought_content
select author, file, content, answers, wish, revision from brought_file where programme_id = $1 and id = $2;

-- Nothing where something else has been wished meanwhile.
-- statement brought_outcome
update brought_file
   set wish = null, outcome = $4, failed = $5, revision = coalesce($6, revision),
       undone_revision = coalesce($7, undone_revision),
       content = case when $6 is null then coalesce($8, content) else '' end
 where programme_id = $1 and id = $2 and wish = $3;

-- statement brought_kept
select name, value from brought_answer where programme_id = $1 order by name;

-- statement brought_keep
insert into brought_answer (programme_id, name, value) values ($1, $2, $3)
    on conflict (programme_id, name) do update set value = excluded.value;
