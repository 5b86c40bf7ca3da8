-- Calendars that people subscribe to.

-- statement calendar_feed_add
insert into calendar_feed (hash, account_id, made_at) values ($1, $2, $3)
    on conflict (account_id) do update set hash = excluded.hash, made_at = excluded.made_at;

-- statement calendar_feed_remove
delete from calendar_feed where account_id = $1;

-- statement calendar_feed_made
select made_at from calendar_feed where account_id = $1;

-- statement calendar_feed_find
select a.id, a.person_id from calendar_feed f join account a on a.id = f.account_id
 where f.hash = $1;

-- statement calendar_meetings
select r.id, r.key, r.revision, v.at, r.content from record r
  join revision v on v.programme_id = r.programme_id and v.number = r.revision
 where r.programme_id = $1 and r.kind = 'meeting' and r.until is null
 order by r.position, r.id;

-- What an owner is still to do.
-- statement calendar_actions
select r.id, r.key, r.revision, v.at, r.content from open_action o
  join record r on r.programme_id = o.programme_id and r.id = o.record_id and r.until is null
  join revision v on v.programme_id = r.programme_id and v.number = r.revision
 where o.programme_id = $1 and o.owner = $2 and o.last_day > ''
 order by o.position, o.record_id;
