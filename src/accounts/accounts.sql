-- Signing in.

-- Whose session it is ($1), until $2, and what they are in the programme with the key $3: one row, or
-- none where nobody is signed in. What they are is null where they take no part in it, and its columns are
-- not to be told then. The last one is the number of the newest look.
-- statement visitor
select a.id, a.login, a.administrator, p.id, p.name, s.expires_at,
       m.role, m.visited_at, m.seen_before, q.id, q.key, q.name, q.revision, q.link, q.touched,
       (select max(d.number) from diagnosis d where d.programme_id = q.id)
  from session s
  join account a on a.id = s.account_id
  join person p on p.id = a.person_id
  left join programme q on q.key = $3
  left join member m on m.programme_id = q.id and m.person_id = p.id
 where s.hash = $1 and s.expires_at > $2 and s.waits = 0;

-- The records on the sheet People of a programme that a person is. "cross join", since SQLite would begin
-- with all records otherwise.
-- statement visitor_records
select r.key from person_record l
 cross join record r
 where l.programme_id = $1 and l.person_id = $2
   and r.programme_id = l.programme_id and r.id = l.record_id and r.until is null;

-- statement visitor_programmes
select q.id, q.key, q.name, q.revision, q.link, m.role
  from member m
  join programme q on q.id = m.programme_id
 where m.person_id = $1
 order by q.id;

-- They are in the programme now ($3). Another visit has begun if the last page was before $4;
-- nothing is written if it was after $5.
-- statement visit_write
update member
   set seen_before = case when visited_at < $4 then visited_at else seen_before end,
       visited_at = $3
 where programme_id = $1 and person_id = $2 and (visited_at is null or visited_at < $5);

-- statement session_add
insert into session (hash, account_id, created_at, expires_at, agent, by_link, waits)
values ($1, $2, $3, $4, $5, $6, $7);

-- The session that waits for its second factor.
-- statement session_waiting
select s.account_id, s.by_link, a.login from session s join account a on a.id = s.account_id
 where s.hash = $1 and s.expires_at > $2 and s.waits = 1;

-- The account's sessions that have not ended by $2; $3 first.
-- statement session_list
select hash, created_at, agent, by_link from session
 where account_id = $1 and expires_at > $2 and waits = 0
 order by case when hash = $3 then 0 else 1 end, created_at desc, hash;

-- statement session_remove_of
delete from session where hash = $1 and account_id = $2;

-- statement session_remove_all
delete from session where account_id = $1;

-- statement session_remove_others
delete from session where account_id = $1 and hash <> $2;

-- Whoever came in by a link has a password now.
-- statement session_has_password
update session set by_link = 0 where hash = $1;

-- statement account_signed_in
update account set signed_in_at = $2 where id = $1;

-- statement session_remove
delete from session where hash = $1;

-- statement session_remove_old
delete from session where expires_at <= $1;

-- statement account_by_login
select id, password from account where login = $1;

-- statement account_administrators
select count(*) from account where administrator = 1;

-- statement account_make_administrator
update account set administrator = 1 where login = $1;

-- statement account_password
update account set password = $2 where id = $1;

-- The account with the login $1; behind it those of the person with the email address $2.
-- statement account_by_login_or_email
select 1 as rank, a.id, a.login, a.password, p.name, p.email
  from account a join person p on p.id = a.person_id
 where a.login = $1
union all
select 2, a.id, a.login, a.password, p.name, p.email
  from account a join person p on p.id = a.person_id
 where p.email = $2
 order by 1;

-- statement account_by_id
select 1, a.id, a.login, a.password, p.name, p.email
  from account a join person p on p.id = a.person_id
 where a.id = $1;

-- statement sign_in_link_add
insert into sign_in_link (hash, account_id, expires_at) values ($1, $2, $3);

-- statement sign_in_link_look
select p.name from sign_in_link l
  join account a on a.id = l.account_id
  join person p on p.id = a.person_id
 where l.hash = $1 and l.used_at is null and l.expires_at > $2;

-- statement sign_in_link_spend
update sign_in_link set used_at = $2
 where hash = $1 and used_at is null and expires_at > $2
returning account_id;

-- statement sign_in_link_remove_old
delete from sign_in_link where expires_at <= $1;

-- statement sign_in_link_remove_all
delete from sign_in_link where account_id = $1;

-- statement sign_in_failure_add
insert into sign_in_failure (id, hash, at) values ($1, $2, $3);

-- The newest first.
-- statement sign_in_failures
select at from sign_in_failure where hash = $1 order by at desc, id;

-- statement sign_in_failure_remove
delete from sign_in_failure where id = $1;

-- statement sign_in_failure_remove_all
delete from sign_in_failure where hash = $1;

-- statement sign_in_failure_remove_old
delete from sign_in_failure where at <= $1;

-- statement second_factor
select a.totp_secret, a.totp_step, (select count(*) from recovery_code r where r.account_id = a.id),
       a.totp_taken_at
  from account a where a.id = $1;

-- statement second_factor_set
update account set totp_secret = $2, totp_step = $3, totp_taken_at = null where id = $1;

-- statement second_factor_remove
update account set totp_secret = null, totp_step = null where id = $1;

-- statement second_factor_taken
update account set totp_taken_at = $2 where id = $1;

-- statement second_factor_told
update account set totp_taken_at = null where id = $1;

-- Of two who bring the same figures at once only one is let in.
-- statement second_factor_spend
update account set totp_step = $2
 where id = $1 and totp_secret is not null and (totp_step is null or totp_step < $2)
returning id;

-- statement recovery_code_add
insert into recovery_code (hash, account_id) values ($1, $2);

-- statement recovery_code_spend
delete from recovery_code where hash = $1 and account_id = $2 returning account_id;

-- statement recovery_code_remove_all
delete from recovery_code where account_id = $1;

-- How to reach those who look after the site.
-- statement keeper_addresses
select p.email from account a
  join person p on p.id = a.person_id
 where a.administrator = 1 and p.email is not null
 order by p.id;
