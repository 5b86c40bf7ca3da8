-- Mails that wait, and those that were sent.

-- statement mail_add
insert into mail (id, account_id, kind, what, subject, words, made_at, due_at, calendar, calendar_method)
values ($1, $2, $3, $4, $5, $6, $7, $7, $8, $9)
    on conflict (account_id, kind, what) do nothing;

-- statement mail_count_since
select count(*) from mail where account_id = $1 and kind = $2 and made_at > $3;

-- statement mail_state
select (select count(*) from mail where sent_at is null and given_up_at is null),
       (select min(made_at) from mail where sent_at is null and given_up_at is null),
       (select count(*) from mail where sent_at is not null);

-- What went wrong with those that wait: the newest word.
-- statement mail_said
select said from mail
 where sent_at is null and given_up_at is null and said is not null
 order by due_at desc, id desc limit 1;

-- statement mail_given_up
select m.id, p.name, m.kind, m.given_up_at, m.said from mail m
  join account a on a.id = m.account_id
  join person p on p.id = a.person_id
 where m.given_up_at is not null
 order by m.given_up_at desc, m.id desc limit 100;

-- statement mail_try_again
update mail set given_up_at = null, tries = 0, due_at = $2, made_at = $2
 where id = $1 and given_up_at is not null;

-- statement mail_choice
select reminders from mail_choice where account_id = $1;

-- statement mail_choice_set
insert into mail_choice (account_id, reminders) values ($1, $2)
    on conflict (account_id) do update set reminders = excluded.reminders;

-- statement mail_meetings
select meetings from mail_choice where account_id = $1;

-- statement mail_meetings_set
insert into mail_choice (account_id, reminders, meetings) values ($1, $2, $3)
    on conflict (account_id) do update set meetings = excluded.meetings;

-- statement mail_stop_find
select account_id, kind from mail where stop_hash = $1;

-- The one that is to be sent next, as of $1, unless somebody else is at it.
-- statement mail_due
select m.id, m.account_id, m.kind, m.subject, m.words, m.made_at, m.tries, p.email, p.name, m.calendar,
       m.calendar_method
  from mail m
  join account a on a.id = m.account_id
  join person p on p.id = a.person_id
 where m.sent_at is null and m.given_up_at is null and m.due_at <= $1
   and (m.claimed_until is null or m.claimed_until <= $1)
 order by m.due_at, m.id limit 1;

-- Of two who want it one gets it.
-- statement mail_claim
update mail set claimed_until = $3, stop_hash = $4
 where id = $1 and sent_at is null and given_up_at is null
   and (claimed_until is null or claimed_until <= $2)
returning id;

-- What it said is needed no more.
-- statement mail_sent
update mail set sent_at = $2, claimed_until = null, said = null, words = '', calendar = null where id = $1;

-- statement mail_later
update mail set due_at = $2, tries = tries + 1, claimed_until = null, said = $3 where id = $1;

-- The server was in trouble, not the mail: it is as if it had not been tried.
-- statement mail_put_back
update mail set claimed_until = null, said = $2 where id = $1;

-- statement mail_give_up
update mail set given_up_at = $2, claimed_until = null, said = $3 where id = $1;

-- statement mail_remove_old
delete from mail where sent_at <= $1 or given_up_at <= $1;
