-- People across programmes: who is who, who may see what, who may sign in.

-- statement person_list
select id, name, email from person order by id;

-- statement person_by_id
select id, name, email from person where id = $1;

-- statement person_by_login
select person_id from account where login = $1;

-- statement person_by_email
select id from person where email = $1;

-- statement person_by_name
select id from person where name = $1 order by id;

-- statement person_by_record
select distinct l.person_id from record r
  join person_record l on l.programme_id = r.programme_id and l.record_id = r.id
 where r.programme_id = $1 and r.kind = 'person' and r.key = $2;

-- statement person_add
insert into person (id, name, email) values ($1, $2, $3);

-- statement person_remove
delete from person where id = $1;

-- The newest record that had this key.
-- statement person_record_find
select id from record
 where programme_id = $1 and kind = 'person' and key = $2
 order by id desc limit 1;

-- As it last read; `until` is not null where it was removed.
-- statement person_record_latest
select key, content, until from record
 where programme_id = $1 and id = $2
 order by revision desc limit 1;

-- statement person_record_list
select p.id, p.key, p.name, p.revision, p.link, l.record_id, l.joined_at, b.name from person_record l
  join programme p on p.id = l.programme_id
  left join person b on b.id = l.joined_by
 where l.person_id = $1
 order by p.id, l.record_id;

-- statement person_record_add
insert into person_record (programme_id, record_id, person_id, joined_at, joined_by)
values ($1, $2, $3, $4, $5);

-- statement person_record_remove
delete from person_record where programme_id = $1 and record_id = $2;

-- statement member_list
select p.id, p.key, p.name, p.revision, p.link, m.role, m.since, m.visited_at, m.seen_before
  from member m
  join programme p on p.id = m.programme_id
 where m.person_id = $1
 order by p.id;

-- statement member_set
insert into member (programme_id, person_id, role, since) values ($1, $2, $3, $4)
    on conflict (programme_id, person_id) do update set role = excluded.role;

-- Of somebody who never signed in: whoever was given a link before was not to have what it opens now. No lead
-- is ever given one to an administrator.
-- statement member_links_end
delete from sign_in_link
 where used_at is null
   and account_id in (select id from account where person_id = $1 and signed_in_at is null
                         and administrator = 0);

-- statement member_remove
delete from member where programme_id = $1 and person_id = $2;

-- statement account_list
select a.login, a.created_at, a.signed_in_at, f.made_at from account a
  left join calendar_feed f on f.account_id = a.id
 where a.person_id = $1
 order by a.id;

-- The browsers in which somebody is signed in.
-- statement person_sessions
select a.login, s.created_at, s.expires_at, s.agent
  from session s
  join account a on a.id = s.account_id
 where a.person_id = $1
 order by s.created_at, s.hash;

-- With which other programs read for somebody.
-- statement person_keys
select a.login, k.name, k.made_at, k.ends_at, k.used_on from api_key k
  join account a on a.id = k.account_id
 where a.person_id = $1
 order by k.made_at, k.hash;

-- Mails to somebody, and meetings in their calendar (src/invitations/).
-- statement person_mails
select m.kind, m.subject, m.made_at, m.sent_at from mail m
  join account a on a.id = m.account_id
 where a.person_id = $1
 order by m.made_at, m.id;

-- statement person_meetings
select q.name, i.day, i.state, i.sent_at from meeting_invitation i
  join programme q on q.id = i.programme_id
  join account a on a.id = i.account_id
 where a.person_id = $1
 order by i.day, q.id, i.meeting;

-- What they asked for who have a right to it (src/held/requests.h).
-- statement person_requests
select q.what, q.words, q.asked_on, q.state, q.answer from rights_request q
  join account a on a.id = q.account_id
 where a.person_id = $1
 order by q.asked_on, q.id;

-- That it was asked and answered stays.
-- statement person_requests_erase
update rights_request set who = '', words = '', answer = ''
 where account_id in (select id from account where person_id = $1);

-- statement account_add
insert into account (id, person_id, login, created_at) values ($1, $2, $3, $4);

-- statement account_remove
delete from account where login = $1;

-- Who has saved, decided, shared, answered or changed a step, in which programmes. Names are compared in C: what
-- lower() makes of them is not the same everywhere.
-- statement programme_authors
select p.id, p.key, p.name, p.revision, p.link, a.author from programme p
  join (select programme_id, author from revision
        union select programme_id, author from finding_decision
        union select programme_id, author from shared_diagnosis
        union select programme_id, author from reply
        union select programme_id, taken_up_by from reply
        union select programme_id, author from step_change
        union select programme_id, author from limit_change where programme_id is not null) a on a.programme_id = p.id
 where a.author is not null
 order by p.id;

-- How much of a programme's versions there is to look through; not looking further than $2 of them.
-- statement version_weight
select cast(coalesce(sum(length(content) + 200), 0) as bigint)
  from (select content from record where programme_id = $1 limit $2) as looked;
