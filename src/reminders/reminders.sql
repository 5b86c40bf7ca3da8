-- Reminding people of what they promised.

-- A programme that was not looked through on the day $1 yet.
-- statement remind_next
select q.id, q.key, q.name, q.revision, q.link
  from programme q
  left join reminded d on d.programme_id = q.id
 where d.day is null or d.day <> $1
 order by q.id limit 1;

-- statement remind_done
insert into reminded (programme_id, day) values ($1, $2)
    on conflict (programme_id) do update set day = excluded.day;

-- Everybody who takes part, may be mailed and wants to be; and as whom they stand on the sheet People.
-- statement remind_whom
select a.id, c.reminders, r.key
  from member m
  join person p on p.id = m.person_id
  join account a on a.person_id = p.id
  left join mail_choice c on c.account_id = a.id
  join person_record l on l.programme_id = m.programme_id and l.person_id = m.person_id
  join record r on r.programme_id = l.programme_id and r.id = l.record_id and r.until is null
 where m.programme_id = $1 and p.email is not null and coalesce(c.reminders, 'weekly') <> 'never'
   and a.signed_in_at is not null
   and a.id = (select min(o.id) from account o where o.person_id = p.id)
 order by a.id, r.key;
